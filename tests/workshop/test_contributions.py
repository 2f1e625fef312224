"""What people write is kept once, whole and only while it may be: on both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import inspect, text

from tests.room import Hall
from workshop.language import say
from workshop.model import Anonymity, NotFound, Refused


@pytest.fixture
def hall(both: str) -> Iterator[Callable[..., Hall]]:
    halls: list[Hall] = []

    def make(**wishes: Any) -> Hall:
        halls.append(Hall(both, **wishes))
        return halls[-1]

    yield make
    for one in halls:
        one.close()


def outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except Refused as refused:
        return refused


def test_the_same_form_sent_twenty_times_at_once_counts_once(hall: Callable[..., Hall]) -> None:
    room = hall()
    room.move("open")
    with ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(lambda _: room.write(0, "Library", "seed.1"), range(20)))
    assert len({answer.contribution_id for answer in answers}) == 1
    assert [answer.repeated for answer in answers].count(False) == 1
    room.reopen()
    again = room.write(0, "Library", "seed.1")
    assert again.repeated
    assert again.contribution_id == answers[0].contribution_id
    assert len(room.standing()) == 1


def test_other_words_under_the_same_key_are_refused_and_change_nothing(
    hall: Callable[..., Hall],
) -> None:
    room = hall()
    room.move("open")
    room.write(0, "Library", "seed.1")
    with pytest.raises(Refused, match="other words"):
        room.write(0, "Swimming pool", "seed.1")
    assert [one.entry.text for one in room.standing()] == ["Library"]


def test_thirty_parallel_ballots_of_one_person_leave_one(hall: Callable[..., Hall]) -> None:
    room = hall(exercise="ballots")
    room.move("open")
    with ThreadPoolExecutor(15) as crowd:
        list(crowd.map(lambda n: room.vote(0, "yes" if n % 2 else "no", f"k{n}"), range(30)))
    standing = room.standing()
    assert len(standing) == 1
    history = room.toolkit.results.contributions(room.stage.id, everything=True)
    assert len(history) == 30
    assert sum(1 for one in history if one.replaced_by) == 29
    assert sorted(one.number for one in history) == list(range(1, 31))


def test_one_more_than_the_limit_is_refused_also_in_parallel(hall: Callable[..., Hall]) -> None:
    room = hall()
    room.move("open")
    with ThreadPoolExecutor(12) as crowd:
        answers = list(
            crowd.map(lambda n: outcome(lambda: room.write(0, f"Idea {n}", f"k{n}")), range(12))
        )
    assert sum(1 for answer in answers if isinstance(answer, Refused)) == 7
    assert len(room.standing()) == 5


def test_at_the_closing_bell_everybody_is_either_counted_or_told(
    hall: Callable[..., Hall],
) -> None:
    room = hall(people=40)
    stage_id = room.stage.id
    room.move("open")
    start = threading.Barrier(41)

    def send(who: int) -> Any:
        start.wait()
        return outcome(
            lambda: room.toolkit.entries.contribute(
                room.people[who].id, stage_id, {"kind": "idea", "text": f"Idea {who}"}, "k"
            ).result()
        )

    def ring() -> None:
        start.wait()
        room.move("locked")

    with ThreadPoolExecutor(41) as crowd:
        bell = crowd.submit(ring)
        answers = list(crowd.map(send, range(40)))
        bell.result()
    counted = {answer.contribution_id for answer in answers if not isinstance(answer, Refused)}
    assert {one.id for one in room.standing()} == counted
    told = [answer for answer in answers if isinstance(answer, Refused)]
    assert all("not counted" in say(answer.reason, "en") for answer in told)


def test_before_it_opens_and_after_it_closes_nothing_is_taken(hall: Callable[..., Hall]) -> None:
    room = hall()
    with pytest.raises(Refused, match="not opened yet"):
        room.write(0, "Early", "a")
    room.move("open")
    room.write(0, "In time", "b")
    room.move("locked")
    with pytest.raises(Refused, match="closed"):
        room.write(0, "Late", "c")
    assert room.write(0, "In time", "b").repeated, "a repeat hears the first answer, also later"
    assert [one.entry.text for one in room.standing()] == ["In time"]


def test_a_change_keeps_the_first_words_in_the_history(hall: Callable[..., Hall]) -> None:
    room = hall()
    room.move("open")
    first = room.write(0, "Libary", "a")
    room.toolkit.entries.contribute(
        room.people[0].id, room.stage.id, {"kind": "idea", "text": "Library"}, "b",
        replaces=first.contribution_id,
    ).result()  # fmt: skip
    assert [one.entry.text for one in room.standing()] == ["Library"]
    history = room.toolkit.results.contributions(room.stage.id, everything=True)
    assert [one.entry.text for one in history] == ["Libary", "Library"]


def test_nobody_changes_or_withdraws_what_another_wrote(hall: Callable[..., Hall]) -> None:
    room = hall()
    room.move("open")
    mine = room.write(0, "Mine", "a")
    other = room.people[1].id
    with pytest.raises(NotFound):
        room.toolkit.entries.withdraw(other, mine.contribution_id, "x").result()
    with pytest.raises(Refused, match="no longer there"):
        room.toolkit.entries.contribute(
            other, room.stage.id, {"kind": "idea", "text": "Yours"}, "y",
            replaces=mine.contribution_id,
        ).result()  # fmt: skip
    assert [one.entry.text for one in room.standing()] == ["Mine"]


def test_withdrawing_twice_is_withdrawing_once(hall: Callable[..., Hall]) -> None:
    room = hall()
    room.move("open")
    sent = room.write(0, "Never mind", "a")
    taken = room.toolkit.entries.withdraw(room.people[0].id, sent.contribution_id, "w").result()
    again = room.toolkit.entries.withdraw(room.people[0].id, sent.contribution_id, "w").result()
    assert not taken.repeated
    assert again.repeated
    assert room.standing() == []
    room.move("locked")
    with pytest.raises(Refused):
        room.write(0, "Too late", "b")


def test_observers_write_nothing_and_are_in_no_denominator(hall: Callable[..., Hall]) -> None:
    room = hall(people=3)
    room.people.append(room.welcome(0, voting=False))
    room.move("open")
    with pytest.raises(Refused, match="Observers"):
        room.write(3, "I only watch", "a")
    progress = room.toolkit.results.progress(room.stage.id)
    assert (progress.done, progress.present) == (0, 3)
    assert room.toolkit.people.presence(room.workshop.id).observers == 1


def test_staff_entries_are_for_staff_and_ideas_for_participants(
    hall: Callable[..., Hall],
) -> None:
    room = hall()
    room.move("open")
    with pytest.raises(Refused, match="facilitator"):
        room.toolkit.entries.contribute(
            room.people[0].id, room.stage.id, {"kind": "note", "about": "x", "words": "y"}, "a"
        ).result()
    with pytest.raises(Refused, match="participants"):
        room.toolkit.entries.record(None, room.stage.id, {"kind": "idea", "text": "x"})
    room.toolkit.entries.record(None, room.stage.id, {"kind": "note", "about": "x", "words": "y"})
    assert room.toolkit.results.result(room.stage.id) == 0


def test_a_stage_of_another_workshop_does_not_exist_for_a_participant(
    hall: Callable[..., Hall],
) -> None:
    room = hall()
    other = room.toolkit.library.create_workshop(
        None, room.series.id, title=room.workshop.title, day=room.workshop.day
    )
    stage = room.toolkit.agenda.add_stage(None, other.id, _draft())
    with pytest.raises(NotFound):
        room.toolkit.entries.contribute(
            room.people[0].id, stage.id, {"kind": "idea", "text": "x"}, "a"
        )


def test_a_secret_ballot_leaves_no_thread_to_its_voter(hall: Callable[..., Hall]) -> None:
    room = hall(exercise="ballots", people=12, anonymity=Anonymity.secret)
    room.move("open")
    for who in range(12):
        room.vote(who, "yes" if who % 3 else "no", f"k{who}")
    assert room.vote(0, "no", "k0").repeated
    with pytest.raises(Refused, match="secret ballot cannot be changed"):
        room.vote(0, "yes", "another")
    assert room.toolkit.results.result(room.stage.id) == 12
    assert room.toolkit.results.progress(room.stage.id).done == 12
    found = inspect(room.toolkit.store.engine)
    assert {one["name"] for one in found.get_columns("ballot")} == {"id", "stage_id", "entry"}
    assert {one["name"] for one in found.get_columns("turnout")} == {
        "stage_id", "participant_id", "key",
    }  # fmt: skip
    with room.toolkit.store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM contribution")).scalar() == 0
        acts = connection.execute(text("SELECT act FROM event WHERE act = 'contribute'")).all()
    assert acts == []


def test_every_acknowledged_act_of_a_participant_is_in_the_log(hall: Callable[..., Hall]) -> None:
    room = hall()
    room.move("open")
    first = room.write(0, "One", "a")
    room.toolkit.entries.withdraw(room.people[0].id, first.contribution_id, "w").result()
    log = room.toolkit.results.moves(room.workshop.id)
    acts = [event.act for event in log if event.actor == "participant"]
    assert acts == ["join"] * 4 + ["contribute", "withdraw"]
    assert "One" not in str([event.detail for event in log])


def _draft() -> Any:
    from workshop.toolkit import StageDraft

    return StageDraft(exercise="ideas")
