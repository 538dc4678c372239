"""People's decisions from the command line to the published table, and through changes of the text."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from builders import ARTICLE, make_project, run, run_json
from tablewright.paths import Project

BY = ("--reviewer", "ana", "--date", "2024-04-01")


def built(tmp_path: Path) -> Project:
    project = make_project(tmp_path)
    run(project, "build")
    return project


def table(project: Project, name: str) -> pd.DataFrame:
    return pd.read_parquet(project.dist / f"{name}.parquet")


def review(project: Project, *arguments: str, code: int = 0) -> str:
    """Runs `tablewright review ARGUMENTS`; gives what it printed."""
    return run(project, "review", *arguments, code=code).output


def lines(project: Project, name: str) -> list[dict[str, str]]:
    with (project.review / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_lists_what_awaits_a_decision_with_the_rule_that_made_it(tmp_path: Path) -> None:
    project = built(tmp_path)
    pending = run_json(project, "review")
    assert {row["table"] for row in pending} == {"aid_figures", "events", "quotations"}
    assert all(row["rule"] and row["sentence"] for row in pending)
    only = run_json(project, "review", "--table", "quotations", "--document", "geneva")
    assert [row["row"]["text"] for row in only] == ["We agree on the way forward,"]
    assert {row["table"] for row in run_json(project, "review", "--table", "actors")} == {"actors"}


def test_a_decision_shows_in_the_published_row(tmp_path: Path) -> None:
    project = built(tmp_path)
    quotation = table(project, "quotations")["quotation_id"].item()
    aid = table(project, "aid_figures")["aid_figure_id"].item()
    event = table(project, "events")["event_id"].iloc[0]
    review(project, "accept", quotation, *BY)
    review(project, "amend", aid, "status=delivered", *BY, "--note", "had been paid")
    review(project, "reject", event, *BY)
    review(project, "add", "quotations", "geneva", "attack on a hospital", "kind=term", *BY)
    run(project, "build")
    quotations = table(project, "quotations")
    assert dict(zip(quotations["text"], quotations["coding"], strict=True)) == {
        "We agree on the way forward,": "confirmed",
        "attack on a hospital": "added",
    }
    assert table(project, "aid_figures")[["status", "coding"]].values.tolist() == [["delivered", "amended"]]
    assert event not in set(table(project, "events")["event_id"])
    assert lines(project, "aid_figures")[0]["reviewer"] == "ana"
    run(project, "check")
    assert run_json(project, "evaluate")["tables"]["quotations"] == {
        **run_json(project, "evaluate")["tables"]["quotations"],
        "gold": 2,
        "machine": 1,
        "matched": 1,
    }


def test_a_decision_survives_an_edit_elsewhere_in_the_text(tmp_path: Path) -> None:
    project = built(tmp_path)
    aid = table(project, "aid_figures")["aid_figure_id"].item()
    review(project, "amend", aid, "status=delivered", *BY)
    edited = ARTICLE.replace("By Ana Roth", "By Ana Roth\n\nA new first paragraph comes before it all, about nothing.")
    (project.source / "geneva.md").write_text(edited, encoding="utf-8")
    run(project, "build")
    row = table(project, "aid_figures").iloc[0]
    assert (row["aid_figure_id"], row["status"], row["coding"]) == (aid, "delivered", "amended")
    run(project, "check")


def test_a_decision_that_no_longer_fits_is_reported_with_its_line_and_kept(tmp_path: Path) -> None:
    project = built(tmp_path)
    aid = table(project, "aid_figures")["aid_figure_id"].item()
    review(project, "accept", aid, *BY)
    before = (project.review / "aid_figures.csv").read_bytes()
    edited = ARTICLE.replace("$20 million", "thirty lorries")
    (project.source / "geneva.md").write_text(edited, encoding="utf-8")
    result = run(project, "build", code=1)
    assert "source/review/aid_figures.csv:2" in result.stderr
    assert (project.review / "aid_figures.csv").read_bytes() == before
    assert len(table(project, "aid_figures")) == 0
    assert "source/review/aid_figures.csv:2" in run(project, "status").output
    # It is no less wrong at the next build.
    run(project, "build", code=1)


def test_status_says_where_the_machine_now_differs(tmp_path: Path) -> None:
    project = built(tmp_path)
    aid = table(project, "aid_figures")["aid_figure_id"].item()
    review(project, "accept", aid, *BY)
    # As if the machine had said so when the person looked.
    path = project.review / "aid_figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("pledged,", "delivered,"), encoding="utf-8")
    run(project, "build")
    assert table(project, "aid_figures")["status"].tolist() == ["delivered"]
    (difference,) = run_json(project, "status")["differences"]
    assert (difference["column"], difference["decided"], difference["machine"]) == ("status", "delivered", "pledged")


def test_wrong_values_are_refused_with_all_that_is_wrong(tmp_path: Path) -> None:
    project = built(tmp_path)
    aid = table(project, "aid_figures")["aid_figure_id"].item()
    output = run(project, "review", "amend", aid, "status=given", "donor_id=atlantis", *BY, code=1).stderr
    assert "given" in output
    assert "atlantis" in output
    assert not (project.review / "aid_figures.csv").exists()
    run(project, "review", "accept", "no-such-row", *BY, code=1)
    run(project, "review", "amend", aid, "status", *BY, code=2)


def test_a_hand_edited_file_with_a_bad_cell_stops_the_build_and_names_the_cell(tmp_path: Path) -> None:
    project = built(tmp_path)
    aid = table(project, "aid_figures")["aid_figure_id"].item()
    review(project, "accept", aid, *BY)
    path = project.review / "aid_figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("pledged", "promised"), encoding="utf-8")
    before = (project.dist / "aid_figures.csv").read_bytes()
    stderr = run(project, "build", code=1).stderr
    assert "source/review/aid_figures.csv:2" in stderr
    assert "status" in stderr
    assert (project.dist / "aid_figures.csv").read_bytes() == before


def test_a_review_file_from_another_dataset_is_refused(tmp_path: Path) -> None:
    project = built(tmp_path)
    aid = table(project, "aid_figures")["aid_figure_id"].item()
    review(project, "accept", aid, *BY)
    other = make_project(tmp_path / "other", {"lima.md": ARTICLE})
    other.review.mkdir()
    (other.review / "aid_figures.csv").write_bytes((project.review / "aid_figures.csv").read_bytes())
    assert "aid_figures.csv" in run(other, "build", code=1).stderr


def test_undo_takes_a_decision_back(tmp_path: Path) -> None:
    project = built(tmp_path)
    aid = table(project, "aid_figures")["aid_figure_id"].item()
    review(project, "reject", aid, *BY)
    run(project, "build")
    assert len(table(project, "aid_figures")) == 0
    review(project, "undo", aid, "--reviewer", "bob", code=1)
    review(project, "undo", aid, "--reviewer", "ana")
    run(project, "build")
    assert table(project, "aid_figures")["coding"].tolist() == ["machine"]
    review(project, "undo", aid, "--reviewer", "ana", code=1)


def test_a_row_that_is_there_cannot_be_added(tmp_path: Path) -> None:
    project = built(tmp_path)
    words = "We agree on the way forward,"
    stderr = run(project, "review", "add", "quotations", "geneva", words, "kind=statement", *BY, code=1).stderr
    assert "review amend" in stderr


def test_decisions_on_a_document_that_went_are_reported_and_kept(tmp_path: Path) -> None:
    project = make_project(tmp_path, {"geneva.md": ARTICLE, "lima.md": ARTICLE.replace("Geneva", "Lima")})
    run(project, "build")
    aid = table(project, "aid_figures").query("document_id == 'lima'")["aid_figure_id"].item()
    review(project, "accept", aid, *BY)
    run(project, "build")
    (project.source / "lima.md").unlink()
    dataset = project.dataset_file.read_text(encoding="utf-8").replace(
        "  - file: lima.md\n    published_on: 2024-03-15\n", ""
    )
    project.dataset_file.write_text(dataset, encoding="utf-8")
    assert "there is no document 'lima'" in run(project, "build", code=1).stderr
    assert len(lines(project, "aid_figures")) == 1
    review(project, "undo", aid, "--reviewer", "ana")
    run(project, "build")


def test_an_actor_that_is_none_can_be_rejected_and_one_of_ones_own_added(tmp_path: Path) -> None:
    project = built(tmp_path)
    review(project, "reject", "ignazio-cassis", *BY)
    review(project, "add", "actors", "", "", "actor_id=acme", "name=Acme", "kind=company", *BY)
    run(project, "build")
    actors = set(table(project, "actors")["actor_id"])
    assert "ignazio-cassis" not in actors
    assert "acme" in actors
    assert "ignazio-cassis" not in set(table(project, "mentions")["actor_id"])
    assert "ignazio-cassis" not in set(table(project, "participants")["actor_id"])


def test_a_reviewer_named_before_the_command_decides(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    run(project, "build")
    row_id = run_json(project, "review")[0]["row_id"]
    run(project, "review", "--reviewer", "ben", "accept", row_id)
    (path,) = project.review.glob("*.csv")
    assert ",ben," in path.read_text(encoding="utf-8")
    assert "goes with --serve" in run(project, "review", "--reviewer", "ben", code=2).output
