"""The keys of the cockpit in a real browser: they act, and are silent while somebody types."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.house import House
from workshop.toolkit import Toolkit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 20_000


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory, ready_demo: Path) -> Iterator[House]:
    database = shutil.copy(ready_demo, tmp_path_factory.mktemp("keys") / "sedyanka.db")
    house = House(database=str(database), demo=True).start()
    yield house
    house.stop()


@pytest.fixture
def cockpit(house: House, browser: Browser) -> Iterator[Page]:
    """Open the cockpit of the workshop in which something is open."""
    with Toolkit.open(house.database, write=False) as toolkit:
        series = toolkit.library.all_series()[0]
        (tried,) = [one for one in toolkit.library.workshops(series.id) if not one.finished]
    context = browser.new_context(locale="en-GB", viewport={"width": 1366, "height": 768})
    page = context.new_page()
    name, password = house.name_and_password
    page.goto(f"{house.url}/staff")
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("form[action='/staff'] button")
    page.wait_for_url("**/staff")
    page.goto(f"{house.url}/?series={series.short_name}&workshop={tried.short_name}&language=en")
    page.locator(".sed-clock").wait_for(timeout=PATIENCE)
    yield page
    context.close()


def test_keys_run_the_stage_and_nothing_happens_while_somebody_types(cockpit: Page) -> None:
    keys = cockpit.keyboard
    cockpit.locator("[data-testid=stSelectbox] input").last.focus()
    for key in ("p", "2", "PageDown"):
        keys.press(key)
    keys.press("Escape")
    cockpit.locator("h1.sed-title").click()
    keys.press("p")
    paused = cockpit.locator(".sed-clock.paused")
    paused.wait_for(timeout=PATIENCE)
    stood = paused.locator("b").inner_text()
    assert int(stood.split(":")[0]) < 10, "a 2 typed into a field gave time"
    cockpit.wait_for_timeout(800)  # keys rest a moment between two presses
    keys.press("2")
    minutes, seconds = stood.split(":")
    more = re.compile(rf"^{int(minutes) + 2}:{seconds}$")
    paused.locator("b").filter(has_text=more).wait_for(timeout=PATIENCE)
    assert _faults(cockpit) == []
    cockpit.wait_for_timeout(800)
    keys.press("PageDown")
    cockpit.locator("[class*=st-key-onward-revealed]").wait_for(timeout=PATIENCE)
    cockpit.wait_for_timeout(800)
    keys.press("ArrowRight")
    cockpit.locator(".sed-armed").wait_for(timeout=PATIENCE)
    cockpit.wait_for_timeout(800)
    keys.press("PageDown")
    cockpit.locator("[class*=st-key-onward-closed]").wait_for(timeout=PATIENCE)
    keys.press("h")
    listed = cockpit.locator(".sed-keys")
    listed.wait_for(timeout=PATIENCE)
    place, fold = listed.bounding_box(), cockpit.locator(".sed-warning").bounding_box()
    assert place
    assert fold
    assert place["y"] + place["height"] < fold["y"], "below the fold"
    assert _faults(cockpit) == []


def _faults(page: Page) -> list[str]:
    found = _seen(page)
    if found:  # what Streamlit is about to replace is pale for a moment, and may be seen so
        page.wait_for_timeout(2_000)
        found = _seen(page)
    return found


def _seen(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
