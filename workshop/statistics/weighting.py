"""Three ways to weigh a room: every person, every organisation or every group alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from workshop.statistics.measure import Measure, Number, Reason, Record, Undefined, present

MIN_GROUP_N = 2  # smaller groups would carry as much as any other: left out, and named


class Weighting(StrEnum):
    """Who counts alike. All three are printed side by side: choosing one is political."""

    PARTICIPANT = "participant"
    ORGANISATION = "organisation"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class WeightedMean:
    """A mean under three weightings and inside each group; `missing` people gave no answer."""

    participant: Number
    organisation: Number
    group: Number
    by_group: Mapping[str, Measure]
    excluded_groups: tuple[str, ...]
    missing: int

    def under(self, weighting: Weighting) -> Number:
        """Return the mean under one weighting."""
        chosen: Number = getattr(self, weighting.value)
        return chosen

    @property
    def spread(self) -> float | None:
        """How far the weightings are apart; above 0.5 of a level a report warns."""
        values = present(self.under(weighting).value for weighting in Weighting)
        return max(values) - min(values) if len(values) > 1 else None


@dataclass(frozen=True, slots=True)
class WeightedShares:
    """Dots or points per candidate: totals, shares under three weightings, and group by group.

    `shares` lacks a weighting that does not exist here; `undefined` then says why. Every mapping
    of candidates holds all candidates. `blank` ballots gave nothing and are in no share; `sizes`
    and n count the others.
    """

    totals: Mapping[str, float]
    supporters: Mapping[str, int]
    shares: Mapping[Weighting, Mapping[str, float]]
    undefined: Mapping[Weighting, Reason]
    group_totals: Mapping[str, Mapping[str, float]]
    group_shares: Mapping[str, Mapping[str, float]]
    sizes: Mapping[str, int]
    excluded_groups: tuple[str, ...]
    n: int
    organisations: int
    blank: int


def clusters(records: Sequence[Record[object]]) -> list[Hashable]:
    """Return the organisation of each record; a person without one stands alone."""
    return [
        ("alone", place) if record.organisation is None else record.organisation
        for place, record in enumerate(records)
    ]


def group_sizes(records: Sequence[Record[object]]) -> dict[str, int]:
    """Return the number of records per group, in the order of the group ids."""
    counted = Counter(record.group for record in records if record.group is not None)
    return {group: counted[group] for group in sorted(counted)}


def weights(
    records: Sequence[Record[object]],
    weighting: Weighting,
    *,
    min_group_n: int = MIN_GROUP_N,
    people: Mapping[str, int] | None = None,
) -> tuple[float, ...]:
    """Return one weight per record, summing to 1; all zero when no group has `min_group_n`.

    Participant 1/N; organisation 1/(organisations x its records); group 1/(groups x its records)
    over the groups of at least `min_group_n` people. `people` per group differ from the records
    when somebody there gave no answer. Source: method 4.10.
    """
    if weighting is Weighting.PARTICIPANT:
        return tuple(1 / len(records) for _ in records)
    if weighting is Weighting.ORGANISATION:
        cells = clusters(records)
        crowd = Counter(cells)
        return tuple(1 / (len(crowd) * crowd[cell]) for cell in cells)
    sizes = group_sizes(records)
    present_in = sizes if people is None else people
    kept = {group: n for group, n in sizes.items() if present_in[group] >= min_group_n}
    return tuple(
        1 / (len(kept) * kept[record.group]) if record.group in kept else 0.0 for record in records
    )


def weighted_mean(
    records: Sequence[Record[float | None]], *, min_group_n: int = MIN_GROUP_N
) -> WeightedMean:
    """Return the mean of ratings (or of 0/1 for a share) under the three weightings.

    A missing answer (None) has no weight, but its person counts as present: a group of two in
    which one cannot judge stays in the group-equal mean with the other's answer. Groups below
    `min_group_n` people, or without an answer, are left out there and named. Source: method 2.6,
    4.10 (dimension F2 of its sample).
    """
    answered = [
        Record(value, record.organisation, record.group)
        for record in records
        for value in present([record.value])
    ]
    people, sizes = group_sizes(records), group_sizes(answered)
    means: dict[Weighting, Number] = {}
    for weighting in Weighting:
        each = weights(answered, weighting, min_group_n=min_group_n, people=people)
        total = fsum(w * record.value for w, record in zip(each, answered, strict=True))
        reason = _why_not(answered, each)
        n = sum(1 for weight in each if weight > 0)
        means[weighting] = Undefined(reason, len(answered)) if reason else Measure(total, n)
    by_group = {
        group: Measure(fsum(r.value for r in answered if r.group == group) / n, n)
        for group, n in sizes.items()
    }
    return WeightedMean(
        participant=means[Weighting.PARTICIPANT],
        organisation=means[Weighting.ORGANISATION],
        group=means[Weighting.GROUP],
        by_group=by_group,
        excluded_groups=_excluded(people, sizes, min_group_n),
        missing=len(records) - len(answered),
    )


def weighted_shares(
    ballots: Sequence[Record[Mapping[str, float]]],
    candidates: Collection[str],
    *,
    min_group_n: int = MIN_GROUP_N,
) -> WeightedShares:
    """Return how dots or points fall on candidates, under the three weightings.

    Participant: all dots of a candidate over all dots, so an unused dot weighs nothing.
    Organisation and group: the same inside each organisation or group, then the mean over these,
    so that anybody can compute it again from the dots by group. Amounts for unknown candidates
    are ignored. Source: method 3.2 Ex.8, 4.10, and its sample, whose shares are these to the bit.
    """
    order = sorted(candidates)
    given = [
        Record({c: ballot.value.get(c, 0.0) for c in order}, ballot.organisation, ballot.group)
        for ballot in ballots
    ]
    cast = [ballot for ballot in given if fsum(ballot.value.values()) > 0]
    people, sizes = group_sizes(given), group_sizes(cast)
    members = {group: [ballot for ballot in cast if ballot.group == group] for group in sizes}
    group_totals = {group: _totals(some, order) for group, some in members.items()}
    kept = [group for group in members if people[group] >= min_group_n]
    shares, undefined = _shares(cast, order, [group_totals[group] for group in kept])
    return WeightedShares(
        totals=_totals(cast, order),
        supporters={c: sum(1 for ballot in cast if ballot.value[c] > 0) for c in order},
        shares=shares,
        undefined=undefined,
        group_totals=group_totals,
        group_shares={group: _parts(totals) for group, totals in group_totals.items()},
        sizes=sizes,
        excluded_groups=_excluded(people, sizes, min_group_n),
        n=len(cast),
        organisations=len(set(clusters(cast))),
        blank=len(given) - len(cast),
    )


def concentration(amounts: Collection[float]) -> Number:
    """Return how concentrated one person's points are: sum of squared shares, 1/k to 1 (HHI)."""
    total = fsum(amounts)
    if total <= 0:
        return Undefined(Reason.NO_ANSWERS, len(amounts))
    return Measure(fsum((amount / total) ** 2 for amount in amounts), len(amounts))


def _shares(
    cast: Sequence[Record[Mapping[str, float]]],
    order: Sequence[str],
    groups: Sequence[Mapping[str, float]],
) -> tuple[dict[Weighting, Mapping[str, float]], dict[Weighting, Reason]]:
    cells: dict[Hashable, list[Record[Mapping[str, float]]]] = {}
    for cell, ballot in zip(clusters(cast), cast, strict=True):
        cells.setdefault(cell, []).append(ballot)
    totals = {
        Weighting.PARTICIPANT: [_totals(cast, order)] if cast else [],
        Weighting.ORGANISATION: [_totals(some, order) for some in cells.values()],
        Weighting.GROUP: groups,
    }
    nothing = Reason.NO_GROUP_LARGE_ENOUGH if cast else Reason.NO_ANSWERS
    shares: dict[Weighting, Mapping[str, float]] = {
        weighting: _mixed(each, order) for weighting, each in totals.items() if each
    }
    return shares, {weighting: nothing for weighting, each in totals.items() if not each}


def _totals(cast: Sequence[Record[Mapping[str, float]]], order: Sequence[str]) -> dict[str, float]:
    return {c: fsum(ballot.value[c] for ballot in cast) for c in order}


def _parts(totals: Mapping[str, float]) -> dict[str, float]:
    pot = fsum(totals.values())
    return {c: amount / pot for c, amount in totals.items()}


def _mixed(each: Sequence[Mapping[str, float]], order: Sequence[str]) -> dict[str, float]:
    """Return the mean of the shares inside each cell, all cells alike."""
    parts = [_parts(totals) for totals in each]
    return {c: fsum(part[c] for part in parts) / len(parts) for c in order}


def _excluded(
    people: Mapping[str, int], sizes: Mapping[str, int], min_group_n: int
) -> tuple[str, ...]:
    return tuple(group for group, n in people.items() if n < min_group_n or group not in sizes)


def _why_not(records: Sequence[object], each: Sequence[float]) -> Reason | None:
    if not records:
        return Reason.NO_ANSWERS
    return None if any(each) else Reason.NO_GROUP_LARGE_ENOUGH
