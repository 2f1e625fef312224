"""From ballots to one result: totals, three weightings, groups, and how firm the order is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from exercises.dots.model import Entry, Settings
from workshop.model import Anonymity, Category, Contribution, Id, Option, Room, StakeholderGroup
from workshop.statistics.intervals import Stability, Standing, top_k_stability
from workshop.statistics.measure import Record
from workshop.statistics.ranking import Firmness, Place, Top, rank_candidates, robust_top, top
from workshop.statistics.suppression import visible_groups
from workshop.statistics.weighting import WeightedShares, Weighting, group_sizes, weighted_shares

OTHERS = "others"
"""Groups that may not be shown count together as one, so that no total gives one of them away."""
LOW_TURNOUT = 0.5

Ballot = Record[Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An option with all that was found out about it."""

    option: Option
    dots: int
    supporters: int
    """Different people: an enthusiast with three dots is one."""
    shares: Mapping[Weighting, float]
    places: Mapping[Weighting, Place]
    label: Firmness | None
    """Whether it is among the leading ones however votes are weighed; None: never, or one way."""
    standing: Standing | None
    by_group: Mapping[Id, tuple[int, float]]
    """Dots, and share of the group's dots, for each column shown."""
    divides: float | None
    """Largest minus smallest share in a shown group; None below two groups."""
    unites: float | None
    """Smallest share in a shown group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A group with its own column; ``group`` is None for the others together."""

    id: Id
    group: StakeholderGroup | None
    ballots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The outcome of a dot vote as wall, phone and report tell it."""

    settings: Settings
    stage_id: Id
    chosen: tuple[Chosen, ...]
    """All options, most dots first."""
    tops: Mapping[Weighting, Top]
    ballots: int
    eligible: int
    organisations: int
    cast: tuple[tuple[tuple[str, int], ...], ...]
    """Every ballot as (option, dots), in an order that says nothing about people or time."""
    voices: tuple[Voice, ...]
    missing: tuple[StakeholderGroup | None, ...]
    """Groups nobody voted from; None for one too small to be named."""
    uncounted: int
    """Groups of one left out of the equal weight of groups (only where even these are shown)."""
    stability: Stability | None
    secret: bool
    smallest_group: int

    @property
    def weightings(self) -> tuple[Weighting, ...]:
        """Return the ways of weighing that exist here."""
        return tuple(weighting for weighting in Weighting if weighting in self.tops)

    @property
    def turnout(self) -> float | None:
        """Return the share of eligible people who voted."""
        return self.ballots / self.eligible if self.eligible else None

    @property
    def indicative(self) -> bool:
        """Return whether too few voted for the result to speak for the room."""
        return bool(self.missing) or (self.turnout is not None and self.turnout < LOW_TURNOUT)

    @property
    def unsettled(self) -> tuple[Chosen, ...]:
        """Return the options that are leading under one weighting and not under another."""
        insides = [set(self.tops[weighting].candidates) for weighting in self.weightings]
        some, every = set().union(*insides), set.intersection(*insides) if insides else set()
        return tuple(one for one in self.chosen if one.option.key in some - every)

    def board(self, category: Category) -> tuple[Chosen, ...]:
        """Return the options of one category, most dots first."""
        return tuple(one for one in self.chosen if one.option.category == category)


@dataclass(frozen=True, slots=True)
class _Count:
    """What is known of all options together, before each gets its own."""

    shares: WeightedShares
    told: WeightedShares
    """The same by the groups that may be shown, the others as one."""
    weighed: Mapping[Weighting, Mapping[str, float]]
    orders: Mapping[Weighting, tuple[Place, ...]]
    labels: Mapping[str, Firmness]
    stability: Stability | None
    voices: tuple[Voice, ...]


def analyse(settings: Settings, contributions: Sequence[Contribution[Entry]], room: Room) -> Result:
    """Return the result; the order of the contributions does not matter."""
    ballots = _ballots(settings, contributions)
    secret = room.anonymity is Anonymity.secret or not any(one.group for one in ballots)
    count = _count(settings, ballots, secret, room)
    chosen = [_chosen(option, count) for option in settings.options]
    return Result(
        settings=settings,
        stage_id=next((one.stage_id for one in contributions), ""),
        chosen=tuple(sorted(chosen, key=lambda one: (-one.dots, one.option.key))),
        tops={w: top(order, settings.leading, above=0) for w, order in count.orders.items()},
        ballots=count.shares.n,
        eligible=len(room.eligible),
        organisations=count.shares.organisations,
        cast=_shuffled(ballots),
        voices=count.voices,
        missing=() if secret else _missing(ballots, room),
        uncounted=len(count.shares.excluded_groups) if Weighting.GROUP in count.weighed else 0,
        stability=count.stability,
        secret=secret,
        smallest_group=room.smallest_group,
    )


def _count(settings: Settings, ballots: Sequence[Ballot], secret: bool, room: Room) -> _Count:
    voices, pooled = _voices(ballots, room)
    keys = [option.key for option in settings.options]
    told = weighted_shares(pooled, keys)
    # Totals stay as they are unless the coordinator wants nothing to be computable from them.
    shares = told if settings.strict else weighted_shares(ballots, keys)
    possible = _possible(secret, voices, shares, strict=settings.strict)
    weighed = {w: shares.shares[w] for w in possible if w in shares.shares}
    orders = {w: rank_candidates(one) for w, one in weighed.items()}
    # An option nobody chose leads nowhere, even where fewer than k were chosen at all.
    leading = {w.value: tuple(p for p in order if p.score > 0) for w, order in orders.items()}
    whole = not secret and settings.per_category is None  # places across categories say nothing
    found = top_k_stability(ballots, keys, settings.leading) if whole else None
    return _Count(
        shares=shares,
        told=told,
        weighed=weighed,
        orders=orders,
        labels=robust_top(leading, settings.leading).labels,
        stability=found if isinstance(found, Stability) else None,
        voices=voices,
    )


def _chosen(option: Option, count: _Count) -> Chosen:
    key, shares = option.key, count.shares
    groups = {
        voice.id: (
            round(count.told.group_totals[voice.id][key]),
            count.told.group_shares[voice.id][key],
        )
        for voice in count.voices
    }
    inside = [groups[voice.id][1] for voice in count.voices if voice.group is not None]
    return Chosen(
        option=option,
        dots=round(shares.totals[key]),
        supporters=shares.supporters[key],
        shares={weighting: one[key] for weighting, one in count.weighed.items()},
        places={
            weighting: next(place for place in order if place.candidate == key)
            for weighting, order in count.orders.items()
        },
        label=count.labels.get(key),
        standing=count.stability.standings[key] if count.stability else None,
        by_group=groups,
        divides=max(inside) - min(inside) if len(inside) > 1 else None,
        unites=min(inside) if len(inside) > 1 else None,
    )


def _ballots(settings: Settings, contributions: Sequence[Contribution[Entry]]) -> list[Ballot]:
    """Return the ballots that count, in an order of their own; dots on options gone are dropped."""
    known = {option.key for option in settings.options}
    answer: list[Ballot] = []
    for one in sorted(contributions, key=lambda one: (one.number, one.id)):
        dots = {key: float(n) for key, n in one.entry.dots.items() if key in known}
        if one.stands and dots and one.sender.voting and not one.sender.staff:
            answer.append(Record(dots, one.sender.organisation_id, one.sender.group_id))
    return answer


def _voices(ballots: Sequence[Ballot], room: Room) -> tuple[tuple[Voice, ...], list[Ballot]]:
    """Return the columns that may be shown, and the ballots with the other groups made one.

    Totals, shown groups and an equal weight of groups together are enough to compute two hidden
    groups; with ``strict`` the hidden ones therefore weigh as one, before anything is counted.
    """
    sizes = group_sizes(ballots)
    shown = set(visible_groups(sizes, room.smallest_group).shown)
    pooled = [
        one if one.group in shown or one.group is None else replace(one, group=OTHERS)
        for one in ballots
    ]
    voices = [
        Voice(id=group.id, group=group, ballots=sizes[group.id])
        for group in room.groups
        if group.id in shown
    ]
    rest = sum(n for group, n in sizes.items() if group not in shown)
    if rest and voices:
        voices.append(Voice(id=OTHERS, group=None, ballots=rest))
    return tuple(voices), pooled


def _possible(
    secret: bool, voices: Sequence[Voice], shares: WeightedShares, *, strict: bool
) -> list[Weighting]:
    """Return the weightings that mean something: nobody knows who voted in a secret ballot.

    Where no group may be shown, three that count hide one another in their common mean.
    """
    if secret:
        return [Weighting.PARTICIPANT]
    answer = [Weighting.PARTICIPANT]
    if shares.organisations > 1:
        answer.append(Weighting.ORGANISATION)
    counting = len(shares.sizes.keys() - set(shares.excluded_groups))
    if len(voices) > 1 or (counting > 2 and not strict):
        answer.append(Weighting.GROUP)
    return answer


def _missing(ballots: Sequence[Ballot], room: Room) -> tuple[StakeholderGroup | None, ...]:
    voted = {one.group for one in ballots}
    people = group_sizes([Record(None, None, one.group_id) for one in room.eligible])
    return tuple(
        group if people[group.id] >= room.smallest_group else None
        for group in room.groups
        if group.id in people and group.id not in voted
    )


def _shuffled(ballots: Sequence[Ballot]) -> tuple[tuple[tuple[str, int], ...], ...]:
    """Return the ballots without their senders, ordered by what is on them."""
    plain = [tuple(sorted((key, round(n)) for key, n in one.value.items())) for one in ballots]
    return tuple(sorted(plain))
