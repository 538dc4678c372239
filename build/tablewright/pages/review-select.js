// Words of the text: from a selection, from the keyboard, from typed words. Offsets are code points.

const WORD = /[\p{L}\p{M}\p{N}]/u;
// A stop or comma between digits, an apostrophe between letters: "7.1", "Moldova's". The halves of "NATO-Japan" are words.
const joins = (points, at) => {
  const [before, sign, after] = points.slice(at - 1, at + 2);
  return (
    (/[.,]/.test(sign) && /\d/.test(before) && /\d/.test(after ?? "")) || (/['’]/.test(sign) && WORD.test(after ?? ""))
  );
};

/** The text as code points with its words: {points, words: [[start, end]…]}. */
export function readWords(text) {
  const points = [...text];
  const words = [];
  let start = -1;
  for (let at = 0; at <= points.length; at += 1) {
    const inside = at < points.length && (WORD.test(points[at]) || (start >= 0 && joins(points, at)));
    if (inside && start < 0) start = at;
    if (!inside && start >= 0) {
      words.push([start, at]);
      start = -1;
    }
  }
  return { points, words };
}

/** The place among `words` of the first that ends after `at`. */
export function wordAt({ words }, at) {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle][1] > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The span with the words whole that it cuts; `start` may lie anywhere. */
export function snapped(reading, { start, end }) {
  const first = reading.words[wordAt(reading, start)];
  const last = reading.words[wordAt(reading, end - 1)];
  return {
    start: first && first[0] < start && start < first[1] ? first[0] : start,
    end: last && last[0] < end && end < last[1] ? last[1] : end,
  };
}

/** Whether a border at `at` would stand between two letters or digits. */
export const cutsWord = ({ points }, at) => WORD.test(points[at - 1] ?? "") && WORD.test(points[at] ?? "");

/**
 * One border of a span moved by a word or, `fine`, by a character; `null` where nothing would be left.
 * `side` is "start" or "end", `step` 1 or -1.
 */
export function nudged(reading, span, side, step, fine) {
  const at = fine ? span[side] + step : border(reading, span[side], side, step);
  const next = { ...span, [side]: Math.max(0, Math.min(reading.points.length, at)) };
  return next.start < next.end ? next : null;
}

/** The next beginning (`side` "start") or end of a word before or after `at`. */
function border({ words }, at, side, step) {
  const of = side === "start" ? 0 : 1;
  const found = step > 0 ? words.find((word) => word[of] > at) : words.findLast((word) => word[of] < at);
  return found ? found[of] : at;
}

export const wordsOf = ({ points }, { start, end }) => points.slice(start, end).join("");

/** All places of typed words, whatever white space stands between them; capitals count when there are any. */
export function places(reading, text, index, typed) {
  const parts = typed
    .trim()
    .split(/\s+/)
    .filter(Boolean)
    .map((part) =>
      part
        .replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")
        .replace(/['’]/g, "['’]")
        .replace(/["“”]/g, '["“”]'),
    );
  if (!parts.length) return [];
  const flags = typed === typed.toLowerCase() ? "giu" : "gu";
  return [...text.matchAll(new RegExp(parts.join("\\s+"), flags))].map((found) => ({
    start: index.points(found.index),
    end: index.points(found.index + found[0].length - 1) + 1,
  }));
}

/** The span nearest to the place `at`. */
export function nearest(spans, at) {
  return spans.reduce(
    (best, span) => (best && Math.abs(best.start - at) <= Math.abs(span.start - at) ? best : span),
    null,
  );
}
