// Slack's mark-up in text objects and in messages without blocks.
// Source: https://docs.slack.dev/messaging/formatting-message-text/

import { slackDate } from "./dates.js";
import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { broadcast, channelMention, link, mention } from "./links.js";

export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// A text object, mrkdwn or plain_text.
export function textObject(text) {
  if (!text) return [];
  if (typeof text === "string") return mrkdwn(text);
  if (text.type === "plain_text") return text.emoji === false ? [text.text] : withEmoji(text.text);
  return mrkdwn(text.text, text.verbatim === true);
}

export function mrkdwn(text, verbatim = false) {
  const blocks = text.split(/```\n?([\s\S]*?)```/);
  return blocks.flatMap(
    (piece, place) => (place % 2 ? [h("pre", {}, h("code", {}, plain(piece)))] : lines(piece, verbatim))
  );
}

function lines(text, verbatim) {
  const parts = [];
  let quoted = [];
  const endQuote = () => {
    if (quoted.length) parts.push(h("blockquote", {}, joined(quoted, verbatim)));
    quoted = [];
  };
  let open = [];
  const endLines = () => {
    if (open.length) parts.push(joined(open, verbatim));
    open = [];
  };
  for (const line of text.split("\n")) {
    if (/^(&gt;|>)/.test(line)) {
      endLines();
      quoted.push(line.replace(/^(&gt;|>) ?/, ""));
    } else {
      endQuote();
      open.push(line);
    }
  }
  endQuote();
  endLines();
  return parts.flat();
}

const joined = (all, verbatim) => all.flatMap(
  (line, place) => (place ? [h("br"), ...inline(line, verbatim)] : inline(line, verbatim))
);

const PIECES = new RegExp([
  /<([^<>\n]+)>/,
  /`([^`\n]+)`/,
  /(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?!\w)/,
  /(?<!\w)_(\S(?:[^_\n]*\S)?)_(?!\w)/,
  /(?<![\w~])~(\S(?:[^~\n]*\S)?)~(?!\w)/,
].map((one) => one.source).join("|"), "g");

function inline(text, verbatim) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(PIECES)) {
    parts.push(...words(text.slice(end, match.index), verbatim));
    parts.push(piece(match, verbatim));
    end = match.index + match[0].length;
  }
  return [...parts, ...words(text.slice(end), verbatim)];
}

function piece([, angle, code, bold, italic, strike], verbatim) {
  if (angle !== undefined) return special(angle);
  if (code !== undefined) return h("code", {}, plain(code));
  if (bold !== undefined) return h("strong", {}, inline(bold, verbatim));
  return italic !== undefined ? h("em", {}, inline(italic, verbatim)) : h("s", {}, inline(strike, verbatim));
}

// Inside code nothing takes effect but the angle brackets that Slack put there itself.
const plain = (text) => unescape(text.replace(/<([^<>|\n]+\|)?([^<>|\n]+)>/g, "$2"));

// Without `verbatim`, Slack makes links of bare addresses and mentions of @here.
function words(text, verbatim) {
  const parts = [];
  let end = 0;
  const found = verbatim ? [] : text.matchAll(
    /https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)]|(?<!\w)@(here|channel|everyone)\b/g
  );
  for (const match of found) {
    parts.push(...withEmoji(unescape(text.slice(end, match.index))));
    parts.push(match[1] ? broadcast(match[1]) : link(unescape(match[0])));
    end = match.index + match[0].length;
  }
  return [...parts, ...withEmoji(unescape(text.slice(end)))];
}

function special(inside) {
  const [target, ...rest] = inside.split("|");
  const label = rest.join("|");
  if (/^@[UW]/.test(target)) return mention(target.slice(1));
  if (/^#[CG]/.test(target)) return channelMention(target.slice(1), unescape(label));
  if (target.startsWith("!")) return command(target.slice(1), label);
  return link(unescape(target), label ? withEmoji(unescape(label)) : null);
}

function command(target, label) {
  const [name, ...more] = target.split("^");
  if (["here", "channel", "everyone"].includes(name)) return broadcast(name);
  if (name === "subteam") return h("span", { class: "mention" }, unescape(label) || `@${more[0]}`);
  if (name !== "date") return document.createTextNode(unescape(label) || `<${target}>`);
  const shown = slackDate(Number(more[0]), unescape(more[1] || ""), unescape(label));
  return more[2] ? link(unescape(more[2]), [shown]) : h("time", {}, shown);
}
