"""The clock of a stage: it starts with it, stands, gets more time, and at zero it waits."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.room import TINY, Hall
from workshop.model import Clock, Pace, Refused, Role, StageState
from workshop.toolkit import Toolkit


@pytest.fixture
def room(both: str) -> Iterator[Hall]:
    hall = Hall(both)
    yield hall
    hall.close()


def clock(room: Hall) -> Clock | None:
    return room.stage.clock(room.clock.present)


def acts(room: Hall) -> list[str]:
    return [event.act for event in room.toolkit.results.moves(room.workshop.id)]


def test_it_starts_with_the_stage_and_its_minutes(room: Hall) -> None:
    assert clock(room) is None
    room.move("open")
    assert clock(room) == Clock(left=600, running=True)
    room.clock.turn(seconds=61.5)
    assert clock(room) == Clock(left=539, running=True)


def test_at_zero_it_says_so_and_the_stage_waits(room: Hall) -> None:
    room.move("open")
    room.clock.turn(minutes=25)
    assert clock(room) == Clock(left=0, running=True)
    assert room.stage.state is StageState.open
    assert room.write(0, "Still counted", "late").number == 1


def test_it_stands_and_goes_on_from_where_it_stood(room: Hall) -> None:
    room.move("open")
    room.clock.turn(minutes=4)
    room.toolkit.clocks.pause(None, room.stage.id)
    room.clock.turn(minutes=30)
    assert clock(room) == Clock(left=360, running=False)
    room.toolkit.clocks.go(None, room.stage.id)
    room.clock.turn(minutes=1)
    assert clock(room) == Clock(left=300, running=True)
    assert acts(room)[-2:] == ["clock paused", "clock on"]


def test_more_time_is_added_to_what_is_left_and_counts_from_now_when_it_was_up(room: Hall) -> None:
    clocks = room.toolkit.clocks
    room.move("open")
    room.clock.turn(minutes=9)
    clocks.grant(None, room.stage.id, 120)
    assert clock(room) == Clock(left=180, running=True)
    room.clock.turn(minutes=20)
    clocks.grant(None, room.stage.id, 120)
    assert clock(room) == Clock(left=120, running=True)
    clocks.pause(None, room.stage.id)
    clocks.grant(None, room.stage.id, 60)
    assert clock(room) == Clock(left=180, running=False)
    event = room.toolkit.results.moves(room.workshop.id)[-1]
    assert (event.act, event.detail) == ("more time", {"seconds": 60})
    for seconds in (0, -60, 3601):
        with pytest.raises(Refused):
            clocks.grant(None, room.stage.id, seconds)


def test_it_stands_while_nobody_may_write_and_goes_on_when_they_may_again(room: Hall) -> None:
    room.move("open")
    room.clock.turn(minutes=4)
    room.move("locked")
    assert clock(room) is None
    room.clock.turn(minutes=60)
    assert room.move("open").clock(room.clock.present) == Clock(left=360, running=True)
    room.move("planned")
    room.move("open")
    assert clock(room) == Clock(left=600, running=True)


def test_a_stage_without_minutes_has_no_clock_until_somebody_gives_time(room: Hall) -> None:
    room.toolkit.agenda.change_stage(None, room.stage.id, minutes=0)
    room.move("open")
    assert clock(room) is None
    room.toolkit.clocks.grant(None, room.stage.id, 120)
    assert clock(room) == Clock(left=120, running=True)


def test_only_an_open_stage_has_a_clock_to_turn(room: Hall) -> None:
    clocks, stage_id = room.toolkit.clocks, room.stage.id
    room.move("open")
    room.move("locked")
    for act in (clocks.go, clocks.pause, lambda by, one: clocks.grant(by, one, 120)):
        with pytest.raises(Refused, match="not open"):
            act(None, stage_id)


def test_two_who_give_time_together_give_it_once_and_again_only_when_they_saw_it(
    room: Hall,
) -> None:
    room.move("open")
    clocks, seen = room.toolkit.clocks, room.stage
    with ThreadPoolExecutor(2) as hands:
        told = list(hands.map(lambda _: clocks.grant(None, seen.id, 120, seen), range(2)))
    assert told[0] == told[1]
    assert clock(room) == Clock(left=720, running=True)
    assert acts(room).count("more time") == 1
    room.clock.turn(seconds=1)
    clocks.grant(None, seen.id, 120, room.stage)
    assert clock(room) == Clock(left=839, running=True)


def test_time_a_colleague_gives_a_moment_later_is_the_same_time(room: Hall) -> None:
    room.move("open")
    clocks, accounts = room.toolkit.clocks, room.toolkit.accounts
    ann, bob = (accounts.create(None, name, Role.facilitator)[0] for name in ("Ann", "Bob"))
    for who, seconds, left in ((ann, 0, 720), (bob, 2.5, 718), (bob, 0.5, 837), (bob, 1, 956)):
        room.clock.turn(seconds=seconds)
        clocks.grant(who, room.stage.id, 120, room.stage)  # each sees the clock as it is
        assert clock(room) == Clock(left=left, running=True)


def test_two_who_pause_together_pause_once_and_both_see_it(room: Hall) -> None:
    room.move("open")
    stage_id = room.stage.id
    with ThreadPoolExecutor(2) as hands:
        seen = list(hands.map(lambda _: room.toolkit.clocks.pause(None, stage_id), range(2)))
    assert [one.clock_left for one in seen] == [600, 600]
    assert acts(room).count("clock paused") == 1
    before = room.toolkit.results.revision(room.workshop.id)
    room.clock.turn(minutes=1)
    room.toolkit.clocks.pause(None, stage_id)
    assert room.toolkit.results.revision(room.workshop.id) == before


def test_a_clock_that_has_run_out_cannot_be_kept(room: Hall) -> None:
    room.move("open")
    room.clock.turn(minutes=11)
    room.toolkit.clocks.pause(None, room.stage.id)
    assert clock(room) == Clock(left=0, running=True)
    assert "clock paused" not in acts(room)


def test_it_survives_a_restart_and_an_archive(room: Hall, tmp_path: object) -> None:
    room.move("open")
    room.clock.turn(minutes=3)
    room.toolkit.clocks.pause(None, room.stage.id)
    room.reopen()
    assert clock(room) == Clock(left=420, running=False)
    archive = room.toolkit.archive.dump(room.series.id)
    with Toolkit.open(f"sqlite:///{tmp_path}/other.db", exercises=TINY, now=room.clock) as other:
        other.archive.load(None, archive)
        (stage,) = other.agenda.stages(room.workshop.id)
        assert stage.clock(room.clock.present) == Clock(left=420, running=False)


def test_the_clock_changes_no_result(room: Hall) -> None:
    room.move("open")
    before = room.stage.revision
    shape = room.toolkit.results.revision(room.workshop.id)[1]
    room.toolkit.clocks.grant(None, room.stage.id, 120)
    assert room.stage.revision == before
    assert room.toolkit.results.revision(room.workshop.id)[1] > shape


def test_more_time_stays_with_the_person_who_asked(room: Hall) -> None:
    people = room.toolkit.people
    people.take_time(room.people[1].id, Pace.ten)
    room.reopen()
    people = room.toolkit.people
    found = people.by_tokens(room.tokens)
    assert [found[one].pace for one in room.tokens[:3]] == [Pace.room, Pace.ten, Pace.room]
    assert [one.pace for one in people.participants(room.workshop.id)][1] is Pace.ten


def test_a_last_call_is_over_taken_back_or_ended_by_the_lock(room: Hall) -> None:
    room.move("open")
    clocks = room.toolkit.clocks
    clocks.call(None, room.stage.id)
    assert clock(room) == Clock(left=30, running=True, last=True)
    room.clock.turn(seconds=45)
    assert clock(room) == Clock(left=0, running=True, last=True)
    assert room.stage.state is StageState.open
    clocks.uncall(None, room.stage.id)
    assert clock(room) == Clock(left=555, running=True)
    clocks.call(None, room.stage.id)
    room.move("locked")
    room.move("open")
    assert clock(room) == Clock(left=555, running=True)
