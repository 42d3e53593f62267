// Modals: the uppermost view of the acting member's stack, in a dialog.
// Source: https://docs.slack.dev/surfaces/modals/

import { blocks } from "./blocks.js";
import { fill, h } from "./dom.js";
import { icon, iconButton } from "./icons.js";
import { elementsOf, problems } from "./checks.js";
import { forget, Holder } from "./holder.js";
import { textObject } from "./mrkdwn.js";
import { place } from "./place.js";
import { act, Mistake, row } from "./store.js";

let shown = null; // {dialog, view, sign, holder, busy, refusal}

export function drawModal() {
  const stack = row(`stack/${place.member}`) || [];
  const view = stack[stack.length - 1];
  if (!view) return end();
  if (!shown || shown.view.id !== view.id) start(view);
  const sign = JSON.stringify([
    view.hash,
    shown.holder.sign,
    shown.busy,
    shown.refusal,
    shown.errors,
    stack.length,
  ]);
  if (sign === shown.sign) return undefined;
  shown.sign = sign;
  shown.view = view;
  return draw(view, stack.length);
}

function start(view) {
  const dialog = shown?.dialog || open();
  shown = {
    dialog,
    view,
    sign: "",
    holder: new Holder(view.id, { view_id: view.id }),
    busy: false,
    refusal: "",
    errors: {},
  };
}

function open() {
  const dialog = h("dialog", { class: "modal", "aria-labelledby": "modal-title" });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (event.target === dialog) leave(false);
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

function end() {
  if (!shown) return;
  shown.dialog.close();
  shown.dialog.remove();
  forget(shown.view.id);
  shown = null;
}

function draw(view, depth) {
  const { dialog, holder, busy, refusal } = shown;
  holder.errors = shown.errors;
  const focused = dialog.contains(document.activeElement) ? document.activeElement : null;
  const mark = focused?.dataset.focus;
  const selection = focused?.selectionStart;
  const scrolled = dialog.querySelector(".modal-body")?.scrollTop || 0;
  const form = h("form", { novalidate: true, onsubmit: submit },
    h("header", {},
      h("span", { class: "app-icon", "aria-hidden": "true" }, icon("chat")),
      h("h2", { id: "modal-title" }, textObject(view.title)),
      iconButton(
        depth > 1 ? "back" : "close",
        depth > 1 ? "Back" : "Close",
        () => leave(false),
        { "data-focus": "close" },
      )),
    refusal && h("p", { class: "banner", role: "alert" }, icon("warn"), refusal),
    h("div", { class: "modal-body" }, blocks(view.blocks, holder)),
    h("footer", {},
      h(
        "button",
        { type: "button", class: "button", "data-focus": "cancel", onclick: () => leave(false) },
        view.close ? textObject(view.close) : depth > 1 ? "Back" : "Close",
      ),
      view.submit && h(
        "button",
        { type: "submit", class: "button primary", "data-focus": "submit", disabled: busy },
        textObject(view.submit),
        busy && h("span", { class: "spinner", "aria-hidden": "true" }),
      )));
  fill(dialog, form);
  dialog.querySelector(".modal-body").scrollTop = scrolled;
  refocus(dialog, mark, selection);
}

function refocus(dialog, mark, selection) {
  const wrong = dialog.querySelector("[aria-invalid=true]");
  const same = mark ? dialog.querySelector(`[data-focus="${CSS.escape(mark)}"]`) : null;
  const first = dialog.querySelector(
    "[autofocus], .modal-body .field, .modal-body button, .modal-body input"
  ) || dialog.querySelector("[data-focus=submit], [data-focus=cancel]");
  const target = (shown.moveToMistake && wrong) || same || first;
  shown.moveToMistake = false;
  target?.focus();
  if (target === same && typeof selection === "number") target?.setSelectionRange?.(selection, selection);
}

async function submit(event) {
  event.preventDefault();
  if (shown.busy) return;
  const { view, holder } = shown;
  const found = problems(view, holder);
  if (Object.keys(found).length) return mistakes(found);
  shown.busy = true;
  shown.refusal = "";
  shown.errors = {};
  drawModal();
  const answer = await sent("submit", { view_id: view.id, values: filled(view, holder) });
  if (!shown || shown.view.id !== view.id) return;
  shown.busy = false;
  shown.refusal = answer.refusal || "";
  if (answer.errors) mistakes(answer.errors);
  else drawModal();
}

function mistakes(found) {
  shown.errors = found;
  shown.moveToMistake = true;
  shown.sign = "";
  drawModal();
}

async function sent(name, fields) {
  try {
    return await act(name, { member: place.member, ...fields });
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    return { refusal: error.message };
  }
}

function leave(everything) {
  if (shown) sent("close_view", { view_id: shown.view.id, everything });
}

// What every field holds; those that nobody touched are left to the sandbox.
function filled(view, holder) {
  const known = {};
  for (const [block, element] of elementsOf(view)) {
    const value = holder.values[block.block_id]?.[element.action_id];
    if (value) (known[block.block_id] ||= {})[element.action_id] = value;
  }
  return known;
}
