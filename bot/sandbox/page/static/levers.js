// The levers of the panel Trouble: each goes wrong once, or until it is switched off.

import { button, h } from "./dom.js";
import { trying } from "./popup.js";
import { act } from "./store.js";

const line = (kind, title, why, ...controls) => h("div", { class: `lever ${kind}` },
  h("div", { class: "grow" }, title, h("p", { class: "muted" }, why)), controls);

export function lever(one) {
  const title = h("p", { class: "lever-title", id: `lever-${one.id}` }, one.title);
  return line(one.on ? "on" : "", title, one.why, one.can_strike_once && once(one), toggle(one));
}

function once(one) {
  const strike = () => trying(act("once", { lever: one.id }));
  const label = `${one.title}: the next time only`;
  const names = { "aria-label": label, title: "The next time only" };
  const shape = { class: "small", "data-focus": `once ${one.id}`, ...names };
  return button(one.waiting ? `Once ×${one.waiting}` : "Once", strike, shape);
}

function toggle(one) {
  return h("button", {
    type: "button",
    class: "switch",
    role: "switch",
    "aria-checked": String(one.on),
    "aria-labelledby": `lever-${one.id}`,
    "data-focus": `switch ${one.id}`,
    "data-lever": one.id,
    onclick: () => trying(act("turn", { lever: one.id, on: !one.on })),
  });
}

export function cut() {
  const title = h("p", { class: "lever-title" }, "Cut Slack's connections");
  const strike = button("Cut", () => trying(act("cut", {})), { class: "small", "data-focus": "cut" });
  return line("", title, "The bot connects again and catches up.", strike);
}

// What struck last, newest first.
export function struck(list) {
  if (!list.length) return null;
  const items = [...list].reverse().map((one) => h("li", {}, one));
  return h("section", {}, h("h3", {}, "Struck last"), h("ul", { class: "struck" }, items));
}
