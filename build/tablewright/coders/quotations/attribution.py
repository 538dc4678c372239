"""Whose words a quotation holds, by the grammar of its own sentence.

Tried in order: the words behind the quotation ("…," said X), the words before it (X called it "…", his warning that
"…", according to X), a predicate that is quoted itself (X "deplored" it), a colon, and an act that carries the words
(X committed money to "…").
"""

from __future__ import annotations

from dataclasses import replace

from tablewright.coders.quotations.behind import attributed_behind, far_behind
from tablewright.coders.quotations.governed import governing
from tablewright.coders.quotations.reading import Quote, Reading
from tablewright.coders.quotations.speakers import Attribution
from tablewright.coders.quotations.uncued import acted, behind_colon, equated, framed, quoted_predicate


def attribute(reading: Reading, quote: Quote, last: tuple[Quote, Attribution] | None) -> Attribution | None:
    """The attribution in the quotation's own sentence, or None. `last` is the quotation attributed last."""
    opens = reading.opens(quote)
    behind = attributed_behind(reading, quote)
    if behind is not None and (opens or _is_tight(reading, quote, behind)):
        return behind
    if last is not None and last[0].stop > quote.sentence_first:
        found = governing(reading, quote, last[0].stop) or behind
        return found or replace(last[1], rule="continued")
    return (
        governing(reading, quote, quote.sentence_first)
        or behind
        or quoted_predicate(reading, quote)
        or behind_colon(reading, quote)
        or equated(reading, quote)
        or framed(reading, quote)
        or acted(reading, quote)
        or (far_behind(reading, quote) if opens else None)
    )


def _is_tight(reading: Reading, quote: Quote, behind: Attribution) -> bool:
    """Whether the words behind a quotation inside a sentence are its own attribution rather than those before it."""
    begins = reading.skip_marks(quote.first - 1, quote.first)
    comma_before = quote.first >= 2 and reading.parse.words[quote.first - 2] in {",", "—", "–", ":", ";"}
    return begins == quote.first and comma_before and behind.cue is not None and behind.cue[0] - quote.stop < 8
