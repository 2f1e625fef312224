"""Blueprints are complete in both languages and fit the exercises that are installed."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from exports import blueprint as files
from screens import blueprints
from screens.blueprints import BLUEPRINTS
from tests.screens.coordination import Coordination, folded_out, press, told, write
from tests.steady import BEGIN, steady
from workshop.blueprint import Blueprint
from workshop.catalogue import gather
from workshop.language import Multilingual
from workshop.model import Series, Workshop
from workshop.toolkit import Toolkit


@pytest.mark.parametrize("blueprint", BLUEPRINTS, ids=lambda one: one.key)
def test_everything_is_written_in_both_languages(blueprint: Blueprint) -> None:
    told = [blueprint.title, blueprint.purpose, blueprint.note]
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
    assert sum(stage.minutes or 0 for stage in blueprint.stages) == blueprint.minutes


def test_a_blueprint_whose_exercise_is_missing_is_not_offered() -> None:
    everything = {stage.exercise for one in BLUEPRINTS for stage in one.stages}
    assert blueprints.offered(everything) == list(BLUEPRINTS)
    without = blueprints.offered(everything - {"maturity"})
    assert [one.key for one in without] == ["needs", "tools", "forum", "dialogues"]
    assert blueprints.offered(everything - {"talk"}) == []


def test_the_five_agendas_of_the_method_last_as_long_as_it_says() -> None:
    assert [one.minutes for one in BLUEPRINTS] == [180, 210, 120, 90, 120]


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
    assert "The code works until 4 December 2026, 01:00." in told(page)
    page.text_input[1].set_value("Opening meeting")
    page.date_input[0].set_value(date(2026, 12, 10))
    press(page, f"{made.id}.save")
    changed = toolkit.library.workshop(made.id)
    assert changed.title == Multilingual(bg="Първа среща", en="Opening meeting")
    assert changed.day == date(2026, 12, 10)
    press(page, f"{made.id}.finish:yes")
    assert toolkit.library.workshop(made.id).finished
    press(page, f"{made.id}.again")
    assert not toolkit.library.workshop(made.id).finished


OWN = Multilingual(bg="Нашият ред", en="Our order")


def saved(work: Coordination, page: AppTest, made: Workshop) -> None:
    """Save the agenda of a workshop under a name of its own."""
    write(page, "What the blueprint is called · English", OWN.en)
    write(page, "What the blueprint is called · български", OWN.bg)
    press(page, f"{made.id}.blueprint.save")
    assert "The blueprint is saved" in told(page)


def test_an_agenda_is_saved_offered_renamed_and_deleted(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Coordination(toolkit, monkeypatch)
    series = work.series()
    made = work.workshop(series, "swot", "talk", "dots")
    page = work.open("workshops.py")
    saved(work, page, made)
    (kept,) = toolkit.blueprints.kept()
    assert kept.title == OWN
    press(choose(page, kept), "workshop.create")
    copy = _newest(toolkit, series)
    assert copy.title == OWN
    exercises = [stage.exercise for stage in toolkit.agenda.stages(copy.id)]
    assert exercises == ["swot", "talk", "dots"]
    page = choose(work.open("workshops.py"), kept)
    write(page, "What the blueprint is called · English", "Another order", place=1)
    press(page, f"blueprint.{kept.key}.save")
    assert toolkit.blueprints.kept()[0].title.en == "Another order"
    press(choose(page, toolkit.blueprints.kept()[0]), f"blueprint.{kept.key}.delete:yes")
    assert toolkit.blueprints.kept() == []
    assert len(toolkit.agenda.stages(copy.id)) == 3


def test_a_second_blueprint_of_the_same_name_is_refused_where_it_is_typed(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Coordination(toolkit, monkeypatch)
    made = work.workshop(work.series(), "swot")
    page = work.open("workshops.py")
    saved(work, page, made)
    press(page, f"{made.id}.finish:yes")
    write(page, "What the blueprint is called · English", OWN.en)
    press(page, f"{made.id}.blueprint.save")
    assert "A blueprint called “Our order” is already here" in folded_out(page)
    assert len(toolkit.blueprints.kept()) == 1


def test_a_shared_file_is_brought_in_and_a_torn_one_changes_nothing(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Coordination(toolkit, monkeypatch)
    work.series()
    page = work.open("workshops.py")
    page.file_uploader[0].upload("torn.json", files.write(BLUEPRINTS[1])[:-40]).run()
    press(page, "blueprint.load")
    assert "damaged or not a blueprint" in told(page)
    assert toolkit.blueprints.kept() == []
    page.file_uploader[0].upload("shared.json", files.write(BLUEPRINTS[1])).run()
    press(page, "blueprint.load")
    assert "is here now" in told(page)
    (kept,) = toolkit.blueprints.kept()
    assert [one.title for one in kept.stages] == [one.title for one in BLUEPRINTS[1].stages]


def choose(page: AppTest, blueprint: Blueprint) -> AppTest:
    """Choose a blueprint for a new workshop."""
    picker = next(one for one in page.radio if one.label == "Blueprint")
    picker.set_value(blueprint.key).run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def _newest(toolkit: Toolkit, series: Series) -> Workshop:
    return max(toolkit.library.workshops(series.id), key=lambda one: one.position)
