"""What the page may ask: each resource as one method, one at a time, whatever thread asks."""

from __future__ import annotations

import datetime as dt
import functools
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Concatenate, ParamSpec, TypeVar

from tablewright.anchors import Span
from tablewright.deciding import Taker
from tablewright.decision import Decision
from tablewright.decisioncells import ACTORS
from tablewright.decisions import take_back, write_decisions
from tablewright.errors import DecisionError
from tablewright.paths import Project
from tablewright.serving.differing import differences_json
from tablewright.serving.opened import Viewer
from tablewright.serving.refusals import MissingError, StaleError, problem_json
from tablewright.serving.session import NO_DOCUMENT, Session
from tablewright.serving.taken import key_of
from tablewright.serving.values import Json, finding_json, guarded_cells, table_json
from tablewright.settling import Settlement, find_coded, settle_row

P = ParamSpec("P")
R = TypeVar("R")

# Longer words than any row is about; a cell much longer could not be read again as CSV.
_LONGEST_WORDS = 20_000


def _alone(
    *, patient: bool = False
) -> Callable[[Callable[Concatenate[Review, P], R]], Callable[Concatenate[Review, P], R]]:
    """One request at a time, each after what other programs changed was taken in; `patient` as for `Session.sync`."""

    def alone(method: Callable[Concatenate[Review, P], R]) -> Callable[Concatenate[Review, P], R]:
        @functools.wraps(method)
        def locked(self: Review, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with self.lock:
                self.session.sync(patient=patient)
                return method(self, *args, **kwargs)

        return locked

    return alone


class Review:
    """A project under review, as its page sees it."""

    def __init__(self, project: Project, viewer: Viewer) -> None:
        self.lock = threading.RLock()
        self.session = Session(project, viewer)

    @_alone()
    def project(self) -> Json:
        """The dataset: its tables, its documents with what awaits review, and whom a decision may name."""
        session = self.session
        return {
            "title": session.title,
            "version": session.dataset_version,
            "reviewer": session.viewer.reviewer,
            "apart": session.viewer.apart,
            "stamp": session.version,
            "tables": [table_json(layout, session.schemas) for layout in session.layouts.values()],
            "documents": [
                {**each, **session.counts(each["document_id"])}
                for each in session.overview.documents
                if each["document_id"] in session.documents
            ],
            "actors": session.cast.names(),
            "findings": [finding_json(each) for each in session.findings()],
            "problem": problem_json(session.problem),
        }

    @_alone()
    def document(self, document_id: str) -> Json:
        """A document with all its rows."""
        opened = self.session.open(self._there(document_id))
        return {**opened.to_json(), "counts": self.session.counts(document_id)}

    def _there(self, document_id: str) -> str:
        if document_id not in self.session.documents:
            raise MissingError(f"there is no document {document_id!r}", remedy="read the list of documents anew")
        return document_id

    @_alone()
    def actors(self) -> Json:
        """The actors as rows."""
        return {"rows": list(self.session.cast.shown().values()), "stamp": self.session.actors_version}

    @_alone()
    def changes(self, since: int) -> Json:
        """What changed after the version `since`, by whomever."""
        session = self.session
        documents = {name: version for name, version in session.stamps.items() if version > since}
        return {
            "stamp": session.version,
            "documents": list(documents),
            "stamps": documents,
            "actors": session.actors_version > since,
            "project": session.project_version > since,
            "lost": self._lost(),
            "problem": problem_json(session.problem),
        }

    def _lost(self) -> list[Json]:
        return [
            {
                "row_id": row_id,
                "table": table,
                "document_id": self.session.document_of(row_id),
                "decision": change.after.decision if change.after is not None else "undone",
            }
            for (table, row_id, _, _), change in self.session.taken.lost.items()
        ]

    @_alone(patient=True)
    def decide(
        self,
        row_id: str,
        verdict: str,
        changes: Mapping[str, str],
        spans: Mapping[str, Span],
        note: str | None,
        seen: str | None,
        since: int | None,
    ) -> Json:
        """Takes a decision on a row and writes it."""
        table, document_id, row = self._row(row_id)
        if seen is not None and row["version"] != seen:
            raise StaleError(row)
        before = self.session.version
        cells = guarded_cells(self.session.layouts[table], changes)
        decision = self.session.decide_row(row_id, self._by(note), verdict, cells, spans)
        self._write([decision])
        return self._answer(row_id, document_id, since if since is not None else before)

    def _row(self, row_id: str) -> tuple[str, str, Json]:
        """A row's table, its document, and the row as it is shown."""
        document_id = self.session.document_of(row_id)
        if document_id is not None and document_id in self.session.documents:
            row = self.session.open(document_id).row(row_id)
        else:
            row = self.session.cast.shown().get(row_id)
        if row is None:
            raise MissingError(f"there is no row {row_id!r}", remedy="read the document anew")
        return row["table"], document_id or NO_DOCUMENT, row

    def _by(self, note: str | None) -> Taker:
        today = dt.datetime.now().astimezone().date()
        return Taker(self.session.viewer.reviewer, today, " ".join((note or "").split()) or None)

    def _write(self, decisions: Sequence[Decision]) -> None:
        """Writes decisions, and sees the project with them."""
        session = self.session
        before = {key_of(each): session.find(key_of(each)) for each in decisions}
        anew = write_decisions(session.book, decisions)
        for each in decisions:
            session.taken.note(key_of(each), before[key_of(each)], each)
        self._absorb(decisions, anew)

    def _take_back(self, decisions: Sequence[Decision]) -> None:
        """Takes decisions back, and sees the project without them."""
        anew = take_back(self.session.book, decisions)
        for each in decisions:
            self.session.taken.note(key_of(each), each, None)
        self._absorb(decisions, anew)

    def _absorb(self, decisions: Sequence[Decision], anew: set[str]) -> None:
        for table in dict.fromkeys(each.table for each in decisions):
            here = {each.document_id for each in decisions if each.table == table}
            self.session.absorb(table, None if table in anew else here)

    def _answer(self, row_id: str, document_id: str, since: int) -> Json:
        """What changed in a document, or among the actors, after the version `since`."""
        session = self.session
        told: Json = {"row_id": row_id, "stamp": session.version, "removed": [], "counts": {}, "stamps": {}}
        if document_id == NO_DOCUMENT:
            row = session.cast.shown().get(row_id)
            return {**told, "rows": [row] if row else [], "removed": [] if row else [row_id]}
        opened = session.open(document_id)
        return {
            **told,
            "rows": opened.rows(since),
            "removed": opened.removed(since),
            "counts": {document_id: session.counts(document_id)},
            "stamps": {document_id: opened.version},
        }

    @_alone(patient=True)
    def add(
        self,
        table: str,
        document_id: str | None,
        span: Span,
        values: Mapping[str, str],
        spans: Mapping[str, Span],
        note: str | None,
        since: int | None,
    ) -> Json:
        """Adds a row at a stretch of a document's text, or an actor, and writes it."""
        session = self.session
        before = session.version
        if table not in session.layouts:
            raise MissingError(f"there is no table {table!r} whose rows are reviewed")
        words, occurrence = "", None
        if table != ACTORS:
            words, occurrence = self._words(self._there(document_id or ""), span)
        cells = guarded_cells(session.layouts[table], values)
        decision = session.add_row(table, document_id or NO_DOCUMENT, words, cells, self._by(note), occurrence, spans)
        self._write([decision])
        return self._answer(decision.row_id, decision.document_id, since if since is not None else before)

    def _words(self, document_id: str, span: Span) -> tuple[str, int]:
        """The words at a stretch of the text, white space at the ends apart, and which of their places it is."""
        start, end = span
        text = self.session.open(document_id).document.text
        if not 0 <= start < end <= len(text) or end - start > _LONGEST_WORDS:
            raise DecisionError("start and end are no stretch of the text that a row can be about")
        words = text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        words = text[start:end]
        places = self.session.on_desk(document_id).places.text.occurrences(words) if words else []
        if (start, end) not in places:
            raise DecisionError("the words begin or end inside a word", remedy="select whole words")
        return words, places.index((start, end)) + 1

    @_alone(patient=True)
    def undo(self, row_id: str, settling: bool, since: int | None) -> Json:
        """Takes the reviewer's own decision on a row back, or the line by which they settled it."""
        session = self.session
        document_id = session.document_of(row_id) or NO_DOCUMENT
        before = session.version
        mine = [
            each
            for table in session.layouts
            for each in session.decisions_on(table, document_id)
            if (each.row_id, each.reviewer, each.settles) == (row_id, session.viewer.reviewer, settling)
        ]
        if not mine:
            raise MissingError(f"{session.viewer.reviewer} has no decision on {row_id!r}")
        self._take_back(mine)
        return self._answer(row_id, document_id, since if since is not None else before)

    @_alone()
    def differences(self) -> Json:
        """The rows on which people differ, and how far they agree."""
        return differences_json(self.session)

    @_alone(patient=True)
    def settle(self, row_id: str, settlement: Settlement, note: str | None, since: int | None) -> Json:
        """Settles a row on which people differ, and writes the lines that do."""
        session, before = self.session, self.session.version
        coded = find_coded(session.all_decisions(), row_id)
        layout = session.layouts[coded.table]
        cells = guarded_cells(layout, settlement.changes or {})
        lines = settle_row(session, coded, self._by(note), replace(settlement, changes=cells))
        self._write(lines)
        return self._answer(row_id, coded.document_id, since if since is not None else before)

    @_alone(patient=True)
    def restore(self, row_ids: Sequence[str]) -> Json:
        """Puts decisions back that another program's save has undone."""
        lost = [(key, change) for key, change in self.session.taken.lost.items() if key[1] in row_ids]
        write = [change.after for _, change in lost if change.after is not None]
        gone = [change.before for _, change in lost if change.after is None and change.before is not None]
        if write:
            self._write(write)
        if gone:
            self._take_back(gone)
        return {"restored": [key[1] for key, _ in lost], "lost": self._lost(), "stamp": self.session.version}

    @_alone(patient=True)
    def dismiss(self, row_ids: Sequence[str]) -> Json:
        """Lets go of decisions that were meant to be undone elsewhere."""
        self.session.taken.forget(row_ids)
        return {"lost": self._lost(), "stamp": self.session.version}
