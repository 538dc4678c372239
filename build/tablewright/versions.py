"""Version numbers, and which of their parts a change asks for: the Data Package recipe.

https://datapackage.org/recipes/data-package-version/, with one rule of our own: a column added is minor, since
nothing that read the columns before by their names breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tablewright.diff import Diff
from tablewright.errors import ProjectError
from tablewright.rowdiff import TableDiff
from tablewright.schemadiff import SchemaChange, SchemaKind

Bump = Literal["none", "patch", "minor", "major"]
BUMPS: tuple[Bump, ...] = ("none", "patch", "minor", "major")
"""From the least to the most."""

_VERSION = re.compile(r"(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})", re.ASCII)
_SCHEMA_BUMPS: dict[SchemaKind, Bump] = {
    "table_removed": "major",
    "column_removed": "major",
    "columns_reordered": "major",
    "retyped": "major",
    "tightened": "major",
    "value_removed": "major",
    "key_changed": "major",
    "table_added": "minor",
    "column_added": "minor",
    "loosened": "minor",
    "value_added": "minor",
    "values_reordered": "minor",
    "words_changed": "patch",
}


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """MAJOR.MINOR.PATCH; `str` gives it back as written."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Version:
        """The version that `text` is. Raises `ProjectError` for anything but three numbers without leading zeros."""
        match = _VERSION.fullmatch(text)
        if not match:
            raise ProjectError(f"{text!r} is no version", remedy="write MAJOR.MINOR.PATCH, such as 1.0.0")
        return cls(*(int(part) for part in match.groups()))

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    def bumped(self, bump: Bump) -> Version:
        """The next version that `bump` leads to; the same one for "none"."""
        match bump:
            case "major":
                return Version(self.major + 1, 0, 0)
            case "minor":
                return Version(self.major, self.minor + 1, 0)
            case "patch":
                return Version(self.major, self.minor, self.patch + 1)
            case "none":
                return self


FIRST = Version(1, 0, 0)
"""The version of a first release."""


def is_version(text: str) -> bool:
    """Whether `text` is a version as `Version.parse` reads it."""
    return _VERSION.fullmatch(text) is not None


def latest(versions: Iterable[str]) -> Version | None:
    """The highest of `versions`; what is no version is passed over. None when there is none."""
    return max((Version.parse(each) for each in versions if is_version(each)), default=None)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a version has to change as it does, in a line for people."""

    bump: Bump
    message: str


@dataclass(frozen=True, slots=True)
class Needed:
    """What a diff asks of the version: the highest bump of all reasons, which come from the highest down."""

    bump: Bump
    reasons: tuple[Reason, ...]


def needed_bump(diff: Diff) -> Needed:
    """The bump that `diff` asks for by the recipe, with every reason."""
    reasons = [*_about_reasons(diff), *map(_schema_reason, diff.schema)]
    for table in diff.tables:
        reasons += _row_reasons(table)
    reasons.sort(key=lambda reason: -BUMPS.index(reason.bump))
    return Needed(reasons[0].bump if reasons else "none", tuple(reasons))


def refusal(previous: Version, wanted: Version, needed: Needed) -> tuple[str, ...]:
    """Why `wanted` may not follow `previous`, in lines for people; empty when it may."""
    if wanted <= previous:
        return (f"{wanted} is not higher than {previous}, the release before",)
    least = previous.bumped(needed.bump)
    if wanted >= least:
        return ()
    too_low = [reason for reason in needed.reasons if previous.bumped(reason.bump) > wanted]
    return tuple(f"{reason.message}: {reason.bump}, so {least} at least" for reason in too_low)


def _about_reasons(diff: Diff) -> Iterator[Reason]:
    for change in diff.about:
        yield Reason("major" if change.what == "name" else "patch", f"the dataset's {change.what} changed")


def _schema_reason(change: SchemaChange) -> Reason:
    return Reason(_SCHEMA_BUMPS[change.kind], describe(change))


def describe(change: SchemaChange) -> str:
    """A change of the contract in a few words: "events.status: value ended removed"."""
    place = change.table if change.column is None else f"{change.table}.{change.column}"
    match change.kind:
        case "table_added" | "column_added" | "value_added":
            said = f"{change.what} added"
        case "table_removed" | "column_removed" | "value_removed":
            said = f"{change.what} removed"
        case "columns_reordered" | "values_reordered":
            said = f"{change.what} changed"
        case "tightened" | "loosened":
            said = f"{change.what} {change.kind} ({change.before or 'none'} → {change.after or 'none'})"
        case "retyped" | "key_changed":
            said = f"{change.what} changed ({change.before} → {change.after})"
        case "words_changed":
            said = f"{change.what} changed"
    return f"{place}: {said}"


def _row_reasons(table: TableDiff) -> Iterator[Reason]:
    if table.withdrawn.num_rows:
        yield Reason("major", f"{table.name}: {_rows(table.withdrawn.num_rows)} withdrawn")
    if table.added.num_rows:
        yield Reason("minor", f"{table.name}: {_rows(table.added.num_rows)} added")
    if table.changed.num_rows:
        yield Reason("patch", f"{table.name}: values changed in {_rows(table.changed.num_rows)}")


def _rows(number: int) -> str:
    return f"{number:,} {'row' if number == 1 else 'rows'}"
