// Suggestions while typing: @Name, #channel, :emoji: and /command.

import { fill, h } from "./dom.js";
import { findEmoji } from "./emoji.js";
import { avatar } from "./names.js";
import { row, rowsOf } from "./store.js";

const AFTER_BLUR_MS = 150;
const LEAST_EMOJI = 2; // characters typed before emoji are suggested
const MOST = 8;
const OWN_COMMANDS = [
  { command: "/me", description: "Say what you are doing" },
  { command: "/shrug", description: "Add ¯\\_(ツ)_/¯" },
];

let made = 0;

// Watches `field`; `keys` of what it returns takes a keydown event and says whether it was one for the list.
export const completion = (field, { commands }) => new Completion(field, commands);

class Completion {
  constructor(field, commands) {
    Object.assign(this, { field, commands, items: [], at: 0, start: 0, id: `suggestions-${(made += 1)}` });
    this.box = h(
      "div",
      { class: "suggestions", id: this.id, role: "listbox", "aria-label": "Suggestions", hidden: true },
    );
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.id);
    field.addEventListener("input", () => this.look());
    field.addEventListener("blur", () => setTimeout(() => this.close(), AFTER_BLUR_MS));
  }

  look() {
    if (!this.box.isConnected) this.field.parentElement?.append(this.box);
    const found = suggest(this.field, this.commands);
    Object.assign(this, found || { items: [] }, { at: 0 });
    if (this.items.length) this.draw();
    else this.close();
  }

  draw() {
    fill(this.box, this.items.map((item, place) => h("div", {
      role: "option",
      id: `${this.id}-${place}`,
      "aria-selected": String(place === this.at),
      onmousedown: (event) => event.preventDefault(),
      onclick: () => this.take(item),
    }, item.shown)));
    this.box.hidden = false;
    this.field.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
  }

  take(item) {
    this.field.setRangeText(item.words, this.start, this.field.selectionStart, "end");
    this.close();
    this.field.dispatchEvent(new Event("input"));
    this.field.focus();
  }

  close() {
    this.items = [];
    this.box.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  keys(event) {
    const count = this.items.length;
    if (!count) return false;
    if (event.key === "ArrowDown") this.at = (this.at + 1) % count;
    else if (event.key === "ArrowUp") this.at = (this.at + count - 1) % count;
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") this.take(this.items[this.at]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    if (this.items.length) this.draw();
    return true;
  }
}

// What stands before the cursor and what it may become; null when nothing does, or when it is complete.
function suggest(field, commands) {
  const before = field.value.slice(0, field.selectionStart);
  const match = /(^|\s)([@#:])([\w'+ -]*)$/.exec(before) || (commands && /^()(\/)(\w*)$/.exec(before));
  if (!match) return null;
  const [, , sign, typed] = match;
  const items = { "@": people, "#": channels, ":": emoji, "/": slash }[sign](typed.toLowerCase());
  const complete = items.length === 1 && items[0].words.trim() === sign + typed;
  return items.length && !complete ? { items, start: before.length - typed.length - 1 } : null;
}

function people(typed) {
  const all = rowsOf("member/").filter((one) => one.name.toLowerCase().startsWith(typed));
  const found = all.map((one) => ({ words: `@${one.name} `, shown: [avatar(one.name, "small"), one.name] }));
  const ranges = ["here", "channel"].filter((one) => one.startsWith(typed));
  return [...found, ...ranges.map((one) => ({ words: `@${one} `, shown: [`@${one}`] }))].slice(0, MOST);
}

function channels(typed) {
  const all = rowsOf("channel/").filter((one) => !one.im && one.name.startsWith(typed));
  return all.map((one) => ({ words: `#${one.name} `, shown: [`#${one.name}`] }));
}

function emoji(typed) {
  if (typed.length < LEAST_EMOJI || typed.includes(" ")) return [];
  const shown = (one) => [h("span", { class: "emoji" }, one.character), `:${one.name}:`];
  return findEmoji(typed, MOST).map((one) => ({ words: `:${one.name}: `, shown: shown(one) }));
}

function slash(typed) {
  const all = [...(row("app")?.commands || []), ...OWN_COMMANDS];
  const shown = (one) => [
    h("strong", {}, one.command),
    h("span", { class: "muted" }, ` ${one.usage_hint || ""} ${one.description || ""}`),
  ];
  const fitting = all.filter((one) => one.command.startsWith(`/${typed}`));
  return fitting.map((one) => ({ words: `${one.command} `, shown: shown(one) }));
}
