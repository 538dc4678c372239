// The report's charts of aid figures.

import { actorName, codeLabel, make, stateBadge, sum, when } from "./report-model.js";
import { MOST_LABELS, chart, words, told } from "./report-parts.js";

/** Aid by donor, recipient and year: each figure where its amount is, one chart a currency. */
export function aid(charts, { aid: figures }) {
  if (!figures.length) return [words("No aid figures.")];
  const yearOf = ({ start, end }) =>
    start && end && start.slice(0, 4) !== end.slice(0, 4)
      ? `${start.slice(0, 4)}–${end.slice(0, 4)}`
      : (start ?? end ?? "undated").slice(0, start || end ? 4 : 7);
  const lines = figures.map((figure) => ({
    ...figure,
    year: yearOf(figure),
    row: `${actorName(charts.model, figure.donor)} → ${actorName(charts.model, figure.recipient)}, ${yearOf(figure)}`,
  }));
  lines.sort((one, other) => (one.row < other.row ? -1 : one.row > other.row ? 1 : one.amount - other.amount));
  const currencies = [...new Set(lines.map((each) => each.currency))].sort();
  const parts = currencies.flatMap((currency) => {
    const some = lines.filter((each) => each.currency === currency);
    const drawn = some.filter((each) => [...new Set(some.map(({ row }) => row))].indexOf(each.row) < 40);
    return [
      { node: make("h3", {}, currency) },
      chart(charts, "aid", figureData(drawn), {
        label: `${some.length} aid figures in ${currency}`,
        params: { ticks: powers(drawn) },
      }),
    ];
  });
  return [
    ...parts,
    told(
      "Aid figures",
      ["Donor", "Recipient", "Year", "Amount", "Status", "When", "Coding"],
      lines.map((each) => [
        actorName(charts.model, each.donor),
        actorName(charts.model, each.recipient),
        each.year,
        { row: each.row_id, text: sum(each) },
        codeLabel(charts.model, "aid_figures", "status", each.status),
        when(each.start, each.end, each.precision),
        stateBadge(each.coding),
      ]),
    ),
  ];
}

/** The lowest and the highest amount. */
function reach(lines) {
  return [
    Math.min(...lines.map((each) => each.amount)),
    Math.max(...lines.map((each) => each.amount_max ?? each.amount)),
  ];
}

/** Where a scale over the figures has its ticks: at powers of ten. */
function powers(lines) {
  const [low, high] = reach(lines).map((amount) => Math.log10(amount));
  const first = Math.floor(low);
  return Array.from({ length: Math.ceil(high) - first + 1 }, (_, at) => 10 ** (first + at));
}

function figureData(lines) {
  const by = (each) => (each.coding === "machine" ? "machine" : "people");
  const figures = lines.map((each) => ({
    row: each.row,
    amount: each.amount,
    low: each.amount,
    high: each.amount_max ?? each.amount,
    by: by(each),
    rows: [each.row_id],
    tip: `${each.row}\n${sum(each)}, ${each.status} (${each.coding})`,
  }));
  const arrows = lines
    .filter((each) => ["at_least", "at_most"].includes(each.qualifier))
    .map((each) => ({
      row: each.row,
      at: each.amount * (each.qualifier === "at_least" ? 1.06 : 0.94),
      arrow: each.qualifier === "at_least" ? "  ▸" : "◂  ",
    }));
  const [low, high] = reach(lines);
  const side = (each) => (Math.log(each.amount / low) <= Math.log(high / low) / 2 ? "left" : "right");
  const end = (each) => (side(each) === "left" ? (each.amount_max ?? each.amount) : each.amount);
  const labels =
    lines.length > MOST_LABELS
      ? []
      : lines.map((each) => ({
          row: each.row,
          at: end(each),
          side: side(each),
          label: `${sum(each)}, ${each.status}`,
          rows: [each.row_id],
        }));
  return { figures, arrows, labels };
}
