"""No page has a serious accessibility fault that axe-core finds, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scorer.copies import official_workbook
from scorer.web.clerk import example_form
from tests.browser import BROWSER
from tests.webserver import running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    BROWSER,
    pytest.mark.skipif(not AXE.is_file(), reason="没有装 axe-core（需要 npm），无障碍不测"),
]
SCREENS = {"desk": (1366, 768), "phone": (390, 800)}
LAID_OUT_ANEW = ("home", "draft", "ranking")  # on a phone; the others only get narrower


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("axe") / "store.db") as address:
        yield address


@pytest.fixture(scope="module")
def pages(browser: Browser, server: str) -> dict[str, str]:
    """Every kind of page by name, its address."""
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.goto(server)
    page.click("text=看一个示例")
    page.wait_for_url("**/draft/**")
    draft = page.url
    page.goto(f"{server}/bureau")
    book = official_workbook([example_form()])
    page.set_input_files("#file", {"name": "报送.xlsx", "mimeType": "", "buffer": book})
    page.wait_for_selector("table.rank")
    batch = page.url
    form = page.locator("table.rank a[href*='/form/']").first.get_attribute("href")
    page.close()
    return {
        "home": server,
        "draft": draft,
        "bureau": f"{server}/bureau",
        "ranking": batch,
        "bureau form": f"{server}{form}",
        "rules": f"{server}/rules",
        "rule": f"{server}/rules/M201",
        "api": f"{server}/api/docs",
        "lost": f"{server}/nowhere",
    }


@pytest.mark.parametrize("screen", SCREENS)
def test_no_serious_fault(screen: str, browser: Browser, pages: dict[str, str]) -> None:
    width, height = SCREENS[screen]
    # The check is put in from outside the page, whose own policy allows no foreign script.
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=True)
    page = context.new_page()
    chosen = LAID_OUT_ANEW if screen == "phone" else pages
    faults = {name: faults_of(page, pages[name]) for name in chosen}
    context.close()
    assert not any(faults.values()), faults


def faults_of(page: Page, address: str) -> list[str]:
    page.goto(address)
    page.add_script_tag(path=AXE)
    page.evaluate(
        "() => document.querySelectorAll('details').forEach(node => { node.open = true; })"
    )
    if page.locator("#paper textarea").count():
        page.locator("#paper td.cell[data-numbers] textarea").first.focus()
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes'][:3]]} "
        f"{v['nodes'][0].get('failureSummary', '')}"
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]
