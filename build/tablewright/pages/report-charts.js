// The report's charts: what the filters leave, drawn by Vega one after another, each told as a table as well.

import { aid } from "./report-aid.js";
import { matrix, timeline } from "./report-events.js";
import { indexRows, passes } from "./report-model.js";
import { quality } from "./report-quality.js";
import { speakers } from "./report-quotations.js";

/** The charts; `go` shows a row, `draw(filter)` draws all of them. */
export function createCharts(model, { go }) {
  const charts = { model, go, rows: indexRows(model), turn: 0 };
  const sections = { timeline, matrix, aid, quoted: speakers, quality };
  charts.sections = Object.entries(sections).map(([id, draw]) => {
    return { draw, body: document.getElementById(id).querySelector(".drawn") };
  });
  return { draw: (filter) => drawAll(charts, filter) };
}

/** Draws one chart after another, so that the page answers in between; a newer filter ends an older drawing. */
async function drawAll(charts, filter) {
  const turn = (charts.turn += 1);
  const found = Object.fromEntries(
    Object.entries(charts.rows).map(([name, rows]) => [name, rows.filter((row) => passes(charts.model, filter, row))]),
  );
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

async function embed(charts, { node, spec }) {
  const options = {
    mode: "vega-lite",
    renderer: "svg",
    actions: false,
    ast: true,
    defaultStyle: false,
    tooltip: (handler, event, item) => tell(event, item?.datum),
  };
  const { view } = await globalThis.vegaEmbed(node.firstChild, spec, options);
  view.addEventListener("mousemove", (event, item) => tell(event, item?.datum));
  view.addEventListener("mouseout", () => tell(null, null));
  view.addEventListener(
    "click",
    (event, item) => item?.datum?.rows?.length && charts.go({ row: item.datum.rows[0] }, "chart"),
  );
}

/** Says what a mark stands for, beside the pointer. */
function tell(event, datum) {
  const box = document.getElementById("tip");
  box.hidden = !datum?.tip;
  if (!datum?.tip) return;
  box.textContent = datum.tip;
  box.style.left = `${Math.min(event.clientX + 12, innerWidth - box.offsetWidth - 8)}px`;
  box.style.top = `${Math.min(event.clientY + 16, innerHeight - box.offsetHeight - 8)}px`;
}
