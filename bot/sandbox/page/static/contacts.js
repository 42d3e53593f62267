// Contacts: their cards in Slack, and new ones.

import { rootsOf } from "./channel.js";
import { fill, h } from "./dom.js";
import { summary } from "./message.js";
import { go } from "./place.js";
import { ask } from "./popup.js";
import { act, arrived, row, rowsOf } from "./store.js";

// Names for those whose visitor gives none; numbers with 555-01… belong to nobody.
const NAMES = [
  "Ana Silva",
  "Tom Becker",
  "Noor Aziz",
  "Ines Ruiz",
  "Jun Mori",
  "Lena Vogt",
  "Sami Haddad",
  "Pia Lund",
];
const FIRST_NUMBER = 140;

const digitsOf = (words) => words.replace(/\D/g, "");

// The first line of a card names the contact.
function titleOf(card) {
  const title = card.blocks?.[0]?.elements?.[0];
  return summary(title ? { blocks: [{ elements: [title] }] } : card);
}

function names(card, contact) {
  const title = titleOf(card);
  return digitsOf(title).includes(contact.number.slice(-10)) || title.includes(contact.name);
}

// The newest card of a contact; null when there is none.
export function rootOf(contact) {
  if (!contact) return null;
  const all = rowsOf("channel/").flatMap((one) => rootsOf(one.id));
  const cards = all.filter((one) => one.bot_id && one.subtype !== "thread_broadcast");
  return cards.reverse().find((one) => names(one, contact)) || null;
}

// The contact whose card this is; null when it is nobody's.
export const contactOf = (card) => rowsOf("contact/").find((one) => names(card, one)) || null;

function stranger() {
  const known = rowsOf("contact/");
  const taken = new Set([row("line").number, ...known.map((one) => one.number)]);
  const fourDigits = (last) => String(last).padStart(4, "0");
  let last = FIRST_NUMBER;
  while (taken.has(`+1415555${fourDigits(last)}`)) last += 1;
  const name = NAMES.find((one) => known.every((other) => other.name !== one));
  return { name: name || `Contact ${known.length + 1}`, number: `(415) 555-${fourDigits(last)}` };
}

export async function addContact() {
  const free = stranger();
  const name = h("input", { class: "field", id: "new-name", placeholder: free.name, autocomplete: "off" });
  const shape = { class: "field", id: "new-number", inputmode: "tel", autocomplete: "off" };
  const number = h("input", { ...shape, placeholder: free.number });
  const error = h("p", { class: "input-error", role: "alert" });
  const labels = {
    name: h("label", { for: "new-name" }, "Name"),
    number: h("label", { for: "new-number" }, "Number"),
  };
  const content = h("div", { class: "stacked" }, labels.name, name, labels.number, number, error);
  while (await ask({
    title: "Add a contact",
    text: "A new phone that can text your team.",
    content,
    yes: "Add",
  })) {
    try {
      return await added(name.value || free.name, number.value || free.number);
    } catch (mistake) {
      fill(error, mistake.message);
    }
  }
  return undefined;
}

async function added(name, number) {
  const answer = await act("add_contact", { name, number });
  await arrived(`contact/${answer.number}`);
  go({ phone: answer.number, touched: true, thread: "" });
}
