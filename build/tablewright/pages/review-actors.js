// Choosing actors by name or id: a combobox, and for several actors chips before it.

import { button, el } from "./dom.js";

const MATCHES = 12;
let made = 0;

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The actors that `typed` may mean, best first: by id or name from its beginning, then by any of its words. */
export function matching(actors, typed) {
  const words = fold(typed)
    .split(/[\s_-]+/)
    .filter(Boolean);
  if (!words.length) return [];
  const found = [];
  for (const actor of actors.values()) {
    const name = fold(actor.name);
    const all = `${name} ${actor.actor_id} ${actor.actor_id.replaceAll("-", " ")}`;
    if (!words.every((word) => all.includes(word))) continue;
    const rank = actor.actor_id === typed ? 0 : name.startsWith(words[0]) ? 1 : all.includes(` ${words[0]}`) ? 2 : 3;
    found.push({ actor, rank });
  }
  // Equals keep their order: actors come as often mentioned, most first.
  return found
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MATCHES)
    .map(({ actor }) => actor);
}

/** A control for the actor ids in a cell ("; " between several). */
export class ActorInput {
  /** `actors` are all actors by id, `several` whether the cell may hold more than one. */
  constructor({ id, cell, several, actors, describedby }) {
    Object.assign(this, { several, actors });
    this.chosen = cell
      .split(";")
      .map((each) => each.trim())
      .filter(Boolean);
    this.active = -1;
    const listId = `actors-${(made += 1)}`;
    this.input = el("input", {
      id,
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": listId,
      "aria-describedby": describedby,
      placeholder: several ? "add by name or id" : "name or id",
      on: { input: () => this.typed(), blur: () => this.close(), keydown: (event) => this.keyed(event) },
    });
    this.options = el("ul", {
      id: listId,
      role: "listbox",
      class: "options",
      "aria-label": "Actors",
      hidden: true,
      on: { mousedown: (event) => this.clicked(event) },
    });
    this.chips = el("ul", { class: "chips", "aria-label": "Chosen actors" });
    this.element = el("div", { class: "combo" }, several ? this.chips : null, this.input, this.options);
    if (several) this.drawChips();
    else if (this.chosen.length) this.input.value = this.name(this.chosen[0]);
  }

  /** The cell. An id that no actor has is in it as it was typed: the server says what is wrong with it. */
  read() {
    const typed = this.input.value.trim();
    if (!typed) return this.several ? this.chosen.join("; ") : "";
    if (!this.several && this.chosen.length) return this.chosen[0];
    const same = [...this.actors.values()].find(
      (actor) => fold(actor.name) === fold(typed) || actor.actor_id === typed,
    );
    return [...this.chosen, same?.actor_id ?? typed].join("; ");
  }

  name = (actorId) => this.actors.get(actorId)?.name ?? actorId;

  tell = () => this.element.dispatchEvent(new Event("input", { bubbles: true }));

  drawChips() {
    const chip = (actorId) => {
      const remove = button("×", () => this.drop(actorId), {
        "aria-label": `Remove ${this.name(actorId)}`,
        class: "bare",
      });
      return el("li", {}, `${this.name(actorId)} `, remove);
    };
    this.chips.replaceChildren(...this.chosen.map(chip));
    this.chips.hidden = this.chosen.length === 0;
  }

  drop(actorId) {
    this.chosen.splice(this.chosen.indexOf(actorId), 1);
    this.drawChips();
    this.input.focus();
    this.tell();
  }

  typed() {
    if (!this.several) this.chosen.length = 0;
    this.open();
  }

  open() {
    const found = matching(this.actors, this.input.value);
    const option = (actor, at) => {
      const facts = el("span", { class: "quiet", text: ` ${actor.actor_id} · ${actor.kind.replaceAll("_", " ")}` });
      const props = {
        id: `${this.options.id}-${at}`,
        role: "option",
        "aria-selected": "false",
        data: { actor: actor.actor_id },
      };
      return el("li", props, actor.name, facts);
    };
    this.options.replaceChildren(...found.map(option));
    this.options.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.move(found.length ? 0 : -1);
  }

  close() {
    this.options.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.move(-1);
  }

  /** Makes another of the offered actors the one that Enter takes. */
  move(to) {
    this.options.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = to;
    const option = this.options.children[to];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  take(actorId) {
    if (!this.several) this.chosen.length = 0;
    if (!this.chosen.includes(actorId)) this.chosen.push(actorId);
    this.input.value = this.several ? "" : this.name(actorId);
    if (this.several) this.drawChips();
    this.close();
    this.tell();
  }

  keyed(event) {
    const size = this.options.hidden ? 0 : this.options.children.length;
    if (event.key === "ArrowDown" && !size) this.open();
    else if (event.key === "ArrowDown") this.move((this.active + 1) % size);
    else if (event.key === "ArrowUp" && size) this.move((this.active + size - 1) % size);
    else if (event.key === "Enter" && size && !event.ctrlKey)
      this.take(this.options.children[this.active].dataset.actor);
    else if (event.key === "Escape" && size) this.close();
    else if (event.key === "Backspace" && this.several && !this.input.value && this.chosen.length)
      this.drop(this.chosen.at(-1));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  clicked(event) {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) this.take(option.dataset.actor);
  }
}
