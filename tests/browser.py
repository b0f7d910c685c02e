"""The system's Chromium for tests of pages: `from tests.browser import BROWSER`.

Mark a test with ``@BROWSER`` and take the fixture ``browser`` (conftest.py hands it on); without Chromium (or Playwright)
such tests are skipped with a reason. One browser serves a test module.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
READY = CHROMIUM is not None and importlib.util.find_spec("playwright") is not None
BROWSER = pytest.mark.skipif(not READY, reason="没有 chromium 或 playwright，页面行为不测")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--hide-scrollbars")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A headless browser; open pages with ``browser.new_page(viewport=…)`` and close them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def soon(page: Page, read: Callable[[], object], wanted: object = True) -> None:
    """Assert that ``read()`` comes to give ``wanted``: a page follows a click a moment later."""
    for _ in range(200):
        if read() == wanted:
            return
        page.wait_for_timeout(50)
    assert read() == wanted
