// The form that amends a row or adds one. It keeps what was typed until it is saved or cancelled.

import { button, el } from "./dom.js";
import { AnchorLine } from "./review-anchor.js";
import { fieldLine, filledIn, wrong } from "./review-fields.js";

const UNCHANGED = "Nothing was changed. Press Esc, then a to accept the row as it is.";
const KEY = {
  title: "Id",
  kind: "text",
  required: true,
  codes: null,
  description: "Lower case, words joined by hyphens: jens-stoltenberg",
};

const quotes = (field) => field.kind === "anchor";
const firstSentence = (text) => text.split(/(?<=\.)\s/)[0];

export class RowForm {
  /**
   * `row` is the row to amend, null to add one to `table` at `span` (null where the words are still to be typed), with
   * the cells `carried` filled in; `note` is the note so far. `paper` is the open document {text, index, reading}, null
   * where there is none.
   * `onSave(order)` gives a promise that fails with what is wrong, `unchanged` is what is said when nothing was; the
   * order is {path, body}. `onCancel()`; `onSpan(span)` is told of the words at hand; `onTable(name)` of another table
   * for the row to add.
   */
  constructor({
    state,
    table,
    row,
    span = null,
    paper,
    carried = {},
    note = "",
    unchanged = UNCHANGED,
    onSave,
    onCancel,
    onSpan,
    onTable,
  }) {
    Object.assign(this, { state, table, row, paper, unchanged, onSave, onCancel, onSpan, onTable });
    this.main = table.fields.find(quotes) ?? null;
    this.before = row ? row.values : carried;
    this.seen = row?.version;
    this.startNote = note;
    this.note = note;
    this.busy = false;
    this.lines = [];
    if (!row && !this.main) this.lines.push(fieldLine(state, { ...KEY, name: table.key }, carried[table.key] ?? ""));
    for (const field of filledIn(table)) this.lines.push(this.makeLine(field, span));
    this.build();
  }

  build() {
    const { row } = this;
    this.alert = el("div", { role: "alert", class: "wrong" });
    const shown = [row ? "Save" : "Add the row", " ", el("kbd", { text: "Ctrl ⏎", "aria-hidden": "true" })];
    this.save = el("button", { type: "submit", class: "primary" }, ...shown);
    const attributes = { class: "form", novalidate: true, "aria-label": row ? `Amend: ${row.label}` : "Add a row" };
    this.element = el(
      "form",
      { ...attributes, on: { submit: (event) => this.submit(event), keydown: (event) => this.keyed(event) } },
      el(
        "div",
        { class: "form-head" },
        el("h3", { text: row ? "Amend" : "Add a row" }),
        el("div", { class: "actions" }, this.save, button("Cancel", this.onCancel, { key: "Esc" })),
      ),
      this.alert,
      row ? null : this.tableLine(),
      ...this.lines.map((each) => each.element),
      this.noteLine(),
    );
  }

  makeLine(field, span) {
    const { row } = this;
    const machine = row?.machine && field.name in row.machine ? row.machine[field.name] : null;
    const cell = this.before[field.name] ?? (field.kind === "flag" && field.required ? "false" : "");
    if (!quotes(field) || !this.paper) return fieldLine(this.state, field, cell, machine);
    const line = new AnchorLine({
      field,
      cell,
      machine,
      span: this.placeBefore(field),
      paper: this.paper,
      borders: field === this.main,
      near: () => this.span()?.start ?? row?.start ?? 0,
      onSpan: this.onSpan,
    });
    if (!row && field === this.main && span) line.take(span);
    return line;
  }

  /** Where the words of a quoting column stand before anything is changed, or null. */
  placeBefore(field) {
    const own = field === this.main ? this.row : this.row?.anchors.find((anchor) => anchor.field === field.name);
    return own ? { start: own.start, end: own.end } : null;
  }

  /** Which table to add to: of those that quote the text, or of those that do not. */
  tableLine() {
    const choices = [...this.state.tables.values()].filter((each) => each.fields.some(quotes) === Boolean(this.main));
    const options = choices.map((each) => el("option", { value: each.name, text: each.title }));
    const select = el("select", { id: "add-table", on: { change: () => this.onTable(select.value) } }, ...options);
    select.value = this.table.name;
    const hint = el("p", { class: "hint", text: firstSentence(this.table.description) });
    return el("div", { class: "line" }, el("label", { for: "add-table", text: "Table" }), el("div", {}, select, hint));
  }

  noteLine() {
    const input = el("textarea", { id: "form-note", rows: "1", on: { input: () => (this.note = input.value.trim()) } });
    input.value = this.note;
    return el("div", { class: "line" }, el("label", { for: "form-note", text: "Note" }), el("div", {}, input));
  }

  lineOf = (name) => this.lines.find((each) => each.field.name === name);

  /** The place of the row's own words, or null. */
  span = () => (this.main ? (this.lineOf(this.main.name)?.span?.() ?? null) : null);

  /** Every cell as it is now. */
  cells = () => Object.fromEntries(this.lines.map((each) => [each.field.name, each.read()]));

  /** The columns that selected words can be put into: {name, title}. */
  targets = () => this.lines.filter((each) => each.take).map(({ field }) => ({ name: field.name, title: field.title }));

  /** Puts selected words into a column. */
  take(name, chosen) {
    this.lineOf(name).take(chosen);
    this.lineOf(name).control.focus();
  }

  /** Puts the keyboard on a column; without a name where one begins, `past` the choice of words. */
  focus(name = null, { past = Boolean(this.row) } = {}) {
    const begin = past ? this.lines.find((each) => (this.row ? !quotes(each.field) : each.field !== this.main)) : null;
    const wanted = this.lineOf(name) ?? begin;
    (wanted?.control ?? this.element.querySelector("select, input, textarea")).focus();
  }

  /** The cells that say something else than before, and the places of those among them that quote the text. */
  changes() {
    const cells = {};
    const spans = {};
    for (const each of this.lines) {
      if (!this.row && each.field === this.main) continue;
      const [cell, before] = [each.read(), this.row ? (this.before[each.field.name] ?? "") : ""];
      if (cell === before && !this.moved(each)) continue;
      cells[each.field.name] = cell;
      const place = each.span?.();
      if (place) spans[each.field.name] = [place.start, place.end];
    }
    return { cells, spans };
  }

  /** Whether a column of the row to amend quotes the same words elsewhere. */
  moved(line) {
    const [now, before] = [line.span?.(), this.placeBefore(line.field)];
    return Boolean(now && before) && (now.start !== before.start || now.end !== before.end);
  }

  /** Whether something was written: of a row to add, flags that stand as they stood count for nothing. */
  dirty() {
    const { cells } = this.changes();
    const written = Object.entries(cells).filter(
      ([name, cell]) => this.row || !(this.lineOf(name).field.kind === "flag" && cell === "false"),
    );
    return written.length > 0 || Boolean(!this.row && this.span()) || this.note !== this.startNote;
  }

  order() {
    const { cells, spans } = this.changes();
    const { row, note } = this;
    if (!row) return { path: "add", body: { ...this.whereTo(), values: cells, spans, note } };
    const amended = Object.keys(cells).length > 0;
    if (!amended && note === this.startNote) throw new Error(this.unchanged);
    const verdict = amended ? "amend" : row.state === "rejected" ? "reject" : "accept";
    return { path: "decide", body: { row_id: row.row_id, verdict, changes: cells, spans, note, seen: this.seen } };
  }

  /** The document, the table and the words of a row to add. */
  whereTo() {
    if (!this.main) return { document_id: null, table: this.table.name };
    const place = this.span();
    if (!place) throw new Error(`${this.main.title}: type words of the text, or select them in it.`);
    return { document_id: this.state.documentId, table: this.table.name, ...place };
  }

  async submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.alert.replaceChildren();
    this.working(true);
    try {
      const bad = this.lines.find((each) => wrong(each.field, each.read()));
      if (bad) throw new Error(`${bad.field.name}: ${wrong(bad.field, bad.read())}`);
      await this.onSave(this.order());
    } catch (error) {
      this.refuse(error);
    }
    this.working(false);
  }

  working(busy) {
    this.busy = busy;
    if (busy) this.save.setAttribute("aria-disabled", "true");
    else this.save.removeAttribute("aria-disabled");
  }

  /** Shows what is wrong, and puts the keyboard on the column that the message names. */
  refuse(error) {
    this.alert.replaceChildren(el("p", { text: error.message }), error.remedy ? el("p", { text: error.remedy }) : "");
    this.alert.scrollIntoView({ block: "nearest" });
    const named = this.lines.find(({ field }) =>
      [" ", ":"].some((end) => ` ${error.message}`.includes(` ${field.name}${end}`)),
    );
    named?.control.focus();
  }

  /** Says that the row says something else by now; what is typed stays, and saving puts it over the change. */
  stale(now) {
    if (now.version === this.seen) return;
    this.seen = now.version;
    const text =
      "This row was changed elsewhere while you were writing. Your values are kept; saving puts them over the change.";
    this.alert.replaceChildren(el("p", { text }));
  }

  keyed(event) {
    if (event.key === "Escape") this.onCancel();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.element.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
