"""Draw a matrix of numbers as tinted cells that also say their number."""

from __future__ import annotations

import math
from collections.abc import Sequence

from workshop.blocks import Heat
from workshop.charts.canvas import GRID, LINE, SMALL, TEXT, Canvas
from workshop.charts.letters import longest_word, measure, widest, wrap
from workshop.charts.scale import digits_for, finite, shown
from workshop.language import Language, say, text
from workshop.palette import ink_on, mix

LABEL_MOST = 300.0
GUTTER = 12.0
CELL_MOST = 150.0
CELL_HIGH = 40.0
UPRIGHT = 190.0
"""How long a column name may be when it has to stand upright."""


def draw_heat(canvas: Canvas, block: Heat, language: Language) -> None:
    """Lay the matrix out: names of rows left, names of columns above, cells between."""
    labels = [wrap(say(name, language), LABEL_MOST, TEXT) for name in block.rows]
    start = max([110.0, *(widest(lines, TEXT) for lines in labels)]) + GUTTER
    wide = min(CELL_MOST, (GRID - start) / max(1, len(block.columns)))
    y = _names(canvas, [say(name, language) for name in block.columns], start, wide)
    values = finite(value for row in block.values for value in row)
    digits = min(block.digits, digits_for(values, block.kind, block.digits))
    low = block.low if block.low is not None else min(values, default=0.0)
    high = block.high if block.high is not None else max(values, default=1.0)
    for lines, row in zip(labels, block.values, strict=True):
        tall = max(CELL_HIGH, len(lines) * TEXT * LINE + 10)
        canvas.lines(start - GUTTER, y + tall / 2, lines, align="right")
        for place, value in enumerate(row):
            known = value if value is not None and math.isfinite(value) else None
            share = None if known is None else _share(known, low, high)
            words = shown(known, block.kind, digits, language)
            _cell(canvas, start + place * wide, y, wide, tall, share, words)
        y += tall
    canvas.height = y + 4
    if any(value is None for row in block.values for value in row):
        _explain(canvas, language)


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _names(canvas: Canvas, names: Sequence[str], start: float, wide: float) -> float:
    """Write the names of the columns; upright when a word does not fit across."""
    room = wide - 10
    if all(longest_word(name, SMALL) <= room for name in names):
        broken = [wrap(name, room, SMALL, 4) for name in names]
        high = max([1, *(len(lines) for lines in broken)]) * SMALL * LINE + 8
        for place, lines in enumerate(broken):
            top = high - 6 - len(lines) * SMALL * LINE / 2
            x = start + (place + 0.5) * wide
            canvas.lines(x, top, lines, size=SMALL, align="center")
        return high
    most = max(1, min(3, int(wide // (SMALL * LINE))))
    broken = [wrap(name, UPRIGHT, SMALL, most) for name in names]
    high = max([0.0, *(widest(lines, SMALL) for lines in broken)]) + 12
    for place, lines in enumerate(broken):
        x = start + (place + 0.5) * wide - (len(lines) - 1) * SMALL * LINE / 2
        for line in lines:
            canvas.words(x, high - 8, line, size=SMALL, angle=-90)
            x += SMALL * LINE
    return high


def _cell(
    canvas: Canvas, x: float, y: float, wide: float, tall: float, share: float | None, words: str
) -> None:
    if share is None:
        canvas.hatch(x + 1, y + 1, wide - 2, tall - 2, canvas.colours.hairline)
        canvas.words(x + wide / 2, y + tall / 2, words, colour=canvas.colours.quiet, align="center")
        return
    fill = mix(*canvas.colours.scale, share)
    canvas.box(x + 1, y + 1, wide - 2, tall - 2, fill)
    size = TEXT if measure(words, TEXT) <= wide - 4 else SMALL * 0.8
    canvas.words(x + wide / 2, y + tall / 2, words, size=size, colour=ink_on(fill), align="center")


def _explain(canvas: Canvas, language: Language) -> None:
    words = say(text("– not shown: no answers, or too few people in the group"), language)
    lines = wrap(words, GRID, SMALL, 2)
    high = len(lines) * SMALL * LINE
    canvas.lines(
        GRID,
        canvas.height + 8 + high / 2,
        lines,
        size=SMALL,
        colour=canvas.colours.quiet,
        align="right",
    )
    canvas.height += high + 12
