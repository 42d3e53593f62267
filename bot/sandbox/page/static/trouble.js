// The panel Trouble: levers, the bot's switch, and what went over the wires.

import { fill, h, icon, iconButton, sync } from "./dom.js";
import { clock } from "./names.js";
import { go, place } from "./place.js";
import { trying } from "./popup.js";
import { act, row, rowsOf } from "./store.js";

const WORDS = { running: "The bot is running", starting: "The bot is starting…", stopped: "The bot is dead" };

export const leversOn = () => (row("trouble")?.levers || []).filter((one) => one.on || one.waiting).length;

export class TroublePanel {
  constructor() {
    this.bot = h("div", { class: "bot-box" });
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Trouble" });
    this.levers = h("div", { class: "levers", role: "tabpanel", "aria-label": "What can go wrong" });
    this.wire = h("div", { class: "wire", role: "tabpanel", "aria-label": "What the bot does", tabindex: "0" });
    this.element = h("aside", { class: "trouble", "aria-label": "Trouble", onkeydown: keys },
      h("header", { class: "panel-head" }, h("h2", {}, icon("bolt"), "Trouble"), h("span", { class: "grow" }), iconButton("close", "Close Trouble", close, { class: "close-trouble" })),
      this.bot, this.tabs, this.levers, this.wire);
    this.signs = {};
  }

  draw() {
    const trouble = row("trouble");
    if (!trouble) return;
    this.once("bot", [row("bot")], () => fill(this.bot, botBox(row("bot"))));
    this.once("tabs", [place.troubleTab], () => fill(this.tabs, tab("levers", "What goes wrong"), tab("wire", "What the bot does")));
    this.levers.hidden = place.troubleTab !== "levers";
    this.wire.hidden = place.troubleTab !== "wire";
    if (this.wire.hidden) this.once("levers", [trouble], () => this.drawLevers(trouble));
    else this.drawWire();
  }

  once(name, what, draw) {
    const sign = JSON.stringify(what);
    if (this.signs[name] === sign) return;
    this.signs[name] = sign;
    draw();
  }

  drawLevers(trouble) {
    const mark = this.levers.contains(document.activeElement) ? document.activeElement.dataset.focus : "";
    const groups = new Map();
    for (const lever of trouble.levers) groups.set(lever.group, [...(groups.get(lever.group) || []), lever]);
    const on = leversOn();
    fill(this.levers,
      h("div", { class: "levers-top" }, h("span", { class: "muted" }, on ? `${on} on` : "Everything works."), h("span", { class: "grow" }), h("button", { type: "button", class: "button small", disabled: !on, "data-focus": "all off", onclick: () => trying(act("all_off", {})) }, "Switch all off")),
      [...groups].map(([title, levers]) => h("section", {}, h("h3", {}, title), levers.map(lever), title === "Slack" && cut())),
      trouble.struck.length > 0 && h("section", {}, h("h3", {}, "Struck last"), h("ul", { class: "struck" }, trouble.struck.slice().reverse().map((one) => h("li", {}, one)))));
    if (mark) this.levers.querySelector(`[data-focus="${CSS.escape(mark)}"]`)?.focus();
  }

  drawWire() {
    const passages = rowsOf("passage/").sort((one, other) => other.number - one.number);
    if (!passages.length) return void fill(this.wire, h("p", { class: "nothing" }, "Nothing yet."));
    if (!this.wire.querySelector("ol")) fill(this.wire, h("p", { class: "muted" }, "Newest first: ", h("b", {}, "→"), " the bot calls, ", h("b", {}, "←"), " it is called. No words and no numbers are kept here."), h("ol", {}));
    sync(this.wire.querySelector("ol"), passages, { key: (one) => String(one.number), signature: () => "same", make: passage });
    return undefined;
  }
}

function keys(event) {
  if (event.key === "Escape" && !event.defaultPrevented) close();
}

function close() {
  go({ trouble: false, screen: place.screen === "trouble" ? "slack" : place.screen });
  document.querySelector("[data-focus=trouble]")?.focus();
}

function tab(name, label) {
  return h("button", { type: "button", role: "tab", "aria-selected": String(place.troubleTab === name), onclick: () => go({ troubleTab: name }) }, label);
}

function botBox(bot) {
  const running = bot.state === "running";
  const busy = bot.state === "starting";
  return [
    h("p", { class: `bot-state ${bot.state}`, role: "status" }, h("span", { class: "light", "aria-hidden": "true" }), h("strong", {}, WORDS[bot.state] || bot.state), h("span", { class: "muted" }, ` since ${clock(bot.since)}`)),
    h("div", { class: "row" },
      running && h("button", { type: "button", class: "button danger", onclick: () => trying(act("kill", {})) }, icon("power"), "Kill the bot"),
      running && h("button", { type: "button", class: "button", onclick: () => trying(act("restart", {})) }, "Kill and start again"),
      !running && h("button", { type: "button", class: "button primary", disabled: busy, onclick: () => trying(act("start", {})) }, "Start the bot", busy && h("span", { class: "spinner", "aria-hidden": "true" }))),
    h("p", { class: "muted" }, running ? "Kill it in the middle of something: kill -9, no goodbye." : "Write and text on meanwhile. Nothing is lost."),
  ];
}

function lever(one) {
  return h("div", { class: `lever ${one.on ? "on" : ""}` },
    h("div", { class: "grow" }, h("p", { class: "lever-title", id: `lever-${one.id}` }, one.title), h("p", { class: "muted" }, one.why)),
    one.can_strike_once && h("button", { type: "button", class: "button small", "data-focus": `once ${one.id}`, "aria-label": `${one.title}: the next time only`, title: "The next time only", onclick: () => trying(act("once", { lever: one.id })) }, one.waiting ? `Once ×${one.waiting}` : "Once"),
    h("button", { type: "button", class: "switch", role: "switch", "aria-checked": String(one.on), "aria-labelledby": `lever-${one.id}`, "data-focus": `switch ${one.id}`, "data-lever": one.id, onclick: () => trying(act("turn", { lever: one.id, on: !one.on })) }));
}

function cut() {
  return h("div", { class: "lever" }, h("div", { class: "grow" }, h("p", { class: "lever-title" }, "Cut Slack's connections"), h("p", { class: "muted" }, "The bot connects again and catches up.")), h("button", { type: "button", class: "button small", "data-focus": "cut", onclick: () => trying(act("cut", {})) }, "Cut"));
}

function passage(one) {
  return h("li", { class: one.good ? "" : "bad" }, h("span", { class: "way", role: "img", "aria-label": one.to_bot ? "to the bot" : "from the bot" }, one.to_bot ? "←" : "→"), h("code", { class: "grow" }, one.where), h("span", { class: "outcome" }, one.outcome), h("span", { class: "ms" }, `${one.ms < 10 ? one.ms.toFixed(1) : Math.round(one.ms)} ms`));
}
