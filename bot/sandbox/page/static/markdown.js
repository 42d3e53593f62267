// The `markdown` block: standard Markdown, as far as apps use it in messages.
// Source: https://docs.slack.dev/reference/block-kit/blocks/markdown-block/

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { link } from "./links.js";

export function markdown(text) {
  const parts = [];
  for (const [place, piece] of text.split(/```[^\n]*\n([\s\S]*?)```/).entries()) {
    if (place % 2) parts.push(h("pre", {}, h("code", {}, piece)));
    else for (const paragraph of piece.split(/\n{2,}/)) if (paragraph.trim()) parts.push(block(paragraph.trim()));
  }
  return h("div", { class: "markdown" }, parts);
}

function block(paragraph) {
  const heading = /^(#{1,6}) +([^\n]*)$/.exec(paragraph);
  if (heading) return h(
    "p",
    {
      class: `heading heading-${heading[1].length}`,
      role: "heading",
      "aria-level": Math.min(6, heading[1].length + 2),
    },
    inline(heading[2]),
  );
  if (/^(-{3,}|\*{3,})$/.test(paragraph)) return h("hr");
  const rows = paragraph.split("\n");
  if (rows.every((row) => /^\s*([-*+]|\d+\.) /.test(row))) return items(rows);
  if (rows.every((row) => row.startsWith(">"))) return h(
    "blockquote",
    {},
    broken(rows.map((row) => row.replace(/^> ?/, ""))),
  );
  return h("p", {}, broken(rows));
}

function items(rows) {
  const tag = /^\s*\d/.test(rows[0]) ? "ol" : "ul";
  return h(tag, {}, rows.map((row) => h("li", {}, inline(row.replace(/^\s*([-*+]|\d+\.) +/, "")))));
}

const broken = (rows) => rows.flatMap((row, place) => (place ? [h("br"), ...inline(row)] : inline(row)));

const PIECES = /`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*|(?<!\w)[*_]([^*_]+)[*_](?!\w)|~~([^~]+)~~/g;

function inline(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(PIECES)) {
    parts.push(...withEmoji(text.slice(end, match.index)), piece(match));
    end = match.index + match[0].length;
  }
  return [...parts, ...withEmoji(text.slice(end))];
}

function piece([, code, label, url, bold, italic, strike]) {
  if (code !== undefined) return h("code", {}, code);
  if (url !== undefined) return link(url, inline(label));
  if (bold !== undefined) return h("strong", {}, inline(bold));
  return italic !== undefined ? h("em", {}, inline(italic)) : h("s", {}, inline(strike));
}
