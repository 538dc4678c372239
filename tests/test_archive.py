"""Archives: the same bytes from the same files, and nothing that a hostile one can do."""

from __future__ import annotations

import os
import stat
import struct
import time
import warnings
import zipfile
from pathlib import Path

import pytest

from tablewright.archive import ArchiveLimits, extract, write_archive
from tablewright.errors import BuildError
from tablewright.sums import SUMS, check_sums, is_plain_path, sums, walk


def release(folder: Path) -> Path:
    (folder / "review").mkdir(parents=True)
    (folder / "a.csv").write_text("a\n1\n")
    (folder / "review" / "a.csv").write_text("b\n")
    return folder


def pack(path: Path, *entries: tuple[zipfile.ZipInfo | str, bytes], kind: int = zipfile.ZIP_STORED) -> Path:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", kind) as archive:
        warnings.simplefilter("ignore", UserWarning)
        for name, data in entries:
            archive.writestr(name, data)
    return path


def refused(path: Path, why: str, limits: ArchiveLimits | None = None) -> None:
    into = path.parent / "into"
    into.mkdir()
    with pytest.raises(BuildError, match=why):
        extract(path, into, limits or ArchiveLimits())
    assert list(into.rglob("*")) == [], "nothing is written before everything was looked at"


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = release(tmp_path / "one"), release(tmp_path / "two")
    os.utime(other / "a.csv", (time.time() - 10**6,) * 2)
    (other / "a.csv").chmod(0o755)
    for folder in (one, other):
        write_archive(folder, tmp_path / f"{folder.name}.zip", "talks-1.0.0")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["talks-1.0.0/a.csv", "talks-1.0.0/review/a.csv"]
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {stat.S_IMODE(each.external_attr >> 16) for each in archive.infolist()} == {0o644}


def test_what_was_packed_comes_out(tmp_path: Path) -> None:
    write_archive(release(tmp_path / "one"), tmp_path / "one.zip", "talks-1.0.0")
    top = extract(tmp_path / "one.zip", tmp_path / "out")
    assert top == tmp_path / "out" / "talks-1.0.0"
    assert (top / "review" / "a.csv").read_text() == "b\n"


@pytest.mark.parametrize("name", ["../a", "t/../../a", "/etc/a", "t/..", "t\\a", "C:/a", "t//a", "t/./a", "t/a:b", "", "t/" + "a" * 300])  # fmt: skip
def test_paths_that_lead_out_are_refused(name: str, tmp_path: Path) -> None:
    refused(pack(tmp_path / "x.zip", ("t/good", b"1"), (name or "/", b"1")), "path")


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    for number, kind in enumerate((stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR)):
        entry = zipfile.ZipInfo("t/a")
        entry.external_attr = (kind | 0o777) << 16
        place = tmp_path / str(number)
        place.mkdir()
        refused(pack(place / "x.zip", (entry, b"/etc/passwd")), "link or a device")


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    refused(pack(tmp_path / "x.zip", ("t/a", b"1"), ("t/A", b"2")), "twice")


def test_a_bomb_is_refused_by_what_it_says(tmp_path: Path) -> None:
    bomb = pack(tmp_path / "x.zip", ("t/a", b"\0" * (64 << 20)), kind=zipfile.ZIP_DEFLATED)
    assert bomb.stat().st_size < 100_000
    refused(bomb, "would unpack to")


def test_a_bomb_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    bomb = pack(tmp_path / "x.zip", ("t/a", b"\0" * (64 << 20)), kind=zipfile.ZIP_DEFLATED)
    data = bomb.read_bytes()
    bomb.write_bytes(data.replace(struct.pack("<L", 64 << 20), struct.pack("<L", 1_000)))
    with pytest.raises(BuildError, match=r"damaged|unpacks to more"):
        extract(bomb, tmp_path / "out")
    assert sum(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file()) <= 1 << 20


def test_entries_that_share_their_data_are_a_bomb_too(tmp_path: Path) -> None:
    many = pack(tmp_path / "x.zip", *((f"t/{number}", b"1") for number in range(50)))
    refused(many, "50 files", ArchiveLimits(files=10))


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    refused(pack(tmp_path / "a" / "x.zip", ("a/1", b"1"), ("b/1", b"1")), "one folder")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.zip").write_bytes(b"PK but no zip")
    refused(tmp_path / "b" / "x.zip", "no zip")
    (tmp_path / "c").mkdir()
    refused(pack(tmp_path / "c" / "x.zip", ("t/a", b"x" * 100), kind=zipfile.ZIP_LZMA), "compressed in a way")


def test_sums_are_those_of_sha256sum(tmp_path: Path) -> None:
    folder = release(tmp_path / "one")
    (folder / SUMS).write_bytes(sums(folder))
    assert (folder / SUMS).read_text().splitlines() == [
        "309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc  a.csv",
        "0263829989b6fd954f72baaf2fc64bc2e2f01d692d4de72986ea808f6e99813f  review/a.csv",
    ]
    assert check_sums(folder, walk(folder)[0])[1] == []
    (folder / "a.csv").write_text("a\n2\n")
    assert [each.code for each in check_sums(folder, walk(folder)[0])[1]] == ["hash"]


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    folder = release(tmp_path / "one")
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe")
    paths, findings = walk(folder)
    assert paths == ["a.csv", "review/a.csv"]
    assert [each.code for each in findings] == ["link", "no-file"]


@pytest.mark.parametrize(("name", "plain"), [("a", True), ("a/b.csv", True), ("../a", False), ("a/../b", False), ("/a", False), ("a\\b", False), ("c:a", False), ("", False), ("a//b", False), ("./a", False)])  # fmt: skip
def test_plain_paths(name: str, plain: bool) -> None:
    assert is_plain_path(name) is plain
