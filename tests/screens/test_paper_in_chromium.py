"""The typing screen in a real browser: a stack of ballots with the keyboard alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.house import House
from workshop.language import Multilingual
from workshop.model import Role, StageState
from workshop.toolkit import StageDraft, Toolkit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 20_000
PASSWORD = "correct horse battery"


def furnish(database: str) -> None:
    with Toolkit.open(database) as toolkit:
        series = toolkit.library.create_series(
            None, short_name="lozen", municipality=Multilingual("Лозен", "Lozen"),
            theme=Multilingual("Участие", "Taking part"),
        )  # fmt: skip
        options = {"options": "Транспорт\nДанни\nМладежки съвет"}
        shop = toolkit.library.create_workshop(
            None, series.id, title=Multilingual("Среща", "Meeting"), day=date(2026, 12, 3),
            stages=[StageDraft(exercise="dots", settings=options)],
        )  # fmt: skip
        (stage,) = toolkit.agenda.stages(shop.id)
        toolkit.agenda.move(None, stage.id, StageState.open)
        toolkit.accounts.create(None, "Fani", Role.facilitator, PASSWORD)


def counts(page: Page, n: int) -> None:
    """Wait until the page says so, and look where the next key would go."""
    page.get_by_text(f"Typed in this stage: {n}", exact=True).wait_for(timeout=PATIENCE)
    field = page.get_by_label("Dots", exact=True)
    page.wait_for_function("one => one.value === ''", arg=field.element_handle(), timeout=PATIENCE)
    assert field.evaluate("one => one === document.activeElement")


def test_a_stack_needs_no_mouse_between_two_ballots(tmp_path: Path, browser: Browser) -> None:
    database = str(tmp_path / "paper.db")
    furnish(database)
    house = House(database).start()
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        page.goto(f"{house.url}/staff")
        page.fill("#name", "Fani")
        page.fill("#password", PASSWORD)
        page.click("form[action='/staff'] button")
        page.wait_for_url("**/?**")  # in, and led to the cockpit
        page.goto(f"{house.url}/paper?language=en")
        page.get_by_label("Dots", exact=True).click(timeout=PATIENCE)
        for n, typed in enumerate(("3 3 1", "2", "1 2 3", "1"), 1):
            page.keyboard.type(typed)
            page.keyboard.press("Enter")
            counts(page, n)
        page.keyboard.press("Alt+z")
        counts(page, 3)
        page.keyboard.type("9")
        page.keyboard.press("Enter")
        page.get_by_text("There is no option 9").wait_for(timeout=PATIENCE)
        assert page.get_by_label("Dots", exact=True).input_value() == "9"
    finally:
        context.close()
        house.stop()
