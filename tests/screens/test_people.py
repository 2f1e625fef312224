"""The people at the door: names to accept, and putting right what was said there."""

from __future__ import annotations

import pytest

from tests.screens.facilitation import Facilitation, press
from workshop.language import Multilingual
from workshop.toolkit import Toolkit


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    return Facilitation(toolkit, monkeypatch)


def test_a_typed_organisation_is_accepted_or_recognised(work: Facilitation) -> None:
    library = work.toolkit.library
    known = library.add_organisation(
        None, work.series.id, Multilingual(bg="Сдружение „Мост“"), work.groups[2].id
    )
    work.join(7, new_organisation="Мост **")
    work.join(8, new_organisation="Фондация Нова")
    bridge, nova = work.toolkit.people.presence(work.workshop_id).waiting
    page = work.open("facilitator/people.py")
    assert [one.value for one in page.text_input] == ["Мост **", "Фондация Нова"]
    press(page, f"accept-{nova.id}")
    page.selectbox(key=f"same-{bridge.id}").set_value(known.id).run()
    press(page, f"merge-{bridge.id}")
    assert not work.toolkit.people.presence(work.workshop_id).waiting
    names = {one.name.said("bg") for one in library.organisations(work.series.id)}
    assert names == {"Сдружение „Мост“", "Фондация Нова"}


def test_a_typed_name_is_mended_where_it_is_accepted(work: Facilitation) -> None:
    member = work.join(7, new_organisation="Глупави <b>хора</b>")
    page = work.open("facilitator/people.py", language="en")
    page.text_input[0].set_value("Клуб Липа")
    press(page, f"accept-{member.organisation_id}")
    (accepted,) = work.toolkit.library.organisations(work.series.id)
    assert accepted.accepted
    assert accepted.name == Multilingual(bg="Клуб Липа")


def test_a_mended_name_that_is_already_there_is_refused(work: Facilitation) -> None:
    library = work.toolkit.library
    library.add_organisation(None, work.series.id, Multilingual(bg="Мост"), work.groups[2].id)
    member = work.join(7, new_organisation="Мсот")
    page = work.open("facilitator/people.py")
    page.text_input[0].set_value("Мост")
    press(page, f"accept-{member.organisation_id}")
    assert "already in the list" in page.error[0].value
    assert work.toolkit.people.presence(work.workshop_id).waiting


def test_somebody_who_leaves_is_noted(work: Facilitation) -> None:
    page = work.open("facilitator/people.py")
    page.selectbox(key="correct").set_value(work.people[0].id).run()
    next(one for one in page.checkbox if one.label == "Has left").check()
    next(one for one in page.button if one.label == "Save").click().run()
    assert work.toolkit.people.participant(work.people[0].id).left_at is not None
    assert work.toolkit.people.presence(work.workshop_id).joined == 3


def test_only_who_came_as_a_citizen_may_stay_one(work: Facilitation) -> None:
    member = work.join(7, new_organisation="Фондация Нова")
    page = work.open("facilitator/people.py")
    for person, offered in ((work.people[0], True), (member, False)):
        page.selectbox(key="correct").set_value(person.id).run()
        options = page.selectbox(key=f"belongs-{person.id}").options
        assert ("a citizen" in options) is offered
        assert "Фондация Нова" in options
