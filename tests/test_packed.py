"""Compressed documents: read like what they hold, and no bomb goes off."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import ARTICLE, make_project, run
from tablewright.errors import SourceError
from tablewright.files import sha256
from tablewright.paths import Project
from tablewright.readers import read_document
from tablewright.readers.packed import MAX_BYTES, inner_name, open_packed, unpack


def zstd(data: bytes) -> bytes:
    packed: bytes = pa.Codec("zstd").compress(data, asbytes=True)
    return packed


PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zstd}


def with_document(root: Path, name: str, data: bytes) -> Project:
    project = make_project(root, {})
    (project.source / name).write_bytes(data)
    return project


@pytest.mark.parametrize("ending", PACKERS)
def test_a_packed_document_is_the_document(tmp_path: Path, ending: str) -> None:
    packed = PACKERS[ending](ARTICLE.encode())
    (tmp_path / "geneva.md").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / f"geneva.md{ending}").write_bytes(packed)
    plain = read_document(tmp_path / "geneva.md", "geneva.md", {})
    same = read_document(tmp_path / f"geneva.md{ending}", f"geneva.md{ending}", {})
    assert (same.document_id, same.title, same.text) == (plain.document_id, plain.title, plain.text)
    # The hash is that of the file as it lies there, which anybody can check.
    assert same.source_sha256 == sha256(packed)


def test_packed_documents_build_and_a_packed_readme_is_none(tmp_path: Path) -> None:
    project = with_document(tmp_path, "geneva.md.gz", gzip.compress(ARTICLE.encode()))
    (project.source / "README.md.gz").write_bytes(gzip.compress(b"What this is."))
    run(project, "build")
    found = pq.read_table(project.dist / "documents.parquet").to_pylist()
    assert [(row["document_id"], row["source_file"]) for row in found] == [("geneva", "geneva.md.gz")]
    run(project, "check")


def test_a_document_and_its_packed_copy_have_one_id(tmp_path: Path) -> None:
    project = with_document(tmp_path, "geneva.md.gz", gzip.compress(ARTICLE.encode()))
    (project.source / "geneva.md").write_text(ARTICLE, encoding="utf-8")
    assert "source/geneva.md.gz: two documents have the id geneva" in run(project, "build", code=1).stderr


DAMAGED: dict[str, tuple[str, bytes, str]] = {
    "cut off": ("a.md.gz", gzip.compress(ARTICLE.encode())[:-12], "the compressed file is cut off or damaged"),
    "cut off zstd": ("a.md.zst", zstd(ARTICLE.encode())[:-9], "the compressed file is cut off or damaged"),
    "no gzip": ("a.md.gz", b"no gzip at all", "the compressed file is cut off or damaged"),
    "no zstd": ("a.md.zst", b"no zstd at all", "the compressed file is cut off or damaged"),
    "a wrong sum": ("a.md.gz", gzip.compress(ARTICLE.encode())[:-8] + b"\0" * 8, "is cut off or damaged"),
    "a bomb": ("a.md.gz", gzip.compress(b"a" * (MAX_BYTES + 1)), "holds more than 64 MB"),
    "a bomb of zstd": ("a.md.zst", zstd(b"a" * (MAX_BYTES + 1)), "holds more than 64 MB"),
    "nothing": ("a.md.gz", gzip.compress(b"\n"), "the compressed file holds nothing"),
    "an archive": ("a.tar.gz", gzip.compress(b"x"), "no reader for this format"),
}


@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_file_ends_in_one_clear_line(tmp_path: Path, case: str) -> None:
    name, data, expected = DAMAGED[case]
    project = with_document(tmp_path, name, data)
    said = run(project, "build", code=0 if case == "an archive" else 1).stderr
    assert f"source/{name}: " in said
    assert expected in said
    assert "Traceback" not in said


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    project = with_document(tmp_path, "long.txt", b"")
    with (project.source / "long.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "source/long.txt: holds more than 64 MB" in run(project, "build", code=1).stderr


def test_the_limit_holds_for_what_is_unpacked() -> None:
    assert unpack(gzip.compress(b"ab"), "a.gz", limit=2) == b"ab"
    with pytest.raises(SourceError, match="holds more than"):
        unpack(gzip.compress(b"abc"), "a.gz", limit=2)


def test_names() -> None:
    assert inner_name("old/talks.jsonl.GZ") == "old/talks.jsonl"
    assert inner_name("report.md.zst") == "report.md"
    assert inner_name("report.md") == "report.md"


@given(parts=st.lists(st.binary(max_size=300), min_size=1, max_size=4), data=st.data())
@pytest.mark.parametrize("ending", PACKERS)
def test_files_of_several_frames_can_be_sought(ending: str, parts: list[bytes], data: st.DataObject) -> None:
    whole = b"".join(parts)
    packed = io.BytesIO(b"".join(PACKERS[ending](part) for part in parts))
    with open_packed(packed, f"x{ending}") as stream:
        for _ in range(3):
            offset = data.draw(st.integers(0, len(whole)))
            stream.seek(offset)
            length = data.draw(st.integers(0, 100))
            assert stream.read(length) == whole[offset : offset + length]
