"""The line that signs a quotation: “…” — Mélanie Joly, Minister of Foreign Affairs."""

from __future__ import annotations

import re

from tablewright.coders.quotations.reading import Quote, Reading
from tablewright.coders.quotations.speakers import Attribution, Speaker, speaker_at
from tablewright.records import BODY_KINDS

_SIGNED = re.compile(r"\s*(?:—|–|―|--?)\s*(?=[^\W\d_a-z])")
_ITEM = re.compile(r"(?=[^\W\d_a-z][\w.’'-]* [^,]{2,50},)")
_REST_OF_QUOTATION = "”\"»“’'.,;)] \n"
_LONGEST = 160
_MOST_WORDS = 24


def signed_below(reading: Reading, quote: Quote) -> Attribution | None:
    """Whom a dash behind the closing mark, or the line under the quotation, names; None where neither is a signature.

    The signature ends its block and tells nothing: it has no verb.
    """
    line = _line(reading, quote)
    if line is None:
        return None
    parse = reading.parse
    tokens = [token for token in parse.tokens_between(*line) if any(c.isalnum() for c in parse.words[token])]
    if not tokens or len(tokens) > _MOST_WORDS:
        return None
    if any(parse.tags[token] in {"VBD", "VBZ", "VBP", "MD"} and parse.words[token].islower() for token in tokens):
        return None
    speaker = _named(reading, tokens, line[0])
    return Attribution("signed-below", speaker) if speaker is not None else None


def _line(reading: Reading, quote: Quote) -> tuple[int, int] | None:
    """Where the signature's words stand in the text."""
    blocks, text = reading.document.blocks, reading.text
    at = next((n for n, block in enumerate(blocks) if block.start <= quote.span.end <= block.end), None)
    if at is None:
        return None
    end = quote.span.end
    while end < blocks[at].end and text[end] in _REST_OF_QUOTATION:
        end += 1
    if end == blocks[at].end:
        at, end = at + 1, blocks[at + 1].start if at + 1 < len(blocks) else 0
        if not end or blocks[at].kind not in BODY_KINDS:
            return None
        pattern = _ITEM if blocks[at].kind == "list_item" and text[end] not in "—–―-" else _SIGNED
    else:
        pattern = _SIGNED
    found = pattern.match(text, end, blocks[at].end)
    if found is None or blocks[at].end - found.end() > _LONGEST:
        return None
    return found.end(), blocks[at].end


def _named(reading: Reading, tokens: list[int], start: int) -> Speaker | None:
    """The person that the words before the first comma name, else the body."""
    parse, text = reading.parse, reading.text
    comma = text.find(",", start, parse.ends[tokens[-1]])
    name = [token for token in tokens if comma < 0 or parse.ends[token] <= comma]
    for people in (True, False):
        for token in reversed(name):
            mention = reading.mention(token)
            if mention is not None and mention.kind != "anaphor" and reading.is_person(mention.actor_id) == people:
                return (
                    Speaker(mention.first, mention.stop, (mention.actor_id,)) if people else speaker_at(reading, token)
                )
    if len(name) > 1 and all(parse.words[token][0].isupper() for token in (name[0], name[-1])):
        return Speaker(name[0], name[-1] + 1, ())
    return None
