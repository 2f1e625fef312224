"""Maturity levels from ratings and evidence: a dimension, an index, the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, fsum

from workshop.statistics.measure import TOLERANCE, Measure, Number, Reason, Undefined, half_up

NEEDED_SHARE = 7 / 9  # of the dimensions must reach a level before the whole does


@dataclass(frozen=True, slots=True)
class DimensionLevel:
    """A dimension on the scale of levels; without evidence it is unverified, not level 1."""

    perceived: float
    perceived_level: int
    evidence_level: int | None
    confirmed_level: int | None
    perception_gap: float | None
    ambition_gap: float | None
    index: float


def dimension_level(
    perceived: float,
    evidence_level: int | None,
    target: float | None = None,
    *,
    scale: tuple[int, int] = (1, 5),
) -> DimensionLevel:
    """Return levels and gaps of one dimension from its headline mean.

    Perceived level: halves up; confirmed: the smaller of perceived and evidence level; perception
    gap P - E (positive: rated higher than the evidence supports); ambition gap T - P; index 0 to
    100. Source: method 2.6.
    """
    level = half_up(perceived)
    return DimensionLevel(
        perceived=perceived,
        perceived_level=level,
        evidence_level=evidence_level,
        confirmed_level=None if evidence_level is None else min(level, evidence_level),
        perception_gap=None if evidence_level is None else perceived - evidence_level,
        ambition_gap=None if target is None else target - perceived,
        index=as_index(perceived, scale),
    )


def maturity_index(
    perceived: Sequence[float | None],
    weights: Sequence[float] | None = None,
    *,
    scale: tuple[int, int] = (1, 5),
) -> Number:
    """Return the weighted mean of dimensions as an index of 0 to 100; n dimensions.

    Dimensions without a mean are left out with their weight. Print it with the weakest dimension,
    which an average hides. Source: method 2.6.
    """
    shares = weights if weights is not None else [1.0] * len(perceived)
    rated = [(p, w) for p, w in zip(perceived, shares, strict=True) if p is not None and w > 0]
    if not rated:
        return Undefined(Reason.NO_ANSWERS)
    total = fsum(p * w for p, w in rated) / fsum(w for _, w in rated)
    return Measure(as_index(total, scale), len(rated))


def overall_level(levels: Sequence[int | None], needed: int | None = None) -> Number:
    """Return the confirmed level of the whole, climbing from 2 without skipping.

    Largest L that `needed` dimensions reach (7 of 9 by default, the same share of another number)
    with none below L - 1. Undefined unless every dimension is confirmed. Source: method 2.6.
    """
    known = [level for level in levels if level is not None]
    if not levels or len(known) < len(levels):
        return Undefined(Reason.INCOMPLETE, len(known))
    enough = needed if needed is not None else ceil(NEEDED_SHARE * len(known) - TOLERANCE)
    reached = min(1, max(known))
    while sum(level > reached for level in known) >= max(1, enough) and min(known) >= reached:
        reached += 1
    return Measure(reached, len(known))


def as_index(mean: float, scale: tuple[int, int] = (1, 5)) -> float:
    """Return a mean on a scale as 0 (its foot) to 100 (its top). Source: method 2.6."""
    return (mean - scale[0]) / (scale[1] - scale[0]) * 100
