// A row of a document for people to read, on the page and on paper.

import { LETTERS } from "./marks.js";
import {
  actorName,
  codeLabel,
  make,
  plainWords,
  precisionWords,
  stateBadge,
  stateWords,
  sum,
  when,
} from "./report-model.js";

const DATES = ["date_start", "date_end", "date_precision", "date_text"];
// Columns that say where words stand; they are in the list of all columns.
const PLACES = /(^|_)(start|end)$/;

/** The letter of a table, in its colour. */
export function letterOf(table) {
  const letter = LETTERS[table] ?? table[0].toUpperCase();
  return make("span", { className: "letter", data: { table }, "aria-hidden": "true" }, letter);
}

/** A row for people to read: its sentence, its fields, and all its columns; `leave` goes back to the list. */
export function rowDetails(reader, row, leave) {
  const { model } = reader;
  const table = model.tables.get(row.table);
  const back = make("button", { type: "button", className: "back" }, "← All rows");
  back.onclick = leave;
  const step = (words, by) => {
    const order = reader.shown.map((each) => each.row_id);
    const next = order[order.indexOf(row.row_id) + by];
    const button = make("button", { type: "button", disabled: !next }, words);
    button.onclick = () => reader.go({ row: next }, "list");
    return button;
  };
  return [
    make("div", { className: "steps" }, back, step("Previous", -1), step("Next", 1)),
    make("h3", { tabIndex: -1, dir: "auto" }, letterOf(row.table), " ", row.label),
    make("p", { className: "how" }, stateBadge(row.state), ` ${stateWords(row.state)}`),
    quoted(reader, row),
    fieldList(reader, table, row, (column) => isTold(table, column)),
    make(
      "details",
      {},
      make("summary", {}, "All columns"),
      fieldList(reader, table, row, () => true, { raw: true }),
    ),
    make(
      "p",
      { className: "note" },
      make("a", { href: `#row=${encodeURIComponent(row.row_id)}` }, "Link to this row"),
      ` · ${plainWords(row.table)}`,
    ),
  ].filter(Boolean);
}

/** Whether a column is told by itself; the others are in the heading, the date, or the list of all columns. */
function isTold(table, { name }) {
  return !PLACES.test(name) && !["text", "summary", "coding", table.key, ...DATES].includes(name);
}

/** The sentence that the row's words stand in, the words marked; of a text that is not shown the words alone. */
function quoted(reader, row) {
  const { doc, view } = reader;
  if (row.end <= row.start) return null;
  const around = doc.sentences.filter(([start, end]) => start < row.end && end > row.start);
  const start = Math.min(row.start, ...around.map((each) => each[0]));
  const end = Math.max(row.end, ...around.map((each) => each[1]));
  const words = make("mark", { data: { table: row.table } }, view.index.slice(row.start, row.end));
  return make("blockquote", { dir: "auto" }, view.index.slice(start, row.start), words, view.index.slice(row.end, end));
}

function fieldList(reader, table, row, wanted, { raw = false, brief = false } = {}) {
  const list = make("dl", {});
  const add = (column, value) => {
    if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) return;
    list.append(
      make("dt", {}, columnLink(reader.model, table.name, column)),
      make("dd", { dir: "auto" }, ...[value].flat()),
    );
  };
  const date = table.columns.find((column) => column.name === "date_start");
  for (const column of table.columns) {
    if (wanted(column)) add(column, raw ? rawValue(reader, row, column) : shownValue(reader, row, column, brief));
    if (!raw && date && column.name === "date_text") add({ ...date, title: "Date" }, dateWords(row.values));
  }
  return list;
}

/** The column's title, linked to what the codebook says of it. */
function columnLink(model, table, column) {
  const { codebook } = model.index;
  const href = codebook ? `${codebook}#${table}.${column.name}` : `#column=${table}.${column.name}`;
  return make("a", { href, title: column.description }, column.title);
}

function dateWords({ date_start, date_end, date_precision, date_text }) {
  if (!date_start && !date_end) return "undated in the text";
  const worded = date_text ? `: “${date_text}”` : "";
  return `${when(date_start, date_end, date_precision)} (${precisionWords(date_precision)}${worded})`;
}

function shownValue(reader, row, column, brief) {
  const { model } = reader;
  const value = row.values[column.name];
  if (value === null || value === undefined) return null;
  if (column.type === "actors")
    return value.flatMap((at, place) => (place ? ["; ", actorButton(reader, at)] : [actorButton(reader, at)]));
  if (column.refers === "actors") return actorButton(reader, model.actorPlaces.get(value));
  if (column.name === "amount") return sum(row.values);
  if (["amount_max", "currency", "qualifier", "period"].includes(column.name)) return null;
  if (column.type === "boolean") return value ? "yes" : null;
  if (column.codes.length && brief) return plainWords(value);
  if (column.codes.length)
    return [make("b", {}, plainWords(value)), ` ${codeLabel(model, row.table, column.name, value)}`];
  return String(value);
}

function rawValue(reader, row, column) {
  const value = row.values[column.name];
  if (column.type === "actors") return value.map((at) => reader.model.index.actors[at][0]).join("; ");
  return value === null || value === undefined ? null : make("code", {}, String(value));
}

function actorButton(reader, at) {
  const [, name, kind, country, role, , actsFor] = reader.model.index.actors[at];
  const about = [plainWords(kind), country, role, actsFor === null ? null : `for ${actorName(reader.model, actsFor)}`]
    .filter(Boolean)
    .join(", ");
  const button = make("button", { type: "button", className: "actor", title: "Show the rows of this actor" }, name);
  button.onclick = () => reader.filterActor(at);
  return make("span", {}, button, make("small", {}, ` ${about}`));
}

/** What paper gets besides the text: each row of the document with its fields. */
export function printedRows(reader) {
  const items = reader.shown
    .filter((row) => row.table !== "mentions")
    .map((row) => {
      const table = reader.model.tables.get(row.table);
      const fields = fieldList(reader, table, row, (column) => isTold(table, column), { brief: true });
      const label = make("b", { dir: "auto" }, `${LETTERS[row.table] ?? ""} ${row.label}`);
      return make("li", { data: { table: row.table } }, label, " ", stateBadge(row.state), fields);
    });
  return [make("h3", {}, "Rows of this document"), make("ol", {}, ...items)];
}
