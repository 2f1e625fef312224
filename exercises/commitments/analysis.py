"""Counted commitments become a network, a calendar and a list of what can break; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from math import fsum

from exercises.commitments.days import add_months
from exercises.commitments.model import Entry, Settings
from exercises.commitments.register import Line, keep
from exercises.commitments.result import Coverage, Load, Pair, Period, Result, Unanswered
from workshop.model import Contribution, Id, Room
from workshop.statistics.measure import Undefined
from workshop.statistics.network import (
    Commitment,
    Dependencies,
    Link,
    Network,
    core_periphery,
    dependencies,
    link,
    measure_network,
)

MOST_MONTHS = 24
"""A longer calendar is told in quarters."""
DELIVERY = {1: 0.1, 2: 0.25, 3: 0.5, 4: 0.75, 5: 0.9}
"""Weight of a strength in the expected delivery: a planning convention, no probability."""


def analyse(settings: Settings, contributions: Sequence[Contribution[Entry]], room: Room) -> Result:
    """Return who promised what to whom, and what depends on whom; their order does not matter."""
    register = keep(contributions, room)
    counted = register.counted
    given = [_commitment(line) for line in counted]
    present = room.attended or frozenset(one.id for one in room.organisations)
    known = [one.id for one in room.organisations if one.id in present]
    links = link(given)
    network = measure_network(links, known)
    found = dependencies(given, known)
    core = core_periphery(network.links, network.organisations)
    pairs = _pairs(counted)
    needed = {(pair.first.number, pair.other.number) for pair in pairs}
    return Result(
        settings=settings,
        room=room,
        register=register,
        network=network,
        declined=_declined(counted, links),
        dependencies=found,
        core=None if isinstance(core, Undefined) or not core.clear else core,
        loads=_loads(counted, network, found, room),
        isolates=tuple(
            one for one in room.organisations if one.id in found.isolates and room.attended
        ),
        waiting=tuple(
            pair
            for pair in pairs
            if pair.first.number < pair.other.number
            and (pair.other.number, pair.first.number) in needed
        ),
        conflicts=tuple(pair for pair in pairs if _too_early(pair)),
        periods=_periods(counted),
        coverage=_coverage(settings, counted, room),
        delivery=_delivery(counted),
        unanswered=tuple(
            Unanswered(line=line, need=need)
            for line in counted
            for need in line.needs
            if need.answer == "asked"
        ),
    )


def _commitment(line: Line) -> Commitment:
    return Commitment(_maker(line), line.needed, line.entry.priority or None)


def _maker(line: Line) -> Id:
    """Return the organisation of a counted commitment; without one it is a draft."""
    return line.organisation.id if line.organisation else ""


def _declined(counted: Sequence[Line], links: Sequence[Link]) -> tuple[Link, ...]:
    """Return links that exist only as declined needs."""
    standing = {(one.giver, one.needed) for one in links}
    refused = Counter(
        (_maker(line), asked)
        for line in counted
        for asked in {n.organisation.id for n in line.needs if n.answer == "declined"}
        if asked != _maker(line)
    )
    return tuple(Link(*pair, refused[pair]) for pair in sorted(refused) if pair not in standing)


def _loads(
    counted: Sequence[Line], network: Network, found: Dependencies, room: Room
) -> tuple[Load, ...]:
    """Return all organisations of the network, those most depend on first."""
    loads = []
    for one in room.organisations:
        if one.id not in network.in_degree:
            continue
        own = [line for line in counted if _maker(line) == one.id]
        loads.append(
            Load(
                organisation=one,
                commitments=len(own),
                delivery=_delivery(own),
                needed_by=found.needed_by.get(one.id, 0),
                share=found.shares.get(one.id),
                depends_on=network.out_degree[one.id],
                needed_of=network.in_degree[one.id],
                betweenness=network.betweenness[one.id],
                breaks=one.id in network.articulation_points,
                alarm=one.id in found.alarms,
            )
        )
    return tuple(sorted(loads, key=lambda load: (-load.needed_by, -load.commitments)))


def _pairs(counted: Sequence[Line]) -> list[Pair]:
    """Return commitments beside those they need: same priority, of the organisation asked.

    What is needed is told in words; that it is this commitment is likely, not certain.
    """
    return [
        Pair(first=line, other=other)
        for line in counted
        for other in counted
        if line.entry.priority
        and line.entry.priority == other.entry.priority
        and _maker(other) in line.needed
        and _maker(other) != _maker(line)
    ]


def _too_early(pair: Pair) -> bool:
    first, other = pair.first.due, pair.other.due
    done = pair.other.status == "completed"
    return first is not None and other is not None and first < other and not done


def _periods(counted: Sequence[Line]) -> tuple[Period, ...]:
    """Return how many are due in each month, or in each quarter when they are far apart.

    Empty periods in between are shown unless there would be more of them than a page holds.
    """
    due = sorted(line.due for line in counted if line.due is not None)
    if not due:
        return ()
    step = 1 if _months_between(due[0], due[-1]) < MOST_MONTHS else 3
    found = Counter(_start(day, step) for day in due)
    starts, start = [], _start(due[0], step)
    while start <= due[-1]:
        starts.append(start)
        start = add_months(start, step)
    if len(starts) > MOST_MONTHS:
        starts = sorted(found)
    return tuple(Period(start=one, months=step, due=found[one]) for one in starts)


def _start(day: date, step: int) -> date:
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _coverage(settings: Settings, counted: Sequence[Line], room: Room) -> tuple[Coverage, ...]:
    """Return every priority, those without a commitment too, then those that name none."""
    keys = [one.key for one in settings.priorities]
    keys += sorted({line.entry.priority for line in counted} - {*keys, ""})
    rows = []
    for key in [*keys, ""]:
        under = [line for line in counted if line.entry.priority == key]
        makers = Counter(_maker(line) for line in under)
        by = tuple((one, makers[one.id]) for one in room.organisations if makers[one.id])
        if key or under:
            rows.append(Coverage(key=key, total=len(under), by=by))
    return tuple(rows)


def _delivery(counted: Iterable[Line]) -> float:
    return fsum(DELIVERY[line.entry.strength] for line in counted)
