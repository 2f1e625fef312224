"""Whether several questions measure one thing, and several coders code alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, isfinite
from typing import TypeAlias

from workshop.statistics.measure import TOLERANCE, Measure, Number, Reason, Undefined, variance


class Metric(StrEnum):
    """How far two codes are apart."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Reliability:
    """Cronbach's alpha with Feldt's 95 % interval; `n` complete people, `questions` columns."""

    alpha: float
    low: float
    high: float
    n: int
    questions: int
    left_out: int


Code: TypeAlias = float | str


def cronbach_alpha(
    rows: Sequence[Sequence[float | None]], *, level: float = 0.95
) -> Reliability | Undefined:
    """Return Cronbach's alpha of one row per person, one column per question, listwise.

    Recode reversed questions first. k/(k-1) (1 - sum of variances / variance of sums); interval
    after Feldt with the n of complete rows. Undefined below two questions or complete people, or
    when all sums are equal. Source: method 4.6.
    """
    questions = max((len(row) for row in rows), default=0)
    full = [[x for x in row if x is not None and isfinite(x)] for row in rows]
    full = [row for row in full if len(row) == questions]
    n = len(full)
    if questions < 2:
        return Undefined(Reason.TOO_FEW_CANDIDATES, n)
    if n < 2:
        return Undefined(Reason.TOO_FEW_ANSWERS, n)
    total = variance([fsum(row) for row in full])
    if total <= TOLERANCE:
        return Undefined(Reason.NO_VARIATION, n)
    parts = fsum(variance(column) for column in zip(*full, strict=True))
    alpha = questions / (questions - 1) * (1 - parts / total)

    from scipy.special import fdtri

    df1, df2, tail = n - 1, (n - 1) * (questions - 1), (1 - level) / 2
    low = 1 - (1 - alpha) * float(fdtri(df1, df2, 1 - tail))
    high = 1 - (1 - alpha) * float(fdtri(df1, df2, tail))
    return Reliability(alpha, low, high, n, questions, len(rows) - n)


def krippendorff_alpha(
    coders: Sequence[Sequence[Code | None]], metric: Metric = Metric.NOMINAL
) -> Number:
    """Return Krippendorff's alpha of one row per coder, one column per coded unit.

    Units coded once are dropped; n is the number of codes left. 1 perfect, 0 chance. Undefined
    without two codes on a unit, or when everyone used one value (not 1). Codes other than
    nominal must be numbers. Source: Krippendorff 2011; method 4.9.
    """
    units = [[code for code in unit if code is not None] for unit in zip(*coders, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    codes = [code for unit in units for code in unit]
    n = len(codes)
    if not units:
        return Undefined(Reason.TOO_FEW_ANSWERS)
    apart = _distance(codes, metric)
    expected = _disagreement(codes, apart) / (n - 1)
    if expected <= TOLERANCE:
        return Undefined(Reason.NO_VARIATION, n)
    observed = fsum(_disagreement(unit, apart) / (len(unit) - 1) for unit in units)
    return Measure(1 - observed / expected, n)


def _disagreement(codes: Sequence[Code], apart: Callable[[Code, Code], float]) -> float:
    """Return the sum of distances over all pairs; equal codes are counted, not compared anew."""
    counts = Counter(codes).items()
    return fsum(n * m * apart(a, b) for a, n in counts for b, m in counts)


def _distance(codes: Sequence[Code], metric: Metric) -> Callable[[Code, Code], float]:
    if metric is Metric.NOMINAL:
        return lambda a, b: float(a != b)
    if any(isinstance(code, str) for code in codes):
        raise TypeError(f"{metric} distances need numbers, not names")
    if metric is Metric.INTERVAL:
        return lambda a, b: (float(a) - float(b)) ** 2
    if metric is Metric.RATIO:
        return lambda a, b: 0.0 if a == b else ((float(a) - float(b)) / (float(a) + float(b))) ** 2
    numbers = [float(code) for code in codes]
    counts = {value: numbers.count(value) for value in sorted(set(numbers))}

    def ordinal(a: Code, b: Code) -> float:
        low, high = sorted((float(a), float(b)))
        between = sum(count for value, count in counts.items() if low <= value <= high)
        return float((between - (counts[low] + counts[high]) / 2) ** 2) if low != high else 0.0

    return ordinal
