// The small bar that comes up beside selected words: what to do with them.

import { button, byId, el } from "./dom.js";
import { singular } from "./review-card.js";

/** The bar. `show(choices, act)` offers {name, title} for the words selected now, `hide()` takes it away. */
export function createChoose() {
  const bar = byId("choose");

  function show(lead, choices, act) {
    const place = getSelection().getRangeAt(0).getBoundingClientRect();
    bar.replaceChildren(
      el("span", { text: lead }),
      ...choices.map(({ name, title }) =>
        button(title, () => {
          hide();
          act(name);
        }),
      ),
    );
    bar.hidden = false;
    const { width, height } = bar.getBoundingClientRect();
    const below = place.bottom + 8;
    bar.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
    bar.style.top = `${below + height > innerHeight ? Math.max(8, place.top - height - 8) : below}px`;
  }

  const hide = () => (bar.hidden = true);
  byId("text").addEventListener("scroll", hide, { passive: true });
  bar.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  return { show, hide, holds: (node) => bar.contains(node) };
}

/** The tables to which words of the text can be added, as choices. */
export function tableChoices(state) {
  const quoting = [...state.tables.values()].filter((table) => table.fields.some((field) => field.kind === "anchor"));
  return quoting.map(({ name, title }) => ({ name, title: singular(title) }));
}
