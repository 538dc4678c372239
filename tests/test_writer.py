from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablecases import everything, rows, thing
from tablewright import writer
from tablewright.arrowtable import to_arrow, to_frame
from tablewright.errors import BuildError
from tablewright.schema import Field, TableSchema
from tablewright.tablefiles import Format, read_table
from tablewright.writer import write_csv, write_parquet, write_table

FORMATS: tuple[Format, Format] = ("parquet", "csv")


def csv_of(*things: dict[str, object]) -> str:
    target = io.BytesIO()
    write_csv(to_arrow(everything(), things)[0], target)
    return target.getvalue().decode()


def test_a_csv_line_holds_every_type() -> None:
    text = csv_of(thing("a", words="plain", more=-3, amount_max=7_100_000_000, shut=False, tint="blue"))
    assert text == (
        "thing_id,words,count,more,amount,amount_max,open,shut,seen_on,gone_on,colour,tint\n"
        "a,plain,1,-3,1.5,7100000000,true,false,2023-07-10,,red,blue\n"
    )


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("a,b", '"a,b"'),
        ('say "no"', '"say ""no"""'),
        ("two\nlines", '"two\nlines"'),
        ("=SUM(A1)", "=SUM(A1)"),
        (" spaces ", " spaces "),
        ("NA", "NA"),
    ],
)
def test_a_cell_is_quoted_only_where_it_must_be(words: str, cell: str) -> None:
    assert f"\na,{cell},1," in csv_of(thing(words=words))


def test_a_coded_value_with_a_comma_is_quoted() -> None:
    assert csv_of(thing(colour="a,b")).endswith('"a,b",\n')


@pytest.mark.parametrize(
    ("amount", "cell"),
    [
        (7_100_000_000, "7100000000"),
        (1e15, "1000000000000000"),
        (1e22, "10000000000000000000000"),
        (0.1, "0.1"),
        (1.5e-7, "0.00000015"),
        (-2.5, "-2.5"),
    ],
)
def test_a_number_has_no_exponent(amount: float, cell: str) -> None:
    assert f",{cell},,true," in csv_of(thing(amount=amount))


def test_an_empty_table_is_its_header_line() -> None:
    assert csv_of() == "thing_id,words,count,more,amount,amount_max,open,shut,seen_on,gone_on,colour,tint\n"


@given(rows())
@settings(deadline=None)
def test_both_files_give_the_same_values_back(rows: list[dict[str, object]]) -> None:
    schema = everything()
    table, findings = to_arrow(schema, rows)
    assert not findings
    parquet = io.BytesIO()
    write_parquet(schema, table, parquet)
    text = io.BytesIO()
    write_csv(table, text)
    frame = to_frame(schema, table)
    from_parquet = pd.read_parquet(io.BytesIO(parquet.getvalue()))
    if rows:
        pd.testing.assert_frame_equal(from_parquet, frame)
    assert read_back(schema, text.getvalue()).equals(table)


def read_back(schema: TableSchema, data: bytes) -> pa.Table:
    read, findings = read_table(schema, SeekableFile(data), "csv")  # type: ignore[arg-type]
    assert not findings
    return read


class SeekableFile(io.BytesIO):
    """Bytes that stand for a file on the disk."""

    name = "things.csv"


@given(rows())
@settings(deadline=None)
def test_another_csv_reader_finds_the_same_cells(rows: list[dict[str, object]]) -> None:
    target = io.StringIO(csv_of(*rows), newline="")
    read = list(csv.DictReader(target, strict=True))
    assert [row["thing_id"] for row in read] == [row["thing_id"] for row in rows]
    assert [row["words"] or None for row in read] == [row["words"] for row in rows]


def test_chunks_do_not_show_in_the_bytes(tmp_path: Path) -> None:
    schema = everything()
    table = to_arrow(schema, [thing("a"), thing("b", words="x"), thing("c", tint="blue")])[0]
    pieces = pa.concat_tables([table.slice(0, 1), table.slice(1, 2)])
    for folder, each in (("whole", table), ("pieces", pieces)):
        (tmp_path / folder).mkdir()
        write_table(schema, each, tmp_path / folder)
    for name in ("things.parquet", "things.csv"):
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "pieces" / name).read_bytes()


SCRIPT = """
import hashlib, sys
from pathlib import Path
from tablecases import everything, thing
from tablewright.arrowtable import to_arrow
from tablewright.writer import write_table
table = to_arrow(everything(), [thing("a", words="x,y", tint="blue"), thing("b")])[0]
for path in write_table(everything(), table, Path(sys.argv[1])):
    print(hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_another_process_writes_the_same_bytes(tmp_path: Path) -> None:
    told = {run_with_hash_seed(seed, tmp_path) for seed in ("1", "2")}
    assert len(told) == 1


def run_with_hash_seed(seed: str, folder: Path) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(  # noqa: S603 (our own script)
        [sys.executable, "-c", SCRIPT, str(folder)], env=environment, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize("form", FORMATS)
def test_a_table_of_many_rows_comes_back(tmp_path: Path, form: Format) -> None:
    schema = TableSchema(
        "long",
        "Long",
        "One row a number.",
        (
            Field("long_id", "string", "Id", "The id.", "x", required=True, unique=True),
            Field("words", "string", "Words", "The words.", "x"),
        ),
        ("long_id",),
    )
    table = to_arrow(schema, [{"long_id": str(n), "words": '"a,b"' if n % 7 else None} for n in range(20_000)])[0]
    write_table(schema, table, tmp_path)
    read, findings = read_table(schema, tmp_path / f"long.{form}", form)
    assert not findings
    assert read.equals(table)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_table(everything(), to_arrow(everything(), [])[0], tmp_path / "nowhere")


def test_a_full_disk_is_a_build_error(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    (tmp_path / "things.parquet").symlink_to(full)
    with pytest.raises(BuildError, match="No space left"):
        write_table(everything(), to_arrow(everything(), [thing()])[0], tmp_path)


@given(sizes=st.lists(st.integers(0, 7), min_size=1, max_size=5))
def test_a_table_in_portions_gives_the_same_bytes(tmp_path_factory: pytest.TempPathFactory, sizes: list[int]) -> None:
    schema = everything()
    rows = [thing(thing_id=f"t{number}") for number in range(sum(sizes))]
    parts = [to_arrow(schema, rows[sum(sizes[:at]) : sum(sizes[: at + 1])])[0] for at in range(len(sizes))]
    folder = tmp_path_factory.mktemp("tables")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "ROW_GROUP", 5)
        written = list(writer.write_groups(schema, parts, folder))
        streamed = {path.name: path.read_bytes() for path in folder.iterdir()}
        write_table(schema, to_arrow(schema, rows)[0], folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == streamed
    assert [len(group) for group in written if len(group)] == [5] * (len(rows) // 5) + (
        [len(rows) % 5] if len(rows) % 5 else []
    )
