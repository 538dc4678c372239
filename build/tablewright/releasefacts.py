"""What the checks of descriptors compare with, and how they say that something differs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tablewright.schema import TableSchema


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a release: datapackage.json, its schemas, the rows and coding counts of each table as they
    were counted (nothing where a table could not be read), and of each file its hash and size.
    """

    package: Mapping[str, Any]
    schemas: Mapping[str, TableSchema]
    rows: Mapping[str, int]
    coding: Mapping[str, Mapping[str, int]]
    sha256: Mapping[str, str]
    bytes: Mapping[str, int]

    @property
    def licence(self) -> str | None:
        """The licence's identifier, or its address or words."""
        licences = self.package.get("licenses") or [{}]
        first = licences[0]
        found = first.get("path") or first.get("title") or first.get("name")
        return None if found is None else str(found)

    @property
    def creators(self) -> list[str]:
        """The creators' names."""
        return [str(each.get("title")) for each in self.package.get("contributors", ())]


Problem = str
Check = Callable[[bytes, Facts], Iterator[Problem]]


def differ(what: str, said: object, known: object) -> Iterator[Problem]:
    if said != known:
        yield f"{what} is {short(said)}; by the release it is {short(known)}"


def differ_in(what: str, said: Iterable[object], known: Iterable[object]) -> Iterator[Problem]:
    """What two collections do not share."""
    mine, theirs = set(said), set(known)
    for verb, names in (("leaves out", theirs - mine), ("has too many", mine - theirs)):
        if names:
            yield f"{verb} {what}: {', '.join(sorted(map(str, names))[:10])}"


def short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def licence_differs(said: Any, facts: Facts) -> Iterator[Problem]:
    """Whether a licence, or the address of its text, is the dataset's: the identifier has to be told by it."""
    licence = facts.licence
    if licence is None or said is None:
        yield from differ("the licence", said, licence)
        return
    told, known = re.sub(r"[^a-z0-9]", "", str(said).lower()), re.sub(r"[^a-z0-9]", "", licence.lower())
    # https://creativecommons.org/licenses/by/4.0/ is CC-BY-4.0, /publicdomain/zero/1.0/ is CC0-1.0.
    deed = (
        known.replace("cc0", "publicdomainzero") if known.startswith("cc0") else "licenses" + known.removeprefix("cc")
    )
    if known not in told and not (
        told.startswith(("httpscreativecommonsorg", "httpcreativecommonsorg")) and deed in told
    ):
        yield f"the licence is {short(said)}; by the release it is {short(licence)}"


def date_differs(said: object, facts: Facts) -> Iterator[Problem]:
    """A day against the day of the release, which datapackage.json has."""
    created = facts.package.get("created")
    if created is not None:
        yield from differ("the date", str(said), str(created)[:10])
