// The page: puts the panels together, and decides what is seen first.

import { ChannelPanel, rootsOf, ThreadPanel } from "./channel.js";
import { byId, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { loadEmoji } from "./emoji.js";
import { AppPanel, lookAtApp } from "./home.js";
import { drawHints } from "./hints.js";
import { drawModal } from "./modal.js";
import { contactOf } from "./contacts.js";
import { Phones } from "./phones.js";
import { go, place } from "./place.js";
import { people, Sidebar } from "./sidebar.js";
import { connect, isConnected, isFilled, row, rowsOf, watch } from "./store.js";
import { leversOn, TroublePanel } from "./trouble.js";

const phones = new Phones();
const sidebar = new Sidebar();
const channel = new ChannelPanel();
const app = new AppPanel();
const thread = new ThreadPanel();
const trouble = new TroublePanel();

byId("phones").append(phones.element);
byId("slack").append(sidebar.element, channel.element, app.element, thread.element);
byId("trouble").append(trouble.element);

watch(draw);
connect();
loadEmoji();
for (const kind of ["pointerdown", "keydown"]) addEventListener(
  kind,
  () => (place.touched = true),
  { once: true, capture: true },
);
addEventListener("focus", () => draw());

function draw() {
  byId("offline").hidden = isConnected() || !isFilled();
  if (!isFilled() || !row("app")) return;
  settle();
  const body = document.body.dataset;
  if (!body.ready && place.channel === "app") lookAtApp(); // the tab was loaded anew
  body.screen = place.screen; // first: what is hidden has no size, and cannot be scrolled
  body.trouble = String(place.trouble);
  body.sidebar = String(place.sidebar);
  drawTop();
  drawHints(byId("hints"));
  for (const panel of [phones, sidebar, channel, app, thread, trouble]) panel.draw();
  drawModal();
  body.thread = String(!thread.element.hidden);
  body.ready = "true";
}

// Chooses what nobody has chosen yet. Until somebody touches the page, it follows the story.
function settle() {
  if (!row(`member/${place.member}`)) place.member = people()[0]?.id || "";
  const channels = rowsOf("channel/").filter((one) => !one.im);
  if (place.channel !== "app" && !row(`channel/${place.channel}`)) place.channel = channels[0]?.id || "";
  if (place.thread && !row(`message/${place.threadChannel}/${place.thread}`)) place.thread = "";
  if (!place.touched) follow();
  if (!row(`contact/${place.phone}`)) place.phone = rowsOf("contact/").at(-1)?.number || "";
}

function follow() {
  const cards = rootsOf(place.channel).filter((one) => one.reply_count);
  const newest = cards.sort((one, other) => (one.latest_reply < other.latest_reply ? 1 : -1))[0];
  if (!newest) return;
  const contact = contactOf(newest);
  if (contact) place.phone = contact.number;
  if (matchMedia("(min-width: 1100px)").matches) Object.assign(
    place,
    { thread: newest.ts, threadChannel: newest.channel },
  );
}

let topSign = "";

function drawTop() {
  const bot = row("bot");
  const on = leversOn();
  const sign = JSON.stringify([bot, on, place.trouble, place.screen]);
  if (sign === topSign) return;
  topSign = sign;
  const words = { running: "Bot running", starting: "Bot starting…", stopped: "Bot down" }[bot.state];
  const lamp = byId("bot");
  lamp.className = `pill ${bot.state}`;
  fill(lamp, h("span", { class: "light", "aria-hidden": "true" }), words);
  const button = byId("open-trouble");
  button.setAttribute("aria-pressed", String(place.trouble));
  fill(
    button,
    icon("bolt"),
    h("span", {}, "Trouble"),
    on > 0 && h("span", { class: "count", "aria-label": `${on} on` }, on),
  );
  for (const tab of document.querySelectorAll(".screens button")) tab.setAttribute(
    "aria-current",
    tab.dataset.screen === place.screen ? "page" : "false",
  );
}

// The list of channels lies over everything else on small screens: a click beside it or Escape puts it away.
addEventListener("pointerdown", (event) => {
  if (place.sidebar && !event.target.closest(".sidebar, .to-sidebar, .popup")) go({ sidebar: false });
});
addEventListener("keydown", (event) => {
  if (place.sidebar && event.key === "Escape") go({ sidebar: false });
});
byId("bot").addEventListener("click", () => go({ trouble: true, screen: "trouble" }));
byId("open-trouble").addEventListener("click", () => {
  go({ trouble: !place.trouble, screen: place.trouble ? "slack" : "trouble" });
  if (place.trouble) document.querySelector(".trouble .close-trouble").focus();
});
for (const [screen, name, label] of [
  ["phone", "phone", "Phone"],
  ["slack", "hash", "Slack"],
  ["trouble", "bolt", "Trouble"],
]) {
  const open = () => go({ screen, trouble: screen === "trouble" || place.trouble, touched: true });
  document.querySelector(".screens").append(h(
    "button",
    { type: "button", "data-screen": screen, onclick: open },
    icon(name),
    label,
  ));
}
