"""The work on single documents: read, analyse, code, keep. One process or several, the same results.

`code_document` is the heart: the coders in the order in which they need one another.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tablewright import cache, language
from tablewright.cache import Coded
from tablewright.config import stated
from tablewright.errors import TablewrightError
from tablewright.parse import Parse
from tablewright.paths import Project
from tablewright.planned import Task
from tablewright.readers.corpora.articles import Shelf
from tablewright.records import Document, Finding
from tablewright.tongues import language_of

if TYPE_CHECKING:
    from spacy.language import Language

    from tablewright.knowledge.bundle import Knowledge

# Documents that go through the model together, and the bytes of source at which a batch is full. A batch is also
# what a process is given at a time: one document a task would cost twice the CPU.
BATCH_DOCUMENTS = 32
BATCH_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the work on a document ended: done, the document being in `language`, or with what is wrong with its source."""

    document_id: str
    source_file: str
    error: Finding | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Tools:
    """What the work needs, loaded once a process. `model` is None where nothing has to be analysed."""

    project: Project
    knowledge: Knowledge
    model: Language | None
    shelf: Shelf


def batches(project: Project, tasks: Sequence[Task]) -> Iterator[list[Task]]:
    """The tasks in portions of a size that suits the model and the processes."""
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        if task.record is not None:
            size += task.record.length
        else:
            with contextlib.suppress(OSError):  # reading it will say what is wrong
                size += (project.source / task.source_file).stat().st_size
        if len(batch) == BATCH_DOCUMENTS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def work(tools: Tools, batch: Sequence[Task]) -> list[Outcome]:
    """Does what is to be done on each document of the batch and keeps the results in the cache."""
    outcomes: list[Outcome] = []
    opened: list[tuple[Task, Document]] = []
    for task in batch:
        try:
            opened.append((task, _open(tools, task)))
        except TablewrightError as error:
            finding = Finding(type(error).__name__, error.message, error.file, error.line, remedy=error.remedy)
            outcomes.append(Outcome(task.document_id, task.source_file, finding))
    fresh = [document for task, document in opened if "analyse" in task.todo]
    parses: dict[str, Parse] = {}
    if fresh and tools.model is not None:
        parses = {document.document_id: parse for document, parse in language.analyse(fresh, tools.model)}
    for task, document in opened:
        parse = parses.pop(task.document_id, None)
        if parse is None:
            parse = cache.load_parse(tools.project, task.document_id)
        else:
            cache.save_parse(tools.project, task.document_id, parse)
        _code_and_keep(tools, task, document, parse)
        outcomes.append(
            Outcome(task.document_id, task.source_file, language=language_of(document.language, document.text))
        )
    return outcomes


def _open(tools: Tools, task: Task) -> Document:
    project = tools.project
    if "read" not in task.todo:
        return cache.load_document(project, task.document_id)
    about = stated(task.about, task.document_id)
    if task.record is not None and task.spec is not None:
        record = task.record
        return tools.shelf.document(task.source_file, task.spec, record.place, record.sha256, task.document_id, about)
    from tablewright.readers import read_document

    path = project.inside(project.source, task.source_file, file=f"source/{task.source_file}")
    return read_document(path, task.source_file, about)


def _code_and_keep(tools: Tools, task: Task, document: Document, parse: Parse) -> None:
    from tablewright.tables import document_rows

    known = None if "analyse" in task.todo else cache.load_coded(tools.project, task.document_id)
    coded = code_document(document, parse, tools.knowledge, known, task.todo)
    rows = document_rows(document, parse, coded.cast, coded.quotations, coded.aid, coded.events)
    cache.save(tools.project, task.keys, coded, rows)


def code_document(
    document: Document,
    parse: Parse,
    knowledge: Knowledge,
    known: Coded | None = None,
    todo: frozenset[str] = frozenset(),
) -> Coded:
    """What each coder makes of a document. With `known`, only the coders in `todo` work; the rest stands."""
    from tablewright.coders.actors import find_cast
    from tablewright.coders.aid import find_aid
    from tablewright.coders.dates import find_dates
    from tablewright.coders.events import find_events
    from tablewright.coders.quotations import find_quotations

    def stands(coder: str) -> bool:
        return known is not None and coder not in todo

    dates = known.dates if known and stands("dates") else find_dates(document, parse)
    cast = known.cast if known and stands("actors") else find_cast(document, parse, knowledge.actors)
    if known and stands("quotations"):
        quotations = known.quotations
    else:
        quotations = find_quotations(document, parse, cast, dates, knowledge.cues)
    aid = known.aid if known and stands("aid") else find_aid(document, parse, cast, dates, quotations)
    if known and stands("events"):
        events = known.events
    else:
        events = find_events(document, parse, cast, dates, quotations, knowledge.lexicon, knowledge.actors.places)
    return Coded(document, dates, cast, quotations, aid, events)


def load_tools(project: Project, model_name: str, tasks: Sequence[Task]) -> Tools:
    """Loads what the tasks need: knowledge always, the model only if a document has to be analysed."""
    from tablewright.knowledge.bundle import load_knowledge

    actors_file = project.actors_file if project.actors_file.exists() else None
    needs_model = any("analyse" in task.todo for task in tasks)
    model = language.load_model(model_name) if needs_model else None
    return Tools(project, load_knowledge(actors_file), model, Shelf(project.source))


def run_tasks(tools: Tools, tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    """Works through the tasks with `jobs` processes; outcomes come in the order of the tasks."""
    portions = list(batches(tools.project, tasks))
    if jobs <= 1 or len(portions) == 1:
        for portion in portions:
            yield from work(tools, portion)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A forked process has the model already; elsewhere each process is sent a copy of it.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(min(jobs, len(portions)), context, initializer=_adopt, initargs=(tools,)) as pool:
        for outcomes in pool.map(_work_here, portions):
            yield from outcomes


_here: list[Tools] = []


def _adopt(tools: Tools) -> None:
    """Makes a new process ready: keeps the tools, and ends with its parent, so that no killed build lives on."""
    _here[:] = [tools]
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process

    parent: Any = parent_process()
    connection.wait([parent.sentinel])
    os._exit(1)


def _work_here(batch: list[Task]) -> list[Outcome]:
    return work(_here[0], batch)
