// The document on the page: marks, the row in hand, and a word cursor for those who select without a mouse.

import { byId, el } from "./dom.js";
import { showText } from "./marks.js";
import { readWords, wordAt } from "./review-select.js";

// The row in hand is brought to this height of the pane when it is not between the two edges.
const COMFORT = { top: 0.12, bottom: 0.8, at: 0.35 };
// How far the cursor goes where the browser cannot say what stands a line away.
const A_LINE = 8;

export class TextPane {
  /** `onPick(row_id)` is told of a mark that was clicked, `onWords(span)` of selected words, `onSpoken` what to read. */
  constructor({ onPick, onWords, onSpoken }) {
    Object.assign(this, { onPick, onSpoken });
    this.pane = byId("text");
    this.host = byId("words");
    this.clean();
    this.host.addEventListener("keydown", (event) => this.keyed(event));
    this.host.addEventListener("pointerdown", () => (this.cursor = null));
    // The browser takes a selection away only after the button has been let go.
    document.addEventListener("pointerup", () => setTimeout(() => onWords(this.selection())));
  }

  clean() {
    this.view = null;
    this.reading = { points: [], words: [] };
    this.cursor = null; // places among the words, of the fixed and of the moving end
  }

  /** Shows a document with these rows marked. */
  open(document_, rows) {
    this.clean();
    drawAbout(document_);
    this.reading = readWords(document_.text);
    const { text, blocks } = document_;
    this.view = showText(this.host, { text, blocks, rows, onSelect: (id) => this.onPick(id) });
    this.pane.scrollTop = 0;
  }

  /** Shows no document, but `message`. */
  close(message) {
    this.clean();
    byId("about").replaceChildren();
    this.host.replaceChildren(el("p", { class: "hint", text: message }));
  }

  setRows = (rows) => this.view?.setRows(rows);
  restate = (row) => this.view?.restate(row);
  index = () => this.view?.index;
  focus = () => this.host.focus({ preventScroll: true });

  /** What is selected of the text, or null. */
  selection() {
    const chosen = getSelection();
    return this.view && !chosen.isCollapsed && this.host.contains(chosen.anchorNode) ? this.view.selection() : null;
  }

  clear() {
    getSelection().removeAllRanges();
    this.cursor = null;
  }

  /** Marks the row in hand and brings it into sight, without moving the text when it is there already. */
  select(row) {
    this.view?.select(row?.row_id ?? null);
    if (row) this.reveal(this.view?.element(row.row_id) ?? this.view?.range(row.start, row.end));
  }

  reveal(place) {
    if (!place) return;
    const frame = this.pane.getBoundingClientRect();
    const { top, bottom } = place.getBoundingClientRect();
    const inSight =
      top >= frame.top + frame.height * COMFORT.top && bottom <= frame.top + frame.height * COMFORT.bottom;
    if (!inSight) this.pane.scrollTop += top - frame.top - frame.height * COMFORT.at;
  }

  /** Draws a span as the words of the form at hand; null takes it away. */
  draft(span, { show = false } = {}) {
    const range = span && this.view ? this.view.range(span.start, span.end) : null;
    if (globalThis.Highlight) {
      if (range) CSS.highlights.set("draft", new Highlight(range));
      else CSS.highlights.delete("draft");
    }
    if (range && show) this.reveal(range);
  }

  keyed(event) {
    const plain = event.target === this.host && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (plain && this.moveCursor(event)) event.preventDefault();
  }

  /** Moves the word cursor as the key says; gives whether it is a key of the cursor's. */
  moveCursor({ key, shiftKey }) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const line = { ArrowDown: "forward", ArrowUp: "backward" }[key];
    if (!this.reading.words.length || (!step && !line)) return false;
    this.cursor ??= this.startingPlace();
    const { cursor } = this;
    const to = step ? cursor.head + step : this.lineAway(line);
    cursor.head = Math.max(0, Math.min(this.reading.words.length - 1, to));
    if (!shiftKey) cursor.fixed = cursor.head;
    const span = this.cursorSpan();
    const range = this.view.range(span.start, span.end);
    if (range) selectRange(range);
    this.reveal(range);
    this.onSpoken(this.reading.points.slice(span.start, span.end).join(""));
    return true;
  }

  /** Where the cursor begins: at what is selected, else before the row in hand, else before the beginning. */
  startingPlace() {
    const chosen = this.selection();
    const marked = this.host.querySelector(".mark.chosen");
    const head = wordAt(this.reading, chosen?.start ?? (marked ? this.placeOf(marked) : 0));
    return { fixed: Math.max(0, head), head: chosen ? head : head - 1 };
  }

  placeOf(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    selectRange(range);
    return this.view.selection()?.start ?? 0;
  }

  /** The word that stands a line above or below the moving end of the cursor. */
  lineAway(direction) {
    const { cursor, reading, view } = this;
    const [start, end] = reading.words[Math.max(0, cursor.head)];
    const range = view.range(start, end);
    const selection = getSelection();
    range.collapse(true);
    selectRange(range);
    selection.modify("move", direction, "line");
    selection.modify("extend", "forward", "character");
    const place = view.selection();
    return place ? wordAt(reading, place.start) : cursor.head + (direction === "forward" ? A_LINE : -A_LINE);
  }

  cursorSpan() {
    const [low, high] = [this.cursor.fixed, this.cursor.head].sort((one, other) => one - other);
    return { start: this.reading.words[low][0], end: this.reading.words[high][1] };
  }
}

function selectRange(range) {
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

/** Who wrote the document, where and when. */
function drawAbout(document_) {
  const facts = [document_.authors, document_.publisher, document_.published_on].filter(Boolean).join(" · ");
  const safe = /^https?:\/\//.test(document_.url ?? "");
  const link = safe && el("a", { href: document_.url, target: "_blank", rel: "noopener noreferrer", text: "source" });
  // A title in the text is not shown twice.
  const titled = document_.blocks.some((block) => block.kind === "title");
  const title = el("h2", { text: document_.title, class: titled ? "unseen" : "" });
  byId("about").replaceChildren(title, el("p", { class: "quiet" }, facts, link && " · ", link));
}
