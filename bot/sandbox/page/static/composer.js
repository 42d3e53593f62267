// The box to write in: words with :emoji:, @Name and /commands, files, and "also send to channel".

import { completion } from "./complete.js";
import { editLast } from "./editing.js";
import { fill, h } from "./dom.js";
import { iconButton } from "./icons.js";
import { pickEmoji } from "./emoji.js";
import { channelName } from "./names.js";
import { Outbox } from "./outbox.js";
import { place } from "./place.js";
import { menu, say, trying } from "./popup.js";
import { act, packed, row } from "./store.js";

const drafts = new Map(); // "channel thread" → words

// A composer for a channel, or for a thread when `thread` is a ts.
export function composer(channel, thread) {
  const key = `${channel} ${thread || ""}`;
  const whom = row(`channel/${channel}`)?.im ? row("app").name : `#${channelName(channel)}`;
  const field = fieldOf(thread ? "Reply" : `Message ${whom}`, thread ? "Reply…" : `Message ${whom}`, thread);
  const also = thread ? h("input", { type: "checkbox" }) : null;
  field.value = drafts.get(key) || "";
  const deliver = async (words, files) => {
    const broadcast = Boolean(also?.checked);
    if (also) also.checked = false;
    await sendWords({ channel, thread, words, files, broadcast });
  };
  const outbox = new Outbox(field, { label: "Send", tallest: 220, deliver });
  const hints = completion(field, { commands: !thread });
  field.addEventListener("input", () => drafts.set(key, field.value));
  field.addEventListener("keydown", (event) => {
    if (hints.keys(event)) return;
    if (event.key === "ArrowUp" && !field.value) editLast(event, channel, thread);
    else outbox.onEnter(event);
  });
  const box = h("div", { class: "composer" });
  dropping(box, field, (files) => outbox.attach(files));
  const tools = h("div", { class: "composer-row" }, toolsOf(outbox), h("span", { class: "grow" }), outbox.button);
  const check = also && h("label", { class: "also-send" }, also, `Also send to ${whom}`);
  return fill(box, field, outbox.tray, tools, check);
}

function fieldOf(label, placeholder, thread) {
  const focus = `composer ${thread ? "thread" : "channel"}`;
  return h(
    "textarea",
    { rows: "1", class: "composer-field", "aria-label": label, placeholder, "data-focus": focus },
  );
}

async function sendWords({ channel, thread, words, files, broadcast }) {
  const common = { channel, member: place.member };
  if (words.startsWith("/") && !words.startsWith("//") && !files.length) {
    if (thread) throw new Error("Slash commands do not work in threads. Use the channel's own box.");
    if (!/^\/(me|shrug)\b/.test(words)) return act("slash", { ...common, words });
  }
  const me = /^\/me\s/.test(words);
  const more = { me, thread_ts: thread || "", broadcast, files: await packed(files) };
  return act("say", { ...common, words: me ? words.slice(4) : shrugged(words), ...more });
}

function shrugged(words) {
  return words.startsWith("/shrug") ? `${words.slice(7)} ¯\\_(ツ)_/¯`.trim() : words;
}

function toolsOf(outbox) {
  const take = (name) => outbox.insert(`:${name}: `);
  const emoji = iconButton("smile", "Emoji", () => pickEmoji(emoji, take), { "aria-haspopup": "dialog" });
  const open = () => menu(bolt, "Shortcuts", shortcuts(outbox));
  const bolt = iconButton("bolt", "Shortcuts", open, { "aria-haspopup": "menu" });
  const plus = iconButton("plus", "Attach files", () => outbox.picker.click());
  return [outbox.picker, plus, emoji, iconButton("at", "Mention somebody", () => outbox.insert("@")), bolt];
}

function shortcuts(outbox) {
  const app = row("app") || {};
  const insert = (command) => () => outbox.insert(`${command} `);
  const known = (app.shortcuts || []).filter((one) => one.type === "global");
  const global = known.map((one) => ({ label: one.name, icon: "bolt", act: () => use(one) }));
  const commands = (app.commands || []).map((one) => ({
    label: `${one.command} ${one.usage_hint || ""}`,
    icon: "chat",
    act: insert(one.command),
  }));
  const none = { label: `${app.name} has no shortcuts or commands yet`, disabled: true, act: () => {} };
  const slacks = [{ label: "/me", act: insert("/me") }, { label: "/shrug", act: insert("/shrug") }];
  const all = [...global, ...commands];
  return all.length ? all : [none, ...slacks];
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
