// Taking decisions: sent at once, shown as not saved until they are, and taken back.

import { Refused } from "./api.js";
import { byId, counted, cut } from "./dom.js";
import { banner, say, unbanner } from "./review-notices.js";
import { createSaves } from "./review-saves.js";
import * as states from "./review-state.js";

const DONE = { accept: "Accepted", reject: "Rejected", amend: "Amended" };

const named = (row) => `“${cut(row.label, 60)}”`;

export class Deciding {
  /** `page` is the `ReviewPage` whose row in hand is decided. */
  constructor(page) {
    this.page = page;
    this.state = page.state;
    this.taken = []; // ids of the rows decided here, the latest last
    this.saves = createSaves({ onTrouble: (waiting) => this.serverGone(waiting) });
  }

  /** Accepts or rejects the row in hand and goes on to the next. */
  decide(verdict) {
    const row = this.state.rows.get(this.state.current);
    if (!row || !this.mayTake(row)) return;
    const sent = this.sendVerdict(
      row,
      verdict,
      this.state.notes.get(row.row_id) ?? states.ownDecision(this.state, row)?.note ?? "",
      `${verdict} ${named(row)}`,
    );
    const next = states.nextAwaiting(this.state, row.row_id);
    if (next !== null) this.page.pick(next);
    this.page.list.focus();
    sent.then(
      (answer) => {
        this.taken.push(row.row_id);
        this.finish(row, answer);
        this.tell(`${DONE[verdict]}: ${cut(row.label, 60)}.`);
      },
      (error) => this.refused(row, `${verdict} ${named(row)}`, error),
    );
  }

  /** Enter in the note: on a decided row the decision is taken again with it; else it waits for the decision. */
  saveNote() {
    const row = this.state.rows.get(this.state.current);
    this.page.list.focus();
    const own = states.ownDecision(this.state, row);
    if (!own) return void say("The note goes with your decision.");
    if (!this.mayTake(row)) return;
    const verdict = own.decision === "reject" ? "reject" : "accept";
    const what = `the note on ${named(row)}`;
    this.sendVerdict(row, verdict, this.state.notes.get(row.row_id) ?? "", what).then(
      (answer) => {
        this.finish(row, answer);
        say("The note is saved.");
      },
      (error) => this.refused(row, what, error),
    );
  }

  /** Takes back the decision on the row in hand, else the last one taken here. */
  undo() {
    const own = (id) => this.state.rows.has(id) && states.ownDecision(this.state, this.state.rows.get(id)) !== null;
    const rowId = own(this.state.current) ? this.state.current : this.taken.findLast(own);
    if (rowId === undefined) return void say("There is no decision to take back.");
    const row = this.state.rows.get(rowId);
    if (!this.mayTake(row)) return;
    const what = `take back the decision on ${named(row)}`;
    const saved = (now) => now.row_id === rowId && states.awaits(now);
    this.send({ path: "undo", body: { row_id: rowId }, what, saved }, row).then(
      (answer) => {
        this.taken = this.taken.filter((id) => id !== rowId);
        this.finish(row, answer);
        if (this.state.rows.has(rowId)) this.page.show(rowId);
        this.page.list.focus();
        this.tell(`Taken back: the decision on ${cut(row.label, 60)}.`);
      },
      (error) => this.refused(row, what, error),
    );
  }

  /** Sends what a form says; its row stays in the form until then. Fails with what is wrong, for the form to show. */
  saveForm({ path, body }, row) {
    if (this.saves.stuck) throw new Error("The server does not answer. What you typed is kept here.");
    const holds = (now) =>
      Object.entries(body.changes ?? body.values).every(([name, cell]) => now.values[name] === cell);
    const added = (now) =>
      now.state === "added" && now.table === body.table && now.start === body.start && now.end === body.end;
    const own = (now) => now.row_id === row.row_id && states.ownDecision(this.state, now) !== null;
    const saved = (now) => (row ? own(now) : added(now)) && holds(now);
    return this.send({ path, body, what: row ? `amend ${named(row)}` : "add a row", saved }, row);
  }

  /** After a form was saved: its row is shown, then the next one to decide is in hand. */
  afterForm(row, answer) {
    const rowId = row?.row_id ?? answer.row_id ?? answer.rows.find((each) => each.state === "added")?.row_id;
    this.taken.push(rowId);
    this.page.text.clear();
    this.finish({ row_id: rowId }, answer);
    const now = this.state.rows.get(rowId);
    const next = row ? states.nextAwaiting(this.state, rowId) : null;
    if (next !== null) this.page.pick(next);
    else if (now) this.page.show(rowId);
    this.page.list.focus();
    this.tell(`${row ? "Amended" : "Added"}: ${cut(now?.label ?? "the row", 60)}.`);
  }

  /** Whether a decision can be taken on the row now; says why not. */
  mayTake(row) {
    if (this.saves.stuck) say("Not taken: the server does not answer.");
    return !this.saves.stuck && !this.state.saving.has(row.row_id);
  }

  sendVerdict(row, verdict, note, what) {
    const body = { row_id: row.row_id, verdict, changes: {}, note, seen: row.version };
    const taken = (own) =>
      own !== null && (own.decision === "reject") === (verdict === "reject") && (own.note ?? "") === note;
    const saved = (now) => now.row_id === row.row_id && taken(states.ownDecision(this.state, now));
    return this.send({ path: "decide", body, what, saved }, row);
  }

  /** Sends an order on a row (null for one to add), which is shown as not saved until it is. */
  async send({ path, body, what, saved }, row) {
    const { documentId } = this.state;
    byId("said").textContent = `Saving: ${what} …`;
    if (row) this.mark(row.row_id, true);
    try {
      const withStamp = () => ({ ...body, since: this.page.stamps[documentId] });
      return { ...(await this.saves.submit({ path, documentId, what, saved, body: withStamp })), documentId };
    } catch (error) {
      byId("said").textContent = `Not saved: ${what}.`;
      if (error instanceof Refused && error.rows && documentId === this.state.documentId)
        this.page.takeRows(error.rows);
      throw error;
    } finally {
      if (row) this.mark(row.row_id, false);
    }
  }

  mark(rowId, saving) {
    if (saving) this.state.saving.add(rowId);
    else this.state.saving.delete(rowId);
    this.page.list.fill(rowId);
  }

  finish(row, answer) {
    this.state.notes.delete(row.row_id);
    this.state.refusals.delete(row.row_id);
    this.page.takeAnswer(answer);
  }

  /** Says that a decision was not taken: in its row when that is in hand, else in a banner that leads there. */
  refused(row, what, error) {
    const text = `Not saved: ${what}. ${error.message}${error.remedy ? ` ${error.remedy}` : ""}`;
    this.state.refusals.set(row.row_id, text);
    say(text);
    if (this.state.current === row.row_id) return this.page.hand.refresh(this.state.rows.get(row.row_id) ?? row);
    const close = () => unbanner("refused");
    const show = () => {
      close();
      if (this.state.rows.has(row.row_id)) this.page.show(row.row_id);
      this.page.list.focus();
    };
    return banner("refused", text, {
      tone: "error",
      actions: [
        ["Show the row", show],
        ["Close", close],
      ],
    });
  }

  /** Says what was done, and what is left to do. */
  tell(text) {
    const left = this.state.shown.filter((id) => states.awaits(this.state.rows.get(id))).length;
    const none = "No row of this list awaits a decision.";
    say(left ? `Saved, ${left.toLocaleString("en")} left. ${text}` : `Saved. ${text} ${none}`);
    unbanner("done");
    const next = left ? null : this.page.documents.unfinished();
    if (!next) return;
    const open = () => {
      unbanner("done");
      this.page.openDocument(next.document_id);
    };
    const rest = `${next.title} has ${counted(next.pending + next.conflicts, "row")} to decide.`;
    banner("done", none, { tone: "good", remedy: rest, actions: [["Open it", open]] });
  }

  serverGone(waiting) {
    const what = waiting.map((order) => order.what).join("; ");
    say(`Not saved yet: ${what}. The server does not answer.`);
    const remedy = `Not saved yet: ${what}. It is sent when the server is back: keep this page open. Until then nothing more is taken.`;
    banner("gone", "The server does not answer.", {
      tone: "error",
      remedy,
      actions: [["Try now", () => this.saves.retry()]],
    });
  }
}
