from __future__ import annotations

from dataclasses import replace

from tablecases import everything
from tablewright.codebook import markdown, plain
from tablewright.schema import Anchor, ForeignKey, TableSchema
from tablewright.schemafile import builtin_schemas_folder, load_schemas


def linked() -> TableSchema:
    return replace(
        everything(),
        foreign_keys=(ForeignKey(("words",), "words", ("word",)),),
        anchors=(Anchor("count", "more", "words"),),
    )


def test_plain_text_names_keys_columns_and_codes() -> None:
    lines = plain([linked()]).splitlines()
    assert lines[:3] == ["things", "======", "One row for each thing."]
    assert "Key: thing_id" in lines
    assert "Refers: words to words.word" in lines
    assert "Anchor: words is the canonical text from count to more" in lines
    assert "open  (boolean, required)" in lines
    assert "    Example: true" in lines
    assert "    blue  blue" in lines


def test_plain_text_keeps_to_its_width() -> None:
    schemas = load_schemas(builtin_schemas_folder()).values()
    assert max(len(line) for line in plain(schemas, width=90).splitlines() if "pattern" not in line) <= 90


def test_markdown_has_a_row_for_each_column() -> None:
    text = markdown([everything()])
    assert sum(line.startswith("| `") for line in text.splitlines()) == len(everything().fields)
    assert "| `tint` | coded, may be missing | The tint. | `red` |" in text
    assert "- `blue`: blue" in text
