// The channel and the thread beside it.

import { composer } from "./composer.js";
import { drawnOnce, fill, h } from "./dom.js";
import { icon, iconButton } from "./icons.js";
import { Log } from "./log.js";
import { isReply } from "./message.js";
import { memberName, plural } from "./names.js";
import { go, markSeen, place } from "./place.js";
import { menu, trying } from "./popup.js";
import { act, row, rowsOf } from "./store.js";

const byTs = (one, other) => (one.ts < other.ts ? -1 : 1);

export function rootsOf(channel) {
  return rowsOf(`message/${channel}/`).filter(
    (one) => !isReply(one) || one.subtype === "thread_broadcast"
  ).sort(byTs);
}

export function threadOf(channel, ts) {
  return rowsOf(`message/${channel}/`).filter((one) => one.ts === ts || one.thread_ts === ts).sort(byTs);
}

function whispers(channel, thread) {
  return rowsOf(`whisper/${channel}/`).filter(
    (one) => one.user === place.member && (one.thread_ts || "") === thread
  ).map((one) => ({ ...one.message, channel }));
}

function items(messages, private_, inThread) {
  const shown = messages.map((message) => ({ message, context: { inThread, whisper: false } }));
  const alone = private_.map((message) => ({ message, context: { inThread, whisper: true } }));
  return [...shown, ...alone].sort((one, other) => byTs(one.message, other.message));
}

// --- The channel --------------------------------------------------------------------------------------

export class ChannelPanel {
  constructor() {
    this.head = h("header", { class: "panel-head" });
    this.log = new Log("Messages of the channel");
    this.beginning = h("p", { class: "beginning" });
    this.log.list.before(this.beginning);
    this.foot = h("div", { class: "panel-foot" });
    this.element = h(
      "section",
      { class: "panel channel-panel", "aria-label": "Channel" },
      this.head,
      this.log.frame,
      this.foot,
    );
    this.once = drawnOnce();
  }

  draw() {
    const channel = row(`channel/${place.channel}`);
    this.element.hidden = !channel;
    if (!channel) return;
    const roots = rootsOf(channel.id);
    this.log.show(items(roots, whispers(channel.id, ""), false), `${channel.id} ${place.member}`);
    if (roots.length) markSeen(channel.id, roots[roots.length - 1].ts);
    this.beginning.hidden = roots.length > 0;
    this.once("head", [channel, place.member], () => {
      fill(this.head, head(channel));
      fill(this.beginning, "This is the very beginning of ", h("strong", {}, `#${channel.name}`), ".");
    });
    this.once(
      "foot",
      [channel.id, channel.archived, channel.members.includes(place.member)],
      () => fill(this.foot, foot(channel, "")),
    );
  }
}

function head(channel) {
  const bot = row("app");
  const here = channel.members.includes(bot.user);
  const more = iconButton("dots", "Channel actions", () => menu(more, "Channel actions", [
    {
      label: channel.archived ? "Bring the channel back" : "Archive channel",
      icon: "bin",
      act: () => trying(act("archive", { channel: channel.id, member: place.member })),
    },
    {
      label: here ? `Remove ${bot.name} from the channel` : `Invite ${bot.name}`,
      icon: "chat",
      act: () => trying(act("bot_in_channel", { channel: channel.id, member: place.member })),
    },
  ]), { "aria-haspopup": "menu" });
  const people = channel.members.filter((id) => id !== bot.user).map(memberName).join(", ");
  return [
    iconButton("menu", "Channels", () => go({ sidebar: !place.sidebar }), { class: "to-sidebar" }),
    h(
      "h2",
      {},
      icon(channel.private ? "lock" : "hash"),
      channel.name,
      channel.archived && h("span", { class: "badge" }, "ARCHIVED"),
    ),
    h("span", { class: "muted members", title: people }, plural(channel.members.length, "member")),
    !here && h("span", { class: "muted" }, `${bot.name} is not in this channel`),
    h("span", { class: "grow" }), more,
  ];
}

export function foot(channel, thread) {
  if (channel.archived) return h("p", { class: "notice" }, "This channel is archived. Nobody can write here.");
  if (!channel.members.includes(place.member)) return h("p", { class: "notice" }, "You are not in this channel.");
  return composer(channel.id, thread);
}

// --- The thread ---------------------------------------------------------------------------------------

export class ThreadPanel {
  constructor() {
    this.head = h("header", { class: "panel-head" },
      iconButton("back", "Back to the channel", () => go({ thread: "" }), { class: "to-channel" }),
      h("h2", {}, "Thread"), (this.where = h("span", { class: "muted" })), h("span", { class: "grow" }),
      iconButton("close", "Close thread", () => go({ thread: "" }), { class: "close-thread" }));
    this.log = new Log("Thread");
    this.foot = h("div", { class: "panel-foot" });
    this.element = h(
      "section",
      { class: "panel thread-panel", "aria-label": "Thread", onkeydown: (event) => this.keys(event) },
      this.head,
      this.log.frame,
      this.foot,
    );
    this.sign = "";
  }

  draw() {
    const channel = row(`channel/${place.threadChannel}`);
    const messages = channel && place.thread ? threadOf(channel.id, place.thread) : [];
    this.element.hidden = !messages.length;
    if (!messages.length) return;
    const all = items(messages, whispers(channel.id, place.thread), true);
    if (messages.length > 1 && messages[0].ts === place.thread) all[0].divider = messages.length - 1;
    this.log.show(all, `${channel.id} ${place.thread} ${place.member}`);
    markSeen(`thread ${place.thread}`, messages[messages.length - 1].ts);
    const sign = JSON.stringify([
      channel.id,
      place.thread,
      channel.archived,
      channel.members.includes(place.member),
    ]);
    if (sign === this.sign) return;
    this.sign = sign;
    fill(this.where, `#${channel.name}`);
    fill(this.foot, foot(channel, place.thread));
  }

  keys(event) {
    if (event.key !== "Escape" || event.defaultPrevented || event.target.closest(".editing")) return;
    go({ thread: "" });
    document.querySelector(".channel-panel .composer-field")?.focus();
  }
}
