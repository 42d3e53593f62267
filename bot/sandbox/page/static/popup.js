// Small windows: popups at an anchor, menus, questions, and the line at the bottom that says what went wrong.

import { fill, h, byId } from "./dom.js";
import { icon } from "./icons.js";

const MARGIN = 8;
const ROOM = 320; // a list may still grow by so much

// Shows `content` near `anchor` until Escape or a click elsewhere; returns what closes it.
export function popup(anchor, content, { label, role = "dialog", closed } = {}) {
  const host = anchor.closest("dialog[open]") || document.body;
  const box = h("div", { class: "popup", popover: "auto", role, "aria-label": label }, content);
  host.append(box);
  box.showPopover();
  stand(box, anchor.getBoundingClientRect());
  anchor.setAttribute("aria-expanded", "true");
  let open = true;
  const close = () => {
    if (!open) return;
    open = false;
    const hadFocus = box.contains(document.activeElement) || document.activeElement === document.body;
    anchor.setAttribute("aria-expanded", "false");
    box.remove();
    if (hadFocus && anchor.isConnected) anchor.focus();
    closed?.();
  };
  box.addEventListener("toggle", (event) => event.newState === "closed" && close());
  return close;
}

// Below the anchor or above it, whichever has room for what may still come into it.
function stand(box, at) {
  const beneath = innerHeight - at.bottom - MARGIN;
  const below = beneath >= Math.max(box.offsetHeight, ROOM) || beneath >= at.top;
  box.style.top = below ? `${at.bottom + 4}px` : "auto";
  box.style.bottom = below ? "auto" : `${innerHeight - at.top + 4}px`;
  box.style.maxHeight = `${Math.max(120, (below ? beneath : at.top) - MARGIN)}px`;
  box.style.left = `${Math.max(MARGIN, Math.min(at.left, innerWidth - box.offsetWidth - MARGIN))}px`;
}

// A menu of `{label, icon, danger, act, checked}`; null draws a line.
export function menu(anchor, label, items) {
  let close = null; // known once the menu stands; it needs its entries to know how much room it takes
  const list = h("div", { class: "menu" }, items.map((item) => (item ? entry(item, () => close()) : h("hr"))));
  close = popup(anchor, list, { label, role: "menu" });
  const entries = [...list.querySelectorAll("button:not([disabled])")];
  list.addEventListener("keydown", (event) => {
    const at = entries.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    entries[(to + entries.length) % entries.length].focus();
  });
  entries[0]?.focus();
}

function entry(item, close) {
  const kind = item.checked === undefined ? "menuitem" : "menuitemcheckbox";
  const checked = item.checked === undefined ? null : String(item.checked);
  const click = () => {
    close();
    item.act();
  };
  return h("button", {
    type: "button",
    role: kind,
    "aria-checked": checked,
    class: item.danger ? "danger" : "",
    disabled: item.disabled,
    onclick: click,
  },
    item.icon && icon(item.icon), h("span", { class: "grow" }, item.label), item.checked && icon("check"),
    item.hint && h("kbd", {}, item.hint));
}

// Asks yes or no; resolves to true for yes.
export function ask({ title, text, yes, no = "Cancel", danger = false, content = null }) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "ask", "aria-labelledby": "ask-title" });
    const end = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      end(false);
    });
    const agree = (event) => {
      event.preventDefault();
      end(true);
    };
    fill(dialog, h("form", { novalidate: true, onsubmit: agree },
      h("h2", { id: "ask-title" }, title),
      h("div", { class: "ask-text" }, text),
      content,
      h("footer", {},
        h("button", { type: "button", class: "button", onclick: () => end(false) }, no),
        h("button", { type: "submit", class: `button ${danger ? "danger" : "primary"}` }, yes))));
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("input, [type=submit]").focus();
  });
}

let fading = 0;

// One line for a moment; also read aloud.
export function say(words) {
  const line = byId("toast");
  fill(line, words);
  line.hidden = false;
  line.showPopover?.();
  clearTimeout(fading);
  fading = setTimeout(() => {
    line.hidePopover?.();
    line.hidden = true;
  }, 6000);
}

// Runs an act, and says what went wrong; resolves to its answer, or to null.
export async function trying(work) {
  try {
    return await work;
  } catch (error) {
    say(error.message);
    return null;
  }
}
