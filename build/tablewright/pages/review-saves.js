// Decisions on their way to the server: one after the other, none lost silently, none sent twice for nothing.

import { Unreachable, documentPath, get, post } from "./api.js";

const HELD_BACK = "The server does not answer: nothing more is taken until it does.";

/**
 * The line of decisions. `onTrouble(waiting)` is told when the server is gone.
 *
 * `submit(order)` of {path, body, row_id, what} gives a promise of the server's answer. While the server is gone the
 * one order in hand waits and is sent again by `retry()`; others are refused, so that nothing piles up unsaved.
 */
export function createSaves({ onTrouble }) {
  const waiting = [];
  let stuck = false;
  let running = false;

  function submit(order) {
    if (stuck) return Promise.reject(new Error(HELD_BACK));
    return new Promise((resolve, reject) => {
      waiting.push({ ...order, resolve, reject });
      run();
    });
  }

  async function run() {
    if (running || stuck) return;
    running = true;
    while (waiting.length && !stuck) await sendFirst();
    running = false;
  }

  async function sendFirst() {
    const order = waiting[0];
    try {
      const answer = (order.tried && (await alreadySaved(order))) || (await post(order.path, order.body()));
      waiting.shift();
      order.resolve(answer);
    } catch (error) {
      if (error instanceof Unreachable) {
        order.tried = true;
        stuck = true;
        onTrouble(waiting);
        return;
      }
      waiting.shift();
      order.reject(error);
    }
  }

  /** After a silence: whether the order had reached the server before it went; then its rows, as an answer. */
  async function alreadySaved(order) {
    if (!order.saved) return null;
    const { rows } = await get(documentPath(order.documentId));
    const found = rows.filter((row) => order.saved(row));
    return found.length ? { rows: found, counts: {}, stamps: {} } : null;
  }

  return {
    submit,
    retry: () => {
      stuck = false;
      run();
    },
    waiting,
    get stuck() {
      return stuck;
    },
  };
}
