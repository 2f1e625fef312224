"""The agenda in time: what was planned, what took place, when it would end, and what gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from workshop.model import Stage, StageState, Workshop

ANOTHER_DAY = timedelta(hours=6)
"""Opened so far from the planned hour, a workshop was moved: it counts anew, as rehearsals do."""
LONGEST = timedelta(hours=24)
"""After this nobody runs the workshop any more, whatever was left open."""
TALK = 1.0
"""Talk kept beside a stage at most, in lengths of the stage: more is no plan but an open end."""
LEAST = 0.5
"""Of its planned minutes a stage must keep to be still worth holding."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One stage in time."""

    stage: Stage
    starts: datetime
    ends: datetime
    """As planned: the stage's own minutes; talk about it comes after."""
    until: datetime
    """As planned, with its share of the talk."""
    opened: datetime | None
    closed: datetime | None
    """When it really ended: closed, or left for the next; None while it goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a workshop stands against its plan."""

    slots: tuple[Slot, ...]
    begins: datetime
    ends: datetime
    """As planned."""
    talk: int
    """Minutes kept for the welcome, talk and breaks."""
    expected: datetime
    """When it would end if the rest took as long as planned; when it ended, once it is over."""
    begun: bool
    over: bool
    anew: bool
    """Counted from the first opening, which was not on the planned day."""
    shorten: tuple[tuple[Stage, int], ...]
    """By how many minutes which stages to come would have to be shorter to end in time."""
    enough: bool
    """Whether shortening alone would do."""

    @property
    def late(self) -> int:
        """Whole minutes behind the plan; ahead of it they are negative."""
        return round((self.expected - self.ends) / MINUTE)

    @property
    def until(self) -> datetime:
        """When the last stage is planned to be over: after ``ends`` where they are too many."""
        return max([self.ends, *(one.until for one in self.slots)])

    @property
    def beyond(self) -> int:
        """Whole minutes by which the stages as planned last longer than the workshop."""
        return round((self.until - self.ends) / MINUTE)

    @property
    def on_time(self) -> bool:
        """A minute more or less is what nobody notices."""
        return abs(self.late) <= 1


def follow(workshop: Workshop, stages: Sequence[Stage], zone: tzinfo, now: datetime) -> Pace:
    """Return how a workshop stands against its plan at this moment.

    A workshop lasts longer than its stages: people are welcomed, they talk about results, they
    take breaks. That time is spread over the stages by their length, so that a room which talks
    as planned is on time; late is what goes beyond it.
    """
    hour = datetime.strptime(workshop.starts_at, "%H:%M").time()
    begins = datetime.combine(workshop.day, hour, tzinfo=zone)
    opened = [one.opened_at for one in stages if one.opened_at is not None]
    first = min(opened, default=None)
    tried = workshop.copy_of is not None
    anew = first is not None and (tried or abs(first - begins) > ANOTHER_DAY)
    if first is not None and anew:
        begins = first.astimezone(zone)
    own = sum(one.minutes for one in stages)
    talk = min(max(0, workshop.minutes - own), round(own * TALK))
    slots = _slots(stages, begins, talk, own)
    ends = begins + workshop.minutes * MINUTE
    closed = all(one.state is StageState.closed for one in stages)
    over = bool(opened) and (workshop.finished or closed or now - begins > LONGEST)
    if over:
        ended = [one.closed or one.opened for one in slots]
        expected = max(one for one in ended if one is not None)
    elif first is None and (tried or not timedelta(0) < now - begins <= ANOTHER_DAY):
        expected = ends
    else:
        planned = slots[-1].until if slots else begins
        expected = max(ends, now) if not slots else now + _ahead(slots, begins, now)
        expected += max(timedelta(0), ends - planned)
    late = round((expected - ends) / MINUTE)
    expected = ends + late * MINUTE  # the times that are read out differ by what is called late
    shorten, enough = ((), True) if over else _shorter(slots, late)
    return Pace(
        slots=slots, begins=begins, ends=ends, talk=talk, expected=expected.astimezone(zone),
        begun=first is not None, over=over, anew=anew, shorten=shorten, enough=enough,
    )  # fmt: skip


def _slots(stages: Sequence[Stage], begins: datetime, talk: int, own: int) -> tuple[Slot, ...]:
    welcome = talk / (len(stages) + 1) if stages else 0.0
    share = (talk - welcome) / own if own else 0.0
    passed, found = welcome, []
    for one in stages:
        starts = begins + int(passed + 0.5) * MINUTE
        passed += one.minutes * (1 + share)
        found.append(
            Slot(
                stage=one,
                starts=starts,
                ends=starts + one.minutes * MINUTE,
                until=begins + int(passed + 0.5) * MINUTE,
                opened=one.opened_at,
                closed=_closed(one, stages),
            )
        )
    return tuple(found)


def _closed(stage: Stage, stages: Sequence[Stage]) -> datetime | None:
    """Return when a stage really ended; the one that was opened next ends it too."""
    if stage.opened_at is None:
        return None
    if stage.state is StageState.closed:
        return stage.closed_at
    if stage.state is StageState.open:
        return None
    opened = (one.opened_at for one in stages if one.opened_at is not None)
    return min((one for one in opened if one > stage.opened_at), default=None)


def _ahead(slots: Sequence[Slot], begins: datetime, now: datetime) -> timedelta:
    """Return how long the rest takes if it goes as planned from now on.

    What is planned is still to come, wherever it stands: a stage held out of order passes none
    over. Leaving one out has an act of its own, which closes it.
    """
    rest = sum((_whole(one) for one in slots if _waits(one)), timedelta(0))
    if all(one.opened is None for one in slots):  # people are still being welcomed
        return rest + max(timedelta(0), slots[0].starts - now)
    return rest + max((_left(one, now) for one in slots), default=timedelta(0))


def _left(slot: Slot, now: datetime) -> timedelta:
    """Return how long a stage still goes on; those that are open together end together."""
    if slot.opened is None or slot.closed is not None:
        return timedelta(0)
    clock = slot.stage.clock(now)
    left = timedelta(seconds=clock.left if clock else 0)
    return max(left, _whole(slot) - (now - slot.opened), timedelta(0))


def _waits(slot: Slot) -> bool:
    return slot.stage.state is StageState.planned


def _whole(slot: Slot) -> timedelta:
    return slot.until - slot.starts


def _shorter(slots: Sequence[Slot], late: int) -> tuple[tuple[tuple[Stage, int], ...], bool]:
    """Return who would have to give how many minutes, by their length, and whether that will do."""
    later = [one.stage for one in slots if _waits(one) and one.stage.minutes]
    together = sum(one.minutes for one in later)
    if late <= 0 or not later:
        return (), late <= 0
    most = [int(one.minutes * LEAST) for one in later]
    given = min(late, sum(most))
    exact = [given * one.minutes / together for one in later]
    minutes = [int(one) for one in exact]
    while sum(minutes) < given:  # whole minutes: the rest goes where most was cut off
        open_ones = [place for place, n in enumerate(minutes) if n < most[place]]
        minutes[max(open_ones, key=lambda place: exact[place] - minutes[place])] += 1
    parts = tuple((one, n) for one, n in zip(later, minutes, strict=True) if n)
    return parts, given == late
