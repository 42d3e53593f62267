// Emoji by their Slack names, and the picker.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { popup } from "./popup.js";
import { changed } from "./store.js";

const byName = new Map();
let all = []; // {names, character, group}
const COMMON = [
  "+1",
  "eyes",
  "white_check_mark",
  "raised_hands",
  "pray",
  "tada",
  "heart",
  "joy",
  "blush",
  "wave",
  "mute",
  "fire",
];
const TONES = { 2: "1f3fb", 3: "1f3fc", 4: "1f3fd", 5: "1f3fe", 6: "1f3ff" };
const SHOWN = 120;

export async function loadEmoji() {
  const answer = await fetch("/emoji.json");
  all = (await answer.json()).map(([names, character, group]) => ({ names, character, group }));
  for (const entry of all) for (const name of entry.names) byName.set(name, entry.character);
  changed();
}

// The character for a name like `wave` or `wave::skin-tone-3`; null when nobody knows it.
export function emojiOf(name) {
  const [base, tone] = String(name).split("::skin-tone-");
  const spellings = [base, base.replaceAll("-", "_"), base.replaceAll("_", "-")];
  const character = spellings.map((one) => byName.get(one)).find(Boolean);
  if (!character) return null;
  if (!TONES[tone]) return character;
  return character.replace(/\ufe0f/g, "") + String.fromCodePoint(parseInt(TONES[tone], 16));
}

export const isLoaded = () => all.length > 0;

export function emojiNode(name, unicode) {
  const given = /^[0-9a-f]{1,6}(-[0-9a-f]{1,6})*$/i.test(unicode || "")
    ? String.fromCodePoint(...unicode.split("-").map((part) => Math.min(parseInt(part, 16), 0x10ffff)))
    : null;
  const character = given || emojiOf(name);
  if (!character) return document.createTextNode(`:${name}:`);
  return h(
    "span",
    { class: "emoji", role: "img", "aria-label": name.replaceAll("_", " "), title: `:${name}:` },
    character,
  );
}

// Plain words in which `:name:` is shown as a picture.
export function withEmoji(words) {
  const parts = [];
  let end = 0;
  for (const match of words.matchAll(/:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/g)) {
    if (!emojiOf(match[1])) continue;
    parts.push(words.slice(end, match.index), emojiNode(match[1]));
    end = match.index + match[0].length;
  }
  return [...parts, words.slice(end)];
}

// Names that begin with, or hold, what was typed.
export function findEmoji(typed, most = 8) {
  const wanted = typed.toLowerCase().replaceAll(" ", "_");
  const ranked = [];
  for (const entry of all) {
    const begins = entry.names.find((one) => one.startsWith(wanted));
    const name = begins || entry.names.find((one) => one.includes(wanted));
    if (name) ranked.push({ name, character: entry.character, first: name.startsWith(wanted) ? 0 : 1 });
  }
  ranked.sort((one, other) => one.first - other.first || one.name.length - other.name.length);
  return ranked.slice(0, most);
}

// Opens a picker at `anchor`; `chosen` gets the name.
export function pickEmoji(anchor, chosen) {
  const grid = h("div", { class: "emoji-grid", role: "listbox", "aria-label": "Emoji" });
  const field = h("input", {
    type: "search", class: "field", placeholder: "Search emoji", "aria-label": "Search emoji", autocomplete: "off",
    oninput: () => show(field.value.trim()),
  });
  const box = h("div", { class: "emoji-picker" }, h("label", { class: "search" }, icon("search"), field), grid);
  const close = popup(anchor, box, { label: "Emoji" });
  const take = (name) => {
    close();
    chosen(name, emojiOf(name) || "");
  };
  const show = (typed) => grid.replaceChildren(...(typed ? [
    section("", findEmoji(typed, SHOWN), take),
  ] : sections(take)));
  show("");
  box.addEventListener("keydown", (event) => move(event, field, grid));
  field.focus();
}

function sections(take) {
  const groups = new Map([["Often used", COMMON.map((name) => ({ name, character: emojiOf(name) || "" }))]]);
  for (const entry of all) {
    if (!groups.has(entry.group)) groups.set(entry.group, []);
    groups.get(entry.group).push({ name: entry.names[0], character: entry.character });
  }
  return [...groups].map(([title, entries]) => section(title, entries, take));
}

function section(title, entries, take) {
  const buttons = entries.map(({ name, character }) =>
    h(
      "button",
      {
        type: "button",
        role: "option",
        tabindex: "-1",
        title: `:${name}:`,
        "aria-label": name.replaceAll("_", " "),
        onclick: () => take(name),
      },
      character,
    ));
  if (!buttons.length) return h("p", { class: "muted" }, "No emoji of that name.");
  return h(
    "div",
    { class: "emoji-section" },
    title && h("h3", {}, title),
    h("div", { class: "emoji-buttons" }, buttons),
  );
}

function move(event, field, grid) {
  const buttons = [...grid.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 9, ArrowUp: -9 };
  if (event.key === "Enter" && at < 0 && buttons[0]) buttons[0].click();
  else if (!(event.key in steps) || (at < 0 && event.key !== "ArrowDown")) return;
  else if (at < 0) buttons[0]?.focus();
  else if (at + steps[event.key] < 0) field.focus();
  else buttons[Math.min(at + steps[event.key], buttons.length - 1)]?.focus();
  event.preventDefault();
}
