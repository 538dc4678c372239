// The report's charts: what the filters leave, counted and placed, drawn by Vega, and each told as a table as well.

import { actorName, codeLabel, indexRows, make, passes, plainWords, precisionWords, stateBadge, sum, when } from "./report-model.js";
import { laneBars } from "./report-lanes.js";

const QUADS = { verbal_cooperation: "cooperation in words", material_cooperation: "cooperation in deeds", verbal_conflict: "conflict in words", material_conflict: "conflict in deeds" };
// More actors than these make squares too small to read; the tables have all.
const MOST_ACTORS = 20;
const MOST_BARS = 25;
const MOST_LABELS = 45;
const MOST_TOLD = 500;

/** The charts; `go` shows a row, `tableLink` links a column's name. `draw(filter)` draws all of them. */
export function createCharts(model, { go }) {
  const charts = { model, go, rows: indexRows(model), turn: 0 };
  const sections = [
    [timeline, "timeline", "When it happened", "Each event is a bar over the days that the text allows: an event dated “in 2022” takes the whole year. A click on a bar shows its row."],
    [matrix, "matrix", "Who acts with and against whom", "Events by who acts (rows) and with, for or against whom (columns). Joint acts count both ways. Larger squares are more events."],
    [aid, "aid", "Aid by donor, recipient and year", "Each figure where its amount is, one scale for each currency. Figures are not added up: a total and its parts may both be told, and currencies are never mixed. Arrows mark amounts that are at least (▸) or at most (◂) so much, lines a range."],
    [speakers, "quoted", "Who is quoted, and on whom", "How often each actor is quoted, and which actors the quoted words mention."],
    [quality, "quality", "How good the coding is", "How each table’s rows came to be, and how well the machine does against what was decided in review."],
  ];
  charts.sections = sections.map(([draw, id, title, note]) => {
    const section = document.getElementById(id);
    const body = make("div", { className: "chart-body" });
    section.replaceChildren(make("h2", { id: `${id}-head` }, title), make("p", { className: "note" }, note), body);
    return { draw, body };
  });
  return { draw: (filter) => drawAll(charts, filter) };
}

/** Draws one chart after another, so that the page answers in between; a newer filter ends an older drawing. */
async function drawAll(charts, filter) {
  const turn = (charts.turn += 1);
  const found = Object.fromEntries(Object.entries(charts.rows).map(([name, rows]) => [name, rows.filter((row) => passes(charts.model, filter, row))]));
  for (const { draw, body } of charts.sections) {
    await new Promise((next) => setTimeout(next));
    if (turn !== charts.turn) return;
    const parts = draw(charts, found);
    body.replaceChildren(...parts.map((part) => part.node));
    for (const part of parts) if (part.spec) await embed(charts, part);
  }
  performance.mark("charts drawn");
  document.body.dataset.drawn = "true";
}

/** A chart to be drawn: its specification with the rows in it, what it says in words, heights and parameters. */
function chart(charts, name, datasets, { label, params = {}, height, minimum = 0 }) {
  const spec = structuredClone(charts.model.charts[name]);
  spec.datasets = datasets;
  if (height) spec.height = height;
  for (const each of spec.params ?? []) if (each.name in params) each.value = params[each.name];
  // Vega gives its own role to the element that it draws into.
  const node = make("div", { className: "chart", role: "img", "aria-label": label, data: { chart: name } }, make("div"));
  if (minimum) node.classList.add("wide");
  return { node, spec };
}

async function embed(charts, { node, spec }) {
  const options = { mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: (handler, event, item, value) => tell(event, item?.datum) };
  const { view } = await globalThis.vegaEmbed(node.firstChild, spec, options);
  view.addEventListener("mousemove", (event, item) => tell(event, item?.datum));
  view.addEventListener("mouseout", () => tell(null, null));
  view.addEventListener("click", (event, item) => item?.datum?.rows?.length && charts.go({ row: item.datum.rows[0] }, "chart"));
}

function tell(event, datum) {
  const box = document.getElementById("tip");
  box.hidden = !datum?.tip;
  if (!datum?.tip) return;
  box.textContent = datum.tip;
  box.style.left = `${Math.min(event.clientX + 12, innerWidth - box.offsetWidth - 8)}px`;
  box.style.top = `${Math.min(event.clientY + 16, innerHeight - box.offsetHeight - 8)}px`;
}

const words = (...children) => ({ node: make("p", { className: "note" }, ...children) });

/** A table. A cell that is {row, text} leads to its row. */
function tabled(caption, heads, rows) {
  const cell = (value) => {
    if (!value?.row) return make("td", { dir: "auto" }, value instanceof Node ? value : String(value ?? ""));
    return make("td", { dir: "auto" }, make("a", { href: `#row=${encodeURIComponent(value.row)}` }, value.text));
  };
  const body = rows.slice(0, MOST_TOLD).map((row) => make("tr", {}, ...row.map(cell)));
  const head = make("tr", {}, ...heads.map((each) => make("th", { scope: "col" }, each)));
  const more = rows.length > MOST_TOLD ? ` (the first ${MOST_TOLD} lines; filters narrow them)` : "";
  const table = make("table", {}, make("caption", {}, caption + more), make("thead", {}, head), make("tbody", {}, ...body));
  return make("div", { className: "scroll", tabIndex: 0, role: "region", "aria-label": caption }, table);
}

/** The same as a table, closed until it is asked for. */
function told(caption, heads, rows) {
  const box = make("details", { className: "told" }, make("summary", {}, `The same as a table (${rows.length.toLocaleString("en")} ${rows.length === 1 ? "line" : "lines"})`));
  const fill = () => box.open && box.childElementCount === 1 && box.append(tabled(caption, heads, rows));
  box.ontoggle = fill;
  return { node: box };
}

function key(entries) {
  const items = entries.map(([colour, name]) => make("li", {}, make("span", { className: "swatch", data: { colour } }), name));
  return { node: make("ul", { className: "key-list" }, ...items) };
}

const QUAD_KEY = [...Object.entries(QUADS), ["people", "filled: reviewed"], ["machine", "hollow, broken outline: the machine’s, not reviewed"]];

function timeline(charts, { events }) {
  const dated = events.filter((event) => event.start || event.end);
  const undated = events.length - dated.length;
  const count = `${dated.length.toLocaleString("en")} dated ${dated.length === 1 ? "event" : "events"}; ${undated.toLocaleString("en")} without a date in the text ${undated === 1 ? "is" : "are"} not drawn.`;
  const rows = [...events].sort((one, other) => ((one.start ?? one.end ?? "9") < (other.start ?? other.end ?? "9") ? -1 : 1));
  const table = told("Events by date", ["When", "Precision", "What", "Type", "Status", "Coding"], rows.map((event) =>
    [when(event.start, event.end, event.precision), precisionWords(event.precision), { row: event.row_id, text: event.label }, event.type, event.status, stateBadge(event.coding)]));
  if (!dated.length) return [words(count), table];
  const room = document.getElementById("timeline").clientWidth;
  const published = (event) => charts.model.index.documents[event.at].published_on;
  const drawn = laneBars(dated, { labelled: dated.length <= MOST_LABELS && room > 640, room, published, precisionWords });
  const picture = chart(charts, "timeline", drawn.datasets, { label: `Timeline of ${count}`, height: drawn.height });
  return [key(QUAD_KEY), words(count), picture, table];
}

/** Counts of rows by two actors (and a class): {one, other, quad, all, people, rows}. */
function paired(rows, pairsOf) {
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

function sides({ source, target }) {
  const joint = source.flatMap((one) => source.filter((other) => other !== one).map((other) => [one, other]));
  return [...source.flatMap((one) => target.map((other) => [one, other])), ...joint];
}

/** The actors that most rows are about, the most frequent first. */
function frequent(pairs, side) {
  const counts = new Map();
  for (const pair of pairs) counts.set(pair[side], (counts.get(pair[side]) ?? 0) + pair.all);
  return [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([at]) => at);
}

function matrix(charts, { events }) {
  const pairs = paired(events, sides);
  const lonely = events.filter((event) => !sides(event).length).length;
  const { rows, columns, drawn } = foremost(pairs);
  const data = drawn.map((pair) => ({
    source: actorName(charts.model, pair.one), target: actorName(charts.model, pair.other), quad: pair.quad,
    kind: pair.quad.startsWith("verbal") ? "words" : "deeds", mood: pair.quad.endsWith("conflict") ? "conflict" : "cooperation",
    all: pair.all, people: pair.people, rows: pair.rows,
    tip: `${actorName(charts.model, pair.one)} → ${actorName(charts.model, pair.other)}\n${QUADS[pair.quad]}: ${pair.all} (${pair.people} reviewed)`,
  }));
  const table = told("Events by who acts and with, for or against whom", ["Who acts", "With, for or against", "Class", "Events", "Reviewed", "First row"], pairs.map((pair) =>
    [actorName(charts.model, pair.one), actorName(charts.model, pair.other), QUADS[pair.quad], pair.all, pair.people, { row: pair.rows[0], text: "show" }]));
  const note = words(`In each cell words are left and deeds right, cooperation above and conflict below. ${left(pairs, drawn)}${lonely ? ` ${lonely} ${lonely === 1 ? "event names" : "events name"} no counterpart.` : ""}`);
  if (!data.length) return [words("No event names two actors."), table];
  const picture = chart(charts, "matrix", { pairs: ordered(data, rows, columns, charts, "source", "target") }, { label: `Matrix of ${pairs.length} pairs of actors`, params: { most: Math.max(...data.map((each) => each.all)), area: 180 }, minimum: 1 });
  return [key(QUAD_KEY), note, picture, table];
}

/** The pairs among the most frequent actors of each side, and the actors that have such a pair. */
function foremost(pairs) {
  const rows = frequent(pairs, "one").slice(0, MOST_ACTORS);
  const columns = frequent(pairs, "other").slice(0, MOST_ACTORS);
  const drawn = pairs.filter((pair) => rows.includes(pair.one) && columns.includes(pair.other));
  const has = (side) => (at) => drawn.some((pair) => pair[side] === at);
  return { rows: rows.filter(has("one")), columns: columns.filter(has("other")), drawn };
}

function left(pairs, drawn) {
  return pairs.length > drawn.length ? `Drawn are the ${MOST_ACTORS} most frequent actors on each side; the table has all.` : "";
}

/** Vega takes the order of names from the data: the first of each come first. */
function ordered(data, rows, columns, charts, row, column) {
  const rank = (names) => new Map(names.map((at, place) => [actorName(charts.model, at), place]));
  const [down, across] = [rank(rows), rank(columns)];
  const blank = { all: 0, people: 0, rows: [] };
  const first = data[0];
  const lead = [...rows.map((at) => ({ ...first, ...blank, tip: "", [row]: actorName(charts.model, at) })), ...columns.map((at) => ({ ...first, ...blank, tip: "", [column]: actorName(charts.model, at) }))];
  return [...lead, ...[...data].sort((one, other) => down.get(one[row]) - down.get(other[row]) || across.get(one[column]) - across.get(other[column]))];
}

function speakers(charts, { quotations }) {
  const spoken = quotations.filter((each) => each.speaker !== null);
  const by = paired(spoken, (row) => [[row.speaker, 0]]);
  const bars = by.slice(0, MOST_BARS).flatMap((each) => {
    const speaker = actorName(charts.model, each.one);
    const tip = `${speaker}: quoted ${each.all} times, ${each.people} of them reviewed`;
    return [{ speaker, low: 0, high: each.people, by: "people", rows: each.rows, tip }, { speaker, low: each.people, high: each.all, by: "machine", rows: each.rows, tip }].filter((bar) => bar.high > bar.low);
  });
  const pairs = paired(spoken, (row) => row.mentioned.map((other) => [row.speaker, other]));
  const { rows, columns, drawn } = foremost(pairs);
  const data = drawn.map((pair) => ({
    speaker: actorName(charts.model, pair.one), mentioned: actorName(charts.model, pair.other), all: pair.all, people: pair.people, rows: pair.rows,
    tip: `${actorName(charts.model, pair.one)} on ${actorName(charts.model, pair.other)}: ${pair.all} ${pair.all === 1 ? "quotation" : "quotations"}`,
  }));
  const parts = [words(`${spoken.length} of ${quotations.length} quotations have a speaker who is known; terms and titles have none.`)];
  if (bars.length) parts.push(chart(charts, "speakers", { speakers: bars }, { label: `Bars: ${by.length} speakers by number of quotations` }));
  parts.push(told("Speakers", ["Speaker", "Quotations", "Reviewed"], by.map((each) => [actorName(charts.model, each.one), each.all, each.people])));
  if (data.length) parts.push(words("Whom the quoted words mention", `: ${left(pairs, data)}`.replace(/: $/, "")), chart(charts, "quoted", { pairs: ordered(data, rows, columns, charts, "speaker", "mentioned") }, { label: `Matrix of ${pairs.length} pairs of speaker and mentioned actor`, params: { most: Math.max(...data.map((each) => each.all)), area: 300 }, minimum: 1 }));
  parts.push(told("Who is quoted on whom", ["Speaker", "Mentions", "Quotations", "First row"], pairs.map((pair) => [actorName(charts.model, pair.one), actorName(charts.model, pair.other), pair.all, { row: pair.rows[0], text: "show" }])));
  return parts;
}

function aid(charts, { aid: figures }) {
  if (!figures.length) return [words("No aid figures.")];
  const yearOf = ({ start, end }) => (start && end && start.slice(0, 4) !== end.slice(0, 4) ? `${start.slice(0, 4)}–${end.slice(0, 4)}` : (start ?? end ?? "undated").slice(0, start || end ? 4 : 7));
  const lines = figures.map((figure) => ({ ...figure, year: yearOf(figure), row: `${actorName(charts.model, figure.donor)} → ${actorName(charts.model, figure.recipient)}, ${yearOf(figure)}` }));
  lines.sort((one, other) => (one.row < other.row ? -1 : one.row > other.row ? 1 : one.amount - other.amount));
  const currencies = [...new Set(lines.map((each) => each.currency))].sort();
  const parts = currencies.flatMap((currency) => {
    const some = lines.filter((each) => each.currency === currency);
    const drawn = some.filter((each) => [...new Set(some.map(({ row }) => row))].indexOf(each.row) < 40);
    return [{ node: make("h3", {}, currency) }, chart(charts, "aid", figureData(drawn), { label: `${some.length} aid figures in ${currency}`, params: { ticks: powers(drawn) } })];
  });
  return [...parts, told("Aid figures", ["Donor", "Recipient", "Year", "Amount", "Status", "When", "Coding"], lines.map((each) =>
    [actorName(charts.model, each.donor), actorName(charts.model, each.recipient), each.year, { row: each.row_id, text: sum(each) }, codeLabel(charts.model, "aid_figures", "status", each.status), when(each.start, each.end, each.precision), stateBadge(each.coding)]))];
}

function reach(lines) {
  return [Math.min(...lines.map((each) => each.amount)), Math.max(...lines.map((each) => each.amount_max ?? each.amount))];
}

/** Where a scale over the figures has its ticks: at powers of ten. */
function powers(lines) {
  const [low, high] = reach(lines).map((amount) => Math.log10(amount));
  const first = Math.floor(low);
  return Array.from({ length: Math.ceil(high) - first + 1 }, (_, at) => 10 ** (first + at));
}

function figureData(lines) {
  const by = (each) => (each.coding === "machine" ? "machine" : "people");
  const figures = lines.map((each) => ({ row: each.row, amount: each.amount, low: each.amount, high: each.amount_max ?? each.amount, by: by(each), rows: [each.row_id], tip: `${each.row}\n${sum(each)}, ${each.status} (${each.coding})` }));
  const arrows = lines.filter((each) => ["at_least", "at_most"].includes(each.qualifier)).map((each) => ({ row: each.row, at: each.amount * (each.qualifier === "at_least" ? 1.06 : 0.94), arrow: each.qualifier === "at_least" ? "  ▸" : "◂  " }));
  const [low, high] = reach(lines);
  const side = (each) => (Math.log(each.amount / low) <= Math.log(high / low) / 2 ? "left" : "right");
  const end = (each) => (side(each) === "left" ? each.amount_max ?? each.amount : each.amount);
  const labels = lines.length > MOST_LABELS ? [] : lines.map((each) => ({ row: each.row, at: end(each), side: side(each), label: `${sum(each)}, ${each.status}`, rows: [each.row_id] }));
  return { figures, arrows, labels };
}

function quality(charts) {
  const found = charts.model.index.quality;
  if (!found) return [words("Nothing is known of the coding.")];
  const states = ["machine", "confirmed", "amended", "added", "rejected"];
  const counted = found.coding.map((each) => ({ ...each, all: states.reduce((all, state) => all + each[state], 0) })).filter((each) => each.all);
  const shares = counted.flatMap((each) => {
    let low = 0;
    return states.filter((state) => each[state]).map((state) => {
      const room = (each[state] / each.all) * document.getElementById("quality").clientWidth;
      const label = room > 120 ? `${state} ${each[state]}` : room > 30 ? `${each[state]}` : "";
      const bar = { table: plainWords(each.table), state, low, high: low + each[state] / each.all, label, tip: `${plainWords(each.table)}: ${each[state]} of ${each.all} ${state}` };
      bar.middle = (bar.low + bar.high) / 2;
      low = bar.high;
      return bar;
    });
  });
  const parts = shares.length ? [key(states.map((state) => [state, state])), chart(charts, "coding", { shares, words: shares }, { label: "Share of each table’s rows by coding" })] : [];
  parts.push(told("Rows by coding", ["Table", ...states], counted.map((each) => [plainWords(each.table), ...states.map((state) => each[state])])));
  if (found.undecided || found.stale) parts.push(words(`${found.undecided.toLocaleString("en")} rows await a decision${found.stale ? `; ${found.stale} decisions no longer fit the text` : ""}.`));
  return [...parts, ...measures(found)];
}

const percent = (value) => (value === null || value === undefined ? "–" : `${(100 * value).toFixed(1)} %`);

function measures({ evaluation, agreement }) {
  const parts = [];
  if (evaluation.documents) {
    const rows = Object.entries(evaluation.tables).filter(([, each]) => each.gold || each.machine).map(([name, each]) => [plainWords(name), each.gold, each.machine, each.matched, percent(each.precision), percent(each.recall), percent(each.f1)]);
    const more = Object.entries(evaluation).filter(([, each]) => each?.total).map(([name, each]) => `${name} ${percent(each.accuracy)} (${each.right} of ${each.total})`);
    parts.push({ node: make("h3", {}, "The machine against the decisions taken in review") }, { node: tabled("Measured on the rows that were reviewed", ["Table", "Reviewed rows", "Machine’s rows", "The same", "Precision", "Recall", "F1"], rows) });
    if (more.length) parts.push(words(`Of the rows found, right: ${more.join("; ")}.`));
  } else parts.push(words("No row has been reviewed yet, so the machine is not measured here."));
  if (agreement.length) {
    const rows = agreement.map((each) => [plainWords(each.table), plainWords(each.column), each.units, each.coders, percent(each.agreed), each.alpha === null ? "–" : each.alpha.toFixed(3)]);
    parts.push({ node: make("h3", {}, "Agreement between coders") }, { node: tabled("Rows that two coders or more decided on; alpha is Krippendorff’s", ["Table", "Column", "Rows", "Coders", "Same", "Alpha"], rows) });
  }
  return parts;
}
