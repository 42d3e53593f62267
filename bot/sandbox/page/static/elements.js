// Interactive elements: which there are, and the buttons among them.
// Source: https://docs.slack.dev/reference/block-kit/block-elements/

import { chooser } from "./chooser.js";
import { button as plainButton, h, spinner } from "./dom.js";
import { boxes, dated, files, moment, rich, words } from "./fields.js";
import { icon } from "./icons.js";
import { textObject } from "./mrkdwn.js";
import { menu } from "./popup.js";

const OUTSIDE = /^https?:\/\//i;

// The control for an element of a block; null when the page does not know its type. `given` comes with inputs.
export function control(block, element, holder, given = {}) {
  const make = CONTROLS[element.type];
  return make ? make({ block, element, holder, given, ...shared(block, element, holder, given) }) : null;
}

function shared(block, element, holder, given) {
  const silent = block.type === "input" && !block.dispatch_action;
  const label = element.accessibility_label || element.placeholder?.text || block.label?.text || element.action_id;
  const mark = `${block.block_id} ${element.action_id}`;
  // Keeps a value, and tells the app unless the block is an input that does not want that.
  const choose = (value) => {
    holder.keep(block, element, value);
    if (!silent) holder.dispatch(block, element, value);
  };
  const props = {
    id: given.id || null,
    "aria-label": given.id ? null : label,
    "aria-invalid": given.invalid ? "true" : null,
    "aria-describedby": given.described || null,
    "data-focus": mark,
  };
  return { mark, choose, props };
}

const CONTROLS = {
  button,
  workflow_button: button,
  icon_button: (all) => button({ ...all, symbol: all.element.icon === "trash" ? "bin" : "dots" }),
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
  datepicker: (all) => dated(all, "date"),
  timepicker: (all) => dated(all, "time"),
  datetimepicker: moment,
  plain_text_input: (all) => words(all, "text"),
  email_text_input: (all) => words(all, "email"),
  url_text_input: (all) => words(all, "url"),
  number_input: (all) => words(all, "number"),
  rich_text_input: rich,
  file_input: files,
};

function button({ block, element, holder, props, symbol }) {
  const busy = holder.isWaiting(block, element);
  const style = ["primary", "danger"].includes(element.style) ? element.style : "";
  const label = [symbol && icon(symbol), textObject(element.text), busy && spinner()];
  const shape = { ...props, class: style, "aria-label": element.accessibility_label || null };
  const act = () => busy || holder.dispatch(block, element);
  const state = { "aria-busy": busy ? "true" : null };
  if (!OUTSIDE.test(element.url || "")) return plainButton(label, act, { ...shape, ...state });
  const link = { href: element.url, target: "_blank", rel: "noopener noreferrer" };
  return h("a", { ...shape, ...link, class: `button ${style}`, onclick: act }, label);
}

function feedback({ block, element, holder, props }) {
  const both = [element.positive_button, element.negative_button].filter(Boolean);
  return both.map((one, place) => plainButton(
    textObject(one.text),
    () => holder.dispatch(block, element, { value: one.value }),
    { ...props, "aria-label": one.accessibility_label || null, "data-focus": `${props["data-focus"]} ${place}` },
  ));
}

function overflow({ element, props, choose }) {
  const items = (element.options || []).map((option) => ({
    label: textObject(option.text),
    act: () => {
      if (OUTSIDE.test(option.url || "")) open(option.url, "_blank", "noopener,noreferrer");
      choose({ selected_option: option });
    },
  }));
  const label = "More actions";
  const shape = { "aria-label": label, title: label, "aria-haspopup": "menu", class: "overflow" };
  const made = plainButton(icon("dots"), () => menu(made, label, items), { ...props, ...shape });
  return made;
}
