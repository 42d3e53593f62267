// Editing one's own message in its place.

import { completion } from "./complete.js";
import { h } from "./dom.js";
import { grow } from "./outbox.js";
import { place } from "./place.js";
import { trying } from "./popup.js";
import { act, changed, rowsOf } from "./store.js";

// The words of a message as its author typed them.
function typedWords(message) {
  const names = new Map(rowsOf("member/").map((one) => [one.id, one.name]));
  return message.text
    .replace(/<@(\w+)>/g, (all, id) => `@${names.get(id) || id}`)
    .replace(/<!(\w+)>/g, "@$1")
    .replace(/<([^<>|]+)(\|[^<>]*)?>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

// Puts a field in the place of the message's words, until it is saved or left.
export function startEditing(node, message) {
  const content = node.querySelector(".content");
  if (!content || node.querySelector(".editing")) return;
  const field = h(
    "textarea",
    { class: "composer-field", "aria-label": "Edit message", value: typedWords(message) },
  );
  const end = () => {
    box.replaceWith(content);
    node.focus();
    changed();
  };
  const save = async () => {
    const words = { words: field.value, member: place.member };
    if (await trying(act("edit", { channel: message.channel, ts: message.ts, ...words }))) end();
  };
  listen(field, save, end);
  const box = h("div", { class: "composer editing" }, field, h("div", { class: "composer-row" },
    h("span", { class: "grow" }),
    h("button", { type: "button", class: "button small", onclick: end }, "Cancel"),
    h("button", { type: "button", class: "button small primary", onclick: save }, "Save")));
  content.replaceWith(box);
  grow(field);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

function listen(field, save, end) {
  const hints = completion(field, { commands: false });
  field.addEventListener("input", () => grow(field));
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (hints.keys(event)) return;
    if (event.key === "Escape") end();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  });
}

// Edits the last message one wrote in the channel, or in the thread.
export function editLast(event, channel, thread) {
  const here = (one) => (thread ? one.thread_ts === thread && one.ts !== thread : isRoot(one));
  const mine = rowsOf(`message/${channel}/`).filter(
    (one) => one.user === place.member && !one.bot_id && here(one)
  );
  const last = mine.sort((one, other) => (one.ts < other.ts ? 1 : -1))[0];
  const scope = document.querySelector(thread ? ".thread-panel" : ".channel-panel");
  const node = last && scope?.querySelector(`article[data-ts="${CSS.escape(last.ts)}"]`);
  if (!node) return;
  event.preventDefault();
  startEditing(node, last);
}

const isRoot = (message) => !message.thread_ts || message.thread_ts === message.ts;
