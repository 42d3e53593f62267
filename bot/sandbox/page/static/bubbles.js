// The texts on a phone, with how far each got.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { picture } from "./files.js";
import { linked } from "./links.js";
import { clock, dayOf, longTime } from "./names.js";

const FAILED = new Set(["error", "failed", "undelivered", "301"]);
const ONLY_EMOJI = /^\s*(\p{Extended_Pictographic}[\ufe0f\u200d\p{Emoji_Modifier}]*\s*){1,3}$/u;
const TICKS = { sending: ["clock", "Under way"], sent: ["check", "Sent"], delivered: ["checks", "Delivered"] };

export const hasFailed = (text) => text.outbound && FAILED.has(text.status);

// What the phone shows, as `{key, sign, make}`.
export function bubbles(texts) {
  const rows = [];
  let day = "";
  const lastOwn = texts.filter((one) => !one.outbound).at(-1);
  for (const text of texts) {
    const today = dayOf(text.at);
    if (today !== day) rows.push({ key: `day-${text.id}`, sign: today, make: () => dayLine(today, text) });
    day = today;
    const last = text === lastOwn;
    rows.push({ key: text.id, sign: JSON.stringify([text, last]), make: () => bubble(text, last) });
  }
  return rows;
}

const dayLine = (today, text) => h("p", { class: "bubble-day" }, `${today} ${clock(text.at)}`);

function bubble(text, last) {
  const kinds = [text.outbound ? "theirs" : "own"];
  if (hasFailed(text)) kinds.push("failed");
  if (text.outbound && text.status === "sending") kinds.push("under-way");
  const size = ONLY_EMOJI.test(text.words) ? "jumbo" : "";
  const words = text.words && h("p", { class: `bubble ${size}`, title: longTime(text.at) }, linked(text.words));
  return h("div", { class: `text ${kinds.join(" ")}`, "data-status": text.status },
    text.media.map(media), words, tick(text, last));
}

function media(one, place) {
  if (one.type.startsWith("image/")) return picture(one.src, `picture ${place + 1}`);
  return h("a", { class: "file-card", href: one.src, download: true }, icon("file"), one.type);
}

function tick(text, last) {
  if (hasFailed(text)) {
    const code = text.code ? ` (${text.code})` : "";
    return h("p", { class: "tick bad" }, icon("warn"), `Did not arrive${code}`);
  }
  if (text.outbound) {
    const [sign, words] = TICKS[text.status] || ["check", text.status];
    return h("p", { class: "tick" }, icon(sign), words);
  }
  if (!text.heard) return h("p", { class: "tick" }, icon("clock"), "Sent, not confirmed yet");
  return last ? h("p", { class: "tick" }, icon("checks"), "Delivered") : null;
}
