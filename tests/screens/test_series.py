"""A coordinator prepares a series: created, described, its groups put in order."""

from __future__ import annotations

import pytest

from tests.screens.coordination import Coordination, press, told, write
from workshop.language import Multilingual
from workshop.model import Role
from workshop.toolkit import Toolkit


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Coordination:
    return Coordination(toolkit, monkeypatch)


def test_the_first_series_is_made_from_two_answers(work: Coordination) -> None:
    page = work.open("series.py")
    write(page, "Municipality · български", "Стара река")
    write(page, "Theme · български", "Участие на гражданите")
    press(page, "series.create")
    (made,) = work.toolkit.library.all_series()
    assert made.short_name == "stara-reka"
    assert made.municipality == Multilingual(bg="Стара река")
    assert [one.key for one in work.toolkit.library.groups(made.id)] == [
        "public",
        "private",
        "civic",
        "knowledge",
    ]
    assert "The series is created" in told(page)


def test_an_empty_form_is_told_what_comes_first(work: Coordination) -> None:
    page = work.open("series.py")
    press(page, "series.create")
    assert page.error[0].value.startswith("Please write the municipality")
    write(page, "Municipality · English", "Brezovo")
    press(page, "series.create")
    assert page.error[0].value.startswith("Please write the theme")


def test_a_refused_series_keeps_what_was_typed(work: Coordination) -> None:
    work.series(short_name="brezovo")
    page = work.open("series.py")
    press(page, "series.begin")
    write(page, "Municipality · English", "Brezovo")
    write(page, "Theme · English", "Participation")
    write(page, "Short name", "brezovo")
    press(page, "series.create")
    assert "already taken" in page.error[0].value
    assert [one.value for one in page.text_input if one.label == "Municipality · English"] == [
        "Brezovo"
    ]
    assert len(work.toolkit.library.all_series()) == 1


def test_what_is_told_about_a_series_can_be_changed(work: Coordination) -> None:
    series = work.series()
    page = work.open("series.py")
    write(page, "Theme · English", "Open data")
    page.number_input[0].set_value(5)
    page.selectbox[0].set_value("Europe/Athens")
    press(page, f"{series.id}.save")
    changed = work.toolkit.library.series(series.id)
    assert changed.theme == Multilingual(bg="Участие", en="Open data")
    assert (changed.smallest_group, changed.time_zone) == (5, "Europe/Athens")


def test_groups_are_renamed_reordered_added_and_removed(work: Coordination) -> None:
    series = work.series()
    library = work.toolkit.library
    _public, _private, civic, knowledge = library.groups(series.id)
    page = work.open("series.py")
    write(page, "Group 2 · English", "Companies")
    press(page, f"{series.id}.groups")
    press(page, f"group.{civic.id}.↑")
    press(page, f"group.{knowledge.id}:yes")
    write(page, "Name · English", "Social partners")
    press(page, "group.add")
    names = [(one.name.en, one.position) for one in library.groups(series.id)]
    assert [name for name, _ in names] == [
        "Public sector",
        "Civic sector",
        "Companies",
        "Social partners",
    ]
    assert len({position for _, position in names}) == 4


def test_a_group_in_use_stays_and_the_reason_is_told(work: Coordination) -> None:
    series = work.series()
    civic = next(one for one in work.toolkit.library.groups(series.id) if one.key == "civic")
    page = work.open("series.py")
    press(page, f"group.{civic.id}:yes")
    assert "stays" in page.error[0].value


def test_typed_words_are_never_read_as_markdown(work: Coordination) -> None:
    work.toolkit.library.create_series(
        work.member,
        short_name="loud",
        municipality=Multilingual(en="**Loud** :red[town] ![](http://example.org/x.png)"),
        theme=Multilingual(en="$x$ `y`"),
    )
    page = work.open("series.py", series="loud")
    assert "\\*\\*Loud" in page.subheader[0].value
    assert ":red[" not in page.subheader[0].value


@pytest.mark.parametrize("role", [Role.facilitator, Role.observer, None])
def test_only_coordinators_come_in(work: Coordination, role: Role | None) -> None:
    work.series()
    work.enter(work.toolkit.accounts.create(None, "Иван", role)[0] if role else None)
    page = work.open("series.py")
    assert not page.text_input
    assert not page.button


def test_the_page_speaks_bulgarian(work: Coordination) -> None:
    work.series()
    page = work.open("series.py", language="bg")
    assert page.header[0].value == "Поредица"
    assert "Брезово поле" in page.subheader[0].value
