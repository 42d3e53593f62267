// The contacts' phones: one conversation each, as the contact sees it.

import { bubbles, hasFailed } from "./bubbles.js";
import { addContact, rootOf } from "./contacts.js";
import { drawnOnce, fill, h, sync } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, clock, shownNumber } from "./names.js";
import { head, nameOf, nothing, phoneComposer } from "./phone_parts.js";
import { go, markSeen, place } from "./place.js";
import { row, rowsOf } from "./store.js";

const CLOCK_MS = 20000;
const NEAR = 60; // pixels from the end that count as "at the end"

const textsOf = (number) => rowsOf("text/").filter((one) => one.contact === number);

export class Phones {
  constructor() {
    const tabs = { role: "tablist", "aria-label": "Contacts", onkeydown: tabKeys };
    this.list = h("div", { class: "phone-list", ...tabs });
    this.bar = h("header", { class: "phone-head" });
    const log = { role: "log", "aria-label": "Texts", "aria-live": "off", tabindex: "0" };
    this.bubbles = h("div", { class: "bubbles", ...log });
    this.foot = h("div", { class: "phone-foot" });
    const screen = { class: "phone-screen", role: "tabpanel", id: "phone-screen", "aria-label": "Phone" };
    this.screen = h("div", screen, statusBar(), this.bar, this.bubbles, this.foot);
    this.element = h("section", { class: "phones", "aria-label": "The contacts' phones" },
      this.list, h("div", { class: "device" }, this.screen));
    this.once = drawnOnce();
    this.composers = new Map();
    this.shown = ""; // whose tab was brought into view
  }

  draw() {
    const contacts = rowsOf("contact/");
    const contact = row(`contact/${place.phone}`);
    const unreads = contacts.map((one) => unread(one.number));
    this.once("list", [contacts, unreads, place.phone], () => this.drawList(contacts));
    this.bringIntoView();
    const bar = () => fill(this.bar, contact ? head(contact) : h("h2", {}, "No phone yet"));
    this.once("bar", [contact, row("line"), rootOf(contact)?.ts], bar);
    this.drawBubbles(contact);
    const foot = () => fill(this.foot, contact ? this.composerOf(contact.number) : null);
    this.once("foot", [place.phone, Boolean(contact)], foot);
  }

  drawList(contacts) {
    const focused = this.list.contains(document.activeElement);
    const button = {
      type: "button",
      class: "phone-tab add",
      title: "Add a contact",
      "aria-label": "Add a contact",
    };
    const sign = h("span", { class: "avatar add" }, icon("plus"));
    const add = h("button", { ...button, onclick: addContact }, sign, h("span", { class: "phone-name" }, "Add"));
    fill(this.list, contacts.map(tabOf), add);
    if (focused) this.selected()?.focus();
  }

  selected() {
    return this.list.querySelector("[aria-selected=true]");
  }

  // Once for each phone that is chosen, and not while the list itself is hidden.
  bringIntoView() {
    if (this.shown === place.phone || !this.list.clientWidth) return;
    this.shown = place.phone;
    this.selected()?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  drawBubbles(contact) {
    const texts = contact ? textsOf(contact.number) : [];
    const box = this.bubbles;
    const fresh = box.dataset.phone !== place.phone;
    const atEnd = fresh || box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
    if (fresh) box.replaceChildren();
    box.dataset.phone = place.phone;
    if (texts.length) this.drawTexts(texts);
    else this.once("empty", [place.phone], () => fill(box, nothing(contact)));
    if (atEnd) box.scrollTop = box.scrollHeight;
    box.setAttribute("aria-live", fresh ? "off" : "polite");
  }

  drawTexts(texts) {
    this.once("empty", [""], () => fill(this.bubbles));
    const how = { key: (one) => one.key, signature: (one) => one.sign, make: (one) => one.make() };
    sync(this.bubbles, bubbles(texts), how);
    if (document.visibilityState === "visible") markSeen(`phone ${place.phone}`, texts.at(-1).at);
  }

  composerOf(number) {
    if (!this.composers.has(number)) this.composers.set(number, phoneComposer(number));
    return this.composers.get(number);
  }
}

function statusBar() {
  const time = h("span", {}, clock(Date.now() / 1000));
  setInterval(() => fill(time, clock(Date.now() / 1000)), CLOCK_MS);
  const signals = h("span", { class: "signals" }, h("i", {}), h("i", {}), h("i", {}), h("b", {}));
  return h("div", { class: "status-bar", "aria-hidden": "true" }, time, h("span", { class: "notch" }), signals);
}

function unread(number) {
  const last = textsOf(number).filter((one) => one.outbound && !hasFailed(one)).at(-1);
  return Boolean(last) && place.phone !== number && last.at > (place.seen[`phone ${number}`] || 0);
}

function tabOf(contact) {
  const on = contact.number === place.phone;
  const short = contact.name.startsWith("+") ? shownNumber(contact.number).slice(-8) : contact.name.split(" ")[0];
  return h("button", {
    type: "button",
    class: "phone-tab",
    role: "tab",
    "aria-selected": String(on),
    "aria-controls": "phone-screen",
    tabindex: on ? "0" : "-1",
    title: `${nameOf(contact)} · ${shownNumber(contact.number)}`,
    onclick: () => choose(contact),
  },
  avatar(contact.name),
  unread(contact.number) && h("span", { class: "dot" }, h("span", { class: "away" }, "unread")),
  h("span", { class: "phone-name" }, short));
}

// Both sides show the same conversation.
function choose(contact) {
  go({ phone: contact.number, touched: true });
  const root = rootOf(contact);
  if (root) go({ thread: root.ts, threadChannel: root.channel });
}

function tabKeys(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = [...event.currentTarget.querySelectorAll("button")];
  const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
  event.preventDefault();
  next.focus();
  if (next.role === "tab") next.click();
}
