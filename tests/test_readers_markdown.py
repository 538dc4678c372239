"""Markdown's markup, resolved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tablewright.readers import read_document
from tablewright.records import Document

BODY = "The ministers met in Accra on Monday and agreed to open the border again before the rains."


def read(folder: Path, text: str) -> Document:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    return read_document(path, "a.md", {})


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a [link](http://x.org/a_b), kept", "a link, kept"),
        ("a [link][1] by reference\n\n[1]: http://x.org", "a link by reference"),
        ("see <https://x.org/a_b>", "see https://x.org/a_b"),
        ("*The Courier* and **NATO** and ***both***", "The Courier and NATO and both"),
        ("about `code` here", "about code here"),
        (r"over [\\$7.1 billion](#) and \$30 million", "over $7.1 billion and $30 million"),
        (r"play\[ed\] a part\\_of it", "play[ed] a part_of it"),
        ("R&amp;D &mdash; &quot;so&quot;", 'R&D — "so"'),
        ("one line  \nthe next\\\nand the last", "one line the next and the last"),
        ("<i>Diplomacy</i> by <b>him</b><br>and <!-- not --> her", "Diplomacy by him and her"),
        ("![a picture](x.png) it showed", "it showed"),
        ("a mark.[^1] And more\n\n[^1]: A note.", "a mark. And more"),
        ("the sum<sup>2</sup> of it", "the sum of it"),
        ("5 km² of it", "5 km² of it"),
        ("white \t  space\u00a0here", "white space here"),
    ],
)
def test_inline(tmp_path: Path, written: str, meant: str) -> None:
    lead = "In the hall of the old town he told them of this:"
    document = read(tmp_path, f"{BODY}\n\n{lead} {written}\n\nThey left.\n")
    assert ("paragraph", f"{lead} {meant}") in kinds(document)


def test_blocks(tmp_path: Path) -> None:
    text = f"""# Title

{BODY}

## A section

1. First item
2. Second item
   goes on

   - nested item

> Someone wrote this long ago, and
> it is still true.

| Year | Sum |
|------|-----|
| 2020 | $5m |

```
code = 1
```

<!-- not this -->
<div>But this.</div>

The end came soon.[^n]

[^n]: A footnote.
"""
    assert kinds(read(tmp_path, text)) == [
        ("title", "Title"),
        ("paragraph", BODY),
        ("heading", "A section"),
        ("list_item", "First item"),
        ("list_item", "Second item goes on"),
        ("list_item", "nested item"),
        ("block_quote", "Someone wrote this long ago, and it is still true."),
        ("table", "Year | Sum"),
        ("table", "2020 | $5m"),
        ("code", "code = 1"),
        ("paragraph", "But this."),
        ("paragraph", "The end came soon."),
        ("footnote", "A footnote."),
    ]


def test_sections_and_paragraph_numbers(tmp_path: Path) -> None:
    document = read(tmp_path, f"# Title\n\n{BODY}\n\n## One\n\nFirst said so.\n\n### Two\n\n- an item\n")
    body = [(block.section, block.paragraph) for block in document.blocks if block.paragraph]
    assert body == [(None, 1), ("One", 2), ("Two", 3)]


def test_a_paragraph_above_dashes_is_no_heading(tmp_path: Path) -> None:
    assert kinds(read(tmp_path, f"# Title\n\n{BODY}\n---\nThey left.\n"))[1] == ("paragraph", BODY)


def test_a_dash_at_the_start_of_a_wrapped_line_opens_no_list(tmp_path: Path) -> None:
    text = "The minister said that the border would stay shut\n- whatever the neighbours say and do - until May.\n"
    assert kinds(read(tmp_path, text)) == [("paragraph", " ".join(text.split()))]


def test_indented_prose_is_no_code(tmp_path: Path) -> None:
    assert kinds(read(tmp_path, f"{BODY}\n\n    {BODY[:-1]} in May.\n"))[1][0] == "block_quote"


def test_pictures_give_captions(tmp_path: Path) -> None:
    text = (
        f"# Title\n\n![Goma](a.png)\n\n*A street in Goma.*\n\n{BODY}\n\n![](b.png)\n*Another street.*\n\nThey left.\n"
    )
    assert [words for kind, words in kinds(read(tmp_path, text)) if kind == "caption"] == [
        "Goma",
        "A street in Goma.",
        "Another street.",
    ]
