"""Bad documents of every format: one clear line each, in bounded time and memory; the good ones are built."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import dist_bytes, make_project, run, run_json
from tablewright.language import DEFAULT_MODEL, PORTION, analyse, load_model
from tablewright.paths import Project
from tablewright.readers import read_document
from tablewright.readers.limits import MAX_CHARACTERS, MAX_LINES, MAX_PIECES
from tablewright.sentences import LONGEST, sentence_spans

BODY = "The ministers met in Accra on Monday and agreed to open the border again before the rains."
TEXT = f"{BODY}\n\nThey will meet again in May.\n"
PAGE = f"<html><head><title>Talks</title></head><body><article><h1>Talks</h1>{{}}<p>{BODY}</p></article></body></html>"
PDF = (Path(__file__).parent / "pages_pdf" / "latex-article.pdf").read_bytes()
ANY_DATASET = "name: talks\ntitle: Talks\n"
# What a build needs is 250 MB and four seconds; the rest is what bad documents may cost, on a slow computer.
MOST_MEGABYTES, MOST_SECONDS = 1500, 240


def packed(name: str, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def word(inside: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body>{inside}</w:body></w:document>'
    return packed("word/document.xml", body.encode())


def gzip_bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"a " * 500_000) for _ in range(megabytes)) + packer.flush()


def zstd(data: bytes) -> bytes:
    import pyarrow as pa

    return bytes(pa.compress(data, "zstd", asbytes=True))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
BAD: dict[str, Callable[[], bytes]] = {
    # Encodings, and other things under a text's name.
    "latin-1.md": lambda: f"Caf\xe9. {TEXT}".encode("latin-1"),
    "utf-16-without-mark.md": lambda: TEXT.encode("utf-16-le"),
    "shift-jis.txt": lambda: ("大臣は月曜日に会合した。" * 20).encode("shift-jis"),
    "picture.md": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "word-as.md": lambda: word(f"<w:p><w:r><w:t>{BODY}</w:t></w:r></w:p>"),
    "pdf-as.txt": lambda: PDF,
    "text-as.pdf": TEXT.encode,
    "text-as.docx": TEXT.encode,
    "text-as.odt": TEXT.encode,
    "text-as.txt.gz": TEXT.encode,
    "text-as.md.zst": TEXT.encode,
    "binary.html": lambda: bytes(range(256)) * 400,
    # Nothing.
    **{f"zero.{suffix}": bytes for suffix in ("md", "txt", "html", "pdf", "docx", "odt", "txt.gz")},
    **{f"blank.{suffix}": lambda: b" \n\t\n" * 1000 for suffix in ("md", "txt", "html", "pdf", "docx", "odt")},
    "nothing-in-it.txt.gz": lambda: gzip.compress(b""),
    "no-text.html": lambda: b"<html><body></body></html>",
    "no-text.docx": lambda: word("<w:p/>"),
    # Cut off, locked.
    "cut.pdf": lambda: PDF[: len(PDF) // 3],
    "head-only.pdf": lambda: b"%PDF-1.7\n",
    "cut.docx": lambda: word(f"<w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p>")[:-40],
    "cut.txt.gz": lambda: gzip.compress(TEXT.encode())[:-12],
    "cut.md.zst": lambda: zstd(TEXT.encode())[:-12],
    "locked.docx": lambda: OLE + "EncryptedPackage".encode("utf-16-le"),
    "old.docx": lambda: OLE,
    # Bombs.
    "bomb.docx": lambda: packed("word/document.xml", bytes(300_000_000)),
    "bomb.odt": lambda: packed("content.xml", bytes(300_000_000)),
    "bomb.txt.gz": lambda: gzip_bomb(300),
    "bomb.html.gz": lambda: gzip_bomb(300),
    "bomb.md.zst": lambda: zstd(bytes(300_000_000)),
    "entities.docx": lambda: packed("word/document.xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    # Too much of a thing.
    "one-line.txt": lambda: b"a " * 50_000_000,
    "one-line.md": lambda: b"a " * 31_000_000,
    "one-line.html": lambda: PAGE.format(f"<p>{'a ' * 8_000_000}").encode(),
    "one-line.docx": lambda: word(f"<w:p><w:r><w:t>{'a ' * 8_000_000}</w:t></w:r></w:p>"),
    "one-word.txt": lambda: b"a" * (MAX_CHARACTERS - 1),
    "lines.txt": lambda: b"It was so.\n" * (MAX_LINES + 1),
    "paragraphs.docx": lambda: word("<w:p><w:r><w:t>It was.</w:t></w:r></w:p>" * 800_000),
    "rows.docx": lambda: word("<w:p><w:t>It was.</w:t></w:p>" * (MAX_PIECES + 1)),
    "brackets.md": lambda: b"[" * (MAX_CHARACTERS - 1),
    "tags.html": lambda: PAGE.format("<b></b>" * 2_000_000).encode(),
    # Nested.
    "nested.html": lambda: PAGE.format("<div>" * 100_000).encode(),
    "nested.docx": lambda: word("<w:tbl><w:tr><w:tc>" * 10_000),
    "nested.md": lambda: b"> " * 100_000 + b"deep",
}  # fmt: skip

_CHILD = """
import json, sys
from pathlib import Path
from tablewright.cli import main
try:
    main()
finally:
    status = Path("/proc/self/status").read_text()
    print("peak", int(status.split("VmHWM:")[1].split()[0]) // 1000, file=sys.stderr)
"""


def build_in_child(project: Project, *options: str) -> tuple[int, str, float, int]:
    """`tablewright build` in a process of its own: exit code, standard output, seconds, megabytes."""
    started = time.monotonic()
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _CHILD, "build", "-C", str(project.root), "--json", *options],
        capture_output=True,
        text=True,
        timeout=2 * MOST_SECONDS,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout, time.monotonic() - started, int(done.stderr.split("peak")[1])


def built(project: Project) -> list[str]:
    """The documents of dist/, by their ids."""
    return [line.split(",")[0] for line in (project.dist / "documents.csv").read_text().splitlines()[1:]]


ON_LINUX = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="a process's memory is read off /proc")


@ON_LINUX
def test_each_bad_document_gets_one_line_and_the_good_ones_are_built(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"good.md": TEXT}, dataset=ANY_DATASET)
    for name, data in BAD.items():
        # The suffix alone does not part ids: "cut.pdf" and "cut.docx" would be one.
        (project.source / f"{name.replace('.', '-')}.{name.partition('.')[2]}").write_bytes(data())
    code, output, seconds, megabytes = build_in_child(project, "-k")
    findings = json.loads(output)["findings"]
    named = [each["file"] for each in findings]
    assert sorted(named) == sorted(f"source/{name.replace('.', '-')}.{name.partition('.')[2]}" for name in BAD), (
        "a bad document was built, or named twice"
    )
    for finding in findings:
        assert finding["message"], finding
        assert "\n" not in finding["message"], finding
        assert finding.get("remedy"), finding
    assert code == 1
    assert built(project) == ["good"]
    assert megabytes < MOST_MEGABYTES
    assert seconds < MOST_SECONDS


def test_dist_stays_as_it_was(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"good.md": TEXT}, dataset=ANY_DATASET)
    run(project, "build")
    before = dist_bytes(project)
    for number, name in enumerate(("latin-1.md", "cut.pdf", "bomb.docx", "nested.html")):
        path = project.source / f"bad-{number}.{name.partition('.')[2]}"
        path.write_bytes(BAD[name]())
        result = run(project, "build", code=1)
        (line,) = (line for line in result.output.splitlines() if line.startswith("error: "))
        assert line.startswith((f"error: source/{path.name}: ", f"error: source/{path.name}:1: "))
        assert dist_bytes(project) == before
        path.unlink()
    assert run_json(project, "build")["findings"] == []


# Files that are no files


def test_a_file_that_vanishes_in_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(tmp_path, {"good.md": TEXT, "gone.md": TEXT}, dataset=ANY_DATASET)
    monkeypatch.setattr("tablewright.coding.language.load_model", _after((project.source / "gone.md").unlink))
    result = run(project, "build", code=1)
    assert "error: source/gone.md: there is no such file" in result.output


def _after(act: Callable[[], None]) -> Callable[[str], object]:
    def load(name: str) -> object:
        act()
        return load_model(name)

    return load


def test_folders_pipes_devices_and_loops_are_no_documents(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"good.md": TEXT}, dataset=ANY_DATASET)
    (project.source / "folder.md").mkdir()
    os.mkfifo(project.source / "pipe.md")
    (project.source / "zeros.txt").symlink_to("/dev/zero")
    (project.source / "loop.md").symlink_to("loop.md")
    (project.source / "round").symlink_to(project.source)
    (project.source / "nowhere.md").symlink_to("no-such.md")
    assert run_json(project, "build")["result"] == "built"
    assert (project.dist / "documents.csv").read_text().count("\n") == 2


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_a_pipe_or_device_is_not_opened(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "a.md")
    with pytest.raises(Exception, match="device or pipe"):
        read_document(tmp_path / "a.md", "a.md", {})


def test_a_document_outside_the_project_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT)
    project = make_project(tmp_path / "project", {"good.md": TEXT}, dataset=ANY_DATASET)
    (project.source / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert "source/link.txt" in run(project, "build", code=1).output


# A text in one line


def test_a_very_long_paragraph_is_parsed_in_portions(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{BODY} " * (PORTION // len(BODY) + 20))
    document = read_document(tmp_path / "a.txt", "a.txt", {})
    ((_, parse),) = analyse([document], load_model(DEFAULT_MODEL))
    assert {document.text[sentence.start : sentence.end] for sentence in parse.sentences} == {BODY}
    assert [sentence.position for sentence in parse.sentences] == list(range(1, len(parse.sentences) + 1))
    assert {sentence.paragraph for sentence in parse.sentences} == {1}
    words = [document.text[start:end] for start, end in zip(parse.starts, parse.ends, strict=True)]
    assert words == parse.words


def test_a_sentence_without_end_is_cut_between_words() -> None:
    text = "and then they came to the river " * 2000
    spans = sentence_spans(text)
    assert max(end - start for start, end in spans) <= LONGEST
    assert " ".join(text[start:end] for start, end in spans) == text.strip()
    assert len(sentence_spans("a" * 50_000)) == 3


# Corpora


def records(count: int) -> bytes:
    return b"".join(json.dumps({"id": f"r{number}", "text": TEXT}).encode() + b"\n" for number in range(count))


def parquet() -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(pa.table({"id": ["p1"], "text": [TEXT]}), file)
    return file.getvalue()


BAD_CORPORA: dict[str, Callable[[], bytes]] = {
    "cut.jsonl": lambda: records(1)[:-30],
    "latin-1.jsonl": lambda: '{"id": "l1", "text": "Caf\xe9"}\n'.encode("latin-1"),
    "nested.jsonl": lambda: b"[" * 1_000_000,
    "long.jsonl": lambda: b'{"id": "m1", "text": "' + b"a " * 30_000_000 + b'"}\n',
    "zero.jsonl": bytes,
    "blank.jsonl": lambda: b" \n \n",
    "cut.jsonl.gz": lambda: gzip.compress(records(3))[:-12],
    "bomb.jsonl.gz": lambda: gzip_bomb(300),
    "bomb.jsonl.zst": lambda: zstd(b"a " * 100_000_000),
    "zero.csv": bytes,
    "binary.csv": lambda: bytes(range(256)) * 400,
    "open.csv": lambda: b'id,text\nc1,"' + TEXT.encode() * 1000,
    "long.csv": lambda: b'id,text\nc2,"' + b"a " * 30_000_000 + b'"\n',
    "zero.parquet": bytes,
    "text.parquet": TEXT.encode,
    "cut.parquet": lambda: parquet()[:-50],
}


@ON_LINUX
def test_each_bad_corpus_gets_one_line_and_the_good_documents_are_built(tmp_path: Path) -> None:
    fields = "    fields: {text: text, document_id: id}\n"
    entries = "".join(f"  - file: {name}\n{fields}" for name in BAD_CORPORA)
    project = make_project(tmp_path, {"good.md": TEXT}, dataset=f"{ANY_DATASET}documents:\n{entries}")
    for name, data in BAD_CORPORA.items():
        (project.source / name).write_bytes(data())
    code, output, seconds, megabytes = build_in_child(project, "-k")
    findings = [each for each in json.loads(output)["findings"] if each["severity"] == "error"]
    assert sorted(each["file"] for each in findings) == sorted(f"source/{name}" for name in BAD_CORPORA)
    assert all(each.get("remedy") and "\n" not in each["message"] for each in findings)
    assert code == 1
    assert built(project) == ["good"]
    assert megabytes < MOST_MEGABYTES
    assert seconds < MOST_SECONDS
