"""What the report's page shows, as JSON values: one index over all documents, and each document by itself.

The index is read when the page opens and holds what charts and filters need; a document's value is read when the
document is shown. Both hold nothing but what is in the tables that they are made from and in the texts given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tablewright.reporting.shown import Shown, show_quotes, show_whole
from tablewright.rights import HASH, passages
from tablewright.schema import Field, TableSchema

if TYPE_CHECKING:
    import pyarrow as pa

    from tablewright.describe.model import Quality
    from tablewright.records import Document
    from tablewright.rights import Redistribute

Row = dict[str, Any]
Tables = Mapping[str, tuple[TableSchema, "pa.Table"]]

# What tells most comes first; tables of a project's own come last.
_ORDER = ("events", "quotations", "aid_figures", "mentions")
_HIDDEN = frozenset({"document_id", "sentence_id"})
# Tables whose rows have no column `coding`: what people decided on them is told by the review files.
_STATES = {"confirm": "confirmed", "amend": "amended", "add": "added"}


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is made from.

    `about` is what dataset.yaml says; `tables` are those to show, cut to rights where the report is for others;
    `rules` say what of each document may be shown, `read` gives a document whose text is. `decided` maps rows to what
    people decided. `built` is the hash of the datapackage.json that describes the tables. `public` says whether the
    report is for others, `closed` which documents it shows though they may not be passed on. `codebook` is the address
    of a codebook beside the report, "" for the one within it.
    """

    about: Mapping[str, Any]
    version: str
    tables: Tables
    rules: Mapping[str, Redistribute]
    read: Callable[[str], Document]
    decided: Mapping[str, str] = field(default_factory=dict)
    quality: Quality | None = None
    built: str = ""
    public: bool = False
    closed: frozenset[str] = frozenset()
    codebook: str = ""


class Values:
    """The values of a report over some documents of its material."""

    def __init__(self, material: Material, documents: Sequence[str]) -> None:
        self.material = material
        self.documents = list(documents)
        self._rows = {name: table.to_pylist() for name, (_, table) in material.tables.items() if name != "sentences"}
        self._schemas = {name: schema for name, (schema, _) in material.tables.items()}
        self._marked = _marked_tables(self._schemas)
        self._actors = {row["actor_id"]: at for at, row in enumerate(self._rows.get("actors", ()))}
        self._by_document = {name: _grouped(self._rows[name]) for name in self._marked}
        self._sides: dict[str, dict[str, list[int]]] = {}
        for row in self._rows.get("participants", ()):
            sides = self._sides.setdefault(row["event_id"], {"source": [], "target": []})
            sides[row["role"]].append(self._actors[row["actor_id"]])
        self._sentences = _sentence_places(material.tables)
        self._documents = {row["document_id"]: row for row in self._rows["documents"]}

    def index(self) -> dict[str, Any]:
        """What the page needs from the start."""
        material = self.material
        return {
            "title": material.about["title"],
            "description": material.about.get("description", ""),
            "version": material.version,
            "licence": material.about.get("licence", ""),
            "creators": [each["title"] for each in material.about.get("creators", ())],
            "public": material.public,
            "closed": len(material.closed.intersection(self.documents)),
            "built": material.built,
            "codebook": material.codebook,
            "tables": [_table(self._schemas[name], name in self._marked) for name in self._in_page_order()],
            "actors": [_actor(row, self._actors) for row in self._rows.get("actors", ())],
            "documents": [self._summary(name) for name in self.documents],
            "events": list(self._events()),
            "aid": list(self._aid()),
            "quotations": list(self._quotations()),
            "quality": _quality(material.quality),
        }

    def _in_page_order(self) -> list[str]:
        return [*self._marked, *(name for name in self._schemas if name not in self._marked)]

    def document(self, document_id: str) -> dict[str, Any]:
        """A document's text, as far as it is shown, and its rows."""
        rows = {name: self._by_document[name].get(document_id, []) for name in self._marked}
        rule = self.material.rules.get(document_id, "none")
        if rule == "full":
            shown = show_whole(self.material.read(document_id))
        else:
            shown = show_quotes(rule, {name: (self._schemas[name], found) for name, found in rows.items()})
        tables = {name: [self._row(name, row, shown) for row in found] for name, found in rows.items()}
        sentences = self._sentences.get(document_id, []) if rule == "full" else []
        text = {"shown": shown.kind, "text": shown.text, "blocks": shown.blocks, "sentences": sentences}
        return {**text, "rows": tables}

    def _row(self, table: str, row: Row, shown: Shown) -> list[Any]:
        """[row_id, state, start, end, [[field, start, end], …], cells…], the places in the text as it is shown."""
        schema = self._schemas[table]
        own, *others = schema.anchors
        anchors: list[list[Any]] = [
            [each.text, *place]
            for each in others
            if row[each.start] is not None and (place := shown.place(row[each.start], row[each.end]))[1]
        ]
        cells = [_plain(row[each.name]) for each in _shown_fields(schema)]
        if table == "events":
            cells += self._taking_part(row)
        start, end = shown.place(row[own.start], row[own.end])
        if not end and anchors:
            # Its own words are not shown, but others are, an event's trigger for instance.
            _, start, end = anchors[0]
        row_id = row[schema.primary_key[0]]
        return [row_id, self._state(row, row_id), start, end, anchors, *cells]

    def _state(self, row: Row, row_id: str) -> str:
        if "coding" in row:
            return str(row["coding"])
        return _STATES.get(self.material.decided.get(row_id, ""), "machine")

    def _taking_part(self, row: Row) -> list[list[int]]:
        sides = self._sides.get(row["event_id"], {"source": [], "target": []})
        return [sides["source"], sides["target"]]

    def _summary(self, document_id: str) -> dict[str, Any]:
        row = self._documents[document_id]
        known = ("document_id", "title", "authors", "publisher", "published_on", "language", "url", "rights", "words")
        counts = {name: len(self._by_document[name].get(document_id, ())) for name in self._marked}
        rule = self.material.rules.get(document_id, "none")
        return {name: _plain(row[name]) for name in known} | {"counts": counts, "shown": rule}

    def _in_order(self, table: str) -> Iterator[tuple[int, Row]]:
        for at, document_id in enumerate(self.documents):
            for row in self._by_document.get(table, {}).get(document_id, ()):
                yield at, row

    def _events(self) -> Iterator[list[Any]]:
        for at, row in self._in_order("events"):
            known = (row["event_type"], row["quad_class"], row["status"], row["coding"])
            yield [at, row["event_id"], *_date(row), *known, *self._taking_part(row), row["summary"] or row["trigger"]]

    def _aid(self) -> Iterator[list[Any]]:
        for at, row in self._in_order("aid_figures"):
            sides = [self._actors.get(row["donor_id"]), self._actors.get(row["recipient_id"])]
            sums = [row[name] for name in ("amount", "amount_max", "currency", "qualifier", "period")]
            yield [at, row["aid_figure_id"], *_date(row), *sums, row["status"], row["coding"], *sides]

    def _quotations(self) -> Iterator[list[Any]]:
        """The quotations, each with the actors that are mentioned within its words."""
        mentions = self._by_document.get("mentions", {})
        for at, row in self._in_order("quotations"):
            inside = {
                self._actors[each["actor_id"]]
                for each in mentions.get(row["document_id"], ())
                if row["start"] <= each["start"] and each["end"] <= row["end"]
            }
            speaker = self._actors.get(row["speaker_id"])
            told = [row["kind"], row["coding"], speaker, sorted(inside)]
            yield [at, row["quotation_id"], *_date(row), *told]


def _marked_tables(schemas: Mapping[str, TableSchema]) -> list[str]:
    """The tables whose rows are marked in the text: those with words in it, the text's own passages apart."""
    whole = passages(schemas)
    marked = [
        name for name, each in schemas.items() if each.anchors and len(each.primary_key) == 1 and name not in whole
    ]
    return sorted(marked, key=lambda name: (_ORDER.index(name) if name in _ORDER else len(_ORDER), name))


def _sentence_places(tables: Tables) -> dict[str, list[list[int]]]:
    """Where each document's sentences start and end."""
    places: dict[str, list[list[int]]] = {}
    if "sentences" in tables:
        columns = (tables["sentences"][1].column(name).to_pylist() for name in ("document_id", "start", "end"))
        for document_id, start, end in zip(*columns, strict=True):
            places.setdefault(document_id, []).append([start, end])
    return places


def _grouped(rows: Sequence[Row]) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["document_id"], []).append(row)
    return grouped


def _shown_fields(schema: TableSchema) -> list[Field]:
    hashes = {name + HASH for name in schema.columns}
    return [each for each in schema.fields if each.name not in hashes and each.name not in _HIDDEN]


def _table(schema: TableSchema, marked: bool) -> dict[str, Any]:
    """A table for the page: the columns of its rows, in their order there, and what they mean."""
    refers = {key.fields[0]: key.resource for key in schema.foreign_keys if len(key.fields) == 1}
    columns: list[dict[str, Any]] = [
        {
            "name": each.name,
            "title": each.title,
            "description": each.description,
            "type": each.type,
            "codes": [[code.value, code.label] for code in each.categories],
            "refers": refers.get(each.name),
        }
        for each in _shown_fields(schema)
    ]
    if schema.name == "events":
        for side, meaning in (("source", "Who acts."), ("target", "Whom the act is aimed at, or who receives it.")):
            told = {"name": side, "title": side.capitalize(), "description": meaning, "type": "actors", "codes": []}
            columns.append(told | {"refers": "participants"})
    return {
        "name": schema.name,
        "title": schema.title,
        "description": schema.description,
        "key": schema.primary_key[0] if len(schema.primary_key) == 1 else None,
        "marked": marked,
        "columns": columns,
    }


def _actor(row: Row, places: Mapping[str, int]) -> list[Any]:
    acts_for = places.get(row["affiliation_id"])
    known = ("actor_id", "name", "kind", "country_code", "role_title", "wikidata_id")
    return [*(row[name] for name in known), acts_for]


def _date(row: Row) -> list[Any]:
    return [_plain(row[name]) for name in ("date_start", "date_end", "date_precision")]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _quality(quality: Quality | None) -> dict[str, Any] | None:
    if quality is None:
        return None
    names = ("table", "machine", "confirmed", "amended", "added", "rejected")
    judged = ("table", "column", "units", "coders", "agreed", "alpha")
    return {
        "coding": [{name: getattr(each, name) for name in names} for each in quality.coding],
        "evaluation": dict(quality.evaluation),
        "agreement": [{name: getattr(each, name) for name in judged} for each in quality.agreement],
        "undecided": quality.undecided,
        "stale": quality.stale,
    }
