// Slack's rich_text blocks.
// Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block/

import { slackDate } from "./dates.js";
import { h } from "./dom.js";
import { emojiNode } from "./emoji.js";
import { broadcast, channelMention, link, mention } from "./links.js";
import { longTime } from "./names.js";

const STYLES = [
  ["code", "code"],
  ["strike", "s"],
  ["underline", "u"],
  ["italic", "em"],
  ["bold", "strong"],
  ["highlight", "mark"],
  ["client_highlight", "mark"],
];

export function richText(block) {
  const parts = (block.elements || []).map(part);
  return h("div", { class: onlyEmoji(block) ? "rich jumbo" : "rich" }, parts);
}

function part(element) {
  switch (element.type) {
    case "rich_text_section":
      return h("div", { class: "rich-section" }, leaves(element));
    case "rich_text_quote":
      return h("blockquote", {}, leaves(element));
    case "rich_text_preformatted":
      return h("pre", {}, h("code", {}, leaves(element)));
    case "rich_text_list":
      return list(element);
    default:
      return unknown(element);
  }
}

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const start = element.style === "ordered" ? (element.offset || 0) + 1 : null;
  const items = (element.elements || []).map((item) => h(
    "li",
    {},
    item.type === "rich_text_section" ? leaves(item) : part(item),
  ));
  return h(
    tag,
    { start, class: `indent-${Math.min(element.indent || 0, 8)} ${element.border ? "border" : ""}` },
    items,
  );
}

const leaves = (element) => (element.elements || []).map(leaf);

function leaf(element) {
  let node = content(element);
  for (const [name, tag] of STYLES) if (element.style?.[name]) node = h(tag, {}, node);
  return node;
}

function content(element) {
  switch (element.type) {
    case "text":
      return document.createTextNode(element.text);
    case "link":
      return element.style?.unlink ? document.createTextNode(element.text || element.url) : link(
        element.url,
        element.text ? [element.text] : null,
      );
    case "emoji":
      return emojiNode(
        element.skin_tone ? `${element.name}::skin-tone-${element.skin_tone}` : element.name,
        element.unicode,
      );
    case "user":
      return mention(element.user_id);
    case "channel":
      return channelMention(element.channel_id);
    case "usergroup":
      return h("span", { class: "mention" }, `@${element.usergroup_id}`);
    case "team":
      return h("span", { class: "mention" }, element.team_id);
    case "broadcast":
      return broadcast(element.range);
    case "date":
      return date(element);
    case "color":
      return h(
        "span",
        { class: "colour", vars: /^#[0-9a-f]{3,8}$/i.test(element.value) ? { "--shown": element.value } : null },
        element.value,
      );
    default:
      return unknown(element);
  }
}

function date(element) {
  const words = slackDate(element.timestamp, element.format, element.fallback);
  const shown = h(
    "time",
    { datetime: new Date(element.timestamp * 1000).toISOString(), title: longTime(element.timestamp) },
    words,
  );
  return element.url ? link(element.url, [shown]) : shown;
}

// What the page does not know is shown as it came, never left out.
function unknown(element) {
  return h(
    "code",
    { class: "unknown-inline", title: "This page does not know this element." },
    JSON.stringify(element),
  );
}

function onlyEmoji(block) {
  const all = (block.elements || []).flatMap((one) => one.elements || []);
  const emoji = all.filter((one) => one.type === "emoji").length;
  return emoji > 0 && emoji < 24 && all.every(
    (one) => one.type === "emoji" || (one.type === "text" && !one.text.trim())
  );
}
