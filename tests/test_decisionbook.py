"""Several programs and people at one review file: what each writes stays, and nothing else changes."""

from __future__ import annotations

import dataclasses
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewcases import TEXT, aid, desk, machine_rows, schemas
from tablewright import decisionbook
from tablewright.decision import Decision
from tablewright.decisionbook import Book
from tablewright.decisions import take_back, write_decisions
from tablewright.errors import DecisionError, LockError
from tablewright.paths import Project

TABLE = "aid_figures"
PLAIN = desk(machine_rows(TEXT, aid_figures=[aid()])).accept(TABLE, aid())

Author = tuple[str, str, bool]


def decision(row: int, reviewer: str, verdict: str, settles: bool = False) -> Decision:
    known = {"row_id": f"talks-a{row}", "reviewer": reviewer, "decision": verdict, "settles": settles}
    return dataclasses.replace(PLAIN, **known)  # type: ignore[arg-type]


def said(decisions: Sequence[Decision]) -> dict[Author, str]:
    return {each.author: each.decision for each in decisions}


def edit(path: Path, number: int) -> Author | None:
    """An editor takes a line out, in place; gives whose it was."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.exists() else []
    if len(lines) < 2:
        return None
    cells = lines.pop(1 + number % (len(lines) - 1)).rstrip("\n").split(",")
    path.write_text("".join(lines), encoding="utf-8")
    header = lines[0].rstrip("\n").split(",")
    found = dict(zip(header, cells, strict=False))
    return found["aid_figure_id"], found["reviewer"], found.get("settles") == "true"


STEP = st.tuples(
    st.sampled_from(["one", "other", "edit", "undo"]),
    st.integers(0, 5),
    st.sampled_from(["ana", "ben"]),
    st.sampled_from(["confirm", "reject"]),
    st.booleans(),
)


@settings(max_examples=60)
@given(st.lists(STEP, max_size=12))
def test_whoever_writes_nothing_else_is_lost(steps: list[tuple[str, int, str, str, bool]]) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.setattr(decisionbook, "_SETTLED_SECONDS", 0.0)
        project = Project(Path(place))
        books = {name: Book(project, schemas()) for name in ("one", "other")}
        path = project.review / f"{TABLE}.csv"
        expected: dict[Author, str] = {}
        for who, row, reviewer, verdict, settles in steps:
            taken = decision(row, reviewer, verdict, settles)
            if who == "edit":
                gone = edit(path, row)
                if gone is not None:
                    del expected[gone]
            elif who == "undo":
                take_back(books["one"], [taken])
                expected.pop(taken.author, None)
            else:
                write_decisions(books[who], [taken])
                expected[taken.author] = verdict
        for book in (*books.values(), Book(project, schemas())):
            book.refresh(patient=True)
            assert said(book.decisions(TABLE)) == expected
            numbered = [each.line for each in book.decisions(TABLE)]
            assert numbered == list(range(2, 2 + len(numbered)))


def test_only_what_changed_is_read_again(tmp_path: Path) -> None:
    book = Book(Project(tmp_path), schemas())
    assert book.refresh() == set(book._layouts)
    assert book.refresh() == set()
    write_decisions(book, [decision(1, "ana", "confirm")])
    assert book.refresh() == set()
    path = tmp_path / "source/review/aid_figures.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert book.refresh() == set(), "it was saved just now: it may be half of a file"
    os.utime(path, (1, 1))
    assert book.refresh() == {TABLE}


def test_one_broken_file_does_not_hide_changes_of_others(tmp_path: Path) -> None:
    book, other = Book(Project(tmp_path), schemas()), Book(Project(tmp_path), schemas())
    book.refresh()
    write_decisions(other, [decision(1, "ana", "confirm")])
    (tmp_path / "source/review/actors.csv").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(DecisionError, match=r"actors.csv:1: no column actor_id"):
        book.refresh(patient=True)
    assert said(book.decisions(TABLE)) == {("talks-a1", "ana", False): "confirm"}


def test_who_cannot_have_the_lock_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisionbook, "_PATIENCE_SECONDS", 0.1)
    book = Book(Project(tmp_path), schemas())
    (tmp_path / ".tablewright").mkdir()
    with FileLock(tmp_path / ".tablewright/review.lock"), pytest.raises(LockError, match="another program is writing"):
        write_decisions(book, [decision(1, "ana", "confirm")])
    write_decisions(book, [decision(1, "ana", "confirm")])


def test_a_file_that_never_rests_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisionbook, "_PATIENCE_SECONDS", 0.1)
    book = Book(Project(tmp_path), schemas())
    book.refresh()
    write_decisions(Book(Project(tmp_path), schemas()), [decision(1, "ana", "confirm")])
    monkeypatch.setattr(decisionbook, "_fresh", lambda stamp: True)
    with pytest.raises(LockError, match="keeps writing"):
        write_decisions(book, [decision(2, "ana", "confirm")])
