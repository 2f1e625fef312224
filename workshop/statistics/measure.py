"""What a statistic is given and answers: records in, a number with its n or a reason out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import floor, fsum, isfinite
from typing import Generic, TypeAlias, TypeVar

TOLERANCE = 1e-9  # two scores closer than this are a tie; weighted shares differ in the last bits

V_co = TypeVar("V_co", covariant=True)


class Reason(StrEnum):
    """Why a number does not exist; a report has one sentence for each."""

    NO_ANSWERS = "no_answers"
    TOO_FEW_ANSWERS = "too_few_answers"
    TOO_FEW_CANDIDATES = "too_few_candidates"
    TOO_MANY_CANDIDATES = "too_many_candidates"
    TOO_FEW_GROUPS = "too_few_groups"
    TOO_FEW_ORGANISATIONS = "too_few_organisations"
    TOO_FEW_ORDERS = "too_few_orders"
    NO_GROUP_LARGE_ENOUGH = "no_group_large_enough"
    SCALE_TOO_SHORT = "scale_too_short"
    NO_VARIATION = "no_variation"
    ALL_TIED = "all_tied"
    NO_LINKS = "no_links"
    NOT_CONNECTED = "not_connected"
    INCOMPLETE = "incomplete"
    NOT_ESTIMABLE = "not_estimable"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that exists, and the n it rests on."""

    value: float
    n: int

    def __post_init__(self) -> None:
        if not isfinite(self.value):
            raise ValueError("a measure is finite; answer Undefined where there is no number")


@dataclass(frozen=True, slots=True)
class Undefined:
    """A number that does not exist: why, and the n there was. Its value is None."""

    reason: Reason
    n: int = 0
    value: None = field(default=None, init=False)


Number: TypeAlias = Measure | Undefined


@dataclass(frozen=True, slots=True)
class Record(Generic[V_co]):
    """One person's answer with what weights it.

    `value` is a rating, or the amounts a person gave to candidates. Somebody without an
    organisation counts as an organisation of one; somebody without a group is in no group.
    """

    value: V_co
    organisation: str | None = None
    group: str | None = None


def present(values: Iterable[float | None]) -> list[float]:
    """Return the answers that were given: None and non-finite numbers are missing."""
    return [value for value in values if value is not None and isfinite(value)]


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean of at least one value."""
    return fsum(values) / len(values)


def variance(values: Sequence[float]) -> float:
    """Return the sample variance (n - 1) of at least two values."""
    centre = mean(values)
    return fsum((value - centre) ** 2 for value in values) / (len(values) - 1)


def quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile of at least one value, interpolated linearly (R type 7, numpy "linear").

    The only quantile rule of the project: others change the IQR of small groups.
    """
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def half_up(value: float) -> int:
    """Return the nearest whole number, halves upwards: 2.5 is level 3, never banker's 2.

    A mean of means that is 3.5 on paper may be 3.4999999999999996 here: it is a half all the same.
    """
    return floor(value + 0.5 + TOLERANCE)
