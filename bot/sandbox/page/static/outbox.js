// What is about to be sent, on both sides: words in a field, files in a tray, a button that sends them.

import { fill, h } from "./dom.js";
import { iconButton } from "./icons.js";
import { attached } from "./files.js";
import { say } from "./popup.js";

const MOST_FILES = 10;

export class Outbox {
  // `deliver(words, files)` sends, one at a time; its mistakes are shown, and its words come back.
  // `tallest` is how far the field grows, in pixels.
  constructor(field, { label, tallest, deliver }) {
    Object.assign(this, { field, tallest, deliver, files: [], sending: Promise.resolve() });
    this.tray = h("div", { class: "tray" });
    this.button = iconButton("send", label, () => this.send(), { class: "send" });
    this.picker = h("input", { type: "file", multiple: true, hidden: true, onchange: () => this.pick() });
    field.addEventListener("input", () => this.ready());
    queueMicrotask(() => this.ready());
  }

  ready() {
    this.button.disabled = !this.field.value.trim() && !this.files.length;
    grow(this.field, this.tallest);
  }

  pick() {
    this.attach([...this.picker.files]);
    this.picker.value = "";
  }

  attach(files) {
    this.files = [...this.files, ...files].slice(0, MOST_FILES);
    this.showFiles();
  }

  remove(gone) {
    this.files = this.files.filter((one) => one !== gone);
    this.showFiles();
  }

  showFiles() {
    fill(this.tray, attached(this.files, (gone) => this.remove(gone)));
    this.ready();
  }

  insert(words) {
    this.field.setRangeText(words, this.field.selectionStart, this.field.selectionEnd, "end");
    this.field.dispatchEvent(new Event("input"));
    this.field.focus();
  }

  // Sends on Enter; a new line is Shift and Enter.
  onEnter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  // The field is free at once: whoever types on meanwhile loses nothing.
  send() {
    if (this.button.disabled) return;
    const { files } = this;
    const words = this.field.value.trim();
    this.hold("", []);
    this.field.focus();
    this.sending = this.sending.then(() => this.sent(words, files));
  }

  async sent(words, files) {
    try {
      await this.deliver(words, files);
    } catch (error) {
      say(error.message);
      this.hold([words, this.field.value].filter(Boolean).join("\n"), [...files, ...this.files]);
    }
  }

  hold(words, files) {
    this.field.value = words;
    this.files = files;
    this.showFiles();
    this.field.dispatchEvent(new Event("input"));
  }
}

// As tall as its words, up to a bound in pixels.
export function grow(field, tallest = 220) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, tallest)}px`;
}
