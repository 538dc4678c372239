// The lower part of the panel: the card of the row in hand, or a form. Forms that were begun are kept until they are
// saved or cancelled, also while one looks at other rows.

import { byId, cut, el } from "./dom.js";
import { rowCard } from "./review-card.js";
import { RowForm } from "./review-form.js";
import { ownDecision } from "./review-state.js";

export class Hand {
  /** `page` is the `ReviewPage`: what the buttons do, and where orders go. */
  constructor(page) {
    this.page = page;
    this.state = page.state;
    this.host = byId("hand");
    this.forms = new Map();
    this.open = null; // {key, form, row} of the form that is shown
    this.table = null; // of the row that was added last
  }

  /** Shows the card of the row in hand; a form that is open is put aside. */
  showCard() {
    this.putAside();
    const row = this.state.rows.get(this.state.current);
    this.page.text.draft(null);
    if (!row) return void this.host.replaceChildren();
    const writing = this.host.contains(document.activeElement) ? document.activeElement : null;
    const place = writing?.id === "note" ? writing.selectionStart : null;
    const card = rowCard(this.state, row, this.page.acts, {
      note: this.noteOf(row),
      onNote: (note) => this.state.notes.set(row.row_id, note),
      unsaved: this.forms.has(row.row_id),
    });
    const refused = this.state.refusals.get(row.row_id);
    if (refused) card.prepend(el("p", { class: "problem wrong", role: "alert", text: refused }));
    this.host.replaceChildren(card);
    this.host.scrollTop = 0;
    if (place !== null) {
      byId("note").focus();
      byId("note").setSelectionRange(place, place);
    } else if (writing) this.page.list.focus();
  }

  /** The note being written on a row, else the one of the reviewer's own decision. */
  noteOf = (row) => this.state.notes.get(row.row_id) ?? ownDecision(this.state, row)?.note ?? "";

  /** The row's card is out of date: draws it anew, or tells its form. */
  refresh(row) {
    const form = this.forms.get(row.row_id)?.form ?? (this.open?.key === row.row_id ? this.open.form : null);
    if (form) form.stale(row);
    if (!this.open && this.state.current === row.row_id) this.showCard();
  }

  amend(fieldName) {
    const row = this.state.rows.get(this.state.current);
    if (!row) return;
    this.show(row.row_id, () => this.makeForm(row.row_id, this.state.tables.get(row.table), { row }));
    this.open.form.focus(fieldName);
  }

  /** Opens the form for a row to add, at `span` or without words yet. */
  add(tableName, span) {
    const key = "+";
    const known = this.open?.key === key ? this.open : this.forms.get(key);
    if (known && (!tableName || tableName === known.table.name)) {
      this.show(key, () => known.form);
      if (span) this.offer(known, span);
      known.form.focus();
      return;
    }
    const table = this.state.tables.get(tableName ?? this.defaultTable());
    const carried = known?.form.cells() ?? {};
    this.discard(key);
    this.show(key, () => this.makeForm(key, table, { row: null, span: span ?? known?.form.span(), carried }), table);
    // Whoever chose table and words already goes on with the rest.
    this.open.form.focus(null, { past: Boolean(tableName && span) });
  }

  defaultTable() {
    if (this.state.documentId === null) return [...this.state.tables.values()].find((table) => table.actors_only).name;
    const { tables } = this.state.filters;
    return (
      this.table ??
      this.state.rows.get(this.state.current)?.table ??
      [...this.state.tables.keys()].find((name) => tables.has(name)) ??
      [...this.state.tables.keys()][0]
    );
  }

  makeForm(key, table, { row, span = null, carried }) {
    const { state, page } = this;
    const document_ = state.document;
    return new RowForm({
      state,
      table,
      row,
      span,
      carried,
      note: row ? this.noteOf(row) : "",
      paper: document_ && { text: document_.text, index: page.text.index(), reading: page.text.reading },
      onSpan: (at) => page.text.draft(at, { show: true }),
      onCancel: () => this.cancel(key),
      onTable: (name) => {
        this.switchTable(name);
      },
      onSave: async (order) => {
        const answer = await page.deciding.saveForm(order, row);
        this.discard(key);
        if (!row) this.table = table.name;
        page.deciding.afterForm(row, answer);
      },
    });
  }

  switchTable(name) {
    const { form } = this.open;
    const [cells, span] = [form.cells(), form.span()];
    this.discard("+");
    const table = this.state.tables.get(name);
    this.show("+", () => this.makeForm("+", table, { row: null, span, carried: cells }), table);
    byId("add-table").focus();
  }

  show(key, make, table = null) {
    this.putAside();
    const kept = this.forms.get(key);
    this.open = kept ?? { key, form: make(), table, documentId: this.state.documentId };
    this.forms.delete(key);
    this.host.replaceChildren(this.open.form.element);
    this.host.scrollTop = 0;
    byId("panel").classList.add("editing");
    this.page.text.draft(this.open.form.span());
  }

  /** Takes the open form away; one in which something was written is kept. */
  putAside() {
    if (!this.open) return;
    if (this.open.form.dirty()) this.forms.set(this.open.key, this.open);
    this.open = null;
    byId("panel").classList.remove("editing");
  }

  discard(key) {
    this.forms.delete(key);
    if (this.open?.key !== key) return;
    this.open = null;
    byId("panel").classList.remove("editing");
  }

  cancel(key) {
    this.discard(key);
    this.showCard();
    this.page.list.focus();
  }

  /** Puts selected words into the open form. */
  offer(opened, span, name = null) {
    const target = name ?? opened.form.targets()[0]?.name;
    if (target) opened.form.take(target, span);
  }

  /** What of this page is not saved: lines for the banner. */
  unsaved() {
    const begun = [...this.forms.values(), ...(this.open?.form.dirty() ? [this.open] : [])];
    return begun.map(({ key }) => (key === "+" ? "a row to add" : cut(this.state.rows.get(key)?.label ?? key, 60)));
  }

  /** Forgets the forms of a document that is left. */
  clear() {
    this.forms.clear();
    this.open = null;
    byId("panel").classList.remove("editing");
  }
}
