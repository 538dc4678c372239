// The report's charts of events: when, and who with whom.

import { actorName, counted, precisionWords, stateBadge, when } from "./report-model.js";
import {
  QUADS,
  QUAD_KEY,
  MOST_LABELS,
  chart,
  words,
  told,
  key,
  paired,
  foremost,
  left,
  ordered,
} from "./report-parts.js";
import { laneBars } from "./report-lanes.js";

/** The timeline: bars over the days that the text allows, and the events by date as a table. */
export function timeline(charts, { events }) {
  const dated = events.filter((event) => event.start || event.end);
  const undated = events.length - dated.length;
  const missing = `${counted(undated, "event")} without a date in the text ${undated === 1 ? "is" : "are"} not drawn.`;
  const count = `${counted(dated.length, "dated event")}${undated ? `; ${missing}` : "."}`;
  const rows = [...events].sort((one, other) =>
    (one.start ?? one.end ?? "9") < (other.start ?? other.end ?? "9") ? -1 : 1,
  );
  const table = told(
    "Events by date",
    ["When", "Precision", "What", "Type", "Status", "Coding"],
    rows.map((event) => [
      when(event.start, event.end, event.precision),
      precisionWords(event.precision),
      { row: event.row_id, text: event.label },
      event.type,
      event.status,
      stateBadge(event.coding),
    ]),
  );
  if (!dated.length) return [words(count), table];
  const room = document.getElementById("timeline").clientWidth;
  const published = (event) => charts.model.index.documents[event.at].published_on;
  const drawn = laneBars(dated, {
    labelled: dated.length <= MOST_LABELS && room > 640,
    room,
    published,
    precisionWords,
  });
  const picture = chart(charts, "timeline", drawn.datasets, { label: `Timeline of ${count}`, height: drawn.height });
  return [key(QUAD_KEY), words(count), picture, table];
}

/** The pairs of an event: who acts and toward whom; of a joint act each side with each other one. */
function sides({ source, target }) {
  const joint = source.flatMap((one) => source.filter((other) => other !== one).map((other) => [one, other]));
  return [...source.flatMap((one) => target.map((other) => [one, other])), ...joint];
}

/** Who acts with and against whom, by pairs of actors. */
export function matrix(charts, { events }) {
  const pairs = paired(events, sides);
  const lonely = events.filter((event) => !sides(event).length).length;
  const { rows, columns, drawn } = foremost(pairs);
  const data = drawn.map((pair) => ({
    source: actorName(charts.model, pair.one),
    target: actorName(charts.model, pair.other),
    quad: pair.quad,
    kind: pair.quad.startsWith("verbal") ? "words" : "deeds",
    mood: pair.quad.endsWith("conflict") ? "conflict" : "cooperation",
    all: pair.all,
    people: pair.people,
    rows: pair.rows,
    tip: tipOf(charts, pair),
  }));
  const table = told(
    "Events by who acts and with, for or against whom",
    ["Who acts", "With, for or against", "Class", "Events", "Reviewed", "First row"],
    pairs.map((pair) => [
      actorName(charts.model, pair.one),
      actorName(charts.model, pair.other),
      QUADS[pair.quad],
      pair.all,
      pair.people,
      { row: pair.rows[0], text: "show" },
    ]),
  );
  const alone = lonely
    ? `${counted(lonely, "event")} without a counterpart ${lonely === 1 ? "is" : "are"} not drawn.`
    : "";
  const corners = "In each cell words are left and deeds right, cooperation above and conflict below.";
  const note = words([corners, left(pairs, drawn), alone].join(" "));
  if (!data.length) return [words("No event names two actors."), table];
  const picture = chart(
    charts,
    "matrix",
    { pairs: ordered(data, rows, columns, charts, "source", "target") },
    {
      label: `Matrix of ${pairs.length} pairs of actors`,
      params: { most: Math.max(...data.map((each) => each.all)), area: 180 },
      minimum: 1,
    },
  );
  return [key(QUAD_KEY), note, picture, table];
}

function tipOf({ model }, { one, other, quad, all, people }) {
  return `${actorName(model, one)} → ${actorName(model, other)}\n${QUADS[quad]}: ${all} (${people} reviewed)`;
}
