"""PDF: what LaTeX, LibreOffice and a browser print comes back as the text that was meant to be read.

The files and how they are made: tests/pages_pdf/make.py.
"""

from __future__ import annotations

import difflib
import zlib
from pathlib import Path

import pytest

from tablewright.errors import SourceError
from tablewright.readers import read_document
from tablewright.readers.pdf.letters import clean
from tablewright.records import BODY_KINDS, Document

PAGES = Path(__file__).parent / "pages_pdf"
NAMES = sorted(path.stem for path in PAGES.glob("*.pdf"))
# Words of a box beside the text, and a run-in "Abstract.", which are text as well.
EXTRA = {"latex-newsletter": 11, "web-sidebar": 11, "latex-twocolumn": 1}
SENTENCE = "The ministers met in Accra on Monday and agreed to open the border before the rains."


def read(name: str) -> Document:
    return read_document(PAGES / f"{name}.pdf", f"{name}.pdf", {})


def blocks(document: Document, *kinds: str) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind in kinds]


def body(document: Document) -> list[str]:
    """The body's paragraphs, each with the dateline that it starts with."""
    texts: list[str] = []
    before = ""
    for block in document.blocks:
        text = document.text[block.start : block.end]
        if block.kind in BODY_KINDS:
            texts.append(f"{before} {text}".strip())
        before = text if block.kind == "dateline" and text.endswith("—") else ""
    return texts


def expected(name: str) -> list[str]:
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")


# What real programs print


@pytest.mark.parametrize("name", NAMES)
def test_words_come_in_reading_order_and_no_others(name: str) -> None:
    want = " ".join(expected(name)).split()
    got = " ".join(body(read(name))).split()
    same = sum(part.size for part in difflib.SequenceMatcher(None, want, got, autojunk=False).get_matching_blocks())
    assert len(want) == same
    assert len(got) - same <= EXTRA.get(name, 0)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in EXTRA])
def test_paragraphs_are_those_of_the_author(name: str) -> None:
    assert body(read(name)) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_title_is_found_on_the_page(name: str) -> None:
    titles = {
        "latex-newsletter": "The Valley Letter",
        "latex-report": "Small states should stop waiting for permission",
        "web-sidebar": "Small states should stop waiting for permission",
        "office-word": "Ceasefire holds in the Karsa valley as aid convoy reaches Dunmere",
        "web-print": "Ceasefire holds in the Karsa valley as aid convoy reaches Dunmere",
    }
    brief = "Keeping the lights on: electricity aid to the Lake states after the sanctions"
    assert read(name).title == titles.get(name, brief)


def test_authors_and_date_are_what_the_text_says_not_what_the_program_wrote() -> None:
    document = read("office-word")
    assert document.authors == "Ilse Marchetti; Tomas Adeyemi"
    assert str(document.published_on) == "2024-03-14"
    assert read("web-sidebar").published_on is None
    assert read("latex-twocolumn").authors == "Joost Oyelaran; Amparo Quist"


@pytest.mark.parametrize("name", ["latex-article", "latex-twocolumn", "office-brief"])
def test_footnotes_captions_and_tables_stand_apart(name: str) -> None:
    document = read(name)
    notes = blocks(document, "footnote")
    assert [note.split(",")[0] for note in notes] == [
        "The utility suspended deliveries on 6 May 2022",
        "Interview with the authors",
        "See the comparative review by the regional court of auditors",
    ]
    assert any(caption.startswith("Table 1") for caption in blocks(document, "caption"))
    assert any("European Union | 190 | 121" in table for table in blocks(document, "table"))


@pytest.mark.parametrize("name", NAMES)
def test_heads_feet_and_page_numbers_are_gone(name: str) -> None:
    text = read(name).text
    for furniture in ("Page 1", "Security Quarterly", "No. 12", "internal use", "127.0.0.1", "· Policy Brief", "1/2"):
        assert furniture not in text


def test_headings_quotations_and_lists_are_known() -> None:
    document = read("latex-article")
    assert "3 The case for a common maintenance fund" in blocks(document, "heading")
    assert blocks(document, "block_quote")[-1].startswith("Nobody remembers the engineer")
    assert len(blocks(document, "list_item")) == 3


def test_reading_twice_gives_the_same() -> None:
    assert read("latex-newsletter") == read("latex-newsletter")


# Small ones made by hand


def pdf(*objects: bytes) -> bytes:
    """A PDF of objects numbered from 1; the first is the catalogue."""
    out = b"%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (len(objects) + 1, table, len(objects) + 1, len(out))


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries, content)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PICTURE = stream(b"\0" * 12, b"/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceRGB")


def sheet(*contents: bytes, entries: bytes = b"", font: bytes = FONT) -> bytes:
    """A PDF of pages with the given content; the font is F1, a picture is I1."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 5 + count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>/XObject<</I1 4 0 R>>>>>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), font, PICTURE,
        *(page % (5 + count + index) for index in range(count)),
        *(stream(content, entries) for content in contents),
    )  # fmt: skip


def words(text: str, x: float = 72, y: float = 700, size: float = 11) -> bytes:
    return b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, text.encode())


def reading(folder: Path, data: bytes) -> Document:
    (folder / "a.pdf").write_bytes(data)
    return read_document(folder / "a.pdf", "a.pdf", {})


def refusal(folder: Path, data: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        reading(folder, data)
    assert caught.value.file == "source/a.pdf"
    assert caught.value.remedy
    assert "\n" not in str(caught.value)
    return caught.value.message


LINES = [
    "The ministers met in Accra on Monday and", "agreed to open the border again before the",
    "rains. Their communique names no date for it,", "and the police of both states wait for orders.",
    "Traders on the northern road said that they", "had heard of the decision from the radio, and",
]  # fmt: skip


def test_columns_written_from_right_to_left_are_read_from_left_to_right(tmp_path: Path) -> None:
    right = b"".join(words(f"Right {line}", 320, 600 - 13 * number) for number, line in enumerate(LINES))
    left = b"".join(words(f"Left {line}", 72, 600 - 13 * number) for number, line in enumerate(LINES))
    text = reading(tmp_path, sheet(right + left)).text
    assert text.index("Left Traders") < text.index("Right The ministers")


def test_columns_written_row_by_row_are_read_column_by_column(tmp_path: Path) -> None:
    rows = b"".join(
        words(line, x, 600 - 13 * (number + 6 * half))
        for half in (0, 1)
        for number, line in enumerate(LINES)
        for x in (72, 340)
    )
    text = reading(tmp_path, sheet(rows)).text
    assert text.count("agreed to open the border again before the rains.") == 4


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    scan = b"q 500 0 0 700 50 50 cm /I1 Do Q"
    assert refusal(tmp_path, sheet(scan, scan)) == "the PDF is a scan without a text layer"
    assert refusal(tmp_path, sheet(words(SENTENCE), scan, scan)).startswith("2 of 3 pages are scans")
    assert reading(tmp_path, sheet(words(SENTENCE), words(LINES[0]), scan)).text.startswith("The ministers")
    assert refusal(tmp_path, sheet(b"")) == "the PDF holds no text"


def test_letters_without_names_are_told(tmp_path: Path) -> None:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 1/LastChar 8/Widths[5 5 5 5 5 5 5 5]"
        b"/CharProcs<<>>/Encoding<</Type/Encoding/Differences[1/g1/g2/g3/g4/g5/g6/g7/g8]>>>>"
    )
    content = b"BT /F1 11 Tf 72 700 Td (" + b"\\001\\002\\003 \\004\\005\\006 " * 20 + b") Tj ET"
    assert "do not say which letters" in refusal(tmp_path, sheet(content, font=font))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"a letter, not a PDF", "this is not a PDF"),
        (sheet(words(SENTENCE))[:-250], "the PDF is cut off: its end is missing"),
        (b"%PDF-1.5\n" + b"\xff" * 500 + b"startxref\n7\n%%EOF\n", "the PDF is damaged and cannot be opened"),
        (pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"), "the PDF has no pages"),
        (sheet(*[b""] * 3001), "the PDF has 3,001 pages, more than 3,000"),
    ],
    ids=["no-pdf", "cut", "noise", "no-pages", "many-pages"],
)
def test_bad_files_end_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    assert refusal(tmp_path, data) == message


def test_a_locked_file_is_told(tmp_path: Path) -> None:
    key = b"/Filter/Standard/V 1/R 2/P -44/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">"
    data = sheet(words(SENTENCE)).replace(b"/Root 1 0 R", b"/Root 1 0 R/ID[<00><00>]/Encrypt<<%s>>" % key)
    assert refusal(tmp_path, data) == "the PDF is locked with a password"


@pytest.mark.parametrize("bomb", ["forms", "packed twice"])
def test_work_without_end_is_stopped(tmp_path: Path, bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tablewright.readers.pdf.apart.SECONDS", 2)
    if bomb == "forms":
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 3 0 R/Resources<</XObject<</X1 5 0 R>>>>>>"
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 %d 0 R>>>>"
        nested = [stream(b"/X1 Do " * 20, entries % (number + 1)) for number in range(5, 17)]
        kids = b"<</Type/Pages/Kids[4 0 R]/Count 1>>"
        data = pdf(b"<</Type/Catalog/Pages 2 0 R>>", kids, stream(b"/X1 Do"), page, *nested, stream(words("Deep")))
    else:
        packed = zlib.compress(zlib.compress(b"q " * 100_000_000, 1), 9)
        data = sheet(packed, entries=b"/Filter[/FlateDecode/FlateDecode]")
    assert "more time or memory" in refusal(tmp_path, data)


def test_a_file_that_cannot_be_judged_is_read_all_the_same(tmp_path: Path) -> None:
    packed = zlib.compress(zlib.compress(words(SENTENCE)))
    assert reading(tmp_path, sheet(packed, entries=b"/Filter[/FlateDecode/FlateDecode]")).text == SENTENCE


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("M´elanie in Potos´ı", "Mélanie in Potosí"),
        ("G¨odel, ˇCapek and a gar¸con, garc¸on", "Gödel, Čapek and a gar¸con, garçon"),
        ("it´s ``so''", "it´s ``so''"),
        ("\x88 Canada", "• Canada"),
    ],
)
def test_accents_that_stand_by_themselves_are_put_on_their_letters(line: str, words: str) -> None:
    assert clean(line) == words
