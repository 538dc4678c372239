// What the report's charts share: a chart with its words, tables beside charts, counts of pairs of actors.

import { actorName, make } from "./report-model.js";

/** The quad classes in words. */
export const QUADS = {
  verbal_cooperation: "cooperation in words",
  material_cooperation: "cooperation in deeds",
  verbal_conflict: "conflict in words",
  material_conflict: "conflict in deeds",
};
// More actors than these make squares too small to read; the tables have all.
const MOST_ACTORS = 20;
/** Above so many rows a chart has no words beside its marks. */
export const MOST_LABELS = 45;
const MOST_TOLD = 500;

/** A chart to be drawn: its specification with the rows in it, what it says in words, heights and parameters. */
export function chart(charts, name, datasets, { label, params = {}, height, minimum = 0 }) {
  const spec = structuredClone(charts.model.charts[name]);
  spec.datasets = datasets;
  if (height) spec.height = height;
  for (const each of spec.params ?? []) if (each.name in params) each.value = params[each.name];
  // Vega gives its own role to the element that it draws into.
  const node = make(
    "div",
    { className: "chart", role: "img", "aria-label": label, data: { chart: name } },
    make("div"),
  );
  if (minimum) node.classList.add("wide");
  return { node, spec };
}

/** A note under a chart's heading. */
export const words = (...children) => ({ node: make("p", { className: "note" }, ...children) });

/** A table. A cell that is {row, text} leads to its row. */
export function tabled(caption, heads, rows) {
  const cell = (value) => {
    if (!value?.row) return make("td", { dir: "auto" }, value instanceof Node ? value : String(value ?? ""));
    return make("td", { dir: "auto" }, make("a", { href: `#row=${encodeURIComponent(value.row)}` }, value.text));
  };
  const body = rows.slice(0, MOST_TOLD).map((row) => make("tr", {}, ...row.map(cell)));
  const head = make("tr", {}, ...heads.map((each) => make("th", { scope: "col" }, each)));
  const more = rows.length > MOST_TOLD ? ` (the first ${MOST_TOLD} lines; filters narrow them)` : "";
  const table = make(
    "table",
    {},
    make("caption", {}, caption + more),
    make("thead", {}, head),
    make("tbody", {}, ...body),
  );
  return make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": caption }, table);
}

/** The same as a table, closed until it is asked for. */
export function told(caption, heads, rows) {
  const box = make(
    "details",
    { className: "told" },
    make(
      "summary",
      {},
      `The same as a table (${rows.length.toLocaleString("en")} ${rows.length === 1 ? "line" : "lines"})`,
    ),
  );
  const fill = () => box.open && box.childElementCount === 1 && box.append(tabled(caption, heads, rows));
  box.ontoggle = fill;
  return { node: box };
}

/** What colours and outlines tell, as a list. */
export function key(entries) {
  const items = entries.map(([colour, name]) =>
    make("li", {}, make("span", { className: "swatch", data: { colour } }), name),
  );
  return { node: make("ul", { className: "key-list" }, ...items) };
}

/** What the marks of charts about events tell. */
export const QUAD_KEY = [
  ...Object.entries(QUADS),
  ["people", "filled: reviewed"],
  ["machine", "hollow, broken outline: the machine’s, not reviewed"],
];

/** Counts of rows by two actors (and a class): {one, other, quad, all, people, rows}. */
export function paired(rows, pairsOf) {
  const found = new Map();
  for (const row of rows) {
    for (const [one, other] of pairsOf(row)) {
      const id = `${one} ${other} ${row.quad ?? ""}`;
      if (!found.has(id)) found.set(id, { one, other, quad: row.quad, all: 0, people: 0, rows: [] });
      const pair = found.get(id);
      pair.all += 1;
      pair.people += row.coding === "machine" ? 0 : 1;
      pair.rows.push(row.row_id);
    }
  }
  return [...found.values()].sort((one, other) => other.all - one.all);
}

/** The actors that most rows are about, the most frequent first. */
function frequent(pairs, side) {
  const counts = new Map();
  for (const pair of pairs) counts.set(pair[side], (counts.get(pair[side]) ?? 0) + pair.all);
  return [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([at]) => at);
}

/** The pairs among the most frequent actors of each side, and the actors that have such a pair. */
export function foremost(pairs) {
  const rows = frequent(pairs, "one").slice(0, MOST_ACTORS);
  const columns = frequent(pairs, "other").slice(0, MOST_ACTORS);
  const drawn = pairs.filter((pair) => rows.includes(pair.one) && columns.includes(pair.other));
  const has = (side) => (at) => drawn.some((pair) => pair[side] === at);
  return { rows: rows.filter(has("one")), columns: columns.filter(has("other")), drawn };
}

/** What is not drawn, in words. */
export function left(pairs, drawn) {
  return pairs.length > drawn.length
    ? `Drawn are the ${MOST_ACTORS} most frequent actors on each side; the table has all.`
    : "";
}

/** Vega takes the order of names from the data: the first of each come first. */
export function ordered(data, rows, columns, charts, row, column) {
  const rank = (names) => new Map(names.map((at, place) => [actorName(charts.model, at), place]));
  const [down, across] = [rank(rows), rank(columns)];
  const blank = { all: 0, people: 0, rows: [] };
  const first = data[0];
  const lead = [
    ...rows.map((at) => ({ ...first, ...blank, tip: "", [row]: actorName(charts.model, at) })),
    ...columns.map((at) => ({ ...first, ...blank, tip: "", [column]: actorName(charts.model, at) })),
  ];
  return [
    ...lead,
    ...[...data].sort(
      (one, other) => down.get(one[row]) - down.get(other[row]) || across.get(one[column]) - across.get(other[column]),
    ),
  ];
}
