// The upper and the lower end of a phone: whom one texts with, what happens to it, and the field to write in.

import { addContact, rootOf } from "./contacts.js";
import { h } from "./dom.js";
import { iconButton } from "./icons.js";
import { pickEmoji } from "./emoji.js";
import { shownNumber } from "./names.js";
import { Outbox } from "./outbox.js";
import { openThread } from "./place.js";
import { menu, trying } from "./popup.js";
import { act, packed, row } from "./store.js";

export const nameOf = (contact) => (contact.name.startsWith("+") ? shownNumber(contact.number) : contact.name);

export function head(contact) {
  const line = row("line");
  const root = rootOf(contact);
  const open = () => menu(more, "What happens to this phone", entries(contact));
  const more = iconButton("dots", `${nameOf(contact)}'s phone`, open, { "aria-haspopup": "menu" });
  return [
    h("div", { class: "grow" },
      h("p", { class: "owner" }, `${nameOf(contact)}'s phone`),
      h("h2", {}, line.name),
      h("p", { class: "muted" }, shownNumber(line.number))),
    root && iconButton("chat", "Show in Slack", () => openThread(root.channel, root.ts), { class: "to-slack" }),
    more,
    states(contact),
  ];
}

function states(contact) {
  const words = [
    contact.failing && "switched off",
    contact.refused && "number refused",
    contact.opted_out && "opted out",
  ];
  const shown = words.filter(Boolean).join(" · ");
  return shown && h("p", { class: "phone-state" }, shown);
}

function entries(contact) {
  const { number, failing, refused, opted_out: out } = contact;
  const change = (what) => () => trying(act("phone", { number, failing, refused, ...what }));
  const text = (words) => () => trying(act("text", { number, words }));
  const optOut = () => trying(act("opt_out", { number, on: !out }));
  return [
    { label: "Switched off: texts fail", checked: failing, act: change({ failing: !failing }) },
    { label: "Number refused by the provider", checked: refused, act: change({ refused: !refused }) },
    { label: "Opted out at the provider", checked: out, act: optOut },
    null,
    { label: "Text STOP", icon: "send", act: text("STOP") },
    { label: "Text START", icon: "send", act: text("START") },
  ];
}

// What is shown where there are no texts.
export function nothing(contact) {
  if (contact) {
    const words = `Write to ${row("line").name} below. It appears in Slack as a thread of its own.`;
    return h("p", { class: "nothing" }, words);
  }
  const add = h("button", { type: "button", class: "button primary", onclick: addContact }, "Add a contact");
  return h(
    "div",
    { class: "nothing" },
    h("p", {}, "A contact is somebody with a phone who texts your team."),
    add,
  );
}

export function phoneComposer(number) {
  const shape = { rows: "1", class: "phone-field", "data-focus": "phone field" };
  const field = h("textarea", { ...shape, placeholder: "Text message", "aria-label": "Text message" });
  const deliver = async (words, files) => act("text", { number, words, files: await packed(files) });
  const outbox = new Outbox(field, { label: "Send text", tallest: 120, deliver });
  outbox.picker.accept = "image/*";
  field.addEventListener("keydown", (event) => outbox.onEnter(event));
  const take = (name, character) => outbox.insert(character);
  const emoji = iconButton("smile", "Emoji", () => pickEmoji(emoji, take), { "aria-haspopup": "dialog" });
  const plus = iconButton("plus", "Attach a picture", () => outbox.picker.click());
  const box = h("div", { class: "phone-box" }, field, emoji);
  return h("div", {}, outbox.tray, outbox.picker, h("div", { class: "phone-row" }, plus, box, outbox.button));
}
