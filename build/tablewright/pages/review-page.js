// The review page as a whole: what each key and button does, and how answers of the server reach the page.

import { Refused, documentPath, get } from "./api.js";
import { byId, counted, cut } from "./dom.js";
import { createChoose, tableChoices } from "./review-choose.js";
import { createDocuments } from "./review-documents.js";
import { Hand } from "./review-hand.js";
import { createFilters, drawFindings, drawHead, drawProgress } from "./review-head.js";
import { HELP, createHelp } from "./review-keys.js";
import { createList } from "./review-list.js";
import { banner, say, speak, unbanner } from "./review-notices.js";
import { createSaves } from "./review-saves.js";
import * as states from "./review-state.js";
import { TextPane } from "./review-text.js";

const DONE = { accept: "Accepted", reject: "Rejected", amend: "Amended" };

export class ReviewPage {
  constructor(project) {
    this.state = states.createState(project);
    this.stamps = {}; // of documents, as far as their rows are known here
    this.taken = []; // rows decided here, the latest last
    this.saves = createSaves({ onTrouble: (waiting) => this.serverGone(waiting), onChange: () => {} });
    this.acts = this.makeActs();
    this.text = new TextPane({ onPick: (id) => this.pickMark(id), onWords: (span) => this.wordsSelected(span), onSpoken: speak });
    this.list = createList(byId("list"), this.state, (id) => { this.pick(id); this.list.focus(); });
    this.hand = new Hand(this);
    this.choose = createChoose();
    this.documents = createDocuments(this.state, (id) => this.openDocument(id));
    this.filters = createFilters(this.state, () => this.refilter());
    this.help = createHelp(HELP);
  }

  makeActs() {
    return {
      accept: () => this.decide("accept"),
      reject: () => this.decide("reject"),
      amend: (field) => this.hand.amend(field),
      undo: () => this.undo(),
      saveNote: () => this.saveNote(),
      leaveNote: () => this.list.focus(),
    };
  }

  // Moving about.

  /** Opens a document, or with null the actors; `rowId` is to be in hand. */
  async openDocument(id, rowId = null) {
    if (id === undefined) return void say(`There is no further document.`);
    if (this.hand.unsaved().length && id !== this.state.documentId && !confirm(`Not saved: ${this.hand.unsaved().join("; ")}. Leave the document all the same?`)) return;
    let answer;
    try {
      answer = await get(documentPath(id));
    } catch (error) {
      return void banner("open", `The document could not be opened: ${error.message}`, { remedy: error.remedy ?? "", tone: "error", actions: [["Try again", () => this.openDocument(id, rowId)]] });
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
    drawFindings([...(this.state.document?.findings ?? []), ...(this.state.documentId === null ? (this.state.project.findings ?? []) : [])]);
    this.drawEmpty();
    this.list.render();
    this.pick(this.state.current);
  }

  drawEmpty() {
    const { filters, rows, documentId } = this.state;
    const narrowed = filters.text || !["awaiting", "all"].includes(filters.view);
    byId("empty").textContent = narrowed ? "No row fits the filters." : rows.size === 0 ? "No rows yet. Select words in the text to add one." : documentId !== null && filters.tables.size === 0 ? "No table is chosen." : "Every row here is decided.";
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
    const place = new URLSearchParams({ document: this.state.documentId ?? "", ...(this.state.current ? { row: this.state.current } : {}) });
    history.replaceState(null, "", `#${place}`);
  }

  // Deciding.

  decide(verdict) {
    const row = this.state.rows.get(this.state.current);
    if (!row || this.state.saving.has(row.row_id)) return;
    const note = this.state.notes.get(row.row_id) ?? row.mine?.note ?? "";
    const saved = (now) => now.row_id === row.row_id && (verdict === "reject") === (now.state === "rejected") && !states.awaits(now);
    const sent = this.send("decide", { row_id: row.row_id, verdict, changes: {}, note, seen: row.version }, row, `${verdict} “${cut(row.label, 60)}”`, saved);
    if (!sent) return;
    const next = states.nextAwaiting(this.state, row.row_id);
    if (next !== null) this.pick(next);
    this.list.focus();
    sent.then((answer) => {
      this.taken.push(row.row_id);
      this.state.notes.delete(row.row_id);
      this.takeAnswer(answer);
      this.tell(`${DONE[verdict]}: ${cut(row.label, 60)}.`);
    }, () => {});
  }

  /** Sends a decision on a row, shown as not saved until it is. Gives the promise, or null where none is taken now. */
  send(path, body, row, what, saved) {
    if (this.saves.stuck) {
      say("Not taken: the server does not answer.");
      return null;
    }
    const { documentId } = this.state;
    const rowId = row?.row_id;
    if (row) this.mark(rowId, true);
    this.state.refusals.delete(rowId);
    say(`Saving: ${what} …`, { quietly: true });
    byId("said").textContent = `Saving: ${what} …`;
    const sent = this.saves.submit({ path, documentId, what, saved, body: () => ({ ...body, since: this.stamps[documentId] }) });
    return sent.then((answer) => {
      if (row) this.mark(rowId, false);
      return { ...answer, documentId };
    }, (error) => {
      if (row) this.mark(rowId, false);
      if (error instanceof Refused && error.rows && documentId === this.state.documentId) this.takeRows(error.rows);
      if (row && path !== "form") this.refused(row, what, error);
      throw error;
    });
  }

  mark(rowId, saving) {
    if (saving) this.state.saving.add(rowId);
    else this.state.saving.delete(rowId);
    this.list.fill(rowId);
  }

  refused(row, what, error) {
    const text = `Not saved: ${what}. ${error.message}${error.remedy ? ` ${error.remedy}` : ""}`;
    this.state.refusals.set(row.row_id, text);
    say(text);
    const show = () => { unbanner("refused"); if (this.state.rows.has(row.row_id)) { this.bringIn(row.row_id); this.pick(row.row_id); this.list.focus(); } };
    if (this.state.current === row.row_id) this.hand.refresh(this.state.rows.get(row.row_id) ?? row);
    else banner("refused", text, { tone: "error", actions: [["Show the row", show], ["Close", () => unbanner("refused")]] });
  }

  /** Sends what a form says. Its own place shows a refusal, so the promise's failure goes there. */
  async saveForm(path, body, row) {
    if (this.saves.stuck) throw new Error("The server does not answer. What you typed is kept here.");
    const what = row ? `amend “${cut(row.label, 60)}”` : "add a row";
    const saved = (now) => (row ? now.row_id === row.row_id && Object.entries(body.changes).every(([name, cell]) => now.values[name] === cell) : now.state === "added" && now.table === body.table && now.start === body.start && now.end === body.end);
    const { documentId } = this.state;
    byId("said").textContent = `Saving: ${what} …`;
    try {
      const answer = await this.saves.submit({ path, documentId, what, saved, body: () => ({ ...body, since: this.stamps[documentId] }) });
      return { ...answer, documentId };
    } catch (error) {
      byId("said").textContent = `Not saved: ${what}.`;
      if (error instanceof Refused && error.rows && documentId === this.state.documentId) this.takeRows(error.rows);
      throw error;
    }
  }

  /** After a form was saved: its row is shown, then the next one to decide is in hand. */
  afterForm(row, answer) {
    const rowId = row?.row_id ?? answer.row_id ?? answer.rows.find((each) => each.state === "added")?.row_id;
    this.taken.push(rowId);
    this.state.notes.delete(rowId);
    this.text.clear();
    this.takeAnswer(answer);
    const now = this.state.rows.get(rowId);
    if (!row && now) this.bringIn(rowId);
    this.pick((row ? states.nextAwaiting(this.state, rowId) : null) ?? (now ? rowId : this.state.current));
    this.list.focus();
    this.tell(`${row ? "Amended" : "Added"}: ${cut(now?.label ?? "the row", 60)}.`);
  }

  /** Takes back the decision on the row in hand, else the last one taken here. */
  undo() {
    const own = (id) => { const row = this.state.rows.get(id); return row && (row.mine || row.decision?.reviewer === this.state.project.reviewer); };
    const last = this.taken.findLast((id) => own(id));
    const rowId = own(this.state.current) ? this.state.current : last;
    if (rowId === undefined) return void say("There is no decision to take back.");
    const row = this.state.rows.get(rowId);
    if (this.state.saving.has(rowId)) return;
    const what = `take back the decision on “${cut(row.label, 60)}”`;
    const sent = this.send("undo", { row_id: rowId }, row, what, (now) => now.row_id === rowId && states.awaits(now));
    sent?.then((answer) => {
      this.taken = this.taken.filter((id) => id !== rowId);
      this.takeAnswer(answer);
      if (this.state.rows.has(rowId)) { this.bringIn(rowId); this.pick(rowId); }
      this.list.focus();
      this.tell(`Taken back: the decision on ${cut(row.label, 60)}.`);
    }, () => {});
  }

  /** Enter in the note: on a decided row the decision is taken again with it; else it waits for the decision. */
  saveNote() {
    const row = this.state.rows.get(this.state.current);
    this.list.focus();
    if (!row.decision || states.awaits(row)) return void say("The note goes with your decision.");
    const note = this.state.notes.get(row.row_id) ?? "";
    const verdict = row.state === "rejected" ? "reject" : "accept";
    const sent = this.send("decide", { row_id: row.row_id, verdict, changes: {}, note, seen: row.version }, row, `the note on “${cut(row.label, 60)}”`, (now) => now.row_id === row.row_id && (now.mine ?? now.decision)?.note === note);
    sent?.then((answer) => { this.state.notes.delete(row.row_id); this.takeAnswer(answer); say("The note is saved."); }, () => {});
  }

  // Words of the text.

  wordsSelected(span) {
    if (this.choose.holds(document.activeElement)) return;
    if (!span || this.state.documentId === null) return void this.choose.hide();
    const { open } = this.hand;
    if (open) this.choose.show("Use as", open.form.targets(), (name) => { this.hand.offer(open, span, name); this.text.clear(); });
    else this.choose.show("Add", tableChoices(this.state), (name) => { this.hand.add(name, span); this.text.clear(); });
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
    for (const row of rows) if (row.table === "actors") this.state.actors.set(row.row_id, { actor_id: row.row_id, name: row.values.name, kind: row.values.kind });
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
    if (here !== null && answer.text !== this.state.document.text) return void (await this.openDocument(here, this.state.current));
    const kept = new Set(answer.rows.map((row) => row.row_id));
    this.takeRows(answer.rows, [...this.state.rows.keys()].filter((id) => !kept.has(id)));
    if (here !== null) Object.assign(this.state.project.documents.find((each) => each.document_id === here) ?? {}, answer.counts);
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

  /** Says what was done, and what is left to do. */
  tell(text) {
    const left = this.state.shown.filter((id) => states.awaits(this.state.rows.get(id))).length;
    if (left) {
      unbanner("done");
      return void say(`Saved, ${left.toLocaleString("en")} left. ${text}`);
    }
    say(`Saved. ${text} No row of this list awaits a decision.`);
    const next = this.documents.unfinished();
    if (next) banner("done", "No row of this list awaits a decision.", { tone: "good", remedy: `${next.title} has ${counted(next.pending + next.conflicts, "row")} to decide.`, actions: [["Open it", () => { unbanner("done"); this.openDocument(next.document_id); }]] });
  }

  serverGone(waiting) {
    const what = waiting.map((order) => order.what).join("; ");
    say(`Not saved yet: ${what}. The server does not answer.`);
    banner("gone", "The server does not answer.", { tone: "error", remedy: `Not saved yet: ${what}. It is sent when the server is back: keep this page open. Until then nothing more is taken.`, actions: [["Try now", () => this.saves.retry()]] });
  }
}
