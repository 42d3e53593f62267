// Fields of messages and modals: boxes, dates, words and files.
// Source: https://docs.slack.dev/reference/block-kit/block-elements/

import { h } from "./dom.js";
import { textObject } from "./mrkdwn.js";
import { place } from "./place.js";
import { say } from "./popup.js";
import { act, packed } from "./store.js";

const MOST_FILES = 10;

// --- Choices ------------------------------------------------------------------------------------------

export function boxes(all, kind) {
  const { given } = all;
  const many = kind === "checkbox";
  const items = (all.element.options || []).map((option) => box(all, kind, option));
  const label = given.id
    ? { "aria-labelledby": `${given.id}-label`, "aria-describedby": given.described }
    : { "aria-label": "Choices" };
  const role = many ? "group" : "radiogroup";
  return h("div", { class: "choices", role, id: given.id || null, ...label }, items);
}

function box(all, kind, option) {
  const input = {
    type: kind,
    name: `${all.holder.id} ${all.mark}`,
    checked: chosen(all, kind).some((one) => one.value === option.value),
    "data-focus": `${all.mark} ${option.value}`,
    onchange: (event) => turn(all, kind, option, event.target.checked),
  };
  const more = option.description && h("span", { class: "choice-more" }, textObject(option.description));
  const label = h("span", {}, h("span", {}, textObject(option.text)), more);
  return h("label", { class: "choice" }, h("input", input), label);
}

function chosen({ block, element, holder }, kind) {
  if (kind === "checkbox") return holder.value(block, element, "selected_options", element.initial_options || []);
  return [holder.value(block, element, "selected_option", element.initial_option || null)].filter(Boolean);
}

function turn(all, kind, option, on) {
  if (kind === "radio") return all.choose({ selected_option: option });
  const rest = chosen(all, kind).filter((one) => one.value !== option.value);
  return all.choose({ selected_options: on ? [...rest, option] : rest });
}

// --- Dates --------------------------------------------------------------------------------------------

export function dated({ block, element, holder, props, choose }, type) {
  const value = holder.value(block, element, `selected_${type}`, element[`initial_${type}`] || null);
  const change = (event) => choose({ [`selected_${type}`]: event.target.value || null });
  return h("input", { type, class: "field short", ...props, value: value || "", onchange: change });
}

export function moment({ block, element, holder, props, choose }) {
  const seconds = holder.value(block, element, "selected_date_time", element.initial_date_time || null);
  const change = ({ target }) => {
    const at = target.value ? Math.floor(new Date(target.value).getTime() / 1000) : null;
    choose({ selected_date_time: at });
  };
  const value = seconds ? localMinute(new Date(seconds * 1000)) : "";
  return h("input", { type: "datetime-local", class: "field short", ...props, value, onchange: change });
}

// As such a field wants it: 2026-12-24T18:00, in the reader's own zone.
function localMinute(at) {
  const [month, day, hour, minute] = [at.getMonth() + 1, at.getDate(), at.getHours(), at.getMinutes()].map(
    (number) => String(number).padStart(2, "0"),
  );
  return `${at.getFullYear()}-${month}-${day}T${hour}:${minute}`;
}

// --- Words --------------------------------------------------------------------------------------------

export function words({ block, element, holder, props }, type) {
  const on = element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const tell = (event, why) => {
    if (block.dispatch_action && on.includes(why)) holder.dispatch(block, element, { value: event.target.value });
  };
  const shape = element.multiline ? { rows: 4 } : { type: type === "number" ? "text" : type };
  return h(element.multiline ? "textarea" : "input", {
    class: "field",
    ...props,
    ...shape,
    inputmode: type === "number" ? "decimal" : null,
    maxlength: element.max_length || null,
    placeholder: element.placeholder?.text || null,
    autofocus: element.focus_on_load || null,
    autocomplete: "off",
    value: holder.value(block, element, "value", element.initial_value ?? "") ?? "",
    oninput: (event) => {
      holder.keep(block, element, { value: event.target.value || null });
      tell(event, "on_character_entered");
    },
    onkeydown: (event) => event.key === "Enter" && !event.isComposing && tell(event, "on_enter_pressed"),
  });
}

export function rich({ block, element, holder, props }) {
  const value = holder.value(block, element, "rich_text_value", element.initial_value || null);
  const lineOf = (part) => (part.elements || []).map((leaf) => leaf.text || "").join("");
  const lines = (value?.elements || []).map(lineOf);
  const keep = ({ target }) => {
    const elements = target.value ? [{ type: "text", text: target.value }] : [];
    const section = { type: "rich_text_section", elements };
    holder.keep(block, element, { rich_text_value: { type: "rich_text", elements: [section] } });
  };
  const shape = { class: "field", rows: 5, placeholder: element.placeholder?.text || null };
  return h("textarea", { ...shape, ...props, value: lines.join("\n"), oninput: keep });
}

// --- Files --------------------------------------------------------------------------------------------

export function files({ block, element, holder, props }) {
  const names = (list) => list.map((file) => file.name).join(", ");
  const shown = h("p", { class: "muted" }, names(holder.value(block, element, "files", [])));
  const take = async (event) => {
    try {
      const answer = await act("attach", { member: place.member, files: await packed(event.target.files) });
      holder.keep(block, element, { files: answer.files });
      shown.textContent = names(answer.files);
    } catch (error) {
      say(error.message);
    }
  };
  const accept = (element.filetypes || []).map((type) => `.${type}`).join(",") || null;
  const multiple = (element.max_files || MOST_FILES) > 1;
  const input = { type: "file", class: "field", multiple, accept, ...props, onchange: take };
  return h("div", {}, h("input", input), shown);
}
