"""CAVEATS.md and quality.json: what to know before using the data, and how good the coding is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from tablewright.describe.markdown import cell, table
from tablewright.describe.model import Quality, Release

CAVEATS = "CAVEATS.md"
QUALITY = "quality.json"


def quality_json(release: Release) -> bytes:
    """The bytes of quality.json: counts by coding, the evaluation, agreement, and what awaits review."""
    quality = release.quality
    described = {
        "name": release.about.name,
        "version": release.version,
        "undecided": quality.undecided,
        "stale": quality.stale,
        "coding": [asdict(each) for each in quality.coding],
        "evaluation": dict(quality.evaluation),
        "agreement": [asdict(each) for each in quality.agreement],
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()


def caveats(release: Release) -> bytes:
    """The bytes of CAVEATS.md."""
    lines = [f"# Caveats of {cell(release.about.title)}, version {release.version}", ""]
    for heading, said in (
        ("Coding", _coding(release.quality)),
        ("How good the machine is", _evaluation(release.quality.evaluation)),
        ("Agreement between people", _agreement(release.quality)),
        ("Texts and rights", _rights(release)),
        ("Reading the values", _values()),
    ):
        lines += [f"## {heading}", "", *said, ""]
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _coding(quality: Quality) -> Iterator[str]:
    yield (
        "A machine codes first; people confirm, amend, reject and add. The column `coding` says of each row how it came "
        "to be. Rejected rows are the machine's that people kept out of the release."
    )
    yield ""
    names = ("machine", "confirmed", "amended", "added", "rejected")
    yield from table(
        ("table", *names), ([each.table, *(f"{getattr(each, name):,}" for name in names)] for each in quality.coding)
    )
    if quality.undecided or quality.stale:
        yield ""
        yield (
            f"**Released without full review:** {quality.undecided:,} rows await a decision, and {quality.stale:,} "
            "decisions no longer fit the text."
        )


def _evaluation(evaluation: Any) -> Iterator[str]:
    if not evaluation or not evaluation.get("documents"):
        yield "Not measured: people have not decided on rows of any document."
        return
    yield (
        f"The machine's rows against the rows that people settled, in {evaluation['documents']} document(s). Rows "
        "without a decision count on neither side, and rows were decided with the machine's in view, so that recall is "
        "an upper bound where nobody searched for what it missed."
    )
    yield ""
    measured = [(name, each) for name, each in evaluation["tables"].items() if each["gold"] or each["machine"]]
    yield from table(
        ("table", "people's rows", "machine's rows", "the same", "precision", "recall", "F1"),
        (
            [name, str(each["gold"]), str(each["machine"]), str(each["matched"]), *(_figure(each[key]) for key in ("precision", "recall", "f1"))]
            for name, each in measured
        ),
    )  # fmt: skip
    columns = [
        [f"{name}.{column}", f"{each['right']} of {each['total']}", _figure(each["accuracy"])]
        for name, score in measured
        for column, each in score.get("columns", {}).items()
        if each["total"]
    ]
    if columns:
        yield ""
        yield "Columns, in the rows that both have:"
        yield ""
        yield from table(("column", "right", "share"), columns)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _agreement(quality: Quality) -> Iterator[str]:
    if not quality.agreement:
        yield "Not measured: no rows were decided on by two people."
        return
    yield (
        "Rows that two people or more judged; a row that one added counts as passed over by the others who decided on "
        "rows of the same table and document. `keep` is whether the row belongs in the dataset. Krippendorff's "
        "alpha is 1 for full agreement and 0 for what chance would give; it is not defined (–) where all judgements are "
        "the same value."
    )
    yield ""
    yield from table(
        ("column", "rows", "people", "same judgement", "alpha"),
        (
            [
                f"{each.table}.{each.column}",
                str(each.units),
                str(each.coders),
                _figure(each.agreed),
                _figure(each.alpha),
            ]
            for each in quality.agreement
        ),
    )


_SETTINGS = {
    "full": "text included",
    "quotes": "short quotations only, no sentences",
    "none": "no words of the text, offsets and hashes only",
}


def _rights(release: Release) -> Iterator[str]:
    yield (
        "The licence of the dataset does not cover the texts that it was coded from. `start` and `end` count the "
        "characters of each document's canonical text, whose hash is `text_sha256`; `tablewright hydrate` joins the "
        "words again from your own copy."
    )
    if release.rights.quote_characters is not None:
        yield (
            f"A quotation has {release.rights.quote_characters:,} characters at most"
            + (
                f", all of a document {release.rights.document_characters:,}"
                if release.rights.document_characters
                else ""
            )
            + (
                f" and no more than one in {release.rights.document_share} of its characters"
                if release.rights.document_share
                else ""
            )
            + "; longer ones are cut at a word, and the column with `_sha256` has the hash of the whole."
        )
    yield ""
    yield from table(
        ("document", "title", "rights", "in this release", "characters quoted"),
        (
            [
                each.document_id,
                each.title,
                each.rights or "not stated",
                _SETTINGS[each.redistribute],
                "–" if each.quoted_characters is None else f"{each.quoted_characters:,} of {each.characters:,}",
            ]
            for each in release.documents
        ),
    )


def _values() -> Iterator[str]:
    yield "- A missing value means that the text does not say, never zero or no. Nothing was guessed to fill a cell."
    yield "- Dates are intervals, both ends included; `date_precision` says how exactly the text gave them."
    yield (
        "- CSV cells hold the values as they are, also those that start with `=`, `+`, `-` or `@`, which a spreadsheet "
        "would take for a formula: import the file with all columns as text. Words such as NA are values."
    )
    yield "- What the texts report is coded, not what happened: an act that no document reports has no row."
