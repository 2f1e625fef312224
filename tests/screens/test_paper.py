"""The typing screen: a stack of ballots without touching the mouse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.screens.facilitation import Facilitation, press, shown
from workshop.model import StageState
from workshop.toolkit import Toolkit

PAGE = "facilitator/paper.py"


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    room = Facilitation(toolkit, monkeypatch, people=0)
    options = {"options": "Транспорт\nДанни\nМладежки съвет"}
    toolkit.agenda.change_stage(None, room.dots.id, settings=options)
    toolkit.agenda.move(None, room.dots.id, StageState.open)
    return room


def field(page: Any, key: str) -> Any:
    return next(one for one in page.text_input if one.key == key)


def send(page: Any) -> None:
    next(one for one in page.button if one.label.startswith(("Keep,", "Запази"))).click().run()
    assert not page.exception, page.exception[0].stack_trace


def test_a_stack_is_typed_and_the_group_stays(work: Facilitation) -> None:
    page = work.open(PAGE)
    line = f"paper-{work.dots.id}-dots-0"
    page.selectbox(key="paper-group").set_value(work.groups[1].id).run()
    for typed in "3 3 1", "2", "1 2 3":
        field(page, line).set_value(typed)
        send(page)
        assert field(page, line).value == ""
        assert page.selectbox(key="paper-group").value == work.groups[1].id
    assert "Typed in this stage: 3" in shown(page)
    found = work.toolkit.results.contributions(work.dots.id)
    assert [sum(one.entry.dots.values()) for one in found] == [3, 1, 3]
    assert {one.sender.group_id for one in found} == {work.groups[1].id}
    press(page, "paper-undo")
    assert len(work.toolkit.results.contributions(work.dots.id)) == 2
    assert "Typed in this stage: 2" in shown(page)


def test_a_refused_ballot_stays_in_its_field(work: Facilitation) -> None:
    page = work.open(PAGE, language="bg")
    line = f"paper-{work.dots.id}-dots-0"
    field(page, line).set_value("7 7")
    send(page)
    assert "7" in page.error[0].value
    assert field(page, line).value == "7 7"
    assert not work.toolkit.people.participants(work.workshop_id)


def test_without_an_open_stage_there_is_nothing_to_type(work: Facilitation) -> None:
    for state in StageState.locked, StageState.closed:
        work.toolkit.agenda.move(None, work.dots.id, state)
    assert "No stage that asks for anything is open" in shown(work.open(PAGE))
