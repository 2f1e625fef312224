"""Whether people put candidates in the same order: Kendall's W."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, isfinite

from workshop.statistics.measure import TOLERANCE, Reason, Undefined

PERMUTATIONS = 2000
PERMUTATION_SEED = 20261203


class Strength(StrEnum):
    """Words for W, a convention after Schmidt 1997."""

    NONE = "none"
    WEAK = "weak"
    MODERATE = "moderate"
    GOOD = "good"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W, 0 to 1, with its test; `p_method` is chi2 or permutation.

    The p describes this room: people are invited, not sampled. Never print it without W.
    """

    w: float
    uncorrected: float
    rank_sum_squares: float
    ties: float
    chi2: float
    df: int
    p: float
    p_method: str
    raters: int
    candidates: int
    left_out: int

    @property
    def strength(self) -> Strength:
        """W in a word."""
        steps = zip((0.1, 0.3, 0.5, 0.7), Strength, strict=False)
        return next((word for limit, word in steps if self.w < limit), Strength.STRONG)


def average_ranks(values: Sequence[float]) -> list[float]:
    """Return ranks from 1 for the smallest; equal values share the mean of their places."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] - values[order[start]] <= TOLERANCE:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + 1 + end) / 2
        start = end
    return ranks


def kendall_w(rows: Sequence[Sequence[float | None]]) -> Concordance | Undefined:
    """Return Kendall's W of one row of ranks or ratings per person, one column per candidate.

    W = 12 S / (m2 (n3 - n) - m T), corrected for ties. A row with a gap is left out and counted:
    give unranked candidates their mid-rank first (`mid_ranks`) if they are to stay. p from
    chi2 for n > 7 or m > 15, else from 2,000 seeded permutations. Undefined for fewer than two
    people or candidates, or when everything is tied. Source: Kendall & Babington Smith 1939;
    Legendre 2005; method 4.1.
    """
    full = [[x for x in row if x is not None and isfinite(x)] for row in rows]
    n = max((len(row) for row in rows), default=0)
    ranks = [average_ranks(row) for row in full if len(row) == n]
    m = len(ranks)
    if n < 2:
        return Undefined(Reason.TOO_FEW_CANDIDATES, m)
    if m < 2:
        return Undefined(Reason.TOO_FEW_ANSWERS, m)
    middle = m * (n + 1) / 2
    squares = fsum((fsum(column) - middle) ** 2 for column in zip(*ranks, strict=True))
    ties = float(sum(t**3 - t for row in ranks for t in Counter(row).values()))
    room = m**2 * (n**3 - n)
    if room - m * ties <= TOLERANCE:
        return Undefined(Reason.ALL_TIED, m)
    w = min(1.0, 12 * squares / (room - m * ties))
    chi2, df = m * (n - 1) * w, n - 1
    large = n > 7 or m > 15
    return Concordance(
        w=w,
        uncorrected=12 * squares / room,
        rank_sum_squares=squares,
        ties=ties,
        chi2=chi2,
        df=df,
        p=_chi2_tail(chi2, df) if large else _permuted(ranks, squares),
        p_method="chi2" if large else "permutation",
        raters=m,
        candidates=n,
        left_out=len(rows) - m,
    )


def _chi2_tail(chi2: float, df: int) -> float:
    from scipy.special import gammaincc

    return float(gammaincc(df / 2, chi2 / 2))


def _permuted(ranks: Sequence[Sequence[float]], squares: float) -> float:
    import numpy as np

    table = np.asarray(ranks)
    rng = np.random.default_rng(PERMUTATION_SEED)
    shuffled = rng.permuted(np.repeat(table[None], PERMUTATIONS, axis=0), axis=2)
    sums = shuffled.sum(axis=1)
    found = ((sums - sums.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    return float((1 + np.count_nonzero(found >= squares - TOLERANCE)) / (PERMUTATIONS + 1))
