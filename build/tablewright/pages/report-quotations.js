// The report's charts of quotations.

import { actorName, counted } from "./report-model.js";
import { chart, words, told, paired, foremost, left, ordered } from "./report-parts.js";

const MOST_BARS = 25;

/** How often each actor is quoted, and whom the quoted words mention. */
export function speakers(charts, { quotations }) {
  const name = (at) => actorName(charts.model, at);
  const spoken = quotations.filter((each) => each.speaker !== null);
  const by = paired(spoken, (row) => [[row.speaker, 0]]);
  const bars = by.slice(0, MOST_BARS).flatMap((each) => {
    const speaker = name(each.one);
    const tip = `${speaker}: quoted ${each.all} times, ${each.people} of them reviewed`;
    return [
      { speaker, low: 0, high: each.people, by: "people", rows: each.rows, tip },
      { speaker, low: each.people, high: each.all, by: "machine", rows: each.rows, tip },
    ].filter((bar) => bar.high > bar.low);
  });
  const pairs = paired(spoken, (row) => row.mentioned.map((other) => [row.speaker, other]));
  const { rows, columns, drawn } = foremost(pairs);
  const data = drawn.map((pair) => ({
    speaker: name(pair.one),
    mentioned: name(pair.other),
    all: pair.all,
    people: pair.people,
    rows: pair.rows,
    tip: `${name(pair.one)} on ${name(pair.other)}: ${counted(pair.all, "quotation")}`,
  }));
  const parts = [
    words(
      `${spoken.length} of ${quotations.length} quotations have a speaker who is known; terms and titles have none.`,
    ),
  ];
  if (bars.length)
    parts.push(
      chart(charts, "speakers", { speakers: bars }, { label: `Bars: ${by.length} speakers by number of quotations` }),
    );
  parts.push(
    told(
      "Speakers",
      ["Speaker", "Quotations", "Reviewed"],
      by.map((each) => [name(each.one), each.all, each.people]),
    ),
  );
  if (data.length)
    parts.push(
      words("Whom the quoted words mention", `: ${left(pairs, data)}`.replace(/: $/, "")),
      chart(
        charts,
        "quoted",
        { pairs: ordered(data, rows, columns, charts, "speaker", "mentioned") },
        {
          label: `Matrix of ${pairs.length} pairs of speaker and mentioned actor`,
          params: { most: Math.max(...data.map((each) => each.all)), area: 300 },
          minimum: 1,
        },
      ),
    );
  parts.push(
    told(
      "Who is quoted on whom",
      ["Speaker", "Mentions", "Quotations", "First row"],
      pairs.map((pair) => [name(pair.one), name(pair.other), pair.all, { row: pair.rows[0], text: "show" }]),
    ),
  );
  return parts;
}
