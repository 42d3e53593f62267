// Blocks of messages, modals and App Home. What the page does not know is shown with its type and JSON.
// Source: https://docs.slack.dev/reference/block-kit/blocks/

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { control } from "./elements.js";
import { link } from "./links.js";
import { markdown } from "./markdown.js";
import { textObject } from "./mrkdwn.js";
import { richText } from "./richtext.js";

// `holder` knows where the blocks stand and what their fields hold: see holder.js.
export function blocks(list, holder) {
  const all = list || [];
  const refusal = holder.refusal;
  const at = all.find((block) => block.block_id === refusal?.block);
  return [
    all.map((block) => [
      h("div", { class: `block block-${block.type}`, "data-block": block.block_id }, show(block, holder)),
      block === at && refused(refusal),
    ]),
    !at && refused(refusal),
  ];
}

// What Slack shows when the app did not answer: below what was used, or at the end when that is gone meanwhile.
function refused(refusal) {
  return refusal && h("p", { class: "refusal", role: "alert" }, icon("warn"), refusal.words);
}

function show(block, holder) {
  const view = VIEWS[block.type];
  return view ? view(block, holder) : unknown(block);
}

const VIEWS = {
  rich_text: richText,
  section,
  header: (block) => h("h3", { class: "block-title" }, textObject(block.text)),
  divider: () => h("hr"),
  context: (block) => (block.elements || []).map(
    (one) => (one.type === "image" ? picture(one, "context-image") : h("span", {}, textObject(one)))
  ),
  context_actions: actions,
  actions,
  image,
  input,
  markdown: (block) => markdown(block.text || ""),
  table,
};

export function unknown(block) {
  return h("figure", { class: "unknown" },
    h("figcaption", {}, "A block this page does not draw: ", h("code", {}, String(block.type))),
    h("pre", { tabindex: "0" }, h("code", {}, JSON.stringify(block, null, 2))));
}

function section(block, holder) {
  const fields = (block.fields || []).map((field) => h("div", { class: "block-field" }, textObject(field)));
  return [
    h("div", { class: "grow" },
      block.text && h("div", { class: "block-text" }, textObject(block.text)),
      fields.length > 0 && h("div", { class: "block-fields" }, fields)),
    block.accessory && h(
      "div",
      { class: /checkboxes|radio/.test(block.accessory.type) ? "accessory below" : "accessory" },
      element(block, block.accessory, holder),
    ),
  ];
}

function actions(block, holder) {
  return (block.elements || []).map((one) => element(block, one, holder));
}

function element(block, one, holder) {
  if (one.type === "image") return picture(one, "accessory-image");
  return control(block, one, holder) || unknown(one);
}

function image(block) {
  return h(
    "figure",
    {},
    block.title && h("figcaption", {}, textObject(block.title)),
    picture(block, "block-picture"),
  );
}

// A picture from elsewhere is never fetched by this page: its description stands for it, and links to it.
function picture(one, kind) {
  const url = one.image_url || one.slack_file?.url || "";
  if (one.slack_file?.id) return h(
    "img",
    { class: kind, src: `/files/${one.slack_file.id}`, alt: one.alt_text || "" },
  );
  if (url.startsWith("/") && !url.startsWith("//")) return h(
    "img",
    { class: kind, src: url, alt: one.alt_text || "" },
  );
  return h("span", { class: `${kind} elsewhere` }, "🖼 ", link(url, [one.alt_text || url]));
}

function input(block, holder) {
  const id = `input-${holder.id}-${block.block_id}`;
  const error = holder.errors?.[block.block_id];
  const grouped = ["checkboxes", "radio_buttons"].includes(block.element?.type);
  const inner = control(
    block,
    block.element || {},
    holder,
    { id, invalid: Boolean(error), described: `${id}-more` },
  ) || unknown(block.element);
  const label = [textObject(block.label), block.optional && h("span", { class: "muted" }, " (optional)")];
  return [
    grouped ? h("div", { class: "input-label", id: `${id}-label` }, label) : h(
      "label",
      { class: "input-label", for: id, id: `${id}-label` },
      label,
    ),
    inner,
    h("div", { id: `${id}-more` },
      error && h("p", { class: "input-error", role: "alert" }, error),
      block.hint && h("p", { class: "input-hint" }, textObject(block.hint))),
  ];
}

function table(block) {
  const cell = (one, tag) => h(
    tag,
    {},
    one.type === "rich_text" ? richText(one) : one.type === "raw_text" ? one.text : unknown(one),
  );
  const [head, ...rest] = block.rows || [];
  return h("div", { class: "table-scroll", tabindex: "0" },
    h("table", {},
      head && h("thead", {}, h("tr", {}, head.map((one) => cell(one, "th")))),
      h("tbody", {}, rest.map((cells) => h("tr", {}, cells.map((one) => cell(one, "td")))))));
}
