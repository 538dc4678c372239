"""What a release says of the rights it was cut to: the property `rights` of its datapackage.json, and whether it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import pyarrow as pa
import pyarrow.compute

from tablewright.records import Finding
from tablewright.rights import Cut, Limits, Redistribute, passages, source_columns
from tablewright.schema import TableSchema

# The stubs of pyarrow.compute know neither chunked arrays nor plain values as arguments.
_compute: Any = pyarrow.compute

RIGHTS = "rights"
_RULES = get_args(Redistribute)
_FILE = "datapackage.json"


def describe_rights(
    cut: Cut, redistribute: Mapping[str, Redistribute], characters: Mapping[str, int], limits: Limits
) -> dict[str, Any]:
    """The rule that a release was cut by, and what each document's share of it is, as JSON values."""
    return {
        "quoteCharacters": limits.quote,
        "documentCharacters": limits.document,
        "documentShare": limits.share,
        "documents": [
            {
                "document_id": name,
                "redistribute": redistribute.get(name, "none"),
                "characters": length,
                "quotedCharacters": cut.quoted[name],
                "cellsLeftOut": cut.left_out.get(name, 0),
            }
            for name, length in characters.items()
        ],
    }


def check_rights(
    package: Mapping[str, Any],
    tables: Mapping[str, tuple[TableSchema, pa.Table]],
    lengths: Mapping[str, int],
    quoted: Mapping[str, int],
) -> Iterator[Finding]:
    """What a release holds of the documents beyond what it says; `quoted` are the characters that were counted."""
    try:
        said = package[RIGHTS]
        limits = Limits(
            int(said["quoteCharacters"]), int(said["documentCharacters"]), max(1, int(said["documentShare"]))
        )
        listed: dict[str, Mapping[str, Any]] = {str(each["document_id"]): each for each in said["documents"]}
        rules = {name: str(each["redistribute"]) for name, each in listed.items()}
        told = {name: int(each["quotedCharacters"]) for name, each in listed.items()}
    except (KeyError, TypeError, ValueError):
        yield Finding(RIGHTS, "does not say what of each document may be passed on", _FILE, remedy="get a whole copy")
        return
    if set(rules) != set(lengths) or not set(rules.values()) <= set(_RULES):
        yield Finding(RIGHTS, "the documents of `rights` are not those of the documents table", _FILE)
        return
    for name, rule in rules.items():
        held = quoted.get(name, 0)
        most = {"full": lengths[name], "quotes": limits.quota(lengths[name]), "none": 0}[rule]
        if rule != "full" and held > most:
            message = f"{name}: the tables hold {held:,} characters of its words; {rule} allows {most:,}"
            yield Finding(RIGHTS, message, _FILE)
        elif rule != "full" and held != told[name]:
            yield Finding(RIGHTS, f"{name}: {told[name]:,} characters are said to be quoted; it is {held:,}", _FILE)
    quotes = pa.array([name for name, rule in rules.items() if rule == "quotes"], pa.string())
    whole = passages({name: schema for name, (schema, _) in tables.items()})
    for name, (schema, table) in tables.items():
        yield from _long_words(schema, table, quotes, 0 if name in whole else limits.quote, limits.quote)


def _long_words(
    schema: TableSchema, table: pa.Table, documents: pa.Array[Any], anchored: int, other: int
) -> Iterator[Finding]:
    """The columns with words of `documents` that are longer than `anchored` or, without an anchor, `other` allows."""
    places = {anchor.text for anchor in schema.anchors}
    for column in source_columns(schema):
        cells = table.column(column).filter(
            _compute.is_in(table.column(schema.anchors[0].document), value_set=documents)
        )
        longest = _compute.max(_compute.utf8_length(cells)).as_py() or 0
        most = anchored if column in places else other
        if longest > most:
            message = f"{schema.name}: {column} holds {longest:,} characters of a document; a quotation has {most:,}"
            yield Finding(RIGHTS, message, table=schema.name, column=column)
