// The report: starts its parts, and keeps the page's address, the filters and what is shown in step.
//
// Addresses that stay: #document=ID, #row=ROW_ID, #table=NAME, #column=TABLE.COLUMN, #actor=ACTOR_ID.

import { createCharts } from "./report-charts.js";
import { actorName, indexRows, make, openModel, passes, plainWords, counted } from "./report-model.js";
import { createReader } from "./report-reader.js";

const model = openModel();
const form = document.querySelector("#filters form");
const NONE = { actor: null, type: "", status: "", coding: "", from: "", until: "" };
let filter = { ...NONE };

const reader = createReader(model, { go, filterActor });
const charts = createCharts(model, { go });

/** Goes to an address of the page: {row}, {document}, …; `how` says by what ("keyboard", "pointer", "list"). */
function go(place, how = "list") {
  const [[name, value]] = Object.entries(place);
  history.replaceState(null, "", `#${name}=${encodeURIComponent(value)}`);
  follow(how);
}

function follow(how = "address") {
  const [name, ...rest] = location.hash.slice(1).split("=");
  const value = decoded(rest.join("="));
  if (name === "row") return showRow(value, how);
  if (name === "document" && model.places.has(value)) return showDocument(model.places.get(value), how);
  if (name === "table" && model.tables.has(value)) return showTable(value);
  if (name === "actor" && model.actorPlaces.has(value)) return filterActor(model.actorPlaces.get(value));
  if (name === "column") return showColumn(value);
  return undefined;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function showRow(rowId, how) {
  const at = reader.documentOf(rowId);
  if (at < 0) return say(`There is no row ${rowId} in this report.`);
  reader.show(at);
  if (how === "chart" || how === "address") document.getElementById("reader").scrollIntoView();
  return reader.choose(rowId, how);
}

function showDocument(at, how) {
  reader.show(at);
  if (how === "address") document.getElementById("reader").scrollIntoView();
}

function showTable(name) {
  if (!model.tables.get(name).marked) return showColumn(name);
  form.type.value = name;
  readFilters();
  document.getElementById("reader").scrollIntoView();
  return reader.openTable(name);
}

function showColumn(name) {
  const [table] = name.split(".");
  const box = document.getElementById(`table-${table}`);
  if (!box) return;
  box.open = true;
  (document.getElementById(`column-${name}`) ?? box).scrollIntoView();
}

function say(words) {
  document.getElementById("matching").textContent = words;
}

function filterActor(at) {
  document.getElementById("filters").open = true;
  form.actor.value = actorName(model, at);
  readFilters();
}

function options(select, entries) {
  select.replaceChildren(...entries.map(([value, name]) => make("option", { value }, name)));
}

/** Fills the choices: codes from the schemas, names from the actors. */
function fillFilters() {
  document
    .getElementById("actor-names")
    .replaceChildren(...model.index.actors.map(([, name]) => make("option", { value: name })));
  const types = model.marked.flatMap((table) => {
    const column = table.columns.find((each) => ["event_type", "kind"].includes(each.name));
    return [
      [table.name, table.title],
      ...(column?.codes ?? []).map(([code]) => [`${table.name}:${code}`, `  ${table.title}: ${plainWords(code)}`]),
    ];
  });
  options(form.type, [["", "any"], ...types]);
  const statuses = model.marked.flatMap(
    (table) => table.columns.find((each) => each.name === "status")?.codes.map(([code]) => code) ?? [],
  );
  options(form.status, [["", "any"], ...[...new Set(statuses)].map((code) => [code, plainWords(code)])]);
  options(form.coding, [
    ["", "any"],
    ["people", "reviewed"],
    ...["machine", "confirmed", "amended", "added"].map((code) => [
      code,
      code === "machine" ? "machine, not reviewed" : code,
    ]),
  ]);
  form.oninput = () => readFilters();
  form.onreset = () => setTimeout(readFilters);
  form.onsubmit = (event) => event.preventDefault();
}

function readFilters() {
  const named = form.actor.value.trim();
  const actor = model.index.actors.findIndex(([, name]) => name === named);
  filter = {
    type: form.type.value,
    status: form.status.value,
    coding: form.coding.value,
    from: form.from.value,
    until: form.until.value,
    actor: named && actor >= 0 ? actor : null,
  };
  countMatching(named && actor < 0);
  reader.filter(filter, isSet() ? matchingByDocument() : null);
  charts.draw(filter);
}

const all = Object.values(indexRows(model)).flat();

function isSet() {
  return Object.keys(NONE).some((name) => filter[name] !== NONE[name]);
}

/** How many rows of each document pass the filter, mentions apart. */
function matchingByDocument() {
  const counts = model.index.documents.map(() => 0);
  for (const row of all) if (passes(model, filter, row)) counts[row.at] += 1;
  return counts;
}

function countMatching(unknown) {
  if (unknown) return say("no actor of that name");
  const left = all.filter((row) => passes(model, filter, row)).length;
  return say(isSet() ? `${left.toLocaleString("en")} of ${all.length.toLocaleString("en")} rows` : "");
}

function fillHead() {
  const { index } = model;
  document.getElementById("about").textContent = index.description;
  const counts = [
    ["documents", index.documents.length],
    ["events", index.events.length],
    ["quotations", index.quotations.length],
    ["aid figures", index.aid.length],
    ["actors", index.actors.length],
  ];
  document
    .getElementById("facts")
    .replaceChildren(
      ...counts.map(([name, count]) =>
        make("span", {}, make("b", {}, count.toLocaleString("en")), ` ${count === 1 ? name.slice(0, -1) : name}`),
      ),
    );
  document.getElementById("closed").hidden = index.closed === 0;
  document.getElementById("closed-count").textContent = counted(index.closed, "document");
  const foot = [
    `${index.title}${index.version ? `, version ${index.version}` : ""}`,
    index.creators.join("; "),
    index.licence,
    index.public
      ? "For others: texts are cut to what may be passed on."
      : "For the project: holds the texts of its documents.",
    `Made from datapackage.json ${index.built.slice(0, 12)}…`,
  ];
  document.getElementById("foot").textContent = foot.filter(Boolean).join(" · ");
}

/** What tables, columns and codes mean; each with an address. */
function fillCodebook() {
  const { index } = model;
  const beside = index.codebook
    ? [
        make(
          "p",
          { className: "note" },
          "The release’s ",
          make("a", { href: index.codebook }, "codebook"),
          " has also counts, types and how to load the tables.",
        ),
      ]
    : [];
  const tables = index.tables.map((table) => {
    const box = make(
      "details",
      { id: `table-${table.name}` },
      make("summary", {}, `${table.title} `, make("code", {}, table.name)),
    );
    const columns = table.columns.flatMap((column) => [
      make("dt", { id: `column-${table.name}.${column.name}` }, column.title, " ", make("code", {}, column.name)),
      make(
        "dd",
        {},
        column.description,
        column.codes.length
          ? make("ul", {}, ...column.codes.map(([code, label]) => make("li", {}, make("code", {}, code), ` ${label}`)))
          : null,
      ),
    ]);
    box.append(make("p", {}, table.description), make("dl", {}, ...columns));
    return box;
  });
  document.getElementById("codebook").append(...beside, ...tables);
}

document.body.append(make("div", { id: "tip", role: "tooltip", hidden: true }));
fillHead();
fillFilters();
fillCodebook();
reader.filter(filter);
if (model.index.documents.length) reader.show(0);
follow();
addEventListener("hashchange", () => follow());
charts.draw(filter);
performance.mark("document shown");
document.body.dataset.ready = "true";
