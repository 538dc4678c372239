// A column that quotes the text: its words are typed and searched, or come from a selection; borders can be moved.

import { button, el } from "./dom.js";
import { cutsWord, nearest, nudged, places, snapped, wordsOf } from "./review-select.js";

// The four ways to move a border: side, step, what the button shows and what it is called.
const BORDERS = [
  ["start", -1, "← start", "Start one word earlier"],
  ["start", 1, "start →", "Start one word later"],
  ["end", -1, "← end", "End one word earlier"],
  ["end", 1, "end →", "End one word later"],
];

let made = 0;
const flat = (words) => words.trim().split(/\s+/).join(" ");
const same = (one, other) => one && other && one.start === other.start && one.end === other.end;

/** The line of a form for a column that quotes the text. */
export class AnchorLine {
  /**
   * `cell` are the words of the column `field` now and `span` their place, or null; `near()` is the place that decides
   * between equals. `paper` is the document: {text, index, reading}. `borders` gives buttons that move the borders,
   * `machine` is the machine's cell where it differs. `onSpan(span)` is told of the place when it changes.
   */
  constructor({ field, cell, span, near, paper, borders, machine = null, onSpan }) {
    Object.assign(this, { field, paper, near, borders, machine, onSpan });
    this.place = span;
    this.found = [];
    this.exact = null; // what was selected, where that cut a word in two
    const id = `anchor-${(made += 1)}`;
    this.control = el("textarea", {
      id,
      rows: borders || cell.length > 44 ? "2" : "1",
      spellcheck: "false",
      "aria-describedby": `${id}-hint`,
      "aria-required": field.required || null,
      on: { input: () => this.typed(), focus: () => onSpan(this.place) },
    });
    this.hint = el("p", { id: `${id}-hint`, class: "hint", "aria-live": "polite" });
    this.tools = el("p", { class: "tools" });
    const must = field.required ? el("span", { class: "must", title: "needs a value", text: " *" }) : null;
    this.element = el(
      "div",
      { class: "line", data: { kind: "anchor", field: field.name } },
      el("label", { for: id, title: field.description }, field.title, must),
      el("div", {}, this.control, this.tools, this.hint),
    );
    this.control.value = cell;
    this.search();
    this.draw();
  }

  /** The cell: the words on one line. */
  read() {
    return flat(this.place ? wordsOf(this.paper.reading, this.place) : this.control.value);
  }

  span() {
    return this.place;
  }

  /** Takes selected words over, whole where the selection cut them. */
  take(chosen) {
    const { reading } = this.paper;
    const whole = snapped(reading, chosen);
    const cuts = cutsWord(reading, chosen.start) || cutsWord(reading, chosen.end);
    this.exact = same(whole, chosen) || cuts ? null : { start: chosen.start, end: chosen.end };
    this.put(whole);
  }

  typed() {
    this.exact = null;
    this.search();
    this.place = nearest(this.found, this.place?.start ?? this.near());
    this.draw();
    this.onSpan(this.place);
  }

  search() {
    const { reading, text, index } = this.paper;
    this.found = places(reading, text, index, this.control.value);
  }

  /** Takes a place over, with its words as the text has them. */
  put(place) {
    this.place = place;
    this.control.value = flat(wordsOf(this.paper.reading, place));
    this.search();
    this.draw();
    this.onSpan(place);
  }

  draw() {
    const lost = this.control.value.trim() && !this.place ? "these words do not stand in the text" : "";
    const machine = this.machine === null ? "" : `machine: ${this.machine || "empty"}`;
    this.hint.textContent = [machine, lost].filter(Boolean).join(" · ");
    this.hint.classList.toggle("wrong", Boolean(lost));
    this.tools.replaceChildren(...this.placeTools(), ...this.exactTool(), ...this.borderTools());
    this.tools.hidden = !this.tools.hasChildNodes();
  }

  /** Where the words stand more than once: which place, and the ones before and after. */
  placeTools() {
    const at = this.found.findIndex((each) => same(each, this.place));
    if (this.found.length < 2 || at < 0) return [];
    const goTo = (to) => this.put(this.found[(to + this.found.length) % this.found.length]);
    return [
      tool("‹", "Previous place of these words", () => goTo(at - 1)),
      el("span", { text: `place ${at + 1} of ${this.found.length}` }),
      tool("›", "Next place of these words", () => goTo(at + 1)),
    ];
  }

  exactTool() {
    if (!this.exact) return [];
    const { exact } = this;
    return [
      tool("exactly as selected", "The words exactly as they were selected", () => {
        this.exact = null;
        this.put(exact);
      }),
    ];
  }

  borderTools() {
    if (!this.borders || !this.place) return [];
    return BORDERS.map(([side, step, label, title]) =>
      tool(label, title, (event) => this.move(side, step, event.shiftKey, title)),
    );
  }

  move(side, step, fine, title) {
    this.put(nudged(this.paper.reading, this.place, side, step, fine) ?? this.place);
    [...this.tools.children].find((each) => each.getAttribute("aria-label") === title)?.focus();
  }
}

const tool = (label, title, act) => button(label, act, { class: "small", title, "aria-label": title });
