// Elements without HTML: whatever people wrote becomes a text node, never mark-up.

const SVG = "http://www.w3.org/2000/svg";

// Makes an element. `on…` are listeners, `vars` are CSS variables, true and false set or leave out an attribute.
export function h(tag, props, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) set(element, name, value);
  add(element, children);
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "vars") for (const [one, to] of Object.entries(value)) element.style.setProperty(one, to);
  else if (name === "value" || name === "checked" || name === "disabled" || name === "indeterminate") element[name] = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

export const append = (element, ...children) => add(element, children);

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

export const byId = (id) => document.getElementById(id);

// Makes `container` show `items` in their order. An element is kept as long as its signature stays the same, so that
// focus, scrolling and half-made choices survive; a focused one that is replaced passes its focus on.
export function sync(container, items, { key, signature, make }) {
  const known = new Map([...container.children].map((child) => [child.dataset.key, child]));
  let before = null;
  for (const item of items) {
    const name = key(item);
    const sign = signature(item);
    let element = known.get(name);
    known.delete(name);
    if (!element || (element.dataset.sign !== sign && !element.querySelector(".editing"))) {
      const fresh = make(item);
      fresh.dataset.key = name;
      fresh.dataset.sign = sign;
      if (element) replace(element, fresh);
      element = fresh;
    }
    const place = before ? before.nextSibling : container.firstChild;
    if (element !== place) container.insertBefore(element, place);
    before = element;
  }
  for (const gone of known.values()) gone.remove();
}

function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const mark = focused && focused.dataset.focus;
  old.replaceWith(fresh);
  if (!focused) return;
  const next = mark ? fresh.querySelector(`[data-focus="${CSS.escape(mark)}"]`) : null;
  (next || (fresh.tabIndex >= -1 ? fresh : null))?.focus?.();
}

const ICONS = {
  send: "M3 11.2 20.2 3.6c.6-.2 1.1.3.9.9L13.5 21.700c-.3.700-1.200.600-1.400-.1l-1.900-6.600 5.300-6-6.600 4.900-5.900-1.600c-.700-.2-.700-.900 0-1.100Z",
  plus: "M12 5v14M5 12h14",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8.500 14.500c.9 1.200 2.100 1.800 3.500 1.800s2.600-.6 3.500-1.800M9 9.600v.1M15 9.600v.1",
  at: "M15.500 12a3.500 3.500 0 1 1-7 0 3.500 3.500 0 0 1 7 0Zm0 0v1.300c0 3.200 4.500 3.200 4.500-1.300a8 8 0 1 0-3.200 6.400",
  bolt: "M13 3 5 13.500h6L10.500 21 19 10h-6.200L13 3Z",
  close: "M6 6l12 12M18 6 6 18",
  back: "M14.500 5.500 8 12l6.500 6.500",
  down: "M6.500 9.500 12 15l5.500-5.500",
  menu: "M4 7h16M4 12h16M4 17h16",
  dots: "M5.500 12h.1M12 12h.1M18.500 12h.1",
  reply: "M4 5h16v11H11l-4.500 4v-4H4V5Z",
  react: "M20 12a8.500 8.500 0 1 1-7-8.400M8.500 14c.9 1.200 2 1.700 3 1.700s2.200-.5 3-1.700M8.700 9.500v.1M14.300 9.500v.1M19.500 2v6M16.500 5h6",
  pencil: "M4 20l1-4.500L16.500 4 20 7.500 8.500 19 4 20ZM14 6.500 17.500 10",
  bin: "M5 7h14M9.500 7V4.500h5V7M7 7l.8 12.500h8.400L17 7M10.300 10.500v5.500M13.700 10.500v5.500",
  lock: "M6.500 11h11v8.500h-11V11ZM9 11V8a3 3 0 0 1 6 0v3",
  hash: "M9.500 4 7.500 20M16.500 4l-2 16M4.500 9h16M3.500 15h16",
  eye: "M2.500 12S6 5.800 12 5.800 21.500 12 21.500 12 18 18.200 12 18.200 2.500 12 2.500 12Zm12.500 0a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z",
  phone: "M8 3h8a1.500 1.500 0 0 1 1.500 1.500v15A1.500 1.500 0 0 1 16 21H8a1.500 1.500 0 0 1-1.500-1.500v-15A1.500 1.500 0 0 1 8 3ZM10.800 18h2.400",
  chat: "M4 5h16v11H11l-4.500 4v-4H4V5ZM8 9h8M8 12h5",
  clip: "M19 11.500 11.800 18.700a4.200 4.200 0 0 1-6-6l8-8a2.800 2.800 0 0 1 4 4l-7.800 7.800a1.400 1.400 0 0 1-2-2l7-7",
  file: "M6.500 3h7l4 4v14h-11V3ZM13.500 3v4h4",
  check: "M5 12.500 10 17.500 19.500 7",
  checks: "M2.500 12.500 7 17 15.500 7.500M11 15.500l1.500 1.500L21.500 7.500",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.500V12l3 2",
  warn: "M12 4 2.800 19.500h18.400L12 4ZM12 10v4.500M12 17v.1",
  search: "M10.500 17a6.500 6.500 0 1 1 0-13 6.500 6.500 0 0 1 0 13ZM15.500 15.500 20 20",
  right: "M9.500 5.500 16 12l-6.500 6.500",
  home: "M4 11.500 12 4.500l8 7V20h-5.500v-5h-5v5H4v-8.500Z",
  power: "M12 3.500v8M7 6.500a7.500 7.500 0 1 0 10 0",
};

export function icon(name, label) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, props) {
  const more = { ...props, class: `icon-button ${props?.class || ""}` };
  return h("button", { type: "button", "aria-label": label, title: label, onclick, ...more }, icon(name));
}
