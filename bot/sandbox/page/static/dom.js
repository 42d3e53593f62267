// Elements without HTML: whatever people wrote becomes a text node, never mark-up.

const PROPERTIES = new Set(["value", "checked", "disabled"]); // what an attribute alone would not change

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
  else if (PROPERTIES.has(name)) element[name] = value;
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

// Makes `container` show `items` in their order. An element is kept as long as its signature stays the same, so
// that focus, scrolling and half-made choices survive; a focused one that is replaced passes its focus on.
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

export function button(label, onclick, props) {
  return h("button", { type: "button", ...props, class: `button ${props?.class || ""}`, onclick }, label);
}

export const spinner = () => h("span", { class: "spinner", "aria-hidden": "true" });

// Remembers what was drawn: `once(name, what, draw)` draws only when `what` has changed.
export function drawnOnce() {
  const signs = new Map();
  return (name, what, draw) => {
    const sign = JSON.stringify(what);
    if (signs.get(name) === sign) return;
    signs.set(name, sign);
    draw();
  };
}
