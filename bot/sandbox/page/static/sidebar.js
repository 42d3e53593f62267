// The list of channels and the app, and who one acts as.

import { rootsOf } from "./channel.js";
import { fill, h, icon } from "./dom.js";
import { avatar } from "./names.js";
import { go, place } from "./place.js";
import { act, row, rowsOf } from "./store.js";
import { trying } from "./popup.js";

const KINDS = { full: "", guest: "guest", lone_guest: "guest", stranger: "of another company" };

export const people = () => rowsOf("member/").filter((one) => one.kind in KINDS && !one.deleted);

export class Sidebar {
  constructor() {
    this.element = h("nav", { class: "sidebar", "aria-label": "Channels and apps" });
    this.sign = "";
  }

  draw() {
    const app = row("app");
    const channels = rowsOf("channel/").filter((one) => !one.im && (!one.private || one.members.includes(place.member)));
    const unread = channels.map((one) => isUnread(one.id));
    const sign = JSON.stringify([app, channels, unread, place.channel, place.member, people()]);
    if (sign === this.sign) return;
    this.sign = sign;
    const focused = this.element.contains(document.activeElement) ? document.activeElement.dataset.focus : "";
    fill(this.element,
      h("div", { class: "workspace-name" }, h("strong", {}, "Sandbox Inc."), whoAmI()),
      h("h3", {}, "Channels"),
      h("ul", {}, channels.map((one, at) => h("li", {}, entry(one, unread[at])))),
      h("h3", {}, "Apps"),
      h("ul", {}, h("li", {}, h("button", { type: "button", "data-focus": "app", "aria-current": place.channel === "app" ? "page" : null, onclick: openApp }, h("span", { class: "avatar app small", "aria-hidden": "true" }, icon("chat")), h("span", { class: "grow" }, app.name)))));
    if (focused) this.element.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
  }
}

function isUnread(channel) {
  const roots = rootsOf(channel);
  const last = roots[roots.length - 1];
  return Boolean(last) && place.channel !== channel && last.ts > (place.seen[channel] || "");
}

function entry(channel, unread) {
  const here = place.channel === channel.id;
  return h("button", { type: "button", class: unread ? "unread" : "", "data-focus": channel.id, "aria-current": here ? "page" : null, onclick: () => go({ channel: channel.id, thread: place.threadChannel === channel.id ? place.thread : "", sidebar: false, touched: true }) },
    icon(channel.private ? "lock" : "hash"), h("span", { class: "grow" }, channel.name), channel.archived && h("span", { class: "muted" }, "archived"), unread && h("span", { class: "dot" }, h("span", { class: "away" }, "unread")));
}

export function openApp() {
  go({ channel: "app", thread: "", sidebar: false, touched: true });
  trying(act("open_home", { member: place.member, tab: place.appTab }));
}

function whoAmI() {
  const select = h("select", { "aria-label": "You act as", "data-focus": "who", onchange: (event) => become(event.target.value) },
    people().map((one) => h("option", { value: one.id, selected: one.id === place.member }, KINDS[one.kind] ? `${one.name} (${KINDS[one.kind]})` : one.name)));
  const me = row(`member/${place.member}`);
  return h("label", { class: "who" }, me && avatar(me.name, "small"), h("span", {}, "You are"), select);
}

function become(member) {
  go({ member, touched: true });
  if (place.channel === "app") trying(act("open_home", { member, tab: place.appTab }));
}
