// Links and mentions. A link leads out only over http, https, mailto or tel; anything else is shown as words.

import { h } from "./dom.js";
import { channelName, memberName } from "./names.js";
import { go, openThread, place } from "./place.js";
import { row } from "./store.js";

const OUTSIDE = /^(https?:\/\/|mailto:|tel:)/i;
const PERMALINK = /^https:\/\/sandbox\.slack\.com\/archives\/(\w+)\/p(\d{10})(\d{6})(?:\?thread_ts=([\d.]+))?/;

export function link(url, words) {
  const label = words && words.length ? words : [url];
  const inside = PERMALINK.exec(url);
  if (inside) return jump(inside, label);
  if (!OUTSIDE.test(url)) return h("span", { class: "dead-link", title: url }, label);
  return h("a", { href: own(url), target: "_blank", rel: "noopener noreferrer nofollow", title: url }, label);
}

// A contact's picture is kept by the stand-in on another port; the page shows it from here.
function own(url) {
  const stand = `${row("app")?.url}/textrequest/media/`;
  return url.startsWith(stand) ? `/media/${url.slice(stand.length)}` : url;
}

function jump([, channel, seconds, micros, root], label) {
  const ts = `${seconds}.${micros}`;
  return h("a", {
    href: "#",
    onclick: (event) => {
      event.preventDefault();
      const message = row(`message/${channel}/${ts}`);
      if (message) openThread(channel, root || message.thread_ts || ts);
    },
  }, label);
}

export function mention(id) {
  const mine = id === place.member;
  return h("span", { class: mine ? "mention mine" : "mention" }, `@${memberName(id)}`);
}

export function channelMention(id, name) {
  const known = row(`channel/${id}`);
  const label = `#${known ? channelName(id) : name || id}`;
  if (!known) return h("span", { class: "mention" }, label);
  return h("a", {
    class: "mention", href: "#",
    onclick: (event) => {
      event.preventDefault();
      go({ channel: id, touched: true });
    },
  }, label);
}

export const broadcast = (range) => h("span", { class: "mention mine" }, `@${range}`);

// Words of a phone: addresses can be followed, everything else is literal.
export function linked(words) {
  const parts = [];
  let end = 0;
  for (const match of words.matchAll(/https?:\/\/[^\s<>"]+/gi)) {
    const url = match[0].replace(/[.,;:!?)\]]+$/, "");
    parts.push(words.slice(end, match.index), link(url));
    end = match.index + url.length;
  }
  return [...parts, words.slice(end)];
}
