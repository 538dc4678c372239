// The form that amends a row or adds one. It keeps what was typed until it is saved or cancelled.

import { button, el } from "./dom.js";
import { anchorLine } from "./review-anchor.js";
import { fieldLine, filledIn, wrong } from "./review-fields.js";

const UNCHANGED = "Nothing was changed. Press Esc, then a to accept the row as it is.";

/**
 * A form in the making: {element, focus(name), targets(), take(name, span), stale(), dirty()}.
 *
 * `row` is the row to amend, null to add one to `table` at `span` (null where the words are still to be typed).
 * `paper` is the open document {text, index, reading}, null among the actors. `onSave(order)` gives a promise that
 * fails with what is wrong, `unchanged` is what it says when nothing was; the order is {path, body}. `onCancel()`; `onSpan(span)` is told of the words at hand;
 * `onTable(name)` of another table for the row to add.
 */
export function createForm({ state, table, row, span, paper, carried = {}, unchanged = UNCHANGED, onSave, onCancel, onSpan, onTable }) {
  const main = table.fields.find((field) => field.kind === "anchor") ?? null;
  const before = row ? row.values : carried;
  let seen = row?.version;
  let busy = false;
  let note = row?.mine?.note ?? row?.decision?.note ?? "";
  const startNote = note;

  const alert = el("div", { role: "alert", class: "wrong" });
  const lines = (row ? [] : keyLine()).concat(filledIn(table).map(line));
  const tableChoice = row ? null : chooseTable();
  const noteLine = makeNoteLine();
  const save = el("button", { type: "submit", class: "primary" }, row ? "Save" : "Add the row", " ", el("kbd", { text: "Ctrl ⏎", "aria-hidden": "true" }));
  const element = el("form", { class: "form", "aria-label": row ? `Amend: ${row.label}` : "Add a row", novalidate: true, on: { submit: submit, keydown: keyed } },
    el("div", { class: "form-head" }, el("h3", { text: row ? "Amend" : "Add a row" }), el("div", { class: "actions" }, save, button("Cancel", onCancel, { key: "Esc" }))),
    alert, tableChoice, ...lines.map((each) => each.element), noteLine);

  function line(field) {
    const machine = row?.machine && field.name in row.machine ? row.machine[field.name] : null;
    const cell = before[field.name] ?? (field.kind === "flag" && field.required ? "false" : "");
    if (field.kind !== "anchor" || !paper) return fieldLine(state, field, cell, machine);
    const isMain = field === main;
    const own = isMain ? (row ?? span) : row?.anchors.find((anchor) => anchor.field === field.name);
    const place = own ? { start: own.start, end: own.end } : null;
    const made = anchorLine({ field, cell, span: row ? place : null, near: () => lineOf(main)?.span()?.start ?? row?.start ?? span?.start ?? 0, paper, borders: isMain, machine, onSpan });
    if (!row && isMain && place) made.take(place);
    return made;
  }

  const lineOf = (field) => lines?.find((each) => each.field === field);

  /** An actor that is added needs an id. */
  function keyLine() {
    if (main) return [];
    return [fieldLine(state, { name: table.key, title: "Id", description: "Lower case, words joined by hyphens: jens-stoltenberg", kind: "text", required: true, codes: null }, carried[table.key] ?? "")];
  }

  function chooseTable() {
    const choices = [...state.tables.values()].filter((each) => Boolean(each.fields.find((field) => field.kind === "anchor")) === Boolean(paper));
    const select = el("select", { id: "add-table", on: { change: () => onTable(select.value) } }, ...choices.map((each) => el("option", { value: each.name, text: each.title })));
    select.value = table.name;
    return el("div", { class: "line" }, el("label", { for: "add-table", text: "Table" }), el("div", {}, select, el("p", { class: "hint", text: firstSentence(table.description) })));
  }

  function makeNoteLine() {
    const input = el("textarea", { id: "form-note", rows: "1", on: { input: () => (note = input.value.trim()) } });
    input.value = note;
    return el("div", { class: "line" }, el("label", { for: "form-note", text: "Note" }), el("div", {}, input));
  }

  /** The cells that say something else than before, and the places of those among them that quote the text. */
  function changes() {
    const cells = {};
    const spans = {};
    for (const each of lines) {
      const cell = each.read();
      const moved = each.span?.() && isElsewhere(each);
      if (!row && each.field === main) continue;
      if (row ? cell !== (before[each.field.name] ?? "") || moved : cell !== "") cells[each.field.name] = cell;
      if (each.field.name in cells && each.span?.()) spans[each.field.name] = [each.span().start, each.span().end];
    }
    return { cells, spans };
  }

  function isElsewhere(each) {
    const was = each.field === main ? row : row?.anchors.find((anchor) => anchor.field === each.field.name);
    return Boolean(was) && (was.start !== each.span().start || was.end !== each.span().end);
  }

  function order() {
    const { cells, spans } = changes();
    if (row && !Object.keys(cells).length && note === startNote) throw new Error(unchanged);
    if (row) {
      const verdict = Object.keys(cells).length ? "amend" : row.state === "rejected" ? "reject" : "accept";
      return { path: "decide", body: { row_id: row.row_id, verdict, changes: cells, spans, note, seen } };
    }
    const place = main ? lineOf(main).span() : null;
    if (main && !place) throw new Error(`${main.title}: type words of the text, or select them in it.`);
    return { path: "add", body: { document_id: main ? state.documentId : null, table: table.name, ...(place ?? {}), values: cells, spans, note } };
  }

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    const bad = lines.find((each) => wrong(each.field, each.read()));
    alert.replaceChildren();
    busy = true;
    save.setAttribute("aria-disabled", "true");
    try {
      if (bad) throw new Error(`${bad.field.title}: ${wrong(bad.field, bad.read())}`);
      await onSave(order());
    } catch (error) {
      alert.replaceChildren(el("p", { text: error.message }), error.remedy ? el("p", { text: error.remedy }) : "");
      alert.scrollIntoView({ block: "nearest" });
      (bad ?? lines.find((each) => error.message.includes(`${each.field.name} `) || error.message.includes(`${each.field.name}:`)))?.control.focus();
    }
    busy = false;
    save.removeAttribute("aria-disabled");
  }

  function keyed(event) {
    if (event.key === "Escape") onCancel();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) element.requestSubmit();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return {
    element,
    /** Puts the keyboard on a column, else where one begins. */
    focus: (name) => {
      const wanted = lines.find((each) => each.field.name === name) ?? (row ? lines.find((each) => each.field.kind !== "anchor") : null);
      (wanted?.control ?? element.querySelector("select, input, textarea")).focus();
    },
    /** The columns that selected words can be put into: {name, title}. */
    targets: () => lines.filter((each) => each.take).map(({ field }) => ({ name: field.name, title: field.title })),
    take: (name, chosen) => { const chosenLine = lines.find((each) => each.field.name === name); chosenLine.take(chosen); chosenLine.control.focus(); },
    span: () => lineOf(main)?.span?.() ?? null,
    cells: () => Object.fromEntries(lines.map((each) => [each.field.name, each.read()])),
    dirty: () => Boolean(Object.keys(changes().cells).length) || note !== startNote,
    /** Says that the row says something else by now; what is typed stays, and saving puts it over the change. */
    stale: (now) => {
      seen = now.version;
      alert.replaceChildren(el("p", { text: "This row was changed elsewhere while you were writing. Your values are kept; saving puts them over the change." }));
    },
  };
}

const firstSentence = (text) => text.split(/(?<=[.:])\s/)[0];
