"""How fast the review page answers a decision, on a document of 20,000 words with 500 rows or more.

    python tests/bench/review.py [WORDS]

The document is news-like text made up of many countries, sums and days; a project with it is built once, then served
as `tablewright review --serve` does, over a real socket. Every row of events, aid figures and quotations is accepted,
some are then amended, rejected, taken back, and rows are added. Each request's time is from sending it to having read
the answer; beside it stands the floor of the same run: the review file's bytes written with `write_atomic`, which
waits for the disk, and nothing else.
"""

from __future__ import annotations

import http.client
import itertools
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tablewright.files import write_atomic
from tablewright.paths import Project
from tablewright.pipeline import Options, build
from tablewright.schemafile import builtin_schemas_folder
from tablewright.serving.app import make_app
from tablewright.serving.opened import Viewer
from tablewright.serving.operations import Review
from tablewright.serving.server import HOST, listening

WORDS = 20_000
COUNTRIES = (
    "Norway Switzerland Japan Chad France Italy Kenya Ghana Peru Chile Canada Mexico India Nepal Egypt Jordan Poland "
    "Greece Spain Portugal Finland Sweden Denmark Estonia Latvia Austria Hungary Cyprus Brazil Uruguay"
)
MONTHS = "January February March April May June July August September October November December"
FILLING = (
    "The talks had been put off twice, and few in the capital had thought that they would be held at all.",
    "Prices of bread and fuel have gone up since then, and shops in the smaller towns close early.",
    "Much of what was said in the hall stayed there, and the reporters waited in the rain until late.",
    "It was the third such winter in a row, and the harvest in the north had been poor again.",
)


def main(words: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        project = make_project(Path(place), words)
        started = time.perf_counter()
        build(project, Options())
        print(f"built in {time.perf_counter() - started:.1f} s")
        started = time.perf_counter()
        review = Review(project, Viewer("ana"))
        with served(review) as ask:
            ask("GET", "api/project")
            print(f"first page after {time.perf_counter() - started:.2f} s")
            started = time.perf_counter()
            document = ask("GET", "api/documents/long")
            print(
                f"document of {len(document['text'].split()):,} words opened in {time.perf_counter() - started:.2f} s"
            )
            measure(project, ask, document)


def make_project(root: Path, words: int) -> Project:
    """A project with one long document."""
    project = Project(root)
    (root / "source").mkdir()
    (root / "schemas").mkdir()
    for path in builtin_schemas_folder().glob("*.yaml"):
        (root / "schemas" / path.name).write_bytes(path.read_bytes())
    about = "name: bench\ntitle: Bench\nversion: 1.0.0\nlicence: CC0-1.0\ncreators: [Ana Roth]\n"
    project.dataset_file.write_text(f"{about}documents:\n  - file: long.md\n    published_on: 2024-03-15\n", "utf-8")
    (project.source / "long.md").write_text(news(words), encoding="utf-8")
    return project


def news(words: int) -> str:
    """Paragraphs of made-up news, no two alike, the same at every run."""
    choose = random.Random(4)  # noqa: S311 (the same text at every run)
    countries, months = COUNTRIES.split(), MONTHS.split()
    paragraphs = ["# A Year of Talks"]
    for number in itertools.count(1):
        if sum(len(each.split()) for each in paragraphs) >= words:
            return "\n\n".join(paragraphs) + "\n"
        one, other, third = choose.sample(countries, 3)
        day, month = choose.randint(1, 28), choose.choice(months)
        sentences = [
            f"On {month} {day}, {one} condemned the attack on village {number} in {other}.",
            f"{third} pledged ${choose.randint(2, 990)} million in humanitarian aid to {other}.",
            f"“We in valley {number} have waited for this,” the president of {one} said.",
            *choose.sample(FILLING, 3),
        ]
        choose.shuffle(sentences)
        paragraphs.append(" ".join(sentences))
    raise AssertionError


@contextmanager
def served(review: Review) -> Iterator[Any]:
    """The review page on a free port, and how to ask it."""
    import uvicorn

    listener = listening(0)
    host = f"{HOST}:{listener.getsockname()[1]}"
    config = uvicorn.Config(make_app(review, "token", [host]), lifespan="off", log_level="warning", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    connection = http.client.HTTPConnection(host)
    headers = {"Origin": f"http://{host}", "Content-Type": "application/json"}

    def ask(method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        connection.request(method, f"/token/{path}", json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {data.decode()}")
        return json.loads(data)

    try:
        yield ask
    finally:
        connection.close()
        server.should_exit = True
        thread.join()


def measure(project: Project, ask: Any, document: dict[str, Any]) -> None:
    rows = [row for row in document["rows"] if row["table"] in ("events", "aid_figures", "quotations")]
    print(f"{len(rows):,} rows to decide, {len(document['rows']) - len(rows):,} mentions beside them")
    choose = random.Random(5)  # noqa: S311 (the same rows at every run)
    some = choose.sample(rows, min(100, len(rows)))
    free = [row for row in document["rows"] if row["table"] == "mentions"][:100]
    kinds: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "accept": [("api/decide", {"row_id": row["row_id"], "verdict": "accept"}) for row in rows],
        "amend": [
            ("api/decide", {"row_id": row["row_id"], "verdict": "amend", "changes": {"date_text": "On"}})
            for row in some
        ],
        "reject": [("api/decide", {"row_id": row["row_id"], "verdict": "reject"}) for row in some],
        "undo": [("api/undo", {"row_id": row["row_id"]}) for row in some],
        "add": [
            (
                "api/add",
                {
                    "document_id": "long",
                    "table": "quotations",
                    "start": row["start"],
                    "end": row["end"],
                    "values": {"kind": "term"},
                },
            )
            for row in free
        ],
    }
    print(f"{'':8}{'requests':>9}{'median':>10}{'maximum':>10}{'floor':>10}{'ratio':>8}   (milliseconds)")
    for kind, requests in kinds.items():
        times, floors = [], []
        for path, body in requests:
            started = time.perf_counter()
            answer = ask("POST", path, body)
            times.append(time.perf_counter() - started)
            floors.append(floor(project, answer["rows"][0]["table"] if answer["rows"] else "quotations"))
        median, least = statistics.median(times) * 1000, statistics.median(floors) * 1000
        ratio = median / least
        print(f"{kind:8}{len(times):9,}{median:10.1f}{max(times) * 1000:10.1f}{least:10.1f}{ratio:8.1f}")


def floor(project: Project, table: str) -> float:
    """Seconds that writing the review file's bytes takes."""
    data = (project.review / f"{table}.csv").read_bytes()
    started = time.perf_counter()
    write_atomic(project.root / "floor.csv", data)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else WORDS)
