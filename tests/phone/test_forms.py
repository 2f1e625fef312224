"""Every exercise's form: scripted people can fill it in, and it reads well in both languages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from phone.app import Phones
from phone.guard import Guard
from tests.phone.conftest import Hall, streamlit
from tests.phone.test_in_browser import check, join
from tests.phone.test_rehearsal import rehearse
from tests.phone.test_results import Checker
from workshop import catalogue
from workshop.language import Multilingual
from workshop.model import StageDraft, StageState
from workshop.toolkit import Toolkit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXERCISES = catalogue.gather()
WITH_FORM = [key for key in EXERCISES if (catalogue.HOME / key / "phone.html").is_file()]


@pytest.fixture
def full_hall(hall: Hall, tmp_path: Path) -> Iterator[Hall]:
    """The hall with all exercises of the house, marked for rehearsal."""
    hall.toolkit.close()
    hall.toolkit = Toolkit.open(hall.toolkit.url, exercises=EXERCISES)
    third = Multilingual(bg="Читалище „Изгрев“", en="Sunrise centre")
    hall.toolkit.library.add_organisation(None, hall.series.id, third, hall.groups[2])
    hall.phones = Phones(streamlit, toolkit=lambda: hall.toolkit)
    hall.app = Guard(hall.phones)
    hall.workshop = hall.toolkit.library.change_workshop(None, hall.workshop.id, rehearsal=True)
    yield hall
    hall.run(asyncio.sleep(0))


def _open(hall: Hall, key: str) -> None:
    settings = EXERCISES[key].example.settings.model_dump(mode="json")
    draft = StageDraft(exercise=key, settings=settings)
    stage = hall.toolkit.agenda.add_stage(None, hall.workshop.id, draft)
    hall.toolkit.agenda.move(None, stage.id, StageState.open)
    hall.settle()


@pytest.mark.parametrize("key", WITH_FORM)
def test_scripted_people_can_say_all_they_want_in_the_form(
    full_hall: Hall, address: str, key: str
) -> None:
    _open(full_hall, key)
    told = rehearse(address, full_hall.workshop.code, 6, "bg", exercises=EXERCISES)
    assert told.problems == ()
    assert told.sent > 0
    assert told.acknowledged + told.refused == told.sent
    assert told.acknowledged


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("key", WITH_FORM)
def test_each_step_of_a_form_is_a_sound_page(full_hall: Hall, key: str, language: str) -> None:
    _open(full_hall, key)
    phone = full_hall.phone(language)
    phone.join()
    exercise = EXERCISES[key]
    steps = exercise.steps(exercise.example.settings) if exercise.steps else [None]
    for step in steps:
        page = phone.get(full_hall.here + (f"?step={step.key}" if step else ""))
        assert page.status_code == 200
        body = page.text.split('<main id="main">')[1].split("</main>")[0]
        assert [one for one in Checker(body).wrong if one != "script"] == []


@pytest.mark.browser
@pytest.mark.parametrize("key", WITH_FORM)
def test_each_form_is_open_to_everybody(
    full_hall: Hall, address: str, browser: Browser, key: str
) -> None:
    _open(full_hall, key)
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, locale="bg-BG", base_url=address
    )
    page = context.new_page()
    join(page, full_hall)
    page.wait_for_selector("#entry")
    check(page)
    page.click(".send")  # with nothing in it: refused, or taken with advice
    page.wait_for_selector("#errors, .advice, #said:not(:empty)")
    check(page)
    context.close()
