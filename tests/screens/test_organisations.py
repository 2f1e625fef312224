"""Organisations come in by typing, pasting and uploading, and typed names are sorted out."""

from __future__ import annotations

import pytest

from screens import desk
from tests.screens.coordination import Coordination, press, told, write
from tests.screens.test_sheets import workbook
from workshop.language import Multilingual
from workshop.toolkit import Toolkit


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Coordination:
    return Coordination(toolkit, monkeypatch)


def names(work: Coordination, series_id: str) -> set[str]:
    return {one.name.bg or one.name.en for one in work.toolkit.library.organisations(series_id)}


def test_one_organisation_is_typed(work: Coordination) -> None:
    series = work.series()
    page = work.open("organisations.py")
    write(page, "Name · български", "Читалище „Искра“")
    group = work.toolkit.library.groups(series.id)[2]
    page.selectbox(key="organisation.new.0.group").set_value(group.id)
    press(page, "organisation.add")
    assert "Читалище „Искра“" in names(work, series.id)


def test_a_list_is_pasted_and_only_what_needs_mending_stays_in_the_field(
    work: Coordination,
) -> None:
    series = work.series()
    page = work.open("organisations.py")
    page.text_area(key="organisation.pasted").set_value(
        "Фирма „Изток“\tEast Ltd\tprivate\n"
        "сдружение „мост“\t\tcivic\n"
        "Клуб „Запад“\tWest Club\tchurch"
    ).run()
    fates = list(page.dataframe[-1].value["What will happen"])
    assert fates == ["New", "Already known", "There is no group called “church”."]
    groups = list(page.dataframe[-1].value["Group"])
    assert groups == ["Business", "Civic sector", "church"]
    assert "Row 3: There is no group called “church”." in page.warning[0].value
    press(page, "paste.save")
    assert "Фирма „Изток“" in names(work, series.id)
    assert len(work.toolkit.library.organisations(series.id)) == 3
    assert "1 organisation added." in told(page)
    assert page.text_area(key="organisation.pasted").value == "Клуб „Запад“\tWest Club\tchurch"


def test_a_workbook_is_uploaded_previewed_and_saved(work: Coordination) -> None:
    series = work.series()
    page = work.open("organisations.py")
    content = workbook(("Име", "Name", "Група"), ("Университет", "University", "Знание и наука"))
    page.file_uploader[0].upload("list.xlsx", content).run()
    assert not page.exception
    assert "Университет" not in names(work, series.id)
    press(page, "upload.save")
    assert "Университет" in names(work, series.id)


def test_a_file_that_cannot_be_read_is_one_sentence(work: Coordination) -> None:
    work.series()
    page = work.open("organisations.py")
    page.file_uploader[0].upload("torn.xlsx", b"PK\x03\x04 torn").run()
    assert not page.exception
    assert "damaged" in page.error[0].value


def test_a_name_typed_on_a_phone_is_accepted_or_merged(work: Coordination) -> None:
    series = work.series()
    workshop = work.workshop(series)
    group = work.toolkit.library.groups(series.id)[2]
    for name in ("Мост", "Нов клуб"):
        work.toolkit.people.join(workshop.code, group_id=group.id, new_organisation=name)
    known = {one.name.bg: one for one in work.toolkit.library.organisations(series.id)}
    page = work.open("organisations.py")
    press(page, f"{known['Нов клуб'].id}.accept")
    page.selectbox(key=f"{known['Мост'].id}.same").set_value(known["Сдружение „Мост“"].id).run()
    press(page, f"{known['Мост'].id}.merge")
    now = work.toolkit.library.organisations(series.id)
    assert {one.name.bg for one in now if one.accepted} >= {"Нов клуб", "Сдружение „Мост“"}
    assert "Мост" not in {one.name.bg for one in now}
    people = work.toolkit.people.participants(workshop.id)
    assert known["Сдружение „Мост“"].id in {one.organisation_id for one in people}


def test_an_organisation_is_renamed_and_one_in_use_stays(work: Coordination) -> None:
    series = work.series()
    workshop = work.workshop(series)
    one = work.toolkit.library.organisations(series.id)[0]
    work.toolkit.people.join(workshop.code, group_id=one.group_id, organisation_id=one.id)
    page = work.open("organisations.py")
    page.selectbox(key="organisation.chosen").set_value(one.id).run()
    write(page, "Name · English", "Bridge Foundation")
    press(page, f"{one.id}.save")
    assert Multilingual(bg=one.name.bg, en="Bridge Foundation") in {
        each.name for each in work.toolkit.library.organisations(series.id)
    }
    press(page, f"{one.id}.remove:yes")
    assert "stays" in page.error[0].value


def test_the_page_speaks_bulgarian(work: Coordination) -> None:
    work.series()
    page = work.open("organisations.py", language="bg")
    assert page.header[0].value == "Организации"


def test_names_that_read_alike_can_be_told_apart() -> None:
    assert desk.distinct({"a": "Клуб", "b": "Мост", "c": "Клуб"}) == {
        "a": "Клуб",
        "b": "Мост",
        "c": "Клуб (2)",
    }
