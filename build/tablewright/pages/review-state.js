// What the page knows: the project, the open document with its rows, the filters, the row in hand. No DOM here.

/** States of a row, by the name that the page uses and the sign that stands for it without colour. */
export const STATES = {
  pending: { label: "awaits a decision", sign: "○" },
  conflict: { label: "reviewers differ", sign: "≠" },
  confirmed: { label: "accepted", sign: "✓" },
  amended: { label: "amended", sign: "✎" },
  added: { label: "added", sign: "+" },
  rejected: { label: "rejected", sign: "✕" },
};

/** What the list can be narrowed to, by state. */
export const VIEWS = {
  awaiting: { label: "Awaiting a decision", holds: (row) => awaits(row) },
  all: { label: "All rows", holds: () => true },
  decided: { label: "Decided", holds: (row) => !awaits(row) },
  rejected: { label: "Rejected", holds: (row) => row.state === "rejected" },
  changed: { label: "Amended or added", holds: (row) => row.state === "amended" || row.state === "added" },
  conflict: { label: "Reviewers differ", holds: (row) => row.state === "conflict" },
  differs: { label: "Machine says otherwise", holds: (row) => row.machine !== null },
  noted: { label: "With a note", holds: (row) => Boolean(row.decision?.note) },
};

export const awaits = (row) => row.state === "pending" || row.state === "conflict";

/** The reviewer's own decision on the row, whatever others decided; null where there is none. */
export const ownDecision = (state, row) =>
  row.mine ?? (row.decision?.reviewer === state.project.reviewer ? row.decision : null);

/** The state of the page for `project`, as `api/project` gives it. */
export function createState(project) {
  const tables = new Map(project.tables.map((table) => [table.name, table]));
  return {
    project,
    tables,
    actors: new Map(project.actors.map((actor) => [actor.actor_id, actor])),
    documentId: null,
    document: null,
    rows: new Map(),
    shown: [],
    current: null,
    // Ids of the rows whose decision is on its way; notes being written, by row; what the server refused, by row.
    saving: new Set(),
    notes: new Map(),
    refusals: new Map(),
    filters: {
      tables: new Set(project.tables.filter((table) => table.listed).map((table) => table.name)),
      view: "awaiting",
      text: "",
    },
  };
}

/** Takes over a document, or with `id` null the actors. */
export function openDocument(state, id, answer) {
  state.documentId = id;
  state.document = id === null ? null : answer;
  state.rows = new Map(answer.rows.map((row) => [row.row_id, row]));
  state.current = null;
  refilter(state);
}

/** Whether the table's rows are wanted; among the actors nothing else is shown. */
export const tableShown = (state, row) => state.documentId === null || state.filters.tables.has(row.table);

function wanted(state, row) {
  if (!tableShown(state, row) || !VIEWS[state.filters.view].holds(row)) return false;
  const words = state.filters.text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return true;
  if (state.filters.text.trim() === row.row_id) return true;
  const said =
    `${row.label} ${row.sentence ?? ""} ${Object.values(row.values).join(" ")} ${row.decision?.note ?? ""}`.toLowerCase();
  return words.every((word) => said.includes(word));
}

const byPlace = (one, other) =>
  one.start - other.start ||
  other.end - one.end ||
  (one.label < other.label ? -1 : Number(one.label > other.label)) ||
  (one.row_id < other.row_id ? -1 : 1);

/** Applies the filters anew. A row that is decided stays in the list until then, so that nothing jumps. */
export function refilter(state) {
  state.shown = [...state.rows.values()]
    .filter((row) => wanted(state, row))
    .sort(byPlace)
    .map((row) => row.row_id);
  if (!state.shown.includes(state.current)) state.current = nextAwaiting(state, null) ?? state.shown[0] ?? null;
}

/**
 * Takes over rows that the server sent; gives the ids of those that differ from what was known, whether the list
 * got longer or shorter, and whether a row came, went or stands elsewhere. `gone` are the ids of rows that are no more.
 */
export function mergeRows(state, rows, gone = []) {
  const changed = [];
  let relisted = false;
  let moved = false;
  for (const row of rows) {
    const before = state.rows.get(row.row_id);
    if (before && JSON.stringify(before) === JSON.stringify(row)) continue;
    state.rows.set(row.row_id, row);
    changed.push(row.row_id);
    const shifted = before && spans(before) !== spans(row);
    moved ||= !before || shifted;
    relisted ||= shifted || (!state.shown.includes(row.row_id) && wanted(state, row));
  }
  for (const id of gone) {
    if (!state.rows.delete(id)) continue;
    changed.push(id);
    moved = true;
    relisted ||= state.shown.includes(id);
  }
  if (relisted) relist(state, changed);
  return { changed, relisted, moved };
}

const spans = (row) => JSON.stringify([row.start, row.end, row.anchors]);

/** Puts rows into the list, whatever the filters say. */
export function enlist(state, ids) {
  const rows = [...new Set([...state.shown, ...ids])].map((id) => state.rows.get(id)).filter(Boolean);
  state.shown = rows.sort(byPlace).map((row) => row.row_id);
}

/** Rows of the list as they are, with the changed ones that are wanted now; the row in hand stays where it can. */
function relist(state, changed) {
  const at = state.shown.indexOf(state.current);
  enlist(
    state,
    changed.filter((id) => state.rows.has(id) && wanted(state, state.rows.get(id))),
  );
  if (!state.rows.has(state.current)) state.current = state.shown[Math.min(at, state.shown.length - 1)] ?? null;
}

/** The next row of the list after `id` that awaits a decision, else one before it, else null. */
export function nextAwaiting(state, id) {
  const at = state.shown.indexOf(id);
  const open = (each) => each !== id && state.rows.has(each) && awaits(state.rows.get(each));
  return state.shown.slice(at + 1).find(open) ?? state.shown.slice(0, Math.max(at, 0)).find(open) ?? null;
}

/** The row `step` places from the one in hand, or null at the end of the list. */
export const neighbour = (state, step) => state.shown[state.shown.indexOf(state.current) + step] ?? null;

/** How many of the open document's rows are decided: {decided, all}, by table and over the tables shown. */
export function progress(state) {
  const byTable = new Map([...state.tables.keys()].map((name) => [name, { decided: 0, all: 0 }]));
  const total = { decided: 0, all: 0 };
  for (const row of state.rows.values()) {
    for (const count of tableShown(state, row) ? [byTable.get(row.table), total] : [byTable.get(row.table)]) {
      count.all += 1;
      if (!awaits(row)) count.decided += 1;
    }
  }
  return { byTable, total };
}

/** What a cell says to a reader: names for actors, yes and no, digits in groups. */
export function readable(state, field, cell) {
  if (!cell) return "–";
  if (field.kind === "flag") return cell === "true" ? "yes" : "no";
  if (field.kind === "number" && /^\d{5,}$/.test(cell)) return BigInt(cell).toLocaleString("en");
  if (field.kind === "actor" || field.kind === "actors") {
    return cell
      .split(";")
      .map((id) => state.actors.get(id.trim())?.name ?? id.trim())
      .join("; ");
  }
  return cell;
}

const RANK = { code: 1, actor: 2, actors: 2 };

/** The columns of a table in the order in which one decides: what it is, who, then the rest; `quotes` first or last. */
export function ordered(fields, quotes) {
  const rank = (field) =>
    field.kind === "anchor"
      ? quotes === "first"
        ? 0
        : 9
      : field.kind === "code" && !field.required
        ? 3
        : (RANK[field.kind] ?? 3);
  return [...fields].sort((one, other) => rank(one) - rank(other));
}

/** The label of a code, "" where there is none. */
export const codeLabel = (field, cell) => field.codes?.find((code) => code.value === cell)?.label ?? "";
