"""The hall before people come, in a real browser: the staff's page, a phone, and the wall."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.house import House
from tests.screens.test_wall_in_chromium import (
    CUT_WARNING,
    OVERFLOWING,
    SMALL,
    WALL,
    _faults,
    _local,
)
from workshop.model import Series, Workshop
from workshop.toolkit import Check, Toolkit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GOOD = ".sed-checks .good"
STEPS = """() => [...document.querySelectorAll('.wall .steps *')].filter(one =>
    one.scrollWidth > one.clientWidth + 2 && getComputedStyle(one).display !== 'inline')
    .map(one => one.className + ' ' + one.innerText.slice(0, 60))"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, ready_demo: Path) -> Iterator[House]:
    database = shutil.copy(ready_demo, tmp_path_factory.mktemp("hall") / "sedyanka.db")
    house = House(database=str(database), demo=True).start()
    yield house
    house.stop()


@pytest.fixture(scope="module")
def trial(house: House) -> tuple[Series, Workshop]:
    with Toolkit.open(house.database, write=False) as toolkit:
        series = toolkit.library.all_series()[0]
        known = toolkit.library.workshops(series.id)
        return series, next(one for one in known if not one.finished)


@pytest.fixture
def door(house: House, browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Open browsers of staff; nothing outside may be asked for."""
    outside: list[str] = []
    opened: list[BrowserContext] = []

    def enter(**wishes: Any) -> BrowserContext:
        wishes.setdefault("timezone_id", "Europe/Sofia")
        context = browser.new_context(**wishes)
        opened.append(context)
        context.on("request", lambda one: _local(one.url) or outside.append(one.url))
        context.on("weberror", lambda problem: pytest.fail(str(problem.error)))
        page = context.new_page()
        name, password = house.name_and_password
        page.goto(f"{house.url}/staff")
        page.fill("#name", name)
        page.fill("#password", password)
        page.click("form[action='/staff'] button")
        page.wait_for_url("**/staff")
        page.close()
        return context

    yield enter
    for context in opened:
        context.close()
    assert not outside


def look(context: BrowserContext, house: House, trial: tuple[Series, Workshop], lang: str) -> Page:
    """Open the staff's page and wait until this browser has found its way."""
    series, workshop = trial
    page = context.new_page()
    asked = f"series={series.short_name}&workshop={workshop.short_name}&language={lang}"
    page.goto(f"{house.url}/hall?{asked}")
    page.locator(".sed-try").wait_for(timeout=30_000)
    return page


def going_on(house: House, trial: tuple[Series, Workshop]) -> Check:
    with Toolkit.open(house.database, write=False) as toolkit:
        check = toolkit.arrivals.check_of(trial[1].id)
    assert check is not None
    return check


@pytest.mark.parametrize(
    ("lang", "size", "words"),
    [
        ("en", (1280, 720), ("opens in", "as it happens", "agree", "is this computer's")),
        ("bg", (1920, 1080), ("се отваря за", "веднага", "са сверени", "на този компютър")),
    ],
)
def test_the_page_finds_its_own_way_and_everybody_can_read_it(
    house: House,
    trial: tuple[Series, Workshop],
    door: Callable[..., BrowserContext],
    lang: str,
    size: tuple[int, int],
    words: tuple[str, ...],
) -> None:
    context = door(viewport={"width": size[0], "height": size[1]})
    page = look(context, house, trial, lang)
    for one in words:
        page.locator(GOOD).filter(has_text=one).first.wait_for(timeout=20_000)
    assert not page.locator(".sed-checks .bad").filter(has_not_text="127.0.0.1").count()
    assert not _faults(page)
    page.set_viewport_size({"width": 360, "height": 640})
    page.wait_for_function("document.querySelector('.sed-try').clientWidth < 330")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_wrong_clock_and_another_time_of_day_are_said(
    house: House, trial: tuple[Series, Workshop], door: Callable[..., BrowserContext]
) -> None:
    context = door(timezone_id="America/New_York")
    context.add_init_script("const right = Date.now; Date.now = () => right() - 600000;")
    page = look(context, house, trial, "en")
    page.locator(".sed-checks .care").filter(has_text="600 s behind").wait_for(timeout=20_000)
    zone = page.locator(".sed-checks .care").filter(has_text="America/New_York")
    assert "Europe/Sofia" in zone.inner_text()


@pytest.mark.parametrize("scripts", [False, True], ids=["without a script", "with its script"])
def test_a_phone_that_scans_the_code_appears_on_the_page_by_itself(
    house: House,
    trial: tuple[Series, Workshop],
    door: Callable[..., BrowserContext],
    browser: Browser,
    scripts: bool,
) -> None:
    page = look(door(), house, trial, "en")
    old = going_on(house, trial).ticket
    page.get_by_role("button", name="Look again").click()
    shown = page.locator("p").filter(has_text="/j/hall/").filter(has_not_text=old)
    shown.wait_for(timeout=20_000)
    link = f"http://{shown.inner_text()}"
    page.get_by_text("No phone has come yet.").wait_for(timeout=20_000)
    held = browser.new_context(
        java_script_enabled=scripts, locale="bg-BG", viewport={"width": 360, "height": 640}
    )
    phone = held.new_page()
    phone.goto(link)
    assert phone.locator("h1").inner_text() == "Този телефон стига дотук"
    page.get_by_text("somebody came from this computer").wait_for(timeout=10_000)
    if scripts:
        assert not _faults(phone)
        phone.wait_for_timeout(2_000)
        [came] = going_on(house, trial).arrivals
        assert came.gap is not None
        assert came.gap > 0.1
        assert came.drift is not None
        assert abs(came.drift) < 5
    held.close()


@pytest.mark.parametrize(
    ("look_", "size"),
    [("language=en&look=dark", (1920, 1080)), ("language=both", (1280, 720))],
    ids=["en dark full hd", "both languages small"],
)
def test_the_wall_shows_two_steps_that_fit_and_drops_the_first_when_it_is_taken_off(
    house: House,
    trial: tuple[Series, Workshop],
    door: Callable[..., BrowserContext],
    look_: str,
    size: tuple[int, int],
) -> None:
    context = door(viewport={"width": 1366, "height": 900})
    page = look(context, house, trial, "en")
    page.get_by_label("Network", exact=True).fill("Общинска зала 1")
    page.get_by_label("Password").fill("W" * 63)
    page.get_by_role("button", name="Show it on the wall").click()
    page.get_by_role("button", name="Take it off the wall").wait_for(timeout=20_000)
    cockpit = context.new_page()
    cockpit.goto(f"{house.url}/?series={trial[0].short_name}&workshop={trial[1].short_name}")
    lobby = cockpit.locator(".st-key-show-lobby button")
    lobby.wait_for(timeout=20_000)
    if lobby.is_enabled():
        lobby.click()
    wall = context.new_page()
    wall.set_viewport_size({"width": size[0], "height": size[1]})
    wall.goto(f"{house.url}/wall?w={trial[1].short_name}&{look_}")
    wall.locator(f"{WALL} .steps .qr img").nth(1).wait_for(timeout=20_000)
    wall.wait_for_function("[...document.images].every(one => one.complete)")
    assert wall.locator(f"{WALL} .facts dd").all_inner_texts() == ["Общинска зала 1", "W" * 63]
    for found in (OVERFLOWING, SMALL, STEPS):
        assert not wall.evaluate(found)
    assert not wall.evaluate(CUT_WARNING)
    for code in wall.locator(f"{WALL} .steps .qr").all():
        box = code.bounding_box()
        assert box is not None
        assert box["height"] > size[1] * 0.45  # a phone reads it from ten times its width
    assert not _faults(wall)
    page.get_by_role("button", name="Take it off the wall").click()
    wall.locator(f"{WALL} .lobby:not(.steps)").wait_for(timeout=20_000)
