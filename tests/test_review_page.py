"""The review page in a real browser: from a fresh project to the published table, by mouse and by keyboard."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from browser import open_browser
from builders import run
from reviewbrowser import Desk, decisions, served
from tablewright.cli import cli
from tablewright.paths import Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Signs outside the basic plane and a combining accent stand before what is selected: offsets must not slip.
ARTICLE = """\
# Ministers Meet in Geneva

By Ana Roth

🕊️🕊️ Norwegian Foreign Minister Espen Barth Eide met Swiss Foreign Minister Ignazio Cassis in a café in Geneva on
Tuesday. "We agree on the way forward," Eide said after the talks.

Norway pledged $20 million in humanitarian aid to Sudan. On March 13, Switzerland condemned the attack on a hospital in
El Fasher. A handshake between Norway and Switzerland ended the day. The handshake was brief.
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


def fresh_project(tmp_path: Path) -> Project:
    """What a person does first: a new project, a document put in place, the first build."""
    project = Project(tmp_path / "talks")
    assert CliRunner().invoke(cli, ["init", str(project.root)]).exit_code == 0
    (project.source / "example.md").unlink()
    described = project.source / "dataset.yaml"
    described.write_text(described.read_text(encoding="utf-8").split("documents:")[0], encoding="utf-8")
    (tmp_path / "geneva.md").write_text(ARTICLE, encoding="utf-8")
    run(project, "add", str(tmp_path / "geneva.md"), "--published-on", "2024-03-15")
    run(project, "build")
    return project


def published(project: Project, table: str) -> list[dict[str, str]]:
    with (project.dist / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def by_trigger(project: Project) -> dict[str, dict[str, str]]:
    return {row["trigger"]: row for row in published(project, "events")}


def parts(project: Project, event_id: str) -> set[tuple[str, str]]:
    return {
        (each["actor_id"], each["role"]) for each in published(project, "participants") if each["event_id"] == event_id
    }


def amend_by_mouse(desk: Desk) -> None:
    """Amend a code, a date and the actors."""
    page = desk.page
    desk.row("condemned").click()
    page.get_by_role("button", name="Amend").click()
    desk.field("event_type").select_option("REJECT")
    desk.field("date_end").fill("2024-14-03")
    assert "write YYYY-MM-DD" in page.locator(".form [data-field=date_end] .hint").inner_text()
    desk.field("date_end").fill("2024-03-14")
    desk.field("date_precision").select_option("range")
    desk.choose_actor("target", "sud")
    page.get_by_role("button", name="Save").click()
    desk.said("Amended")


def add_by_mouse(desk: Desk) -> None:
    """Add, by selecting words; the selection cuts two words, which are made whole."""
    page = desk.page
    desk.select_words("andshake between Norway and Switzerlan")
    page.get_by_role("toolbar", name="Selected words").get_by_role("button", name="event").click()
    assert desk.field("text").input_value() == "handshake between Norway and Switzerland"
    desk.field("event_type").select_option("CONSULT")
    page.get_by_role("button", name="Add the row").click()
    page.get_by_role("alert").filter(has_text="trigger").wait_for()  # what is missing is said, what was typed stays
    desk.select_words("handshake")
    page.get_by_role("toolbar", name="Selected words").get_by_role("button", name="Trigger").click()
    desk.field("status").select_option("occurred")
    desk.field("summary").fill("Norway and Switzerland shook hands.")
    desk.choose_actor("source", "norw")
    desk.choose_actor("source", "switz")
    page.get_by_role("button", name="Add the row").click()
    desk.said("Added")


def test_a_fresh_project_is_reviewed_by_mouse_and_built_into_the_tables(tmp_path: Path, browser: Browser) -> None:
    project = fresh_project(tmp_path)
    with served(project) as server:
        desk = Desk(browser, server.url)
        page = desk.page

        # Accept: the line is in the file when the page says "Saved".
        desk.row("met").click()
        page.get_by_role("button", name="Accept").click()
        desk.said("Accepted")
        assert [each.decision for each in decisions(project).values()] == ["confirm"]

        # Reject, with a note that was written before.
        desk.row("$20 million (").click()
        page.get_by_label("Note").fill("of another year")
        page.get_by_role("button", name="Reject").click()
        desk.said("Rejected")

        amend_by_mouse(desk)
        add_by_mouse(desk)

        # A decision taken back leaves nothing behind.
        desk.row("pledged").click()
        page.get_by_role("button", name="Accept").click()
        desk.said("Accepted")
        desk.row("pledged").click()
        page.get_by_role("button", name="Undo").click()
        desk.said("Taken back")
        assert [each for each in desk.complaints if "422" not in each] == []  # the refusal above
        desk.context.close()

    taken = {each.decision for each in decisions(project).values()}
    assert taken == {"confirm", "reject", "amend", "add"}
    assert decisions(project)["$20 million"].note == "of another year"
    run(project, "build")
    run(project, "check")
    events = by_trigger(project)
    assert events["met"]["coding"] == "confirmed"
    assert events["pledged"]["coding"] == "machine"
    condemned = events["condemned"]
    assert (condemned["coding"], condemned["event_type"]) == ("amended", "REJECT")
    assert (condemned["date_end"], condemned["date_precision"]) == ("2024-03-14", "range")
    assert ("sudan", "target") in parts(project, condemned["event_id"])
    added = events["handshake"]
    assert (added["coding"], added["text"]) == ("added", "handshake between Norway and Switzerland")
    assert parts(project, added["event_id"]) == {("norway", "source"), ("switzerland", "source")}
    assert published(project, "aid_figures") == []


def add_by_keyboard(desk: Desk) -> None:
    """Into the text; words by arrows, more of them with Shift; then the form."""
    page = desk.page
    desk.press("t")
    desk.press(*["ArrowRight"] * 3, "Shift+ArrowRight")
    assert page.evaluate("getSelection().toString().split(/\\s+/).length") == 2
    desk.press("n")
    page.locator("#add-table:focus").wait_for()
    desk.type("Ev")
    page.locator(".form [data-field=event_type]").wait_for()
    # The words can be typed as well: they are searched in the text, the nearest place first.
    desk.press("Tab")
    desk.press("Control+a")
    desk.type("handshake")
    page.locator(".form [data-field=text] .tools", has_text="of 2").wait_for()
    desk.press("Control+a")
    desk.type("handshake between Norway and Switzerland")
    desk.field("trigger").focus()
    desk.type("handshake")
    desk.field("event_type").focus()
    desk.type("CONS")
    desk.field("status").focus()
    desk.type("occ")
    desk.field("summary").focus()
    desk.type("Norway met Switzerland.")
    desk.choose_actor("source", "norway")
    desk.press("Control+Enter")
    desk.said("Added")
    desk.in_hand("Norway met Switzerland.")


def note_and_search_by_keyboard(desk: Desk) -> None:
    """A note on a decided row; filters; the search."""
    page = desk.page
    page.locator("#view").focus()
    desk.type("All")
    desk.press("Escape")
    desk.go_to("met")
    desk.press("m")
    desk.type("in Geneva")
    desk.press("Enter")
    desk.said("The note is saved")
    desk.press("/")
    desk.type("geneva")
    page.locator("#list [role=option]", has_text="pledged").wait_for(state="detached")


def test_all_of_it_by_the_keyboard_alone(tmp_path: Path, browser: Browser) -> None:
    project = fresh_project(tmp_path)
    with served(project) as server:
        desk = Desk(browser, server.url, color_scheme="dark")
        page = desk.page
        page.locator("#list :focus").wait_for()  # one may begin at once

        desk.go_to("met")
        desk.press("a")
        desk.said("Accepted")
        assert page.locator("#list :focus").count() == 1
        assert "awaits" in page.locator("#list :focus").inner_text()

        desk.go_to("$20 million (")
        desk.press("m")
        desk.type("aid jr of a ruler?")  # letters are no keys while one types
        desk.press("Enter", "r")
        desk.said("Rejected")

        desk.go_to("condemned")
        desk.press("e")
        page.locator(".form select:focus").wait_for()
        desk.type("REJ")
        desk.press("Control+Enter")
        desk.said("Amended")

        add_by_keyboard(desk)

        # Undo acts on the row in hand, and it can be added again.
        desk.press("u")
        desk.said("Taken back")
        assert desk.row("Norway met Switzerland.").count() == 0
        desk.press("?")
        page.get_by_role("heading", name="Keys").wait_for()
        desk.press("a", "Escape")  # no decision behind a dialog

        note_and_search_by_keyboard(desk)
        assert desk.complaints == []
        desk.context.close()

    run(project, "build")
    events = by_trigger(project)
    assert (events["met"]["coding"], events["condemned"]["event_type"]) == ("confirmed", "REJECT")
    notes = {each.note for each in decisions(project).values()}
    assert notes == {"in Geneva", "aid jr of a ruler?", None}
    assert "handshake" not in events
    assert published(project, "aid_figures") == []
