"""How far people agree on an ordered scale: one view, a spread, or two camps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import fsum, log2, sqrt

from workshop.statistics.measure import (
    TOLERANCE,
    Measure,
    Number,
    Reason,
    Undefined,
    half_up,
    mean,
    present,
    quantile,
    variance,
)

CONTESTED_A = 0.20
CONTESTED_IQR = 2.0
SHARED_A = 0.60


class View(StrEnum):
    """What a distribution says about the room; neither is an answer too (None)."""

    CONTESTED = "contested"
    SHARED = "shared_view"


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Median and quartiles on the scale of the ratings."""

    q1: float
    median: float
    q3: float
    n: int

    @property
    def iqr(self) -> float:
        """Width of the middle half."""
        return self.q3 - self.q1


@dataclass(frozen=True, slots=True)
class WithinGroup:
    """Agreement within a group against two null models; `raw` may be negative, the rest 0 to 1."""

    variance: float
    raw: float
    truncated: float
    star: float
    n: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """All that a wall or report says about one rating; `counts` runs from the scale's low end."""

    counts: tuple[int, ...]
    mean: float
    sd: Number
    quartiles: Quartiles
    agreement: Number
    consensus: Number
    rwg: Number
    view: View | None
    n: int
    missing: int


def frequencies(
    ratings: Sequence[float | None], scale: tuple[int, int] = (1, 5)
) -> tuple[int, ...]:
    """Return how many chose each step of the scale; averages of indicators are rounded half up."""
    low, high = scale
    steps = [half_up(rating) for rating in present(ratings)]
    return tuple(steps.count(step) for step in range(low, high + 1))


def quartiles(ratings: Sequence[float | None]) -> Quartiles | Undefined:
    """Return median and quartiles by linear interpolation (R type 7). Source: method 4.3."""
    given = present(ratings)
    if not given:
        return Undefined(Reason.NO_ANSWERS)
    q1, median, q3 = (quantile(given, share) for share in (0.25, 0.5, 0.75))
    return Quartiles(q1, median, q3, len(given))


def eijk_agreement(counts: Sequence[float]) -> Number:
    """Return van der Eijk's A of the counts per step: -1 two camps, 0 even, 1 unanimous.

    The counts are peeled into layers of equal height; each layer's 0/1 pattern gets its own A.
    Undefined below three steps or without answers. Source: van der Eijk, Quality & Quantity 35
    (2001) 325-341; method 4.7.
    """
    total = fsum(counts)
    n = half_up(total)
    if len(counts) < 3:
        return Undefined(Reason.SCALE_TOO_SHORT, n)
    if total <= 0:
        return Undefined(Reason.NO_ANSWERS)
    left = list(counts)
    parts: list[float] = []
    while (empty := TOLERANCE * total) < max(left):
        filled = [count > empty for count in left]
        height = min(count for count, here in zip(left, filled, strict=True) if here)
        parts.append(_pattern_agreement(filled) * height * sum(filled))
        left = [count - height if here else 0.0 for count, here in zip(left, filled, strict=True)]
    return Measure(max(-1.0, min(1.0, fsum(parts) / total)), n)


def tastle_wierman(counts: Sequence[float]) -> Number:
    """Return Tastle and Wierman's consensus of the counts per step: 0 two camps, 1 unanimous.

    Uses the range of the scale, not the observed one. An even spread over five steps scores
    0.43: never read it as a percentage. Source: Tastle & Wierman 2007; method 4.8.
    """
    total = fsum(counts)
    if len(counts) < 2:
        return Undefined(Reason.SCALE_TOO_SHORT, half_up(total))
    if total <= 0:
        return Undefined(Reason.NO_ANSWERS)
    centre = fsum(step * count for step, count in enumerate(counts)) / total
    reach = len(counts) - 1
    spread = fsum(
        count / total * log2(1 - abs(step - centre) / reach)
        for step, count in enumerate(counts)
        if count > 0
    )
    return Measure(max(0.0, 1 + spread), half_up(total))


def rwg(ratings: Sequence[float | None], options: int) -> WithinGroup | Undefined:
    """Return rWG of one rating on `options` steps, against an even and a two-camp null.

    1 - s2/((A2-1)/12), negative values set to 0; `star` uses ((A-1)/2)2 instead. Undefined below
    two ratings. Show beside A, not alone: the even null is generous when people avoid extremes.
    Source: James, Demaree & Wolf 1984; Lindell & Brandt; method 4.5.
    """
    given = present(ratings)
    if options < 2:
        return Undefined(Reason.SCALE_TOO_SHORT, len(given))
    if len(given) < 2:
        return Undefined(Reason.TOO_FEW_ANSWERS, len(given))
    spread = variance(given)
    raw = 1 - spread / ((options**2 - 1) / 12)
    star = max(0.0, 1 - spread / ((options - 1) / 2) ** 2)
    return WithinGroup(spread, raw, max(0.0, raw), star, len(given))


def rwg_j(columns: Sequence[Sequence[float | None]], options: int) -> Number:
    """Return rWG(J) of J parallel ratings (one column of ratings each), 0 to 1.

    J(1-v)/(J(1-v)+v) with v the mean variance over the even null; 0 where v is at least 1.
    Undefined when a column has fewer than two ratings. Source: method 4.5.
    """
    each = [rwg(column, options) for column in columns]
    found = [one for one in each if isinstance(one, WithinGroup)]
    n = min((one.n for one in each), default=0)
    if not each:
        return Undefined(Reason.NO_ANSWERS)
    if len(found) < len(each):
        return Undefined(Reason.TOO_FEW_ANSWERS, n)
    ratio = mean([one.variance for one in found]) / ((options**2 - 1) / 12)
    rest = len(found) * max(0.0, 1 - ratio)
    return Measure(rest / (rest + ratio), n)


def view(agreement: float | None, iqr: float) -> View | None:
    """Return the label of a distribution; contested wins when both fit. Source: method 2.6."""
    if iqr >= CONTESTED_IQR or (agreement is not None and agreement < CONTESTED_A - TOLERANCE):
        return View.CONTESTED
    return View.SHARED if agreement is not None and agreement >= SHARED_A - TOLERANCE else None


def distribution(
    ratings: Sequence[float | None], scale: tuple[int, int] = (1, 5)
) -> Distribution | Undefined:
    """Return everything about one rating on a whole-number scale; None means "cannot judge".

    One person's answer has no label: there is nobody to agree with.
    """
    given = present(ratings)
    spread = quartiles(given)
    if isinstance(spread, Undefined):
        return spread
    counts = frequencies(given, scale)
    agreement = eijk_agreement(counts)
    within = rwg(given, len(counts))
    few = Undefined(Reason.TOO_FEW_ANSWERS, len(given))
    return Distribution(
        counts=counts,
        mean=mean(given),
        sd=Measure(sqrt(variance(given)), len(given)) if len(given) > 1 else few,
        quartiles=spread,
        agreement=agreement,
        consensus=tastle_wierman(counts),
        rwg=within if isinstance(within, Undefined) else Measure(within.truncated, within.n),
        view=view(agreement.value, spread.iqr) if len(given) > 1 else None,
        n=len(given),
        missing=len(ratings) - len(given),
    )


def _pattern_agreement(filled: Sequence[bool]) -> float:
    steps, used = len(filled), sum(filled)
    if used == 1:
        return 1.0
    triples = [tuple(triple) for triple in combinations(filled, 3)]
    together = triples.count((True, True, False)) + triples.count((False, True, True))
    apart = triples.count((True, False, True))
    if together + apart == 0:
        return 0.0
    unimodal = ((steps - 2) * together - (steps - 1) * apart) / ((steps - 2) * (together + apart))
    return unimodal * (1 - (used - 1) / (steps - 1))
