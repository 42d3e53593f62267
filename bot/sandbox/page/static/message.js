// One message of the workspace: author, words, files, reactions, thread.

import { attachment } from "./attachment.js";
import { blocks } from "./blocks.js";
import { append, h } from "./dom.js";
import { icon } from "./icons.js";
import { emojiOf, isLoaded, withEmoji } from "./emoji.js";
import { fileNode } from "./files.js";
import { Holder } from "./holder.js";
import { mention } from "./links.js";
import { keys, toolbar } from "./message_acts.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, clock, longTime, memberName, plural } from "./names.js";
import { openThread, place } from "./place.js";
import { trying } from "./popup.js";
import { reactions } from "./reactions.js";
import { act, row } from "./store.js";

const QUIET = new Set(["channel_join", "channel_leave", "group_join", "group_leave"]);
const LONGEST_SUMMARY = 64;

export const tsSeconds = (ts) => Number(ts);
export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

// Whether nothing about a message would be drawn differently. `context` is `{inThread, whisper, grouped}`.
export function signature(message, context) {
  const holder = new Holder(holderId(message, context), {});
  return JSON.stringify([message, context, holder.sign, place.member, isLoaded()]);
}

const holderId = (message, { whisper }) => `${whisper ? "whisper" : "message"}-${message.channel}-${message.ts}`;

export function messageNode(message, context) {
  if (QUIET.has(message.subtype)) return quiet(message);
  const author = authorOf(message);
  const node = h("article", {
    class: `message ${context.grouped ? "grouped" : ""} ${context.whisper ? "whisper" : ""}`,
    tabindex: "-1",
    "aria-label": `${author.name}, ${clock(tsSeconds(message.ts))}`,
    "data-ts": message.ts,
    onkeydown: (event) => keys(event, node, message, context),
  });
  const time = () => h("time", { class: "side-time" }, clock(tsSeconds(message.ts)));
  append(node,
    h("div", { class: "gutter" }, context.grouped ? time() : author.picture),
    h("div", { class: "message-body" }, parts(message, context, author)),
    toolbar(node, message, context));
  return node;
}

function parts(message, context, author) {
  const holder = new Holder(holderId(message, context), { channel: message.channel, ts: message.ts });
  return [
    context.whisper && h("p", { class: "only-you" }, icon("eye"), "Only visible to you"),
    message.subtype === "thread_broadcast" && broadcastLine(message, context),
    !context.grouped && heading(message, author),
    body(message, holder),
    (message.files || []).map(fileNode),
    reactions(message, context),
    !context.inThread && message.reply_count > 0 && threadLine(message),
    context.whisper && dismiss(message),
  ];
}

// --- The author ---------------------------------------------------------------------------------------

const appPicture = (size = "") => h("span", { class: `avatar app ${size}`, "aria-hidden": "true" }, icon("chat"));

function authorOf(message) {
  if (message.subtype === "tombstone") return { name: "Deleted message", picture: gone() };
  if (message.username) return { name: message.username, picture: iconOf(message), app: true };
  const app = row("app");
  if (message.bot_id && message.bot_id === app?.bot) return { name: app.name, picture: appPicture(), app: true };
  const name = memberName(message.user);
  const kind = row(`member/${message.user}`)?.kind || "";
  const isApp = Boolean(message.bot_id) || message.user === "USLACKBOT";
  return { name, picture: avatar(name), app: isApp, guest: kind.includes("guest") };
}

const gone = () => h("span", { class: "avatar gone", "aria-hidden": "true" }, icon("bin"));

function iconOf(message) {
  const name = (message.icons?.emoji || "").replaceAll(":", "");
  const shown = (name && emojiOf(name)) || message.username.slice(0, 1);
  return h("span", { class: "avatar emoji-avatar", "aria-hidden": "true" }, shown);
}

function heading(message, author) {
  return h("header", {},
    h("strong", { class: "author" }, withEmoji(author.name)),
    author.app && h("span", { class: "badge" }, "APP"),
    author.guest && h("span", { class: "badge guest" }, "GUEST"),
    h("time", { title: longTime(tsSeconds(message.ts)) }, clock(tsSeconds(message.ts))));
}

// --- The words ----------------------------------------------------------------------------------------

function body(message, holder) {
  if (message.subtype === "tombstone") return h("p", { class: "muted" }, "This message was deleted.");
  const shown = h("div", { class: message.subtype === "me_message" ? "content me" : "content" },
    words(message, holder),
    (message.attachments || []).map((one) => attachment(one, holder)));
  if (message.edited && !message.bot_id) {
    const when = longTime(tsSeconds(message.edited.ts));
    shown.append(h("span", { class: "edited", title: when }, " (edited)"));
  }
  return shown;
}

function words(message, holder) {
  const plain = !message.blocks?.length && message.text;
  return [plain && h("div", { class: "plain" }, mrkdwn(message.text)), blocks(message.blocks, holder)];
}

function quiet(message) {
  const said = message.text.split(/<@(\w+)>/).map((part, at) => (at % 2 ? mention(part) : part));
  return h("p", { class: "quiet", "data-ts": message.ts }, said);
}

// The first words of a message, for a line that points to it.
export function summary(message) {
  const leaves = (message.blocks || []).flatMap(
    (block) => (block.elements || []).flatMap((part) => part.elements || [])
  );
  const said = leaves.map((leaf) => leaf.text || (leaf.name ? emojiOf(leaf.name) || "" : "")).join("");
  const line = (said || message.text || "").replace(/\s+/g, " ").trim();
  return line.length > LONGEST_SUMMARY ? `${line.slice(0, LONGEST_SUMMARY - 2)}…` : line;
}

// --- Its place ----------------------------------------------------------------------------------------

function broadcastLine(message, context) {
  if (context.inThread) return h("p", { class: "also" }, icon("hash"), "Also sent to the channel");
  const root = row(`message/${message.channel}/${message.thread_ts}`) || message.root || {};
  const open = () => openThread(message.channel, message.thread_ts);
  const link = h("button", { type: "button", class: "link", onclick: open }, summary(root) || "the thread");
  return h("p", { class: "also" }, "replied to a thread: ", link);
}

function threadLine(message) {
  const bot = row("app")?.user;
  const users = new Set((message.reply_users || []).map((id) => (id === row("app")?.bot ? bot : id)));
  const faces = [...users].slice(0, 4).map(
    (id) => (id === bot ? appPicture("small") : avatar(memberName(id), "small"))
  );
  const last = `Last reply ${clock(tsSeconds(message.latest_reply))}`;
  const open = () => openThread(message.channel, message.ts);
  return h("button", { type: "button", class: "thread-line", onclick: open },
    faces,
    h("strong", {}, plural(message.reply_count, "reply", "replies")),
    h("span", { class: "muted" }, last),
    icon("right"));
}

function dismiss(message) {
  const away = () => trying(act("dismiss", { ts: message.ts, member: place.member }));
  return h("button", { type: "button", class: "link small", onclick: away }, "Dismiss message");
}
