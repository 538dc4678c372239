// The page to settle differences as a whole: rows, codings side by side, what each key and button does.

import { get, post } from "./api.js";
import { byId, counted, cut, el } from "./dom.js";
import { RowForm } from "./review-form.js";
import { banner, say, unbanner } from "./review-notices.js";
import { keeps, settleCard } from "./settle-card.js";

const EVERY = 1500; // ms between questions for news

export class SettlePage {
  constructor(project) {
    this.state = {
      tables: new Map(project.tables.map((table) => [table.name, table])),
      actors: new Map(project.actors.map((actor) => [actor.actor_id, actor])),
      documentId: null,
    };
    this.reviewer = project.reviewer;
    this.stamp = project.stamp;
    this.rows = [];
    this.shown = [];
    this.current = null;
    this.notes = new Map();
    this.busy = false;
    this.form = null;
    byId("project").textContent = `${project.title}: differences`;
    byId("reviewer").textContent = project.reviewer;
    byId("view").addEventListener("change", () => {
      this.shown = [];
      this.draw();
    });
    byId("list").addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) {
        this.pick(option.dataset.row);
        this.focus();
      }
    });
  }

  /** Reads the differences again. */
  async read() {
    const answer = await get("differences");
    this.rows = answer.rows;
    byId("agreement")
      .querySelector("tbody")
      .replaceChildren(...answer.agreement.map(agreementLine));
    byId("agreement").hidden = answer.agreement.length === 0;
    this.draw();
  }

  row = (id = this.current) => this.rows.find((row) => row.row_id === id);

  draw() {
    const focused = byId("list").contains(document.activeElement);
    const all = byId("view").value === "all";
    // A row that is settled here stays in the list until the view changes, so that nothing jumps.
    this.shown = this.rows
      .filter((row) => all || !row.settled || this.shown.includes(row.row_id))
      .map((row) => row.row_id);
    if (!this.shown.includes(this.current)) this.current = this.shown[0] ?? null;
    byId("list").replaceChildren(...this.shown.map((id) => this.option(this.row(id))));
    const settled = this.rows.filter((row) => row.settled).length;
    byId("bar").max = Math.max(1, this.rows.length);
    byId("bar").value = settled;
    byId("decided").textContent = `${settled} of ${counted(this.rows.length, "row")} settled`;
    byId("empty").hidden = this.shown.length > 0;
    byId("empty").textContent = this.rows.length
      ? "Every difference is settled."
      : "Reviewers do not differ on any row: with --reviewer, two people code apart, and what they differ on is shown here.";
    this.pick(this.current);
    if (focused) this.focus();
  }

  option(row) {
    const { letter, title } = this.state.tables.get(row.table);
    return el(
      "li",
      {
        role: "option",
        tabindex: "-1",
        "aria-selected": "false",
        data: { row: row.row_id, table: row.table, state: row.settled ? "confirmed" : "conflict" },
      },
      el("span", { class: "sign", "aria-hidden": "true", text: row.settled ? "✓" : "≠" }),
      el("span", { class: "letter", "aria-hidden": "true", text: letter, title }),
      el("span", { class: "what", text: row.label }),
      el("span", { class: "facts", text: row.columns.map((name) => this.columnTitle(row.table, name)).join(", ") }),
      el("span", { class: "unseen", text: row.settled ? ", settled" : ", differs" }),
    );
  }

  columnTitle = (table, name) =>
    name === "keep"
      ? "in or out"
      : (this.state.tables.get(table).fields.find((field) => field.name === name)?.title ?? name);

  pick(id) {
    if (this.form && id === this.form.row) return;
    this.form = null;
    this.current = id;
    for (const option of byId("list").children) {
      const chosen = option.dataset.row === id;
      option.setAttribute("aria-selected", String(chosen));
      option.tabIndex = chosen ? 0 : -1;
      if (chosen) option.scrollIntoView({ block: "nearest" });
    }
    this.drawCard();
  }

  drawCard() {
    const row = this.row();
    if (!row) return void byId("hand").replaceChildren();
    // While one writes a note, the card stays as it is.
    if (document.activeElement?.id === "note" && byId("hand").dataset.row === row.row_id) return;
    byId("hand").dataset.row = row.row_id;
    byId("hand").replaceChildren(
      settleCard(this.state, row, this.acts(), {
        note: this.notes.get(row.row_id) ?? "",
        onNote: (note) => this.notes.set(row.row_id, note),
        busy: this.busy,
      }),
    );
  }

  acts = () => ({
    take: (at) => this.take(at),
    amend: () => this.amend(),
    reject: () => this.reject(),
    undo: () => this.undo(),
  });

  focus = () => byId("list").querySelector("[aria-selected=true]")?.focus({ preventScroll: true });

  step(by) {
    const next = this.shown[this.shown.indexOf(this.current) + by];
    if (next) this.pick(next);
    this.focus();
  }

  take(at) {
    const row = this.row();
    const decision = row?.decisions[at];
    if (!decision) return;
    if (!keeps(decision)) return void this.reject();
    this.settle(
      row,
      { reviewer: decision.reviewer, changes: {}, reject: false },
      `${decision.reviewer}’s coding is taken`,
    );
  }

  reject() {
    const row = this.row();
    if (row) this.settle(row, { reviewer: null, changes: {}, reject: true }, "the row is rejected");
  }

  /** Sends what settles the row, as the note says why. Failures are shown and nothing is taken for saved. */
  async settle(row, body, what) {
    if (this.busy) return;
    await this.send("settle", { row_id: row.row_id, ...body, note: this.notes.get(row.row_id) ?? "" }, row, what);
  }

  async undo() {
    const row = this.row();
    if (!row?.settled || this.busy) return;
    await this.send(
      "undo",
      { row_id: row.settlement.row_id ?? row.row_id, settling: true },
      row,
      "what was settled is taken back",
    );
  }

  async send(path, body, row, what, inForm = false) {
    this.busy = true;
    byId("said").textContent = "Saving …";
    try {
      await post(path, body);
      unbanner("refused");
      this.form = null;
      this.notes.delete(row.row_id);
      const next =
        path === "undo"
          ? row.row_id
          : (this.shown.slice(this.shown.indexOf(row.row_id) + 1).find((id) => !this.row(id).settled) ?? row.row_id);
      this.current = next;
      await this.read();
      this.focus();
      say(`Saved: ${what} (${cut(row.label, 60)}).`);
    } catch (error) {
      byId("said").textContent = "Not saved.";
      if (inForm) throw error;
      banner("refused", `Not saved: ${cut(row.label, 60)}: ${error.message}`, {
        remedy: error.remedy || "Try again.",
        tone: "error",
        actions: [["Close", () => unbanner("refused")]],
      });
    } finally {
      this.busy = false;
    }
  }

  /** A form over one reviewer's values: the first who keeps the row. */
  amend() {
    const row = this.row();
    const base = row?.decisions.find(keeps);
    if (!base) return;
    const as = {
      row_id: row.row_id,
      label: row.label,
      values: base.values,
      machine: null,
      anchors: [],
      decision: null,
    };
    const form = new RowForm({
      state: this.state,
      table: this.state.tables.get(row.table),
      row: as,
      note: this.notes.get(row.row_id) ?? "",
      paper: null,
      unchanged: `Nothing was changed: take ${base.reviewer}’s coding as it is.`,
      onCancel: () => {
        this.form = null;
        this.drawCard();
        this.focus();
      },
      onSave: ({ body }) =>
        this.send(
          "settle",
          { row_id: row.row_id, reviewer: base.reviewer, changes: body.changes, reject: false, note: body.note },
          row,
          "values of one’s own are taken",
          true,
        ),
    });
    this.form = { row: row.row_id };
    byId("hand").dataset.row = "";
    byId("hand").replaceChildren(
      el("p", { class: "quiet", text: `Begins with ${base.reviewer}’s values: ${row.label}` }),
      form.element,
    );
    form.focus(row.columns.find((name) => name !== "keep"));
  }

  async news() {
    try {
      const { stamp } = await get(`changes?since=${encodeURIComponent(this.stamp)}`);
      unbanner("gone");
      if (stamp !== this.stamp && !this.busy) {
        this.stamp = stamp;
        await this.read();
      }
    } catch (error) {
      banner(
        "gone",
        error.foreign ? "This page's server has ended and another runs in its place." : "The server does not answer.",
        {
          tone: "error",
          remedy: error.foreign
            ? "Open the address that it printed."
            : "What was settled is saved; nothing more is taken until it is back.",
        },
      );
    }
    setTimeout(() => this.news(), EVERY);
  }
}

function agreementLine({ table, column, rows, agreeing, alpha }) {
  const percent = `${Math.round(agreeing * 100)} %`;
  return el(
    "tr",
    {},
    el("td", { text: table.replaceAll("_", " ") }),
    el("td", { text: column === "keep" ? "in or out" : column }),
    el("td", { text: rows }),
    el("td", { text: percent }),
    el("td", {
      text: alpha === null ? "–" : alpha.toFixed(2),
      title: alpha === null ? "not defined: everybody says the same" : null,
    }),
  );
}
