// Interactive elements: buttons, menus, choices, dates and fields.
// Source: https://docs.slack.dev/reference/block-kit/block-elements/

import { chooser } from "./chooser.js";
import { h, icon } from "./dom.js";
import { textObject } from "./mrkdwn.js";
import { menu, say } from "./popup.js";
import { place } from "./place.js";
import { act, packed } from "./store.js";

// The control for an element of a block; null when the page does not know its type. `given` comes with inputs.
export function control(block, element, holder, given = {}) {
  const make = CONTROLS[element.type];
  return make ? make({ block, element, holder, given, ...shared(block, element, holder, given) }) : null;
}

function shared(block, element, holder, given) {
  const silent = block.type === "input" && !block.dispatch_action;
  const label = element.accessibility_label || element.placeholder?.text || block.label?.text || element.action_id;
  return {
    mark: `${block.block_id} ${element.action_id}`,
    // Keeps a value, and tells the app unless the block is an input that does not want that.
    choose: (value) => {
      holder.keep(block, element, value);
      if (!silent) holder.dispatch(block, element, value);
    },
    props: {
      id: given.id || null,
      "aria-label": given.id ? null : label,
      "aria-invalid": given.invalid ? "true" : null,
      "aria-describedby": given.described || null,
      "data-focus": `${block.block_id} ${element.action_id}`,
    },
  };
}

const CONTROLS = {
  button,
  workflow_button: button,
  icon_button: (all) => button({ ...all, element: { text: { type: "plain_text", text: "" }, ...all.element }, symbol: all.element.icon === "trash" ? "bin" : "dots" }),
  feedback_buttons: feedback,
  overflow,
  static_select: (all) => chooser(all, "selected_option"),
  external_select: (all) => chooser(all, "selected_option"),
  users_select: (all) => chooser(all, "selected_user"),
  conversations_select: (all) => chooser(all, "selected_conversation"),
  channels_select: (all) => chooser(all, "selected_channel"),
  multi_static_select: (all) => chooser(all, "selected_options"),
  multi_external_select: (all) => chooser(all, "selected_options"),
  multi_users_select: (all) => chooser(all, "selected_users"),
  multi_conversations_select: (all) => chooser(all, "selected_conversations"),
  multi_channels_select: (all) => chooser(all, "selected_channels"),
  checkboxes: (all) => boxes(all, "checkbox"),
  radio_buttons: (all) => boxes(all, "radio"),
  datepicker: (all) => dated(all, "date", "selected_date", "initial_date"),
  timepicker: (all) => dated(all, "time", "selected_time", "initial_time"),
  datetimepicker: moment,
  plain_text_input: words,
  email_text_input: (all) => words(all, "email"),
  url_text_input: (all) => words(all, "url"),
  number_input: (all) => words(all, "number"),
  rich_text_input: rich,
  file_input: files,
};

// --- Buttons ------------------------------------------------------------------------------------------

function button({ block, element, holder, props, symbol }) {
  const busy = holder.isWaiting(block, element);
  const style = ["primary", "danger"].includes(element.style) ? element.style : "";
  const shown = [symbol && icon(symbol), textObject(element.text), busy && h("span", { class: "spinner", "aria-hidden": "true" })];
  const label = element.accessibility_label || null;
  return element.url && /^https?:\/\//i.test(element.url)
    ? h("a", { class: `button ${style}`, ...props, "aria-label": label, href: element.url, target: "_blank", rel: "noopener noreferrer", onclick: () => holder.dispatch(block, element) }, shown)
    : h("button", { type: "button", class: `button ${style}`, ...props, "aria-label": label, "aria-busy": busy ? "true" : null, onclick: () => busy || holder.dispatch(block, element) }, shown);
}

function feedback({ block, element, holder, props }) {
  return [element.positive_button, element.negative_button].filter(Boolean).map((one, place) =>
    h("button", { type: "button", class: "button", ...props, "aria-label": one.accessibility_label || null, "data-focus": `${props["data-focus"]} ${place}`, onclick: () => holder.dispatch(block, element, { value: one.value }) }, textObject(one.text)));
}

function overflow({ element, props, choose }) {
  const items = (element.options || []).map((option) => ({
    label: textObject(option.text),
    act: () => {
      if (option.url && /^https?:\/\//i.test(option.url)) open(option.url, "_blank", "noopener,noreferrer");
      choose({ selected_option: option });
    },
  }));
  const made = h("button", { type: "button", class: "button overflow", ...props, "aria-label": "More actions", title: "More actions", "aria-haspopup": "menu", onclick: () => menu(made, "More actions", items) }, icon("dots"));
  return made;
}

// --- Choices ------------------------------------------------------------------------------------------

function boxes({ block, element, holder, given, choose, mark }, kind) {
  const many = kind === "checkbox";
  const field = many ? "selected_options" : "selected_option";
  const initial = many ? element.initial_options || [] : element.initial_option || null;
  const chosen = () => holder.value(block, element, field, initial);
  const isOn = (option) => (many ? chosen().some((one) => one.value === option.value) : chosen()?.value === option.value);
  const turn = (option, on) => {
    if (!many) return choose({ [field]: option });
    const rest = chosen().filter((one) => one.value !== option.value);
    choose({ [field]: on ? [...rest, option] : rest });
  };
  const items = (element.options || []).map((option) =>
    h("label", { class: "choice" },
      h("input", { type: kind, name: `${holder.id} ${mark}`, checked: isOn(option), "data-focus": `${mark} ${option.value}`, onchange: (event) => turn(option, event.target.checked) }),
      h("span", {}, h("span", {}, textObject(option.text)), option.description && h("span", { class: "choice-more" }, textObject(option.description)))));
  const labelled = given.id ? { "aria-labelledby": `${given.id}-label`, "aria-describedby": given.described } : { "aria-label": "Choices" };
  return h("div", { class: "choices", role: many ? "group" : "radiogroup", id: given.id || null, ...labelled }, items);
}

// --- Dates --------------------------------------------------------------------------------------------

function dated({ block, element, holder, props, choose }, type, field, initial) {
  const value = holder.value(block, element, field, element[initial] || null);
  return h("input", { type, class: "field short", ...props, value: value || "", onchange: (event) => choose({ [field]: event.target.value || null }) });
}

function moment({ block, element, holder, props, choose }) {
  const seconds = holder.value(block, element, "selected_date_time", element.initial_date_time || null);
  const pad = (number) => String(number).padStart(2, "0");
  const at = seconds ? new Date(seconds * 1000) : null;
  const value = at ? `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}` : "";
  const change = (event) => choose({ selected_date_time: event.target.value ? Math.floor(new Date(event.target.value).getTime() / 1000) : null });
  return h("input", { type: "datetime-local", class: "field short", ...props, value, onchange: change });
}

// --- Fields -------------------------------------------------------------------------------------------

function words({ block, element, holder, props, given }, type = "text") {
  const value = holder.value(block, element, "value", element.initial_value ?? "");
  const on = element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const tell = (event, why) => block.dispatch_action && on.includes(why) && holder.dispatch(block, element, { value: event.target.value });
  const field = h(element.multiline ? "textarea" : "input", {
    class: "field", ...props, "aria-label": given.id ? null : props["aria-label"],
    type: element.multiline ? null : type === "number" ? "text" : type,
    inputmode: type === "number" ? "decimal" : null,
    rows: element.multiline ? 4 : null,
    maxlength: element.max_length || null, placeholder: element.placeholder?.text || null,
    autofocus: element.focus_on_load || null, autocomplete: "off", value: value ?? "",
    oninput: (event) => {
      holder.keep(block, element, { value: event.target.value || null });
      tell(event, "on_character_entered");
    },
    onkeydown: (event) => event.key === "Enter" && !event.isComposing && tell(event, "on_enter_pressed"),
  });
  return field;
}

function rich({ block, element, holder, props }) {
  const value = holder.value(block, element, "rich_text_value", element.initial_value || null);
  const plain = (value?.elements || []).map((part) => (part.elements || []).map((leaf) => leaf.text || "").join("")).join("\n");
  const keep = (event) => {
    const section = { type: "rich_text_section", elements: event.target.value ? [{ type: "text", text: event.target.value }] : [] };
    holder.keep(block, element, { rich_text_value: { type: "rich_text", elements: [section] } });
  };
  return h("textarea", { class: "field", rows: 5, ...props, placeholder: element.placeholder?.text || null, value: plain, oninput: keep });
}

function files({ block, element, holder, props }) {
  const chosen = holder.value(block, element, "files", []);
  const list = h("p", { class: "muted" }, chosen.map((file) => file.name).join(", "));
  const take = async (event) => {
    try {
      const answer = await act("attach", { member: place.member, files: await packed(event.target.files) });
      holder.keep(block, element, { files: answer.files });
      list.textContent = answer.files.map((file) => file.name).join(", ");
    } catch (error) {
      say(error.message);
    }
  };
  const accept = (element.filetypes || []).map((type) => `.${type}`).join(",");
  return h("div", {}, h("input", { type: "file", class: "field", multiple: (element.max_files || 10) > 1, accept: accept || null, ...props, onchange: take }), list);
}
