// The list of channels and the app, and who one acts as.

import { rootsOf } from "./channel.js";
import { fill, h } from "./dom.js";
import { lookAtApp } from "./home.js";
import { icon } from "./icons.js";
import { avatar } from "./names.js";
import { go, place } from "./place.js";
import { row, rowsOf } from "./store.js";

const KINDS = { full: "", guest: "guest", lone_guest: "guest", stranger: "of another company" };

export const people = () => rowsOf("member/").filter((one) => one.kind in KINDS && !one.deleted);

const isOpenTo = (channel, member) => !channel.im && (!channel.private || channel.members.includes(member));

export class Sidebar {
  constructor() {
    this.element = h("nav", { class: "sidebar", "aria-label": "Channels and apps" });
    this.sign = "";
  }

  draw() {
    const channels = rowsOf("channel/").filter((one) => isOpenTo(one, place.member));
    const unread = channels.map((one) => isUnread(one.id));
    const sign = JSON.stringify([row("app"), channels, unread, place.channel, place.member, people()]);
    if (sign === this.sign) return;
    this.sign = sign;
    const mark = this.element.contains(document.activeElement) ? document.activeElement.dataset.focus : "";
    fill(this.element,
      h("div", { class: "workspace-name" }, h("strong", {}, "Sandbox Inc."), whoAmI()),
      h("h3", {}, "Channels"),
      h("ul", {}, channels.map((one, at) => h("li", {}, channelEntry(one, unread[at])))),
      h("h3", {}, "Apps"),
      h("ul", {}, h("li", {}, appEntry())));
    if (mark) this.element.querySelector(`[data-focus="${CSS.escape(mark)}"]`)?.focus();
  }
}

function isUnread(channel) {
  const last = rootsOf(channel).at(-1);
  return Boolean(last) && place.channel !== channel && last.ts > (place.seen[channel] || "");
}

const entry = (id, props, ...parts) => h("button", {
  type: "button", "data-focus": id, "aria-current": place.channel === id ? "page" : null, ...props,
}, parts);

function channelEntry(channel, unread) {
  const { id } = channel;
  const thread = place.threadChannel === id ? place.thread : "";
  const open = () => go({ channel: id, thread, sidebar: false, touched: true });
  return entry(id, { class: unread ? "unread" : "", onclick: open },
    icon(channel.private ? "lock" : "hash"),
    h("span", { class: "grow" }, channel.name),
    channel.archived && h("span", { class: "muted" }, "archived"),
    unread && h("span", { class: "dot" }, h("span", { class: "away" }, "unread")));
}

function appEntry() {
  const picture = h("span", { class: "avatar app small", "aria-hidden": "true" }, icon("chat"));
  return entry("app", { onclick: openApp }, picture, h("span", { class: "grow" }, row("app").name));
}

function openApp() {
  go({ channel: "app", thread: "", sidebar: false, touched: true });
  lookAtApp();
}

function whoAmI() {
  const named = (one) => (KINDS[one.kind] ? `${one.name} (${KINDS[one.kind]})` : one.name);
  const option = (one) => h("option", { value: one.id, selected: one.id === place.member }, named(one));
  const shape = { "aria-label": "You act as", "data-focus": "who" };
  const select = h("select", { ...shape, onchange: (event) => become(event.target.value) }, people().map(option));
  const me = row(`member/${place.member}`);
  return h("label", { class: "who" }, me && avatar(me.name, "small"), h("span", {}, "You are"), select);
}

function become(member) {
  go({ member, touched: true });
  if (place.channel === "app") lookAtApp();
}
