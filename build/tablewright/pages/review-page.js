// The review page as a whole: what each key and button does, and how answers of the server reach the page.

import { documentPath, get } from "./api.js";
import { byId, cut } from "./dom.js";
import { createChoose, tableChoices } from "./review-choose.js";
import { createDocuments } from "./review-documents.js";
import { Deciding } from "./review-deciding.js";
import { Hand } from "./review-hand.js";
import { createFilters, drawFindings, drawHead, drawProgress } from "./review-head.js";
import { HELP, createHelp } from "./review-keys.js";
import { createList } from "./review-list.js";
import { banner, say, speak, unbanner } from "./review-notices.js";
import * as states from "./review-state.js";
import { TextPane } from "./review-text.js";

export class ReviewPage {
  constructor(project) {
    this.state = states.createState(project);
    this.stamps = {}; // of documents, as far as their rows are known here
    this.deciding = new Deciding(this);
    this.acts = this.makeActs();
    this.text = new TextPane({
      onPick: (id) => this.pickMark(id),
      onWords: (span) => this.wordsSelected(span),
      onSpoken: speak,
    });
    this.list = createList(byId("list"), this.state, (id) => {
      this.pick(id);
      this.list.focus();
    });
    this.hand = new Hand(this);
    this.choose = createChoose();
    this.documents = createDocuments(this.state, (id) => this.openDocument(id));
    this.filters = createFilters(this.state, () => this.refilter());
    this.help = createHelp(HELP);
  }

  makeActs() {
    return {
      accept: () => this.deciding.decide("accept"),
      reject: () => this.deciding.decide("reject"),
      amend: (field) => this.hand.amend(field),
      undo: () => this.deciding.undo(),
      saveNote: () => this.deciding.saveNote(),
      leaveNote: () => this.list.focus(),
    };
  }

  // Moving about.

  /** Opens a document, or with null the actors; `rowId` is to be in hand. */
  async openDocument(id, rowId = null) {
    if (id === undefined) return void say(`There is no further document.`);
    if (
      this.hand.unsaved().length &&
      id !== this.state.documentId &&
      !confirm(`Not saved: ${this.hand.unsaved().join("; ")}. Leave the document all the same?`)
    )
      return;
    let answer;
    try {
      answer = await get(documentPath(id));
    } catch (error) {
      return void banner("open", `The document could not be opened: ${error.message}`, {
        remedy: error.remedy ?? "",
        tone: "error",
        actions: [["Try again", () => this.openDocument(id, rowId)]],
      });
    }
    unbanner("open");
    this.hand.clear();
    states.openDocument(this.state, id, answer);
    this.stamps[id] = answer.stamp;
    if (id === null) this.text.close("Actors are reviewed by name: they stand in no one place of a text.");
    else this.text.open(answer, this.markedRows());
    if (rowId !== null && this.state.rows.has(rowId)) this.bringIn(rowId);
    this.drawAll();
    this.list.focus();
    say(`${id === null ? "Actors" : answer.title}: ${byId("decided").textContent}.`);
  }

  /** Widens the filters so that the row is in the list, and takes it in hand. */
  bringIn(rowId) {
    const row = this.state.rows.get(rowId);
    if (!this.state.shown.includes(rowId)) {
      this.state.filters.tables.add(row.table);
      this.filters.set("all", "");
    }
    this.state.current = rowId;
  }

  drawAll() {
    drawHead(this.state);
    drawProgress(this.state);
    drawFindings([
      ...(this.state.document?.findings ?? []),
      ...(this.state.documentId === null ? (this.state.project.findings ?? []) : []),
    ]);
    this.drawEmpty();
    this.list.render();
    this.pick(this.state.current);
  }

  drawEmpty() {
    const { filters, rows, documentId } = this.state;
    const narrowed = filters.text || !["awaiting", "all"].includes(filters.view);
    byId("empty").textContent = narrowed
      ? "No row fits the filters."
      : rows.size === 0
        ? "No rows yet. Select words in the text to add one."
        : documentId !== null && filters.tables.size === 0
          ? "No table is chosen."
          : "Every row here is decided.";
  }

  markedRows = () => [...this.state.rows.values()].filter((row) => states.tableShown(this.state, row));

  refilter() {
    states.refilter(this.state);
    this.text.setRows(this.markedRows());
    drawProgress(this.state);
    this.drawEmpty();
    this.list.render();
    this.pick(this.state.current);
  }

  /** Takes a row in hand. */
  pick(id) {
    this.state.current = id;
    this.list.select(id);
    this.text.select(this.state.rows.get(id) ?? null);
    this.hand.showCard();
    this.keepPlace();
  }

  /** Takes a row in hand, whatever the filters say. */
  show(id) {
    this.bringIn(id);
    this.pick(id);
  }

  pickMark(id) {
    this.choose.hide();
    if (!this.state.shown.includes(id)) {
      states.enlist(this.state, [id]);
      this.list.render();
    }
    this.pick(id);
    this.list.focus();
  }

  step(by) {
    const next = states.neighbour(this.state, by);
    if (next === null) say(by > 0 ? "This is the last row of the list." : "This is the first row of the list.");
    else this.pick(next);
    this.list.focus();
  }

  /** The address keeps document and row, so that a page that is opened again goes on there. */
  keepPlace() {
    const place = new URLSearchParams({
      document: this.state.documentId ?? "",
      ...(this.state.current ? { row: this.state.current } : {}),
    });
    history.replaceState(null, "", `#${place}`);
  }

  // Words of the text.

  wordsSelected(span) {
    if (this.choose.holds(document.activeElement)) return;
    if (!span || this.state.documentId === null) return void this.choose.hide();
    const { open } = this.hand;
    if (open)
      this.choose.show("Use as", open.form.targets(), (name) => {
        this.hand.offer(open, span, name);
        this.text.clear();
      });
    else
      this.choose.show("Add", tableChoices(this.state), (name) => {
        this.hand.add(name, span);
        this.text.clear();
      });
  }

  startAdding() {
    this.choose.hide();
    const span = this.text.selection();
    this.hand.add(null, span);
    if (span) this.text.clear();
  }

  // Answers and news.

  /** Takes over what a decision changed. */
  takeAnswer({ rows = [], removed = [], counts = {}, stamps = {}, documentId = this.state.documentId }) {
    for (const document_ of this.state.project.documents) Object.assign(document_, counts[document_.document_id] ?? {});
    Object.assign(this.stamps, stamps);
    if (documentId === this.state.documentId) this.takeRows(rows, removed);
    this.documents.redraw();
  }

  /** Takes over rows; draws what they change and no more. */
  takeRows(rows, removed = []) {
    const focused = byId("list").contains(document.activeElement);
    const before = this.state.current;
    const { changed, relisted, moved } = states.mergeRows(this.state, rows, removed);
    if (!changed.length) return;
    for (const row of rows)
      if (row.table === "actors")
        this.state.actors.set(row.row_id, { actor_id: row.row_id, name: row.values.name, kind: row.values.kind });
    if (this.state.documentId !== null && moved) this.text.setRows(this.markedRows());
    else for (const id of changed) this.text.restate(this.state.rows.get(id));
    if (relisted) this.list.render();
    else changed.forEach((id) => this.list.fill(id));
    drawProgress(this.state);
    if (this.state.current !== before) this.pick(this.state.current);
    else for (const id of changed) if (this.state.rows.has(id)) this.hand.refresh(this.state.rows.get(id));
    if (focused) this.list.focus();
  }

  /** Reads again what others changed. */
  async takeNews({ documents, stamps = {}, actors, project }) {
    const here = this.state.documentId;
    const mine = here === null ? actors : documents.includes(here) && stamps[here] !== this.stamps[here];
    if (project || documents.some((id) => id !== here)) this.takeProject(await get("project"));
    if (!mine) return;
    const answer = await get(documentPath(here));
    if (here !== this.state.documentId) return;
    this.stamps[here] = answer.stamp;
    if (here !== null && answer.text !== this.state.document.text)
      return void (await this.openDocument(here, this.state.current));
    const kept = new Set(answer.rows.map((row) => row.row_id));
    this.takeRows(
      answer.rows,
      [...this.state.rows.keys()].filter((id) => !kept.has(id)),
    );
    if (here !== null)
      Object.assign(this.state.project.documents.find((each) => each.document_id === here) ?? {}, answer.counts);
    if (here !== null) drawFindings((this.state.document.findings = answer.findings));
  }

  takeProject(project) {
    this.state.project.documents = project.documents;
    this.state.project.findings = project.findings;
    for (const actor of project.actors) this.state.actors.set(actor.actor_id, actor);
    this.documents.redraw();
    drawHead(this.state);
  }

  nameOf = (rowId) => `“${cut(this.state.rows.get(rowId)?.label ?? rowId, 60)}”`;
}
