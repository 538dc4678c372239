"""A project under review in memory: what the files say now, seen by one person, and kept in step with the files."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from tablewright import cache, state
from tablewright.config import load_dataset
from tablewright.decider import Decider, OnDesk
from tablewright.decision import Decision
from tablewright.decisionbook import Book
from tablewright.decisioncells import ACTORS, layouts
from tablewright.decisions import strangers
from tablewright.desk import not_the_last_build, nothing_built
from tablewright.errors import SchemaError, TablewrightError
from tablewright.paths import Project
from tablewright.records import Finding
from tablewright.reviewfindings import homeless
from tablewright.schemafile import load_schemas
from tablewright.serving.cast import Cast
from tablewright.serving.opened import Opened, Viewer
from tablewright.serving.overview import Overview
from tablewright.serving.taken import Key, Taken
from tablewright.serving.values import Json
from tablewright.tables import Row

# Documents kept in memory: those that are open on the page, and the last few before.
_KEPT = 8

NO_DOCUMENT = ""
"""What stands for the document of an actor."""


class Session(Decider):
    """The decisions, the documents that were opened, and the versions by which a page asks for what changed.

    Not safe for threads: `review` holds a lock. What a file said last stands while it cannot be read; `problem` is then
    what is wrong with it. `placed` says of decisions on which people differ where their words stand.
    """

    def __init__(self, project: Project, viewer: Viewer) -> None:
        self.project, self.viewer = project, viewer
        self.built = state.load_state(project)
        if not self.built.documents:
            raise nothing_built()
        super().__init__(load_schemas(project.schemas), self.built.documents.keys())
        self.layouts = layouts(self.schemas)
        self.book = Book(project, self.schemas)
        self.book.refresh(patient=True)
        about = load_dataset(project).about
        self.title, self.dataset_version = str(about.get("title") or about["name"]), str(about["version"])
        self.version = 1
        self.stamps: dict[str, int] = {}
        self.actors_version = self.project_version = self.version
        self.problem: TablewrightError | None = None
        self.taken = Taken(self.layouts)
        self._lists: dict[str, Sequence[Decision]] = {}
        self._by_document: dict[str, dict[str, list[Decision]]] = {name: {} for name in self.layouts}
        self.placed: dict[Key, tuple[Decision, Json]] = {}
        self._opened: OrderedDict[str, Opened] = OrderedDict()
        self._built_stamp = _stamp(state.state_file(project))
        self._look_at_build()
        for table in self.layouts:
            self._absorb(table)
        strangers(self.all_decisions(), {*self.documents, *self.built.review.get("digests", {})})

    def _look_at_build(self) -> None:
        keys = {name: str(known["rows"]) for name, known in self.built.documents.items()}
        self.documents = self.built.documents.keys()
        self.placed.clear()
        self.overview = Overview(self.project, self.schemas, self.listed_tables())
        self.cast = Cast(self.project, self.schemas, self.viewer, keys)
        self.cast.decide(self.decisions_on(ACTORS, NO_DOCUMENT))

    def decisions_on(self, table: str, document_id: str) -> Sequence[Decision]:
        """Everybody's decisions on a document's rows of a table, those that settle rows among them."""
        return self._by_document[table].get(document_id, ())

    def all_decisions(self) -> list[Decision]:
        """Everybody's decisions, by table and in the order of the lines."""
        return [each for table in self.layouts for each in self.book.decisions(table)]

    def find(self, key: Key) -> Decision | None:
        """The line of a review file with this key."""
        table, *author = key
        for decision in self.book.decisions(table):
            if decision.row_id == author[0] and decision.author == tuple(author):
                return decision
        return None

    def sync(self, *, patient: bool = False) -> None:
        """Takes in what other programs changed: review files, and the last build. A file that was saved just now is left
        for later, or with `patient` waited for.
        """
        self.problem = None
        try:
            self._sync_build()
            self.book.refresh(patient=patient)
        except TablewrightError as error:
            self.problem = error
        for table in self.layouts:
            if self.book.decisions(table) is not self._lists[table]:
                self.absorb(table)

    def _sync_build(self) -> None:
        stamp = _stamp(state.state_file(self.project))
        if stamp == self._built_stamp:
            return
        now = state.load_state(self.project)
        if not now.documents:
            raise nothing_built()
        if now.tables != self.built.tables:
            raise SchemaError("the schemas changed", remedy="stop `tablewright review --serve` and start it again")
        self._built_stamp, before, self.built = stamp, self.built, now
        self._look_at_build()
        self.version += 1
        for document_id in before.documents.keys() | now.documents.keys():
            if before.documents.get(document_id) != now.documents.get(document_id):
                self._opened.pop(document_id, None)
                if document_id in self.stamps:
                    self.stamps[document_id] = self.version
        self.project_version = self.actors_version = self.version

    def absorb(self, table: str, written: Collection[str] | None = None) -> None:
        """Takes in a table's decisions as its file has them now; `written` are the documents on which decisions were
        written here, where nobody else changed the file.
        """
        changed = self._absorb(table, written)
        if written is None:
            self.taken.look(table, self.find)
        if not changed:
            return
        self.version += 1
        if NO_DOCUMENT in changed:
            self.cast.decide(self.decisions_on(ACTORS, NO_DOCUMENT))
            self.actors_version = self.version
            self._lay_all_anew()
        for document_id in changed:
            opened = self._opened.get(document_id)
            if opened is not None:
                self._lay(opened, [table])
            elif document_id in self.stamps:
                self.stamps[document_id] = self.version
            elif document_id:
                self.project_version = self.version

    def _absorb(self, table: str, written: Collection[str] | None = None) -> set[str]:
        """Brings what is known of a table's decisions by document up to date; gives the documents with a change."""
        decisions = self.book.decisions(table)
        self._lists[table] = decisions
        if written is None:
            found: dict[str, list[Decision]] = {}
            for each in decisions:
                found.setdefault(each.document_id, []).append(each)
            before, self._by_document[table] = self._by_document[table], found
            return {name for name in before.keys() | found.keys() if before.get(name) != found.get(name)}
        for document_id in written:
            self._by_document[table][document_id] = [each for each in decisions if each.document_id == document_id]
        return set(written)

    def _lay_all_anew(self) -> None:
        """After a decision on an actor, of whom any document may speak."""
        for document_id in self.stamps.keys() - self._opened.keys():
            self.stamps[document_id] = self.version
        for opened in self._opened.values():
            self._lay(opened, self.layouts)

    def _lay(self, opened: Opened, tables: Iterable[str]) -> None:
        document_id = opened.document.document_id
        decisions = {table: self.decisions_on(table, document_id) for table in tables}
        opened.lay(decisions, self.cast.known, list(tables), self.version)
        self.stamps[document_id] = opened.version

    def open(self, document_id: str) -> Opened:
        """A document of the last build. Raises `DecisionError` for one that is not there, `BuildError` without what
        the build kept of it.
        """
        self._known(document_id)
        if document_id not in self._opened:
            try:
                document, coded = cache.load_document_and_rows(self.project, document_id)
            except (OSError, ValueError) as error:
                raise not_the_last_build() from error
            opened = Opened(document, coded, self.schemas, self.viewer, self.stamps.get(document_id, self.version))
            self._lay(opened, self.layouts)
            self._opened[document_id] = opened
            # It stays for long. To look through all of it for rings again and again would cost single decisions more
            # than all the rest.
            gc.freeze()
            if len(self._opened) > _KEPT:
                self._opened.popitem(last=False)
        self._opened.move_to_end(document_id)
        return self._opened[document_id]

    def counts(self, document_id: str) -> dict[str, int]:
        """What awaits review in a document."""
        opened = self._opened.get(document_id)
        if opened is not None:
            return opened.counts(self.listed_tables())
        decisions = (self.decisions_on(table, document_id) for table in self.listed_tables())
        return self.overview.counts(document_id, decisions, self.viewer)

    def findings(self) -> list[Finding]:
        """What is wrong with decisions on actors, and on documents that are gone."""
        return [*self.cast.findings, *homeless(self.all_decisions(), self.documents)]

    def known(self) -> Collection[str]:
        """The ids of the actors that a decision may name."""
        return self.cast.known.actors - self.cast.known.rejected

    def on_desk(self, document_id: str) -> OnDesk:
        """A document for taking decisions on it."""
        return self.open(document_id).on_desk()

    def actor_rows(self) -> Mapping[str, Row]:
        """The rows of the actors by id."""
        return self.cast.rows()

    def own_decision(self, row_id: str, reviewer: str) -> Decision | None:
        """A person's decision on a row; one that settles it is not meant."""
        for table in self.layouts:
            for decision in self.decisions_on(table, self.document_of(row_id) or NO_DOCUMENT):
                if (decision.row_id, decision.reviewer, decision.settles) == (row_id, reviewer, False):
                    return decision
        return None

    def document_of(self, row_id: str) -> str | None:
        """The document that a row is of: by its id, or, where people chose the id, by the decision on it."""
        document_id = super().document_of(row_id)
        if document_id is None:
            for table in self.layouts:
                for decision in self.book.decisions(table):
                    if decision.row_id == row_id:
                        return decision.document_id or None
        return document_id


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino
