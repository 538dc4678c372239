// Choosing actors by name or id: a combobox, and for several actors chips before it.

import { button, el } from "./dom.js";

const MATCHES = 12;
let made = 0;

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The actors that `typed` may mean, best first: by id or name from its beginning, then by any of its words. */
export function matching(actors, typed) {
  const words = fold(typed).split(/[\s_-]+/).filter(Boolean);
  if (!words.length) return [];
  const found = [];
  for (const actor of actors.values()) {
    const name = fold(actor.name);
    const all = `${name} ${actor.actor_id} ${actor.actor_id.replaceAll("-", " ")}`;
    if (!words.every((word) => all.includes(word))) continue;
    const rank = actor.actor_id === typed ? 0 : name.startsWith(words[0]) ? 1 : all.includes(` ${words[0]}`) ? 2 : 3;
    found.push({ actor, rank });
  }
  found.sort((one, other) => one.rank - other.rank || (one.actor.name < other.actor.name ? -1 : 1));
  return found.slice(0, MATCHES).map(({ actor }) => actor);
}

/**
 * A control for the actor ids in `cell` ("; " between several). It is an element with `read()`, which gives the cell,
 * ids that no actor has included: the server says what is wrong with them.
 */
export function actorInput({ id, cell, several, actors, describedby }) {
  const chosen = cell.split(";").map((each) => each.trim()).filter(Boolean);
  const listId = `actors-${(made += 1)}`;
  const input = el("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false", "aria-autocomplete": "list",
    "aria-controls": listId, "aria-describedby": describedby, placeholder: several ? "add by name or id" : "name or id",
  });
  const options = el("ul", { id: listId, role: "listbox", class: "options", "aria-label": "Actors", hidden: true });
  const chips = el("ul", { class: "chips", "aria-label": "Chosen actors" });
  const host = el("div", { class: "combo" }, several ? chips : null, input, options);
  let active = -1;

  const name = (each) => actors.get(each)?.name ?? each;
  const tell = () => host.dispatchEvent(new Event("input", { bubbles: true }));

  function drawChips() {
    chips.replaceChildren(...chosen.map((each) => el("li", {}, `${name(each)} `, button("×", () => drop(each), { "aria-label": `Remove ${name(each)}`, class: "bare" }))));
    chips.hidden = chosen.length === 0;
  }

  function drop(each) {
    chosen.splice(chosen.indexOf(each), 1);
    drawChips();
    input.focus();
    tell();
  }

  function close() {
    options.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function open() {
    const found = matching(actors, input.value);
    options.replaceChildren(
      ...found.map((actor, at) => el("li", { id: `${listId}-${at}`, role: "option", "aria-selected": "false", data: { actor: actor.actor_id } },
        actor.name, el("span", { class: "quiet", text: ` ${actor.actor_id} · ${actor.kind.replaceAll("_", " ")}` }))),
    );
    options.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    move(found.length ? 0 : -1);
  }

  function move(to) {
    options.children[active]?.setAttribute("aria-selected", "false");
    active = to;
    const option = options.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function take(actorId) {
    if (several) {
      if (!chosen.includes(actorId)) chosen.push(actorId);
      input.value = "";
      drawChips();
    } else {
      chosen.splice(0, chosen.length, actorId);
      input.value = name(actorId);
    }
    close();
    tell();
  }

  input.addEventListener("input", () => {
    if (!several) chosen.length = 0;
    open();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const size = options.hidden ? 0 : options.children.length;
    if (event.key === "ArrowDown" && !size) open();
    else if (event.key === "ArrowDown") move((active + 1) % size);
    else if (event.key === "ArrowUp" && size) move((active + size - 1) % size);
    else if (event.key === "Enter" && size && !event.ctrlKey) take(options.children[active].dataset.actor);
    else if (event.key === "Escape" && size) close();
    else if (event.key === "Backspace" && several && !input.value && chosen.length) drop(chosen.at(-1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  options.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option.dataset.actor);
  });

  if (several) drawChips();
  else input.value = chosen.length ? name(chosen[0]) : "";
  host.read = () => [...chosen, ...typedId(input.value, several || !chosen.length, actors)].join("; ");
  return host;
}

/** What was typed and not chosen from the list: an actor's exact name or id, or as it stands. */
function typedId(typed, counts, actors) {
  const bare = typed.trim();
  if (!bare || !counts) return [];
  const same = [...actors.values()].find((actor) => fold(actor.name) === fold(bare) || actor.actor_id === bare);
  return [same?.actor_id ?? bare];
}
