"""Draw answers on an ordered scale as bars of 100 % that part at the middle of the scale."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.blocks import Spread
from workshop.charts.canvas import GRID, LINE, SMALL, TEXT, Canvas
from workshop.charts.legend import Key, draw_legend
from workshop.charts.letters import measure, widest, wrap
from workshop.charts.scale import Axis, shown
from workshop.language import Language, say, text
from workshop.palette import between_poles, ink_on

LABEL_MOST = 310.0
GUTTER = 14.0
THICK = 28.0
NUMBERS = 64.0
"""Room for the number of answers at the right."""


def draw_spread(canvas: Canvas, block: Spread, language: Language) -> None:
    """Lay the rows out; what is below the middle goes left, what is above goes right."""
    labels = [wrap(say(label, language), LABEL_MOST, TEXT) for label, _ in block.rows]
    shares = [_shares(counts) for _, counts in block.rows]
    start = max([110.0, *(widest(lines, TEXT) for lines in labels)]) + GUTTER
    left = max([0.1, *(_left_of_middle(row) for row in shares)])
    right = max([0.1, *(sum(row) - _left_of_middle(row) for row in shares)])
    axis = Axis(-left, right, start, GRID - NUMBERS)
    y = _legend(canvas, block, language) + 12
    highs = [max(len(lines) * TEXT * LINE, THICK) + 14 for lines in labels]
    middle = axis.place(0)
    # Behind the bars, seen between them: it must not cross the numbers of the middle step.
    canvas.line([(middle, y), (middle, y + sum(highs))], canvas.colours.text, thick=1.4)
    for lines, high, row, (_, counts) in zip(labels, highs, shares, block.rows, strict=True):
        canvas.lines(start - GUTTER, y + high / 2, lines, align="right")
        _row(canvas, axis, row, counts, y + high / 2, language)
        y += high
    _ends(canvas, axis, y, language)


def _shares(counts: Sequence[int]) -> list[float]:
    total = sum(counts)
    return [count / total for count in counts] if total else [0.0 for _ in counts]


def _left_of_middle(row: Sequence[float]) -> float:
    half = len(row) // 2
    return sum(row[:half]) + (row[half] / 2 if len(row) % 2 else 0.0)


def _colour(canvas: Canvas, step: int, steps: int) -> str:
    return between_poles(canvas.colours, step / (steps - 1) if steps > 1 else 0.5)


def _legend(canvas: Canvas, block: Spread, language: Language) -> float:
    keys = []
    for step, name in enumerate(block.scale):

        def sample(x: float, y: float, step: int = step) -> None:
            canvas.path(
                f"M{x:.2f},{y - 9:.2f}h20v18h-20Z",
                fill=_colour(canvas, step, len(block.scale)),
                stroke=canvas.colours.quiet,
                thick=0.8,
            )

        keys.append(Key(say(name, language), sample))
    return draw_legend(canvas, keys, 0, 0, GRID)


def _row(
    canvas: Canvas,
    axis: Axis,
    row: Sequence[float],
    counts: Sequence[int],
    middle: float,
    language: Language,
) -> None:
    at = -_left_of_middle(row)
    for step, share in enumerate(row):
        if not share:
            continue
        start, end = axis.place(at), axis.place(at + share)
        fill = _colour(canvas, step, len(row))
        canvas.path(
            f"M{start:.2f},{middle - THICK / 2:.2f}h{end - start:.2f}v{THICK}h{start - end:.2f}Z",
            fill=fill,
            stroke=canvas.colours.ground,
            thick=1.5,
        )
        words = shown(counts[step], "count", 0, language)
        if measure(words, SMALL) + 6 <= end - start:
            canvas.words(
                (start + end) / 2, middle, words, size=SMALL, colour=ink_on(fill), align="center"
            )
        at += share
    if total := sum(counts):
        canvas.note(GRID, middle, f"n = {shown(total, 'count', 0, language)}", "right")
    else:
        canvas.note(axis.place(0) + 10, middle, say(text("no answers"), language))


def _ends(canvas: Canvas, axis: Axis, y: float, language: Language) -> None:
    """Write the shares along the bottom, counted from the middle to both sides."""
    for mark in (-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0):
        if axis.low - 1e-9 <= mark <= axis.high + 1e-9:
            x = axis.place(mark)
            canvas.line([(x, y), (x, y + 5)], canvas.colours.quiet)
            canvas.note(x, y + 16, shown(abs(mark), "percent", 0, language), "center")
    canvas.height = y + 30
