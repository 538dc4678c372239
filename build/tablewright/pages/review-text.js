// The document on the page: marks, the row in hand, and a word cursor for those who select without a mouse.

import { byId, el } from "./dom.js";
import { showText } from "./marks.js";
import { readWords, wordAt } from "./review-select.js";

// The row in hand is brought to this height of the pane when it is not between the two edges.
const COMFORT = { top: 0.12, bottom: 0.8, at: 0.35 };

/** The text pane. `onPick(row_id)` is told of a mark that was clicked, `onWords(span)` of words that were selected. */
export function createText({ onPick, onWords, onSpoken }) {
  const pane = byId("text");
  const host = byId("words");
  let view = null;
  let reading = { points: [], words: [] };
  // The word cursor: places among the words, of the fixed and of the moving end.
  let cursor = null;

  function open(document_, rows) {
    drawHead(document_);
    cursor = null;
    reading = readWords(document_.text);
    view = showText(host, { text: document_.text, blocks: document_.blocks, rows, onSelect: (id, how) => onPick(id, how) });
    pane.scrollTop = 0;
  }

  /** Shows no document, but `message`. */
  function close(message) {
    view = null;
    reading = { points: [], words: [] };
    byId("about").replaceChildren();
    host.replaceChildren(el("p", { class: "hint", text: message }));
  }

  /** Marks the row in hand and brings it into sight, without moving the text when it is there already. */
  function select(row) {
    view?.select(row?.row_id ?? null);
    if (row) reveal(view?.element(row.row_id) ?? view?.range(row.start, row.end));
  }

  function reveal(place) {
    if (!place) return;
    const frame = pane.getBoundingClientRect();
    const { top, bottom } = place.getBoundingClientRect();
    const low = frame.top + frame.height * COMFORT.top;
    if (top < low || bottom > frame.top + frame.height * COMFORT.bottom) pane.scrollTop += top - frame.top - frame.height * COMFORT.at;
  }

  /** Draws a span as the words of the form at hand; null takes it away. */
  function draft(span, { show = false } = {}) {
    const range = span && view ? view.range(span.start, span.end) : null;
    if (globalThis.Highlight) {
      if (range) CSS.highlights.set("draft", new Highlight(range));
      else CSS.highlights.delete("draft");
    }
    if (range && show) reveal(range);
  }

  function moveCursor(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const line = { ArrowDown: "forward", ArrowUp: "backward" }[event.key];
    if (!view || !reading.words.length || (!step && !line)) return false;
    cursor ??= startingPlace();
    const last = reading.words.length - 1;
    const to = step ? cursor.head + step : lineAway(line);
    cursor.head = Math.max(0, Math.min(last, to));
    if (!event.shiftKey) cursor.fixed = cursor.head;
    const span = cursorSpan();
    const range = view.range(span.start, span.end);
    if (range) getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    reveal(range);
    onSpoken(reading.points.slice(span.start, span.end).join(""));
    return true;
  }

  /** Where the cursor begins: at what is selected, else at the row in hand, else at the beginning. */
  function startingPlace() {
    const chosen = view.selection();
    const marked = host.querySelector(".mark.chosen");
    const at = chosen?.start ?? (marked ? placeOf(marked) : 0);
    const head = wordAt(reading, at);
    return { fixed: head, head: chosen ? head : head - 1 };
  }

  function placeOf(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    const kept = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const place = view.selection()?.start ?? 0;
    getSelection().removeAllRanges();
    if (kept) getSelection().addRange(kept);
    return place;
  }

  /** The word that stands a line above or below the moving end of the cursor. */
  function lineAway(direction) {
    const [start, end] = reading.words[Math.max(0, cursor.head)];
    const range = view.range(start, end);
    const selection = getSelection();
    selection.setBaseAndExtent(range.startContainer, range.startOffset, range.startContainer, range.startOffset);
    selection.modify("move", direction, "line");
    selection.modify("extend", "forward", "character");
    const place = view.selection();
    return place ? wordAt(reading, place.start) : cursor.head + (direction === "forward" ? 8 : -8);
  }

  function cursorSpan() {
    const [low, high] = [Math.min(cursor.fixed, cursor.head), Math.max(cursor.fixed, cursor.head)];
    return { start: reading.words[low][0], end: reading.words[high][1] };
  }

  host.addEventListener("keydown", (event) => {
    if (event.target === host && !event.altKey && !event.ctrlKey && !event.metaKey && moveCursor(event)) event.preventDefault();
  });
  host.addEventListener("pointerdown", () => (cursor = null));
  document.addEventListener("pointerup", () => setTimeout(() => onWords(selection())));

  const selection = () => (view && !getSelection().isCollapsed && host.contains(getSelection().anchorNode) ? view.selection() : null);

  return {
    open, close, select, draft, selection,
    setRows: (rows) => view?.setRows(rows),
    restate: (row) => view?.restate(row),
    focus: () => host.focus({ preventScroll: true }),
    clear: () => (getSelection().removeAllRanges(), (cursor = null)),
    reading: () => reading,
    index: () => view?.index,
  };
}

/** Who wrote the document, where and when. */
function drawHead(document_) {
  const facts = [document_.authors, document_.publisher, document_.published_on].filter(Boolean).join(" · ");
  const link = /^https?:\/\//.test(document_.url ?? "") ? el("a", { href: document_.url, target: "_blank", rel: "noopener noreferrer", text: "source" }) : null;
  // A title in the text is not shown twice.
  const titled = document_.blocks.some((block) => block.kind === "title");
  byId("about").replaceChildren(el("h2", { text: document_.title, class: titled ? "unseen" : "" }), el("p", { class: "quiet" }, facts, link ? " · " : null, link));
}
