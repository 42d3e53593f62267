// What the server told: a flat table, key → value, kept up to date by server-sent events; and the way back, acts.

const table = new Map();
const watchers = new Set();
let connected = false;
let asked = false;

export const row = (key) => table.get(key);
export const isConnected = () => connected;
export const isFilled = () => table.size > 0;

// Every value whose key begins with `prefix`, in the order in which they came.
export function rowsOf(prefix) {
  const found = [];
  for (const [key, value] of table) if (key.startsWith(prefix)) found.push(value);
  return found;
}

// Calls `act` before each repaint that follows a change.
export function watch(act) {
  watchers.add(act);
}

export function changed() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    redraw();
  });
}

// At once: whoever goes somewhere is there before their next key.
export function redraw() {
  for (const act of [...watchers]) act();
}

// Resolves once the server has told of `key`, or after two seconds.
export function arrived(key) {
  return new Promise((resolve) => {
    const look = () => {
      if (!table.has(key)) return;
      watchers.delete(look);
      resolve();
    };
    watchers.add(look);
    setTimeout(() => {
      watchers.delete(look);
      resolve();
    }, 2000);
    look();
  });
}

export function connect() {
  const source = new EventSource("/events");
  let first = true;
  source.onopen = () => {
    first = true;
    connected = true;
    changed();
  };
  source.onmessage = (event) => {
    const news = JSON.parse(event.data);
    if (first) table.clear();
    first = false;
    for (const key of news.drop) table.delete(key);
    for (const [key, value] of Object.entries(news.set)) table.set(key, value);
    changed();
  };
  source.onerror = () => {
    connected = false;
    changed();
  };
}

export class Mistake extends Error {}

// Does something in the sandbox. Throws `Mistake` with a sentence for people.
export async function act(name, fields) {
  let answer;
  try {
    answer = await fetch(`/act/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(fields || {}),
    });
  } catch {
    throw new Mistake("The demo does not answer. Is it still running?");
  }
  let said = {};
  try {
    said = await answer.json();
  } catch {
    throw new Mistake(`The demo answered ${answer.status}.`);
  }
  if (!answer.ok) throw new Mistake(said.error || `The demo answered ${answer.status}.`);
  return said;
}

// Files as an act takes them.
export function packed(files) {
  return Promise.all([...files].map(pack));
}

const PIECE = 32768; // bytes that one call takes as arguments

async function pack(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return { name: file.name || "picture.png", mimetype: file.type, content: btoa(binary) };
}
