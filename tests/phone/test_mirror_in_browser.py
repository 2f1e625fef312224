"""The mirror of the wall in real hands: it follows by itself, says what changed, and never lies."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.phone.conftest import Hall
from tests.phone.test_in_browser import Take, check, join, take
from tests.phone.test_results import BLOCKS
from workshop.language import Multilingual, say
from workshop.model import StageState

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["take"]
pytestmark = pytest.mark.browser
SHOWN = {
    "bg": {
        "lobby": "Екранът показва как да се включите.",
        "open": "„Силни и слаби“: сега участниците пишат.",
        "locked": "„Силни и слаби“: вече не се приемат отговори. Подреждаме ги.",
    },
    "en": {
        "lobby": "The wall shows how to join.",
        "open": "Strong and weak: people are writing now.",
        "locked": "Strong and weak: no more entries. We are sorting.",
    },
}


def open_wall(page: Page, hall: Hall) -> None:
    """Join and follow the quiet link."""
    join(page, hall)
    page.click(f'a[href="{hall.here}/wall"]')
    page.wait_for_url("**/wall")


def says(page: Page, sentence: str) -> None:
    """Wait until the line that is read out says so."""
    page.wait_for_selector(f"#said:text-is({json.dumps(sentence, ensure_ascii=False)})")


def picture(page: Page, name: str) -> None:
    """Keep a picture for people, where one asked for it."""
    folder = os.environ.get("SEDYANKA_TEST_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"mirror-{name}.png"), full_page=True)


def move(hall: Hall, stage_id: str, state: str) -> None:
    hall.toolkit.agenda.move(None, stage_id, StageState(state))


@pytest.mark.parametrize(
    ("language", "scheme"), [("bg", "light"), ("en", "dark"), ("bg", "dark"), ("en", "light")]
)
def test_it_follows_the_wall_by_itself_and_is_open_to_everybody(
    hall: Hall, take: Take, language: str, scheme: str
) -> None:
    question = Multilingual(bg="Какво ни е силно?", en="What are we good at?")
    stage = hall.stage(minutes=5, question=question)
    page = take(language, color_scheme=scheme)
    words, name = SHOWN[language], f"{language}-{scheme}"
    open_wall(page, hall)
    says(page, words["lobby"])
    check(page)
    picture(page, f"lobby-{name}")
    move(hall, stage.id, "open")
    says(page, words["open"])
    page.wait_for_selector("#clock b")
    writer = hall.phone(language)
    writer.join()
    writer.write("Добра библиотека с много книги")
    page.wait_for_selector(".all b:text-is('1')")
    check(page)
    picture(page, f"open-{name}")
    move(hall, stage.id, "locked")
    says(page, words["locked"])
    assert "библиотека" not in page.content()
    move(hall, stage.id, "revealed")
    page.wait_for_selector("main .block")
    assert "библиотека" in page.inner_text("main")
    check(page)
    picture(page, f"result-{name}")


def test_a_count_changes_in_its_place_and_is_not_read_out(hall: Hall, take: Take) -> None:
    hall.open_stage()
    page = take("en")
    open_wall(page, hall)
    says(page, SHOWN["en"]["open"])
    page.evaluate(
        "() => { window.told = []; new MutationObserver(() => told.push(1))"
        ".observe(document.getElementById('said'), {childList: true, characterData: true,"
        " subtree: true}); document.querySelector('h1').focus(); window.head ="
        " document.querySelector('h1'); }"
    )
    writer = hall.phone()
    writer.join()
    writer.write("Something")
    page.wait_for_selector(".all b:text-is('1')")
    assert page.evaluate("window.told.length") == 0
    assert page.evaluate("document.activeElement === window.head"), "who reads keeps the place"


def test_without_scripts_a_link_shows_what_is_new_and_the_page_says_of_when_it_is(
    hall: Hall, take: Take
) -> None:
    stage = hall.stage()
    page = take("en", java_script_enabled=False)
    open_wall(page, hall)
    assert page.is_visible("text=This is how the wall was at")
    hall.move(stage, "open")
    page.click("text=See what is new")
    assert page.inner_text("#said") == SHOWN["en"]["open"]
    assert page.is_visible("text=This is how the wall was at")


def test_a_lost_connection_is_said_and_figures_that_may_be_stale_are_put_away(
    hall: Hall, take: Take
) -> None:
    stage = hall.open_stage(minutes=5)
    page = take("en")
    page.route("**/wall/events**", lambda route: route.abort())  # an open stream stays open
    open_wall(page, hall)
    says(page, SHOWN["en"]["open"])
    page.wait_for_selector(".all b")
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('online'))")
    line = page.wait_for_selector("#lost", timeout=40_000)
    assert line is not None
    assert line.inner_text().startswith("Connection lost since ")
    assert not page.is_visible(".all b")
    assert not page.is_visible("#clock")
    check(page)
    picture(page, "lost")
    move(hall, stage.id, "locked")
    page.context.set_offline(False)
    says(page, SHOWN["en"]["locked"])
    page.wait_for_selector("#lost", state="detached")
    assert page.is_visible(".all b")


def test_where_events_are_cut_off_it_asks(hall: Hall, take: Take) -> None:
    stage = hall.stage()
    page = take("en")
    page.route("**/wall/events**", lambda route: route.abort())
    open_wall(page, hall)
    move(hall, stage.id, "open")
    says(page, SHOWN["en"]["open"])


@pytest.mark.parametrize("language", ["bg", "en"])
def test_at_twice_the_size_nothing_is_lost(hall: Hall, take: Take, language: str) -> None:
    hall.open_stage(minutes=5)
    page = take(language, viewport={"width": 320, "height": 480})
    open_wall(page, hall)
    says(page, SHOWN[language]["open"])
    page.evaluate("document.documentElement.style.fontSize = '36px'")
    check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    picture(page, f"large-{language}")


def test_every_kind_of_result_is_open_to_everybody(
    hall: Hall, take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = hall.open_stage()
    hall.move(stage, "locked", "revealed")
    monkeypatch.setattr(hall.toolkit.results, "tell", lambda _: list(BLOCKS))
    page = take("en")
    open_wall(page, hall)
    titled = [at for at, one in enumerate(BLOCKS) if getattr(one, "title", "")]
    for table in (False, True):
        for view, at in enumerate(titled):
            hall.toolkit.walls.turn(hall.workshop.id, stage.id, view, table=table, anchor=at)
            title = say(BLOCKS[at].title, "en")  # type: ignore[union-attr]
            page.wait_for_selector(f"main h2:text-is({json.dumps(title)})")
            check(page)
            picture(page, f"kind-{at}-{'table' if table else 'drawn'}")
