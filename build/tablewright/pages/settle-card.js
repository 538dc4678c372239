// The row in hand of the page that settles differences: its sentence, and every reviewer's coding in a column.

import { button, el } from "./dom.js";
import { codeLabel, ordered, readable } from "./review-state.js";

/** What a reviewer's decision is called in the head of the column. */
const SAID = { confirm: "accepted", amend: "amended", reject: "rejected", add: "added", none: "has no such row" };

/** Whether the reviewer wants the row in the dataset. */
export const keeps = (decision) => decision.decision !== "reject" && decision.decision !== "none";

/** The row side by side; `acts` are {take(at), amend(), reject(), undo()}; `note` and `onNote` the note being written. */
export function settleCard(state, row, acts, { note, onNote, busy }) {
  const table = state.tables.get(row.table);
  const input = el("input", {
    id: "note",
    type: "text",
    autocomplete: "off",
    on: { input: () => onNote(input.value) },
  });
  input.value = note;
  return el(
    "div",
    { data: { table: row.table }, "aria-busy": String(busy) },
    el("h2", {}, el("span", { class: "letter", "aria-hidden": "true", text: table.letter }), row.label),
    sentence(row),
    el(
      "p",
      { class: "where" },
      el("span", {
        class: "state",
        data: { state: row.settled ? "confirmed" : "conflict" },
        text: row.settled ? settledBy(row) : "reviewers differ",
      }),
      ` ${table.title} · ${row.document_id || "all documents"}`,
    ),
    el(
      "div",
      { class: "actions" },
      ...row.decisions.map(
        (each, at) =>
          keeps(each) &&
          button(`Take ${each.reviewer}’s`, () => acts.take(at), { key: String(at + 1), class: "primary" }),
      ),
      row.decisions.some(keeps) ? button("Values of one’s own", acts.amend, { key: "e" }) : null,
      button("Reject the row", acts.reject, { key: "r" }),
      row.settled ? button("Undo", acts.undo, { key: "u" }) : null,
    ),
    el(
      "div",
      { class: "note" },
      el("label", { for: "note" }, "Note ", el("kbd", { text: "m", "aria-hidden": "true" })),
      input,
    ),
    codings(state, table, row),
  );
}

function settledBy({ settlement }) {
  return `settled by ${settlement.reviewer}: ${settlement.decision === "reject" ? "rejected" : "kept"}`;
}

/** The sentence with the row's words marked; without one the words and what stands around them. */
function sentence(row) {
  const at = row.sentence ? row.sentence.replace(/\s+/g, " ").indexOf(row.text) : -1;
  const words = el("mark", { text: row.text });
  if (!row.text) return el("p", { class: "sentence", text: row.sentence ?? "" });
  if (at < 0) return el("p", { class: "sentence" }, `${row.prefix ?? ""}`, words, `${row.suffix ?? ""}`);
  const flat = row.sentence.replace(/\s+/g, " ");
  return el("p", { class: "sentence" }, flat.slice(0, at), words, flat.slice(at + row.text.length));
}

function codings(state, table, row) {
  const columns = [...row.decisions, ...(row.settlement ? [{ ...row.settlement, settles: true }] : [])];
  const head = el(
    "tr",
    {},
    el("th", { scope: "col" }, el("span", { class: "unseen", text: "Column" })),
    ...columns.map((each) => el("th", { scope: "col" }, each.settles ? `settled (${each.reviewer})` : each.reviewer)),
  );
  const verdicts = line(
    "In the dataset",
    row.columns.includes("keep"),
    columns.map((each) =>
      keeps(each) ? `yes, ${SAID[each.decision] ?? each.decision}` : `no, ${SAID[each.decision] ?? each.decision}`,
    ),
  );
  const differs = (field) => row.columns.includes(field.name);
  const used = ordered(table.fields, "first").filter((field) => columns.some((each) => each.values[field.name]));
  const fields = [...used.filter(differs), ...used.filter((field) => !differs(field))];
  const body = fields.map((field) =>
    line(
      field.title,
      differs(field),
      columns.map((each) => cell(state, field, each)),
    ),
  );
  const notes = columns.some((each) => each.note)
    ? [
        line(
          "Note",
          false,
          columns.map((each) => each.note ?? ""),
        ),
      ]
    : [];
  return el(
    "div",
    { class: "codings", tabindex: "0", role: "region", "aria-label": "Codings" },
    el("table", {}, el("thead", {}, head), el("tbody", {}, verdicts, ...body, ...notes)),
  );
}

function cell(state, field, each) {
  if (!keeps(each)) return "";
  const label = field.computed ? "" : codeLabel(field, each.values[field.name]);
  return [
    readable(state, field, each.values[field.name] ?? ""),
    label && el("span", { class: "quiet", text: ` ${label}` }),
  ];
}

function line(title, differs, cells) {
  return el(
    "tr",
    { class: differs ? "differs" : "" },
    el("th", { scope: "row" }, title, differs ? el("span", { class: "unseen", text: " (differs)" }) : null),
    ...cells.map((each) => el("td", {}, each)),
  );
}
