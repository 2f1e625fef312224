"""The remote in a real hand: a phone of 360 pixels presses, and the wall in the hall shows it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.house import House
from workshop.toolkit import Toolkit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 20_000
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LOCALES = {"bg": "bg-BG", "en": "en-GB"}


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory, ready_demo: Path) -> Iterator[House]:
    database = shutil.copy(ready_demo, tmp_path_factory.mktemp("remote") / "sedyanka.db")
    house = House(database=str(database), demo=True).start()
    yield house
    house.stop()


def enter(house: House, browser: Browser, language: str, scheme: str, path: str) -> Page:
    """Open a page of the staff on a phone, signing in on the way."""
    context = browser.new_context(
        locale=LOCALES[language], viewport={"width": 360, "height": 640}, has_touch=True,
        is_mobile=True, color_scheme=scheme, base_url=house.url,
    )  # fmt: skip
    page = context.new_page()
    page.goto(path)
    name, password = house.name_and_password
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("form[action='/staff'] button")
    page.wait_for_url("**/staff")  # a first password asks for one's own
    page.goto(path)
    return page


def check(page: Page, name: str) -> None:
    """Let axe look, and keep a picture where somebody asked for it."""
    from axe_playwright_python.sync_playwright import Axe

    folder = os.environ.get("SEDYANKA_TEST_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"remote-{name}.png"))
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    small = page.evaluate(
        "[...document.querySelectorAll('#remote button')].filter((one) => one.offsetHeight < 60)"
        ".map((one) => one.textContent)"
    )
    assert small == []


def wall_of(context: BrowserContext, house: House, short_name: str) -> Page:
    page = context.new_page()
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"{house.url}/wall?w={short_name}&language=en")
    page.locator(".hall .stage").first.wait_for(timeout=PATIENCE)
    return page


@pytest.mark.parametrize(("language", "scheme"), [("bg", "light"), ("en", "dark")])
def test_a_thumb_runs_the_stage_and_the_wall_follows(
    house: House, browser: Browser, language: str, scheme: str
) -> None:
    with Toolkit.open(house.database, write=False) as toolkit:
        series = toolkit.library.all_series()[0]
        (tried,) = [one for one in toolkit.library.workshops(series.id) if not one.finished]
    name = f"{language}-{scheme}"
    page = enter(house, browser, language, scheme, f"/staff/remote/{tried.code}")
    page.locator("form.clock").first.wait_for()
    check(page, f"open-{name}")
    wall = wall_of(page.context, house, tried.short_name)
    wall.locator(".tag.open").first.wait_for(timeout=PATIENCE)
    began = time.monotonic()
    page.bring_to_front()
    page.click("form.on button")
    wall.locator(".tag.wait").first.wait_for(timeout=PATIENCE)
    print(f"on the wall after {time.monotonic() - began:.2f} s")
    page.click("form.on button")
    page.locator("input[name=sure]").wait_for(state="attached")
    check(page, f"armed-{name}")
    page.click("form.on button")
    wall.locator(".tag.done").first.wait_for(timeout=PATIENCE)
    page.locator("form.back button").wait_for()
    check(page, f"result-{name}")
    page.context.close()


def test_it_follows_another_facilitator_and_a_changed_button_rests(
    house: House, browser: Browser
) -> None:
    with Toolkit.open(house.database, write=False) as toolkit:
        series = toolkit.library.all_series()[0]
        (tried,) = [one for one in toolkit.library.workshops(series.id) if not one.finished]
    path = f"/staff/remote/{tried.code}"
    page, other = (enter(house, browser, "en", "light", path) for _ in range(2))
    before = page.input_value("form.on input[name=key]")
    other.click("form.on button")
    page.wait_for_selector(f"form.on input[name=key]:not([value='{before}'])", state="attached")
    assert page.inner_text("#now") == "locked"
    page.route("**/staff/remote/**", lambda route: route.abort())
    page.wait_for_selector("#lost:not(:empty)", timeout=PATIENCE)
    assert page.inner_text("#lost").startswith("Connection lost since ")
    page.unroute_all()
    page.wait_for_selector("#lost:empty", state="attached", timeout=PATIENCE)
    for one in (page, other):
        one.context.close()
