"""A schema file while it is read: every value is taken out through a check that names the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from tablewright.errors import SchemaError
from tablewright.yamlfile import KeyPath, YamlFile

TITLE_LENGTH = 80
"""Characters of a title: Stata cuts variable labels there."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file with checked ways to take values out of it; every complaint names the line."""

    file: str
    yaml: YamlFile

    def wrong(self, message: str, path: KeyPath, remedy: str) -> SchemaError:
        return SchemaError(message, file=self.file, line=self.yaml.line(*path), remedy=remedy)

    def mapping(self, value: object, path: KeyPath, known: tuple[str, ...]) -> dict[str, object]:
        """`value` as a mapping without keys beyond `known`."""
        if not isinstance(value, dict):
            raise self.wrong(f"{place_of(path)} must be a mapping", path, f"write keys out of: {', '.join(known)}")
        for key in value:
            if key not in known:
                raise self.wrong(f"unknown key {key!r}", (*path, key), f"known here: {', '.join(known)}")
        return value

    def items(self, value: object, path: KeyPath) -> list[object]:
        if not isinstance(value, list) or not value:
            raise self.wrong(
                f"{place_of(path)} must be a list and not empty", path, "write one item a line, after a dash"
            )
        return value

    def text(self, values: Mapping[str, object], key: str, path: KeyPath) -> str:
        """The string under `key`, which must be there and not blank."""
        value = values.get(key)
        if not isinstance(value, str) or not value.strip():
            said = "is missing" if value is None else f"must be text, not {value!r}"
            raise self.wrong(f"{key} {said}", (*path, key), f"write `{key}: ...`, in quotes if it looks like a number")
        return value

    def flag(self, values: Mapping[str, object], key: str, path: KeyPath) -> bool:
        value = values.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(f"{key} must be true or false, not {value!r}", (*path, key), f"write `{key}: true`")
        return value

    def name(self, values: Mapping[str, object], path: KeyPath) -> str:
        name = self.text(values, "name", path)
        if not _NAME.fullmatch(name):
            raise self.wrong(f"{name!r} is no name", (*path, "name"), "use lower-case letters, digits and underscores")
        return name

    def title(self, values: Mapping[str, object], path: KeyPath) -> str:
        title = self.text(values, "title", path)
        if len(title) > TITLE_LENGTH:
            raise self.wrong(
                f"the title has {len(title)} characters", (*path, "title"), f"{TITLE_LENGTH} at most; say more below"
            )
        return title

    def names(self, value: object, path: KeyPath, columns: tuple[str, ...] | None) -> tuple[str, ...]:
        """One column's name or a list of them, each a column out of `columns` (None: of another table)."""
        names = [value] if isinstance(value, str) else self.items(value, path)
        for name in names:
            if not isinstance(name, str) or (columns is not None and name not in columns):
                raise self.wrong(f"{place_of(path)}: there is no column {name!r}", path, "name columns of this table")
        return tuple(cast("list[str]", names))


def place_of(path: KeyPath) -> str:
    """The key that a path ends in, for messages."""
    return next((str(part) for part in reversed(path) if isinstance(part, str)), "the schema")
