// Attachments: what apps posted before there were blocks, and previews of links.
// Source: https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments/

import { blocks, unknown } from "./blocks.js";
import { h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

const KNOWN = ["blocks", "title", "text", "pretext", "fields", "from_url", "fallback"];

export function attachment(one, holder) {
  if (!KNOWN.some((name) => one[name])) return unknown({ type: "attachment", ...one });
  const bare = !one.title && !one.text && !one.blocks;
  return h("div", { class: "attachment", vars: colour(one.color) },
    one.pretext && h("p", {}, mrkdwn(one.pretext)),
    one.title && h("p", {}, h("strong", {}, mrkdwn(one.title))),
    one.text && h("div", {}, mrkdwn(one.text)),
    (one.fields || []).map((field) => h(
      "p",
      {},
      h("strong", {}, field.title || ""),
      " ",
      mrkdwn(field.value || ""),
    )),
    one.blocks && blocks(one.blocks, holder),
    bare && h("p", { class: "muted" }, one.fallback || one.from_url));
}

function colour(given) {
  if (!/^#?[0-9a-f]{6}$/i.test(given || "")) return null;
  return { "--bar": given.startsWith("#") ? given : `#${given}` };
}
