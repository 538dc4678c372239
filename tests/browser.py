"""A real browser for tests: the system's chromium, driven by Playwright.

Without one (or without Playwright) a test that asks for it is skipped, and says why; with TABLEWRIGHT_BROWSER=required
in the environment it fails instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Root may not use the sandbox; shared memory is small in containers.
_ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


def find_browser() -> str | None:
    """The path of the system's chromium; None where there is none."""
    return next((path for path in map(shutil.which, _NAMES) if path), None)


@contextmanager
def open_browser(*arguments: str) -> Iterator[Browser]:
    """A headless browser, started with `arguments`, that ends with the block; skips the test, or fails it, where there
    is none.
    """
    path = find_browser()
    if path is None:
        _refuse("no chromium on this machine")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _refuse("Playwright is not installed (pip install '.[dev]')")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_ARGUMENTS, *arguments])
        try:
            yield browser
        finally:
            browser.close()


def _refuse(reason: str) -> None:
    if os.environ.get("TABLEWRIGHT_BROWSER") == "required":
        pytest.fail(f"{reason}, and TABLEWRIGHT_BROWSER=required")
    pytest.skip(reason)
