"""Put numbers on a line: round ticks, and numbers in the reader's form."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from workshop.language import Amount, Language, say

Kind = Literal["count", "number", "percent"]


@dataclass(frozen=True, slots=True)
class Axis:
    """A stretch of numbers laid over a stretch of the picture."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where ``value`` stands in the picture."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, about: int = 5, *, whole: bool = False) -> list[float]:
    """Return round numbers that cover ``low`` to ``high``: steps of 1, 2 or 5 times ten to some.

    ``whole``: none between two whole numbers, where there is nothing to count.
    """
    if not high > low:
        high = low + 1
    raw = (high - low) / max(1, about)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(factor * power for factor in (1, 2, 5, 10) if raw <= factor * power * 1.0001)
    step = max(step, 1.0) if whole else step
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [place * step for place in range(first, last + 1)]


def finite(values: Iterable[float | None]) -> list[float]:
    """Return the values that can be drawn."""
    return [value for value in values if value is not None and math.isfinite(value)]


def digits_for(values: Sequence[float], kind: Kind, most: int = 2) -> int:
    """Return how many digits show all values as they are, at most ``most``."""
    if kind != "number":
        return 0
    return next(
        (few for few in range(most) if all(abs(round(one, few) - one) < 1e-9 for one in values)),
        most,
    )


def shown(value: float | None, kind: Kind, digits: int, language: Language) -> str:
    """Return a number as people read it in this language."""
    return say(Amount(value, digits, "percent" if kind == "percent" else "number"), language)
