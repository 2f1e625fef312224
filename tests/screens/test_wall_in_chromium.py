"""The wall in a real browser, on the demo series: it fits, it is large enough, it is accessible."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.house import House
from workshop.toolkit import Toolkit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WALL = ".hall.full:not(.over) > .wall"
OVERFLOWING = """() => [...document.querySelectorAll(
    '.wall .body, .wall .foot, .wall .quadrant, .wall .cards, .wall table, .wall .lobby > div')]
    .filter(one => one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2)
    .map(one => one.className + ' ' + one.innerText.slice(0, 60))"""
SMALL = """() => {
    const wall = document.querySelector('.hall.full:not(.over) > .wall');
    const unit = wall.clientHeight / 1080;
    const found = [], walker = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const size = parseFloat(getComputedStyle(walker.currentNode.parentElement).fontSize) / unit;
        if (walker.currentNode.textContent.trim() && size < 27.5)
            found.push(Math.round(size) + ': ' + walker.currentNode.textContent.slice(0, 40));
    }
    return found;
}"""
LETTERS = """() => [...document.querySelectorAll('.hall.full .picture img')].map(one => {
    const wall = document.querySelector('.hall.full:not(.over) > .wall').clientHeight / 1080;
    const scale = Math.min(one.clientWidth / one.naturalWidth,
        one.clientHeight / one.naturalHeight);
    return 17 * scale * one.naturalWidth / 900 / wall;
})"""
"""How large the letters of a chart are: 17 of 900 in each picture."""


COVERED = """() => {
    const app = document.querySelector('.stApp').dataset;
    app.testConnectionState = 'DISCONNECTED';
    const bar = document.querySelector('.wall .lost').getBoundingClientRect();
    const under = [...document.querySelectorAll('.wall > .head *, .wall > .time, .wall > .body')]
        .filter(one => one.getBoundingClientRect().top < bar.bottom).map(one => one.className);
    app.testConnectionState = 'CONNECTED';
    return [bar.height > 20, ...under];
}"""
"""Whether the bar that says the connection is lost is there, and what it covers."""


CUT_WARNING = """() => [...document.querySelectorAll('.hall.full .warning')]
    .some(one => one.scrollHeight > one.clientHeight + 2)"""
"""Whether part of the sentence that opinions are invented is left out."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, ready_demo: Path) -> Iterator[House]:
    database = shutil.copy(ready_demo, tmp_path_factory.mktemp("wall") / "sedyanka.db")
    house = House(database=str(database), demo=True).start()
    yield house
    house.stop()


@pytest.fixture
def facilitator(house: House, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open pages as somebody who signed in; nothing outside may be asked for."""
    outside: list[str] = []
    context = browser.new_context(locale="bg-BG", viewport={"width": 1366, "height": 768})
    context.on("request", lambda one: _local(one.url) or outside.append(one.url))
    context.on("weberror", lambda problem: pytest.fail(str(problem.error)))
    page = context.new_page()
    name, password = house.name_and_password
    page.goto(f"{house.url}/staff")
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("form[action='/staff'] button")
    page.wait_for_url("**/staff")

    def visit(path: str, width: int = 1366, height: int = 768) -> Page:
        opened = context.new_page()
        opened.set_viewport_size({"width": width, "height": height})
        opened.goto(f"{house.url}{path}")
        return opened

    yield visit
    context.close()
    assert not outside


def _local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


def _ahead(page: Page) -> bool:
    """Turn to the next view; return whether there was one."""
    number = page.locator(f"{WALL} .page")
    if not number.count():
        return False
    place, _of, among = number.inner_text().split()
    if place == among:
        return False
    page.keyboard.press("PageDown")
    number.filter(has_text=re.compile(rf"^{int(place) + 1}\b")).wait_for(timeout=10_000)
    page.wait_for_function("[...document.images].every(one => one.complete)")
    return True


def _faults(page: Page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    rules = {
        "runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"],
        "resultTypes": ["violations"],
    }
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize(
    ("look", "size"),
    [("language=bg", (1920, 1080)), ("language=en&look=dark", (1280, 720))],
    ids=["bg light full hd", "en dark small"],
)
def test_every_view_of_the_demo_fits_and_can_be_read_from_the_last_row(
    house: House, facilitator: Callable[..., Page], look: str, size: tuple[int, int]
) -> None:
    with Toolkit.open(house.database, write=False) as toolkit:
        series = toolkit.library.all_series()[0]
        done = [one for one in toolkit.library.workshops(series.id) if one.finished]
        done = done if size[1] == 1080 else done[-1:]
        agendas = [(one, toolkit.agenda.stages(one.id)) for one in done]
    assert agendas
    for workshop, stages in agendas:
        wall = facilitator(f"/wall?w={workshop.short_name}&{look}", *size)
        cockpit = facilitator(f"/?series={series.short_name}&workshop={workshop.short_name}")
        for stage in stages:
            shown = cockpit.locator(f".st-key-show-{stage.id} button")
            shown.wait_for(timeout=20_000)
            if shown.is_enabled():
                shown.click()
            wall.locator(f"{WALL} .stage[data-stage='{stage.id}']").wait_for(timeout=20_000)
            wall.wait_for_timeout(500)
            _check(wall)
            while _ahead(wall):
                _check(wall)
        assert not _faults(wall)
        assert wall.evaluate(COVERED) == [True]
        wall.close()
        cockpit.close()


def _check(wall: Page) -> None:
    where = wall.locator(WALL).inner_text()[:200]
    assert not wall.evaluate(OVERFLOWING), where
    assert not wall.evaluate(SMALL), where
    assert not wall.evaluate(CUT_WARNING), where
    # Pictures as high as wide hold more than fits at 28; they stay above three quarters of it.
    tall: Any = wall.locator(".hall.full.tall").count()
    for letters in wall.evaluate(LETTERS):
        assert letters >= (21 if tall else 27.5), (letters, where)


def test_the_cockpit_moves_the_wall_within_two_seconds(
    house: House, facilitator: Callable[..., Page]
) -> None:
    with Toolkit.open(house.database, write=False) as toolkit:
        series = toolkit.library.all_series()[0]
        (tried,) = [one for one in toolkit.library.workshops(series.id) if not one.finished]
    wall = facilitator(f"/wall?w={tried.short_name}&language=bg", 1280, 720)
    cockpit = facilitator(f"/?series={series.short_name}&workshop={tried.short_name}&language=en")
    wall.locator(".hall.over .left").wait_for(timeout=20_000)
    # While Streamlit draws the page a second time, the old button may stand beside the new one.
    cockpit.get_by_role("button", name="Lock: no more entries").first.click(timeout=20_000)
    wall.locator(f"{WALL} .tag.wait").wait_for(timeout=2_000)
    assert not _faults(wall)
    assert not _faults(cockpit)
