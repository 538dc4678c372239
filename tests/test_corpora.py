"""Corpora: files with one document a record, from the entry in dataset.yaml to the published row."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builders import ARTICLE, dist_bytes, make_project, run, run_json
from tablewright.hydrate import hydrate
from tablewright.paths import Project
from tablewright.verify import verify

ABOUT = "name: talks\ntitle: Talks\nversion: 1.0.0\nlicence: CC-BY-4.0\ncreators: [Ana Roth]\n"
FIELDS = "    fields: {text: body, document_id: id, title: headline, published_on: date, authors: speaker}\n"
TEXTS = (
    'Kenya sent 200 police officers to Haiti on Tuesday. "They will stay," President William Ruto said.',
    "Norway pledged $20 million in humanitarian aid to Sudan.",
    "On March 13, Switzerland condemned the attack on a hospital in El Fasher.",
)


def records(*texts: str) -> list[dict[str, Any]]:
    return [
        {
            "id": f"S {n}",
            "headline": f"Speech {n}",
            "date": f"2024-03-{14 + n % 15:02}",
            "speaker": "Ana Roth",
            "body": text,
        }
        for n, text in enumerate(texts or TEXTS, start=1)
    ]


def jsonl(rows: Iterable[Mapping[str, Any]]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def as_csv(rows: Iterable[Mapping[str, Any]], delimiter: str = ",") -> bytes:
    text = io.StringIO()
    rows = list(rows)
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def as_parquet(rows: Iterable[Mapping[str, Any]]) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), buffer, row_group_size=2)
    return buffer.getvalue()


def corpus(root: Path, data: bytes, name: str = "speeches.jsonl", entry: str = FIELDS) -> Project:
    """A project with a corpus and nothing else."""
    project = make_project(root, {}, f"{ABOUT}documents:\n  - file: {name}\n    publisher: Hansard\n{entry}")
    (project.source / name).write_bytes(data)
    return project


def documents(project: Project) -> dict[str, dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(project.dist / "documents.parquet").to_pylist()
    return {row["document_id"]: row for row in rows}


def worked_on(project: Project, *arguments: str) -> set[str]:
    """The documents that a build reads, analyses or codes."""
    steps = run_json(project, "build", *arguments)["steps"]
    return {step["target"] for step in steps if step["action"] in ("read", "analyse", "code")}


def test_each_record_is_a_document(tmp_path: Path) -> None:
    project = corpus(tmp_path, jsonl(records()))
    run(project, "build")
    row = documents(project)["s-1"]
    assert row["title"] == "Speech 1"
    assert (row["publisher"], row["authors"], row["published_on"]) == ("Hansard", "Ana Roth", dt.date(2024, 3, 15))
    assert row["source_file"] == "speeches.jsonl"
    canonical = json.dumps(records()[0], sort_keys=True, separators=(",", ":"))
    assert row["source_sha256"] == hashlib.sha256(canonical.encode()).hexdigest()
    quotations = pd.read_parquet(project.dist / "quotations.parquet")
    assert list(quotations["document_id"]) == ["s-1"]
    assert run(project, "check").output.startswith("sound: ")
    assert run(project, "build").output == "dist/ is up to date\n"


FORMS = {
    "speeches.jsonl": jsonl(records()),
    "speeches.jsonl.gz": gzip.compress(jsonl(records())),
    "speeches.ndjson.zst": pa.Codec("zstd").compress(jsonl(records()), asbytes=True),
    "speeches.csv": as_csv(records()),
    "speeches.csv.gz": gzip.compress(as_csv(records())),
    "speeches.tsv": as_csv(records(), "\t"),
    "semicolons.csv": b"\xef\xbb\xbf" + as_csv(records(), ";"),
    "speeches.parquet": as_parquet(records()),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_documents(tmp_path: Path, name: str) -> None:
    project = corpus(tmp_path, FORMS[name], name)
    run(project, "build")
    found = documents(project)
    assert list(found) == ["s-1", "s-2", "s-3"]
    # The same records have the same hashes, whatever the file is.
    canonical = json.dumps(records()[2], sort_keys=True, separators=(",", ":"))
    assert found["s-3"]["source_sha256"] == hashlib.sha256(canonical.encode()).hexdigest()
    run(project, "check")
    assert run(project, "text", "s-2").output.strip().endswith(TEXTS[1])


def test_a_changed_record_is_worked_on_alone_and_changes_its_own_row(tmp_path: Path) -> None:
    project = corpus(tmp_path, jsonl(records()))
    run(project, "build")
    before = documents(project)
    changed = records(TEXTS[0], TEXTS[1].replace("20", "30"), TEXTS[2])
    (project.source / "speeches.jsonl").write_bytes(jsonl(changed))
    assert worked_on(project) == {"s-2"}
    after = documents(project)
    assert {each for each in after if after[each] != before[each]} == {"s-2"}
    grown = dist_bytes(project)
    run(project, "build", "-B")
    assert dist_bytes(project) == grown


def test_a_record_put_in_before_others_leaves_them_alone(tmp_path: Path) -> None:
    entry = "    fields: {text: body, title: headline}\n"
    project = corpus(tmp_path, jsonl(records()), entry=entry)
    run(project, "build")
    before = documents(project)
    rows = records("Chad closed its border with Sudan.", *TEXTS)
    (project.source / "speeches.jsonl").write_bytes(jsonl([{**row, "headline": f"{row['body'][:9]}"} for row in rows]))
    run(project, "build")
    assert before.keys() < documents(project).keys()
    assert all(each.startswith("speeches-") for each in before)


def test_a_record_taken_out_takes_its_rows_out(tmp_path: Path) -> None:
    project = corpus(tmp_path, jsonl(records()))
    run(project, "build")
    (project.source / "speeches.jsonl").write_bytes(jsonl(records()[1:]))
    assert worked_on(project) == set()
    assert list(documents(project)) == ["s-2", "s-3"]


def test_another_title_field_is_passed_on_without_coding_again(tmp_path: Path) -> None:
    project = corpus(tmp_path, jsonl(records()))
    run(project, "build")
    text = project.dataset_file.read_text(encoding="utf-8")
    project.dataset_file.write_text(text.replace("title: headline", "title: id"), encoding="utf-8")
    steps = run_json(project, "build")["steps"]
    assert {step["part"] or step["action"] for step in steps if step["target"] == "s-1"} == {"read", "rows"}
    assert documents(project)["s-1"]["title"] == "S 1"


def test_corpora_and_files_build_together_with_two_processes(tmp_path: Path) -> None:
    many = records(*(f"Kenya sent {n} police officers to Haiti on Tuesday." for n in range(2, 90)))
    one, two = (corpus(tmp_path / each, gzip.compress(jsonl(many), mtime=0), "many.jsonl.gz") for each in "ab")
    for project in (one, two):
        (project.source / "geneva.md").write_text(ARTICLE, encoding="utf-8")
    run(one, "build")
    run(two, "build", "-j", "2")
    assert dist_bytes(one) == dist_bytes(two)
    assert len(documents(one)) == 89


def test_records_are_reviewed_like_files(tmp_path: Path) -> None:
    project = corpus(tmp_path, jsonl(records()))
    run(project, "build")
    row = pd.read_parquet(project.dist / "quotations.parquet")["quotation_id"].item()
    run(project, "review", "accept", row, "--reviewer", "ana", "--date", "2024-04-01")
    assert "They will stay" in run(project, "show", row).output
    run(project, "build")
    assert pd.read_parquet(project.dist / "quotations.parquet")["coding"].item() == "confirmed"


BAD_RECORDS = {
    "no JSON": (b'{"id": 1,\n', "source/speeches.jsonl:4: no JSON"),
    "no object": (b"[1]\n", "source/speeches.jsonl:4: no JSON object"),
    "not UTF-8": (b'{"id": "\xff"}\n', "source/speeches.jsonl:4: not UTF-8"),
    "same id": (jsonl([records()[1]]), "source/speeches.jsonl:4: id gives the id s-2, as line 2 does"),
    "no id": (
        jsonl([{**records()[0], "id": None}]),
        "source/speeches.jsonl:4: id, which gives the document_id, is empty",
    ),
    "date": (
        jsonl([{**records()[0], "id": "x", "date": "3/15/24"}]),
        "source/speeches.jsonl:4: date is '3/15/24', no date",
    ),
    "text": (jsonl([{**records()[0], "id": "x", "body": 7}]), "source/speeches.jsonl:4: body is no text but a number"),
}


@pytest.mark.parametrize("case", BAD_RECORDS)
def test_a_bad_record_is_named_by_its_line_and_k_goes_on_without_it(tmp_path: Path, case: str) -> None:
    bad, expected = BAD_RECORDS[case]
    project = corpus(tmp_path, jsonl(records()) + bad)
    result = run(project, "build", code=1)
    assert expected in result.stderr
    assert not project.dist.exists()
    result = run(project, "build", "-k", code=1)
    assert expected in result.stderr
    assert list(documents(project)) == ["s-1", "s-2", "s-3"]
    assert expected in run(project, "build", "-k", code=1).stderr
    (project.source / "speeches.jsonl").write_bytes(jsonl(records()))
    assert worked_on(project) == set()
    assert run(project, "build").output == "dist/ is up to date\n"


def test_records_without_text_are_counted_and_passed_over(tmp_path: Path) -> None:
    empty = [{**records()[0], "id": f"e{n}", "body": " "} for n in range(5)]
    project = corpus(tmp_path, jsonl([*records(), *empty]))
    result = run(project, "build")
    assert "source/speeches.jsonl: 5 records without text were passed over (line 4, 5, 6 …)" in result.stderr
    assert list(documents(project)) == ["s-1", "s-2", "s-3"]


def test_of_very_many_bad_records_the_first_are_named(tmp_path: Path) -> None:
    project = corpus(tmp_path, jsonl(records()) + b"x\n" * 1_000)
    result = run(project, "build", code=1)
    assert result.stderr.count("no JSON") == 20
    assert "and 980 more records" in result.stderr


BAD_CORPORA: dict[str, tuple[str, bytes, str, str]] = {
    "not listed": ("more.csv", b"id,body\n1,Text.\n", "", "source/more.csv: the corpus more.csv is not listed in"),
    "no fields": ("more.csv", b"id,body\n1,Text.\n", "  - file: more.csv\n", "what its fields are: id, body"),
    "no such field": (
        "more.csv",
        b"id,body\n1,Text.\n",
        "  - file: more.csv\n    fields: {text: words}\n",
        "no record has the field 'words'; there are: id, body",
    ),
    "a JSON array": (
        "more.jsonl",
        b'[{"body": "Text."},\n{"body": "More."}]\n',
        "  - file: more.jsonl\n    fields: {text: body}\n",
        "source/more.jsonl:1: this is a JSON array",
    ),
    "cut off": (
        "more.jsonl.gz",
        gzip.compress(jsonl(records()) * 200)[:-20],
        "  - file: more.jsonl.gz\n    fields: {text: body}\n",
        "source/more.jsonl.gz: the compressed file is cut off or damaged",
    ),
    "cut off zstd": (
        "more.jsonl.zst",
        pa.Codec("zstd").compress(jsonl(records()) * 200, asbytes=True)[:-5],
        "  - file: more.jsonl.zst\n    fields: {text: body}\n",
        "source/more.jsonl.zst: the compressed file is cut off or damaged",
    ),
    "a bomb": (
        "more.jsonl.gz",
        gzip.compress(b" " * 100_000_000),
        "  - file: more.jsonl.gz\n    fields: {text: body}\n",
        "source/more.jsonl.gz:1: a record of more than 16 MB",
    ),
    "a bomb of lines": (
        "more.jsonl.gz",
        gzip.compress((b" " * 999 + b"\n") * 100_000),
        "  - file: more.jsonl.gz\n    fields: {text: body}\n",
        "source/more.jsonl.gz: unpacks to more than 250 times its size",
    ),
    "no Parquet": (
        "more.parquet",
        b"PAR1 nothing",
        "  - file: more.parquet\n    fields: {text: body}\n",
        "source/more.parquet: no Parquet file, or a damaged one",
    ),
    "an open quotation mark": (
        "more.csv",
        b'id,body\n1,"Text.\n2,Text.\n',
        "  - file: more.csv\n    fields: {text: body}\n",
        "source/more.csv:2: no CSV",
    ),
    "fields for a document": ("more.txt", b"Text.", "  - file: more.txt\n    fields: {text: a}\n", "dataset.yaml:11"),
    "said twice": (
        "more.csv",
        b"id,body\n1,Text.\n",
        "  - file: more.csv\n    language: en\n    fields: {text: body, language: id}\n",
        "source/dataset.yaml:11: language is given as one value for all records and as the field 'id'",
    ),
    "one id for all": (
        "more.csv",
        b"id,body\n1,Text.\n",
        "  - file: more.csv\n    document_id: a\n    fields: {text: body}\n",
        "source/dataset.yaml:11: a corpus has many documents",
    ),
    "no text field": (
        "more.csv",
        b"id,body\n",
        "  - file: more.csv\n    fields: {title: id}\n",
        "dataset.yaml:11: fields does",
    ),
    "clash": (
        "more.csv",
        b"id,body\ns-1,Text.\n",
        "  - file: more.csv\n    fields: {text: body, document_id: id}\n",
        "the id s-1 is that of another document, too: line 2 of more.csv",
    ),
}


@pytest.mark.parametrize("case", BAD_CORPORA)
def test_a_bad_corpus_ends_in_one_clear_line(tmp_path: Path, case: str) -> None:
    name, data, entry, expected = BAD_CORPORA[case]
    project = corpus(tmp_path, jsonl(records()))
    (project.source / name).write_bytes(data)
    with project.dataset_file.open("a", encoding="utf-8") as file:
        file.write(entry)
    result = run(project, "build", code=1)
    assert expected in result.stderr
    assert "Traceback" not in result.output


def test_an_unlisted_corpus_is_told_the_lines_to_paste(tmp_path: Path) -> None:
    project = make_project(tmp_path, {}, f"{ABOUT}documents:\n")
    (project.source / "speeches.jsonl").write_bytes(jsonl(records()))
    said = run(project, "build", code=1).stderr
    lines = [line[4:] for line in said.splitlines() if line.startswith("    ")]
    assert lines[0] == "- file: speeches.jsonl"
    project.dataset_file.write_text(f"{ABOUT}documents:\n" + "".join(f"  {line}\n" for line in lines), encoding="utf-8")
    run(project, "build")
    assert documents(project)["s-1"]["title"] == "Speech 1"


def released(project: Project) -> Path:
    dataset = project.dataset_file.read_text(encoding="utf-8").replace(
        "title: Talks", "title: Talks\ndescription: Talks."
    )
    project.dataset_file.write_text(dataset, encoding="utf-8")
    run(project, "build")
    run(project, "release", "--allow-unreviewed", "--date", "2024-05-01")
    return project.releases / "1.0.0"


COPIES = {
    "the same file": ("speeches.jsonl.gz", gzip.compress(jsonl(records()))),
    "unpacked": ("speeches.jsonl", jsonl(records())),
    "in another order": ("speeches.jsonl.gz", gzip.compress(jsonl(reversed(records())))),
}


@pytest.mark.parametrize("case", COPIES)
def test_a_release_is_verified_and_hydrated_from_a_copy_of_the_corpus(tmp_path: Path, case: str) -> None:
    name, data = COPIES[case]
    project = corpus(tmp_path / "project", gzip.compress(jsonl(records())), "speeches.jsonl.gz")
    release = released(project)
    assert "They will stay" not in (release / "quotations.csv").read_text(encoding="utf-8")
    copies = tmp_path / "copies" / "kept"
    copies.mkdir(parents=True)
    (copies / name).write_bytes(data)
    verified = verify(release, copies.parent)
    assert (set(verified.documents.values()), verified.findings) == ({"same"}, [])
    assert hydrate(release, copies.parent, tmp_path / "out").complete
    assert "They will stay" in (tmp_path / "out" / "quotations.csv").read_text(encoding="utf-8")


def test_a_record_that_the_copy_lacks_is_missing_and_one_that_changed_is_different(tmp_path: Path) -> None:
    project = corpus(tmp_path / "project", jsonl(records()))
    release = released(project)
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "speeches.jsonl").write_bytes(jsonl(records(TEXTS[0], TEXTS[1].replace("$20", "$30"))))
    assert verify(release, copies).documents == {"s-1": "same", "s-2": "different", "s-3": "missing"}


def test_a_new_pdf_library_reads_no_text_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tablewright import inputs, state

    project = corpus(tmp_path, jsonl(records()))
    (project.source / "geneva.md").write_text(ARTICLE, encoding="utf-8")
    run(project, "build")
    installed = state.installed_versions
    for name, stale in (("pypdfium2", set()), ("markdown-it-py", {"geneva", "s-1", "s-2", "s-3"})):

        def newer(names: Iterable[str], changed: str = name) -> dict[str, str]:
            return {each: "99" if each == changed else version for each, version in installed(names).items()}

        for module in (inputs, state):
            monkeypatch.setattr(module, "installed_versions", newer)
        assert worked_on(project) == stale
