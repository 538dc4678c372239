"""OpenDocument texts: what is text in them, and what is kept beside it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from tablewright.errors import SourceError
from tablewright.readers import read_document
from tablewright.readers.office.odt import read_odt

PAGES = Path(__file__).parent / "pages_docx"
BODY = "The ministers met in Accra on Monday and agreed to open the border again before the rains."
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style", "table")
)


def odt(body: str, styles: str = "", **parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/"), part)
    return data.getvalue()


def texts(body: str, styles: str = "") -> list[str]:
    return [piece.text for piece in read_odt(odt(body, styles), "source/a.odt").pieces]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a <text:span>bold</text:span> word", "a bold word"),
        ("a<text:s text:c='3'/>word\nwrapped<text:tab/>on", "a word wrapped\ton"),
        ("seen<text:span text:style-name='H'> unseen</text:span>", "seen"),
        ("one<text:line-break/>two", "one\ntwo"),
        ("page <text:page-number>3</text:page-number>", "page"),
        ("<text:ruby><text:ruby-base>京</text:ruby-base><text:ruby-text>kyo</text:ruby-text></text:ruby>", "京"),
        ("said<office:annotation><text:p>why?</text:p></office:annotation> so", "said so"),
    ],
)
def test_inline(written: str, meant: str) -> None:
    hidden = "<style:style style:name='H'><style:text-properties text:display='none'/></style:style>"
    assert texts(f"<text:p>{written}</text:p>", hidden) == [meant]


def test_a_file_of_libreoffice_reads_as_the_same_file_in_words_format() -> None:
    one, other = (read_document(PAGES / f"libreoffice{suffix}", f"a{suffix}", {}) for suffix in (".odt", ".docx"))
    assert (one.text, one.blocks, one.title, one.authors) == (other.text, other.blocks, other.title, other.authors)
    assert one.language == "en-GB"


def test_lists_tables_and_works_cited() -> None:
    item = "<text:list-item><text:p>One.</text:p></text:list-item>"
    row = "<table:table-row>" + "<table:table-cell><text:p>a</text:p></table:table-cell>" * 2 + "</table:table-row>"
    works = "<text:bibliography><text:index-body><text:p>Doe. A book.</text:p></text:index-body></text:bibliography>"
    body = f"<text:list>{item}</text:list><table:table><table:table-header-rows>{row}</table:table-header-rows>{row}</table:table>{works}"
    found = [(piece.kind or piece.markup, piece.text) for piece in read_odt(odt(body), "a.odt").pieces]
    assert found == [("list_item", "One."), ("table", "a | a"), ("table", "a | a"), ("bibliography", "Doe. A book.")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"text", "not a text document"),
        (odt("")[:-30], "damaged"),
        (odt(""), "no text"),
        (odt("<text:section>" * 300 + "</text:section>" * 300), "nested too deep"),
        (odt(BODY, **{"META-INF/manifest.xml": "<m><f><encryption-data/></f></m>"}), "password"),
    ],
)
def test_bad_files_are_named(data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        read_odt(data, "source/a.odt")
    assert caught.value.remedy
