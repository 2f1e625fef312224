"""Blueprints are complete in both languages and fit the exercises that are installed."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from screens import blueprints
from screens.blueprints import BLUEPRINTS, Blueprint
from tests.screens.coordination import Coordination, press, told
from workshop.catalogue import gather
from workshop.language import Multilingual
from workshop.toolkit import Toolkit


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=lambda one: one.key)
def test_everything_is_written_in_both_languages(blueprint: Blueprint) -> None:
    told = [blueprint.title, blueprint.purpose]
    told += [words for stage in blueprint.stages for words in (stage.title, stage.question)]
    for words in told:
        assert words.bg
        assert words.en
        assert set(words.bg) & set("абвгдежзийклмнопрстуфхцчшщъьюя")


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=lambda one: one.key)
def test_settings_fit_their_exercise_and_stages_fit_into_the_day(blueprint: Blueprint) -> None:
    catalogue = gather()
    for stage in blueprint.stages:
        catalogue[stage.exercise].settings.model_validate(dict(stage.settings))
    assert sum(stage.minutes or 0 for stage in blueprint.stages) < blueprint.minutes


def test_a_blueprint_whose_exercise_is_missing_is_not_offered() -> None:
    everything = {stage.exercise for one in BLUEPRINTS for stage in one.stages}
    assert blueprints.offered(everything) == list(BLUEPRINTS)
    assert [one.key for one in blueprints.offered(everything - {"maturity"})] == ["needs", "forum"]
    assert blueprints.offered(()) == []


def test_one_click_makes_a_workshop_with_its_agenda(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Coordination(toolkit, monkeypatch)
    series = work.series()
    page = work.open("workshops.py")
    press(page, "workshop.create")
    (made,) = toolkit.library.workshops(series.id)
    assert made.title == BLUEPRINTS[0].title
    stages = toolkit.agenda.stages(made.id)
    assert [stage.exercise for stage in stages] == [one.exercise for one in BLUEPRINTS[0].stages]
    assert stages[0].question == BLUEPRINTS[0].stages[0].question
    assert made.code in {one.value.removeprefix("## ") for one in page.markdown}


@pytest.mark.parametrize("zone", ["Etc/GMT-14", "Etc/GMT+12"])
def test_a_new_workshop_is_today_where_it_takes_place(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    """The two zones are 26 hours apart: at any moment they have different days."""
    work = Coordination(toolkit, monkeypatch)
    series = work.series(time_zone=zone)
    before = datetime.now(ZoneInfo(zone)).date()
    press(work.open("workshops.py"), "workshop.create")
    (made,) = toolkit.library.workshops(series.id)
    assert before <= made.day <= datetime.now(ZoneInfo(zone)).date()


def test_the_workshop_is_changed_finished_and_taken_up_again(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Coordination(toolkit, monkeypatch)
    made = work.workshop(work.series(), "swot")
    page = work.open("workshops.py")
    assert "The code works until 4 December 2036, 01:00." in told(page)
    page.text_input[1].set_value("Opening meeting")
    page.date_input[0].set_value(date(2036, 12, 10))
    press(page, f"{made.id}.save")
    changed = toolkit.library.workshop(made.id)
    assert changed.title == Multilingual(bg="Първа среща", en="Opening meeting")
    assert changed.day == date(2036, 12, 10)
    press(page, f"{made.id}.finish:yes")
    assert toolkit.library.workshop(made.id).finished
    press(page, f"{made.id}.again")
    assert not toolkit.library.workshop(made.id).finished
