// Making elements. Whatever comes from the project enters the page as text or as an attribute, never as markup.

/**
 * An element with attributes and children; a child that is a string becomes text, null and false are left out.
 *
 * Of `props`, `class` and `text` mean what they say, `on` holds listeners by event, `data` the dataset; functions and
 * objects apart, all else is an attribute: true is an empty one, false and null are left out.
 */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** The page's element with this id. */
export const byId = (id) => document.getElementById(id);

/** A button that acts on a click; `key` is shown as the key that does the same. */
export function button(label, act, { key = "", ...props } = {}) {
  const shown = key ? [label, " ", el("kbd", { text: key, "aria-hidden": "true" })] : [label];
  return el("button", { type: "button", "aria-keyshortcuts": key || null, ...props, on: { click: act } }, ...shown);
}

/** "1 row", "2 rows". */
export const counted = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

/** `text` cut to `length` characters at most. */
export const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);
