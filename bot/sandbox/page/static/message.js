// One message of the workspace: author, words, files, reactions, and what can be done with it.

import { blocks, unknown } from "./blocks.js";
import { startEditing } from "./composer.js";
import { append, h, icon, iconButton } from "./dom.js";
import { emojiNode, emojiOf, isLoaded, pickEmoji, withEmoji } from "./emoji.js";
import { fileNode } from "./files.js";
import { Holder } from "./holder.js";
import { mention } from "./links.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, clock, longTime, memberName, plural } from "./names.js";
import { openThread, place } from "./place.js";
import { ask, menu, trying } from "./popup.js";
import { act, row } from "./store.js";

const QUIET = new Set(["channel_join", "channel_leave", "group_join", "group_leave"]);
const QUICK = ["white_check_mark", "eyes", "raised_hands"];

export const tsSeconds = (ts) => Number(ts);
export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

// Whether nothing about a message would be drawn differently. `context` is `{inThread, whisper, grouped}`.
export function signature(message, context) {
  const holder = new Holder(holderId(message, context), {});
  return JSON.stringify([message, context, holder.sign, place.member, isLoaded(), place.channel === "app"]);
}

const holderId = (message, context) => `${context.whisper ? "whisper" : "message"}-${message.channel}-${message.ts}`;

export function messageNode(message, context) {
  if (QUIET.has(message.subtype)) return quiet(message);
  const holder = new Holder(holderId(message, context), { channel: message.channel, ts: message.ts });
  const author = authorOf(message);
  const node = h("article", {
    class: `message ${context.grouped ? "grouped" : ""} ${context.whisper ? "whisper" : ""}`,
    tabindex: "-1", "aria-label": `${author.name}, ${clock(tsSeconds(message.ts))}`, "data-ts": message.ts,
    onkeydown: (event) => keys(event, node, message, context),
  });
  append(node,
    h("div", { class: "gutter" }, context.grouped ? h("time", { class: "side-time" }, clock(tsSeconds(message.ts))) : author.picture),
    h("div", { class: "message-body" },
      context.whisper && h("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
      message.subtype === "thread_broadcast" && broadcastLine(message, context),
      !context.grouped && heading(message, author),
      body(message, holder),
      (message.files || []).map((file) => fileNode(file)),
      reactions(message, context),
      !context.inThread && message.reply_count > 0 && threadLine(message),
      context.whisper && dismiss(message)),
    toolbar(node, message, context));
  return node;
}

function authorOf(message) {
  if (message.subtype === "tombstone") return { name: "Deleted message", picture: h("span", { class: "avatar gone", "aria-hidden": "true" }, icon("bin")), app: false };
  if (message.username) return { name: message.username, picture: iconOf(message), app: true };
  if (message.bot_id && message.bot_id === row("app")?.bot) return { name: row("app").name, picture: h("span", { class: "avatar app", "aria-hidden": "true" }, icon("chat")), app: true };
  const name = memberName(message.user);
  return { name, picture: avatar(name), app: Boolean(message.bot_id) || message.user === "USLACKBOT", guest: (row(`member/${message.user}`)?.kind || "").includes("guest") };
}

function iconOf(message) {
  const name = (message.icons?.emoji || "").replaceAll(":", "");
  return h("span", { class: "avatar emoji-avatar", "aria-hidden": "true" }, (name && emojiOf(name)) || message.username.slice(0, 1));
}

function heading(message, author) {
  return h("header", {},
    h("strong", { class: "author" }, withEmoji(author.name)),
    author.app && h("span", { class: "badge" }, "APP"),
    author.guest && h("span", { class: "badge guest" }, "GUEST"),
    h("time", { title: longTime(tsSeconds(message.ts)) }, clock(tsSeconds(message.ts))));
}

function body(message, holder) {
  if (message.subtype === "tombstone") return h("p", { class: "muted" }, "This message was deleted.");
  const has = message.blocks && message.blocks.length > 0;
  const words = has ? blocks(message.blocks, holder) : message.text && h("div", { class: "plain" }, mrkdwn(message.text));
  const shown = h("div", { class: message.subtype === "me_message" ? "content me" : "content" }, words, (message.attachments || []).map((one) => attachment(one, holder)));
  if (message.edited && !message.bot_id) shown.append(h("span", { class: "edited", title: longTime(tsSeconds(message.edited.ts)) }, " (edited)"));
  return shown;
}

function attachment(one, holder) {
  const colour = /^#?[0-9a-f]{6}$/i.test(one.color || "") ? { "--bar": one.color.startsWith("#") ? one.color : `#${one.color}` } : null;
  const known = one.blocks || one.title || one.text || one.pretext || one.fields || one.from_url || one.fallback;
  if (!known) return unknown({ type: "attachment", ...one });
  return h("div", { class: "attachment", vars: colour },
    one.pretext && h("p", {}, mrkdwn(one.pretext)),
    one.title && h("p", {}, h("strong", {}, mrkdwn(one.title))),
    one.text && h("div", {}, mrkdwn(one.text)),
    (one.fields || []).map((field) => h("p", {}, h("strong", {}, field.title || ""), " ", mrkdwn(field.value || ""))),
    one.blocks && blocks(one.blocks, holder),
    !one.title && !one.text && !one.blocks && h("p", { class: "muted" }, one.fallback || one.from_url));
}

function quiet(message) {
  const words = message.text.split(/<@(\w+)>/).map((part, at) => (at % 2 ? mention(part) : part));
  return h("p", { class: "quiet", "data-ts": message.ts }, words);
}

function broadcastLine(message, context) {
  if (context.inThread) return h("p", { class: "also" }, icon("hash"), "Also sent to the channel");
  const root = row(`message/${message.channel}/${message.thread_ts}`) || message.root || {};
  const words = summary(root);
  return h("p", { class: "also" }, "replied to a thread: ",
    h("button", { type: "button", class: "link", onclick: () => openThread(message.channel, message.thread_ts) }, words || "the thread"));
}

// The first words of a message, for a line that points to it.
export function summary(message) {
  const leaves = (message.blocks || []).flatMap((block) => (block.elements || []).flatMap((part) => part.elements || [])).map((leaf) => leaf.text || (leaf.name ? emojiOf(leaf.name) || "" : ""));
  const words = (leaves.join("") || message.text || "").replace(/\s+/g, " ").trim();
  return words.length > 64 ? `${words.slice(0, 62)}…` : words;
}

function threadLine(message) {
  const bot = row("app")?.user;
  const users = new Set((message.reply_users || []).map((id) => (id === row("app")?.bot ? bot : id)));
  const faces = [...users].slice(0, 4).map((id) => (id === bot ? h("span", { class: "avatar app small", "aria-hidden": "true" }, icon("chat")) : avatar(memberName(id), "small")));
  return h("button", { type: "button", class: "thread-line", onclick: () => openThread(message.channel, message.ts) },
    faces, h("strong", {}, plural(message.reply_count, "reply", "replies")), h("span", { class: "muted" }, `Last reply ${clock(tsSeconds(message.latest_reply))}`), icon("right"));
}

// --- Reactions ----------------------------------------------------------------------------------------

function reactions(message, context) {
  const list = message.reactions || [];
  if (!list.length || context.whisper) return null;
  const react = (name) => trying(act("react", { channel: message.channel, ts: message.ts, name, member: place.member }));
  const more = iconButton("react", "Add a reaction", () => pickEmoji(more, react), { class: "reaction add", "data-focus": "add reaction" });
  return h("div", { class: "reactions", "data-names": list.map((one) => one.name).join(" ") }, list.map((one) => reaction(one, react)), more);
}

function reaction(one, react) {
  const mine = one.users.includes(place.member);
  const who = one.users.map((id) => (id === place.member ? "you" : memberName(id))).join(", ");
  const label = `${one.name.replaceAll("_", " ")}: ${who}`;
  return h("button", { type: "button", class: `reaction ${mine ? "mine" : ""}`, "aria-pressed": String(mine), "aria-label": label, title: `${who} reacted with :${one.name}:`, "data-reaction": one.name, "data-focus": `reaction ${one.name}`, onclick: () => react(one.name) },
    emojiNode(one.name), h("span", { class: "times" }, one.count));
}

// --- What can be done with it -------------------------------------------------------------------------

function toolbar(node, message, context) {
  if (context.whisper || message.subtype === "tombstone") return null;
  const react = (name) => trying(act("react", { channel: message.channel, ts: message.ts, name, member: place.member }));
  const quick = QUICK.map((name) => h("button", { type: "button", class: "icon-button emoji-button", title: `React with :${name}:`, "aria-label": `React with ${name.replaceAll("_", " ")}`, onclick: () => react(name) }, emojiOf(name) || "·"));
  const add = iconButton("react", "Add a reaction", () => pickEmoji(add, react), { "data-act": "react" });
  const more = iconButton("dots", "More actions", () => menu(more, "More actions", actions(node, message, context)), { "aria-haspopup": "menu", "data-act": "more" });
  return h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" },
    quick, add,
    !context.inThread && iconButton("reply", "Reply in thread", () => openThread(message.channel, message.thread_ts || message.ts), { "data-act": "thread" }),
    more);
}

function actions(node, message, context) {
  const own = message.user === place.member && !message.bot_id;
  const shortcuts = (row("app")?.shortcuts || []).filter((one) => one.type === "message");
  return [
    !context.inThread && { label: "Reply in thread", icon: "reply", hint: "T", act: () => openThread(message.channel, message.thread_ts || message.ts) },
    own && { label: "Edit message", icon: "pencil", hint: "E", act: () => startEditing(node, message) },
    own && { label: "Delete message…", icon: "bin", danger: true, hint: "Del", act: () => remove(message) },
    ...shortcuts.map((one) => ({ label: one.name, icon: "bolt", act: () => shortcut(one, message) })),
    { label: "Deliver its event to the bot again", icon: "bolt", act: () => trying(act("send_again", { ts: message.ts })) },
  ].filter(Boolean);
}

async function shortcut(one, message) {
  const answer = await trying(act("shortcut", { callback_id: one.callback_id, channel: message.channel, ts: message.ts, member: place.member }));
  if (answer?.refusal) trying(Promise.reject(new Error(answer.refusal)));
}

async function remove(message) {
  const yes = await ask({ title: "Delete message", text: "Are you sure you want to delete this message? This cannot be undone.", yes: "Delete", danger: true });
  if (yes) await trying(act("delete", { channel: message.channel, ts: message.ts, member: place.member }));
}

function dismiss(message) {
  return h("button", { type: "button", class: "link small", onclick: () => trying(act("dismiss", { ts: message.ts, member: place.member })) }, "Dismiss message");
}

function keys(event, node, message, context) {
  if (event.target !== node || event.ctrlKey || event.metaKey || event.altKey) return;
  const own = message.user === place.member && !message.bot_id;
  const acts = {
    r: () => node.querySelector("[data-act=react]")?.click(),
    t: () => !context.inThread && openThread(message.channel, message.thread_ts || message.ts),
    Enter: () => (context.inThread ? null : openThread(message.channel, message.thread_ts || message.ts)),
    e: () => own && startEditing(node, message),
    Delete: () => own && remove(message),
    m: () => node.querySelector("[data-act=more]")?.click(),
  };
  const wanted = acts[event.key];
  if (!wanted || message.subtype === "tombstone") return;
  event.preventDefault();
  wanted();
}

