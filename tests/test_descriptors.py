"""What the descriptors say, and that they say the same; the tools of their readers are in the files beside this one."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from releasecases import ABOUT, DATE, TROUBLE, make_release, tables
from tablewright.anchors import Quote
from tablewright.decision import Decision, Verdict
from tablewright.describe import DESCRIPTORS, describe_release
from tablewright.describe.agreement import measure_agreement
from tablewright.describe.attrs import attrs_metadata
from tablewright.describe.facts import about_of, coding_counts, table_facts
from tablewright.describe.loadlines import load_lines, read_csv_call
from tablewright.describe.model import Quality, Release
from tablewright.describe.stata import stata_names
from tablewright.describe.words import citation, licence_url
from tablewright.files import sha256


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("release")


@pytest.fixture(scope="module")
def release(folder: Path) -> Release:
    return make_release(folder)


@pytest.fixture(scope="module")
def made(release: Release) -> dict[str, bytes]:
    return describe_release(release)


def test_every_descriptor_is_made(made: dict[str, bytes]) -> None:
    assert tuple(made) == DESCRIPTORS
    assert all(data.endswith(b"\n") and b"\r" not in data for data in made.values())


def test_the_same_release_gives_the_same_bytes(release: Release, made: dict[str, bytes]) -> None:
    assert describe_release(release) == made


def test_descriptors_say_the_same_of_the_dataset(made: dict[str, bytes]) -> None:
    """Title, version, day and licence, as each standard has them."""
    croissant, datacite, crate = (
        json.loads(made[name]) for name in ("croissant.json", "datacite.json", "ro-crate-metadata.json")
    )
    root = next(each for each in crate["@graph"] if each["@id"] == "./")
    cff = yaml.safe_load(made["CITATION.cff"])
    said = {
        "croissant": (croissant["name"], croissant["version"], croissant["datePublished"]),
        "datacite": (datacite["titles"][0]["title"], datacite["version"], datacite["dates"][0]["date"]),
        "crate": (root["name"], root["version"], root["datePublished"]),
        "cff": (cff["title"], cff["version"], cff["date-released"]),
    }
    assert set(said.values()) == {(ABOUT["title"], "1.2.0", "2024-05-01")}
    address = "https://creativecommons.org/licenses/by/4.0/"
    assert (croissant["license"], root["license"]["@id"]) == (address, address)
    assert datacite["rightsList"][0]["rightsIdentifier"] == cff["license"] == "CC-BY-4.0"


def test_the_crate_lists_every_file_with_its_hash(release: Release, made: dict[str, bytes]) -> None:
    graph = json.loads(made["ro-crate-metadata.json"])["@graph"]
    files = {each["@id"]: each["sha256"] for each in graph if each["@type"] == "File"}
    expected = {file.path: file.sha256 for file in release.files}
    expected |= {name: sha256(data) for name, data in made.items() if name != "ro-crate-metadata.json"}
    assert files == expected


def test_a_reserved_doi_is_in_every_descriptor(folder: Path) -> None:
    made = describe_release(make_release(folder, doi="10.5281/zenodo.2", concept_doi="10.5281/zenodo.1"))
    for name in ("README.md", "CITATION.cff", "croissant.json", "datacite.json", "ro-crate-metadata.json"):
        assert b"10.5281/zenodo.2" in made[name], name
    related = json.loads(made["datacite.json"])["relatedIdentifiers"]
    assert ("IsVersionOf", "10.5281/zenodo.1") in {
        (each["relationType"], each["relatedIdentifier"]) for each in related
    }


def test_the_least_that_dataset_yaml_says_is_enough(folder: Path) -> None:
    """No licence, creators, description, homepage, documents: `release` refuses it, the descriptors need not break."""
    release = make_release(
        folder,
        about=about_of({"name": "x", "title": "X"}),
        documents=(),
        quality=Quality(),
        tool_version="",
        previous=None,
    )
    made = describe_release(release)
    assert yaml.safe_load(made["CITATION.cff"])["authors"] == [{"name": "X"}]
    assert json.loads(made["datacite.json"])["creators"] == [{"name": "X"}]
    assert b"Not measured" in made["CAVEATS.md"]


def test_the_card_names_parquet_only(made: dict[str, bytes]) -> None:
    _, head, _ = made["README.md"].decode().split("---\n", 2)
    known = yaml.safe_load(head)
    assert known["license"] == "cc-by-4.0"
    assert {each["data_files"] for each in known["configs"]} == {f"{name}.parquet" for name in tables()}
    assert [each["config_name"] for each in known["configs"] if each.get("default")] == ["events"]


def test_a_licence_that_hugging_face_does_not_know_is_named(folder: Path) -> None:
    about = about_of(ABOUT | {"licence": "https://example.org/terms"})
    card = describe_release(make_release(folder, about=about))["README.md"].decode()
    known = yaml.safe_load(card.split("---\n", 2)[1])
    assert (known["license"], known["license_link"]) == ("other", "https://example.org/terms")


class _Page(HTMLParser):
    """Checks that tags are closed in order, and collects what the page would load."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        self.ids |= {known["id"] or ""} if "id" in known else set()
        if tag == "a":
            self.links.add((known["href"] or "").removeprefix("#"))
        if tag in ("script", "img", "link", "iframe") or "src" in known:
            self.loads.append(tag)
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_codebook_stands_by_itself(made: dict[str, bytes]) -> None:
    page = _Page()
    page.feed(made["codebook.html"].decode())
    assert (page.open, page.loads) == ([], [])
    assert page.links <= page.ids
    assert b"<Treaties>" not in made["codebook.html"]


def test_the_codebook_for_machines_has_every_column_and_code(made: dict[str, bytes]) -> None:
    lines = list(csv.DictReader(made["codebook.csv"].decode().splitlines()))
    columns = {(each["table"], each["column"]) for each in lines if not each["code"]}
    codes = {(each["table"], each["column"], each["code"]) for each in lines if each["code"]}
    schemas = [schema for schema, _ in tables().values()]
    assert columns == {(schema.name, field.name) for schema in schemas for field in schema.fields}
    assert codes == {(s.name, f.name, code) for s in schemas for f in s.fields for code in f.values}
    consult = next(each for each in lines if each["code"] == "CONSULT")
    assert (consult["count"], consult["label"][:5]) == ("2", "Meet,")


def test_caveats_say_what_is_not_reviewed(folder: Path) -> None:
    made = describe_release(make_release(folder, quality=Quality(undecided=7, stale=1)))
    for name in ("CAVEATS.md", "README.md"):
        assert "**Released without full review:** 7 rows await a decision" in made[name].decode()


def test_markdown_cannot_be_broken_by_a_title(folder: Path) -> None:
    about = about_of(ABOUT | {"title": "A | b\n# c <script>", "description": "[x](javascript:1)"})
    made = describe_release(make_release(folder, about=about))
    assert b"# A \\| b \\# c \\<script\\>\n" in made["README.md"]
    assert b"[x]" not in made["README.md"].split(b"## Tables")[0].split(b"---\n", 2)[2]


@pytest.mark.parametrize(
    ("licence", "address"),
    [
        ("CC-BY-NC-SA-3.0-DE", "https://creativecommons.org/licenses/by-nc-sa/3.0/de/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("ODbL-1.0", "https://spdx.org/licenses/ODbL-1.0.html"),
        ("https://example.org/terms", "https://example.org/terms"),
        ("all rights reserved", None),
    ],
)
def test_where_a_licence_can_be_read(licence: str, address: str | None) -> None:
    assert licence_url(licence) == address


def test_a_build_that_is_no_release_is_cited_without_a_year() -> None:
    about = about_of({"name": "x", "title": "X", "creators": [{"title": "Ana Roth"}]})
    assert citation(about, "1.0.0") == "Ana Roth. X (Version 1.0.0) [Data set]."
    assert citation(about, "1.0.0", 2024) == "Ana Roth (2024). X (Version 1.0.0) [Data set]."
    assert "date" not in json.loads(attrs_metadata(about, "1.0.0"))


def test_pandas_shows_title_version_citation_and_licence(release: Release, folder: Path) -> None:
    attrs = pd.read_parquet(folder / "events.parquet").attrs
    assert (attrs["title"], attrs["version"], attrs["licence"]) == (ABOUT["title"], "1.2.0", "CC-BY-4.0")
    assert attrs["citation"].startswith("Roth, Ana; The Talks Team (2024). ")


@pytest.mark.parametrize("name", list(tables()))
def test_the_csv_gives_the_same_frame_by_the_call_in_the_card(
    name: str, folder: Path, made: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    call = read_csv_call(tables()[name][0])
    assert call in made["README.md"].decode()
    frame = eval(call, {"pd": pd})  # noqa: S307 (the line that readers are told to run)
    pd.testing.assert_frame_equal(frame, pd.read_parquet(f"{name}.parquet"))


def test_words_that_pandas_takes_for_missing_survive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    frame = eval(read_csv_call(tables()["sentences"][0]), {"pd": pd})  # noqa: S307
    assert frame["text"].tolist()[2:] == list(TROUBLE)


def test_python_lines_of_the_card_run(release: Release, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    line = next(line for reader, _, line in load_lines(release, "events") if reader == "pandas")
    known: dict[str, Any] = {}
    exec(line, known)  # noqa: S102 (the line that readers are told to run)
    assert len(known["events"]) == 2


def test_columns_are_counted() -> None:
    schema, table = tables()["events"]
    facts = {each.name: each for each in table_facts(schema, table).columns}
    assert (facts["place"].missing, facts["place"].distinct) == (1, 1)
    assert facts["date_start"].lowest == dt.date(2023, 2, 1)
    assert (facts["coding"].counts["machine"], facts["coding"].counts["added"]) == (2, 0)
    assert coding_counts({"events": table_facts(schema, table)}, {"events": 4})[0].rejected == 4


def test_facts_of_an_empty_table() -> None:
    schema, table = tables()["events"]
    facts = table_facts(schema, table.slice(0, 0))
    assert facts.rows == 0
    assert all(each.missing == each.distinct == 0 for each in facts.columns)


def _decisions(*said: tuple[str, str, Verdict, str]) -> Iterator[Decision]:
    for row_id, reviewer, verdict, kind in said:
        yield Decision("events", row_id, verdict, reviewer, DATE, "d", Quote("met"), {"event_type": kind})


def test_agreement_of_two_people() -> None:
    """Krippendorff's alpha of two coders by hand: values AA AB BB BB; n = 8, D_o = 2/8, D_e = 2*3*5/56."""
    found = measure_agreement(
        _decisions(
            ("1", "ana", "confirm", "A"), ("1", "ben", "confirm", "A"),
            ("2", "ana", "confirm", "A"), ("2", "ben", "amend", "B"),
            ("3", "ana", "confirm", "B"), ("3", "ben", "confirm", "B"),
            ("4", "ana", "confirm", "B"), ("4", "ben", "confirm", "B"),
            ("5", "ana", "confirm", "B"),
        )
    )  # fmt: skip
    by_column = {each.column: each for each in found}
    assert (by_column["keep"].alpha, by_column["keep"].agreed, by_column["keep"].units) == (None, 1.0, 4)
    assert by_column["event_type"].agreed == 0.75
    assert by_column["event_type"].alpha == pytest.approx(1 - (2 / 8) / (30 / 56), abs=1e-4)


def test_columns_of_rejected_rows_are_not_compared() -> None:
    found = measure_agreement(_decisions(("1", "ana", "confirm", "A"), ("1", "ben", "reject", "B")))
    assert [(each.column, each.agreed) for each in found] == [("keep", 0.0)]


def test_stata_names_are_short_and_apart() -> None:
    schema, _ = tables()["events"]
    assert stata_names(schema)["end"] == "_end"
    assert all(re.fullmatch(r"\w{1,32}", name) for name in stata_names(schema).values())
