"""The command line as a stranger meets it: help, start-up, exit codes, documentation."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from builders import make_project, run, run_json
from tablewright.cli import cli

README = Path(__file__).parent.parent / "README.md"
HEAVY = ("pandas", "spacy", "pyarrow", "numpy", "yaml", "markdown_it")


def commands() -> list[list[str]]:
    found: list[list[str]] = []
    for name, command in cli.commands.items():
        found.append([name])
        if isinstance(command, click.Group):
            found.extend([name, each] for each in command.commands)
    return found


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_has_help_with_an_example(command: list[str]) -> None:
    result = CliRunner().invoke(cli, [*command, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"tablewright {' '.join(command)}" in result.output


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_the_readme_names_every_command(command: list[str]) -> None:
    assert f"tablewright {' '.join(command)}" in README.read_text(encoding="utf-8")


def imports_of(*arguments: str, cwd: Path) -> set[str]:
    """The modules that a run of the command line has imported when it ends."""
    script = (
        "import sys, atexit\n"
        "atexit.register(lambda: print('\\n'.join(sys.modules), file=sys.stderr))\n"
        f"sys.argv = ['tablewright', *{list(arguments)!r}]\n"
        "from tablewright.cli import main\nmain()"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=cwd, capture_output=True, text=True, check=True)  # noqa: S603
    return set(done.stderr.split())


def test_help_and_a_build_with_nothing_to_do_import_nothing_heavy(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    for arguments in (["--help"], ["build"], ["status"], ["build", "-n"]):
        loaded = imports_of(*arguments, cwd=project.root)
        assert loaded.isdisjoint(HEAVY), arguments
        assert "tablewright" in loaded


def test_show_marks_the_words_and_names_the_rule(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    import pandas as pd

    row_id = pd.read_parquet(project.dist / "quotations.parquet")["quotation_id"].item()
    output = run(project, "show", row_id).output
    assert "»We agree on the way forward,«" in output
    assert "rule" in output
    found = run_json(project, "show", row_id)
    assert found["table"] == "quotations"
    assert found["row"]["speaker_id"] == "espen-barth-eide"
    run(project, "show", "nothing", code=1)


def test_text_prints_what_the_anchors_count_in(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    import pandas as pd

    text = run(project, "text", "geneva").output
    sentences = pd.read_parquet(project.dist / "sentences.parquet")
    assert all(text[row["start"] : row["end"]] == row["text"] for row in sentences.to_dict("records"))
    assert (
        "[heading]" in run(project, "text", "geneva.md", "--roles").output
        or "[title]" in run(project, "text", "geneva.md", "--roles").output
    )
    run(project, "text", "nothing", code=1)


def test_schema_prints_the_codebook(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    assert "date_precision" in run(project, "schema").output
    assert "| `amount` |" in run(project, "schema", "aid_figures", "--markdown").output
    assert run_json(project, "schema", "events")["events"]["primaryKey"] == ["event_id"]
    run(project, "schema", "nonsense", code=1)


def test_status_says_what_is_out_of_date(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    assert "out of date" in run(project, "status").output
    run(project, "build")
    found = run_json(project, "status")
    assert found["up_to_date"]
    assert found["pending"]["quotations"] == 1
