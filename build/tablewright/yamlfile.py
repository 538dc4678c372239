"""YAML as people write it in a project: safe, strict, and with the line of every key.

Stricter than YAML 1.1: only `true` and `false` are booleans (Norway's `NO` stays a string), keys are strings as
written and stand once, a number with leading zeros stays a string, tags are refused, and aliases may not blow up.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from tablewright.errors import TablewrightError

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][-+]?[0-9]{1,3})?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_STRING_TAG = "tag:yaml.org,2002:str"

MAX_DEPTH = 60
"""Levels of nesting; the deepest file of a project has about six."""
MAX_ALIASED = 10_000
"""Values that aliases may add to a file."""

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlFile:
    """What a YAML text says: `value` is made of dict, list, str, int, float, bool, date and None.

    `lines` gives the line of every key and list item, by path: `("documents", 0, "title")`.
    """

    value: object
    lines: dict[KeyPath, int] = field(repr=False)

    def line(self, *path: str | int) -> int:
        """The line where `path` stands, or of the nearest part above it that is there (a missing key's parent)."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    value: list[object] | dict[str, object]
    path: KeyPath
    line: int
    anchor: str | None
    size_before: int
    key: str | None = None


def load(
    text: str, file: str, error: type[TablewrightError], *, first_line: int = 1, remedy: str | None = None
) -> YamlFile:
    """Parses `text`, which starts at `first_line` of `file` (front matter does not start at 1).

    Raises `error` with file, line and remedy for text that is no YAML, holds a key twice, or uses what is refused.
    """
    return _Builder(file, error, first_line, remedy or "mend the YAML; most often quotes or spaces are missing").build(
        text
    )


class _Builder:
    """Builds a value from the parser's events: no recursion, so that no nesting can exhaust the stack."""

    def __init__(self, file: str, error: type[TablewrightError], first_line: int, remedy: str) -> None:
        self.file = file
        self.error = error
        self.first_line = first_line
        self.remedy = remedy
        self.lines: dict[KeyPath, int] = {}
        self.stack: list[_Open] = []
        self.anchors: dict[str, tuple[object, int]] = {}
        self.size = 0
        self.aliased = 0
        self.root: object = None

    def build(self, text: str) -> YamlFile:
        documents = 0
        for event in self._events(text):
            line = (event.start_mark.line if event.start_mark else 0) + self.first_line
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, line)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._open(event, line)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._close()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event.anchor, line)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._wrong("a second YAML document starts here", line, "keep one document in the file")
        return YamlFile(self.root, self.lines)

    def _events(self, text: str) -> Iterator[yaml.Event]:
        try:
            yield from yaml.parse(text, Loader=_Loader)
        except yaml.MarkedYAMLError as problem:
            mark = problem.problem_mark or problem.context_mark
            line = mark.line + self.first_line if mark else None
            raise self._wrong(f"not valid YAML: {problem.problem or problem.context}", line) from problem
        except yaml.reader.ReaderError as problem:
            # The position counts characters or bytes, as the parser at hand does; only the line is told.
            before = text.encode("utf-8", "replace")[: problem.position]
            line = before.count(b"\n") + self.first_line
            raise self._wrong("a control character stands here, which YAML does not allow", line) from problem

    def _wrong(self, message: str, line: int | None, remedy: str | None = None) -> TablewrightError:
        return self.error(message, file=self.file, line=line, remedy=remedy or self.remedy)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        top = self.stack[-1] if self.stack else None
        self._check_tag(event.tag, line)
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(top, event.value, line)
            return
        plain = event.implicit[0] and event.tag is None
        value = self._resolve(event.value, line) if plain else event.value
        if event.anchor:
            self.anchors[event.anchor] = (value, 1)
        self._add(value, line)

    def _key(self, top: _Open, key: str, line: int) -> None:
        if key in top.value:
            first = self.lines[(*top.path, key)]
            raise self._wrong(f"the key {key!r} stands twice (first in line {first})", line, "keep one of the two")
        top.key = key
        self.lines[(*top.path, key)] = line

    def _resolve(self, value: str, line: int) -> object:
        """What a plain scalar means; see the head of the module for what stays a string."""
        if value in _NULLS:
            return None
        first = value[0]
        if first in "tTfF":
            return _BOOLEANS.get(value, value)
        if first not in "+-.0123456789":
            return value
        if _INTEGER.fullmatch(value):
            return int(value)
        if _FLOAT.fullmatch(value):
            return float(value)
        if match := _DATE.fullmatch(value):
            try:
                return dt.date(*map(int, match.groups()))
            except ValueError as problem:
                raise self._wrong(
                    f"{value} is no day of the calendar", line, "write a date that exists as YYYY-MM-DD"
                ) from problem
        return value

    def _add(self, value: object, line: int) -> None:
        """Puts a finished value where it belongs: the root, a list, or the key that waits for it."""
        self.size += 1
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top.value, list):
            self.lines[(*top.path, len(top.value))] = line
            top.value.append(value)
        elif top.key is None:
            raise self._wrong("a key must be a word, not a list or a mapping", line)
        else:
            top.value[top.key] = value
            top.key = None

    def _open(self, event: yaml.CollectionStartEvent, line: int) -> None:
        self._check_tag(event.tag, line)
        if len(self.stack) >= MAX_DEPTH:
            raise self._wrong(f"nested more than {MAX_DEPTH} levels deep", line)
        path: KeyPath = ()
        if self.stack:
            top = self.stack[-1]
            if isinstance(top.value, list):
                path = (*top.path, len(top.value))
            elif top.key is not None:
                path = (*top.path, top.key)
            else:
                raise self._wrong("a key must be a word, not a list or a mapping", line)
        value: list[object] | dict[str, object] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self.stack.append(_Open(value, path, line, event.anchor, self.size))

    def _close(self) -> None:
        done = self.stack.pop()
        if done.anchor:
            self.anchors[done.anchor] = (done.value, self.size - done.size_before + 1)
        self._add(done.value, done.line)

    def _alias(self, name: str | None, line: int) -> None:
        if name is None or name not in self.anchors:
            raise self._wrong(f"*{name} refers to nothing before it, or to itself", line, "write the value out")
        value, size = self.anchors[name]
        self.aliased += size
        if self.aliased > MAX_ALIASED:
            raise self._wrong(f"aliases repeat more than {MAX_ALIASED:,} values", line, "write the values out")
        self.size += size - 1
        self._add(value, line)

    def _check_tag(self, tag: str | None, line: int) -> None:
        if tag is not None and tag not in {_STRING_TAG, "!"}:
            raise self._wrong(
                f"the tag {tag.removeprefix('tag:yaml.org,2002:')} is not allowed", line, "remove the tag"
            )
