// How good the coding is.

import { make, plainWords, counted } from "./report-model.js";
import { chart, words, tabled, told, key } from "./report-parts.js";

/** How the rows came to be, how well the machine codes, how far coders agree. */
export function quality(charts) {
  const found = charts.model.index.quality;
  if (!found) return [words("Nothing is known of the coding.")];
  const states = ["machine", "confirmed", "amended", "added", "rejected"];
  const tables = found.coding
    .map((each) => ({ ...each, all: states.reduce((all, state) => all + each[state], 0) }))
    .filter((each) => each.all);
  const shares = tables.flatMap((each) => {
    let low = 0;
    return states
      .filter((state) => each[state])
      .map((state) => {
        const room = (each[state] / each.all) * document.getElementById("quality").clientWidth;
        const label = room > 120 ? `${state} ${each[state]}` : room > 30 ? `${each[state]}` : "";
        const bar = {
          table: plainWords(each.table),
          state,
          low,
          high: low + each[state] / each.all,
          label,
          tip: `${plainWords(each.table)}: ${each[state]} of ${each.all} ${state}`,
        };
        bar.middle = (bar.low + bar.high) / 2;
        low = bar.high;
        return bar;
      });
  });
  const parts = shares.length
    ? [
        key(states.map((state) => [state, state])),
        chart(charts, "coding", { shares, words: shares }, { label: "Share of each table’s rows by coding" }),
      ]
    : [];
  parts.push(
    told(
      "Rows by coding",
      ["Table", ...states],
      tables.map((each) => [plainWords(each.table), ...states.map((state) => each[state])]),
    ),
  );
  if (found.undecided) parts.push(words(`${counted(found.undecided, "row")} not decided on yet.`));
  if (found.stale) parts.push(words(`${counted(found.stale, "decision")} no longer fit the text.`));
  return [...parts, ...measures(found)];
}

const percent = (value) => (value === null || value === undefined ? "–" : `${(100 * value).toFixed(1)} %`);

function measures({ evaluation, agreement }) {
  const parts = [];
  if (evaluation.documents) {
    const rows = Object.entries(evaluation.tables)
      .filter(([, each]) => each.gold || each.machine)
      .map(([name, each]) => [
        plainWords(name),
        each.gold,
        each.machine,
        each.matched,
        percent(each.precision),
        percent(each.recall),
        percent(each.f1),
      ]);
    const more = Object.entries(evaluation)
      .filter(([, each]) => each?.total)
      .map(([name, each]) => `${name} ${percent(each.accuracy)} (${each.right} of ${each.total})`);
    parts.push(
      { node: make("h3", {}, "The machine against the decisions taken in review") },
      {
        node: tabled(
          "Measured on the rows that were reviewed",
          ["Table", "Reviewed rows", "Machine’s rows", "The same", "Precision", "Recall", "F1"],
          rows,
        ),
      },
    );
    if (more.length) parts.push(words(`Of the rows found, right: ${more.join("; ")}.`));
  } else parts.push(words("No row has been reviewed yet, so the machine is not measured here."));
  if (agreement.length) {
    const rows = agreement.map((each) => [
      plainWords(each.table),
      plainWords(each.column),
      each.units,
      each.coders,
      percent(each.agreed),
      each.alpha === null ? "–" : each.alpha.toFixed(3),
    ]);
    parts.push(
      { node: make("h3", {}, "Agreement between coders") },
      {
        node: tabled(
          "Rows that two coders or more decided on; alpha is Krippendorff’s",
          ["Table", "Column", "Rows", "Coders", "Same", "Alpha"],
          rows,
        ),
      },
    );
  }
  return parts;
}
