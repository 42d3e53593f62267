// The reactions below a message.

import { h } from "./dom.js";
import { iconButton } from "./icons.js";
import { emojiNode, pickEmoji } from "./emoji.js";
import { memberName } from "./names.js";
import { place } from "./place.js";
import { trying } from "./popup.js";
import { act } from "./store.js";

// Adds a reaction, or takes one's own back.
export function react(message, name) {
  return trying(act("react", { channel: message.channel, ts: message.ts, name, member: place.member }));
}

export function reactions(message, context) {
  const list = message.reactions || [];
  if (!list.length || context.whisper) return null;
  const pick = () => pickEmoji(more, (name) => react(message, name));
  const more = iconButton(
    "react",
    "Add a reaction",
    pick,
    { class: "reaction add", "data-focus": "add reaction" },
  );
  const names = list.map((one) => one.name).join(" ");
  return h("div", { class: "reactions", "data-names": names }, list.map((one) => reaction(message, one)), more);
}

function reaction(message, one) {
  const mine = one.users.includes(place.member);
  const who = one.users.map((id) => (id === place.member ? "you" : memberName(id))).join(", ");
  return h("button", {
    type: "button",
    class: `reaction ${mine ? "mine" : ""}`,
    "aria-pressed": String(mine),
    "aria-label": `${one.name.replaceAll("_", " ")}: ${who}`,
    title: `${who} reacted with :${one.name}:`,
    "data-reaction": one.name,
    "data-focus": `reaction ${one.name}`,
    onclick: () => react(message, one.name),
  }, emojiNode(one.name), h("span", { class: "times" }, one.count));
}
