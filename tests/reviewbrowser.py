"""The review page in a real browser: a server in a process of its own, and what a person does on its page."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tablewright.decision import Decision
from tablewright.decisions import load_decisions
from tablewright.paths import Project
from tablewright.schemafile import load_schemas

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SERVE = [sys.executable, "-c", "from tablewright.cli import main; main()", "review", "--serve"]
PATIENCE = 15_000  # ms; a busy machine may be slow, a condition that never holds is a failure

# The span of the nth place of words in the text, on the screen: where a person begins and ends to drag.
_PLACE = """([words, nth]) => {
  const host = document.getElementById("words");
  const walker = document.createTreeWalker(host, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  while (walker.nextNode()) { nodes.push([text.length, walker.currentNode]); text += walker.currentNode.data; }
  let at = -1;
  for (let i = 0; i < nth; i += 1) at = text.indexOf(words, at + 1);
  if (at < 0) throw new Error(`${words} is not on the page`);
  const find = (unit, last) => nodes.findLast(([from]) => (last ? from < unit : from <= unit));
  const [first, second] = [find(at, false), find(at + words.length, true)];
  const range = document.createRange();
  range.setStart(first[1], at - first[0]);
  range.setEnd(second[1], at + words.length - second[0]);
  range.startContainer.parentElement.scrollIntoView({ block: "center" });
  const boxes = [...range.getClientRects()];
  const [one, other] = [boxes[0], boxes.at(-1)];
  return [one.left, (one.top + one.bottom) / 2, other.right, (other.top + other.bottom) / 2];
}"""


class Served:
    """A server in a process of its own."""

    def __init__(self, process: subprocess.Popen[str], line: str) -> None:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/([\w-]+)/", line)
        assert found is not None, line
        self.process, self.url, self.port, self.token = process, found[0], int(found[1]), found[2]


@contextmanager
def served(project: Project, *arguments: str) -> Iterator[Served]:
    """`tablewright review --serve` of the project, killed at the end of the block."""
    command = [*SERVE, "-C", str(project.root), "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    try:
        assert process.stdout is not None
        yield Served(process, process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def decisions(project: Project) -> dict[str, Decision]:
    """The decisions in source/review/ by the label that tests know their rows by: what the words say."""
    return {each.quote.exact or each.row_id: each for each in load_decisions(project, load_schemas(project.schemas))}


class Desk:
    """The page as a person sees it."""

    def __init__(self, browser: Browser, url: str, **context: Any) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 860}, **context)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        self.page.goto(url)
        self.page.locator("#list [role=option]").first.wait_for()

    def row(self, words: str) -> Locator:
        """The row of the list that says these words."""
        return self.page.locator("#list [role=option]", has_text=words).first

    def in_hand(self, words: str) -> None:
        """Waits until the row in hand says these words, and the keyboard is on it."""
        self.page.locator("#list [role=option][aria-selected=true]:focus", has_text=words).wait_for()

    def go_to(self, words: str) -> None:
        """Goes to a row by the keyboard, from the top of the list."""
        self.page.keyboard.press("l")
        for key in ("k", "j"):
            for _ in range(self.page.locator("#list [role=option]").count()):
                if words in self.page.locator("#list [aria-selected=true]").inner_text():
                    return
                self.page.keyboard.press(key)
        assert words in self.page.locator("#list [aria-selected=true]").inner_text()

    def said(self, words: str) -> None:
        """Waits until the line of state says these words."""
        self.page.locator("#said", has_text=words).wait_for()

    def told(self, words: str) -> Locator:
        """Waits until a banner says these words."""
        found = self.page.locator(".banner", has_text=words)
        found.wait_for()
        return found

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def field(self, name: str) -> Locator:
        """The control of a column in the open form."""
        return self.page.locator(f".form [data-field={name}] :is(input, select, textarea)").first

    def select_words(self, words: str, nth: int = 1) -> None:
        """Selects words of the text with the mouse."""
        left, top, right, bottom = self.page.evaluate(_PLACE, [words, nth])
        self.page.mouse.move(left + 1, top)
        self.page.mouse.down()
        self.page.mouse.move(right - 1, bottom, steps=4)
        self.page.mouse.up()

    def choose_actor(self, name: str, typed: str) -> None:
        """Types into a column of actors and takes the first that is offered."""
        self.field(name).focus()
        self.type(typed)
        self.page.locator(f".form [data-field={name}] [role=listbox] [role=option]").first.wait_for()
        self.press("Enter")
