// What the page says: aloud to screen readers, in the line of state, and in banners that stay until the matter is settled.

import { button, byId, el } from "./dom.js";

/** Says `text` to screen readers and shows it in the line of state. */
export function say(text, { quietly = false } = {}) {
  if (!quietly) byId("said").textContent = text;
  byId("spoken").textContent = text;
}

/** Says `text` to screen readers alone. */
export const speak = (text) => (byId("spoken").textContent = text);

/** Shows a banner, or changes the one with this `name`; `actions` are [label, act]. */
export function banner(name, text, { remedy = "", actions = [], tone = "warning" } = {}) {
  const host = byId("banners");
  const content = [
    el("p", {}, el("strong", { text }), remedy ? ` ${remedy}` : ""),
    ...actions.map(([label, act]) => button(label, act)),
  ];
  const there = host.querySelector(`[data-banner="${name}"]`);
  // One that says the same already stays: it is not read out again, and a button in it keeps the focus.
  if (there && there.dataset.text === text + remedy) return;
  const shown = el("div", { class: `banner ${tone}`, data: { banner: name, text: text + remedy } }, ...content);
  if (there) there.replaceWith(shown);
  else host.append(shown);
}

/** Takes a banner away; gives whether there was one. */
export function unbanner(name) {
  const there = byId("banners").querySelector(`[data-banner="${name}"]`);
  there?.remove();
  return Boolean(there);
}
