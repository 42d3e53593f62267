// The box to write in: words with :emoji:, @Name and /commands, files, and "also send to channel".

import { completion } from "./complete.js";
import { fill, h, iconButton } from "./dom.js";
import { pickEmoji } from "./emoji.js";
import { attached } from "./files.js";
import { channelName } from "./names.js";
import { place } from "./place.js";
import { menu, say, trying } from "./popup.js";
import { act, changed, packed, row, rowsOf } from "./store.js";

const drafts = new Map(); // "channel thread" → words

// A composer for a channel, or for a thread when `thread` is a ts.
export function composer(channel, thread) {
  const key = `${channel} ${thread || ""}`;
  const state = { files: [], busy: false };
  const box = h("div", { class: "composer" });
  const whom = row(`channel/${channel}`)?.im ? row("app").name : `#${channelName(channel)}`;
  const field = h("textarea", { rows: "1", class: "composer-field", "aria-label": thread ? "Reply" : `Message ${whom}`, placeholder: thread ? "Reply…" : `Message ${whom}`, value: drafts.get(key) || "", "data-focus": `composer ${thread ? "thread" : "channel"}` });
  const also = thread ? h("input", { type: "checkbox" }) : null;
  const tray = h("div", { class: "tray" });
  const send = iconButton("send", "Send", () => submit(), { class: "send" });
  const showFiles = () => {
    fill(tray, attached(state.files, (gone) => {
      state.files = state.files.filter((one) => one !== gone);
      showFiles();
    }));
    ready();
  };
  const ready = () => {
    send.disabled = state.busy || (!field.value.trim() && !state.files.length);
    grow(field);
  };
  const take = (files) => {
    state.files = [...state.files, ...files].slice(0, 10);
    showFiles();
  };
  const submit = async () => {
    if (send.disabled) return;
    const words = field.value.trim();
    state.busy = true;
    ready();
    try {
      await sendWords(channel, thread, words, state.files, also?.checked);
      field.value = "";
      state.files = [];
      if (also) also.checked = false;
      drafts.delete(key);
    } catch (error) {
      say(error.message);
    }
    state.busy = false;
    showFiles();
    field.focus();
  };
  const hints = completion(field, { commands: !thread });
  field.addEventListener("input", () => {
    drafts.set(key, field.value);
    ready();
  });
  field.addEventListener("keydown", (event) => {
    if (hints.keys(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" && !field.value) editLast(event, channel, thread);
  });
  dropping(box, field, take);
  fill(box, field, tray, h("div", { class: "composer-row" }, tools(field, take), h("span", { class: "grow" }), send),
    also && h("label", { class: "also-send" }, also, `Also send to ${whom}`));
  queueMicrotask(ready);
  return box;
}

async function sendWords(channel, thread, words, files, broadcast) {
  const common = { channel, member: place.member };
  if (words.startsWith("/") && !words.startsWith("//") && !files.length) {
    if (thread) throw new Error("Slash commands do not work in threads. Use the channel's own box.");
    if (!/^\/(me|shrug)\b/.test(words)) return act("slash", { ...common, words });
  }
  const me = /^\/me\s/.test(words);
  const plain = me ? words.slice(4) : words.startsWith("/shrug") ? `${words.slice(7)} ¯\\_(ツ)_/¯`.trim() : words;
  return act("say", { ...common, words: plain, me, thread_ts: thread || "", broadcast: Boolean(broadcast), files: await packed(files) });
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 220)}px`;
}

function insert(field, words) {
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input"));
  field.focus();
}

function tools(field, take) {
  const picker = h("input", { type: "file", multiple: true, hidden: true, onchange: () => take([...picker.files]) });
  const emoji = iconButton("smile", "Emoji", () => pickEmoji(emoji, (name) => insert(field, `:${name}: `)), { "aria-haspopup": "dialog" });
  const bolt = iconButton("bolt", "Shortcuts", () => menu(bolt, "Shortcuts", shortcuts(field)), { "aria-haspopup": "menu" });
  return [picker, iconButton("plus", "Attach files", () => picker.click()), emoji, iconButton("at", "Mention somebody", () => insert(field, "@")), bolt];
}

function shortcuts(field) {
  const app = row("app") || {};
  const global = (app.shortcuts || []).filter((one) => one.type === "global").map((one) => ({ label: one.name, icon: "bolt", act: () => use(one) }));
  const commands = (app.commands || []).map((one) => ({ label: `${one.command} ${one.usage_hint || ""}`, icon: "chat", act: () => insert(field, `${one.command} `) }));
  const all = [...global, ...commands];
  return all.length ? all : [{ label: `${app.name} has no shortcuts or commands yet`, disabled: true, act: () => {} }, { label: "/me", act: () => insert(field, "/me ") }, { label: "/shrug", act: () => insert(field, "/shrug ") }];
}

async function use(one) {
  const answer = await trying(act("shortcut", { callback_id: one.callback_id, member: place.member }));
  if (answer?.refusal) say(answer.refusal);
}

function dropping(box, field, take) {
  field.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files || [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("dropping");
  });
  box.addEventListener("dragleave", () => box.classList.remove("dropping"));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    box.classList.remove("dropping");
    take([...event.dataTransfer.files]);
  });
}

// --- Editing ------------------------------------------------------------------------------------------

// The words of a message as its author typed them.
function typedWords(message) {
  const names = new Map(rowsOf("member/").map((one) => [one.id, one.name]));
  return message.text.replace(/<@(\w+)>/g, (all, id) => `@${names.get(id) || id}`).replace(/<!(\w+)>/g, "@$1").replace(/<([^<>|]+)(\|[^<>]*)?>/g, "$1")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

// Puts a field in the place of the message's words, until it is saved or left.
export function startEditing(node, message) {
  const content = node.querySelector(".content");
  if (!content || node.querySelector(".editing")) return;
  const field = h("textarea", { class: "composer-field", "aria-label": "Edit message", value: typedWords(message) });
  const end = () => {
    box.replaceWith(content);
    node.focus();
    changed();
  };
  const save = async () => {
    const saved = await trying(act("edit", { channel: message.channel, ts: message.ts, member: place.member, words: field.value }));
    if (saved) end();
  };
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
  const box = h("div", { class: "composer editing" }, field,
    h("div", { class: "composer-row" }, h("span", { class: "grow" }), h("button", { type: "button", class: "button small", onclick: end }, "Cancel"), h("button", { type: "button", class: "button small primary", onclick: save }, "Save")));
  content.replaceWith(box);
  grow(field);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

function editLast(event, channel, thread) {
  const mine = rowsOf(`message/${channel}/`).filter((one) => one.user === place.member && !one.bot_id && (thread ? one.thread_ts === thread && one.ts !== thread : !one.thread_ts || one.thread_ts === one.ts));
  const last = mine.sort((one, other) => (one.ts < other.ts ? 1 : -1))[0];
  const scope = document.querySelector(thread ? ".thread-panel" : ".channel-panel");
  const node = last && scope?.querySelector(`article[data-ts="${CSS.escape(last.ts)}"]`);
  if (!node) return;
  event.preventDefault();
  startEditing(node, last);
}
