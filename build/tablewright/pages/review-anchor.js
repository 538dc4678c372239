// A column that quotes the text: its words are typed and searched, or come from a selection; borders can be moved.

import { button, el } from "./dom.js";
import { nearest, nudged, places, snapped, wordsOf } from "./review-select.js";

let made = 0;
const flat = (words) => words.trim().split(/\s+/).join(" ");

/**
 * The line of a form for the quoting column `field`: {field, element, control, read(), span(), take(span)}.
 *
 * `cell` are its words now and `span` their place, or null; `near` is the place that decides between equals. `paper`
 * is the document: {text, index, reading}. `borders` gives buttons that move the borders. `onSpan(span)` is told of
 * the place whenever it changes or the line is entered.
 */
export function anchorLine({ field, cell, span, near, paper, borders, machine = null, onSpan }) {
  const id = `anchor-${(made += 1)}`;
  const input = el("textarea", { id, rows: borders || cell.length > 44 ? "2" : "1", spellcheck: "false", "aria-describedby": `${id}-hint`, "aria-required": field.required || null });
  const hint = el("p", { id: `${id}-hint`, class: "hint", "aria-live": "polite" });
  const tools = el("p", { class: "tools" });
  let place = span;
  let found = [];
  let exact = null;

  const show = () => onSpan(place);

  function say() {
    const typed = input.value.trim();
    const at = found.findIndex((each) => each.start === place?.start && each.end === place?.end);
    const lost = typed && !place ? "these words do not stand in the text" : "";
    const many = found.length > 1 && at >= 0 ? `place ${at + 1} of ${found.length}` : "";
    hint.textContent = [machine === null ? "" : `machine: ${machine || "empty"}`, lost].filter(Boolean).join(" · ");
    hint.classList.toggle("wrong", Boolean(lost));
    tools.replaceChildren(...(many ? [tool("‹", "Previous place of these words", () => goTo(at - 1)), el("span", { text: many }), tool("›", "Next place of these words", () => goTo(at + 1))] : []), ...exactTool(), ...(borders && place ? borderTools() : []));
    tools.hidden = !tools.hasChildNodes();
  }

  const tool = (label, title, act) => button(label, act, { class: "small", title, "aria-label": title });

  /** After a selection that cut words: a way to have it as it was. */
  function exactTool() {
    if (!exact) return [];
    return [tool("exactly as selected", "The words exactly as they were selected", () => { const kept = exact; exact = null; put(kept); })];
  }

  function borderTools() {
    return [["start", -1, "← start", "Start one word earlier"], ["start", 1, "start →", "Start one word later"], ["end", -1, "← end", "End one word earlier"], ["end", 1, "end →", "End one word later"]].map(([side, step, label, title]) =>
      button(label, (event) => move(side, step, event.shiftKey), { class: "small", title: `${title}; with Shift, one character`, "aria-label": title }));
  }

  function move(side, step, fine) {
    const kept = document.activeElement?.getAttribute("aria-label");
    put(nudged(paper.reading, place, side, step, fine) ?? place);
    [...tools.children].find((each) => each.getAttribute("aria-label") === kept)?.focus();
  }

  /** Takes a place over, with its words as the text has them. */
  function put(next) {
    place = next;
    input.value = flat(wordsOf(paper.reading, next));
    found = places(paper.reading, paper.text, paper.index, input.value);
    say();
    show();
  }

  const goTo = (at) => put(found[(at + found.length) % found.length]);

  input.addEventListener("input", () => {
    exact = null;
    found = places(paper.reading, paper.text, paper.index, input.value);
    place = nearest(found, place?.start ?? near());
    say();
    show();
  });
  input.addEventListener("focus", show);

  input.value = cell;
  if (cell && paper.text) found = places(paper.reading, paper.text, paper.index, cell);
  say();

  const element = el("div", { class: "line", data: { kind: "anchor", field: field.name } },
    el("label", { for: id, title: field.description }, field.title, field.required ? el("span", { class: "must", title: "needs a value", text: " *" }) : null),
    el("div", {}, input, tools, hint));
  const take = (chosen) => {
    const whole = snapped(paper.reading, chosen);
    exact = whole.start !== chosen.start || whole.end !== chosen.end ? { start: chosen.start, end: chosen.end } : null;
    put(whole);
  };
  return { field, element, control: input, read: () => flat(place ? wordsOf(paper.reading, place) : input.value), span: () => place, take };
}
