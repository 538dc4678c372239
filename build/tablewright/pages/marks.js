// A document's text with the words of its rows marked: canonical text, blocks and rows in, DOM out.
//
// Offsets are code points of the canonical text, half-open, as in the tables; JavaScript counts UTF-16 units, and
// `indexText` translates. Text reaches the page as text nodes alone. The letters of marks and the roles of blocks are
// drawn by the style sheet, so that the text of a block on the page is its canonical text and can be copied as such.

/** The letter that stands for a table where colour does not. */
export const LETTERS = { events: "E", quotations: "Q", aid_figures: "A", mentions: "M", actors: "P" };

/** What a block's role is called on the page; body text has no name. */
export const ROLES = {
  title: "title", byline: "byline", dateline: "dateline", standfirst: "standfirst", heading: "heading",
  list_item: "", paragraph: "", block_quote: "", speaker_label: "speaker", caption: "caption",
  pull_quote: "pull quote", table: "table", footnote: "footnote", bibliography: "bibliography",
  notes: "notes to editors", contact: "contact", credit: "credit", code: "code",
};

const TAGS = { title: "h2", heading: "h3", block_quote: "blockquote", list_item: "li", code: "pre", table: "pre" };
// Deeper overlaps share the lowest line: more would run into the next line of text.
const LANES = 4;

/** The text with both ways of counting: `units(point)`, `points(unit)`, `slice(start, end)` in code points, `length`. */
export function indexText(text) {
  if (!/[\ud800-\udfff]/.test(text)) {
    return { length: text.length, units: (at) => at, points: (at) => at, slice: (from, to) => text.slice(from, to) };
  }
  const starts = [];
  let unit = 0;
  for (const character of text) {
    starts.push(unit);
    unit += character.length;
  }
  starts.push(unit);
  const units = (at) => starts[Math.max(0, Math.min(at, starts.length - 1))];
  return { length: starts.length - 1, units, points: (at) => search(starts, at), slice: (from, to) => text.slice(units(from), units(to)) };
}

/** The last place in rising `starts` whose value is not above `value`. */
function search(starts, value) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Shows a document in `host` and gives the view of it.
 *
 * `text` and `blocks` ({kind, start, end, level?}) are the document's, `rows` those to mark: {table, row_id, start,
 * end, anchors: [{field, start, end}], label, state}. `onSelect(row_id, how)` is told of a mark that was clicked or
 * entered ("pointer" or "keyboard"). `heading` is the level of the document's title on the page (2).
 *
 * The view: `setRows(rows)` marks other rows and draws only the blocks that changed; `select(row_id, {scroll})` shows
 * one row as chosen, null none; `focus(row_id)` puts the keyboard on its mark; `neighbour(row_id, step)` is the next
 * marked row; `selection()` is what the reader has selected, {start, end, text}, or null; `element(row_id)`;
 * `range(start, end)` is a DOM Range over a span of the text, or null; `restate(row)` shows another state or label of a
 * row that stands where it stood.
 */
export function showText(host, { text, blocks, rows = [], onSelect = () => {}, heading = 2 }) {
  const index = indexText(text);
  const view = { host, index, onSelect, text, chosen: null, order: [], spans: new Map(), flags: new Map(), places: new WeakMap() };
  view.parts = withGaps(blocks, index).map((block) => ({ block, element: blockElement(block, heading), drawn: null }));
  host.classList.add("text");
  host.replaceChildren(...grouped(view.parts));
  host.onclick = (event) => clicked(view, event);
  host.onkeydown = (event) => keyed(view, event);
  const methods = {
    setRows: (next) => setRows(view, next),
    select: (rowId, options) => select(view, rowId, options),
    focus: (rowId) => focusMark(view, rowId),
    neighbour: (rowId, step) => neighbour(view, rowId, step),
    selection: () => selectedWords(view),
    element: (rowId) => view.spans.get(rowId)?.[0] ?? null,
    range: (start, end) => rangeOf(view, start, end),
    restate: (row) => restate(view, row),
    index,
  };
  setRows(view, rows);
  return methods;
}

/** Blocks in order, and what no block holds as blocks of kind "other" (white space between blocks apart). */
function withGaps(blocks, index) {
  const all = [];
  let at = 0;
  const gap = (start, end) => {
    if (end > start && index.slice(start, end).trim()) all.push({ kind: "other", start, end });
  };
  for (const block of [...blocks].sort((one, other) => one.start - other.start)) {
    gap(at, block.start);
    all.push(block);
    at = Math.max(at, block.end);
  }
  gap(at, index.length);
  return all;
}

function blockElement(block, heading) {
  let tag = TAGS[block.kind] ?? "p";
  if (tag === "h2" || tag === "h3") tag = `h${Math.min(6, heading + (tag === "h3" ? Math.max(1, (block.level ?? 2) - 1) : 0))}`;
  const element = document.createElement(tag);
  element.className = "block";
  element.dir = "auto";
  element.dataset.kind = block.kind;
  const role = ROLES[block.kind] ?? block.kind.replaceAll("_", " ");
  if (role) element.dataset.role = role;
  return element;
}

/** The blocks' elements; items that follow each other stand in one list. */
function grouped(parts) {
  const out = [];
  let list = null;
  for (const { block, element } of parts) {
    if (block.kind !== "list_item") list = null;
    else if (list === null) out.push((list = document.createElement("ul")));
    (list ?? out)[list ? "append" : "push"](element);
  }
  return out;
}

function setRows(view, rows) {
  const marks = laneRows(rows.filter((row) => row.end > row.start));
  view.rows = new Map(marks.map((mark) => [mark.row.row_id, mark.row]));
  view.order = marks.map((mark) => mark.row.row_id);
  for (const part of view.parts) {
    const { start, end } = part.block;
    const inside = marks.filter((mark) => reaches(mark, start, end));
    const drawn = JSON.stringify(inside.map(({ row, lane }) => [row.row_id, row.table, row.start, row.end, row.state, row.label, lane, row.anchors]));
    if (drawn === part.drawn) continue;
    part.drawn = drawn;
    part.element.replaceChildren(...drawBlock(view, inside, start, end));
  }
  collect(view);
  select(view, view.rows.has(view.chosen) ? view.chosen : null);
}

function reaches({ row }, start, end) {
  return (row.start < end && row.end > start) || (row.anchors ?? []).some((anchor) => anchor.start < end && anchor.end > start);
}

/** Rows in reading order, the longer first, each with the lane of its line below the text: overlapping rows differ. */
function laneRows(rows) {
  const sorted = [...rows].sort((one, other) => one.start - other.start || other.end - one.end || (one.row_id < other.row_id ? -1 : 1));
  const lanes = new Map();
  // Short rows take the lines next to the text, so that what encloses them is drawn around them.
  const free = [];
  for (const row of [...sorted].sort((one, other) => one.end - one.start - (other.end - other.start))) {
    let lane = 0;
    while (lane < LANES - 1 && (free[lane] ?? []).some((taken) => taken.start < row.end && taken.end > row.start)) lane += 1;
    (free[lane] ??= []).push(row);
    lanes.set(row, lane);
  }
  return sorted.map((row) => ({ row, lane: lanes.get(row) }));
}

/** The nodes of a block: stretches of text, each within the marks that cover it, and a flag where a row begins. */
function drawBlock(view, marks, start, end) {
  const cuts = new Set([start, end]);
  const cut = (at) => at > start && at < end && cuts.add(at);
  for (const { row } of marks) for (const { start: from, end: to } of [row, ...(row.anchors ?? [])]) cut(from), cut(to);
  const borders = [...cuts].sort((one, other) => one - other);
  const nodes = [];
  for (let at = 0; at < borders.length - 1; at += 1) {
    const [from, to] = [borders[at], borders[at + 1]];
    for (const { row } of marks) if (row.start === from) nodes.push(flag(row));
    nodes.push(stretch(view, marks, from, to));
  }
  return nodes;
}

function stretch(view, marks, from, to) {
  let node = document.createTextNode(view.index.slice(from, to));
  view.places.set(node, from);
  for (const { row } of marks) {
    for (const anchor of row.anchors ?? []) if (anchor.start <= from && anchor.end >= to) node = within(node, anchorSpan(row, anchor));
  }
  const covering = marks.filter(({ row }) => row.start <= from && row.end >= to).sort((one, other) => one.lane - other.lane || one.row.end - one.row.start - (other.row.end - other.row.start));
  for (const { row, lane } of covering) node = within(node, markSpan(row, lane, from, to));
  return node;
}

function within(node, span) {
  span.append(node);
  return span;
}

function markSpan(row, lane, from, to) {
  const span = document.createElement("span");
  span.className = "mark";
  span.dataset.row = row.row_id;
  span.dataset.table = row.table;
  span.dataset.state = row.state ?? "";
  span.dataset.lane = lane;
  if (row.start === from) span.classList.add("first");
  if (row.end === to) span.classList.add("last");
  return span;
}

function anchorSpan(row, anchor) {
  const span = document.createElement("span");
  span.className = "anchor";
  span.dataset.of = row.row_id;
  span.dataset.field = anchor.field;
  span.dataset.table = row.table;
  return span;
}

/** The button at the beginning of a row's words: its letter, and for those who listen what the row says. */
function flag(row) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "flag";
  button.dataset.row = row.row_id;
  button.dataset.table = row.table;
  button.dataset.state = row.state ?? "";
  button.dataset.letter = row.letter ?? LETTERS[row.table] ?? row.table.slice(0, 1).toUpperCase();
  button.setAttribute("aria-label", spoken(row));
  button.setAttribute("aria-pressed", "false");
  button.tabIndex = -1;
  return button;
}

const spoken = (row) => `${row.table.replaceAll("_", " ").replace(/s$/, "")}, ${row.state ?? ""}: ${row.label ?? ""}`;

function restate(view, row) {
  if (!view.rows.has(row.row_id)) return;
  view.rows.set(row.row_id, row);
  const button = view.flags.get(row.row_id);
  for (const each of [...(view.spans.get(row.row_id) ?? []), ...(button ? [button] : [])]) each.dataset.state = row.state ?? "";
  button?.setAttribute("aria-label", spoken(row));
}

function collect(view) {
  view.spans = new Map();
  view.flags = new Map();
  for (const span of view.host.querySelectorAll(".mark")) {
    if (!view.spans.has(span.dataset.row)) view.spans.set(span.dataset.row, []);
    view.spans.get(span.dataset.row).push(span);
  }
  for (const button of view.host.querySelectorAll(".flag")) view.flags.set(button.dataset.row, button);
  view.order = view.order.filter((rowId) => view.flags.has(rowId));
  rove(view, view.flags.has(view.chosen) ? view.chosen : view.order[0]);
}

/** One mark is the stop of the Tab key; arrow keys go on from there. */
function rove(view, rowId) {
  if (view.stop !== undefined) view.flags.get(view.stop)?.setAttribute("tabindex", "-1");
  view.stop = rowId;
  view.flags.get(rowId)?.setAttribute("tabindex", "0");
}

function select(view, rowId, { scroll = false } = {}) {
  for (const each of view.host.querySelectorAll(".chosen")) each.classList.remove("chosen");
  view.flags.get(view.chosen)?.setAttribute("aria-pressed", "false");
  view.chosen = rowId;
  if (rowId === null || !view.spans.has(rowId)) return;
  for (const span of view.spans.get(rowId)) span.classList.add("chosen");
  for (const span of view.host.querySelectorAll(".anchor")) if (span.dataset.of === rowId) span.classList.add("chosen");
  view.flags.get(rowId)?.classList.add("chosen");
  view.flags.get(rowId)?.setAttribute("aria-pressed", "true");
  rove(view, rowId);
  if (scroll) view.spans.get(rowId)[0].scrollIntoView({ block: "center" });
}

function focusMark(view, rowId) {
  if (!view.flags.has(rowId)) return;
  rove(view, rowId);
  view.flags.get(rowId).focus();
}

function neighbour(view, rowId, step) {
  const at = view.order.indexOf(rowId);
  if (at < 0) return view.order[step > 0 ? 0 : view.order.length - 1] ?? null;
  return view.order[at + step] ?? null;
}

/** A click takes the shortest row at its place; another click there the one around it, and so on. */
function clicked(view, event) {
  const button = event.target.closest(".flag");
  if (button) {
    rove(view, button.dataset.row);
    // A click made by a key has no place.
    view.onSelect(button.dataset.row, event.detail === 0 ? "keyboard" : "pointer");
    return;
  }
  if (!getSelection().isCollapsed) return;
  const rows = [];
  for (let span = event.target.closest(".mark"); span; span = span.parentElement.closest(".mark")) rows.push(span.dataset.row);
  if (rows.length) view.onSelect(rows[(rows.indexOf(view.chosen) + 1) % rows.length], "pointer");
}

function keyed(view, event) {
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const button = event.target.closest(".flag");
  if (!button || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  let next = null;
  if (event.key in steps) next = neighbour(view, button.dataset.row, steps[event.key]);
  else if (event.key === "Home") next = view.order[0];
  else if (event.key === "End") next = view.order.at(-1);
  else return;
  event.preventDefault();
  if (next) focusMark(view, next);
}

/** What the reader has selected, without white space at its ends; null where that is no text of the document. */
function selectedWords(view) {
  const chosen = getSelection();
  if (chosen.rangeCount === 0 || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  let [start, end] = [null, null];
  const walker = document.createTreeWalker(view.host, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!view.places.has(node) || !range.intersectsNode(node)) continue;
    const first = view.index.units(view.places.get(node));
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.data.length;
    if (to <= from) continue;
    start ??= first + from;
    end = first + to;
  }
  return start === null ? null : trimmed(view, start, end);
}

function trimmed(view, start, end) {
  while (start < end && /\s/.test(view.text[start])) start += 1;
  while (end > start && /\s/.test(view.text[end - 1])) end -= 1;
  if (start === end) return null;
  const [from, last] = [view.index.points(start), view.index.points(end - 1)];
  // The last unit may be the second of a pair: the end is after its whole character.
  return { start: from, end: last + 1, text: view.index.slice(from, last + 1) };
}

/** The span as a DOM Range; null where it does not lie in blocks. */
function rangeOf(view, start, end) {
  const first = spot(view, start, (block) => block.start <= start && start < block.end);
  const last = spot(view, end, (block) => block.start < end && end <= block.end);
  if (!first || !last) return null;
  const range = document.createRange();
  range.setStart(...first);
  range.setEnd(...last);
  return range;
}

/** The text node, and the offset in it, of the place `at` in the block that `holds` it. */
function spot(view, at, holds) {
  const part = view.parts.find(({ block }) => holds(block));
  if (!part) return null;
  const unit = view.index.units(at);
  const walker = document.createTreeWalker(part.element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const from = view.index.units(view.places.get(node));
    if (unit >= from && unit <= from + node.data.length) return [node, unit - from];
  }
  return null;
}
