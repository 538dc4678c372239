from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from hypothesis import given

from tablecases import NASTY, rows, thing
from tablewright.changelist import HEADER, changes_csv
from tablewright.changelog import TITLE, add_entry, changelog_entry, diff_lines
from tablewright.diff import Diff, diff
from tablewright.diffpages import diff_html, diff_json
from tablewright.versions import needed_bump
from test_diff import Rows, cells, dataset, parts, with_field

DAY = dt.date(2024, 3, 15)


def changes(found: Diff) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(changes_csv(found).decode(), newline="")))


def changed() -> Diff:
    """One row of each kind and a change of the contract."""
    return diff(
        dataset(thing("a", words="old"), thing("gone")),
        dataset(
            thing("a", words="new", open=False, seen_on=DAY), thing("come"), schema=with_field("more", title="Again")
        ),
        before="1.0.0",
        after="dist",
    )


def test_the_list_has_every_change() -> None:
    assert [tuple(line.values()) for line in changes(changed())] == [
        ("things", "words_changed", "", "more", "title: more", "title: Again"),
        ("things", "withdrawn", "gone", "", "", ""),
        ("things", "added", "come", "", "", ""),
        ("things", "changed", "a", "words", "old", "new"),
        ("things", "changed", "a", "open", "true", "false"),
        ("things", "changed", "a", "seen_on", "2023-07-10", "2024-03-15"),
    ]


def test_the_list_names_rows_of_joint_keys_as_json() -> None:
    found = diff(parts(("a", 1, "x")), parts(("a", 1, "y")))
    assert [json.loads(line["row"]) for line in changes(found)] == [["a", "1"]]


def test_the_list_says_what_the_dataset_says_of_itself() -> None:
    found = diff(dataset(), dataset(), old_about={"title": "A"}, new_about={"title": "A", "keywords": ["x"]})
    assert changes(found) == [dict(zip(HEADER, ("", "about", "", "keywords", "", '["x"]'), strict=True))]


@given(rows(), rows())
def test_the_list_reads_back_as_it_was(old: Rows, new: Rows) -> None:
    found = diff(dataset(*old), dataset(*new))
    listed = changes(found)
    for kind in ("added", "withdrawn"):
        table: Any = getattr(found.table("things"), kind)
        assert [line["row"] for line in listed if line["change"] == kind] == table.column("thing_id").to_pylist()
    told = [(line["row"], line["column"]) for line in listed if line["change"] == "changed"]
    assert told == [(key, column) for key, column, *_ in cells(found)]


def test_many_changes_are_listed_in_the_order_of_the_rows() -> None:
    before = [thing(f"{number:05}", words="old") for number in range(20_000)]
    after = [row | {"words": "new", "more": 1 if number % 3 else None} for number, row in enumerate(before)]
    listed = changes(diff(dataset(*before), dataset(*after)))
    assert [(line["row"], line["column"]) for line in listed] == [
        (row["thing_id"], column) for row in after for column in ("words", "more") if column == "words" or row["more"]
    ]


def test_json_has_counts_first_and_samples_capped() -> None:
    found = diff(dataset(), dataset(*(thing(str(number)) for number in range(50))), before="1.0.0", after="1.1.0")
    told = json.loads(diff_json(found, needed_bump(found)))
    assert list(told)[:6] == ["before", "after", "different", "bump", "reasons", "rows"]
    assert told["rows"]["things"]["added"] == 50
    assert len(told["tables"][0]["first"]["added"]) == 10
    assert told["bump"] == "minor"


def test_json_shows_cells_before_and_after() -> None:
    told = json.loads(diff_json(changed(), needed_bump(changed())))
    assert told["tables"][0]["first"]["changed"] == [
        {
            "row": {"thing_id": "a"},
            "cells": [
                {"column": "words", "before": "old", "after": "new"},
                {"column": "open", "before": True, "after": False},
                {"column": "seen_on", "before": "2023-07-10", "after": "2024-03-15"},
            ],
        }
    ]


def test_withheld_words_are_in_no_file() -> None:
    found = diff(
        dataset(thing("a", words="secret"), thing("gone", words="secret")),
        dataset(thing("a", words="hidden"), thing("come", words="hidden")),
        withheld={"things": ["words"]},
    )
    needed = needed_bump(found)
    for data in (diff_json(found, needed), diff_html(found, needed, title="x"), changes_csv(found)):
        assert b"secret" not in data
        assert b"hidden" not in data
    assert [line["column"] for line in changes(found) if line["change"] == "changed"] == ["words"]
    assert not [line for line in diff_lines(found, needed) if "secret" in line or "hidden" in line]


class Page(HTMLParser):
    """The tags of a page, those that are open, and its text."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.words = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_page_is_whole_and_fetches_nothing() -> None:
    page = Page(diff_html(changed(), needed_bump(changed()), title="Talks"))
    assert page.open == []
    assert not page.tags & {"script", "link", "img", "iframe", "a"}
    assert not page.attributes & {"src", "href", "onclick", "style"}
    assert "Talks: 1.0.0 → dist" in page.words
    for words in ("gone", "come", "old", "new", "things.more: title changed", "major"):
        assert words in page.words


def test_the_page_takes_nothing_for_markup() -> None:
    evil = ("<script>alert(1)</script>", "</td></table>", '"><img src=x onerror=y>', "&lt;", *NASTY)
    found = diff(
        dataset(*(thing(words, words=words) for words in evil)),
        dataset(*(thing(words, words=f"{words}<b>") for words in evil)),
        before="<i>",
        old_about={"title": "<u>"},
        new_about={"title": ["<s>"]},
    )
    page = Page(diff_html(found, needed_bump(found), title="</title><script>"))
    assert page.open == []
    assert page.tags <= Page(diff_html(changed(), needed_bump(changed()), title="x")).tags
    assert "<script>alert(1)</script>" in page.words
    assert "&lt;<b>" in page.words


def test_long_cells_are_cut_on_the_page_and_whole_in_the_list() -> None:
    found = diff(dataset(thing("a", words="x")), dataset(thing("a", words="y" * 100_000)))
    assert len(diff_html(found, needed_bump(found), title="x")) < 10_000
    assert len(changes(found)[0]["after"]) == 100_000


def test_the_same_has_a_page_too() -> None:
    found = diff(dataset(), dataset(), before="1.0.0", after="dist")
    assert "The two are the same." in Page(diff_html(found, needed_bump(found), title="Talks")).words
    assert diff_lines(found, needed_bump(found)) == ["1.0.0 → dist: the same"]


def test_the_terminal_gets_counts_then_rows() -> None:
    assert diff_lines(changed(), needed_bump(changed())) == [
        "1.0.0 → dist: major",
        "  things: 1 added, 1 withdrawn, 1 changed (words 1, open 1, seen_on 1); 2 → 2 rows",
        "  things.more: title changed",
        "",
        "things",
        "  - gone",
        "  + come",
        "  ~ a",
        "      words: old → new",
        "      open: true → false",
        "      seen_on: 2023-07-10 → 2024-03-15",
    ]


def test_the_terminal_is_not_steered() -> None:
    found = diff(dataset(thing("\x1b[2J")), dataset(thing("a", words="\x1b]0;x\x07\u202e")))
    assert all(line.isprintable() for line in diff_lines(found, needed_bump(found)))


def test_an_entry_tells_what_changed() -> None:
    assert changelog_entry(changed(), needed_bump(changed()), "2.0.0", DAY) == (
        "## 2.0.0 (2024-03-15)\n"
        "\n"
        "A major change of 1.0.0; `changes.csv` lists every one.\n"
        "\n"
        "- `things.more`: title changed.\n"
        "- `things`: 1 added, 1 withdrawn, 1 changed (words 1, open 1, seen_on 1).\n"
    )


def test_the_entry_of_a_first_release_counts_its_rows() -> None:
    found = diff({}, dataset(thing("a")))
    assert "First release: things 1." in changelog_entry(found, needed_bump(found), "1.0.0", DAY)


def test_an_entry_of_the_same_data_says_so() -> None:
    found = replace(diff(dataset(), dataset()), before="1.0.0")
    assert "The same data as 1.0.0." in changelog_entry(found, needed_bump(found), "1.0.1", DAY)


def test_entries_stand_with_the_newest_first() -> None:
    once = add_entry("", "1.0.0", "## 1.0.0 (2024-03-15)\n\nFirst.\n")
    assert once == f"{TITLE}\n\n## 1.0.0 (2024-03-15)\n\nFirst.\n"
    twice = add_entry(once, "1.0.1", "## 1.0.1 (2024-03-16)\n\nSecond.\n")
    assert twice == f"{TITLE}\n\n## 1.0.1 (2024-03-16)\n\nSecond.\n\n## 1.0.0 (2024-03-15)\n\nFirst.\n"


def test_an_entry_that_a_person_wrote_stays() -> None:
    written = "# Changelog\n\n## 1.0.0\n\nMy words.\n"
    assert add_entry(written, "1.0.0", "## 1.0.0 (2024-03-15)\n\nFirst.\n") == written
    assert "## 1.0\n" in add_entry("# Changelog\n\n## 1.0.0\n", "1.0", "## 1.0\n")
