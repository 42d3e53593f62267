// Select menus with a search field: fixed options, the app's own, people and channels; one or many.

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { textObject } from "./mrkdwn.js";
import { channelName, memberName } from "./names.js";
import { popup } from "./popup.js";
import { rowsOf } from "./store.js";

const MIN_QUERY = 3; // characters, when the app names no number

// `field` is where the value stands: an option, an id, or a list of either.
export function chooser({ block, element, holder, props, choose, given }, field) {
  const many = element.type.startsWith("multi_");
  const source = sourceOf(element, field);
  const initial = element[`initial_${field.replace("selected_", "")}`];
  let value = holder.value(block, element, field, initial ?? (many ? [] : null));
  const shape = { type: "button", class: "chooser", "aria-haspopup": "listbox", "aria-expanded": "false" };
  const button = h("button", { ...props, ...shape, "aria-label": null, onclick: () => list.open() });
  if (given.id) button.setAttribute("aria-labelledby", `${given.id}-label ${given.id}`);
  const draw = () => {
    const shown = (many ? value : [value].filter(Boolean)).map(source.label);
    const chips = shown.map((one) => (many ? h("span", { class: "chip" }, one) : one));
    const none = h("span", { class: "placeholder" }, element.placeholder?.text || "Choose");
    fill(button, h("span", { class: "grow" }, shown.length ? chips : none), icon("down"));
  };
  const set = (next) => {
    value = next;
    draw();
    choose({ [field]: value });
  };
  const find = (words) => source.find(words, holder, block);
  const list = new List(button, { many, source, find, set, read: () => value, most: element.max_selected_items });
  draw();
  return button;
}

// --- Where the options come from, and how one is shown and told apart ---------------------------------

function sourceOf(element, field) {
  const people = rowsOf("member/").filter((one) => one.kind !== "app").map((one) => one.id);
  const channels = rowsOf("channel/").filter((one) => !one.im).map((one) => one.id);
  if (field.includes("user")) return listed(people);
  if (field.includes("channel")) return listed(channels);
  return field.includes("conversation") ? listed([...channels, ...people]) : options(element);
}

const nameOf = (id) => (/^[CG]/.test(id) ? `#${channelName(id)}` : memberName(id));

function listed(ids) {
  const among = (words) => ids.filter((id) => nameOf(id).toLowerCase().includes(words));
  return { label: nameOf, key: (id) => id, find: (words) => [{ title: "", options: among(words) }] };
}

function options(element) {
  const groups = groupsOf(element);
  const fits = (option, words) => (option.text?.text || "").toLowerCase().includes(words);
  const among = (words) => groups.map((one) => ({
    ...one,
    options: one.options.filter((option) => fits(option, words)),
  }));
  const external = element.type.endsWith("external_select");
  return {
    label: (option) => textObject(option.text),
    more: (option) => option.description && textObject(option.description),
    key: (option) => option.value,
    find: external ? (words, holder, block) => fromApp(element, words, holder, block) : among,
  };
}

function groupsOf(holder) {
  if (!holder.option_groups) return [{ title: "", options: holder.options || [] }];
  return holder.option_groups.map((group) => ({ title: group.label?.text || "", options: group.options || [] }));
}

async function fromApp(element, words, holder, block) {
  const least = element.min_query_length ?? MIN_QUERY;
  if (words.length < least) return [{ title: `Type at least ${least} characters.`, options: [] }];
  return groupsOf(await holder.suggest(block, element, words));
}

// --- The list ------------------------------------------------------------------------------------------

class List {
  constructor(anchor, how) {
    Object.assign(this, how, { anchor, asked: 0 });
  }

  open() {
    const many = this.many ? "true" : null;
    this.box = h(
      "div",
      { class: "options", role: "listbox", "aria-multiselectable": many, "aria-label": "Options" },
    );
    const search = { type: "search", class: "field", "aria-label": "Search options", placeholder: "Search" };
    this.field = h("input", { ...search, autocomplete: "off", oninput: () => this.show() });
    const content = h(
      "div",
      { class: "chooser-list", onkeydown: (event) => this.keys(event) },
      this.field,
      this.box,
    );
    this.close = popup(this.anchor, content, { label: "Options" });
    this.field.focus();
    this.show();
  }

  isOn(option) {
    const { key } = this.source;
    return (this.many ? this.read() : [this.read()].filter(Boolean)).some((one) => key(one) === key(option));
  }

  take(option) {
    if (!this.many) {
      this.close();
      return this.set(option);
    }
    const { key } = this.source;
    const rest = this.read().filter((one) => key(one) !== key(option));
    if (this.isOn(option)) this.set(rest);
    else if (!this.most || rest.length < this.most) this.set([...rest, option]);
    return this.show(option);
  }

  // Shows what fits the words in the field; `focused` is the option that keeps the focus.
  async show(focused) {
    const turn = (this.asked += 1);
    const groups = await this.found();
    if (turn !== this.asked) return;
    const empty = groups.every((group) => !group.options.length && !group.title);
    const parts = groups.map((group) => [
      group.title && h("p", { class: "options-title" }, group.title),
      group.options.map((option) => this.entry(option)),
    ]);
    fill(this.box, empty ? h("p", { class: "muted" }, "No result") : parts);
    const all = groups.flatMap((group) => group.options);
    const at = focused ? all.findIndex((one) => this.source.key(one) === this.source.key(focused)) : -1;
    this.box.querySelectorAll("[role=option]")[at]?.focus();
  }

  async found() {
    try {
      return await this.find(this.field.value.trim().toLowerCase());
    } catch (error) {
      return [{ title: error.message, options: [] }];
    }
  }

  entry(option) {
    const on = this.isOn(option);
    const more = this.source.more?.(option);
    const shape = { type: "button", role: "option", tabindex: "-1", "aria-selected": String(on) };
    return h("button", { ...shape, onclick: () => this.take(option) },
      h("span", { class: "grow" }, this.source.label(option), more && h("span", { class: "choice-more" }, more)),
      on && icon("check"));
  }

  keys(event) {
    const all = [...this.box.querySelectorAll("[role=option]")];
    const at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)]?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? all[at - 1] : this.field).focus();
    else if (event.key === "Enter" && document.activeElement === this.field) all[0]?.click();
    else return;
    event.preventDefault();
  }
}
