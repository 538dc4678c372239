"""A document's rows as they stand under review, for those who exchange them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from itertools import islice

from tablewright import cache
from tablewright.anchors import Text
from tablewright.deciding import Desk, Taker
from tablewright.decision import JOINT, Decision
from tablewright.decisioncells import ACTORS, Layout, layouts, unguarded, write_cell
from tablewright.desk import ReviewTable
from tablewright.errors import DecisionError
from tablewright.interchange.exchange import State
from tablewright.paths import Project
from tablewright.tables import Row

_STATES: dict[str, State] = {"confirm": "confirmed", "amend": "amended", "add": "added", "reject": "rejected"}
_KEPT_AT_HAND = 8


class DocumentRows:
    """A document with the rows on which people decide: those that are published, and those that people rejected."""

    def __init__(self, project: Project, review: ReviewTable, document_id: str) -> None:
        self.document = cache.load_document(project, document_id)
        self.document_id = document_id
        self._review = review
        machine = review.machine_rows(document_id)
        reviewed = review.reviewing.review(document_id, machine)
        self.rules = cache.load_rows(project, document_id).rules
        self.published = reviewed.rows
        self.rejected = reviewed.rejected
        # With the parts of the actors in events that were rejected.
        parts = [*reviewed.rows["participants"], *machine["participants"]]
        self.parts = list({tuple(each.items()): each for each in parts}.values())
        self._settled = {
            layout.table: {row[layout.key] for row in reviewed.decided.get(layout.table, ())}
            for layout in layouts(review.schemas).values()
        }

    @property
    def text(self) -> str:
        """The document's canonical text."""
        return self.document.text

    @cached_property
    def places(self) -> Text:
        """The text, ready for finding words in it."""
        return Text(self.text)

    def desk(self, by: Taker) -> Desk:
        """Where decisions on the document are taken."""
        rows = {name: [*rows, *self.rejected.get(name, ())] for name, rows in self.published.items()}
        known = self._review.reviewing.known_actors
        return Desk(self._review.schemas, known, by, self.text, {**rows, "participants": self.parts})

    def rows(self, layout: Layout) -> Iterator[tuple[Row, State]]:
        """The table's rows with their states, in the order of the text and the rejected ones last."""
        for row in self.published.get(layout.table, ()):
            row_id = row[layout.key]
            yield row, self._state(row_id) if row_id in self._settled[layout.table] else "machine"
        for row in self.rejected.get(layout.table, ()):
            yield row, "rejected"

    def _state(self, row_id: str) -> State:
        return next((_STATES[each.decision] for each in self.decisions(row_id) if each.publishes), "confirmed")

    def decisions(self, row_id: str) -> list[Decision]:
        """What people decided on a row."""
        return self._review.decisions.get(row_id, [])

    def cells(self, layout: Layout, row: Row) -> dict[str, str]:
        """The row's columns besides its own words, as texts, without the empty ones."""
        cells = {each.name: unguarded(write_cell(row.get(each.name))) for each in layout.values}
        mine = [part for part in self.parts if part["event_id"] == row[layout.key]] if layout.roles else []
        for role in layout.roles:
            cells[role] = JOINT.join(part["actor_id"] for part in mine if part["role"] == role)
        return {name: cell for name, cell in cells.items() if cell and name != layout.text}


class Documents:
    """The documents of a project under review; the last few are kept at hand."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.review = ReviewTable(project)
        self.layouts: Mapping[str, Layout] = layouts(self.review.schemas)
        self._at_hand: OrderedDict[str, DocumentRows] = OrderedDict()

    def __getitem__(self, document_id: str) -> DocumentRows:
        found = self._at_hand.pop(document_id, None) or DocumentRows(self._project, self.review, document_id)
        self._at_hand[document_id] = found
        if len(self._at_hand) > _KEPT_AT_HAND:
            self._at_hand.popitem(last=False)
        return found

    @property
    def ids(self) -> Collection[str]:
        """The ids of all documents."""
        return self.review.documents

    def some(self) -> str:
        """The ids of the first documents, for a message."""
        return ", ".join(islice(self.ids, 10))

    def about(self, document_id: str) -> tuple[str, str | None]:
        """A document's text and address."""
        document = cache.load_document(self._project, document_id)
        return document.text, document.url

    def exchanged(self, tables: tuple[str, ...]) -> list[str]:
        """The tables that are exchanged: those named, or all with a column that says how a row was coded.

        Raises `DecisionError` for a table whose rows mark no words.
        """
        known = [name for name, layout in self.layouts.items() if layout.anchors]
        for name in tables:
            if name not in known:
                why = "its rows mark no words in a text" if name == ACTORS else "there is no such table under review"
                raise DecisionError(f"{name} cannot be exchanged: {why}", remedy=f"tables are {', '.join(known)}")
        # Mentions are many and seldom wrong: they go out when asked for.
        return list(dict.fromkeys(tables)) or [name for name in known if "coding" in self.review.schemas[name].columns]
