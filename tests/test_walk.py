"""The walk from the QR code to the report: real people, real browsers, in both languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from screens.blueprints import BLUEPRINTS
from tests.house import House
from tests.walk import afterwards, meetings, preparing
from tests.walk.desk import Desk
from tests.walk.person import Person
from tests.walk.running import Cockpit
from tests.walk.watch import Watch
from workshop.language import Multilingual
from workshop.model import StageDraft, StageState
from workshop.toolkit import Toolkit

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Start = Callable[..., House]


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[[House, str], Watch]]:
    """Watch over everybody: no page error, and nothing asked for anywhere else."""
    started: list[Watch] = []

    def begin(house: House, language: str) -> Watch:
        started.append(Watch(browser, house.url, language))
        return started[-1]

    yield begin
    for one in started:
        one.close()
        assert one.faults == []
        assert one.asked
        assert one.far() == []


@pytest.mark.parametrize("language", ["bg", "en"])
def test_from_the_code_to_the_report(
    language: str, serve: Start, watch: Callable[[House, str], Watch]
) -> None:
    house = serve()
    eye = watch(house, language)
    coordinator = Desk(eye, *house.name_and_password)
    coordinator.sign_in("a long new password 7")
    preparing.make_series(coordinator)
    preparing.paste_organisations(coordinator)
    password = preparing.make_account(coordinator, "Фани")
    first, second = (
        preparing.make_workshop(coordinator, one.title.said(language)) for one in BLUEPRINTS[:2]
    )
    facilitator = Cockpit(eye, "Фани", password)
    facilitator.sign_in("another long one 8")
    hall = meetings.Hall(eye, facilitator)
    meetings.come_in(hall, first)
    meetings.write_ideas(hall)
    meetings.sort_ideas(hall)
    meetings.vote(hall)
    meetings.rate(hall, second)
    meetings.promise(hall)
    hall.go_home()
    afterwards.keep_registers(coordinator, hall)
    afterwards.finish(coordinator)
    afterwards.take_home(coordinator, hall)
    with sqlite3.connect(house.database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_comes_back_as_the_same_person(
    scripts: bool, serve: Start, watch: Callable[[House, str], Watch], tmp_path: Path
) -> None:
    """After a closed tab and after a power cut; what was typed and not sent is still there."""
    database = str(tmp_path / "sedyanka.db")
    code, name = _open_swot(database)
    house = serve(database=database)
    anna = Person(watch(house, "bg"), "anna", scripts=scripts)
    anna.join(code, name, lobby=False)
    identity = anna.page.locator("footer p").first.inner_text()
    anna.write("S", "Имаме добра библиотека")
    anna.type("Това още го пиша")
    anna.close_tab()
    anna.open_tab()
    anna.form()
    assert anna.page.locator("footer p").first.inner_text() == identity
    anna.own("Имаме добра библиотека").wait_for()
    house.kill()
    house.start()
    anna.open_tab()
    anna.form()
    assert anna.page.locator("footer p").first.inner_text() == identity
    anna.own("Имаме добра библиотека").wait_for()
    if scripts:
        assert anna.page.input_value("textarea") == "Това още го пиша"
    else:
        anna.type("Това още го пиша")
    anna.send()
    anna.received()
    anna.own("Това още го пиша").wait_for()
    assert len(anna.page.locator(".own li").all()) == 2
    with Toolkit.open(database, write=False) as toolkit:
        workshop = toolkit.agenda.workshop_by_code(code)
        assert len(toolkit.people.participants(workshop.id)) == 1


def _open_swot(database: str) -> tuple[str, str]:
    """Make a workshop with an open SWOT; return its code and an organisation."""
    name = Multilingual(bg="Библиотека „Пробуда“", en="Probuda Library")
    with Toolkit.open(database) as toolkit:
        series = toolkit.library.create_series(
            None, short_name="lipovo", municipality=Multilingual(bg="Липово", en="Lipovo"),
            theme=Multilingual(bg="Участие", en="Participation"),
        )  # fmt: skip
        group = toolkit.library.groups(series.id)[0]
        toolkit.library.add_organisation(None, series.id, name, group.id)
        workshop = toolkit.library.create_workshop(
            None, series.id, title=Multilingual(bg="Среща", en="Meeting"),
            day=datetime.now(UTC).date(), stages=[StageDraft(exercise="swot")], minutes=720,
        )  # fmt: skip
        stage = toolkit.agenda.stages(workshop.id)[0]
        toolkit.agenda.move(None, stage.id, StageState.open)
        return workshop.code, name.bg
