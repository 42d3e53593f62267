// What can be done with a message: by its toolbar, its menu, and keys.

import { h } from "./dom.js";
import { iconButton } from "./icons.js";
import { startEditing } from "./editing.js";
import { emojiOf, pickEmoji } from "./emoji.js";
import { openThread, place } from "./place.js";
import { ask, menu, say, trying } from "./popup.js";
import { react } from "./reactions.js";
import { act, row } from "./store.js";

const QUICK = ["white_check_mark", "eyes", "raised_hands"];

const isOwn = (message) => message.user === place.member && !message.bot_id;
const toThread = (message) => openThread(message.channel, message.thread_ts || message.ts);

export function toolbar(node, message, context) {
  if (context.whisper || message.subtype === "tombstone") return null;
  const pick = () => pickEmoji(add, (name) => react(message, name));
  const add = iconButton("react", "Add a reaction", pick, { "data-act": "react" });
  const open = () => menu(more, "More actions", entries(node, message, context));
  const more = iconButton("dots", "More actions", open, { "aria-haspopup": "menu", "data-act": "more" });
  const reply = iconButton("reply", "Reply in thread", () => toThread(message), { "data-act": "thread" });
  return h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" },
    QUICK.map((name) => quick(message, name)), add, !context.inThread && reply, more);
}

function quick(message, name) {
  return h("button", {
    type: "button",
    class: "icon-button emoji-button",
    title: `React with :${name}:`,
    "aria-label": `React with ${name.replaceAll("_", " ")}`,
    onclick: () => react(message, name),
  }, emojiOf(name) || "·");
}

function entries(node, message, context) {
  const own = isOwn(message);
  const shortcuts = (row("app")?.shortcuts || []).filter((one) => one.type === "message");
  const again = () => trying(act("send_again", { ts: message.ts }));
  return [
    !context.inThread && { label: "Reply in thread", icon: "reply", hint: "T", act: () => toThread(message) },
    own && { label: "Edit message", icon: "pencil", hint: "E", act: () => startEditing(node, message) },
    own && { label: "Delete message…", icon: "bin", danger: true, hint: "Del", act: () => remove(message) },
    ...shortcuts.map((one) => ({ label: one.name, icon: "bolt", act: () => use(one, message) })),
    { label: "Deliver its event to the bot again", icon: "bolt", act: again },
  ].filter(Boolean);
}

async function use(shortcut, message) {
  const where = { channel: message.channel, ts: message.ts, member: place.member };
  const answer = await trying(act("shortcut", { callback_id: shortcut.callback_id, ...where }));
  if (answer?.refusal) say(answer.refusal);
}

async function remove(message) {
  const text = "Are you sure you want to delete this message? This cannot be undone.";
  if (!(await ask({ title: "Delete message", text, yes: "Delete", danger: true }))) return;
  await trying(act("delete", { channel: message.channel, ts: message.ts, member: place.member }));
}

export function keys(event, node, message, context) {
  if (event.target !== node || event.ctrlKey || event.metaKey || event.altKey) return;
  const own = isOwn(message);
  const acts = {
    r: () => node.querySelector("[data-act=react]")?.click(),
    t: () => !context.inThread && toThread(message),
    Enter: () => !context.inThread && toThread(message),
    e: () => own && startEditing(node, message),
    Delete: () => own && remove(message),
    m: () => node.querySelector("[data-act=more]")?.click(),
  };
  const wanted = acts[event.key];
  if (!wanted || message.subtype === "tombstone" || context.whisper) return;
  event.preventDefault();
  wanted();
}
