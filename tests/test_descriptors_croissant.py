"""Croissant, by mlcroissant 1.1: the descriptor is valid, and every record set loads with the values of the tables.

Known of the tool: it gives strings as bytes; it makes joins of `references`, and loads nothing where a table refers to
itself or to one that has `references` of its own, so keys between tables are told in words (see `croissant.py`).
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from pathlib import Path
from typing import Any

import mlcroissant
import pytest
from absl import logging as absl_logging

from releasecases import make_release, tables
from tablewright.describe.croissant import croissant

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def descriptor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    path = folder / "croissant.json"
    path.write_bytes(croissant(make_release(folder)))
    return path


@pytest.fixture(scope="module")
def dataset(descriptor: Path) -> Any:
    return mlcroissant.Dataset(str(descriptor))


def test_it_is_valid_without_a_warning(descriptor: Path, caplog: pytest.LogCaptureFixture) -> None:
    # mlcroissant warns of a context that is not the usual one in its log only.
    absl_logging.get_absl_logger().propagate = True
    with caplog.at_level(logging.WARNING):
        issues = mlcroissant.Dataset(str(descriptor)).metadata.ctx.issues
    assert (list(issues.errors), list(issues.warnings)) == ([], [])
    assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


def test_it_conforms_to_version_1_1(dataset: Any) -> None:
    assert dataset.metadata.ctx.is_v1_1()


@pytest.mark.parametrize("name", list(tables()))
def test_records_load_as_the_table_has_them(dataset: Any, name: str) -> None:
    loaded = [{key.split("/")[1]: _plain(value) for key, value in each.items()} for each in dataset.records(name)]
    assert loaded == [{key: _plain(value) for key, value in row.items()} for row in tables()[name][1].to_pylist()]


def _plain(value: Any) -> Any:
    """Values as mlcroissant's strings (bytes) and dates (timestamps) can be compared with ours."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dt.datetime):
        return value.date()
    return value


def test_codes_load_with_their_meaning(dataset: Any) -> None:
    field = tables()["events"][0].field("status")
    loaded = [
        (each["events_status_codes/name"], each["events_status_codes/description"])
        for each in dataset.records("events_status_codes")
    ]
    assert [(_plain(code), _plain(label)) for code, label in loaded] == [(c.value, c.label) for c in field.categories]


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "croissant.json"
    described = json.loads(croissant(make_release(tmp_path)))
    for each in described["distribution"]:
        each["sha256"] = "0" * 64
    path.write_text(json.dumps(described))
    with pytest.raises(mlcroissant.GenerationError):
        list(mlcroissant.Dataset(str(path)).records("events"))
