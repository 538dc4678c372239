// The documents of the report: one at a time, its text with marks, its rows as a list, and the row that is chosen.

import { LETTERS, showText } from "./marks.js";
import { actorName, codeLabel, factsOf, make, openDocument, passes, plainWords, precisionWords, stateBadge, stateWords, sum, when } from "./report-model.js";

const WITHHELD = {
  quotes: "The text may not be passed on. What stands here are the words of it that the dataset quotes, in their order.",
  none: "The text may not be passed on, and no words of it are quoted. Its rows are beside.",
};
const DATES = ["date_start", "date_end", "date_precision", "date_text"];
// Columns that say where words stand; they are in the list of all columns.
const PLACES = /(^|_)(start|end)$/;

/** The reader; `go` is told what to write into the page's address, `filterActor` to show one actor's rows. */
export function createReader(model, { go, filterActor }) {
  const by = (id) => document.getElementById(id);
  const reader = { model, go, filterActor, at: -1, chosen: null, filter: null, hidden: new Set(), view: null };
  reader.parts = { text: by("text"), rows: by("rows"), row: by("row"), legend: by("legend"), source: by("source"), select: by("document"), printed: by("printed") };
  const { select } = reader.parts;
  select.replaceChildren(...model.index.documents.map((each, at) => make("option", { value: at }, titleOf(each))));
  select.onchange = () => go({ document: model.index.documents[Number(select.value)].document_id });
  for (const [id, step] of [["previous", -1], ["next", 1]]) by(id).onclick = () => stepDocument(reader, step);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && reader.chosen !== null) leaveRow(reader);
  });
  addEventListener("beforeprint", () => fillPrinted(reader));
  addEventListener("afterprint", () => reader.parts.printed.replaceChildren());
  return {
    show: (at) => show(reader, at),
    choose: (rowId, how) => choose(reader, rowId, how),
    filter: (filter, counts = null) => refilter(reader, filter, counts),
    documentOf: (rowId) => documentOf(model, rowId),
    openTable: (name) => openTable(reader, name),
  };
}

function titleOf({ title, published_on }) {
  return published_on ? `${title} (${published_on})` : title;
}

function stepDocument(reader, step) {
  const next = reader.model.index.documents[reader.at + step];
  if (next) reader.go({ document: next.document_id });
}

/** The place of the document that a row stands in; -1 for a row that there is not. */
function documentOf(model, rowId) {
  const names = [...model.places.keys()].filter((name) => rowId.startsWith(`${name}-`)).sort((one, other) => other.length - one.length);
  for (const name of names) if (openDocument(model, model.places.get(name)).byId.has(rowId)) return model.places.get(name);
  return -1;
}

function show(reader, at) {
  if (at === reader.at) return;
  const { model, parts } = reader;
  const about = model.index.documents[at];
  Object.assign(reader, { at, chosen: null, doc: openDocument(model, at) });
  parts.select.value = String(at);
  document.getElementById("previous").disabled = at === 0;
  document.getElementById("next").disabled = at === model.index.documents.length - 1;
  parts.source.replaceChildren(...sourceLine(about));
  parts.text.lang = about.language ?? "";
  reader.view = showText(parts.text, { text: reader.doc.text, blocks: reader.doc.blocks, heading: 3, onSelect: (rowId, how) => reader.go({ row: rowId }, how) });
  if (reader.doc.shown !== "full") parts.text.prepend(make("p", { className: "withheld" }, WITHHELD[reader.doc.shown]));
  parts.text.scrollTop = 0;
  refresh(reader);
  closeRow(reader);
}

function sourceLine(about) {
  const link = about.url && /^https?:\/\//.test(about.url) ? make("a", { href: about.url, rel: "noreferrer" }, "source") : about.url;
  const known = [about.authors, about.publisher, about.published_on, about.words ? `${about.words.toLocaleString("en")} words` : null, about.rights, link];
  return known.filter(Boolean).flatMap((each, at) => (at ? [" · ", each] : [each]));
}

/** `counts` are the rows of each document that pass, where the filter asks for something. */
function refilter(reader, filter, counts) {
  reader.filter = filter;
  for (const [at, option] of [...reader.parts.select.options].entries()) {
    option.textContent = (counts ? `${counts[at]}: ` : "") + titleOf(reader.model.index.documents[at]);
  }
  if (reader.at >= 0) refresh(reader);
}

/** Marks, legend and list after a change of document, filter or legend. */
function refresh(reader) {
  const passing = reader.doc.rows.filter((row) => passes(reader.model, reader.filter, factsOf(reader.model, row)));
  const shown = passing.filter((row) => !reader.hidden.has(row.table));
  reader.view.setRows(shown);
  reader.view.select(reader.chosen);
  reader.shown = shown;
  drawLegend(reader, passing);
  drawList(reader);
}

function drawLegend(reader, passing) {
  reader.parts.legend.replaceChildren(...reader.model.marked.map((table) => {
    const count = passing.filter((row) => row.table === table.name).length;
    const box = make("input", { type: "checkbox", checked: !reader.hidden.has(table.name) });
    box.onchange = () => {
      reader.hidden[box.checked ? "delete" : "add"](table.name);
      const { scrollTop } = reader.parts.text;
      refresh(reader);
      reader.parts.text.scrollTop = scrollTop;
      reader.parts.legend.querySelectorAll("input")[reader.model.marked.indexOf(table)].focus();
    };
    const letter = make("span", { className: "letter", data: { table: table.name }, "aria-hidden": "true" }, LETTERS[table.name] ?? table.name[0].toUpperCase());
    return make("label", { data: { table: table.name } }, box, letter, `${table.title} `, make("b", {}, String(count)));
  }), make("span", { className: "key" }, make("span", { className: "line people" }), "reviewed"), make("span", { className: "key" }, make("span", { className: "line machine" }), "the machine’s, not reviewed"));
}

function drawList(reader) {
  const open = new Map([...reader.parts.rows.querySelectorAll("details")].map((each) => [each.dataset.table, each.open]));
  const groups = reader.model.marked.map((table) => {
    const rows = reader.shown.filter((row) => row.table === table.name);
    if (!rows.length) return null;
    const group = make("details", { data: { table: table.name }, open: open.get(table.name) ?? table.name !== "mentions" });
    group.append(make("summary", {}, `${table.title} (${rows.length})`));
    const fill = () => group.open && group.childElementCount === 1 && group.append(make("ol", {}, ...rows.map((row) => listItem(reader, row))));
    group.ontoggle = fill;
    fill();
    return group;
  }).filter(Boolean);
  reader.parts.rows.replaceChildren(...(groups.length ? groups : [make("p", { className: "note" }, "No rows pass the filters.")]));
}

function listItem(reader, row) {
  const button = make("button", { type: "button", dir: "auto", data: { row: row.row_id } }, row.label);
  button.onclick = (event) => reader.go({ row: row.row_id }, event.detail === 0 ? "keyboard" : "list");
  return make("li", {}, button, " ", stateBadge(row.state));
}

/** Shows a row of the current document; a row that filters hide is shown all the same. */
function choose(reader, rowId, how) {
  const row = reader.doc.byId.get(rowId);
  if (!row) return;
  reader.chosen = rowId;
  if (!reader.shown.includes(row)) reader.view.setRows([...reader.shown, row]);
  reader.view.select(rowId, { scroll: how !== "pointer" });
  const { row: section, rows } = reader.parts;
  section.replaceChildren(...rowDetails(reader, row));
  section.hidden = false;
  rows.hidden = true;
  if (how === "keyboard") section.querySelector("h3").focus();
}

function closeRow(reader) {
  reader.chosen = null;
  reader.view.select(null);
  reader.parts.row.hidden = true;
  reader.parts.rows.hidden = false;
}

function leaveRow(reader) {
  const rowId = reader.chosen;
  closeRow(reader);
  reader.go({ document: reader.model.index.documents[reader.at].document_id });
  reader.view.focus(rowId);
}

function rowDetails(reader, row) {
  const { model } = reader;
  const table = model.tables.get(row.table);
  const back = make("button", { type: "button", className: "back" }, "← All rows");
  back.onclick = () => leaveRow(reader);
  const step = (words, by) => {
    const order = reader.shown.map((each) => each.row_id);
    const next = order[order.indexOf(row.row_id) + by];
    const button = make("button", { type: "button", disabled: !next }, words);
    button.onclick = () => reader.go({ row: next }, "list");
    return button;
  };
  const letter = make("span", { className: "letter", data: { table: row.table }, "aria-hidden": "true" }, LETTERS[row.table] ?? "");
  return [
    make("div", { className: "steps" }, back, step("Previous", -1), step("Next", 1)),
    make("h3", { tabIndex: -1, dir: "auto" }, letter, " ", row.label),
    make("p", { className: "how" }, stateBadge(row.state), ` ${stateWords(row.state)}`),
    quoted(reader, row),
    fieldList(reader, table, row, (column) => !PLACES.test(column.name) && !["text", "summary", "coding", table.key, ...DATES].includes(column.name)),
    make("details", {}, make("summary", {}, "All columns"), fieldList(reader, table, row, () => true, { raw: true })),
    make("p", { className: "note" }, make("a", { href: `#row=${encodeURIComponent(row.row_id)}` }, "Link to this row"), ` · ${plainWords(row.table)}`),
  ].filter(Boolean);
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
    list.append(make("dt", {}, columnLink(reader.model, table.name, column)), make("dd", { dir: "auto" }, ...[value].flat()));
  };
  const date = table.columns.find((column) => column.name === "date_start");
  for (const column of table.columns) {
    if (wanted(column)) add(column, raw ? rawValue(reader, row, column) : shownValue(reader, row, column, brief));
    if (!raw && date && column.name === "date_text") add({ ...date, title: "Date" }, dateWords(row.values));
  }
  return list;
}

/** The column's title, linked to what the codebook says of it. */
export function columnLink(model, table, column) {
  const { codebook } = model.index;
  const href = codebook ? `${codebook}#${table}.${column.name}` : `#column=${table}.${column.name}`;
  return make("a", { href, title: column.description }, column.title);
}

function dateWords({ date_start, date_end, date_precision, date_text }) {
  if (!date_start && !date_end) return "undated in the text";
  return `${when(date_start, date_end, date_precision)} (${precisionWords(date_precision)}${date_text ? `: “${date_text}”` : ""})`;
}

function shownValue(reader, row, column, brief) {
  const { model } = reader;
  const value = row.values[column.name];
  if (value === null || value === undefined) return null;
  if (column.type === "actors") return value.flatMap((at, place) => (place ? ["; ", actorButton(reader, at)] : [actorButton(reader, at)]));
  if (column.refers === "actors") return actorButton(reader, model.actorPlaces.get(value));
  if (column.name === "amount") return sum(row.values);
  if (["amount_max", "currency", "qualifier", "period"].includes(column.name)) return null;
  if (column.type === "boolean") return value ? "yes" : null;
  if (column.codes.length && brief) return plainWords(value);
  if (column.codes.length) return [make("b", {}, plainWords(value)), ` ${codeLabel(model, row.table, column.name, value)}`];
  return String(value);
}

function rawValue(reader, row, column) {
  const value = row.values[column.name];
  if (column.type === "actors") return value.map((at) => reader.model.index.actors[at][0]).join("; ");
  return value === null || value === undefined ? null : make("code", {}, String(value));
}

function actorButton(reader, at) {
  const [, name, kind, country, role, , actsFor] = reader.model.index.actors[at];
  const about = [plainWords(kind), country, role, actsFor === null ? null : `for ${actorName(reader.model, actsFor)}`].filter(Boolean).join(", ");
  const button = make("button", { type: "button", className: "actor", title: "Show the rows of this actor" }, name);
  button.onclick = () => reader.filterActor(at);
  return make("span", {}, button, make("small", {}, ` ${about}`));
}

function openTable(reader, name) {
  closeRow(reader);
  const group = reader.parts.rows.querySelector(`details[data-table="${CSS.escape(name)}"]`);
  if (!group) return;
  group.open = true;
  group.querySelector("summary").focus();
}

/** What paper gets besides the text: each row of the document with its fields. */
function fillPrinted(reader) {
  const { model, parts } = reader;
  const items = reader.shown.filter((row) => row.table !== "mentions").map((row) => {
    const table = model.tables.get(row.table);
    const fields = fieldList(reader, table, row, (column) => !PLACES.test(column.name) && !["text", "coding", "summary", table.key, ...DATES].includes(column.name), { brief: true });
    return make("li", { data: { table: row.table } }, make("b", { dir: "auto" }, `${LETTERS[row.table] ?? ""} ${row.label}`), " ", stateBadge(row.state), fields);
  });
  parts.printed.replaceChildren(make("h3", {}, "Rows of this document"), make("ol", {}, ...items));
}
