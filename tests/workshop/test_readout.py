"""The room hears card by card: a fair order, one step for two presses, nothing before its turn."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, update

from tests import room
from tests.room import Hall
from workshop import readout
from workshop.blocks import Quote, Quotes
from workshop.cards import cards
from workshop.language import Multilingual, say
from workshop.model import Anonymity, Refused
from workshop.store import tables
from workshop.toolkit import Round


def _told(contributions: Any) -> list[Any]:
    quotes = tuple(Quote(words=Multilingual(en=one.entry.text)) for one in contributions)
    return [Quotes(title="Board", quotes=quotes)]


LOT = readout._lot
READABLE = replace(
    room.IDEAS,
    spoken=lambda entry: entry.text,
    analyse=lambda settings, contributions, surroundings: tuple(contributions),
    tell=_told,
    anonymity=Anonymity.organisation,
    anonymities=tuple(Anonymity),
)
"""A new exercise says in its manifest what is read out; that is all it takes."""


class Circle:
    """A locked stage of a readable exercise: two people of one organisation, and two others."""

    def __init__(self, hall: Hall, anonymity: Anonymity = Anonymity.organisation) -> None:
        self.hall = hall
        library, group = hall.toolkit.library, hall.groups[0]
        chamber = library.add_organisation(
            None, hall.series.id, Multilingual(en="Chamber"), group.id
        )
        if anonymity is not Anonymity.organisation:
            hall.toolkit.agenda.change_stage(None, hall.stage.id, anonymity=anonymity)
        hall.people = [
            hall.welcome(0, organisation_id=chamber.id),
            hall.welcome(0, organisation_id=chamber.id),
            hall.welcome(1),
            hall.welcome(2),
        ]
        hall.move("open")
        for who, many in enumerate((3, 1, 2, 2)):
            for nth in range(many):
                hall.write(who, f"{'abcd'[who]}{nth}", f"{who}-{nth}")
        hall.move("locked")

    @property
    def now(self) -> Round:
        found = self.hall.toolkit.readout.now(self.hall.stage)
        assert found is not None
        return found

    def go(self, step: Any = "next card", seen: str | None = None) -> bool:
        known = self.now.card_id if seen is None else seen
        return self.hall.toolkit.readout.go(None, self.hall.stage.id, known, step)

    @property
    def up(self) -> str:
        """The card on the wall, in its author's words."""
        return self.now.words.said("en") if self.now.words else ""

    @property
    def board(self) -> set[str]:
        """The cards of the board that the room can be shown."""
        _, *board = self.hall.toolkit.showing.now(self.hall.workshop.id).blocks or ((),)
        return {one.words.en for block in board for one in block.quotes}

    def whole(self) -> list[str]:
        """Read all out; return the cards in the order they came."""
        came = []
        while not self.now.last:
            assert self.go()
            came.append(self.up)
        return came


@pytest.fixture
def hall(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.setitem(room.TINY, "ideas", READABLE)
    # The lot rests on random ids; here it is a0, b0, a1 for each voice.
    monkeypatch.setattr(readout, "_lot", lambda card: card.first.entry.text[::-1])
    hall = Hall(f"sqlite:///{tmp_path / 'sedyanka.db'}", people=0)
    yield hall
    hall.close()


def test_each_round_takes_a_card_of_everybody_and_begins_with_another_one(hall: Hall) -> None:
    circle = Circle(hall)
    assert circle.whole() == ["a0", "c0", "d0", "b0", "c1", "d1", "a1", "a2"]
    with pytest.raises(Refused, match="has had its turn"):
        circle.go()


def test_the_end_of_a_round_by_name_has_its_author_and_links_no_cards_of_a_citizen(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readout, "_lot", LOT)
    circle = Circle(hall)
    told = []
    while not circle.now.last:
        circle.go()
        told.append((circle.now.nth, say(circle.now.whose, "en")))
    chamber, citizen = "Chamber", "a citizen"
    assert told == [
        (1, chamber), (1, citizen), (1, citizen), (1, chamber),
        (2, citizen), (2, citizen), (2, chamber), (2, chamber),
    ]  # fmt: skip
    # One citizen wrote all but one card, or the other did, or each as many: the order is the same.
    known = {one.id: one for one in hall.standing()}
    laid = cards(list(known.values()), lambda entry: entry.text)
    theirs = [one.id for one in known.values() if not one.sender.organisation_id]
    hands = [known[theirs[0]].sender, known[theirs[-1]].sender]
    orders = set()
    for wrote in ((0, 0, 0, 1), (1, 1, 1, 0), (0, 1, 1, 0), (0, 1, 0, 0)):
        by = known | {
            card: replace(known[card], sender=hands[hand])
            for card, hand in zip(theirs, wrote, strict=True)
        }
        table = [replace(one, first=by[one.first.id]) for one in laid]
        came = readout.coming(table, by, (), lambda one: one.sender.organisation_id)
        orders.add(tuple(one.first.id for one in came))
    assert len(orders) == 1


def test_whose_turn_it_is_stands_beside_the_card_as_the_stage_allows(hall: Hall) -> None:
    circle = Circle(hall)
    circle.go()
    card = hall.toolkit.showing.now(hall.workshop.id).blocks[0]
    assert (say(card.title, "en"), say(card.quotes[0].by, "en")) == (
        "Left: card 1 of 8",
        "Chamber",
    )
    assert say(card.note, "en") == "Round 1 · then: a citizen"


def test_where_nobody_is_named_only_the_card_and_its_place_are_told(hall: Hall) -> None:
    circle = Circle(hall, Anonymity.anonymous)
    first = circle.whole()
    card = hall.toolkit.showing.now(hall.workshop.id).blocks[0]
    assert (card.quotes[0].by, card.note, circle.now.nth) == ("", "", 0)
    # Whoever wrote which card, the order is the same: its end cannot show who wrote most.
    laid = cards(hall.standing(), lambda entry: entry.text)
    senders = [one.first.sender for one in laid]
    for seed in range(20):
        others = Random(seed).sample(senders, len(senders))
        swapped = [
            replace(card, first=replace(card.first, sender=sender))
            for card, sender in zip(laid, others, strict=True)
        ]
        assert [one.first.entry.text for one in readout.shuffled(swapped, ())] == first


@pytest.mark.parametrize(("citizens", "said"), [(4, "a citizen"), (5, "a citizen (Public sector)")])
def test_a_group_is_named_beside_a_citizen_only_where_five_citizens_are_of_it(
    hall: Hall, citizens: int, said: str
) -> None:
    library, group = hall.toolkit.library, hall.groups[0]
    chamber = library.add_organisation(None, hall.series.id, Multilingual(en="Chamber"), group.id)
    hall.people = [hall.welcome(0) for _ in range(citizens)]
    hall.people += [hall.welcome(0, organisation_id=chamber.id) for _ in range(5)]
    hall.move("open")
    hall.write(0, "a citizen's", "0")
    hall.write(citizens, "of the Chamber", "1")
    hall.move("locked")
    hall.toolkit.readout.go(None, hall.stage.id, "", "next card")
    now = hall.toolkit.readout.now(hall.stage)
    assert (say(now.whose, "en"), say(now.then, "en")) == (said, "Chamber")


def test_only_what_was_heard_is_on_the_board_until_all_are_shown(hall: Hall) -> None:
    circle = Circle(hall)
    assert hall.toolkit.showing.now(hall.workshop.id).blocks is None
    circle.go()
    circle.go()
    circle.go("pass card")
    assert (circle.up, circle.board, circle.now.passed) == ("d0", {"a0", "d0"}, 1)
    hall.toolkit.sorting.hide(None, circle.now.card_id, "test")
    assert (circle.up, circle.board) == ("", {"a0"})
    circle.go()
    hall.toolkit.sorting.merge(None, [one.id for one in hall.standing()[-1:]], circle.now.card_id)
    assert circle.board == {"a0", "b0", "d1"}
    hall.move("revealed")
    (board,) = hall.toolkit.showing.now(hall.workshop.id).blocks
    assert len(board.quotes) == 8
    with pytest.raises(Refused, match="nothing to read out"):
        hall.toolkit.readout.go(None, hall.stage.id, hall.stage.readout[-1].card, "next card")


def test_a_stage_that_goes_live_shows_its_board_and_later_the_card_that_was_up(hall: Hall) -> None:
    circle = Circle(hall)
    circle.go()
    circle.go()
    hall.toolkit.agenda.change_stage(None, hall.stage.id, live=True)
    shown = hall.toolkit.showing.now(hall.workshop.id)
    (board,) = shown.blocks
    assert (len(board.quotes), shown.round) == (8, None)
    hall.toolkit.agenda.change_stage(None, hall.stage.id, live=False)
    assert (circle.up, circle.board) == ("c0", {"a0", "c0"})


def test_a_step_is_worked_out_once_however_many_look(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[int] = []

    def analyse(settings: Any, contributions: Any, surroundings: Any) -> Any:
        worked.append(len(contributions))
        return tuple(contributions)

    monkeypatch.setattr(hall.toolkit.agenda, "exercise", lambda stage: replace(
        READABLE, analyse=analyse
    ))  # fmt: skip
    circle = Circle(hall)
    with ThreadPoolExecutor(6) as eyes:
        for heard in range(1, 4):
            assert circle.go()
            looks = eyes.map(hall.toolkit.showing.now, [hall.workshop.id] * 12)
            assert {one.blocks[0].quotes[0].words.said("en") for one in looks} == {circle.up}
            assert worked == list(range(1, heard + 1))
    hall.toolkit.sorting.hide(None, hall.stage.readout[0].card, "test")
    assert circle.board == {"c0", "d0"}
    assert worked == [1, 2, 3, 2]


def test_two_who_press_together_turn_one_card_over(hall: Hall) -> None:
    circle = Circle(hall)
    (lock, *_) = hall.toolkit.undoing.acts(hall.workshop.id)
    circle.go()
    with pytest.raises(Refused, match="Undo the later act first"):
        hall.toolkit.undoing.undo(None, lock.id)
    seen, log = circle.now.card_id, len(hall.toolkit.results.moves(hall.workshop.id))
    with ThreadPoolExecutor(2) as hands:
        done = list(hands.map(lambda step: circle.go(step, seen), ("next card", "pass card")))
    assert sorted(done) == [False, True]
    assert circle.now.place == 2
    assert len(hall.toolkit.results.moves(hall.workshop.id)) == log + 1
    assert circle.go("card before", seen) is False


def test_the_place_outlives_a_restart_and_steps_are_undone_like_other_acts(hall: Hall) -> None:
    circle = Circle(hall)
    before = hall.stage.readout
    for step in ("next card", "next card", "pass card", "card before"):
        assert circle.go(step)
    assert (circle.up, circle.now.passed) == ("c0", 0)
    hall.reopen()
    assert circle.now.place == 2
    toolkit = hall.toolkit
    acts = toolkit.undoing.acts(hall.workshop.id, most=4)
    assert [(one.act, one.told["numbers"]) for one in acts] == [
        ("card before", [7]), ("pass card", [5]), ("next card", [5]), ("next card", [1]),
    ]  # fmt: skip
    for one, shown in zip(acts, ("d0", "c0", "a0", ""), strict=True):
        toolkit.undoing.undo(None, one.id)
        assert circle.up == shown
    assert hall.stage.readout == before == ()
    circle.go()
    circle.go("card before")
    assert not circle.now.begun


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_done_to_a_round_is_undone_act_by_act(hall: Hall, seed: int) -> None:
    circle, chance, toolkit = Circle(hall), Random(seed), hall.toolkit
    before: list[tuple[Any, ...]] = []
    for _ in range(40):
        stage = hall.stage
        before.append((stage.state, stage.readout))
        if stage.state == "locked" and chance.random() < 0.85:
            steps = ["pass card", "card before"] if stage.readout else []
            if not circle.now.last:
                steps += ["next card"] * 5
            assert circle.go(chance.choice(steps)) or before.pop()
        else:
            ways = {"open": ["locked"], "locked": ["open", "revealed"]}
            hall.move(chance.choice(ways.get(stage.state, ["locked", "open"])))
        if hall.stage.state == "open":
            assert hall.stage.readout == ()
        if stage.state == "open":
            assert not circle.now.begun
    assert max(len(one) for _, one in before) > 4
    acts = toolkit.undoing.acts(hall.workshop.id, most=len(before))
    query = select(tables.act.c.changes).where(tables.act.c.act == "next card")
    with toolkit.store.read() as connection:
        assert max(len(json.dumps(one)) for one in connection.execute(query).scalars()) < 400
    for act, was in zip(acts, reversed(before), strict=True):
        toolkit.undoing.undo(None, act.id)
        assert (hall.stage.state, hall.stage.readout) == was


def test_a_round_that_an_earlier_release_recorded_whole_is_undone_too(hall: Hall) -> None:
    circle = Circle(hall)
    came: list[list[Any]] = [[]]
    for step in ("next card", "next card", "pass card", "card before"):
        circle.go(step)
        came.append([{"card": one.card, "passed": one.passed} for one in hall.stage.readout])
    acts = hall.toolkit.undoing.acts(hall.workshop.id, most=4)
    for act, now, was in zip(acts, came[:0:-1], came[-2::-1], strict=True):
        whole = {"was": {"readout": was or None}, "now": {"readout": now or None}, "gone": False}
        change = {"of": "stage", "id": hall.stage.id} | whole
        hall.toolkit.store.write(lambda link, act=act, change=change: link.execute(
            update(tables.act).where(tables.act.c.id == act.id).values(changes=[change])
        ))  # fmt: skip
    for act, shown in zip(acts, ("d0", "c0", "a0", ""), strict=True):
        hall.toolkit.undoing.undo(None, act.id)
        assert circle.up == shown
