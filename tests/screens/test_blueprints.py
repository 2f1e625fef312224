"""Blueprints are complete in both languages and fit the exercises that are installed."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from screens import blueprints
from screens.blueprints import BLUEPRINTS, Blueprint
from tests.screens.coordination import Coordination, press, told
from tests.steady import BEGIN, steady
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
    assert made.day == steady().astimezone(ZoneInfo("Europe/Sofia")).date()
    stages = toolkit.agenda.stages(made.id)
    assert [stage.exercise for stage in stages] == [one.exercise for one in BLUEPRINTS[0].stages]
    assert stages[0].question == BLUEPRINTS[0].stages[0].question
    assert made.code in {one.value.removeprefix("## ") for one in page.markdown}


def test_the_day_that_is_offered_is_the_one_where_the_workshop_takes_place(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Coordination(toolkit, monkeypatch)
    days = []
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):  # never on the same day
        series = work.series(short_name=zone.lower().replace("/", "-").replace("+", "-"))
        toolkit.library.change_series(work.member, series.id, time_zone=zone)
        page = work.open("workshops.py", series=series.short_name)
        days.append(page.date_input[0].value)
    assert timedelta(days=1) <= days[0] - days[1]


def test_a_code_that_no_longer_works_is_told_with_its_end(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Coordination(toolkit, monkeypatch)
    made = work.workshop(work.series(), "swot")
    toolkit.library.change_workshop(work.member, made.id, day=BEGIN.date() - timedelta(days=2))
    page = work.open("workshops.py")
    assert page.warning[0].value == "The code worked until 30 November 2026, 01:00."


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
