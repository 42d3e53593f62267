// A list of messages, oldest first: days, grouping, arrow keys, and staying at the end while one is there.

import { h, sync } from "./dom.js";
import { messageNode, signature, tsSeconds } from "./message.js";
import { dayOf, plural } from "./names.js";
import { place } from "./place.js";

const GROUPED_S = 300;
const NEAR = 60; // pixels from the end that count as "at the end"

export class Log {
  constructor(label) {
    this.list = h("div", { class: "log-list" });
    this.jump = h(
      "button",
      { type: "button", class: "jump", hidden: true, onclick: () => this.toEnd(true) },
      "New messages ↓",
    );
    this.element = h(
      "div",
      { class: "log", role: "log", "aria-label": label, "aria-live": "off", tabindex: "0" },
      this.list,
    );
    this.frame = h("div", { class: "log-frame" }, this.element, this.jump);
    this.subject = "";
    this.element.addEventListener("keydown", (event) => this.keys(event));
    this.element.addEventListener("scroll", () => this.scrolled());
    const observer = new ResizeObserver(() => this.pinned && this.toEnd(false));
    observer.observe(this.list); // a picture came
    observer.observe(this.element); // a panel opened, the window shrank
    this.pinned = true;
    this.size = "";
  }

  // `items` are `{message, context}` in order; `subject` names what they are of.
  show(items, subject) {
    const fresh = subject !== this.subject;
    if (fresh) this.list.replaceChildren();
    this.subject = subject;
    const count = this.list.childElementCount;
    sync(
      this.list,
      withDays(items),
      { key: (item) => item.key, signature: (item) => item.sign, make: (item) => item.make() },
    );
    const more = this.list.childElementCount > count;
    if (fresh || this.pinned || (more && isOwn(items.at(-1)))) this.toEnd(false);
    else if (more) this.jump.hidden = false;
    this.element.setAttribute("aria-live", fresh ? "off" : "polite");
  }

  // The browser scrolls too, when words wrap anew: that is nobody leaving the end.
  scrolled() {
    const before = this.size;
    this.measure();
    if (before === this.size) this.pinned = this.atEnd();
    if (this.atEnd()) this.jump.hidden = true;
  }

  measure() {
    this.size = `${this.element.scrollHeight} ${this.element.clientHeight}`;
  }

  atEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  toEnd(smooth) {
    this.pinned = true;
    this.jump.hidden = true;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.element.scrollTo({ top: this.element.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
    this.measure();
  }

  keys(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    const inField = event.target.closest("textarea, input, [role=toolbar], [role=menu]");
    if (!step || inField || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = [...this.list.querySelectorAll("article")];
    if (!all.length) return;
    const at = all.indexOf(event.target.closest("article"));
    const from = at < 0 ? all.length - (step < 0 ? 0 : 1) : at;
    event.preventDefault();
    all[Math.max(0, Math.min(all.length - 1, from + step))].focus();
  }
}

const isOwn = (item) => item.message.user === place.member && !item.message.bot_id;

function withDays(items) {
  const rows = [];
  let day = "";
  let before = null;
  for (const { message, context, divider } of items) {
    const today = dayOf(tsSeconds(message.ts));
    if (today !== day && !context.inThread) rows.push(line(`day-${message.ts}`, today));
    day = today;
    const grouped = Boolean(before) && follows(before, message) && !context.whisper;
    const full = { ...context, grouped };
    rows.push({
      key: `${context.whisper ? "w" : "m"}-${message.ts}`,
      sign: signature(message, full),
      make: () => messageNode(message, full),
    });
    if (divider) rows.push(line("replies", plural(divider, "reply", "replies")));
    before = context.whisper || divider ? null : message;
  }
  return rows;
}

const line = (key, words) => ({
  key,
  sign: words,
  make: () => h("div", { class: "divider", role: "separator", "aria-label": words }, h("span", {}, words)),
});

const author = (message) => message.username || message.bot_id || message.user;

function follows(before, message) {
  const same = author(before) === author(message) && before.subtype !== "channel_join";
  const plain = ![before, message].some((one) => [
    "tombstone",
    "thread_broadcast",
    "channel_join",
    "channel_leave",
  ].includes(one.subtype));
  return same && plain && tsSeconds(message.ts) - tsSeconds(before.ts) < GROUPED_S && !before.reply_count;
}
