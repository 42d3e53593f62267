// The contacts' phones: one conversation each, as the contact sees it.

import { fill, h, icon, iconButton, sync } from "./dom.js";
import { pickEmoji } from "./emoji.js";
import { attached, picture } from "./files.js";
import { linked } from "./links.js";
import { avatar, clock, dayOf, longTime, shownNumber } from "./names.js";
import { go, markSeen, openThread, place } from "./place.js";
import { ask, menu, say, trying } from "./popup.js";
import { act, arrived, packed, row, rowsOf } from "./store.js";
import { rootsOf } from "./channel.js";
import { summary } from "./message.js";

const textsOf = (number) => rowsOf("text/").filter((one) => one.contact === number);
const FAILED = new Set(["error", "failed", "undelivered", "301"]);

export class Phones {
  constructor() {
    this.list = h("div", { class: "phone-list", role: "tablist", "aria-label": "Contacts", onkeydown: tabKeys });
    this.bar = h("header", { class: "phone-head" });
    this.bubbles = h("div", { class: "bubbles", role: "log", "aria-label": "Texts", "aria-live": "off", tabindex: "0" });
    this.foot = h("div", { class: "phone-foot" });
    const time = h("span", {}, clock(Date.now() / 1000));
    setInterval(() => fill(time, clock(Date.now() / 1000)), 20000);
    this.screen = h("div", { class: "phone-screen", role: "tabpanel", id: "phone-screen", "aria-label": "Phone" },
      h("div", { class: "status-bar", "aria-hidden": "true" }, time, h("span", { class: "notch" }), h("span", { class: "signals" }, h("i", {}), h("i", {}), h("i", {}), h("b", {}))),
      this.bar, this.bubbles, this.foot);
    this.element = h("section", { class: "phones", "aria-label": "The contacts' phones" }, this.list, h("div", { class: "device" }, this.screen));
    this.signs = {};
    this.composers = new Map();
  }

  draw() {
    const contacts = rowsOf("contact/");
    const contact = row(`contact/${place.phone}`);
    this.once("list", [contacts, contacts.map((one) => unread(one.number)), place.phone], () => this.drawList(contacts));
    this.once("bar", [contact, row("line"), Boolean(rootOf(contact))], () => fill(this.bar, contact ? head(contact) : h("h2", {}, "No phone yet")));
    this.drawBubbles(contact);
    this.once("foot", [place.phone, Boolean(contact)], () => fill(this.foot, contact ? this.composerOf(contact.number) : null));
  }

  once(name, what, draw) {
    const sign = JSON.stringify(what);
    if (this.signs[name] === sign) return;
    this.signs[name] = sign;
    draw();
  }

  drawList(contacts) {
    const focused = this.list.contains(document.activeElement);
    const add = h("button", { type: "button", class: "phone-tab add", title: "Add a contact", "aria-label": "Add a contact", onclick: addContact }, h("span", { class: "avatar add" }, icon("plus")), h("span", { class: "phone-name" }, "Add"));
    fill(this.list, contacts.map(tabOf), add);
    if (focused) this.list.querySelector("[aria-selected=true]")?.focus();
  }

  drawBubbles(contact) {
    const texts = contact ? textsOf(contact.number) : [];
    const box = this.bubbles;
    const fresh = box.dataset.phone !== place.phone;
    const atEnd = fresh || box.scrollHeight - box.scrollTop - box.clientHeight < 60;
    if (fresh) box.replaceChildren();
    box.dataset.phone = place.phone;
    if (!texts.length) this.once("empty", [place.phone], () => fill(box, empty(contact)));
    else {
      if (this.signs.empty) fill(box);
      this.signs.empty = "";
      sync(box, withDays(texts), { key: (one) => one.key, signature: (one) => one.sign, make: (one) => one.make() });
      if (document.visibilityState === "visible") markSeen(`phone ${place.phone}`, texts[texts.length - 1].at);
    }
    if (atEnd) box.scrollTop = box.scrollHeight;
    box.setAttribute("aria-live", fresh ? "off" : "polite");
  }

  composerOf(number) {
    if (!this.composers.has(number)) this.composers.set(number, phoneComposer(number));
    return this.composers.get(number);
  }
}

function unread(number) {
  const texts = textsOf(number).filter((one) => one.outbound && !FAILED.has(one.status));
  const last = texts[texts.length - 1];
  return Boolean(last) && place.phone !== number && last.at > (place.seen[`phone ${number}`] || 0);
}

function tabOf(contact) {
  const on = contact.number === place.phone;
  return h("button", { type: "button", class: "phone-tab", role: "tab", "aria-selected": String(on), "aria-controls": "phone-screen", tabindex: on ? "0" : "-1", title: `${contact.name} · ${shownNumber(contact.number)}`, onclick: () => choose(contact) },
    avatar(contact.name), unread(contact.number) && h("span", { class: "dot" }, h("span", { class: "away" }, "unread")), h("span", { class: "phone-name" }, contact.name.startsWith("+") ? shownNumber(contact.number).slice(-8) : contact.name.split(" ")[0]));
}

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

// The newest card that names the contact, by number or by name.
export function rootOf(contact) {
  if (!contact) return null;
  const digits = contact.number.slice(-10);
  const cards = rowsOf("channel/").flatMap((one) => rootsOf(one.id)).filter((one) => one.bot_id && one.subtype !== "thread_broadcast");
  return cards.reverse().find((one) => {
    const words = cardWords(one);
    return words.replace(/\D/g, "").includes(digits) || words.includes(contact.name);
  });
}

// The contact whose card this is; null when it is nobody's.
export function contactOf(root) {
  const words = cardWords(root);
  const digits = words.replace(/\D/g, "");
  return rowsOf("contact/").find((one) => digits.includes(one.number.slice(-10)) || words.includes(one.name)) || null;
}

const cardWords = (message) => {
  const title = message.blocks?.[0]?.elements?.[0];
  return title ? summary({ blocks: [{ elements: [title] }] }) : summary(message);
};

function head(contact) {
  const line = row("line");
  const root = rootOf(contact);
  const more = iconButton("dots", `${contact.name}'s phone`, () => menu(more, "What happens to this phone", [
    { label: "Switched off: texts fail", checked: contact.failing, act: () => phone(contact, { failing: !contact.failing }) },
    { label: "Number refused by the provider", checked: contact.refused, act: () => phone(contact, { refused: !contact.refused }) },
    { label: "Opted out at the provider", checked: contact.opted_out, act: () => trying(act("opt_out", { number: contact.number, on: !contact.opted_out })) },
    null,
    { label: "Text STOP", icon: "send", act: () => trying(act("text", { number: contact.number, words: "STOP" })) },
    { label: "Text START", icon: "send", act: () => trying(act("text", { number: contact.number, words: "START" })) },
  ]), { "aria-haspopup": "menu" });
  return [
    h("div", { class: "grow" }, h("p", { class: "owner" }, `${contact.name.startsWith("+") ? shownNumber(contact.number) : contact.name}'s phone`),
      h("h2", {}, line.name), h("p", { class: "muted" }, shownNumber(line.number))),
    root && iconButton("chat", "Show in Slack", () => openThread(root.channel, root.ts), { class: "to-slack" }),
    more,
    (contact.failing || contact.refused || contact.opted_out) && h("p", { class: "phone-state" }, [contact.failing && "switched off", contact.refused && "number refused", contact.opted_out && "opted out"].filter(Boolean).join(" · ")),
  ];
}

const phone = (contact, change) => trying(act("phone", { number: contact.number, failing: contact.failing, refused: contact.refused, ...change }));

function empty(contact) {
  if (!contact) return h("div", { class: "nothing" }, h("p", {}, "A contact is somebody with a phone who texts your team."), h("button", { type: "button", class: "button primary", onclick: addContact }, "Add a contact"));
  return h("p", { class: "nothing" }, `Write to ${row("line").name} below. It appears in Slack as a thread of its own.`);
}

// --- Texts --------------------------------------------------------------------------------------------

function withDays(texts) {
  const rows = [];
  let day = "";
  const lastOwn = texts.filter((one) => !one.outbound).at(-1);
  for (const text of texts) {
    const today = dayOf(text.at);
    if (today !== day) rows.push({ key: `day-${text.id}`, sign: today, make: () => h("p", { class: "bubble-day" }, `${today} ${clock(text.at)}`) });
    day = today;
    const last = text === lastOwn;
    rows.push({ key: text.id, sign: JSON.stringify([text, last]), make: () => bubble(text, last) });
  }
  return rows;
}

function bubble(text, last) {
  const failed = text.outbound && FAILED.has(text.status);
  const alone = /^\s*(\p{Extended_Pictographic}[\ufe0f\u200d\p{Emoji_Modifier}]*\s*){1,3}$/u.test(text.words);
  const words = text.words && h("p", { class: `bubble ${alone ? "jumbo" : ""}`, title: longTime(text.at) }, linked(text.words));
  const pictures = text.media.map((one, place) => (one.type.startsWith("image/") ? picture(one.src, `picture ${place + 1}`) : h("a", { class: "file-card", href: one.src, download: true }, icon("file"), one.type)));
  return h("div", { class: `text ${text.outbound ? "theirs" : "own"} ${failed ? "failed" : ""} ${text.outbound && text.status === "sending" ? "under-way" : ""}`, "data-status": text.status },
    pictures, words, tick(text, failed, last));
}

function tick(text, failed, last) {
  if (failed) return h("p", { class: "tick bad" }, icon("warn"), `Did not arrive${text.code ? ` (${text.code})` : ""}`);
  if (text.outbound) {
    const [sign, words] = { sending: ["clock", "Under way"], sent: ["check", "Sent"], delivered: ["checks", "Delivered"] }[text.status] || ["check", text.status];
    return h("p", { class: "tick" }, icon(sign), words);
  }
  if (text.heard) return last ? h("p", { class: "tick" }, icon("checks"), "Delivered") : null;
  return h("p", { class: "tick" }, icon("clock"), "Sent, not confirmed yet");
}

function phoneComposer(number) {
  const state = { files: [], busy: false };
  const field = h("textarea", { rows: "1", class: "phone-field", placeholder: "Text message", "aria-label": "Text message", "data-focus": "phone field" });
  const tray = h("div", { class: "tray" });
  const picker = h("input", { type: "file", accept: "image/*", multiple: true, hidden: true, onchange: () => take([...picker.files]) });
  const send = iconButton("send", "Send text", () => submit(), { class: "send" });
  const ready = () => {
    send.disabled = state.busy || (!field.value.trim() && !state.files.length);
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 120)}px`;
  };
  const take = (files) => {
    state.files = [...state.files, ...files].slice(0, 10);
    showFiles();
  };
  const showFiles = () => {
    fill(tray, attached(state.files, (gone) => take((state.files = state.files.filter((one) => one !== gone)) && [])));
    ready();
  };
  const submit = async () => {
    if (send.disabled) return;
    state.busy = true;
    ready();
    try {
      await act("text", { number, words: field.value, files: await packed(state.files) });
      field.value = "";
      state.files = [];
    } catch (error) {
      say(error.message);
    }
    state.busy = false;
    showFiles();
    field.focus();
  };
  field.addEventListener("input", ready);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  const insert = (character) => {
    field.setRangeText(character, field.selectionStart, field.selectionEnd, "end");
    ready();
    field.focus();
  };
  const emoji = iconButton("smile", "Emoji", () => pickEmoji(emoji, (name, character) => insert(character)), { "aria-haspopup": "dialog" });
  queueMicrotask(ready);
  return h("div", {}, tray, picker, h("div", { class: "phone-row" }, iconButton("plus", "Attach a picture", () => picker.click()), h("div", { class: "phone-box" }, field, emoji), send));
}

const NAMES = ["Ana Silva", "Tom Becker", "Noor Aziz", "Ines Ruiz", "Jun Mori", "Lena Vogt", "Sami Haddad", "Pia Lund"];

// Somebody nobody knows yet. Numbers with 555-01… belong to nobody.
function stranger() {
  const contacts = rowsOf("contact/");
  const names = new Set(contacts.map((one) => one.name));
  const numbers = new Set([row("line").number, ...contacts.map((one) => one.number)]);
  let last = 140;
  while (numbers.has(`+1415555${String(last).padStart(4, "0")}`)) last += 1;
  return { name: NAMES.find((one) => !names.has(one)) || `Contact ${contacts.length + 1}`, number: `(415) 555-${String(last).padStart(4, "0")}` };
}

async function addContact() {
  const free = stranger();
  const name = h("input", { class: "field", id: "new-name", placeholder: free.name, autocomplete: "off" });
  const number = h("input", { class: "field", id: "new-number", placeholder: free.number, inputmode: "tel", autocomplete: "off" });
  const error = h("p", { class: "input-error", role: "alert" });
  const content = h("div", { class: "stacked" }, h("label", { for: "new-name" }, "Name"), name, h("label", { for: "new-number" }, "Number"), number, error);
  for (let trying_ = true; trying_; ) {
    const yes = await ask({ title: "Add a contact", text: "A new phone that can text your team.", content, yes: "Add" });
    if (!yes) return;
    try {
      const answer = await act("add_contact", { name: name.value || free.name, number: number.value || free.number });
      await arrived(`contact/${answer.number}`);
      go({ phone: answer.number, touched: true, thread: "" });
      trying_ = false;
    } catch (mistake) {
      fill(error, mistake.message);
    }
  }
}
