"""`tablewright add`: a file put in place, what is said of it, and what is left alone."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ARTICLE, make_project, run, run_json
from tablewright.config import load_dataset
from tablewright.datasetedit import with_entry
from tablewright.paths import Project
from tablewright.readers.corpora.proposal import propose
from tablewright.yamlfile import load

HEAD = "name: talks\ntitle: Talks\n"
ROWS = [
    {
        "id": 7,
        "headline": "Aid for Sudan",
        "pub_date": "2024-03-15T08:00:00Z",
        "body": "Norway pledged $20 million to Sudan.",
    },
    {"id": 8, "headline": "A Border Closes", "pub_date": None, "body": "Chad closed its border with Sudan."},
]
JSONL = "".join(json.dumps(row) + "\n" for row in ROWS)


def empty_project(root: Path, dataset: str = HEAD) -> Project:
    return make_project(root / "project", {}, dataset)


def given_file(root: Path, name: str = "geneva.md", data: str | bytes = ARTICLE) -> str:
    path = root / "given" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def files(project: Project) -> dict[str, bytes]:
    """All that is in source/."""
    paths = sorted(path for path in project.source.rglob("*") if path.is_file())
    return {path.relative_to(project.source).as_posix(): path.read_bytes() for path in paths}


def test_it_copies_the_file_and_says_what_it_understood(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    said = run(project, "add", given_file(tmp_path)).output
    assert "source/geneva.md: added" in said
    for expected in ("geneva\n", "Ministers Meet in Geneva", "Ana Roth", "2 paragraphs", "begins", "Norwegian Foreign"):
        assert expected in said
    assert "no date is stated: give published_on in source/dataset.yaml, else relative dates stay open" in said
    assert files(project) == {"geneva.md": ARTICLE.encode(), "dataset.yaml": HEAD.encode()}
    run(project, "build")
    assert "is there already" in run(project, "add", given_file(tmp_path)).output
    assert "is there already" in run(project, "add", str(project.source / "geneva.md")).output


def test_as_json(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    (found,) = run_json(project, "add", given_file(tmp_path))
    assert (found["file"], found["state"], found["count"]) == ("source/geneva.md", "added", 1)
    (document,) = found["documents"]
    assert (document["title"], document["authors"], document["published_on"]) == (
        "Ministers Meet in Geneva",
        "Ana Roth",
        None,
    )
    assert document["paragraphs"] == 2


def test_another_file_of_the_name_is_replaced_only_if_forced(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    run(project, "add", given_file(tmp_path))
    other = given_file(tmp_path, data=ARTICLE.replace("Geneva", "Oslo"))
    assert "source/geneva.md: another file of this name is there already" in run(project, "add", other, code=1).stderr
    assert files(project)["geneva.md"] == ARTICLE.encode()
    assert "source/geneva.md: replaced" in run(project, "add", other, "--force").output
    assert b"Oslo" in files(project)["geneva.md"]


UNREADABLE: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.md", b"", "the file is empty"),
    "binary": ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "this is binary data"),
    "cut off": ("a.md.gz", gzip.compress(ARTICLE.encode())[:-9], "cut off or damaged"),
    "no reader": ("a.exe", b"MZ", "no reader for this format"),
    "a folder": ("", b"", "this is a folder"),
    "a note": ("README.md", b"Text.", "a README is taken for a note"),
    "the dataset": ("dataset.yaml", b"name: x", "this name is taken"),
    "no text field": ("a.csv", b"x,y\n1,2\n", "which field holds the text? There are: x, y"),
    "no records": ("a.csv", b"id,body\n", "holds no records"),
    "bad records": ("a.jsonl", b"{]\n", "no record has the field"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_cannot_be_read_is_not_left_in_source(tmp_path: Path, case: str) -> None:
    name, data, expected = UNREADABLE[case]
    project = empty_project(tmp_path)
    before = files(project)
    path = given_file(tmp_path, name, data) if name else str(tmp_path)
    arguments = ("--field", "text=body") if name == "a.jsonl" else ()
    assert expected in run(project, "add", path, *arguments, code=1).stderr
    assert files(project) == before


def test_one_bad_file_among_several_keeps_none_of_the_others_out(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    result = run(project, "add", given_file(tmp_path, "bad.md", b""), given_file(tmp_path), code=1)
    assert "bad.md: the file is empty" in result.stderr
    assert "geneva.md" in files(project)


def test_an_id_that_another_document_has_is_refused(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    run(project, "add", given_file(tmp_path))
    said = run(project, "add", given_file(tmp_path, "Geneva!.txt"), code=1).stderr
    assert "source/Geneva!.txt: its id geneva is that of geneva.md" in said
    rows = '{"id": "geneva", "body": "Text it is."}\n'
    assert (
        "its id geneva is that of geneva.md"
        in run(project, "add", given_file(tmp_path, "a.jsonl", rows), code=1).stderr
    )


def test_what_the_document_does_not_say_goes_into_dataset_yaml(tmp_path: Path) -> None:
    project = empty_project(
        tmp_path, f"{HEAD}documents:\n  # the first\n  - file: a.md\n\n# about the licence\nlicence: CC0-1.0\n"
    )
    (project.source / "a.md").write_text(ARTICLE, encoding="utf-8")
    options = ("--published-on", "2024-03-15", "--publisher", "Reuters: World", "--author", "A B", "--author", "C D")
    said = run(project, "add", given_file(tmp_path), *options, "--redistribute", "quotes").output
    assert "put into source/dataset.yaml:" in said
    assert "no date" not in said
    assert files(project)["dataset.yaml"].decode() == (
        f"{HEAD}documents:\n  # the first\n  - file: a.md\n"
        '  - file: geneva.md\n    authors: "A B; C D"\n    publisher: "Reuters: World"\n'
        "    published_on: 2024-03-15\n    redistribute: quotes\n"
        "\n# about the licence\nlicence: CC0-1.0\n"
    )
    dataset = load_dataset(project)
    assert dataset.documents["geneva.md"]["publisher"] == "Reuters: World"
    assert dataset.redistribute == {"geneva.md": "quotes"}
    again = run(project, "add", given_file(tmp_path), "--title", "Other", code=1).stderr
    assert "source/dataset.yaml:6: there is an entry for geneva.md already" in again


def test_a_wrong_value_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    before = files(project)
    said = run(project, "add", given_file(tmp_path), "--published-on", "March 15", code=1).stderr
    assert "published_on is no date: 'March 15'" in said
    assert files(project) == before


def test_where_lines_cannot_be_put_in_they_are_printed(tmp_path: Path) -> None:
    dataset = f"{HEAD}documents: [{{file: a.md}}]\n"
    project = empty_project(tmp_path, dataset)
    said = run(project, "add", given_file(tmp_path), "--published-on", "2024-03-15").output
    assert "put this into source/dataset.yaml, under documents:" in said
    assert "    - file: geneva.md\n      published_on: 2024-03-15\n" in said
    assert files(project)["dataset.yaml"].decode() == dataset


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    before = files(project)
    said = run(project, "add", given_file(tmp_path), "-n", "--published-on", "2024-03-15").output
    assert "source/geneva.md: would be added" in said
    assert "would be put into source/dataset.yaml" in said
    assert files(project) == before


def test_a_corpus_is_guessed_added_and_built(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    said = run(project, "add", given_file(tmp_path, "news.jsonl.gz", gzip.compress(JSONL.encode()))).output
    assert "source/news.jsonl.gz: added, a corpus of 2 documents" in said
    assert "text from body, document_id from id, title from headline, published_on from pub_date" in said
    assert "7: Aid for Sudan (2024-03-15; 6 words)" in said
    assert "no field gives the date" not in said
    run(project, "build")
    assert run(project, "text", "8").output.strip().endswith("Chad closed its border with Sudan.")


def test_fields_can_be_said_and_taken_back(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    path = given_file(tmp_path, "news.jsonl", JSONL)
    run(project, "add", path, "--field", "title=id", "--field", "document_id=", "--language", "en")
    entry = load_dataset(project)
    assert entry.corpora["news.jsonl"]["fields"] == {"text": "body", "title": "id", "published_on": "pub_date"}
    assert entry.documents["news.jsonl"] == {"language": "en"}
    run(project, "add", path, "--field", "nonsense=id", code=2)
    assert "there is an entry" in run(project, "add", path, "--field", "title=id", code=1).stderr


def test_a_corpus_that_lies_in_source_already_gets_its_entry(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    (project.source / "old").mkdir()
    (project.source / "old" / "news.jsonl").write_text(JSONL, encoding="utf-8")
    assert "tablewright add" in run(project, "build", code=1).stderr
    assert "old/news.jsonl: is there already" in run(project, "add", str(project.source / "old" / "news.jsonl")).output
    run(project, "build")


def test_bad_records_are_told_when_a_corpus_is_added(tmp_path: Path) -> None:
    project = empty_project(tmp_path)
    said = run(
        project, "add", given_file(tmp_path, "news.jsonl", JSONL + '{"id": 9}\n{"id": 7, "body": "Text."}\n')
    ).output
    assert "source/news.jsonl:4: id gives the id 7, as line 1 does" in said
    assert "1 record without text was passed over (line 3)" in said


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["ID", "Headline", "Body"], {"document_id": "ID", "title": "Headline", "text": "Body"}),
        (
            ["URL", "full_text", "Date Published"],
            {"url": "URL", "document_id": "URL", "text": "full_text", "published_on": "Date Published"},
        ),
        (["a", "b"], {}),
    ],
)
def test_common_names_are_known(names: list[str], expected: dict[str, str]) -> None:
    assert propose(names) == expected


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
DATASETS = (
    HEAD,
    f"{HEAD}documents:\n",
    f"{HEAD}documents:\r\n  - file: a.md\r\n".replace("\n", "\r\n").replace("\r\r", "\r"),
    f"{HEAD}documents:\n- file: a.md\n  title: >\n    Long\n\n    title\n\nlicence: x\n",
    "documents:\n    - {file: a.md}\n# end\nname: x\ntitle: y # documents:\n",
    f"{HEAD}documents: [{{file: a.md}}]\n",
    f"{HEAD}documents:\n  - file: a.md",
)


@given(dataset=st.sampled_from(DATASETS), title=TEXTS, name=TEXTS, field=TEXTS)
def test_an_entry_changes_nothing_else(dataset: str, title: str, name: str, field: str) -> None:
    extended = with_entry(dataset, {"file": name, "title": title, "fields": {"text": field}})
    if extended is None:
        return
    before, after = (load(text, "dataset.yaml", ValueError).value for text in (dataset, extended))  # type: ignore[arg-type]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert {**after, "documents": after["documents"][:-1]} == {**before, "documents": before.get("documents") or []}
    kept = iter(extended.splitlines())
    assert all(line in kept for line in dataset.splitlines())
