"""Taking decisions: a row accepted, rejected, amended or added becomes the `Decision` that a review file keeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from tablewright.anchors import Quote, Span, flat
from tablewright.decision import NO_WORDS, Decision, Verdict, split_cell
from tablewright.decisioncells import COMPUTED, Layout, layouts, missing, read_cell
from tablewright.errors import DecisionError
from tablewright.ids import RowIds
from tablewright.rowplaces import Places, shown
from tablewright.schema import TableSchema, Value
from tablewright.tables import ROW_LETTERS, Row

# What makes the ids of the machine's rows besides the sentence, so that a row that it finds later has the same id.
_WORDING = {"events": ("trigger", "event_type"), "mentions": ("text", "actor_id")}


@dataclass(frozen=True, slots=True)
class Taker:
    """Who decides, on what day, and why."""

    reviewer: str
    decided_on: dt.date
    note: str | None = None


class Desk:
    """One document with its rows, laid out for decisions; without text and rows, for decisions on actors.

    `rows` are the document's rows by table as they are published now, sentences and participants among them.
    `text` may be given with its places found. `known_actors` are the ids that a decision may name. Every method raises `DecisionError` with all that is wrong
    with what it was given.
    """

    def __init__(
        self,
        schemas: Mapping[str, TableSchema],
        known_actors: Collection[str],
        by: Taker,
        text: str | Places = "",
        rows: Mapping[str, Sequence[Row]] | None = None,
    ) -> None:
        self._layouts = layouts(schemas)
        self._known = known_actors
        self._by = by
        self._rows = rows or {}
        self._places = Places(text, self._rows.get("sentences", ())) if isinstance(text, str) else text

    def accept(self, table: str, row: Row, before: Decision | None = None) -> Decision:
        """The row is right as it is. `before` is the decision that it rests on already, if any."""
        layout = self._layout(table)
        draft = self._draft(layout, row)
        self._check(layout, row[layout.key], draft)
        verdict = before.decision if before is not None and before.publishes else "confirm"
        return self._decision(layout, row, verdict, draft, before.changed if before is not None else ())

    def reject(self, table: str, row: Row) -> Decision:
        """The row is not to be in the dataset."""
        layout = self._layout(table)
        return self._decision(layout, row, "reject", self._draft(layout, row))

    def amend(
        self,
        table: str,
        row: Row,
        changes: Mapping[str, str],
        before: Decision | None = None,
        spans: Mapping[str, Span] | None = None,
    ) -> Decision:
        """The row is right with `changes`: new values by column, as they would stand in a CSV cell ("" for none),
        `source` and `target` among the columns of an event. `spans` say of the words of an anchor, by their column,
        which place in the text is meant, where that is known.
        """
        layout = self._layout(table)
        draft = self._draft(layout, row)
        changed = draft.change(layout, changes)
        changed += [name for name in _moved_anchors(layout, row, spans or {}) if name not in changed]
        row = _at(layout, row, spans or {})
        if not changed and not draft.problems:
            draft.problems.append("the row says that already")
        draft.main = self._moved(layout, row, draft, (spans or {}).get(layout.text))
        self._count_occurrences(layout, row, draft)
        self._check(layout, row[layout.key], draft)
        earlier = [name for name in before.changed if name not in changed] if before is not None else []
        verdict: Verdict = "add" if before is not None and before.decision == "add" else "amend"
        return self._decision(layout, row, verdict, draft, (*earlier, *changed))

    def add(
        self,
        table: str,
        document_id: str,
        words: str,
        values: Mapping[str, str],
        occurrence: int | None = None,
        spans: Mapping[str, Span] | None = None,
    ) -> Decision:
        """A row that the machine missed, at `words` of the document. Where they stand more than once, `values` may
        say what stands right before and after them under "prefix" and "suffix", or `occurrence` which is meant, from
        1. A true-or-false column that needs a value is false unless said. For an actor, `words` is empty and `values`
        give its id too. `spans` are as for `amend`.
        """
        layout = self._layout(table)
        given = dict(values)
        quote = Quote(words, given.pop(layout.names["prefix"], ""), given.pop(layout.names["suffix"], ""))
        row_id = "" if layout.anchors else given.pop(layout.key, "").strip()
        flags = {each.name: False for each in layout.values if each.type == "boolean" and each.required}
        draft = _Draft({each.name: flags.get(each.name) for each in layout.values}, dict.fromkeys(layout.roles, ()))
        draft.change(layout, given)
        if layout.anchors:
            draft.main = self._found(layout, quote, occurrence, draft)
            draft.values[layout.text] = flat(words)
        elif not row_id:
            draft.problems.append(f"{layout.key} is missing")
        self._count_occurrences(layout, _at(layout, {}, spans or {}), draft)
        self._check(layout, row_id or f"a row of {table}", draft)
        row: Row = {layout.key: row_id or self._new_id(layout, document_id, draft)}
        return self._decision(layout, {**row, layout.document or "": document_id}, "add", draft)

    def _layout(self, table: str) -> Layout:
        if table not in self._layouts:
            raise DecisionError(f"no decisions are taken on {table!r}", remedy=f"tables are {', '.join(self._layouts)}")
        return self._layouts[table]

    def _draft(self, layout: Layout, row: Row) -> _Draft:
        """The row as it is."""
        values = {each.name: _on_one_line(row.get(each.name)) for each in layout.values}
        parts = [part for part in self._rows.get("participants", ()) if part["event_id"] == row[layout.key]]
        participants = {
            role: tuple(part["actor_id"] for part in parts if part["role"] == role) for role in layout.roles
        }
        draft = _Draft(values, participants)
        if layout.anchors:
            draft.main = (row[layout.anchors[0].start], row[layout.anchors[0].end])
        self._count_occurrences(layout, row, draft)
        return draft

    def _decision(
        self, layout: Layout, row: Row, verdict: Verdict, draft: _Draft, changed: tuple[str, ...] = ()
    ) -> Decision:
        return Decision(
            table=layout.table,
            row_id=row[layout.key],
            decision=verdict,
            reviewer=self._by.reviewer,
            decided_on=self._by.decided_on,
            document_id=row[layout.document] if layout.document else "",
            quote=self._places.text.surroundings(*draft.main) if layout.anchors else NO_WORDS,
            values=draft.values,
            participants=draft.participants,
            occurrences=draft.occurrences,
            changed=changed,
            note=self._by.note,
        )

    def _moved(self, layout: Layout, row: Row, draft: _Draft, span: Span | None) -> Span:
        """Where the row's own words stand: as they did, or at `span`, or the nearest place of its new words."""
        words = draft.values.get(layout.text)
        if span is not None and span in self._places.text.occurrences(str(words or "")):
            return span
        if not layout.anchors or words == _on_one_line(row[layout.text]):
            return draft.main
        start, end = draft.main
        found = self._places.text.occurrences(str(words)) if words is not None else []
        if not found:
            draft.problems.append(f"{layout.text}: {shown(str(words or ''))} is not in the text")
            return draft.main
        return min(found, key=lambda span: abs(span[0] - start) + abs(span[1] - end))

    def _found(self, layout: Layout, quote: Quote, occurrence: int | None, draft: _Draft) -> Span:
        """Where an added row's words stand."""
        found = self._places.text.occurrences(quote.exact)
        if occurrence is not None and 0 < occurrence <= len(found):
            return found[occurrence - 1]
        if occurrence is None and len(found) == 1:
            return found[0]
        if occurrence is None and (quote.prefix or quote.suffix):
            place = self._places.text.beside(quote)
            if place is not None:
                return place
        places = "; ".join(self._around(span) for span in found[:5])
        times = f"{len(found)} times: {places}; say which by prefix=…, suffix=…" if found else "nowhere"
        draft.problems.append(f"{layout.text}: {shown(quote.exact)} stands in the text {times}")
        return found[0] if found else (0, 0)

    def _around(self, span: Span) -> str:
        quote = self._places.text.surroundings(*span)
        return f"{quote.prefix}[{quote.exact}]{quote.suffix}"

    def _count_occurrences(self, layout: Layout, row: Row, draft: _Draft) -> None:
        """Says which of the places near the row the words of the other anchors are at, where it is not the likeliest
        in its sentence.
        """
        draft.occurrences.clear()
        for anchor in layout.others:
            words = draft.values.get(anchor.text)
            if words is None:
                continue
            places = list(self._places.candidates(layout, str(words), draft.main))
            was = (row.get(anchor.start), row.get(anchor.end))
            if not places:
                draft.problems.append(f"{anchor.text}: {shown(str(words))} does not stand near the row's words")
                continue
            place = was if was in places else places[0]
            likeliest = next(self._places.candidates(layout, str(words), draft.main, reach=False), None)
            if place != likeliest:
                draft.occurrences[anchor.text] = places.index(place) + 1

    def _check(self, layout: Layout, what: str, draft: _Draft) -> None:
        """Raises `DecisionError` with all that is wrong with the row `what`."""
        problems = [*draft.problems]
        problems += [f"{each.name} is missing" for each in layout.values if missing(each, draft.values.get(each.name))]
        named = [(name, draft.values.get(name)) for name in layout.actors]
        named += [(role, actor_id) for role, ids in draft.participants.items() for actor_id in ids]
        problems += [f"{name}: there is no actor {each!r}" for name, each in named if each and each not in self._known]
        for first, last in (("date_start", "date_end"), ("amount", "amount_max")):
            low, high = draft.values.get(first), draft.values.get(last)
            if low is not None and high is not None and low > high:  # type: ignore[operator]
                problems.append(f"{last} {high} lies before {first} {low}")
        if layout.roles and not any(draft.participants.values()):
            problems.append(f"{' or '.join(layout.roles)} is missing")
        if problems:
            raise DecisionError(f"{layout.table}: {what}: {'; '.join(dict.fromkeys(problems))}")

    def _new_id(self, layout: Layout, document_id: str, draft: _Draft) -> str:
        taken = {row[layout.key] for row in self._rows.get(layout.table, ())}
        sentence = self._places.sentence_at(draft.main[0])
        wording = [str(draft.values.get(name)) for name in _WORDING.get(layout.table, (layout.text,))]
        ids = RowIds(document_id, ROW_LETTERS.get(layout.table, layout.table.replace("_", "-")))
        while True:
            row_id = ids.next(sentence["sentence_id"] if sentence else "", *wording)
            if row_id not in taken:
                return row_id


def _at(layout: Layout, row: Row, spans: Mapping[str, Span]) -> Row:
    """The row with its anchors at `spans`."""
    placed = dict(row)
    for anchor in layout.others:
        if anchor.text in spans:
            placed[anchor.start], placed[anchor.end] = spans[anchor.text]
    return placed


def _moved_anchors(layout: Layout, row: Row, spans: Mapping[str, Span]) -> list[str]:
    """The anchors that do not stand at `spans` in the row."""
    return [
        anchor.text
        for anchor in layout.anchors
        if anchor.text in spans and (row[anchor.start], row[anchor.end]) != spans[anchor.text]
    ]


def _on_one_line(value: Value | None) -> Value | None:
    return flat(value) if isinstance(value, str) else value


@dataclass(slots=True)
class _Draft:
    """A decision's row in the making, and what is wrong with it."""

    values: dict[str, Value | None]
    participants: dict[str, tuple[str, ...]]
    main: Span = (0, 0)
    occurrences: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def change(self, layout: Layout, cells: Mapping[str, str]) -> list[str]:
        """Takes over what `cells` say, by column; gives the columns that now say something else."""
        fields = {each.name: each for each in layout.values}
        changed: list[str] = []
        for name, cell in cells.items():
            if name in layout.roles:
                ids = tuple(dict.fromkeys(split_cell(cell)))
                changed += [name] if set(ids) != set(self.participants[name]) else []
                self.participants[name] = ids
            elif name in fields:
                try:
                    value = _on_one_line(read_cell(fields[name], cell))
                except ValueError as error:
                    self.problems.append(f"{name}: {error}")
                    continue
                changed += [name] if value != self.values[name] else []
                self.values[name] = value
            elif name in COMPUTED:
                self.problems.append(f"{name} follows from the other columns")
            else:
                known = ", ".join([*fields, *layout.roles])
                self.problems.append(f"there is no column {name!r}; columns are {known}")
        return changed
