"""How sure a number from few people can be: Wilson's interval, bootstrap by organisation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import sqrt
from statistics import NormalDist
from typing import TypeVar

from workshop.statistics import resampling
from workshop.statistics.measure import (
    TOLERANCE,
    Reason,
    Record,
    Undefined,
    present,
    quantile,
)
from workshop.statistics.weighting import MIN_GROUP_N, Weighting, clusters

RESAMPLES = 2000
SEED = 20261203
LEVEL = 0.95
MIN_ORGANISATIONS = 8

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval for a number of n answers.

    `method` is wilson or bootstrap; a bootstrap names its organisations, the resamples that could
    be used and its seed, so that a report can be computed again.
    """

    low: float
    high: float
    level: float
    n: int
    method: str
    organisations: int | None = None
    resamples: int | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate's rank, how often it is in the top k of a resample, and its plausible ranks."""

    rank: int
    in_top: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Stability:
    """The standing of every candidate over resamples of the organisations."""

    standings: Mapping[str, Standing]
    k: int
    weighting: Weighting
    n: int
    organisations: int
    resamples: int
    seed: int


def wilson(successes: int, n: int, *, level: float = LEVEL) -> Interval | Undefined:
    """Return Wilson's score interval of a share, both ends 0 to 1.

    Undefined for n = 0. Source: Newcombe, Stat Med 17 (1998) 857; method 4.14.
    """
    if n <= 0:
        return Undefined(Reason.NO_ANSWERS)
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = successes / n
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == n else centre + half
    return Interval(low, high, level, n, "wilson")


def bootstrap(
    records: Sequence[Record[V]],
    statistic: Callable[[Sequence[Record[V]]], float | None],
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
) -> Interval | Undefined:
    """Return the percentile interval of any statistic, resampling whole organisations.

    An organisation drawn twice enters as two organisations. Resamples whose statistic is None
    are passed over and not in `resamples`. Undefined below 8 organisations, or when the statistic
    is never defined. Slow for large rooms: prefer the two special ones below. Source: method 4.14.
    """
    cells = clusters(records)
    parts: dict[Hashable, list[Record[V]]] = {}
    for cell, record in zip(cells, records, strict=True):
        parts.setdefault(cell, []).append(record)
    if (refused := _too_few(len(parts), len(records))) is not None:
        return refused
    organisations = list(parts.values())

    @cache
    def drawn(place: int, copy: int) -> list[Record[V]]:
        name = f"{place}/{copy}"
        return [replace(record, organisation=name) for record in organisations[place]]

    found: list[float] = []
    for draw in resampling.draws(len(parts), seed, resamples):
        sample: list[Record[V]] = []
        for place, times in enumerate(draw):
            for copy in range(int(times)):
                sample += drawn(place, copy)
        found += present([statistic(sample)])
    if not found:
        return Undefined(Reason.NOT_ESTIMABLE, len(records))
    return _percentile(found, level, len(records), len(parts), seed)


def mean_interval(
    ratings: Sequence[Record[float | None]],
    weighting: Weighting = Weighting.PARTICIPANT,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
    min_group_n: int = MIN_GROUP_N,
) -> Interval | Undefined:
    """Return the bootstrap interval of a mean rating under one weighting, in scale units."""
    alone = [Record((one.value,), one.organisation, one.group) for one in ratings]
    return composite_interval(
        alone,
        [1.0],
        weighting,
        seed=seed,
        resamples=resamples,
        level=level,
        min_group_n=min_group_n,
    )


def composite_interval(
    ratings: Sequence[Record[tuple[float | None, ...]]],
    weights: Sequence[float],
    weighting: Weighting = Weighting.PARTICIPANT,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    level: float = LEVEL,
    min_group_n: int = MIN_GROUP_N,
) -> Interval | Undefined:
    """Return the bootstrap interval of the weighted mean of several mean ratings, in scale units.

    One rating per weight; one without a mean in a resample is left out with its weight. Same
    resampling as `bootstrap`, done in matrices. Undefined below 8 organisations or when no group
    is large enough. Source: method 2.6, 4.14.
    """
    answered = [any(answer is not None for answer in record.value) for record in ratings]
    answering = [cell for cell, some in zip(clusters(ratings), answered, strict=True) if some]
    if (refused := _too_few(len(set(answering)), len(answering))) is not None:
        return refused

    import numpy as np

    count = len(set(clusters(ratings)))
    values = np.asarray([record.value for record in ratings], dtype=float)  # None becomes nan
    given = np.isfinite(values)
    draws = resampling.draws(count, seed, resamples)
    means = np.column_stack(
        [
            resampling.estimates(amounts[:, None], pots, ratings, weighting, draws, min_group_n)
            for amounts, pots in zip(
                np.where(given, values, 0).T, given.T.astype(float), strict=True
            )
        ]
    )
    shares = np.isfinite(means) * np.asarray(weights)
    estimates = resampling.over(
        (np.nan_to_num(means) * shares).sum(axis=1)[:, None], shares.sum(axis=1)
    )[:, 0]
    found = [float(x) for x in estimates[np.isfinite(estimates)]]
    if not found:
        return Undefined(Reason.NO_GROUP_LARGE_ENOUGH, len(answering))
    return _percentile(found, level, len(answering), count, seed)


def top_k_stability(
    ballots: Sequence[Record[Mapping[str, float]]],
    candidates: Collection[str],
    k: int,
    weighting: Weighting = Weighting.PARTICIPANT,
    *,
    seed: int = SEED,
    resamples: int = RESAMPLES,
    min_group_n: int = MIN_GROUP_N,
) -> Stability | Undefined:
    """Return how firmly each candidate stands when other organisations might have come.

    `in_top` is the share of resamples with the candidate in the top k (ties at the cut are in, a
    candidate without dots is not); `low` to `high` are the ranks from the 2.5th to the 97.5th
    percentile ("rank 3, plausible 2-6"). Undefined below 8 organisations. Source: method Ex.8.
    """
    order = sorted(candidates)
    rows = [[ballot.value.get(c, 0.0) for c in order] for ballot in ballots]
    casting = [cell for cell, row in zip(clusters(ballots), rows, strict=True) if any(row)]
    if (refused := _too_few(len(set(casting)), len(casting))) is not None:
        return refused

    import numpy as np

    dots, count = np.asarray(rows, dtype=float), len(set(clusters(ballots)))
    draws = np.vstack(
        [np.ones(count), resampling.draws(count, seed, resamples)]
    )  # row 0: as it was voted
    shares = resampling.estimates(dots, dots.sum(axis=1), ballots, weighting, draws, min_group_n)
    again = shares[1:][np.isfinite(shares[1:]).all(axis=1)]
    if not np.isfinite(shares[0]).all() or not len(again):
        return Undefined(Reason.NO_GROUP_LARGE_ENOUGH, len(casting))
    now, ranks = resampling.ranks(shares[:1])[0], resampling.ranks(again)
    inside = ((ranks <= k) & (again > TOLERANCE)).mean(axis=0)
    low = np.percentile(ranks, 2.5, axis=0, method="lower")
    high = np.percentile(ranks, 97.5, axis=0, method="higher")
    standings = {
        c: Standing(int(now[i]), float(inside[i]), int(low[i]), int(high[i]))
        for i, c in enumerate(order)
    }
    return Stability(standings, k, weighting, len(casting), count, len(again), seed)


def _too_few(organisations: int, n: int) -> Undefined | None:
    if n == 0:
        return Undefined(Reason.NO_ANSWERS)
    if organisations < MIN_ORGANISATIONS:
        return Undefined(Reason.TOO_FEW_ORGANISATIONS, n)
    return None


def _percentile(
    found: Sequence[float], level: float, n: int, organisations: int, seed: int
) -> Interval:
    tail = (1 - level) / 2
    low, high = quantile(found, tail), quantile(found, 1 - tail)
    return Interval(low, high, level, n, "bootstrap", organisations, len(found), seed)
