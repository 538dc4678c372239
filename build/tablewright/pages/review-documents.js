// Which document: the list of all with their progress, and the one that is open.

import { byId, counted, el } from "./dom.js";

const SHOWN = 300;

/** The chooser; `onOpen(id)` with null for the actors. */
export function createDocuments(state, onOpen) {
  const dialog = byId("documents");
  const search = byId("documents-search");
  const list = byId("documents-list");

  function draw() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = state.project.documents.filter((each) =>
      words.every((word) =>
        `${each.title} ${each.document_id} ${each.published_on ?? ""}`.toLowerCase().includes(word),
      ),
    );
    const entries = found.slice(0, SHOWN).map((each) => entry(each.document_id, each.title, counts(each)));
    if (!words.length) entries.push(entry(null, "Actors of all documents", "reviewed by name"));
    list.replaceChildren(...entries);
    byId("documents-found").textContent =
      found.length > SHOWN
        ? `${counted(found.length, "document")}; the first ${SHOWN} are shown, search for others`
        : counted(found.length, "document");
  }

  function entry(id, title, said) {
    const open = el(
      "button",
      {
        type: "button",
        class: "entry",
        "aria-current": id === state.documentId ? "true" : null,
        on: {
          click: () => {
            dialog.close();
            onOpen(id);
          },
        },
      },
      el("span", { class: "title", text: title }),
      el("span", { class: "quiet", text: said }),
    );
    return el("li", {}, open);
  }

  search.addEventListener("input", draw);
  dialog.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const entries = [...list.querySelectorAll(".entry")];
    if (event.key === "Enter" && event.target === search) entries[0]?.click();
    else if (step) entries[entries.indexOf(document.activeElement) + step]?.focus();
    else return;
    event.preventDefault();
  });

  return {
    open: () => {
      search.value = "";
      draw();
      dialog.showModal();
      (list.querySelector("[aria-current]") ?? search).focus();
    },
    redraw: () => {
      if (dialog.open) draw();
    },
    /** The document `step` places from the open one, or undefined. */
    neighbour: (step) => {
      const ids = [...state.project.documents.map((each) => each.document_id), null];
      return ids[ids.indexOf(state.documentId) + step];
    },
    /** The next document, from the open one on and round, that has rows to decide; undefined for none. */
    unfinished: () => {
      const all = state.project.documents;
      const at = all.findIndex((each) => each.document_id === state.documentId);
      return [...all.slice(at + 1), ...all.slice(0, Math.max(at, 0))].find((each) => each.pending + each.conflicts > 0);
    },
  };
}

/** "12 of 40 decided, 2 differ". */
function counts({ pending, decided, conflicts }) {
  const all = pending + decided + conflicts;
  if (!all) return "no rows";
  return `${decided} of ${all} decided${conflicts ? `, in ${conflicts} reviewers differ` : ""}`;
}
