"""The review page in a real browser: others' edits, lost decisions, a server that dies, and two reviewers."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser import open_browser
from builders import run
from reviewbrowser import Desk, decisions, served
from servecases import built_project
from tablewright.decisions import load_decisions
from tablewright.schemafile import load_schemas

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as found:
        yield found


def event_id(desk: Desk, words: str) -> str:
    return str(desk.row(words).get_attribute("data-row"))


def test_edits_of_the_file_show_up_and_neither_side_overwrites_the_other(tmp_path: Path, browser: Browser) -> None:
    project = built_project(tmp_path)
    file = project.review / "events.csv"
    with served(project) as server:
        desk = Desk(browser, server.url)
        page = desk.page
        desk.row("condemned").click()
        page.get_by_role("button", name="Amend").click()
        desk.field("summary").fill("Switzerland spoke of the attack.")

        # Another reviewer decides meanwhile: it shows, and what is being typed stays, with the keyboard on it.
        run(project, "review", "reject", event_id(desk, "pledged"), "--reviewer", "ben", "--note", "a forecast")
        page.locator("#list [data-state=rejected]", has_text="pledged").wait_for()
        page.locator("#words .mark[data-state=rejected]").first.wait_for()
        assert desk.field("summary").input_value() == "Switzerland spoke of the attack."
        assert page.locator(".form [data-field=summary] :focus").count() == 1
        # Even where it is the same row.
        run(project, "review", "accept", event_id(desk, "condemned"), "--reviewer", "ben")
        page.get_by_role("alert").filter(has_text="changed elsewhere").wait_for()
        desk.press("Control+Enter")
        desk.said("Amended")
        desk.row("pledged").click()
        page.locator(".card .decided", has_text="rejected by ben").filter(has_text="a forecast").wait_for()

        # A program that saves what it had read earlier takes a decision away: the page says so and can put it back.
        old = file.read_bytes()
        desk.row("met").click()
        desk.press("l", "a")
        desk.said("Accepted")
        file.write_bytes(old)
        desk.told("no longer in source/review/").get_by_role("button", name="Put back").click()
        desk.said("put back")
        assert "confirm" in {
            each.decision for each in decisions(project).values() if each.quote.exact.startswith("Norw")
        }

        # A file that cannot be read is named, with the line; mending it is enough.
        whole = file.read_text(encoding="utf-8")
        file.write_text(whole.replace(",reject,", ",maybe,"), encoding="utf-8")
        desk.told("source/review/events.csv, line")
        file.write_text(whole, encoding="utf-8")
        page.locator(".banner").wait_for(state="detached")
        desk.context.close()


def test_a_server_that_dies_costs_at_most_the_row_in_hand(tmp_path: Path, browser: Browser) -> None:
    project = built_project(tmp_path)
    with served(project) as server:
        desk = Desk(browser, server.url)
        desk.press("a")
        desk.said("Accepted")

        # A moment without the server: the decision waits in sight, nothing more is taken, then it is sent.
        desk.context.set_offline(True)
        desk.press("a")
        desk.told("Not saved yet: accept")
        desk.page.locator("#list [data-state=saving]").wait_for()
        desk.press("a")
        desk.said("Not taken")
        assert len(decisions(project)) == 1
        desk.context.set_offline(False)
        desk.said("Accepted")
        desk.page.locator("#list [data-state=saving]").wait_for(state="detached")
        assert len(decisions(project)) == 2

        # What is typed into a form is kept there when it cannot be saved.
        desk.press("e")
        desk.field("note").or_(desk.page.locator("#form-note")).first.fill("half a thought")
        server.process.kill()
        server.process.wait()
        desk.told("The server does not answer")
        desk.press("Control+Enter")
        desk.page.get_by_role("alert").filter(has_text="does not answer").or_(
            desk.told("Not saved yet")
        ).first.wait_for()
        assert desk.page.locator("#form-note").input_value() == "half a thought"

        # The server that is started anew has another address: the old page says so and saves nothing.
        with served(project, "--port", str(server.port)) as again:
            desk.told("another runs in its place")
            fresh = Desk(browser, again.url)
            fresh.page.locator("#decided", has_text=re.compile("^2 of")).wait_for()
            fresh.press("a")
            fresh.said("Accepted")
            assert len(decisions(project)) == 3
            fresh.context.close()
        desk.context.close()


def test_reviewers_apart_differ_and_settle(tmp_path: Path, browser: Browser) -> None:
    project = built_project(tmp_path)
    for reviewer, key in (("ana", "a"), ("ben", "r")):
        with served(project, "--reviewer", reviewer) as server:
            desk = Desk(browser, server.url)
            desk.page.locator("#decided", has_text=re.compile("^0 of")).wait_for()  # nobody sees the other's decisions
            desk.go_to("pledged")
            desk.press(key)
            desk.said("Saved")
            desk.go_to("condemned")
            desk.press("e")
            desk.field("event_type").select_option("REJECT" if reviewer == "ana" else "REQUEST")
            desk.press("Control+Enter")
            desk.said("Amended")
            assert desk.complaints == []
            desk.context.close()

    with served(project) as server:
        desk = Desk(browser, server.url)
        page = desk.page
        desk.row("pledged").click()
        page.locator(".card").get_by_role("link", name="Settle").click()
        desk.in_hand("pledged")
        page.locator("tr.differs", has_text="In the dataset").wait_for()
        assert page.locator("#agreement tbody tr", has_text="event_type").locator("td").nth(3).inner_text() == "0 %"
        desk.press("m")
        desk.type("1: no forecast")
        desk.press("Escape", "1")
        desk.said("ana’s coding is taken")
        desk.in_hand("condemned")
        desk.press("r")
        desk.said("the row is rejected")
        desk.press("u")
        desk.said("taken back")
        desk.press("e")
        desk.field("event_type").select_option("ASSAULT")
        desk.press("Control+Enter")
        desk.said("values of one’s own are taken")
        page.locator("#decided", has_text="2 of 2").wait_for()
        assert desk.complaints == []
        desk.context.close()

    lines = load_decisions(project, load_schemas(project.schemas))
    assert sorted((each.reviewer, each.settles) for each in lines if each.reviewer in ("ana", "ben")) == [
        ("ana", False), ("ana", False), ("ben", False), ("ben", False),
    ]  # fmt: skip
    assert [each.note for each in lines if each.settles and each.quote.exact.startswith("Norway")] == ["1: no forecast"]
    run(project, "build")
    with (project.dist / "events.csv").open(encoding="utf-8", newline="") as rows:
        events = {row["trigger"]: row["event_type"] for row in csv.DictReader(rows)}
    assert (events["condemned"], "pledged" in events) == ("ASSAULT", True)
