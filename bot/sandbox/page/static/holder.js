// Where blocks stand: a message, a modal or App Home. Keeps what its fields hold, and tells the app of choices.

import { ask, say } from "./popup.js";
import { place } from "./place.js";
import { act, changed, Mistake } from "./store.js";
import { textObject } from "./mrkdwn.js";

const kept = new Map(); // holder id → block id → action id → value
const waiting = new Set(); // "holder block action" of clicks without an answer yet
const refusals = new Map(); // holder id → {block, words}

export const forget = (id) => kept.delete(id);

export class Holder {
  // `where` is `{channel, ts}` or `{view_id}`; `dispatches` is false inside a modal's inputs.
  constructor(id, where) {
    this.id = id;
    this.where = where;
    this.errors = null;
    if (!kept.has(id)) kept.set(id, {});
  }

  get values() {
    return kept.get(this.id);
  }

  value(block, element, field, initial) {
    const known = this.values[block.block_id]?.[element.action_id];
    return known && field in known ? known[field] : initial;
  }

  keep(block, element, value) {
    const inBlock = (this.values[block.block_id] ||= {});
    inBlock[element.action_id] = { type: element.type, ...value };
  }

  isWaiting(block, element) {
    return waiting.has(this.mark(block, element));
  }

  get refusal() {
    return refusals.get(this.id) || null;
  }

  mark(block, element) {
    return `${this.id} ${block.block_id} ${element.action_id}`;
  }

  // Tells the app, after its confirm dialog. Resolves to whether the app answered.
  async dispatch(block, element, chosen = {}) {
    if (element.confirm && !(await confirmed(element.confirm))) return false;
    const mark = this.mark(block, element);
    waiting.add(mark);
    refusals.delete(this.id);
    changed();
    try {
      const answer = await act(
        "click",
        {
          ...this.where,
          member: place.member,
          block_id: block.block_id,
          action_id: element.action_id,
          chosen,
          values: this.values,
        },
      );
      if (answer.refusal) refusals.set(this.id, { block: block.block_id, words: answer.refusal });
      return !answer.refusal;
    } catch (error) {
      if (!(error instanceof Mistake)) throw error;
      say(error.message);
      return false;
    } finally {
      waiting.delete(mark);
      changed();
    }
  }

  async suggest(block, element, words) {
    const answer = await act(
      "suggest",
      { ...this.where, member: place.member, block_id: block.block_id, action_id: element.action_id, words },
    );
    if (answer.refusal) throw new Mistake(answer.refusal);
    return answer.answer;
  }

  // Changes whenever what is drawn depends on more than the blocks themselves.
  get sign() {
    const open = [...waiting].filter((mark) => mark.startsWith(`${this.id} `));
    return JSON.stringify([open, this.refusal]);
  }
}

function confirmed(confirm) {
  return ask({
    title: textObject(confirm.title),
    text: textObject(confirm.text),
    yes: textObject(confirm.confirm),
    no: textObject(confirm.deny),
    danger: confirm.style === "danger",
  });
}
