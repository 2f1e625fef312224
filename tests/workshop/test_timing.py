"""How late a workshop is, when it would end, and which stages would have to give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.language import Multilingual
from workshop.model import Anonymity, Stage, StageState, Workshop
from workshop.timing import Pace, follow

SOFIA = ZoneInfo("Europe/Sofia")
TEN = datetime(2027, 3, 1, 10, 0, tzinfo=SOFIA)


def workshop(minutes: int, **more: Any) -> Workshop:
    return Workshop(
        id="w", series_id="s", short_name="w", code="ABC", title=Multilingual(en="First"),
        day=date(2027, 3, 1), starts_at="10:00", minutes=minutes, position=0, **more,
    )  # fmt: skip


def stage(
    place: int, minutes: int, state: str = "planned", opened: float | None = None,
    closed: float | None = None, ends: float | None = None,
) -> Stage:  # fmt: skip
    return Stage(
        id=str(place), workshop_id="w", position=place, exercise="swot",
        title=Multilingual(en=f"Stage {place}"), question=Multilingual(), settings={},
        anonymity=Anonymity.anonymous, state=StageState(state), minutes=minutes,
        opened_at=at(opened), closed_at=at(closed), clock_ends_at=at(ends),
    )  # fmt: skip


def at(minutes: float | None) -> datetime | None:
    return None if minutes is None else (TEN + timedelta(minutes=minutes)).astimezone(UTC)


def seen(stages: Sequence[Stage], minutes: float, lasts: int = 60, **more: Any) -> Pace:
    return follow(workshop(lasts, **more), stages, SOFIA, TEN + timedelta(minutes=minutes))


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(SOFIA):%H:%M}"


def test_stages_without_time_between_them_stand_back_to_back() -> None:
    pace = seen([stage(0, 20), stage(1, 40)], -5)
    assert [(clock(one.starts), clock(one.ends)) for one in pace.slots] == [
        ("10:00", "10:20"),
        ("10:20", "11:00"),
    ]
    assert (pace.begun, pace.on_time, clock(pace.expected), pace.talk) == (False, True, "11:00", 0)


def test_the_time_for_talk_is_spread_over_the_agenda() -> None:
    pace = seen([stage(0, 10), stage(1, 30)], -5)
    assert pace.talk == 20
    assert [(clock(one.starts), clock(one.ends)) for one in pace.slots] == [
        ("10:07", "10:17"),
        ("10:20", "10:50"),
    ]
    assert clock(pace.slots[-1].until) == "11:00"


def test_an_agenda_that_fills_little_of_the_day_is_not_stretched_over_it() -> None:
    pace = seen([stage(0, 10), stage(1, 10)], -5, lasts=180)
    assert clock(pace.slots[-1].until) == "10:40"
    assert clock(pace.expected) == "13:00"


def test_a_room_that_talks_as_planned_is_on_time() -> None:
    stages = [stage(0, 10, "revealed", opened=7), stage(1, 30)]
    for minutes in (7, 12, 17, 20):
        assert seen(stages, minutes).late == 0


def test_late_is_what_goes_beyond_the_plan_and_grows_while_nobody_goes_on() -> None:
    stages = [stage(0, 20, "open", opened=0, ends=20), stage(1, 40)]
    assert seen(stages, 20).late == 0
    assert seen(stages, 27).late == 7
    given_more = [replace(stages[0], clock_ends_at=at(22)), stages[1]]
    pace = seen(given_more, 19)
    assert (pace.late, clock(pace.expected), clock(pace.ends)) == (2, "11:02", "11:00")


def test_closing_early_is_ahead() -> None:
    stages = [stage(0, 20, "closed", opened=0, closed=12), stage(1, 40)]
    pace = seen(stages, 12)
    assert (pace.late, clock(pace.expected)) == (-8, "10:52")
    assert pace.shorten == ()


def test_a_workshop_that_has_not_begun_is_late_from_its_hour_on() -> None:
    stages = [stage(0, 20), stage(1, 40)]
    assert seen(stages, -30).late == 0
    assert seen(stages, 10).late == 10


def test_what_gives_is_shared_by_length_and_adds_up() -> None:
    stages = [
        stage(0, 10, "closed", opened=0, closed=19),
        stage(1, 10), stage(2, 20, "closed"), stage(3, 20), stage(4, 0),
    ]  # fmt: skip
    pace = seen(stages, 19, lasts=40)
    assert pace.late == 9
    assert [(one.id, n) for one, n in pace.shorten] == [("1", 3), ("3", 6)]
    assert pace.enough


def test_no_stage_is_asked_for_more_than_half() -> None:
    stages = [stage(0, 10, "open", opened=0, ends=10), stage(1, 10), stage(2, 20)]
    pace = seen(stages, 45, lasts=40)
    assert [(one.id, n) for one, n in pace.shorten] == [("1", 5), ("2", 10)]
    assert not pace.enough


def test_a_stage_left_for_the_next_ended_when_that_began() -> None:
    stages = [stage(0, 20, "revealed", opened=0), stage(1, 40, "open", opened=25, ends=65)]
    pace = seen(stages, 30)
    assert pace.slots[0].closed == at(25)
    assert pace.slots[1].closed is None
    assert pace.late == 5


def test_a_stage_held_out_of_order_passes_none_over() -> None:
    stages = [
        stage(0, 20, "revealed", opened=0), stage(1, 20),
        stage(2, 10, "closed", opened=5, closed=8), stage(3, 10),
    ]  # fmt: skip
    pace = seen(stages, 25)
    assert (pace.late, clock(pace.expected)) == (-5, "10:55")
    assert [one.id for one, _ in seen(stages, 40).shorten] == ["1", "3"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 60), st.sampled_from([*StageState]), st.integers(0, 90),
            st.integers(0, 60),
        ),
        min_size=1, max_size=6,
    ),
    st.integers(0, 120), st.integers(1, 300),
)  # fmt: skip
def test_whatever_was_held_in_whatever_order_the_end_is_not_before_what_is_still_planned(
    held: list[tuple[int, StageState, int, int]], now: int, lasts: int
) -> None:
    stages = [
        stage(
            place, long, state, opened=None if state is StageState.planned else min(opened, now),
            closed=min(opened + after, now) if state is StageState.closed else None,
        )
        for place, (long, state, opened, after) in enumerate(held)
    ]  # fmt: skip
    pace = seen(stages, now, lasts)
    to_come = sum(one.minutes for one in stages if one.state is StageState.planned)
    if not pace.over and pace.begun:
        half = timedelta(seconds=30)  # it is said in whole minutes
        assert pace.expected >= TEN + timedelta(minutes=now + to_come) - half


def test_a_finished_workshop_ended_when_its_last_stage_did() -> None:
    stages = [stage(0, 20, "closed", opened=0, closed=22), stage(1, 40, "revealed", opened=22)]
    assert not seen(stages, 70).over
    pace = seen(stages, 70, finished=True)
    assert (pace.over, clock(pace.expected)) == (True, "10:22")
    assert seen(stages, 60 * 30).over


def test_a_rehearsal_on_another_day_counts_from_its_first_opening() -> None:
    stages = [stage(0, 20, "open", opened=-3000, ends=-2980), stage(1, 40)]
    pace = seen(stages, -2990)
    assert pace.anew
    assert pace.late == 0
    assert not seen([stage(0, 20)], 3000).late


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(0, 90), max_size=8),
    st.integers(0, 8),
    st.integers(1, 600),
    st.integers(-600, 2000),
    st.integers(0, 300),
)
def test_whatever_the_agenda_the_plan_is_in_order_and_what_gives_adds_up(
    minutes: list[int], done: int, lasts: int, now: int, step: int
) -> None:
    stages = [
        stage(place, long, "closed", opened=place * step, closed=place * step + step)
        if place < done
        else stage(place, long)
        for place, long in enumerate(minutes)
    ]
    pace = seen(stages, now, lasts)
    for one, other in zip(pace.slots, pace.slots[1:], strict=False):
        assert one.starts <= one.ends <= other.starts
        assert one.until == other.starts
    given_up = sum(n for _, n in pace.shorten)
    assert 0 <= given_up <= max(0, pace.late)
    assert all(n <= one.minutes / 2 for one, n in pace.shorten)
    if pace.shorten and pace.enough:
        assert given_up == pace.late


def test_a_rehearsal_counts_from_its_first_opening_whenever_that_is() -> None:
    stages = [stage(0, 20), stage(1, 40)]
    assert seen(stages, 120, copy_of="w0").late == 0
    begun = [stage(0, 20, "open", opened=120, ends=140), stage(1, 40)]
    pace = seen(begun, 125, copy_of="w0")
    assert (pace.anew, pace.late, clock(pace.ends)) == (True, 0, "13:00")
