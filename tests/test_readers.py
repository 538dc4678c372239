"""What every reader promises: blocks that cover the text, metadata, and a clear word on what cannot be read."""

from __future__ import annotations

import codecs
import contextlib
import datetime as dt
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablewright.errors import SourceError
from tablewright.readers import SUFFIXES, read_document
from tablewright.records import BODY_KINDS, Document

BODY = "The ministers met in Accra on Monday and agreed to open the border again before the rains."


def read(folder: Path, text: str | bytes, name: str = "a-note.md", **metadata: object) -> Document:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_document(path, name, metadata)


def check_blocks(document: Document) -> None:
    position = 0
    numbers = []
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert words
        assert words == words.strip()
        assert document.text[position : block.start].strip() == ""
        position = block.end
        if block.kind in BODY_KINDS:
            numbers.append(block.paragraph)
        else:
            assert block.paragraph == 0
    assert position == len(document.text)
    assert numbers == list(range(1, len(numbers) + 1))


# Whatever is in a text


_SCRAPS = (
    "# ~## ~**bold**~*a*~> ~- ~1. ~\n~\n\n~  \n~\t~[a](#)~[^1]~[^1]: ~---\n~===\n~| a | b |\n~|-|-|\n~\\~$~`~<br>~<!--~-->~<sup>"
    "~&amp;~!~![~Q: ~A: ~By Jane Doe\n~3 May 2024~GENEVA, Oct 3 (AP) - ~###~ENDS~12\n~\f~\xa0~\xad~\u200b~ﬁ~é~“~”~—~²~[1]"
    "~coop-\neration~The end. ~he said~NATO"
)
_scraps = st.sampled_from(re.split("~", _SCRAPS))


@given(
    text=st.lists(_scraps | st.text(max_size=8), max_size=40).map("".join),
    suffix=st.sampled_from(SUFFIXES),
)
def test_blocks_cover_any_text_in_order(tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    with contextlib.suppress(SourceError):
        document = read(folder, text, f"any{suffix}")
        check_blocks(document)
        assert " ".join(document.text.split()) == document.text.replace("\n\n", " ")


_words = st.text("abcdefghijklmnopqrstuvwxyzé", min_size=2, max_size=9)
_sentences = st.lists(_words, min_size=12, max_size=20).map(lambda words: " ".join(words).capitalize() + ".")


@given(st.lists(_sentences, min_size=2, max_size=6, unique=True))
def test_reading_plain_paragraphs_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, paragraphs: list[str]
) -> None:
    text = "\n\n".join(paragraphs)
    folder = tmp_path_factory.mktemp("again")
    assert read(folder, text, "a.txt").text == text
    assert read(folder, text, "a.md").text == text


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_do_not_matter(tmp_path: Path, ends: str) -> None:
    text = f"# Title\n\n{BODY}\n\n- one item\n- two items\n".replace("\n", ends)
    assert read(tmp_path, text).text == f"Title\n\n{BODY}\n\none item\n\ntwo items"


@pytest.mark.parametrize("suffix", [".md", ".txt"])
@pytest.mark.parametrize(
    "part", ["[", "[a](", "*a ", "**a", "> ", "- ", "`", "<a ", "\\", "a-\n", "A, ", "3 May ", "A: ", "a@b", "²", "| "]
)
def test_no_text_takes_long(tmp_path: Path, suffix: str, part: str) -> None:
    with contextlib.suppress(SourceError):
        check_blocks(read(tmp_path, f"{BODY}\n\n{part * 20_000}\n", f"long{suffix}"))


# Metadata


def test_dataset_yaml_wins_over_the_document(tmp_path: Path) -> None:
    text = f"---\ntitle: Said\nauthor: Jane Doe\ndate: 2024-05-03\nlang: en-GB\n---\n\n{BODY}\n"
    document = read(
        tmp_path, text, title="Given", published_on=dt.date(2020, 1, 1), document_id="x", rights="CC BY 4.0"
    )
    assert (document.title, document.published_on, document.document_id) == ("Given", dt.date(2020, 1, 1), "x")
    assert (document.authors, document.language, document.rights) == ("Jane Doe", "en-GB", "CC BY 4.0")


def test_what_nobody_states_stays_unknown(tmp_path: Path) -> None:
    document = read(tmp_path, f"{BODY}\n\n{BODY[::-1].capitalize()}.\n", "Köln_talks-2023.txt")
    assert document.document_id == "koln-talks-2023"
    assert document.title == "Köln talks 2023"
    assert document.language == "en"
    unknown = (document.authors, document.publisher, document.published_on, document.url, document.rights)
    assert unknown == (None,) * 5


def test_hashes_are_of_the_bytes_and_of_the_canonical_text(tmp_path: Path) -> None:
    one, other = read(tmp_path, BODY), read(tmp_path, f"\n{BODY}  \n")
    assert one.source_sha256 != other.source_sha256
    assert one.text_sha256 == other.text_sha256


FRONT = """---
title: "A title: with a colon"
authors:
  - Jane Doe
  - name: Li Wei
published_on: 3 May 2024
source: The Herald
language: en_GB
link: https://example.org/a
license: CC BY 4.0
tags: [x]
---
"""


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_front_matter(tmp_path: Path, name: str) -> None:
    document = read(tmp_path, f"{FRONT}\n{BODY}\n", name)
    assert document.title == "A title: with a colon"
    assert document.authors == "Jane Doe; Li Wei"
    assert document.published_on == dt.date(2024, 5, 3)
    assert document.publisher == "The Herald"
    assert document.language == "en-GB"
    assert document.url == "https://example.org/a"
    assert document.rights == "CC BY 4.0"
    assert document.text == BODY


@pytest.mark.parametrize("date", ["2024", "May 2024", "2024-05"])
def test_half_a_date_gives_none(tmp_path: Path, date: str) -> None:
    assert read(tmp_path, f"---\ndate: {date}\n---\n{BODY}\n").published_on is None


def test_a_rule_on_the_first_line_is_no_front_matter(tmp_path: Path) -> None:
    assert read(tmp_path, f"---\n\n{BODY}\n\n---\n\nThey will meet again.\n").text == f"{BODY}\n\nThey will meet again."


# Bad input


@pytest.mark.parametrize(
    ("front", "line", "words"),
    [
        ("title: a\ntitle: b\n---\n", 3, "stands twice"),
        ("title: a: b\n---\n", 2, "not valid YAML"),
        ("title: a\n", 1, "not closed"),
        ("title: a\ndate: soon\n---\n", 3, "not clear"),
        ("date: 03/04/2024\n---\n", 2, "not clear"),
        ("date: 2024-02-30\n---\n", 2, "no day"),
        ("title: [a, b]\n---\n", 2, "one text"),
        ("authors: [1, 2]\n---\n", 2, "names"),
        ("author: 1\n---\n", 2, "a name"),
        ("lang: the English language\n---\n", 2, "language tag"),
    ],
)
def test_bad_front_matter(tmp_path: Path, front: str, line: int, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, f"---\n{front}{BODY}\n")
    error = caught.value
    assert words in error.message
    assert (error.file, error.line) == ("source/a-note.md", line)
    assert error.remedy


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"---\ntitle: a\n---\n", "no body text"),
        (b"# Only a heading\n", "no body text"),
        (b"PK\x03\x04\x00\x00", "binary"),
        (b"\x89PNG\r\n\x1a\n\x01\x02\x03\x04", "binary"),
        (b"\x01\x02\x03\x04 text", "binary"),
        (b"one line\r\nCaf\xe9 Soci\xe9t\xe9\n", "not UTF-8: byte 0xe9 at position 13"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "not valid UTF-16"),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, data)
    assert words in caught.value.message
    assert caught.value.file == "source/a-note.md"
    assert caught.value.remedy
    assert caught.value.line == (2 if "0xe9" in words else None)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-8"])
def test_encodings_that_are_read(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, f"Café. {BODY}".encode(encoding)).text == f"Café. {BODY}"


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        read_document(tmp_path / "no.md", "no.md", {})
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(SourceError, match="folder"):
        read_document(tmp_path / "folder.md", "folder.md", {})


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BODY)
    (tmp_path / "a.md").chmod(0)
    with pytest.raises(SourceError, match="cannot be read"):
        read_document(tmp_path / "a.md", "a.md", {})


def test_names_that_no_reader_and_no_id_fits(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"'\.rtf'"):
        read(tmp_path, BODY, "a.rtf")
    for name in ("a.doc", "a.rtf", "a.pages"):
        with pytest.raises(SourceError, match=r"save it as \.docx"):
            read(tmp_path, BODY, name)
    with pytest.raises(SourceError, match="document_id"):
        read(tmp_path, BODY, "文書.md")


def test_nesting_without_end(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nested") as caught:
        read(tmp_path, f"{BODY}\n\n{'> ' * 5000}deep\n")
    assert caught.value.line == 3
