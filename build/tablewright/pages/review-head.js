// The head of the page and the filters: which document, how far, which rows.

import { byId, counted, el } from "./dom.js";
import { VIEWS, progress } from "./review-state.js";

/** Draws the filters once; `onFilter()` after each change of `state.filters`. */
export function createFilters(state, onFilter) {
  const { filters } = state;
  byId("view").replaceChildren(
    ...Object.entries(VIEWS).map(([name, { label }]) => el("option", { value: name, text: label })),
  );
  byId("view").value = filters.view;
  byId("view").addEventListener("change", () => {
    filters.view = byId("view").value;
    onFilter();
  });
  byId("search").addEventListener("input", () => {
    filters.text = byId("search").value;
    onFilter();
  });
  byId("tables").replaceChildren(
    ...quoting(state).map((table) =>
      el(
        "button",
        {
          type: "button",
          data: { table: table.name },
          title: table.description,
          "aria-pressed": String(filters.tables.has(table.name)),
          on: { click: () => toggle(table.name) },
        },
        el("span", { class: "letter", "aria-hidden": "true", text: table.letter }),
        el("span", { text: table.title }),
        el("span", { class: "count" }),
      ),
    ),
  );

  function toggle(name) {
    if (!filters.tables.delete(name)) filters.tables.add(name);
    byId("tables")
      .querySelector(`[data-table="${CSS.escape(name)}"]`)
      .setAttribute("aria-pressed", String(filters.tables.has(name)));
    onFilter();
  }

  return {
    toggleNth: (number) => {
      const table = quoting(state)[number - 1];
      if (table) toggle(table.name);
    },
    /** Shows a view and a search, as if chosen by hand. */
    set: (view, text) => {
      byId("view").value = filters.view = view;
      byId("search").value = filters.text = text;
      onFilter();
    },
  };
}

const quoting = (state) => [...state.tables.values()].filter((table) => !table.actors_only);

/** Draws what changes with each decision: counts and progress. */
export function drawProgress(state) {
  const { byTable, total } = progress(state);
  for (const chip of byId("tables").children) {
    const { decided, all } = byTable.get(chip.dataset.table);
    chip.querySelector(".count").textContent = `${decided}/${all}`;
    chip.setAttribute("aria-label", `${state.tables.get(chip.dataset.table).title}, ${decided} of ${all} decided`);
  }
  byId("bar").max = Math.max(1, total.all);
  byId("bar").value = total.decided;
  byId("decided").textContent = `${total.decided.toLocaleString("en")} of ${counted(total.all, "row")} decided`;
}

/** Draws the names: of the project, the document and the reviewer. */
export function drawHead(state) {
  const { project, documentId } = state;
  const at = project.documents.findIndex((each) => each.document_id === documentId);
  const title = documentId === null ? "Actors of all documents" : (state.document?.title ?? documentId);
  document.title = `${title} – review of ${project.title}`;
  byId("project").textContent = project.title;
  byId("reviewer").textContent = `${project.reviewer}${project.apart ? ", apart" : ""}`;
  const place = documentId === null ? "" : `${at + 1} of ${project.documents.length}: `;
  byId("open-documents").textContent = `${place}${title}`;
  byId("tables").hidden = documentId === null;
}

/** Decisions that no longer fit, of the document or the project: what, where, and what to do. */
export function drawFindings(findings) {
  const host = byId("findings");
  host.hidden = findings.length === 0;
  host.querySelector("summary").textContent = `${counted(findings.length, "decision")} to look at`;
  host
    .querySelector("ul")
    .replaceChildren(
      ...findings.map((each) =>
        el(
          "li",
          {},
          `${each.file ? `${each.file}${each.line ? `, line ${each.line}` : ""}: ` : ""}${each.message}`,
          each.remedy ? el("span", { class: "quiet", text: ` ${each.remedy}` }) : null,
        ),
      ),
    );
}
