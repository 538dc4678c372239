"""Where the words of a decided row stand in the text as it is now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tablewright.anchors import Span, Text, nearest
from tablewright.decision import Decision
from tablewright.decisioncells import EVENTS, Layout
from tablewright.tables import Row

# The words that the text must still have besides the anchors: those that a date is read from.
_DATE_WORDS = "date_text"
# A speaker and a cue stand outside what is quoted.
_WORDS_OUTSIDE = "quotations"
_SHOWN = 60
_PROBLEMS = {
    "gone": "no longer stand in the text",
    "moved": "stand in the text only in other surroundings",
    "ambiguous": "stand in the text in more than one place that fits (ambiguous)",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A decision whose words stand in the text: the row's own at `main`, those of the other anchors in `others`.

    `act` is the stretch that the row is about: an event's trigger, otherwise the row's own words. `sentence` is the
    row of the sentence that it stands in.
    """

    decision: Decision
    main: Span
    others: Mapping[str, Span | None]
    act: Span
    sentence: Row


class Places:
    """A document's text and sentences, for finding rows in them."""

    def __init__(self, text: str, sentences: Sequence[Row]) -> None:
        self.text = Text(text)
        self._sentences = sentences
        self._starts = [sentence["start"] for sentence in sentences]

    def place(self, layout: Layout, decision: Decision) -> Placed | str:
        """The decision where its words stand now, or what keeps it from standing, as a sentence."""
        main = self.text.locate(decision.quote)
        if isinstance(main, str):
            return f"the words {shown(decision.quote.exact)} {_PROBLEMS[main]}"
        others: dict[str, Span | None] = {}
        for anchor in layout.others:
            words = decision.values.get(anchor.text)
            others[anchor.text] = None
            if words is not None:
                found = self._other(layout, decision, anchor.text, main)
                if found is None and decision.publishes:
                    return f"{anchor.text} {shown(str(words))} no longer stands with the row's words"
                others[anchor.text] = found
        date = decision.values.get(_DATE_WORDS)
        if isinstance(date, str) and decision.publishes and not self.text.contains(date):
            return f"the words of the date {shown(date)} do not stand in the text"
        act = (others[layout.others[0].text] if layout.table == EVENTS else None) or main
        sentence = self.sentence_at(act[0])
        if sentence is None:
            return f"the words {shown(decision.quote.exact)} stand outside the body of the text"
        return Placed(decision, main, others, act, sentence)

    def _other(self, layout: Layout, decision: Decision, column: str, main: Span) -> Span | None:
        """Where the words of another anchor stand: in the row's sentence, or at the place that the decision counts."""
        wanted = decision.occurrences.get(column)
        found = self.candidates(layout, str(decision.values[column]), main, reach=wanted is not None)
        return next(islice(found, (wanted or 1) - 1, None), None)

    def candidates(self, layout: Layout, words: str, main: Span, *, reach: bool = True) -> Iterator[Span]:
        """The places where the words of another anchor of the row at `main` may stand, the likeliest first; with
        `reach` also those outside its sentence.
        """
        first = self._sentence_index(main[0])
        last = self._sentence_index(max(main[0], main[1] - 1))
        around = main
        if first is not None and last is not None:
            around = (self._sentences[first]["start"], self._sentences[last]["end"])
        return nearest(self.text, words, main, around, outside=layout.table == _WORDS_OUTSIDE, reach=reach)

    def sentence_at(self, offset: int) -> Row | None:
        """The sentence that the character at `offset` lies in; None outside the body."""
        index = self._sentence_index(offset)
        return None if index is None else self._sentences[index]

    def _sentence_index(self, offset: int) -> int | None:
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and offset < self._sentences[index]["end"] else None


def shown(words: str) -> str:
    """The first of `words`, in quotation marks, for a message."""
    return f"“{words}”" if len(words) <= _SHOWN else f"“{words[: _SHOWN - 1].rstrip()}…”"
