"""Draw the line that says which shape and colour means what, in as many rows as it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workshop.charts.canvas import LINE, SMALL, Canvas
from workshop.charts.letters import measure, plain, shorten

SWATCH = 30.0
GAP = 26.0


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a legend; ``draw(x, y)`` draws its sample with the middle left at x, y."""

    words: str
    draw: Callable[[float, float], None]
    wide: float = SWATCH


def draw_legend(
    canvas: Canvas, keys: Sequence[Key], x: float, y: float, wide: float, size: float = SMALL
) -> float:
    """Draw the entries in rows from ``y`` downwards and return where they end."""
    x, wide = x + 2, wide - 2  # round line ends need a little room at the edge
    row = size * LINE + 7
    left, middle = x, y + row / 2
    for key in keys:
        words = shorten(plain(key.words), wide - key.wide, size)
        needs = key.wide + measure(words, size)
        if left > x and left + needs > x + wide:
            left, middle = x, middle + row
        key.draw(left, middle)
        canvas.words(left + key.wide, middle, words, size=size)
        left += needs + GAP
    return middle + row / 2 if keys else y
