// The report's data: the index that the page opens with, documents as they are asked for, names, and the filters.

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const PRECISIONS = {
  day: "to the day",
  month: "to the month",
  season: "to the season",
  year: "to the year",
  decade: "to the decade",
  range: "a stretch of days",
};
const STATES = {
  machine: "by the machine, not reviewed",
  confirmed: "by the machine, confirmed in review",
  amended: "by the machine, amended in review",
  added: "added in review; the machine had missed it",
};

/** An element with properties, children and text; text is only ever text. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "data") Object.assign(element.dataset, value);
    else if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function parsed(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

/** Everything that the page knows. */
export function openModel() {
  const index = parsed("index");
  const model = { index, charts: parsed("charts"), cache: new Map() };
  model.tables = new Map(index.tables.map((table) => [table.name, table]));
  model.marked = index.tables.filter((table) => table.marked);
  model.places = new Map(index.documents.map((each, at) => [each.document_id, at]));
  model.actorPlaces = new Map(index.actors.map((each, at) => [each[0], at]));
  return model;
}

/** The document at a place of the index, read when it is first asked for; its rows as objects in reading order. */
export function openDocument(model, at) {
  if (!model.cache.has(at)) {
    const { rows, ...text } = parsed(`document-${at}`);
    const blocks = text.blocks.map(([kind, start, end]) => ({ kind, start, end }));
    const all = model.marked.flatMap((table) => rows[table.name].map((cells) => rowOf(model, table, cells)));
    all.sort((one, other) => one.values.start - other.values.start || other.values.end - one.values.end);
    model.cache.set(at, { ...text, blocks, rows: all, byId: new Map(all.map((row) => [row.row_id, row])) });
  }
  return model.cache.get(at);
}

function rowOf(model, table, [row_id, state, start, end, anchors, ...cells]) {
  const values = Object.fromEntries(table.columns.map((column, at) => [column.name, cells[at]]));
  const row = { table: table.name, row_id, state, start, end, values };
  row.anchors = anchors.map(([field, from, to]) => ({ field, start: from, end: to }));
  row.label = labelOf(model, row);
  return row;
}

function labelOf(model, { table, values }) {
  const named = (id) => (id ? actorName(model, model.actorPlaces.get(id)) : null);
  const words = values.text ?? "[words withheld]";
  if (table === "events") {
    const actors = [...values.source, ...values.target].map((at) => actorName(model, at));
    return values.summary ?? `${values.trigger ?? "an act"} (${actors.join(", ")})`;
  }
  if (table === "quotations") {
    return `${named(values.speaker_id) ?? values.speaker_text ?? "Nobody named"}: “${words}”`;
  }
  if (table === "aid_figures")
    return `${sum(values)}: ${named(values.donor_id) ?? "?"} → ${named(values.recipient_id) ?? "?"}`;
  if (table === "mentions") return `${words}: ${named(values.actor_id)}`;
  return words;
}

export function actorName(model, at) {
  return model.index.actors[at]?.[1] ?? "nobody named";
}

/** "1 event", "2,000 events". */
export function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** A code in words: its label in the schema. */
export function codeLabel(model, table, column, value) {
  const found = model.tables
    .get(table)
    ?.columns.find((each) => each.name === column)
    ?.codes.find(([code]) => code === value);
  return found ? found[1] : value;
}

export function stateWords(state) {
  return STATES[state] ?? state;
}

export function stateBadge(state) {
  return make("span", { className: "state", data: { state } }, state);
}

export function plainWords(name) {
  return name.replaceAll("_", " ");
}

/** A sum as the text gives it: "at least 7.1 bn USD", "20 m–30 m EUR a year". */
export function sum({ amount, amount_max, currency, qualifier, period }) {
  const before = { at_least: "at least ", at_most: "at most ", approximately: "about " }[qualifier] ?? "";
  const upper = amount_max === null || amount_max === undefined ? "" : `–${short(amount_max)}`;
  return `${before}${short(amount)}${upper} ${currency}${period ? ` ${period}` : ""}`;
}

function short(amount) {
  for (const [size, name] of [
    [1e12, " tn"],
    [1e9, " bn"],
    [1e6, " m"],
  ]) {
    if (Math.abs(amount) >= size) return `${Number((amount / size).toPrecision(4))}${name}`;
  }
  return amount.toLocaleString("en");
}

/** When something was, as exactly as the text says and no more. */
export function when(start, end, precision) {
  if (!start && !end) return "undated";
  const [year, month] = (start ?? end).split("-");
  if (!end) return `since ${dayWords(start)}`;
  if (!start) return `until ${dayWords(end)}`;
  if (precision === "day" && start === end) return dayWords(start);
  if (precision === "month" && start.slice(0, 7) === end.slice(0, 7)) return `${MONTHS[month - 1]} ${year}`;
  if (precision === "year" && start.slice(0, 4) === end.slice(0, 4)) return year;
  if (precision === "decade") return `${year.slice(0, 3)}0s`;
  return `${dayWords(start)} to ${dayWords(end)}`;
}

function dayWords(day) {
  const [year, month, date] = day.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}

export function precisionWords(precision) {
  return PRECISIONS[precision] ?? "";
}

/** What the filters ask of a row. Rows of the index come by the functions below, rows of documents by `factsOf`. */
export function factsOf(model, { table, state, values }) {
  const actors = [values.actor_id, values.speaker_id, values.donor_id, values.recipient_id]
    .filter(Boolean)
    .map((id) => model.actorPlaces.get(id))
    .concat(values.source ?? [], values.target ?? []);
  const { date_start: start = null, date_end: end = null, status = null } = values;
  return { table, type: values.event_type ?? values.kind ?? null, status, coding: state, actors, start, end };
}

/** The rows of the index as objects, each with its facts. */
export function indexRows(model) {
  const { events, aid, quotations } = model.index;
  return {
    events: events.map(([at, row_id, start, end, precision, type, quad, status, coding, source, target, label]) => ({
      at,
      row_id,
      start,
      end,
      precision,
      type,
      quad,
      status,
      coding,
      source,
      target,
      label,
      table: "events",
      actors: [...source, ...target],
    })),
    aid: aid.map(
      ([
        at,
        row_id,
        start,
        end,
        precision,
        amount,
        amount_max,
        currency,
        qualifier,
        period,
        status,
        coding,
        donor,
        recipient,
      ]) => ({
        at,
        row_id,
        start,
        end,
        precision,
        amount,
        amount_max,
        currency,
        qualifier,
        period,
        status,
        coding,
        donor,
        recipient,
        table: "aid_figures",
        type: null,
        actors: [donor, recipient],
      }),
    ),
    quotations: quotations.map(([at, row_id, start, end, precision, type, coding, speaker, mentioned]) => ({
      at,
      row_id,
      start,
      end,
      precision,
      type,
      coding,
      speaker,
      mentioned,
      table: "quotations",
      status: null,
      actors: [speaker],
    })),
  };
}

/** Whether a row with these facts passes the filter. A row without the property that is asked for does not. */
export function passes(model, filter, facts) {
  if (filter.type && filter.type !== facts.table && filter.type !== `${facts.table}:${facts.type}`) return false;
  if (filter.status && filter.status !== facts.status) return false;
  if (filter.coding === "people" ? facts.coding === "machine" : filter.coding && filter.coding !== facts.coding)
    return false;
  if (filter.from || filter.until) {
    if (!facts.start && !facts.end) return false;
    if (filter.from && facts.end && facts.end < filter.from) return false;
    if (filter.until && facts.start && facts.start > filter.until) return false;
  }
  if (filter.actor === null) return true;
  return facts.actors.some((at) => at !== null && at !== undefined && actsFor(model, at, filter.actor));
}

function actsFor(model, at, whom) {
  const seen = new Set();
  for (let each = at; each !== null && each !== undefined && !seen.has(each); each = model.index.actors[each][6]) {
    if (each === whom) return true;
    seen.add(each);
  }
  return false;
}
