// Single keys, and the page that lists them. They are silent while one types, and can be switched off.

import { byId, el } from "./dom.js";

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const SWITCH = "tablewright-keys";

/** The keys by what they do, for the help. */
export const HELP = [
  ["j or ↓, k or ↑", "next and previous row"],
  ["a", "accept the row"],
  ["e", "amend it"],
  ["r", "reject it"],
  ["u", "take the row's decision back, else the last one"],
  ["m", "write a note; it goes with the decision"],
  ["n", "add a row: of the selected words, or of words that you type"],
  ["t", "go into the text: arrows move by word, Shift selects, then n"],
  ["l", "back to the list"],
  ["/", "search the rows"],
  ["f", "filter by state"],
  ["1 … 9", "show or hide a table"],
  ["d", "documents; [ and ] the previous and next one"],
  ["Ctrl Enter", "save a form"],
  ["Esc", "leave a form, a field or this page"],
  ["?", "this list"],
];

/** Listens for keys; `acts` holds what each does, by key. */
export function listenForKeys(acts) {
  document.addEventListener("keydown", (event) => {
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      document.querySelector("dialog[open]")
    )
      return;
    if (event.target.closest(TYPING)) {
      if (event.key === "Escape" && !event.target.closest("form")) acts.l();
      return;
    }
    const arrows = event.target.closest("#list") ? { ArrowDown: "j", ArrowUp: "k" } : {};
    const name = arrows[event.key] ?? event.key;
    if (!(name in acts) || (!switchedOn() && !(event.key in arrows) && event.target.closest("#list") === null)) return;
    event.preventDefault();
    acts[name](event);
  });
}

/** Whether single keys act everywhere on the page; on the list they always do. */
function switchedOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

/** Fills the help; gives what opens it. */
export function createHelp(keys) {
  const dialog = byId("help");
  const box = el("input", {
    type: "checkbox",
    id: "keys-on",
    on: { change: () => localStorage.setItem(SWITCH, box.checked ? "on" : "off") },
  });
  box.checked = switchedOn();
  byId("keys").replaceChildren(
    ...keys.map(([key, what]) =>
      el("tr", {}, el("th", { scope: "row" }, el("kbd", { text: key })), el("td", { text: what })),
    ),
  );
  byId("keys-switch").replaceChildren(
    box,
    el("label", { for: "keys-on", text: " Single keys act anywhere on the page, not only on the list of rows" }),
  );
  return () => dialog.showModal();
}
