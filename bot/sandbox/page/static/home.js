// The app's own place: App Home and its direct messages, as far as its manifest switches them on.
// Source: https://docs.slack.dev/surfaces/app-home

import { blocks } from "./blocks.js";
import { foot } from "./channel.js";
import { fill, h } from "./dom.js";
import { icon, iconButton } from "./icons.js";
import { Holder } from "./holder.js";
import { Log } from "./log.js";
import { go, place } from "./place.js";
import { act, row, rowsOf } from "./store.js";
import { trying } from "./popup.js";

// Source: https://github.com/MicrosoftDocs/bot-docs/issues/2077 (what stands in place of the box to write in)
const TURNED_OFF = "Sending messages to this app has been turned off.";

export class AppPanel {
  constructor() {
    this.tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "The app" });
    this.head = h("header", { class: "panel-head" });
    this.home = h("div", { class: "home", role: "tabpanel", "aria-label": "Home", tabindex: "0" });
    this.log = new Log("Direct messages");
    this.foot = h("div", { class: "panel-foot" });
    this.nothing = h(
      "p",
      { class: "nothing" },
      "No direct messages yet. This is where the app writes to one person alone.",
    );
    this.messages = h(
      "div",
      { class: "app-messages", role: "tabpanel", "aria-label": "Messages" },
      this.nothing,
      this.log.frame,
      this.foot,
    );
    this.element = h(
      "section",
      { class: "panel app-panel", "aria-label": "App" },
      this.head,
      this.tabs,
      this.home,
      this.messages,
    );
    this.sign = "";
    this.homeSign = "";
  }

  draw() {
    this.element.hidden = place.channel !== "app";
    if (this.element.hidden) return;
    this.home.hidden = shownTab() !== "home";
    this.messages.hidden = !this.home.hidden;
    this.drawHead();
    if (this.home.hidden) this.drawMessages();
    else this.drawHome();
  }

  drawHead() {
    const app = row("app");
    const sign = JSON.stringify([shownTab(), place.member, app.home_tab]);
    if (sign === this.sign) return;
    this.sign = sign;
    fill(
      this.head,
      iconButton("menu", "Channels", () => go({ sidebar: !place.sidebar }), { class: "to-sidebar" }),
      h("h2", {}, h("span", { class: "avatar app small", "aria-hidden": "true" }, icon("chat")), app.name),
      h("span", { class: "badge" }, "APP"),
    );
    fill(this.tabs, app.home_tab && tab("home", "Home"), tab("messages", "Messages"));
  }

  drawHome() {
    const view = row(`home/${place.member}`);
    const holder = view && new Holder(view.id, { view_id: view.id });
    const sign = JSON.stringify([view?.hash, holder?.sign, place.member]);
    if (sign === this.homeSign) return;
    this.homeSign = sign;
    const mark = this.home.contains(document.activeElement) ? document.activeElement.dataset.focus : "";
    fill(
      this.home,
      view ? blocks(view.blocks, holder) : h(
        "p",
        { class: "nothing" },
        `${row("app").name} shows nothing here yet.`,
      ),
    );
    if (mark) this.home.querySelector(`[data-focus="${CSS.escape(mark)}"]`)?.focus();
  }

  drawMessages() {
    const channel = rowsOf("channel/").find((one) => one.im && one.members.includes(place.member));
    const messages = channel ? rowsOf(`message/${channel.id}/`).sort(
      (one, other) => (one.ts < other.ts ? -1 : 1)
    ) : [];
    const shown = messages.map((message) => ({ message, context: { inThread: true, whisper: false } }));
    this.log.show(shown, `app ${channel?.id}`);
    this.nothing.hidden = shown.length > 0;
    const written = row("app").takes_messages ? channel?.id || "" : "off";
    if (this.foot.dataset.channel === written) return;
    this.foot.dataset.channel = written;
    fill(this.foot, written === "off" ? h("p", { class: "notice" }, TURNED_OFF) : channel && foot(channel, ""));
  }
}

const shownTab = () => (row("app").home_tab ? place.appTab : "messages");

// Tells the app that somebody looks at its place: it may have something new to show there.
export const lookAtApp = () => trying(act("open_home", { member: place.member, tab: shownTab() }));

function tab(name, label) {
  const open = () => {
    go({ appTab: name });
    lookAtApp();
  };
  return h(
    "button",
    { type: "button", role: "tab", "aria-selected": String(shownTab() === name), onclick: open },
    label,
  );
}
