"""A round from the cockpit, the remote and the wall: all of them are at the same card."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from screens import remote
from tests.screens.facilitation import Browser, Facilitation, press, shown
from tests.screens.test_remote import here, presses
from tests.screens.test_remote import press as thumb
from tests.screens.test_signin import sign_in
from workshop import readout
from workshop.toolkit import Toolkit

COCKPIT, WALL = "facilitator/cockpit.py", "projector/wall.py"


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    monkeypatch.setattr(readout, "_lot", lambda card: f"{card.first.number:03}")
    work = Facilitation(toolkit, monkeypatch)
    work.move("open")
    work.write("Първо", "Второ", "Трето")
    work.move("locked")
    toolkit.agenda.show(None, work.workshop_id, work.swot.id)
    return work


@pytest.fixture
def phone(work: Facilitation) -> Iterator[Browser]:
    with asyncio.Runner() as runner:
        opened = Browser(runner)
        sign_in(opened)
        yield opened
        opened.close()


def test_the_remote_walks_through_the_cards_and_asks_twice_before_it_shows_all(
    work: Facilitation, phone: Browser
) -> None:
    assert "Show the result" in presses(phone.get(here(work)))
    page = thumb(phone, work, presses(phone.get(here(work)))["Read out card by card"])
    assert "Card 1 of 3" in page.text
    assert "Round 1 · then: a citizen" in page.text
    old = presses(page)["Next card"]
    page = thumb(phone, work, old)
    late = thumb(phone, work, old)
    assert "Card 2 of 3" in late.text
    assert "Somebody was faster" in late.text
    page = thumb(phone, work, presses(late)["One card back"])
    assert "Card 1 of 3" in page.text
    for label in ("Pass", "Next card"):
        page = thumb(phone, work, presses(page)[label])
    assert set(presses(page)) == {"Pass", "One card back", "Show all cards"}
    page = thumb(phone, work, presses(page)["Show all cards"])
    assert "Press once more" in page.text
    assert work.swot.state == "locked"
    thumb(phone, work, presses(page)["Show all cards"], sure="1")
    assert work.swot.state == "revealed"


def test_cockpit_and_wall_show_one_card_and_their_keys_turn_it_over(work: Facilitation) -> None:
    cockpit = press(work.open(COCKPIT), "read")
    assert "Weaknesses: card 1 of 3" in shown(cockpit)
    wall = work.open(WALL, w=work.workshop.short_name)
    assert "Първо" in shown(wall)
    assert "Второ" not in shown(wall)
    press(wall, "wall-on-PageDown")
    assert work.toolkit.readout.now(work.swot).place == 2
    # The board of those heard can be turned to; a step turns back to the card.
    laid = remote.hold(work.workshop_id, "en").views
    assert laid > 1
    press(cockpit.run(), "wall-on")
    assert work.toolkit.walls.wall(work.workshop_id).page == 1
    cockpit = press(work.open(COCKPIT), "key-PageDown-next-card")
    assert work.toolkit.walls.wall(work.workshop_id).page == 0
    assert "Трето" in shown(wall.run())
    undone = press(cockpit, "undo")
    assert "Undone: reading out No. 3." in [one.value for one in undone.toast]
    assert work.toolkit.readout.now(work.swot).place == 2
