"""A measured figure beside what was to be reached, as a table for people and as JSON."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter, process_time
from typing import Any

COLUMNS = ("what", "to reach", "measured", "", "how")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table."""

    key: str
    """Stable name for comparing runs: "start.demo"."""
    what: str
    value: float | None
    """None: could not be measured here; ``note`` says why."""
    unit: str = ""
    most: float | None = None
    """What it may be at most; None for information."""
    least: float | None = None
    """What it must be at least."""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the figure was reached; None where there is nothing to reach."""
        if self.most is None and self.least is None:
            return None
        if self.value is None:
            return False
        enough = self.least is None or self.value >= self.least
        return enough and (self.most is None or self.value <= self.most)

    @property
    def line(self) -> tuple[str, ...]:
        """The words of its line."""
        bounds = (("≤", self.most), ("≥", self.least))
        reach = " ".join(
            f"{sign} {shown(one, self.unit)}" for sign, one in bounds if one is not None
        )
        measured = "–" if self.value is None else shown(self.value, self.unit)
        mark = {None: "", True: "✓", False: "✗"}[self.met]
        return self.what, reach, measured, mark, self.note

    def plain(self) -> dict[str, Any]:
        """Return the figure as JSON."""
        return asdict(self) | {"met": self.met}


def shown(value: float, unit: str) -> str:
    """Return a number with its unit as one reads it aloud."""
    digits = 0 if value == int(value) or abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()


def table(figures: Sequence[Figure]) -> str:
    """Return the table as Markdown that also reads well in a terminal."""
    return grid([COLUMNS, *(one.line for one in figures)])


def grid(lines: Sequence[Sequence[str]]) -> str:
    """Return lines as Markdown, the first as the head; the last column is as wide as it likes."""
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]) - 1)]
    rows = [_row(line, widths) for line in lines]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|---|"
    return "\n".join([rows[0], rule, *rows[1:]])


def _row(line: Sequence[str], widths: Sequence[int]) -> str:
    cells = [one.ljust(width) for one, width in zip(line[:-1], widths, strict=True)]
    return "| " + " | ".join([*cells, line[-1]]) + " |"


def middle(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that ``share`` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * round(share * 100) // 100) - 1)]


@dataclass(frozen=True, slots=True)
class Lap:
    """How long something took by the clock, and how long a processor worked at it."""

    wall: float
    worked: float


def timed(act: Callable[[], object]) -> Lap:
    """Return how many milliseconds ``act`` takes."""
    begun, worked = perf_counter(), process_time()
    act()
    return Lap((perf_counter() - begun) * 1000, (process_time() - worked) * 1000)
