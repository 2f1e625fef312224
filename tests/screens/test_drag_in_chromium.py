"""Cards are dragged with a mouse in a real browser, and ticked with the keyboard as before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.house import House
from workshop.language import Multilingual
from workshop.model import Id, Role, StageState
from workshop.toolkit import StageDraft, Toolkit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 30_000
NAME, PASSWORD = "Fani", "correct horse battery"


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    database = str(tmp_path_factory.mktemp("drag") / "sedyanka.db")
    with Toolkit.open(database) as toolkit:
        _furnish(toolkit)
    house = House(database=database).start()
    yield house
    house.stop()


def _furnish(toolkit: Toolkit) -> None:
    toolkit.accounts.create(None, NAME, Role.facilitator, PASSWORD)
    series = toolkit.library.create_series(
        None,
        short_name="drag",
        municipality=Multilingual(en="Brezovo pole"),
        theme=Multilingual(en="Participation"),
    )
    shop = toolkit.library.create_workshop(
        None,
        series.id,
        title=Multilingual(en="First"),
        day=date(2026, 12, 3),
        stages=[StageDraft(exercise="swot")],
    )
    group = toolkit.library.groups(series.id)[0].id
    (stage,) = toolkit.agenda.stages(shop.id)
    toolkit.agenda.move(None, stage.id, StageState.open)
    for nth, (kind, words) in enumerate([("W", "Old site"), ("W", "No money"), ("T", "Storms")]):
        person = toolkit.people.join(shop.code, group_id=group, key=f"p{nth}").participant
        answers = {"kind": kind, "text": words}
        toolkit.entries.contribute(person.id, stage.id, answers, f"k{nth}").result()


@pytest.fixture
def board(house: House, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{house.url}/staff")
    page.fill("#name", NAME)
    page.fill("#password", PASSWORD)
    page.click("form[action='/staff'] button")
    page.wait_for_url("**/?series*", timeout=PATIENCE)
    page.goto(f"{house.url}/sort?language=en")
    page.locator("[class*=st-key-card-]").nth(2).wait_for(timeout=PATIENCE)
    yield page
    context.close()


def stored(house: House) -> dict[int, tuple[Id | None, str]]:
    """Return by number where each card was merged to and filed."""
    with Toolkit.open(house.database, write=False) as toolkit:
        (stage,) = toolkit.agenda.stages(
            toolkit.library.workshops(toolkit.library.all_series()[0].id)[0].id
        )
        found = toolkit.results.contributions(stage.id)
    return {one.number: (one.into, one.shelf) for one in found}


def drag(page: Page, source: str, onto: str) -> None:
    """Drag with the mouse as a hand does."""
    for _ in range(PATIENCE // 100):  # the page's policy forbids what would wait inside it
        if page.evaluate("document.sedyankaDrag?.signal.aborted === false"):
            break
        page.wait_for_timeout(100)
    for selector, then in ((source, page.mouse.down), (onto, page.mouse.up)):
        box = page.locator(f"{selector} >> nth=0").bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2, steps=8)
        then()
    page.locator(".sed-ghost").wait_for(state="detached", timeout=PATIENCE)


def test_a_card_is_dragged_ticked_by_keyboard_and_all_is_undone_by_key(
    house: House, board: Page
) -> None:
    def card(words: str) -> str:
        return f"[class*=st-key-card-]:has-text('{words}')"

    drag(board, card("Storms"), ".st-key-shelf-W .sed-h")
    told = board.locator(".st-key-undo").first
    told.get_by_text("Undo: moving No. 3").wait_for(timeout=PATIENCE)
    assert stored(house)[3] == (None, "W")
    drag(board, card("No money"), card("Old site"))
    told.get_by_text("Undo: merging No. 2 into No. 1").wait_for(timeout=PATIENCE)
    assert stored(house)[2][0] is not None
    board.locator(f"{card('Old site')} input").focus()
    board.keyboard.press("Space")
    board.get_by_text("1 card picked").wait_for(timeout=PATIENCE)
    assert board.locator(f"{card('Old site')} input:focus:checked").count() == 1
    board.wait_for_timeout(800)  # keys rest a moment between two presses
    board.keyboard.press("z")
    told.get_by_text("Undo: moving No. 3").wait_for(timeout=PATIENCE)
    board.wait_for_timeout(800)
    board.keyboard.press("z")
    told.get_by_text("Undo: opening").wait_for(timeout=PATIENCE)
    assert set(stored(house).values()) == {(None, "")}
