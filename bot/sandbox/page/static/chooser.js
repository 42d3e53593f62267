// Select menus with a search field: fixed options, the app's own, people and channels; one or many.

import { fill, h, icon } from "./dom.js";
import { textObject } from "./mrkdwn.js";
import { channelName, memberName } from "./names.js";
import { popup } from "./popup.js";
import { rowsOf } from "./store.js";

// `field` is where the value stands: an option, an id, or a list of either.
export function chooser({ block, element, holder, props, choose, given }, field) {
  const many = element.type.startsWith("multi_");
  const source = sourceOf(element, field);
  const initial = element[`initial_${field.replace("selected_", "")}`];
  let value = holder.value(block, element, field, initial ?? (many ? [] : null));
  const button = h("button", { type: "button", class: "chooser", ...props, "aria-haspopup": "listbox", "aria-expanded": "false", "aria-label": null, onclick: () => openList() });
  if (given.id) button.setAttribute("aria-labelledby", `${given.id}-label ${given.id}`);
  const draw = () => {
    const shown = (many ? value : [value].filter(Boolean)).map(source.label);
    const words = shown.length ? shown.map((one) => (many ? h("span", { class: "chip" }, one) : one)) : h("span", { class: "placeholder" }, element.placeholder?.text || "Choose");
    fill(button, h("span", { class: "grow" }, words), icon("down"));
  };
  const set = (next) => {
    value = next;
    draw();
    choose({ [field]: value });
  };
  const openList = () => list(button, { many, source, read: () => value, set, most: element.max_selected_items, ask: (words) => source.find(words, holder, block, element) });
  draw();
  return button;
}

// Where the options come from, and how one is shown and told apart.
function sourceOf(element, field) {
  if (field.includes("user")) return listed(rowsOf("member/").filter((one) => one.kind !== "app").map((one) => one.id), memberName);
  if (field.includes("channel")) return listed(rowsOf("channel/").filter((one) => !one.im).map((one) => one.id), (id) => `#${channelName(id)}`);
  if (field.includes("conversation")) {
    const people = rowsOf("member/").filter((one) => one.kind !== "app").map((one) => one.id);
    const channels = rowsOf("channel/").filter((one) => !one.im).map((one) => one.id);
    return listed([...channels, ...people], (id) => (/^[CG]/.test(id) ? `#${channelName(id)}` : memberName(id)));
  }
  return options(element);
}

function listed(ids, label) {
  return {
    label: (id) => label(id),
    key: (id) => id,
    find: (words) => [{ title: "", options: ids.filter((id) => label(id).toLowerCase().includes(words)) }],
  };
}

function options(element) {
  const groups = element.option_groups
    ? element.option_groups.map((group) => ({ title: group.label?.text || "", options: group.options || [] }))
    : [{ title: "", options: element.options || [] }];
  const among = (all, words) => all.map((group) => ({ ...group, options: group.options.filter((one) => (one.text?.text || "").toLowerCase().includes(words)) }));
  const external = element.type.endsWith("external_select");
  const fromApp = async (words, holder, block) => {
    if (words.length < (element.min_query_length ?? 3)) return [{ title: `Type at least ${element.min_query_length ?? 3} characters.`, options: [] }];
    const answer = await holder.suggest(block, element, words);
    if (answer.option_groups) return answer.option_groups.map((group) => ({ title: group.label?.text || "", options: group.options || [] }));
    return [{ title: "", options: answer.options || [] }];
  };
  return {
    label: (option) => textObject(option.text),
    more: (option) => option.description && textObject(option.description),
    key: (option) => option.value,
    find: external ? fromApp : (words) => among(groups, words),
  };
}

function list(anchor, { many, source, read, set, most, ask }) {
  const box = h("div", { class: "options", role: "listbox", "aria-multiselectable": many ? "true" : null, "aria-label": "Options" });
  const field = h("input", { type: "search", class: "field", "aria-label": "Search options", placeholder: "Search", autocomplete: "off", oninput: () => show() });
  const close = popup(anchor, h("div", { class: "chooser-list" }, field, box), { label: "Options" });
  const isOn = (option) => (many ? read() : [read()].filter(Boolean)).some((one) => source.key(one) === source.key(option));
  const take = (option) => {
    if (!many) {
      close();
      return set(option);
    }
    const rest = read().filter((one) => source.key(one) !== source.key(option));
    if (isOn(option)) set(rest);
    else if (!most || rest.length < most) set([...rest, option]);
    return show(option);
  };
  let asked = 0;
  const show = async (focused) => {
    const turn = (asked += 1);
    let groups;
    try {
      groups = await ask(field.value.trim().toLowerCase());
    } catch (error) {
      groups = [{ title: error.message, options: [] }];
    }
    if (turn !== asked) return;
    const draw = (option) =>
      h("button", { type: "button", role: "option", tabindex: "-1", "aria-selected": String(isOn(option)), onclick: () => take(option) },
        h("span", { class: "grow" }, source.label(option), source.more?.(option) && h("span", { class: "choice-more" }, source.more(option))), isOn(option) && icon("check"));
    const empty = groups.every((group) => !group.options.length && !group.title);
    fill(box, empty ? h("p", { class: "muted" }, "No result") : groups.map((group) => [group.title && h("p", { class: "options-title" }, group.title), group.options.map(draw)]));
    if (focused) [...box.querySelectorAll("[role=option]")][groups.flatMap((group) => group.options).findIndex((one) => source.key(one) === source.key(focused))]?.focus();
  };
  box.parentElement.addEventListener("keydown", (event) => arrows(event, field, box));
  field.focus();
  show();
}

function arrows(event, field, box) {
  const all = [...box.querySelectorAll("[role=option]")];
  const at = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (at > 0 ? all[at - 1] : field).focus();
  else if (event.key === "Enter" && document.activeElement === field) all[0]?.click();
  else return;
  event.preventDefault();
}
