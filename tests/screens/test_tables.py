"""Tables in the cockpit and on the sorting board: set, seated, moved, looked at one by one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.screens.facilitation import Facilitation, press, shown
from tests.screens.test_facilitator import cards
from workshop.model import Spread
from workshop.toolkit import Toolkit

COCKPIT, BOARD = "facilitator/cockpit.py", "facilitator/board.py"


def box(page: Any, label: str) -> Any:
    """Return the list to choose from with that label."""
    return next(one for one in page.selectbox if one.label == label)


def test_tables_are_set_people_seated_and_a_board_shown_alone(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Facilitation(toolkit, monkeypatch, people=8)
    stage, seating = work.swot.id, toolkit.seating
    toolkit.agenda.show(None, work.workshop_id, stage)
    page = work.open(COCKPIT)
    next(one for one in page.number_input if one.label == "Tables in the room").set_value(2)
    box(page, "Who sits where").set_value(Spread.group)
    next(one for one in page.button if one.label == "Save the tables").click().run()
    assert (work.swot.tables, work.swot.spread) == (2, Spread.group)
    press(page, f"deal-{stage}")
    before = {one.participant_id: one.at_table for one in seating.seats(stage)}
    assert sorted(before.values()) == [1] * 4 + [2] * 4
    work.move("open")
    page = work.open(COCKPIT)
    assert "Entries by table" in shown(page)
    who = work.people[0]
    other = 3 - before[who.id]
    box(page, "Seat somebody elsewhere").set_value(who.id)
    box(page, "At table").set_value(other)
    press(page, f"seat-{stage}")
    after = {one.participant_id: one.at_table for one in seating.seats(stage)}
    assert after == before | {who.id: other}
    press(page, "undo")
    assert {one.participant_id: one.at_table for one in seating.seats(stage)} == before
    work.write(*(f"Пречка {number}" for number in range(8)))
    page = work.open(BOARD)
    box(page, "At table").set_value(2).run()
    listed = "".join(words for _card, words in cards(page))
    for number, person in enumerate(work.people):
        assert (f"Пречка {number}" in listed) is (before[person.id] == 2)
    work.move("locked", "revealed")
    page = work.open(COCKPIT)
    box(page, "Board on the wall").set_value(2).run()
    assert toolkit.walls.wall(work.workshop_id).board == 2
    page = work.open(COCKPIT)
    assert 'class="tag open">Table 2</span>' in shown(page)
    for number, person in enumerate(work.people):
        assert (f"Пречка {number}" in shown(page)) is (before[person.id] == 2)
