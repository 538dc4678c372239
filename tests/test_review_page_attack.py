"""The review page under attack, in a real browser: script in every text, and other sites that know its address."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from browser import open_browser
from builders import make_project, run
from reviewbrowser import Desk, served
from tablewright.paths import Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EVIL = "<img src=x onerror=window.hit=1><script>window.hit=1</script>"
TEXT = f"""\
Norway {EVIL} Pledges

Norway pledged $20 million in humanitarian aid to Sudan {EVIL} on March 13. "We agree {EVIL} on the way forward," the
Norwegian Foreign Minister Espen Barth Eide said.

Switzerland condemned the attack. </script></textarea><svg onload=window.hit=1> &lt;script&gt; javascript:window.hit=1
"""
DATASET = f"""\
name: talks
title: "Talks {EVIL}"
version: 1.0.0
licence: CC-BY-4.0
creators: [Ana Roth]
documents:
  - file: evil.txt
    title: "Title {EVIL}"
    authors: ["Ana {EVIL}"]
    url: "javascript:window.hit=1"
    published_on: 2024-03-15
"""
ACTORS = f'actor_id,name,kind,country_code,affiliation_id,role_title,wikidata_id,aliases\nnorway,"Norway {EVIL}",country,NOR,,,,Norway\n'


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # A name that resolves to this machine, as an attacker's name server would have it.
    with open_browser("--host-resolver-rules=MAP evil.example 127.0.0.1") as found:
        yield found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("attack")
    made = make_project(root, {"evil.txt": TEXT}, DATASET, source__actors_csv=ACTORS)
    run(made, "build")
    return made


@contextmanager
def site(page: str) -> Iterator[str]:
    """A site of somebody else's on another port, with one page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name is the library's)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def files(project: Project) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in project.source.rglob("*.csv")}


def test_text_that_pretends_to_be_markup_stays_text(project: Project, browser: Browser) -> None:
    with served(project) as server:
        desk = Desk(browser, server.url)
        page = desk.page
        desk.go_to("AGREE")
        row_id = page.locator("#list [aria-selected=true]").get_attribute("data-row")
        desk.press("m")
        desk.type(EVIL)
        desk.press("Enter", "a")
        desk.said("Accepted")
        # A colleague's note and name, by way of the file; the page draws the row anew.
        run(project, "review", "reject", str(row_id), "--reviewer", f"ben {EVIL}", "--note", EVIL)
        desk.go_to("AGREE")
        page.locator(".card", has_text="ben <img").wait_for()
        desk.press("e")
        page.locator(".form .chips", has_text="<img").wait_for()
        desk.choose_actor("target", "norw")
        desk.press("Escape", "d")
        page.locator("#documents-list", has_text="Title <img").wait_for()
        desk.press("Escape")
        assert "<script>" in page.locator("#words").inner_text()
        assert page.locator("main img, main script, main svg, header img, a[href^=javascript]").count() == 0
        page.goto(f"{server.url}settle")
        page.locator(".codings", has_text="<script>").wait_for()
        assert page.locator("img, body script, svg").count() == 0
        assert page.evaluate("window.hit") is None
        assert desk.complaints == []
        desk.context.close()


def test_other_sites_can_neither_decide_nor_read_nor_frame(project: Project, browser: Browser) -> None:
    with served(project) as server:
        desk = Desk(browser, server.url)
        row_id = desk.page.locator("#list [role=option]").first.get_attribute("data-row")
        before = files(project)
        order = f'{{"row_id": "{row_id}", "verdict": "reject", "changes": {{}}, "note": null}}'
        # The worst case: the site knows the address with its token, and the reviewer has the page open beside it.
        attack = f"""<!doctype html><title>attack</title>
        <form id="form" method="post" enctype="text/plain" action="{server.url}api/decide" target="answer">
        <input name='{order[:-1]}, "x": "' value='"}}'></form><iframe name="answer"></iframe>
        <iframe id="frame" src="{server.url}"></iframe><script src="{server.url}api/project"></script>"""
        with site(attack) as address:
            page = desk.context.new_page()
            page.goto(address)
            tried = page.evaluate(
                """async ([url, body]) => {
                  const said = [];
                  for (const [mode, type] of [["cors", "application/json"], ["no-cors", "text/plain"], ["no-cors", "application/json"]]) {
                    try {
                      const answer = await fetch(`${url}api/decide`, { method: "POST", mode, body, headers: { "Content-Type": type } });
                      said.push(answer.type === "opaque" ? "opaque" : await answer.text());
                    } catch { said.push("refused"); }
                  }
                  try { said.push(await (await fetch(`${url}api/project`)).text()); } catch { said.push("refused"); }
                  return said;
                }""",
                [server.url, order],
            )
            assert set(tried) <= {"refused", "opaque"}
            with page.expect_response(lambda answer: answer.url.endswith("api/decide")) as answer:
                page.evaluate("document.getElementById('form').submit()")
            assert answer.value.status == 403
            # The frame holds the browser's own page of refusal, not ours.
            assert not any(frame.query_selector("#list") for frame in page.frames)
        # A name of the attacker's that leads to this machine.
        rebound = desk.context.new_page()
        answer_there = rebound.goto(server.url.replace("127.0.0.1", "evil.example"))
        assert answer_there is not None
        assert answer_there.status == 403
        # Without the token there is nothing either.
        bare = rebound.goto(f"http://127.0.0.1:{server.port}/")
        assert bare is not None
        assert bare.status == 404
        assert files(project) == before
        desk.press("a")
        desk.said("Accepted")  # the page itself works on
        desk.context.close()
