// The documents of the report: one at a time, its text with marks, its rows as a list, and the row that is chosen.

import { showText } from "./marks.js";
import { factsOf, make, openDocument, passes, stateBadge } from "./report-model.js";
import { letterOf, printedRows, rowDetails } from "./report-row.js";

const WITHHELD = {
  quotes:
    "The text may not be passed on. What stands here are the words of it that the dataset quotes, in their order.",
  none: "The text may not be passed on, and no words of it are quoted. Its rows are beside.",
};

/** The reader; `go` is told what to write into the page's address, `filterActor` to show one actor's rows. */
export function createReader(model, { go, filterActor }) {
  const by = (id) => document.getElementById(id);
  const reader = { model, go, filterActor, at: -1, chosen: null, filter: null, hidden: new Set(), view: null };
  reader.parts = {
    text: by("text"),
    rows: by("rows"),
    row: by("row"),
    legend: by("legend"),
    source: by("source"),
    select: by("document"),
    printed: by("printed"),
  };
  const { select } = reader.parts;
  select.replaceChildren(...model.index.documents.map((each, at) => make("option", { value: at }, titleOf(each))));
  select.onchange = () => go({ document: model.index.documents[Number(select.value)].document_id });
  for (const [id, step] of [
    ["previous", -1],
    ["next", 1],
  ])
    by(id).onclick = () => stepDocument(reader, step);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && reader.chosen !== null) leaveRow(reader);
  });
  addEventListener("beforeprint", () => reader.parts.printed.replaceChildren(...printedRows(reader)));
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
  const names = [...model.places.keys()]
    .filter((name) => rowId.startsWith(`${name}-`))
    .sort((one, other) => other.length - one.length);
  for (const name of names)
    if (openDocument(model, model.places.get(name)).byId.has(rowId)) return model.places.get(name);
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
  reader.view = showText(parts.text, {
    text: reader.doc.text,
    blocks: reader.doc.blocks,
    heading: 3,
    onSelect: (rowId, how) => reader.go({ row: rowId }, how),
  });
  if (reader.doc.shown !== "full") parts.text.prepend(make("p", { className: "withheld" }, WITHHELD[reader.doc.shown]));
  parts.text.scrollTop = 0;
  refresh(reader);
  closeRow(reader);
}

function sourceLine(about) {
  const link =
    about.url && /^https?:\/\//.test(about.url)
      ? make("a", { href: about.url, rel: "noreferrer" }, "source")
      : about.url;
  const known = [
    about.authors,
    about.publisher,
    about.published_on,
    about.words ? `${about.words.toLocaleString("en")} words` : null,
    about.rights,
    link,
  ];
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
  reader.parts.legend.replaceChildren(
    ...reader.model.marked.map((table) => {
      const count = passing.filter((row) => row.table === table.name).length;
      const box = make("input", { type: "checkbox", checked: !reader.hidden.has(table.name) });
      box.onchange = () => {
        reader.hidden[box.checked ? "delete" : "add"](table.name);
        const { scrollTop } = reader.parts.text;
        refresh(reader);
        reader.parts.text.scrollTop = scrollTop;
        reader.parts.legend.querySelectorAll("input")[reader.model.marked.indexOf(table)].focus();
      };
      return make(
        "label",
        { data: { table: table.name } },
        box,
        letterOf(table.name),
        `${table.title} `,
        make("b", {}, String(count)),
      );
    }),
    make("span", { className: "key" }, make("span", { className: "line people" }), "reviewed"),
    make("span", { className: "key" }, make("span", { className: "line machine" }), "the machine’s, not reviewed"),
  );
}

function drawList(reader) {
  const open = new Map(
    [...reader.parts.rows.querySelectorAll("details")].map((each) => [each.dataset.table, each.open]),
  );
  const groups = reader.model.marked
    .map((table) => {
      const rows = reader.shown.filter((row) => row.table === table.name);
      if (!rows.length) return null;
      const group = make("details", {
        data: { table: table.name },
        open: open.get(table.name) ?? table.name !== "mentions",
      });
      group.append(make("summary", {}, `${table.title} (${rows.length})`));
      const fill = () =>
        group.open &&
        group.childElementCount === 1 &&
        group.append(make("ol", {}, ...rows.map((row) => listItem(reader, row))));
      group.ontoggle = fill;
      fill();
      return group;
    })
    .filter(Boolean);
  reader.parts.rows.replaceChildren(
    ...(groups.length ? groups : [make("p", { className: "note" }, "No rows pass the filters.")]),
  );
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
  section.replaceChildren(...rowDetails(reader, row, () => leaveRow(reader)));
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

function openTable(reader, name) {
  closeRow(reader);
  const group = reader.parts.rows.querySelector(`details[data-table="${CSS.escape(name)}"]`);
  if (!group) return;
  group.open = true;
  group.querySelector("summary").focus();
}
