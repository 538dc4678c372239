// The row in hand: what it says, what the machine thinks and why, what was decided, and the buttons to decide.

import { button, el } from "./dom.js";
import { STATES, codeLabel, ordered, ownDecision, readable } from "./review-state.js";

/**
 * The card of `row`. `acts` are {accept, reject, amend(field), undo, saveNote}; `note` is the note being written and
 * `onNote(text)` is told of each change to it.
 */
export function rowCard(state, row, acts, { note, onNote, unsaved }) {
  const table = state.tables.get(row.table);
  const saving = state.saving.has(row.row_id);
  return el(
    "section",
    {
      class: "card",
      "aria-label": "Row in hand",
      data: { table: row.table, state: row.state },
      "aria-busy": String(saving),
    },
    el(
      "div",
      { class: "card-head" },
      el("h3", {}, el("span", { class: "letter", "aria-hidden": "true", text: table.letter }), row.label),
      el(
        "p",
        { class: "where" },
        el("span", {
          class: "state",
          data: { state: saving ? "saving" : row.state },
          text: saving ? "not saved yet" : STATES[row.state].label,
        }),
        ` ${singular(table.title)}`,
      ),
    ),
    el(
      "div",
      { class: "actions" },
      button("Accept", acts.accept, { key: "a", class: "primary" }),
      button(unsaved ? "Amend (begun)" : "Amend", () => acts.amend(null), { key: "e" }),
      button("Reject", acts.reject, { key: "r" }),
      ownDecision(state, row) ? button("Undo", acts.undo, { key: "u" }) : null,
    ),
    row.sentence ? el("p", { class: "unseen", text: `In the sentence: ${row.sentence}` }) : null,
    gone(row),
    others(state, table, row),
    facts(state, table, row, acts),
    decided(state, row),
    el(
      "div",
      { class: "note" },
      el("label", { for: "note", text: "Note " }, el("kbd", { text: "m", "aria-hidden": "true" })),
      noteInput(ownDecision(state, row), note, onNote, acts),
    ),
  );
}

export const singular = (title) => title.replace(/s$/, "").toLowerCase();

function gone(row) {
  if (!row.gone) return null;
  return el("p", { class: "hint", text: "The machine no longer makes this row; the decision stands by itself." });
}

/** The columns that have a value, and where the machine says something else, what. */
function facts(state, table, row, acts) {
  const list = el("dl", { class: "facts-list" });
  for (const field of ordered(table.fields, "last")) {
    const cell = row.values[field.name] ?? "";
    const differs = row.machine !== null && field.name in row.machine;
    // What the heading says already is not said again.
    if (!differs && (!cell || cell === row.label)) continue;
    const label = field.computed ? "" : codeLabel(field, cell);
    const value = field.computed
      ? el("span", { text: readable(state, field, cell) })
      : el(
          "button",
          {
            type: "button",
            class: "value",
            tabindex: "-1",
            title: `Amend: ${field.description}`,
            on: { click: () => acts.amend(field.name) },
          },
          readable(state, field, cell),
        );
    list.append(
      el("dt", { text: field.title }),
      el(
        "dd",
        { class: differs ? "differs" : "" },
        value,
        label ? el("span", { class: "quiet", text: ` ${label}` }) : null,
        differs
          ? el("span", { class: "machine", text: `machine: ${readable(state, field, row.machine[field.name])}` })
          : null,
      ),
    );
  }
  if (row.rule) list.append(el("dt", { text: "Why" }), el("dd", {}, el("span", { text: `rule “${row.rule}”` })));
  return list;
}

/** What each of several reviewers decided where they differ. */
function others(state, table, row) {
  if (row.state !== "conflict") return null;
  const said = [...(row.mine ? [{ ...row.mine, reviewer: "you" }] : []), ...(row.others ?? [])];
  return el(
    "div",
    { class: "conflict" },
    el(
      "p",
      {},
      "Reviewers differ. ",
      el("a", { href: `settle#row=${encodeURIComponent(row.row_id)}`, text: "Settle" }),
    ),
    el(
      "ul",
      {},
      ...said.map((each) =>
        el("li", { text: `${each.reviewer}: ${each.decision}${each.note ? ` – ${each.note}` : ""}` }),
      ),
    ),
  );
}

function decided(state, row) {
  if (!row.decision || row.state === "conflict") return null;
  const { reviewer, decided_on: day, note } = row.decision;
  return el(
    "p",
    { class: "quiet decided" },
    `${STATES[row.state].label} by ${reviewer}${day ? `, ${day}` : ""}`,
    row.settled ? `, settled by ${row.settled}` : null,
    // One's own note stands in the field below.
    note && !ownDecision(state, row) ? el("span", { text: `: ${note}` }) : null,
  );
}

/** A note goes with the decision that follows; on a row that one decided oneself, Enter saves it. */
function noteInput(own, note, onNote, acts) {
  const input = el("input", {
    id: "note",
    type: "text",
    autocomplete: "off",
    placeholder: own ? "Enter saves it" : "goes with your decision",
  });
  input.value = note;
  input.addEventListener("input", () => onNote(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") acts.saveNote();
    else acts.leaveNote();
  });
  return input;
}
