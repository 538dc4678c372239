"""The lines above a text, and the labels of its speakers, read by their letters: the model parses body text only.

`read_top` gives a draft of its own over these lines. What it settles there is no mention; people go into the
document's cast only where the body has words that stand for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tablewright.coders.actors.bodies import settle_bodies
from tablewright.coders.actors.draft import Draft
from tablewright.coders.actors.lookup import is_capital
from tablewright.coders.actors.names import name_run
from tablewright.coders.actors.organisations import settle_organisations
from tablewright.coders.actors.roles import role_at
from tablewright.parse import Parse, Sentence

_TOKEN = re.compile(r"['’]s\b|[^\W_]+(?:['’](?!s\b)[^\W_]+)*|[^\w\s]")
_POS = {
    **dict.fromkeys(("the", "a", "an"), "DET"),
    **dict.fromkeys(("and", "or", "but"), "CCONJ"),
    **dict.fromkeys(("is", "was", "are", "has", "have", "will"), "AUX"),
    **dict.fromkeys(("of", "for", "to", "with", "in", "on", "at", "by", "from", "about", "as", "after"), "ADP"),
    **dict.fromkeys(("who", "he", "she", "it", "we", "i", "you", "our"), "PRON"),
}
TALK = frozenset(
    {"interview", "interviews", "interviewed", "conversation", "discussion", "exchange", "q", "questions"}
    | {"talk", "talks", "talked", "talking", "spoke", "speaks", "speaking", "sat", "sits", "chat", "chats"}
)
_TO = frozenset({"with", "to", "interviews", "interviewed"})


def read_top(draft: Draft, labels: Sequence[str]) -> Draft:
    """A draft over the title, the lines below it and the speakers' labels, with organisations and bodies settled."""
    document = draft.document
    lines = [document.title]
    lines += [document.text[b.start : b.end] for b in document.blocks if b.kind in {"title", "standfirst", "heading"}]
    lines = list(dict.fromkeys([*lines, *labels]))
    text = "\n".join(lines)
    top = Draft.begin(replace(document, text=text), _parse(text), draft.knowledge)
    settle_organisations(top)
    settle_bodies(top)
    return top


def _parse(text: str) -> Parse:
    """A parse by the letters alone: every line a sentence, no grammar between its words."""
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[Sentence] = []
    offset = 0
    for line in text.split("\n"):
        first = len(starts)
        for found in _TOKEN.finditer(line):
            starts.append(offset + found.start())
            ends.append(offset + found.end())
        if len(starts) > first:
            number = len(sentences) + 1
            sentences.append(Sentence(number, first, len(starts), starts[first], ends[-1], number, 0, None))
        offset += len(line) + 1
    words = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    pos = [_pos(word) for word in words]
    tags = ["NNP" if each == "PROPN" else "NN" if each == "NOUN" else "XX" for each in pos]
    lemmas = [word.lower() for word in words]
    return Parse(starts, ends, words, lemmas, tags, pos, ["dep"] * len(words), range(len(words)), (), tuple(sentences))


def _pos(word: str) -> str:
    if not word[0].isalnum():
        return "PART" if word[1:] == "s" else "PUNCT"
    return _POS.get(word.lower()) or ("PROPN" if word[0].isupper() else "NOUN")


def name_before(top: Draft, surname: str) -> tuple[int, int] | None:
    """The full name in the lines that ends in `surname` (in lower case): its tokens, two at least."""
    for token, word in enumerate(top.parse.lower):
        if word != surname:
            continue
        floor = top.parse.sentence_of(token).first
        for first in range(max(floor, token - 4), token):
            if name_run(top, first, token + 1) == token + 1 and is_capital(top.words[first]):
                return first, token + 1
    return None


def interviewees(top: Draft) -> Iterator[tuple[int, int]]:
    """The names of those whom the lines say that somebody spoke to: "An interview with Prime Minister James Marape"."""
    for token, word in enumerate(top.parse.lower[:-1]):
        sentence = top.parse.sentence_of(token)
        if word not in _TO or not TALK & set(top.parse.lower[sentence.first : token + 1]):
            continue
        first = token + 1
        role = role_at(top, first, sentence.stop) if first < sentence.stop else None
        if role is not None:
            first = role.stop + 1 if top.words[role.stop : role.stop + 1] == [","] else role.stop
        if first < sentence.stop and top.free(first, first + 1):
            stop = name_run(top, first, sentence.stop)
            if stop - first > 1:
                yield first, stop
