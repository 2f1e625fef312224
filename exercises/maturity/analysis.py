"""Ratings and evidence become levels, gaps and agreement; pure, and the only arithmetic here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import fsum
from typing import TypeAlias

from exercises.maturity.evidence import Exhibit, evidence_level, gather
from exercises.maturity.model import Entry, Rating, Settings
from exercises.maturity.result import DimensionResult, HeavyGroup, PillarResult, Result
from exercises.maturity.scale import Dimension, Pillar, Scale
from workshop.model import Contribution, Room
from workshop.statistics import (
    MIN_GROUP_N,
    Interval,
    Record,
    Undefined,
    Visibility,
    Weighting,
    as_index,
    composite_interval,
    dimension_level,
    distribution,
    group_sizes,
    maturity_index,
    mean_interval,
    overall_level,
    visible_groups,
    weighted_mean,
)

HEAVY = 2.0
"""A group that weighs more than this many times its share of people is named."""
WORDS_ONLY = frozenset({"personal", "insult", "markup", "formula", "offtopic", "moved", "other"})
"""Reasons that hide the words of a note; the rating beside it still counts."""
Rater: TypeAlias = Contribution[Entry]


def analyse(settings: Settings, contributions: Sequence[Rater], room: Room) -> Result:
    """Return the maturity of everybody's ratings and of the evidence register."""
    ratings = _latest(contributions)
    people = _people(settings.scale, ratings)
    sizes = group_sizes(people)
    singles = bool(people) and max(sizes.values(), default=0) < MIN_GROUP_N
    if singles and settings.weighting == "group":  # no group has a mean, yet people have rated
        settings = settings.model_copy(update={"weighting": "participant"})
    exhibits = gather(settings.scale, contributions, room)
    weights = settings.shares(settings.weights)
    importance = settings.shares(settings.importance)
    dimensions = tuple(
        _dimension(settings, one, ratings, exhibits, room, weights[place], importance[place])
        for place, one in enumerate(settings.scale.dimensions)
    )
    span = (1, settings.scale.top)
    index = maturity_index([one.perceived for one in dimensions], weights, scale=span)
    return Result(
        settings=settings,
        room=room,
        dimensions=dimensions,
        pillars=tuple(_pillar(one, dimensions, span) for one in settings.scale.pillars),
        index=index.value,
        interval=_index_interval(people, settings, weights),
        confirmed=_whole(overall_level([_confirmed(one) for one in dimensions]).value),
        raters=len(people),
        sizes=tuple((group, sizes.get(group.id, 0)) for group in room.groups),
        heavy=_heavy(room, sizes, len(people)) if settings.weighting == "group" else (),
        left_out=tuple(one for one in room.groups if 0 < sizes.get(one.id, 0) < MIN_GROUP_N),
        singles=singles,
        groups=_visible(people, room, strict=settings.strict),
        notes=_notes(settings.scale, ratings),
    )


def _latest(contributions: Sequence[Rater]) -> dict[tuple[str, str], tuple[Rating, Rater]]:
    """Return each voting person's last rating of each dimension, by person and dimension.

    Ratings are never merged, and hiding the words of a note does not take the number away.
    """
    found: dict[tuple[str, str], tuple[Rating, Rater]] = {}
    for one in sorted(contributions, key=lambda one: one.number):
        entry, sender = one.entry, one.sender
        gone = one.withdrawn or one.replaced_by or (one.hidden and one.hidden not in WORDS_ONLY)
        if isinstance(entry, Rating) and not gone and sender.voting and not sender.staff:
            found[sender.person or f"#{one.number}", entry.dimension] = (entry, one)
    return found


def _dimension(
    settings: Settings,
    dimension: Dimension,
    ratings: dict[tuple[str, str], tuple[Rating, Rater]],
    exhibits: Sequence[Exhibit],
    room: Room,
    share: float,
    importance: float,
) -> DimensionResult:
    said = [pair for (_, code), pair in ratings.items() if code == dimension.code]
    current = [_record(entry.current, one) for entry, one in said]
    wanted = [_record(entry.target, one) for entry, one in said]
    weighting = Weighting(settings.weighting)
    means, targets = weighted_mean(current), weighted_mean(wanted)
    headline, aim = means.under(weighting), targets.under(weighting)
    perceived, target = headline.value, aim.value
    mine = tuple(one for one in exhibits if one.dimension is dimension)
    proven = evidence_level(mine, settings.scale.top)
    span = (1, settings.scale.top)
    return DimensionResult(
        dimension=dimension,
        n=len(current) - means.missing,
        cannot_judge=means.missing,
        spread=distribution([one.value for one in current], span),
        current=means,
        wanted=targets,
        perceived=perceived,
        target=target,
        interval=mean_interval(current, weighting),
        levels=None
        if perceived is None
        else dimension_level(perceived, proven, target, scale=span),
        exhibits=mine,
        evidence_level=proven,
        priority=None if perceived is None or target is None else (target - perceived) * importance,
        share=share,
        groups=_visible(current, room, strict=settings.strict),
        weighed=0 if perceived is None else headline.n,
        aimed=0 if target is None else aim.n,
    )


def _record(level: int | None, one: Rater) -> Record[float | None]:
    return Record(level, one.sender.organisation_id, one.sender.group_id)


def _visible(records: Sequence[Record[object]], room: Room, *, strict: bool) -> Visibility:
    """Return the groups that may be shown; sizes are the people who gave a level."""
    answered = [record for record in records if record.value is not None]
    totals = {Weighting.PARTICIPANT, Weighting.GROUP} if strict else {Weighting.PARTICIPANT}
    return visible_groups(group_sizes(answered), room.smallest_group, totals=totals)


def _pillar(
    pillar: Pillar, dimensions: Sequence[DimensionResult], span: tuple[int, int]
) -> PillarResult:
    mine = [one for one in dimensions if one.dimension.pillar == pillar.code]
    rated = [(one.perceived, one.share) for one in mine if one.perceived is not None]
    index = maturity_index([one.perceived for one in mine], [one.share for one in mine], scale=span)
    weight = fsum(share for _, share in rated)
    mean = fsum(level * share for level, share in rated) / weight if weight else None
    return PillarResult(
        pillar=pillar, mean=mean, index=index.value, told=all(one.told for one in mine)
    )


def _people(
    scale: Scale, ratings: dict[tuple[str, str], tuple[Rating, Rater]]
) -> list[Record[tuple[float | None, ...]]]:
    """Return one record per person who gave at least one level: their levels by dimension."""
    given: dict[str, dict[str, int | None]] = {}
    senders: dict[str, Rater] = {}
    for (person, code), (entry, one) in ratings.items():
        given.setdefault(person, {})[code] = entry.current
        senders[person] = one
    return [
        Record(
            tuple(levels.get(code) for code in scale.codes),
            senders[person].sender.organisation_id,
            senders[person].sender.group_id,
        )
        for person, levels in given.items()
        if any(level is not None for level in levels.values())
    ]


def _index_interval(
    people: Sequence[Record[tuple[float | None, ...]]],
    settings: Settings,
    weights: Sequence[float],
) -> Interval | Undefined:
    found = composite_interval(people, weights, Weighting(settings.weighting))
    if isinstance(found, Undefined):
        return found
    span = (1, settings.scale.top)
    return replace(found, low=as_index(found.low, span), high=as_index(found.high, span))


def _heavy(room: Room, sizes: dict[str, int], total: int) -> tuple[HeavyGroup, ...]:
    kept = [group for group in room.groups if sizes.get(group.id, 0) >= MIN_GROUP_N]
    return tuple(
        HeavyGroup(group=group, n=sizes[group.id], of=total, weight=1 / len(kept))
        for group in kept
        if total / len(kept) > HEAVY * sizes[group.id]
    )


def _notes(
    scale: Scale, ratings: dict[tuple[str, str], tuple[Rating, Rater]]
) -> tuple[tuple[Dimension, Rater, str], ...]:
    said = [
        (scale.dimension(entry.dimension), one, entry.note)
        for entry, one in ratings.values()
        if entry.note.strip() and one.stands
    ]
    known = [(dimension, one, note) for dimension, one, note in said if dimension is not None]
    return tuple(sorted(known, key=lambda one: (scale.codes.index(one[0].code), one[1].number)))


def _confirmed(one: DimensionResult) -> int | None:
    return one.levels.confirmed_level if one.levels else None


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
