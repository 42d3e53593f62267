// Where the person in front of the page is: who they act as, what they look at. Survives a reload of the tab.

import { redraw } from "./store.js";

const KEY = "threadline-demo";
const kept = JSON.parse(sessionStorage.getItem(KEY) || "{}");

export const place = {
  member: "", // who acts in the workspace
  phone: "", // the contact's number
  channel: "", // a channel's id, or "app"
  appTab: "home", // home or messages
  thread: "", // the root's ts, in `threadChannel`
  threadChannel: "",
  screen: "slack", // phone, slack or trouble, where there is room for one only
  sidebar: false, // where it is not always there
  trouble: false,
  troubleTab: "levers", // levers or wire
  hints: true,
  touched: false, // until then the page follows the story by itself
  seen: {}, // channel, thread or phone → the last ts or time that was looked at
  ...kept,
};

export function go(where) {
  Object.assign(place, where);
  sessionStorage.setItem(KEY, JSON.stringify(place));
  redraw();
}

export function markSeen(key, value) {
  if (place.seen[key] === value) return;
  place.seen[key] = value;
  sessionStorage.setItem(KEY, JSON.stringify(place));
}

export function openThread(channel, ts) {
  go({ thread: ts, threadChannel: channel, screen: "slack", touched: true, sidebar: false });
}
