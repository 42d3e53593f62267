// The page's pictures, drawn as lines on a field of 24 by 24.

import { h } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  send:
    "M3 11.2 20.2 3.6c.6-.2 1.1.3.9.9L13.5 21.7c-.3.7-1.2.6-1.4-.1l-1.9-6.6 5.3-6-6.6 4.9-5.9-1" +
    ".6c-.7-.2-.7-.9 0-1.1Z",
  plus: "M12 5v14M5 12h14",
  smile:
    "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z" +
    "M8.5 14.5c.9 1.2 2.1 1.8 3.5 1.8s2.6-.6 3.5-1.8M9 9.6v.1M15 9.6v.1",
  at: "M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0Zm0 0v1.3c0 3.2 4.5 3.2 4.5-1.3a8 8 0 1 0-3.2 6.4",
  bolt: "M13 3 5 13.5h6L10.5 21 19 10h-6.2L13 3Z",
  close: "M6 6l12 12M18 6 6 18",
  back: "M14.5 5.5 8 12l6.5 6.5",
  down: "M6.5 9.5 12 15l5.5-5.5",
  menu: "M4 7h16M4 12h16M4 17h16",
  dots: "M5.5 12h.1M12 12h.1M18.5 12h.1",
  reply: "M4 5h16v11H11l-4.5 4v-4H4V5Z",
  react:
    "M20 12a8.5 8.5 0 1 1-7-8.4M8.5 14c.9 1.2 2 1.7 3 1.7s2.2-.5 3-1.7M8.7 9.5v.1M14.3 9.5v.1M1" +
    "9.5 2v6M16.5 5h6",
  pencil: "M4 20l1-4.5L16.5 4 20 7.5 8.5 19 4 20ZM14 6.5 17.5 10",
  bin: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7M10.3 10.5v5.5M13.7 10.5v5.5",
  lock: "M6.5 11h11v8.5h-11V11ZM9 11V8a3 3 0 0 1 6 0v3",
  hash: "M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16",
  eye:
    "M2.5 12S6 5.8 12 5.8 21.5 12 21.5 12 18 18.2 12 18.2 2.5 12 2.5 12Z" +
    "m12.5 0a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z",
  phone:
    "M8 3h8a1.5 1.5 0 0 1 1.5 1.5v15A1.5 1.5 0 0 1 16 21H8a1.5 1.5 0 0 1-1.5-1.5v-15A1.5 1.5 0 0 1 8 3Z" +
    "M10.8 18h2.4",
  chat: "M4 5h16v11H11l-4.5 4v-4H4V5ZM8 9h8M8 12h5",
  clip: "M19 11.5 11.8 18.7a4.2 4.2 0 0 1-6-6l8-8a2.8 2.8 0 0 1 4 4l-7.8 7.8a1.4 1.4 0 0 1-2-2l7-7",
  file: "M6.5 3h7l4 4v14h-11V3ZM13.5 3v4h4",
  check: "M5 12.5 10 17.5 19.5 7",
  checks: "M2.5 12.5 7 17 15.5 7.5M11 15.5l1.5 1.5L21.5 7.5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5V12l3 2",
  warn: "M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17v.1",
  search: "M10.5 17a6.5 6.5 0 1 1 0-13 6.5 6.5 0 0 1 0 13ZM15.5 15.5 20 20",
  right: "M9.5 5.5 16 12l-6.5 6.5",
  home: "M4 11.5 12 4.5l8 7V20h-5.5v-5h-5v5H4v-8.5Z",
  power: "M12 3.5v8M7 6.5a7.5 7.5 0 1 0 10 0",
};

// A picture is decoration, unless it has a label of its own.
export function icon(name, label) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, props) {
  const more = { ...props, class: `icon-button ${props?.class || ""}` };
  return h("button", { type: "button", "aria-label": label, title: label, onclick, ...more }, icon(name));
}
