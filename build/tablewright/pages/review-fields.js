// One control for each column of a row, by the kind of its values. Cells in, cells out: text as the CSV has it.

import { ActorInput } from "./review-actors.js";
import { el } from "./dom.js";
import { ordered } from "./review-state.js";

let made = 0;

/** The columns that a person fills in, of a table as `api/project` describes it. */
export const filledIn = (table) =>
  ordered(
    table.fields.filter((field) => !field.computed),
    "first",
  );

/**
 * The line of a form for `field` with the cell that it has now: {field, element, control, read()}. `machine` is the
 * machine's cell where it differs, else null.
 */
export function fieldLine(state, field, cell, machine = null) {
  const id = `field-${(made += 1)}`;
  const hint = el("p", { id: `${id}-hint`, class: "hint", "aria-live": "polite" });
  const make =
    { flag: flagControl, code: codeControl, actor: actorControl, actors: actorControl }[field.kind] ?? textControl;
  const control = make({ id, field, cell, state });
  if (machine !== null) hint.append("machine: ", el("span", { text: machine || "empty" }));
  const said = hint.textContent;
  const label = el(
    "label",
    { for: id, title: field.description },
    field.title,
    field.required ? el("span", { class: "must", title: "needs a value", text: " *" }) : null,
  );
  const element = el(
    "div",
    { class: "line", data: { kind: field.kind, field: field.name } },
    label,
    el("div", {}, control.element, hint),
  );
  control.element.addEventListener("input", () => {
    hint.textContent = [said, remark(field, control.read())].filter(Boolean).join(" · ");
    hint.classList.toggle("wrong", Boolean(wrong(field, control.read())));
  });
  return { field, element, control: control.focus, read: control.read };
}

function textControl({ id, field, cell }) {
  const long = !["date", "number"].includes(field.kind) && cell.length > 44;
  const input = el(long ? "textarea" : "input", {
    id,
    rows: long ? "2" : null,
    type: long ? null : "text",
    autocomplete: "off",
    spellcheck: String(field.kind === "text"),
    placeholder: field.kind === "date" ? "YYYY-MM-DD" : null,
    inputmode: field.kind === "number" ? "decimal" : null,
    "aria-describedby": `${id}-hint`,
    "aria-required": field.required || null,
  });
  input.value = cell;
  return { element: input, focus: input, read: () => input.value.trim() };
}

function codeControl({ id, field, cell }) {
  const codes = [...field.codes];
  if (cell && !codes.some((code) => code.value === cell)) codes.unshift({ value: cell, label: "not among the codes" });
  if (!field.required || !cell) codes.unshift({ value: "", label: "" });
  const select = el(
    "select",
    { id, "aria-describedby": `${id}-hint`, "aria-required": field.required || null },
    ...codes.map(({ value, label }) => el("option", { value, text: label ? `${value} – ${label}` : value || "–" })),
  );
  select.value = cell;
  return { element: select, focus: select, read: () => select.value };
}

/** A box where a value is needed; where it may be missing, three choices. */
function flagControl({ id, field, cell }) {
  if (!field.required)
    return codeControl({
      id,
      cell,
      field: {
        ...field,
        codes: [
          { value: "true", label: "yes" },
          { value: "false", label: "no" },
        ],
      },
    });
  const box = el("input", { id, type: "checkbox" });
  box.checked = cell === "true";
  return { element: el("span", { class: "box" }, box), focus: box, read: () => String(box.checked) };
}

function actorControl({ id, field, cell, state }) {
  const input = new ActorInput({
    id,
    cell,
    several: field.kind === "actors",
    actors: state.actors,
    describedby: `${id}-hint`,
  });
  return { element: input.element, focus: input.input, read: () => input.read() };
}

/** What is wrong with a cell as far as the page can tell, or "". The server has the last word. */
export function wrong(field, cell) {
  if (!cell) return "";
  if (field.kind === "date" && !isDay(cell)) return "no date: write YYYY-MM-DD";
  if (field.kind === "number" && !/^[+-]?\d+(\.\d+)?$/.test(cell))
    return "no number: write digits only, with a point before decimals";
  return "";
}

function isDay(cell) {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(cell) ? Date.parse(`${cell}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(cell);
}

function remark(field, cell) {
  if (wrong(field, cell)) return wrong(field, cell);
  return field.kind === "number" && /^\d{5,}$/.test(cell) ? BigInt(cell).toLocaleString("en") : "";
}
