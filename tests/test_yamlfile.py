"""What YAML means here, and what is refused: with file, line and remedy."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tablewright.errors import ProjectError, SchemaError, TablewrightError
from tablewright.yamlfile import load


def value(text: str) -> object:
    return load(text, "f.yaml", ProjectError).value


def refusal(text: str, first_line: int = 1) -> TablewrightError:
    with pytest.raises(ProjectError) as caught:
        load(text, "f.yaml", ProjectError, first_line=first_line)
    assert caught.value.file == "f.yaml"
    assert caught.value.line is not None
    assert caught.value.remedy
    return caught.value


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("False", False),
        ("'true'", "true"),
        ("2023-07-10", dt.date(2023, 7, 10)),
        ("'2023-07-10'", "2023-07-10"),
        ("2023-07-10T08:00:00Z", "2023-07-10T08:00:00Z"),
        ("12", 12),
        ("-3", -3),
        ("007", "007"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("1.5", 1.5),
        ("1.0.0", "1.0.0"),
        ("1e3", 1000.0),
        ("9" * 5000, "9" * 5000),
        ("~", None),
        ("", None),
        ("''", ""),
        ("!!str 12", "12"),
        ("<<", "<<"),
    ],
)
def test_scalars(written: str, meant: object) -> None:
    assert value(f"key: {written}\n") == {"key": meant}


def test_keys_are_strings_as_written() -> None:
    assert value("NO: a\n2023: b\ntrue: c\n") == {"NO": "a", "2023": "b", "true": "c"}


def test_nothing_at_all_is_none() -> None:
    assert value("# only a comment\n") is None


def test_lines_of_keys_and_of_what_is_missing() -> None:
    file = load("name: x\ndocuments:\n  - file: a.md\n    title: A\n  - file: b.md\n", "f", ProjectError, first_line=10)
    assert file.line("documents", 0, "title") == 13
    assert file.line("documents", 1) == 14
    assert file.line("documents", 1, "title") == 14, "a missing key stands where its parent does"
    assert file.line("nowhere") == 1


def test_aliases_are_allowed_in_reason() -> None:
    assert value("a: &rights all\nb: *rights\nc: &l [1, 2]\nd: *l\n") == {
        "a": "all",
        "b": "all",
        "c": [1, 2],
        "d": [1, 2],
    }


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "stands twice (first in line 1)"),
        ("a: b: c\n", 1, "not valid YAML"),
        ("a: [1, 2\n", 2, "not valid YAML"),
        ("a: 1\n\tb: 2\n", 2, "not valid YAML"),
        ("é: 1\nb: \x01\n", 2, "control character"),
        ("a: 1\n---\nb: 2\n", 2, "second YAML document"),
        ("? [1, 2]\n: 3\n", 1, "a key must be a word"),
        ("a: 2023-02-30\n", 1, "no day of the calendar"),
        ("a: !!python/object:os.system x\n", 1, "not allowed"),
        ("a: *b\n", 1, "nothing before it"),
        ("a: &a [*a]\n", 1, "nothing before it"),
        ("- " * 5000, 1, "levels deep"),
        ("[" * 50_000, 1, "levels deep"),
    ],
)
def test_refusals(text: str, line: int, words: str) -> None:
    error = refusal(text)
    assert words in error.message
    assert error.line == line


def test_lines_count_from_where_the_text_starts() -> None:
    assert refusal("a: 1\na: 2\n", first_line=7).line == 8


def test_alias_bomb() -> None:
    rows = ["a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    rows += [
        f"{name}: &{name} [{', '.join(['*' + before] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    assert "aliases repeat" in refusal("\n".join(rows)).message


def test_the_caller_names_the_error() -> None:
    with pytest.raises(SchemaError, match="twice"):
        load("a: 1\na: 2\n", "s.yaml", SchemaError)


# PyYAML writes "1e3" without quotes, which means a number here, and leaves line breaks other than LF to the reader.
_texts = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="0123456789"), max_size=12
)
_trees = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.dates() | _texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_texts, inner, max_size=4),
    max_leaves=15,
)


@given(_trees)
def test_what_yaml_writes_is_read_back(tree: object) -> None:
    assert value(yaml.safe_dump(tree, allow_unicode=True)) == tree


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(ProjectError):
        load(text, "f.yaml", ProjectError)
