// Names, numbers, times and sizes as people read them.

import { h } from "./dom.js";
import { row } from "./store.js";

export const memberName = (id) => (
  id === "USLACKBOT" ? "Slackbot" : row(`member/${id}`)?.name || id || "Somebody"
);
export const channelName = (id) => row(`channel/${id}`)?.name || id;

// +14155550134 → +1 415 555 0134
export function shownNumber(number) {
  const match = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return match ? `+1 ${match[1]} ${match[2]} ${match[3]}` : number;
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const LONG = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: "long", month: "long", day: "numeric" });

export const clock = (seconds) => CLOCK.format(new Date(seconds * 1000));
export const longTime = (seconds) => LONG.format(new Date(seconds * 1000));

export function dayOf(seconds) {
  const at = new Date(seconds * 1000);
  const days = Math.round((midnight(new Date()) - midnight(at)) / 86400000);
  if (days === 0) return "Today";
  return days === 1 ? "Yesterday" : DAY.format(at);
}

const midnight = (at) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

export function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1048576 ? `${Math.round(bytes / 1024)} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

export const plural = (count, one, many) => `${count} ${count === 1 ? one : many || `${one}s`}`;

function initials(name) {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, " ").trim().split(/\s+/);
  if (!words[0]) return "#";
  return (words.length > 1 ? words[0][0] + words[words.length - 1][0] : words[0].slice(0, 2)).toUpperCase();
}

const HUES = [20, 45, 150, 175, 205, 235, 260, 285, 315, 345];

// Always the same colour for the same name.
function hue(name) {
  let sum = 12;
  for (const character of name) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  return HUES[sum % HUES.length];
}

export function avatar(name, kind = "") {
  const letters = /^\+?\d/.test(name) ? name.slice(-2) : initials(name);
  return h("span", { class: `avatar ${kind}`, "aria-hidden": "true", vars: { "--hue": hue(name) } }, letters);
}
