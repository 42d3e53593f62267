// Files of messages: pictures are shown, everything else is a card to download.

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { sizeOf } from "./names.js";

const SHOWN = /^image\/(jpeg|png|gif|webp)$/;

export function fileNode(file) {
  if (file.mode === "tombstone") return h("p", { class: "muted" }, "This file was deleted.");
  const source = `/files/${file.id}`;
  if (SHOWN.test(file.mimetype)) return picture(source, file.title || file.name, file.alt_txt);
  return h(
    "a",
    { class: "file-card", href: source, download: file.name },
    icon("file"),
    h("span", {}, h("strong", {}, file.title || file.name), h("span", { class: "muted" }, sizeOf(file.size))),
  );
}

// A small picture that opens large. `shows` says in words what is on it.
export function picture(source, name, shows = name) {
  const image = h("img", { src: source, alt: shows, loading: "lazy" });
  image.addEventListener("error", () => fill(button, icon("file"), ` ${name} cannot be shown`));
  const button = h(
    "button",
    { type: "button", class: "picture", "aria-label": `Open ${name}`, onclick: () => large(source, name, shows) },
    image,
  );
  return button;
}

function large(source, name, shows) {
  const dialog = h("dialog", { class: "lightbox", "aria-label": name });
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  dialog.addEventListener("cancel", close);
  dialog.addEventListener("click", close);
  fill(
    dialog,
    h("img", { src: source, alt: shows }),
    h("button", { type: "button", class: "button", autofocus: true, onclick: close }, "Close"),
  );
  document.body.append(dialog);
  dialog.showModal();
}

// What is about to be sent: a row of small pictures and names, each with a cross. Drawn on a canvas, so that the
// page needs no right to show anything but its own.
export function attached(files, remove) {
  return files.map((file) => {
    const place = h("span", { class: "thumb" }, icon("file"));
    if (SHOWN.test(file.type)) thumbnail(file, place);
    return h("span", { class: "attached" }, place, h("span", { class: "attached-name" }, file.name || "picture"),
      h(
        "button",
        { type: "button", class: "icon-button", "aria-label": `Remove ${file.name}`, onclick: () => remove(file) },
        icon("close"),
      ));
  });
}

async function thumbnail(file, place) {
  try {
    const bitmap = await createImageBitmap(file);
    const scale = 80 / Math.max(bitmap.width, bitmap.height);
    const canvas = h(
      "canvas",
      { width: Math.max(1, bitmap.width * scale), height: Math.max(1, bitmap.height * scale) },
    );
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    fill(place, canvas);
  } catch {
    fill(place, icon("file"));
  }
}
