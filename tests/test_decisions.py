"""Review files: read whatever a spreadsheet made of them, or refused with file, line and cell; one line a decision."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewcases import TEXT, aid, desk, machine_rows, mention, part, pledge, schemas
from tablewright.deciding import Taker
from tablewright.decision import Decision
from tablewright.decisioncells import guarded, layouts, read_cell, unguarded, write_cell
from tablewright.decisions import (
    append_decision,
    append_decisions,
    digests,
    load_decisions,
    read_decisions,
    remove_decision,
    strangers,
)
from tablewright.errors import DecisionError
from tablewright.paths import Project

AID = (
    "aid_figure_id,decision,document_id,prefix,text,suffix,amount,amount_max,period,qualifier,currency,status,"
    "donor_id,recipient_id,channel,purpose,humanitarian,financial,military,date_text,date_start,date_end,"
    "date_precision,changed,reviewer,decided_on,note\n"
)
LINE = (
    "talks-a1,confirm,talks,Norway pledged ,$5 million, to Chad and,5000000,,,exact,USD,pledged,norway,chad,,,"
    "{humanitarian},false,false,,{date},,,,ana,{decided_on},\n"
)
GOOD = LINE.format(humanitarian="false", date="", decided_on="2024-03-15")


def project(tmp_path: Path, **files: str) -> Project:
    for name, text in files.items():
        path = tmp_path / "source" / "review" / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return Project(tmp_path)


def refusal(tmp_path: Path, **files: str) -> DecisionError:
    with pytest.raises(DecisionError) as caught:
        load_decisions(project(tmp_path, **files), schemas())
    return caught.value


def accepted() -> list[Decision]:
    rows = machine_rows(
        events=[pledge()],
        participants=[part(pledge(), "norway", "source"), part(pledge(), "chad", "target")],
        aid_figures=[aid()],
        mentions=[mention(TEXT, "Chad", "chad")],
    )
    table = desk(rows, by=Taker("ana", dt.date(2024, 3, 15), "sure; quite sure"))
    return [
        table.accept("aid_figures", aid()),
        table.amend("events", pledge(), {"status": "planned", "source": "norway; japan"}),
        table.reject("mentions", rows["mentions"][0]),
    ]


def test_the_columns_of_a_file_follow_from_the_schema() -> None:
    assert f"{','.join(layouts(schemas())['aid_figures'].columns)}\n" == AID
    assert layouts(schemas())["events"].columns == (
        "event_id", "decision", "document_id", "prefix", "text", "suffix", "trigger", "event_type", "status",
        "summary", "date_text", "date_start", "date_end", "date_precision", "place", "place_country_code", "source",
        "target", "trigger_occurrence", "changed", "reviewer", "decided_on", "note",
    )  # fmt: skip
    assert layouts(schemas())["actors"].columns[:3] == ("actor_id", "decision", "name")
    assert sorted(layouts(schemas())) == ["actors", "aid_figures", "events", "mentions", "quotations"]


def test_a_column_of_the_projects_own_may_be_called_note() -> None:
    known = schemas()
    purpose = known["aid_figures"].field("purpose")
    note = dataclasses.replace(purpose, name="note")
    known["aid_figures"] = dataclasses.replace(known["aid_figures"], fields=(*known["aid_figures"].fields, note))
    columns = layouts(known)["aid_figures"].columns
    assert (columns.count("note"), columns.count("review_note")) == (1, 1)


def test_decisions_come_back_as_they_were_written(tmp_path: Path) -> None:
    there = project(tmp_path)
    append_decisions(there, schemas(), accepted())
    read = load_decisions(there, schemas())
    assert [dataclasses.replace(each, line=0) for each in read] == accepted()
    assert [each.line for each in read] == [2, 2, 2]


def test_files_are_plain_utf8_with_one_line_a_decision(tmp_path: Path) -> None:
    there = project(tmp_path)
    append_decisions(there, schemas(), accepted())
    data = (there.review / "events.csv").read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.count(b"\n") == 2
    assert "norway; japan" in data.decode()


def test_a_spreadsheets_habits_are_read(tmp_path: Path) -> None:
    text = AID + GOOD.replace("false,false,false", "FALSE,False,TRUE") + ",,,,,\n"
    (read,) = load_decisions(project(tmp_path, aid_figures="\ufeff" + text.replace("\n", "\r\n")), schemas())
    assert (read.values["financial"], read.values["military"]) == (False, True)
    assert read.quote.suffix == " to Chad and"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"humanitarian": "yes"}, "cell Q (humanitarian): 'yes' is neither true nor false"),
        ({"date": "11/07/2023"}, "cell U (date_start): '11/07/2023' is no date; write YYYY-MM-DD"),
        ({"date": "2023-02-30"}, "cell U (date_start)"),
        ({"decided_on": "15 March"}, "cell Z (decided_on)"),
        ({"decided_on": ""}, "cell Z (decided_on): is empty"),
    ],
)
def test_a_cell_that_is_wrong_is_named(tmp_path: Path, cells: dict[str, str], said: str) -> None:
    line = LINE.format(**{"humanitarian": "false", "date": "", "decided_on": "2024-03-15", **cells})
    error = refusal(tmp_path, aid_figures=AID + line)
    assert said in error.message
    assert (error.file, error.line) == ("source/review/aid_figures.csv", 2)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("5000000", "5E+06", "was shortened by a spreadsheet"),
        ("5000000", "5,000,000", "more cells"),
        ("5000000", '"5,000,000"', "digits only"),
        ("USD", "dollars", "does not match the pattern"),
        ("pledged,norway", "promised,norway", "is not one of pledged"),
        ("exact", "", "(qualifier): is empty"),
        ("confirm", "maybe", "'maybe' is no decision"),
        ("$5 million", "", "give the row's words"),
        ("talks-a1", "", "only an added row"),
        (",ana,", ",,", "(reviewer): is empty"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    error = refusal(tmp_path, aid_figures=AID + GOOD.replace(old, new, 1))
    assert said in str(error)
    assert error.line == 2


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    lines = GOOD.replace("USD", "usd").replace("exact", "about") + GOOD.replace("2024-03-15", "soon")
    error = refusal(tmp_path, aid_figures=AID + lines, mentions="text\n")
    for said in ("aid_figures.csv:2: ", "(currency)", "(qualifier)", "aid_figures.csv:3: ", "mentions.csv:1: "):
        assert said in str(error)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (AID.replace("aid_figure_id", "event_id") + GOOD, "no column aid_figure_id"),
        (AID.replace("purpose", "aim") + GOOD, "unknown column 'aim'"),
        (AID.replace("purpose", "channel") + GOOD, "stands twice"),
        (AID.replace("currency,", "") + GOOD.replace("USD,", ""), "the column currency is missing"),
        ((AID + GOOD).replace(",", ";"), "not parted by commas"),
        (AID + GOOD.replace("$5 million", '"$5 million'), "is no CSV"),
        ("", "no column aid_figure_id"),
    ],
)
def test_a_file_that_is_no_review_file_of_the_table_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in str(refusal(tmp_path, aid_figures=text))


def test_a_file_of_no_table_is_refused(tmp_path: Path) -> None:
    assert "no table 'aid'" in str(refusal(tmp_path, aid=AID))
    assert "no table 'sentences'" in str(refusal(tmp_path, sentences="sentence_id\n"))


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    there = project(tmp_path, aid_figures=AID)
    (there.review / "aid_figures.csv").write_bytes((AID + GOOD).encode("utf-16"))
    with pytest.raises(DecisionError, match="not UTF-8"):
        load_decisions(there, schemas())


def test_a_file_of_another_dataset_is_refused(tmp_path: Path) -> None:
    decisions = load_decisions(project(tmp_path, aid_figures=AID + GOOD), schemas())
    strangers(decisions, {"talks", "other"})
    with pytest.raises(DecisionError, match="none of its documents"):
        strangers(decisions, {"other"})


def test_one_person_decides_once_on_a_row(tmp_path: Path) -> None:
    error = refusal(tmp_path, aid_figures=AID + GOOD + GOOD)
    assert error.line == 3
    assert "line 2" in error.message
    two = AID + GOOD + GOOD.replace(",ana,", ",ben,")
    assert len(load_decisions(project(tmp_path, aid_figures=two), schemas())) == 2


def test_a_rejected_row_need_not_hold_its_values(tmp_path: Path) -> None:
    line = "talks-a1,reject,talks,Norway pledged ,$5 million, to Chad" + "," * 19 + "ana,2024-03-15,\n"
    (read,) = load_decisions(project(tmp_path, aid_figures=AID + line), schemas())
    assert read.decision == "reject"


def test_an_event_needs_a_participant(tmp_path: Path) -> None:
    there = project(tmp_path)
    append_decision(there, schemas(), accepted()[1])
    text = (there.review / "events.csv").read_text().replace("norway; japan,chad", ",")
    assert "at least one participant" in str(refusal(tmp_path, events=text))


def test_an_added_row_without_an_id_gets_one_that_stays(tmp_path: Path) -> None:
    text = AID + GOOD.replace("talks-a1,confirm", ",add")
    (read,) = load_decisions(project(tmp_path, aid_figures=text), schemas())
    (again,) = load_decisions(project(tmp_path, aid_figures=text.replace(",ana,", ",ben,")), schemas())
    assert read.row_id == again.row_id
    assert read.row_id.startswith("talks-a")


def test_a_column_that_the_schema_got_later_may_be_missing(tmp_path: Path) -> None:
    text = (AID + GOOD).replace("purpose,", "").replace("norway,chad,,,", "norway,chad,,")
    (read,) = load_decisions(project(tmp_path, aid_figures=text), schemas())
    assert read.values["purpose"] is None


def test_a_new_line_goes_below_its_documents_and_a_changed_one_stays(tmp_path: Path) -> None:
    lines = [GOOD, GOOD.replace("talks", "other"), GOOD.replace("talks-a1", "talks-a0")]
    there = project(tmp_path, aid_figures=AID + lines[1] + lines[0])
    first, second = read_decisions(there, schemas())[0]
    append_decision(there, schemas(), dataclasses.replace(first, row_id="other-a9"))
    append_decision(there, schemas(), dataclasses.replace(second, decided_on=dt.date(2024, 4, 1)))
    now = load_decisions(there, schemas())
    assert [each.row_id for each in now] == ["other-a1", "other-a9", "talks-a1"]
    assert now[2].decided_on == dt.date(2024, 4, 1)
    before = (there.review / "aid_figures.csv").read_text()
    append_decision(there, schemas(), now[0])
    assert (there.review / "aid_figures.csv").read_text() == before


def test_a_decision_can_be_taken_back(tmp_path: Path) -> None:
    there = project(tmp_path, aid_figures=AID + GOOD)
    assert not remove_decision(there, schemas(), "aid_figures", "talks-a1", "ben")
    assert remove_decision(there, schemas(), "aid_figures", "talks-a1", "ana")
    assert load_decisions(there, schemas()) == []


def test_a_file_that_is_wrong_is_not_written_over(tmp_path: Path) -> None:
    there = project(tmp_path, aid_figures=AID + GOOD.replace("USD", "usd"))
    before = (there.review / "aid_figures.csv").read_bytes()
    with pytest.raises(DecisionError):
        append_decision(there, schemas(), accepted()[0])
    assert (there.review / "aid_figures.csv").read_bytes() == before


def test_digests_tell_what_changes_a_row_from_what_does_not() -> None:
    decision = accepted()[0]
    before = digests([decision])
    assert set(before) == {"talks"}
    assert set(before["talks"]) == {"aid_figures"}
    assert digests([dataclasses.replace(decision, note="other", line=9, decided_on=dt.date(2025, 1, 1))]) == before
    assert digests([dataclasses.replace(decision, values={**decision.values, "amount": 6e6})]) != before
    actor = desk({}).add("actors", "", "", {"actor_id": "frontex", "name": "Frontex", "kind": "government_body"})
    assert set(digests([actor])) == {""}


@given(st.text())
def test_a_cell_never_starts_like_a_formula_and_comes_back(text: str) -> None:
    assert guarded(text)[:1] not in tuple("=+-@")
    assert unguarded(guarded(text)) == text


@given(st.floats(min_value=0, max_value=1e18, allow_nan=False))
def test_a_number_keeps_all_its_digits(number: float) -> None:
    cell = write_cell(number)
    assert "e" not in cell.lower()
    assert read_cell(schemas()["aid_figures"].field("amount"), cell) == number
