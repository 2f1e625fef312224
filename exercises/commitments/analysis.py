"""Counted commitments become a network, a calendar and a list of what can break; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from exercises.commitments.model import Entry, Settings
from exercises.commitments.register import Line, NeedLine, Register, keep
from workshop.model import Contribution, Id, Organisation, Room
from workshop.statistics.measure import Undefined
from workshop.statistics.network import (
    Commitment,
    Core,
    Dependencies,
    Link,
    Network,
    core_periphery,
    dependencies,
    link,
    measure_network,
)

DELIVERY = {1: 0.1, 2: 0.25, 3: 0.5, 4: 0.75, 5: 0.9}
"""Weight of a strength in the expected delivery: a planning convention, no probability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one organisation promised and how many depend on it."""

    organisation: Organisation
    commitments: int
    delivery: float
    """Sum of the strength weights of its commitments."""
    needed_by: int
    """Counted commitments that need it."""
    share: float | None
    """The same as a share of all counted commitments."""
    depends_on: int
    """Organisations it needs."""
    needed_of: int
    """Organisations that need it."""
    betweenness: float
    breaks: bool
    """Without it the network falls apart."""
    alarm: bool
    """At least half of the commitments need it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two commitments on the same priority; the first needs the organisation of the other."""

    first: Line
    other: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many commitments each organisation made for one priority."""

    key: str
    """Empty: commitments that name no priority."""
    total: int
    by: tuple[tuple[Organisation, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Something needed that its organisation has neither accepted nor declined."""

    line: Line
    need: NeedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything that wall, phone, spreadsheet and report say about commitments."""

    settings: Settings
    room: Room
    register: Register
    network: Network
    """Organisations by id; what was declined is not in it."""
    declined: tuple[Link, ...]
    """Links of declined needs only: drawn dashed, counted nowhere."""
    dependencies: Dependencies
    core: Core | None
    """The most connected core; None when it is not clear."""
    loads: tuple[Load, ...]
    isolates: tuple[Organisation, ...]
    """In the room, without a commitment, and needed by nobody."""
    waiting: tuple[Pair, ...]
    """Commitments that wait for each other, each pair once."""
    conflicts: tuple[Pair, ...]
    """Due earlier than what they need."""
    months: tuple[tuple[date, int], ...]
    """First day of each month from the first due date to the last, and how many are due."""
    coverage: tuple[Coverage, ...]
    delivery: float
    unanswered: tuple[Unanswered, ...]

    @property
    def counted(self) -> tuple[Line, ...]:
        """The commitments all figures rest on."""
        return self.register.counted

    @property
    def left_out(self) -> tuple[Line, ...]:
        """Drafts, invalid and withdrawn ones: listed with the reason, not counted."""
        return tuple(line for line in self.register.lines if not line.counted)

    @property
    def dependent(self) -> int:
        """How many counted commitments need a partner."""
        return sum(1 for line in self.counted if _needed(line))

    def organisation(self, organisation_id: Id) -> Organisation:
        """Return an organisation that stands in the network."""
        found = self.room.organisation(organisation_id)
        if found is None:
            raise KeyError(organisation_id)
        return found


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
    waiting = [pair for pair in pairs if _both_ways(pair, pairs)]
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
        waiting=tuple(pair for pair in waiting if pair.first.number < pair.other.number),
        conflicts=tuple(pair for pair in pairs if _too_early(pair)),
        months=_months(counted),
        coverage=_coverage(settings, counted, room),
        delivery=_delivery(counted),
        unanswered=tuple(
            Unanswered(line=line, need=need)
            for line in counted
            for need in line.needs
            if need.answer == "asked"
        ),
    )


def _needed(line: Line) -> tuple[Id, ...]:
    """Return whom a commitment needs: what was declined is no longer counted on."""
    return tuple(
        dict.fromkeys(need.organisation.id for need in line.needs if need.answer != "declined")
    )


def _commitment(line: Line) -> Commitment:
    return Commitment(_maker(line), _needed(line), line.entry.priority or None)


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
        and _maker(other) in _needed(line)
        and _maker(other) != _maker(line)
    ]


def _both_ways(pair: Pair, pairs: Iterable[Pair]) -> bool:
    return any(one.first is pair.other and one.other is pair.first for one in pairs)


def _too_early(pair: Pair) -> bool:
    first, other = pair.first.due, pair.other.due
    done = pair.other.status == "completed"
    return first is not None and other is not None and first < other and not done


def _months(counted: Sequence[Line]) -> tuple[tuple[date, int], ...]:
    due = Counter(line.due.replace(day=1) for line in counted if line.due is not None)
    if not due:
        return ()
    months, month = [], min(due)
    while month <= max(due):
        months.append((month, due[month]))
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return tuple(months)


def _coverage(
    settings: Settings, counted: Sequence[Line], room: Room
) -> tuple[Coverage, ...]:
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
