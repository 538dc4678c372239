"""A document's rows as they stand under review, for those who exchange them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from tablewright import cache
from tablewright.anchors import Span, Text
from tablewright.deciding import Desk, Taker
from tablewright.decision import JOINT, Decision
from tablewright.decisioncells import ACTORS, Layout, layouts, unguarded, write_cell
from tablewright.desk import ReviewTable, not_the_last_build, with_rejected_parts
from tablewright.errors import DecisionError
from tablewright.interchange.exchange import State
from tablewright.interchange.labels import main_code
from tablewright.paths import Project
from tablewright.records import Document
from tablewright.review import Reviewed
from tablewright.rowplaces import Places
from tablewright.schema import TableSchema
from tablewright.tables import DocumentRows, Row

_STATES: dict[str, State] = {"confirm": "confirmed", "amend": "amended", "add": "added", "reject": "rejected"}
_KEPT_AT_HAND = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of a document on which people decide. `cells` are its columns besides its own words, as texts, without the
    empty ones; an event's `source` and `target` among them.
    """

    layout: Layout
    row: Row
    state: State
    cells: Mapping[str, str]

    @property
    def row_id(self) -> str:
        """The row's key."""
        row_id: str = self.row[self.layout.key]
        return row_id

    @property
    def span(self) -> Span:
        """Where the row's own words stand."""
        own = self.layout.anchors[0]
        return self.row[own.start], self.row[own.end]

    @property
    def code(self) -> str | None:
        """The code in the row's label."""
        field = main_code(self.layout)
        return self.cells.get(field.name) if field else None


class ReviewedDocument:
    """A document with the rows on which people decide: those that are published, and those that people rejected."""

    def __init__(
        self,
        document: Document,
        machine: DocumentRows,
        reviewed: Reviewed,
        decisions: Mapping[str, Sequence[Decision]],
        schemas: Mapping[str, TableSchema],
        known_actors: Callable[[], Collection[str]],
    ) -> None:
        """`machine` are the machine's rows, `reviewed` what became of them under `decisions`, given by row."""
        self.document, self.document_id = document, document.document_id
        self.rules = machine.rules
        self._reviewed, self._decisions = reviewed, decisions
        self._schemas, self._known = schemas, known_actors
        rows = reviewed.rows
        self._rows = {name: [*table, *reviewed.rejected.get(name, ())] for name, table in rows.items()}
        self._rows["participants"] = with_rejected_parts(rows["participants"], machine.tables["participants"])
        self._desks: dict[Taker, Desk] = {}

    @property
    def text(self) -> str:
        """The document's canonical text."""
        return self.document.text

    @cached_property
    def _places(self) -> Places:
        return Places(self.text, self._rows["sentences"])

    @property
    def places(self) -> Text:
        """The text, ready for finding words in it."""
        return self._places.text

    def desk(self, by: Taker) -> Desk:
        """Where decisions on the document are taken."""
        if by not in self._desks:
            self._desks[by] = Desk(self._schemas, self._known(), by, self._places, self._rows)
        return self._desks[by]

    @cached_property
    def standing(self) -> list[Standing]:
        """The rows of all tables, each in the order of the text with the rejected ones last."""
        parts: dict[str, list[Row]] = {}
        for part in self._rows["participants"]:
            parts.setdefault(part["event_id"], []).append(part)
        return [
            Standing(layout, row, state, _cells(layout, row, parts.get(row[layout.key], ())))
            for layout in layouts(self._schemas).values()
            if layout.anchors
            for row, state in self._states(layout)
        ]

    def _states(self, layout: Layout) -> Iterator[tuple[Row, State]]:
        decided = {row[layout.key] for row in self._reviewed.decided.get(layout.table, ())}
        for row in self._reviewed.rows.get(layout.table, ()):
            row_id = row[layout.key]
            yield row, self._state(row_id) if row_id in decided else "machine"
        for row in self._reviewed.rejected.get(layout.table, ()):
            yield row, "rejected"

    def _state(self, row_id: str) -> State:
        return next((_STATES[each.decision] for each in self.decisions(row_id) if each.publishes), "confirmed")

    def decisions(self, row_id: str) -> Sequence[Decision]:
        """What people decided on a row."""
        return self._decisions.get(row_id, ())

    def own(self, row_id: str, by: Taker) -> Decision | None:
        """What the person decided on the row before."""
        mine = (each for each in self.decisions(row_id) if each.reviewer == by.reviewer and not each.settles)
        return next(mine, None)


def _cells(layout: Layout, row: Row, parts: Sequence[Row]) -> dict[str, str]:
    cells = {each.name: unguarded(write_cell(row.get(each.name))) for each in layout.values}
    for role in layout.roles:
        cells[role] = JOINT.join(part["actor_id"] for part in parts if part["role"] == role)
    return {name: cell for name, cell in cells.items() if cell and name != layout.text}


def documents_of(project: Project) -> Documents:
    """The documents of a built project with what people decided so far. Raises what `ReviewTable` raises."""
    review = ReviewTable(project)

    def load(document_id: str) -> ReviewedDocument:
        try:
            machine, document = cache.load_rows(project, document_id), cache.load_document(project, document_id)
        except (OSError, ValueError) as error:
            raise not_the_last_build() from error
        reviewed = review.reviewing.review(document_id, machine.tables)
        return ReviewedDocument(document, machine, reviewed, review.decisions, review.schemas, review.known)

    return Documents(review.schemas, review.documents, load)


class Documents:
    """The documents of a project under review, read by `load` when asked for; the last few are kept at hand."""

    def __init__(
        self, schemas: Mapping[str, TableSchema], ids: Collection[str], load: Callable[[str], ReviewedDocument]
    ) -> None:
        self.schemas, self.ids = schemas, ids
        self.layouts: Mapping[str, Layout] = layouts(schemas)
        self._load = load
        self._at_hand: OrderedDict[str, ReviewedDocument] = OrderedDict()

    def __getitem__(self, document_id: str) -> ReviewedDocument:
        found = self._at_hand.pop(document_id, None) or self._load(document_id)
        self._at_hand[document_id] = found
        if len(self._at_hand) > _KEPT_AT_HAND:
            self._at_hand.popitem(last=False)
        return found

    def some(self) -> str:
        """The ids of the first documents, for a message."""
        return ", ".join(islice(self.ids, 10))

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
        return list(dict.fromkeys(tables)) or [name for name in known if "coding" in self.schemas[name].columns]
