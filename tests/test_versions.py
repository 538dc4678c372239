from __future__ import annotations

from typing import Any, get_args

import pytest

from tablecases import thing
from tablewright.diff import diff
from tablewright.errors import ProjectError
from tablewright.schemadiff import SchemaChange, SchemaKind
from tablewright.versions import BUMPS, Needed, Reason, Version, describe, is_version, latest, needed_bump, refusal
from test_diff import dataset

MAJOR, MINOR, PATCH = (Reason(bump, f"a {bump} change") for bump in ("major", "minor", "patch"))


def test_versions_are_numbers() -> None:
    assert Version.parse("1.10.0") > Version.parse("1.9.12")
    assert str(Version.parse("0.12.3")) == "0.12.3"
    assert latest(["1.2.0", "1.10.0", "latest", "01.11.0"]) == Version(1, 10, 0)
    assert latest([]) is None


@pytest.mark.parametrize("text", ["1", "1.0", "v1.0.0", "1.0.0-rc1", "01.0.0", "1.0.0\n", "1.0.٣", "../1.0.0", ""])
def test_what_is_no_version_is_refused(text: str) -> None:
    assert not is_version(text)
    with pytest.raises(ProjectError, match="is no version"):
        Version.parse(text)


def test_a_bump_leads_to_the_next_version() -> None:
    assert [str(Version(1, 2, 3).bumped(bump)) for bump in BUMPS] == ["1.2.3", "1.2.4", "1.3.0", "2.0.0"]


@pytest.mark.parametrize(
    ("old", "new", "bump"),
    [
        ((thing("a"),), (thing("a"),), "none"),
        ((thing("a"),), (thing("a", words="x"),), "patch"),
        ((thing("a"),), (thing("a", words="x"), thing("b")), "minor"),
        ((thing("a"), thing("b")), (thing("a"),), "major"),
        ((thing("a"),), (thing("b"),), "major"),
    ],
)
def test_rows_decide_the_bump(old: Any, new: Any, bump: str) -> None:
    assert needed_bump(diff(dataset(*old), dataset(*new))).bump == bump


def test_reasons_come_from_the_highest_down() -> None:
    needed = needed_bump(diff(dataset(thing("a"), thing("b")), dataset(thing("a", words="x"), thing("c"))))
    assert [(each.bump, each.message) for each in needed.reasons] == [
        ("major", "things: 1 row withdrawn"),
        ("minor", "things: 1 row added"),
        ("patch", "things: values changed in 1 row"),
    ]


@pytest.mark.parametrize(("what", "bump"), [("title", "patch"), ("name", "major"), ("licenses", "patch")])
def test_what_a_dataset_says_of_itself_decides_too(what: str, bump: str) -> None:
    found = diff(dataset(), dataset(), old_about={what: "a"}, new_about={what: "b"})
    assert needed_bump(found).bump == bump


@pytest.mark.parametrize("kind", get_args(SchemaKind))
def test_every_kind_of_change_has_words(kind: SchemaKind) -> None:
    assert describe(SchemaChange(kind, "t", "c", "part", "a", "b")).startswith("t.c: part ")


@pytest.mark.parametrize(
    ("wanted", "reasons", "refused"),
    [
        ("1.2.4", (PATCH,), False),
        ("1.3.0", (PATCH,), False),
        ("1.2.4", (MINOR, PATCH), True),
        ("1.3.0", (MINOR, PATCH), False),
        ("1.9.0", (MAJOR, PATCH), True),
        ("2.0.0", (MAJOR, PATCH), False),
        ("1.2.3", (), True),
        ("1.2.2", (), True),
        ("1.2.4", (), False),
    ],
)
def test_a_version_too_low_is_refused(wanted: str, reasons: tuple[Reason, ...], refused: bool) -> None:
    needed = Needed(reasons[0].bump if reasons else "none", reasons)
    assert bool(refusal(Version(1, 2, 3), Version.parse(wanted), needed)) is refused


def test_a_refusal_says_why() -> None:
    needed = Needed("major", (MAJOR, MINOR, PATCH))
    assert refusal(Version(1, 2, 3), Version(1, 2, 4), needed) == (
        "a major change: major, so 2.0.0 at least",
        "a minor change: minor, so 2.0.0 at least",
    )
    assert refusal(Version(1, 2, 3), Version(1, 0, 0), needed) == (
        "1.0.0 is not higher than 1.2.3, the release before",
    )
