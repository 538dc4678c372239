// The list of rows: a listbox of which one option, the row in hand, is the stop of the Tab key.

import { byId, el } from "./dom.js";
import { STATES } from "./review-state.js";

/** The list in `host`; `onPick(row_id)` is told of a row that was clicked. */
export function createList(host, state, onPick) {
  const options = new Map();
  let chosen = null;

  host.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) onPick(option.dataset.row);
  });

  // A banner or a form takes room from the list: the row in hand stays in sight.
  new ResizeObserver(() => options.get(chosen)?.scrollIntoView({ block: "nearest" })).observe(host.parentElement);

  function render() {
    options.clear();
    for (const id of state.shown)
      options.set(id, el("li", { role: "option", tabindex: "-1", "aria-selected": "false", data: { row: id } }));
    host.replaceChildren(...options.values());
    for (const id of options.keys()) fill(id);
    chosen = null;
    select(state.current);
    byId("empty").hidden = options.size > 0;
  }

  /** Draws one row anew. */
  function fill(id) {
    const option = options.get(id);
    const row = state.rows.get(id);
    if (!option || !row) return;
    const { letter, title } = state.tables.get(row.table);
    const saving = state.saving.has(id);
    const { sign, label } = saving ? { sign: "…", label: "not saved yet" } : STATES[row.state];
    option.dataset.table = row.table;
    option.dataset.state = saving ? "saving" : row.state;
    option.replaceChildren(
      el("span", { class: "sign", "aria-hidden": "true", text: sign }),
      el("span", { class: "letter", "aria-hidden": "true", text: letter, title }),
      el("span", { class: "what" }, el("span", { class: "unseen", text: `${title}: ` }), row.label),
      el("span", { class: "facts", text: facts(state, row) }),
      el("span", { class: "unseen", text: `, ${label}` }),
    );
  }

  /** Shows a row as the one in hand, where the list can be seen. */
  function select(id) {
    const before = options.get(chosen);
    before?.setAttribute("aria-selected", "false");
    before?.setAttribute("tabindex", "-1");
    chosen = id;
    const option = options.get(id);
    option?.setAttribute("aria-selected", "true");
    option?.setAttribute("tabindex", "0");
    option?.scrollIntoView({ block: "nearest" });
  }

  return { render, fill, select, focus: () => options.get(chosen)?.focus({ preventScroll: true }) };
}

/** The codes that tell rows of a table apart at a glance. */
function facts(state, row) {
  const { fields } = state.tables.get(row.table);
  const codes = fields
    .filter((field) => field.kind === "code" && field.required && !field.computed)
    .map((field) => row.values[field.name]);
  const note = row.decision?.note ? ["note"] : [];
  return [...codes, ...note].filter(Boolean).join(" · ");
}
