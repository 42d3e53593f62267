// The panel Trouble: the bot's switch, what can go wrong, and what went over the wires.

import { button, drawnOnce, fill, h, spinner, sync } from "./dom.js";
import { icon, iconButton } from "./icons.js";
import { cut, lever, struck } from "./levers.js";
import { clock } from "./names.js";
import { go, place } from "./place.js";
import { trying } from "./popup.js";
import { act, row, rowsOf } from "./store.js";

const WORDS = { running: "The bot is running", starting: "The bot is starting…", stopped: "The bot is down" };
const ADVICE = {
  running: "Kill it in the middle of something: kill -9, no goodbye.",
  stopped: "Write and text on meanwhile. Nothing is lost.",
};

export const leversOn = () => (row("trouble")?.levers || []).filter((one) => one.on || one.waiting).length;

export class TroublePanel {
  constructor() {
    this.bot = h("div", { class: "bot-box" });
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Trouble" });
    this.levers = h("div", { class: "levers", role: "tabpanel", "aria-label": "What goes wrong" });
    const wire = { class: "wire", role: "tabpanel", "aria-label": "What the bot does", tabindex: "0" };
    this.wire = h("div", wire);
    const away = iconButton("close", "Close Trouble", close, { class: "close-trouble" });
    const title = h("h2", {}, icon("bolt"), "Trouble");
    const head = h("header", { class: "panel-head" }, title, h("span", { class: "grow" }), away);
    const shape = { class: "trouble", "aria-label": "Trouble", onkeydown: keys };
    this.element = h("aside", shape, head, this.bot, this.tabs, this.levers, this.wire);
    this.once = drawnOnce();
  }

  draw() {
    const trouble = row("trouble");
    if (!trouble) return;
    this.once("bot", [row("bot")], () => fill(this.bot, botBox(row("bot"))));
    this.once("tabs", [place.troubleTab], () => fill(this.tabs, tabs()));
    this.levers.hidden = place.troubleTab !== "levers";
    this.wire.hidden = place.troubleTab !== "wire";
    if (this.wire.hidden) this.once("levers", [trouble], () => this.drawLevers(trouble));
    else this.drawWire();
  }

  drawLevers(trouble) {
    const mark = this.levers.contains(document.activeElement) ? document.activeElement.dataset.focus : "";
    const groups = new Map();
    for (const one of trouble.levers) groups.set(one.group, [...(groups.get(one.group) || []), one]);
    const sections = [...groups].map(([title, all]) =>
      h("section", {}, h("h3", {}, title), all.map(lever), title === "Slack" && cut()));
    fill(this.levers, summary(), sections, struck(trouble.struck));
    if (mark) this.levers.querySelector(`[data-focus="${CSS.escape(mark)}"]`)?.focus();
  }

  drawWire() {
    const passages = rowsOf("passage/").sort((one, other) => other.number - one.number);
    const frame = () => fill(this.wire, passages.length ? [legend(), h("ol", {})] : none());
    this.once("wire", [passages.length > 0], frame);
    const how = { key: (one) => String(one.number), signature: () => "same", make: passage };
    if (passages.length) sync(this.wire.querySelector("ol"), passages, how);
  }
}

function keys(event) {
  if (event.key === "Escape" && !event.defaultPrevented) close();
}

function close() {
  go({ trouble: false, screen: place.screen === "trouble" ? "slack" : place.screen });
  document.querySelector("[data-focus=trouble]")?.focus();
}

const tabs = () => [tab("levers", "What goes wrong"), tab("wire", "What the bot does")];

function tab(name, label) {
  const on = String(place.troubleTab === name);
  const open = () => go({ troubleTab: name });
  return h("button", { type: "button", role: "tab", "aria-selected": on, onclick: open }, label);
}

// --- The bot ------------------------------------------------------------------------------------------

const order = (name) => () => trying(act(name, {}));

function botBox(bot) {
  const since = h("span", { class: "muted" }, ` since ${clock(bot.since)}`);
  const light = h("span", { class: "light", "aria-hidden": "true" });
  return [
    h("p", { class: `bot-state ${bot.state}`, role: "status" }, light, h("strong", {}, WORDS[bot.state]), since),
    h("div", { class: "row" }, bot.state === "running" ? stops() : starts(bot.state === "starting")),
    h("p", { class: "muted" }, ADVICE[bot.state] || ""),
  ];
}

const stops = () => [
  button([icon("power"), "Kill the bot"], order("kill"), { class: "danger" }),
  button("Kill and start again", order("restart")),
];

function starts(busy) {
  return button(["Start the bot", busy && spinner()], order("start"), { class: "primary", disabled: busy });
}

function summary() {
  const on = leversOn();
  const words = h("span", { class: "muted" }, on ? `${on} on` : "Everything works.");
  const shape = { class: "small", disabled: !on, "data-focus": "all off" };
  const off = button("Switch all off", order("all_off"), shape);
  return h("div", { class: "levers-top" }, words, h("span", { class: "grow" }), off);
}

// --- The wires ----------------------------------------------------------------------------------------

const none = () => h("p", { class: "nothing" }, "Nothing yet.");

const legend = () => h("p", { class: "muted" },
  "Newest first: ", h("b", {}, "→"), " the bot calls, ", h("b", {}, "←"), " it is called. ",
  "No words and no numbers are kept here.");

function passage(one) {
  const way = { class: "way", role: "img", "aria-label": one.to_bot ? "to the bot" : "from the bot" };
  const ms = one.ms < 10 ? one.ms.toFixed(1) : Math.round(one.ms);
  return h("li", { class: one.good ? "" : "bad" },
    h("span", way, one.to_bot ? "←" : "→"),
    h("code", { class: "grow" }, one.where),
    h("span", { class: "outcome" }, one.outcome),
    h("span", { class: "ms" }, `${ms} ms`));
}
