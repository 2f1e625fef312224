"""Whether groups differ: exact and chi-squared tests with their effect sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import comb, fsum, sqrt
from typing import TYPE_CHECKING, TypeAlias

from workshop.statistics.concordance import average_ranks
from workshop.statistics.measure import TOLERANCE, Measure, Number, Reason, Undefined, present

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MONTE_CARLO = 2000
SEED = 20261203
SMALL_EXPECTED = 5

Matrix: TypeAlias = "NDArray[np.float64]"


@dataclass(frozen=True, slots=True)
class CrossTab:
    """Chi-squared of a table of n answers; `p_method` is chi2 or monte_carlo.

    Print Cramer's V first, 0 none to 1 complete: people are invited, not sampled.
    """

    cramers_v: float
    chi2: float
    df: int
    p: float
    p_method: str
    n: int


@dataclass(frozen=True, slots=True)
class GroupDifference:
    """Kruskal-Wallis over groups of n answers; epsilon squared 0 none to 1 complete."""

    epsilon_squared: float
    h: float
    df: int
    p: float
    n: int


def fisher_exact(table: Sequence[Sequence[int]]) -> Number:
    """Return the two-sided p of a 2 x 2 table of counts; n is the table's total.

    Sums all tables with the same margins that are at most as likely. Source: method 4.10.
    """
    (a, b), (c, d) = table
    row, column, n = a + b, a + c, a + b + c + d
    if n == 0:
        return Undefined(Reason.NO_ANSWERS)
    low, high = max(0, row + column - n), min(row, column)
    ways = [comb(row, x) * comb(n - row, column - x) for x in range(low, high + 1)]
    here = ways[a - low]
    return Measure(sum(way for way in ways if way <= here) / comb(n, column), n)


def chi_square(table: Sequence[Sequence[int]], *, seed: int = SEED) -> CrossTab | Undefined:
    """Return the test of a table of counts, rows by columns; empty rows and columns are dropped.

    Without continuity correction; p by 2,000 seeded permutations if any expected count is below
    five. Undefined unless two rows and two columns remain. Source: method 4.10.
    """
    rows = [row for row in table if sum(row) > 0]
    columns = [column for column in zip(*rows, strict=True) if sum(column) > 0]
    kept = list(zip(*columns, strict=True))
    n = sum(map(sum, kept))
    if len(kept) < 2 or len(columns) < 2:
        return Undefined(Reason.NO_VARIATION if n else Reason.NO_ANSWERS, n)

    import numpy as np
    from scipy.special import gammaincc

    counts = np.asarray(kept, dtype=float)
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    df = (len(kept) - 1) * (len(columns) - 1)
    few = bool((expected < SMALL_EXPECTED).any())
    p = _monte_carlo(counts, expected, chi2, seed) if few else float(gammaincc(df / 2, chi2 / 2))
    v = sqrt(chi2 / (n * (min(counts.shape) - 1)))
    return CrossTab(min(1.0, v), chi2, df, p, "monte_carlo" if few else "chi2", n)


def kruskal_wallis(groups: Sequence[Sequence[float | None]]) -> GroupDifference | Undefined:
    """Return whether ratings differ between groups, corrected for ties.

    Groups without answers are dropped. Undefined below two groups, or when all rated alike.
    Source: method 4.10.
    """
    given = [values for values in (present(group) for group in groups) if values]
    pooled = [value for values in given for value in values]
    n = len(pooled)
    if len(given) < 2:
        return Undefined(Reason.TOO_FEW_GROUPS, n)
    ranks = average_ranks(pooled)
    ties = sum(t**3 - t for t in Counter(ranks).values())
    if ties >= n**3 - n:
        return Undefined(Reason.ALL_TIED, n)
    start, squares = 0, []
    for values in given:
        squares.append(fsum(ranks[start : start + len(values)]) ** 2 / len(values))
        start += len(values)
    raw = 12 / (n * (n + 1)) * fsum(squares) - 3 * (n + 1)
    h = max(0.0, raw / (1 - ties / (n**3 - n)))
    df = len(given) - 1

    from scipy.special import gammaincc

    return GroupDifference(min(1.0, h / (n - 1)), h, df, float(gammaincc(df / 2, h / 2)), n)


def holm(ps: Sequence[float]) -> tuple[float, ...]:
    """Return p-values adjusted for asking several questions at once, in the given order."""
    order = sorted(range(len(ps)), key=lambda place: ps[place])
    adjusted = [0.0] * len(ps)
    highest = 0.0
    for step, place in enumerate(order):
        highest = max(highest, min(1.0, (len(ps) - step) * ps[place]))
        adjusted[place] = highest
    return tuple(adjusted)


def _monte_carlo(counts: Matrix, expected: Matrix, chi2: float, seed: int) -> float:
    """Return the share of tables with the same margins that are at least as uneven."""
    import numpy as np

    rng = np.random.default_rng(seed)
    row_of = np.repeat(np.arange(counts.shape[0]), counts.sum(axis=1).astype(int))
    column_of = np.repeat(np.arange(counts.shape[1]), counts.sum(axis=0).astype(int))
    hits = 0
    for _ in range(MONTE_CARLO):
        drawn = np.zeros_like(counts)
        np.add.at(drawn, (row_of, rng.permutation(column_of)), 1)
        hits += bool(((drawn - expected) ** 2 / expected).sum() >= chi2 - TOLERANCE)
    return (1 + hits) / (MONTE_CARLO + 1)
