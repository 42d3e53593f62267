// Three things to try in the first minute; each is ticked off when it was done.

import { fill, h } from "./dom.js";
import { icon, iconButton } from "./icons.js";
import { go, place } from "./place.js";
import { row, rowsOf } from "./store.js";

let before = null; // how much there was when the page was touched first
const done = new Set(place.hintsDone || []);

function counted() {
  return {
    texts: rowsOf("text/").filter((one) => !one.outbound).length,
    replies: rowsOf("text/").filter((one) => one.outbound).length,
    strikes: (row("trouble")?.strikes || 0) + (row("bot")?.starts || 0),
  };
}

const STEPS = [
  ["texts", "Text the team from the phone"],
  ["replies", "Answer in the contact's thread"],
  ["strikes", "Break something in Trouble"],
];

let sign = "";

export function drawHints(box) {
  if (!place.touched) before = counted();
  before ||= counted();
  const now = counted();
  for (const [name] of STEPS) if (now[name] > before[name]) done.add(name);
  place.hintsDone = [...done];
  const next = JSON.stringify([place.hints, [...done]]);
  if (next === sign) return;
  sign = next;
  box.hidden = !place.hints;
  if (box.hidden) return;
  const over = done.size === STEPS.length;
  box.classList.toggle("over", over);
  fill(box, h("strong", {}, over ? "That is it." : "Try it:"),
    h(
      "ol",
      {},
      STEPS.map(([name, words], at) => h(
        "li",
        { class: done.has(name) ? "done" : "" },
        h("span", { class: "step" }, done.has(name) ? icon("check", "done") : at + 1),
        words,
      )),
    ),
    h("span", { class: "grow" }), iconButton("close", "Hide these hints", () => go({ hints: false })));
}
