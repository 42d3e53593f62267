// Suggestions while typing: @Name, #channel, :emoji: and /command.

import { fill, h } from "./dom.js";
import { findEmoji } from "./emoji.js";
import { avatar } from "./names.js";
import { row, rowsOf } from "./store.js";

let made = 0;

// Watches `field`; `keys` takes a keydown event and says whether it was one for the list.
export function completion(field, { commands }) {
  const id = `suggestions-${(made += 1)}`;
  const box = h("div", { class: "suggestions", id, role: "listbox", "aria-label": "Suggestions", hidden: true });
  const state = { items: [], at: 0, start: 0 };
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", id);
  const close = () => {
    state.items = [];
    box.hidden = true;
    field.removeAttribute("aria-activedescendant");
  };
  const take = (item) => {
    field.setRangeText(item.words, state.start, field.selectionStart, "end");
    close();
    field.dispatchEvent(new Event("input"));
    field.focus();
  };
  const draw = () => {
    fill(box, state.items.map((item, place) =>
      h("div", { role: "option", id: `${id}-${place}`, "aria-selected": String(place === state.at), onmousedown: (event) => event.preventDefault(), onclick: () => take(item) }, item.shown)));
    box.hidden = !state.items.length;
    if (state.items.length) field.setAttribute("aria-activedescendant", `${id}-${state.at}`);
  };
  field.addEventListener("input", () => {
    if (!box.isConnected) field.parentElement?.append(box);
    const found = suggest(field, commands);
    Object.assign(state, found || { items: [] }, { at: 0 });
    if (state.items.length) draw();
    else close();
  });
  field.addEventListener("blur", () => setTimeout(close, 150));
  const keys = (event) => {
    if (!state.items.length) return false;
    const count = state.items.length;
    if (event.key === "ArrowDown") state.at = (state.at + 1) % count;
    else if (event.key === "ArrowUp") state.at = (state.at + count - 1) % count;
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") take(state.items[state.at]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    if (state.items.length) draw();
    return true;
  };
  return { keys };
}

// What stands before the cursor and what it may become; null when nothing does.
function suggest(field, commands) {
  const before = field.value.slice(0, field.selectionStart);
  const match = /(^|\s)([@#:])([\w'+ -]*)$/.exec(before) || (commands && /^()(\/)(\w*)$/.exec(before));
  if (!match) return null;
  const [, , sign, typed] = match;
  const start = before.length - typed.length - 1;
  const items = { "@": people, "#": channels, ":": emoji, "/": slash }[sign](typed.toLowerCase());
  const complete = items.length === 1 && items[0].words.trim() === sign + typed;
  return items.length && !complete ? { items, start } : null;
}

function people(typed) {
  const all = rowsOf("member/").filter((one) => one.name.toLowerCase().startsWith(typed));
  const found = all.map((one) => ({ words: `@${one.name} `, shown: [avatar(one.name, "small"), one.name] }));
  const here = ["here", "channel"].filter((one) => one.startsWith(typed)).map((one) => ({ words: `@${one} `, shown: [`@${one}`] }));
  return [...found, ...here].slice(0, 8);
}

function channels(typed) {
  return rowsOf("channel/").filter((one) => !one.im && one.name.startsWith(typed)).map((one) => ({ words: `<#${one.id}> `, shown: [`#${one.name}`] }));
}

function emoji(typed) {
  if (typed.length < 2 || typed.includes(" ")) return [];
  return findEmoji(typed).map((one) => ({ words: `:${one.name}: `, shown: [h("span", { class: "emoji" }, one.character), `:${one.name}:`] }));
}

function slash(typed) {
  const known = row("app")?.commands || [];
  const all = [...known, { command: "/me", description: "Say what you are doing" }, { command: "/shrug", description: "Add ¯\\_(ツ)_/¯" }];
  return all.filter((one) => one.command.startsWith(`/${typed}`)).map((one) => ({
    words: `${one.command} `,
    shown: [h("strong", {}, one.command), h("span", { class: "muted" }, ` ${one.usage_hint || ""} ${one.description || ""}`)],
  }));
}
