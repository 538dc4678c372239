"""What was decided here and has to stay: another program's save of an old copy is noticed by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from tablewright.decision import Decision
from tablewright.decisioncells import Layout
from tablewright.decisionlines import decision_line

Key = tuple[str, str, str, bool]
Find = Callable[[Key], Decision | None]


@dataclass(frozen=True, slots=True)
class Change:
    """A decision taken here: what a file said of a row `before`, and `after`; None where it says nothing."""

    before: Decision | None
    after: Decision | None


class Taken:
    """The decisions taken here, and which of them are lost: the file says what it said before they were taken."""

    def __init__(self, layouts: Mapping[str, Layout]) -> None:
        self._layouts = layouts
        self._changes: dict[Key, Change] = {}
        self.lost: dict[Key, Change] = {}

    def note(self, key: Key, before: Decision | None, after: Decision | None) -> None:
        """Notes a decision that was written, or taken back."""
        self._changes[key] = Change(before, after)
        self.lost.pop(key, None)

    def look(self, table: str, find: Find) -> None:
        """Compares what was taken with what another program has saved. A decision that was changed to what was never
        written here was changed by a person who meant it.
        """
        for key, change in list(self._changes.items()):
            if key[0] != table:
                continue
            now = find(key)
            if self._same(now, change.after):
                self.lost.pop(key, None)
            elif self._same(now, change.before):
                self.lost[key] = change
            else:
                self.lost.pop(key, None)
                del self._changes[key]

    def forget(self, row_ids: Iterable[str]) -> None:
        """Those on these rows were meant to go."""
        for key in [key for key in self.lost if key[1] in set(row_ids)]:
            del self.lost[key]
            del self._changes[key]

    def _same(self, one: Decision | None, other: Decision | None) -> bool:
        if one is None or other is None:
            return one is other
        return self._line(one) == self._line(other)

    def _line(self, decision: Decision) -> str:
        layout = self._layouts[decision.table]
        return decision_line(layout, (*layout.columns, layout.settling), replace(decision, line=0))


def key_of(decision: Decision) -> Key:
    """What tells a line from all others of the project."""
    return (decision.table, *decision.author)
