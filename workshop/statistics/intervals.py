"""How sure a number from few people can be: Wilson's interval, bootstrap by organisation."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from workshop.statistics.measure import (
    TOLERANCE,
    Reason,
    Record,
    Undefined,
    present,
    quantile,
)
from workshop.statistics.weighting import MIN_GROUP_N, Weighting, clusters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESAMPLES = 2000
SEED = 20261203
LEVEL = 0.95
MIN_ORGANISATIONS = 8

V = TypeVar("V")
Matrix: TypeAlias = "NDArray[np.float64]"


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
    for draw in _draws(len(parts), seed, resamples):
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
    """Return the bootstrap interval of a mean rating under one weighting, in scale units.

    Same resampling as `bootstrap`, done in matrices. Undefined below 8 organisations or when no
    group is large enough.
    """
    answers = [present([record.value]) for record in ratings]
    answering = [cell for cell, answer in zip(clusters(ratings), answers, strict=True) if answer]
    if (refused := _too_few(len(set(answering)), len(answering))) is not None:
        return refused

    import numpy as np

    count = len(set(clusters(ratings)))
    values = np.asarray([answer or [0.0] for answer in answers], dtype=float)
    given = np.asarray([float(len(answer)) for answer in answers])
    draws = _draws(count, seed, resamples)
    estimates = _estimates(values, given, ratings, weighting, draws, min_group_n)[:, 0]
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
    draws = np.vstack([np.ones(count), _draws(count, seed, resamples)])  # row 0: as it was voted
    shares = _estimates(dots, dots.sum(axis=1), ballots, weighting, draws, min_group_n)
    again = shares[1:][np.isfinite(shares[1:]).all(axis=1)]
    if not np.isfinite(shares[0]).all() or not len(again):
        return Undefined(Reason.NO_GROUP_LARGE_ENOUGH, len(casting))
    now, ranks = _ranks(shares[:1])[0], _ranks(again)
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


def _draws(organisations: int, seed: int, resamples: int) -> Matrix:
    """Return how often each organisation is drawn in each resample (resamples x organisations)."""
    import numpy as np

    rng = np.random.default_rng(seed)
    even = [1 / organisations] * organisations
    return rng.multinomial(organisations, even, size=resamples).astype(np.float64)


def _percentile(
    found: Sequence[float], level: float, n: int, organisations: int, seed: int
) -> Interval:
    tail = (1 - level) / 2
    low, high = quantile(found, tail), quantile(found, 1 - tail)
    return Interval(low, high, level, n, "bootstrap", organisations, len(found), seed)


def _estimates(
    amounts: Matrix,
    pots: Matrix,
    records: Sequence[Record[Any]],
    weighting: Weighting,
    draws: Matrix,
    min_group_n: int,
) -> Matrix:
    """Return the weighted shares in each resample (or means, with a pot of 1 per answer).

    Inside an organisation or group: all amounts over all pots. Undefined ones are nan and never
    leave this module; a record with an empty pot is a person present without an answer.
    """
    import numpy as np

    cells = clusters(records)
    place = {cell: i for i, cell in enumerate(dict.fromkeys(cells))}
    member = np.zeros((len(place), len(records)))
    member[[place[cell] for cell in cells], range(len(records))] = 1.0
    if weighting is Weighting.PARTICIPANT:
        return _over(draws @ member @ amounts, draws @ member @ pots)
    if weighting is Weighting.ORGANISATION:
        n = member @ pots
        inside = (member @ amounts) / np.where(n > 0, n, 1)[:, None]
        return _over(draws @ inside, draws @ (n > 0))
    total, kept = np.zeros((len(draws), amounts.shape[1])), np.zeros(len(draws))
    for group in sorted({record.group for record in records if record.group is not None}):
        within = member * np.asarray([record.group == group for record in records])
        n = draws @ within @ pots
        counts = (draws @ within.sum(axis=1) >= min_group_n) & (n > 0)
        inside = (draws @ within @ amounts) / np.where(n > 0, n, 1)[:, None]
        total += np.where(counts[:, None], inside, 0)
        kept += counts
    return _over(total, kept)


def _over(totals: Matrix, counts: Matrix) -> Matrix:
    """Return each row of totals divided by its count, nan where nothing counts."""
    import numpy as np

    safe = np.where(counts > 0, counts, 1)[:, None]
    return np.asarray(np.where(counts[:, None] > 0, totals / safe, np.nan), dtype=np.float64)


def _ranks(scores: Matrix) -> NDArray[np.int64]:
    """Return competition ranks per row, the largest score first."""
    import numpy as np

    ranks = [
        1 + (scores > scores[:, [column]] + TOLERANCE).sum(axis=1)
        for column in range(scores.shape[1])
    ]
    return np.stack(ranks, axis=1).astype(np.int64)
