"""Plain text: what the layout says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tablewright.readers import read_document
from tablewright.records import Document

WRAPPED = """The ministers of nine states met in Accra on Monday and agreed to
open the border again before the rains, a spokesman said.
"""
JOINED = " ".join(WRAPPED.split())


def read(folder: Path, text: str) -> Document:
    path = folder / "a.txt"
    path.write_text(text, encoding="utf-8")
    return read_document(path, "a.txt", {})


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_a_wire_report(tmp_path: Path) -> None:
    text = f"""Border to open again
By Jane Doe and Li Wei

ACCRA, Oct 3 (Newsline) - {WRAPPED}
They will meet again.

(Reporting by Jane Doe; editing by Li Wei)
"""
    document = read(tmp_path, text)
    assert kinds(document) == [
        ("title", "Border to open again"),
        ("byline", "By Jane Doe and Li Wei"),
        ("dateline", "ACCRA, Oct 3 (Newsline) -"),
        ("paragraph", JOINED),
        ("paragraph", "They will meet again."),
        ("credit", "(Reporting by Jane Doe; editing by Li Wei)"),
    ]
    assert document.text.split("\n\n")[2] == f"ACCRA, Oct 3 (Newsline) - {JOINED}"
    assert (document.authors, document.publisher, document.published_on) == ("Jane Doe; Li Wei", "Newsline", None)


def test_a_press_release(tmp_path: Path) -> None:
    text = f"""FOR IMMEDIATE RELEASE

Nine states open a border
Trade to resume in May

ACCRA, 3 May 2024 – {WRAPPED}
ENDS

Notes to editors
1. The border has been shut since 2021.

About the Union
The Union has nine members.

Media contact: Jane Doe, jane@union.example, +233 20 000 0000
"""
    assert kinds(read(tmp_path, text)) == [
        ("notes", "FOR IMMEDIATE RELEASE"),
        ("title", "Nine states open a border"),
        ("standfirst", "Trade to resume in May"),
        ("dateline", "ACCRA, 3 May 2024 –"),
        ("paragraph", JOINED),
        ("notes", "ENDS"),
        ("heading", "Notes to editors"),
        ("notes", "The border has been shut since 2021."),
        ("heading", "About the Union"),
        ("notes", "The Union has nine members."),
        ("contact", "Media contact: Jane Doe, jane@union.example, +233 20 000 0000"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "What was agreed\n---------------",
        "WHAT WAS AGREED",
        "2. What was agreed",
        "## What was agreed",
        "What was agreed",
    ],
)
def test_headings(tmp_path: Path, heading: str) -> None:
    document = read(tmp_path, f"The title\n\n{WRAPPED}\n{heading}\n\n{WRAPPED.replace('nine', 'ten')}")
    assert [kind for kind, _ in kinds(document)] == ["title", "paragraph", "heading", "paragraph"]
    section = document.blocks[-1].section
    assert section is not None
    assert section.casefold().endswith("what was agreed")


def test_lists(tmp_path: Path) -> None:
    text = f"""Title

{WRAPPED}
They asked for:
- food;
- water for the
  camps; and
- (more) trucks.

* A second list,

* set apart.

(a) One thing.
(b) Another.
"""
    assert [words for kind, words in kinds(read(tmp_path, text)) if kind == "list_item"] == [
        "food;",
        "water for the camps; and",
        "(more) trucks.",
        "A second list,",
        "set apart.",
        "One thing.",
        "Another.",
    ]


def test_an_indented_block_is_a_quotation(tmp_path: Path) -> None:
    quote = "    We ask the government to think again, and to\n    do so at once.\n"
    assert kinds(read(tmp_path, f"Title\n\n{WRAPPED}\n{quote}\nThey left.\n"))[2] == (
        "block_quote",
        "We ask the government to think again, and to do so at once.",
    )


def test_paragraphs_that_only_an_indent_parts(tmp_path: Path) -> None:
    text = f"Title\n\n   {WRAPPED}   They will meet again in May, the spokesman said, if the roads\nare dry.\n   {WRAPPED}   They left.\n"
    document = read(tmp_path, text)
    assert [kind for kind, _ in kinds(document)].count("paragraph") >= 3
    assert "block_quote" not in [kind for kind, _ in kinds(document)]


def test_lines_that_are_paragraphs(tmp_path: Path) -> None:
    long = JOINED + " " + JOINED.replace("nine", "ten")
    document = read(tmp_path, f"Title\n{long}\n{long.replace('Accra', 'Lagos')}\nThey left.\n")
    assert [kind for kind, _ in kinds(document)] == ["title", "paragraph", "paragraph", "paragraph"]


def test_tables(tmp_path: Path) -> None:
    text = f"Title\n\n{WRAPPED}\nYear     Sum    Donor\n2020     $5m    Norway\n2021     $6m    Japan\n\nThey left.\n"
    assert kinds(read(tmp_path, text))[2:5] == [
        ("table", "Year | Sum | Donor"),
        ("table", "2020 | $5m | Norway"),
        ("table", "2021 | $6m | Japan"),
    ]


def test_a_head_of_labelled_lines(tmp_path: Path) -> None:
    text = (
        f"Title: Border opens\nAuthor: Jane Doe\nDate: 3 May 2024\nSource: Newsline\nURL: https://x.org/a\n\n{WRAPPED}"
    )
    document = read(tmp_path, text)
    assert (document.title, document.authors, document.publisher) == ("Border opens", "Jane Doe", "Newsline")
    assert (str(document.published_on), document.url) == ("2024-05-03", "https://x.org/a")
    assert kinds(document)[-1] == ("paragraph", JOINED)


def test_a_letter(tmp_path: Path) -> None:
    text = f"Dear Mr. President,\n\n{WRAPPED}\nYours sincerely,\n\nJane Doe\nMinister\n"
    assert [kind for kind, _ in kinds(read(tmp_path, text))] == ["credit", "paragraph", "credit", "credit", "credit"]


def test_lines_copied_from_a_web_page(tmp_path: Path) -> None:
    long = f"{JOINED} {JOINED.replace('nine', 'ten')}"
    text = f"Border opens again\nNine states agree\nBy Jane Doe\nPublished On 25 Jun 2024\n25 Jun 2024\n\n{long}\n\n{long.replace('Accra', 'Lagos')}\n\n-30-\n"
    assert [kind for kind, _ in kinds(read(tmp_path, text))] == [
        *("title", "standfirst", "byline", "dateline", "dateline", "paragraph", "paragraph", "notes")
    ]


def test_a_dateline_without_a_dash(tmp_path: Path) -> None:
    document = read(tmp_path, f"TAIPEI, Aug. 15 (CNA) {WRAPPED}\nThey left.\n\n(By Jane Doe and Li Wei)\n")
    assert kinds(document)[0] == ("dateline", "TAIPEI, Aug. 15 (CNA)")
    assert (document.publisher, document.authors) == ("CNA", "Jane Doe; Li Wei")


def test_a_quotation_in_small_paragraphs_with_indents_is_a_paragraph(tmp_path: Path) -> None:
    text = f'   {WRAPPED}\n   "We agreed," he said.\n\n   {WRAPPED.replace("nine", "ten")}'
    assert {kind for kind, _ in kinds(read(tmp_path, text))} == {"paragraph"}


def test_a_parliament_beside_the_day_is_the_publisher(tmp_path: Path) -> None:
    document = read(
        tmp_path, f"Border to open again\n\nBy Jane Doe\n\nGhana Parliament, May 3, 2024\n\n{WRAPPED}\n{WRAPPED}"
    )
    assert document.publisher == "Ghana Parliament"
