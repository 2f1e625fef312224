"""Draw bars: single with their intervals, side by side, or in stacked parts."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.blocks import Bar, Bars
from workshop.charts.canvas import GRID, LINE, SERIES_SHAPES, SMALL, TEXT, Canvas
from workshop.charts.legend import Key, draw_legend
from workshop.charts.letters import measure, plain, shorten, widest, wrap
from workshop.charts.scale import Axis, digits_for, finite, shown, ticks
from workshop.language import Language, say
from workshop.palette import ink_on

LABEL_MOST = 340.0
GUTTER = 14.0
MARK_MOST = 150.0
BOLD = 1.1
"""Bold letters are about a tenth wider."""
THICK = {"single": 22.0, "grouped": 14.0, "stacked": 26.0}


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is decided before anything is drawn."""

    block: Bars
    language: Language
    labels: list[list[str]]
    ends: list[tuple[str, str]]
    """What stands behind each bar: its number and its mark."""
    digits: int
    axis: Axis


def draw_bars(canvas: Canvas, block: Bars, language: Language) -> None:
    """Lay the bars out from top to bottom in the order given."""
    plan = _plan(block, language)
    top = _legend(canvas, plan)
    heights = [_row_height(plan, place) for place in range(len(block.bars))]
    bottom = top + sum(heights)
    _grid(canvas, plan, top, bottom)
    middle = top
    for place, bar in enumerate(block.bars):
        middle += heights[place] / 2
        left = plan.axis.start - GUTTER
        canvas.lines(left, middle, plan.labels[place], align="right")
        _row(canvas, plan, place, bar, middle)
        middle += heights[place] / 2
    zero = plan.axis.place(0)
    canvas.line([(zero, top), (zero, bottom)], canvas.colours.quiet, thick=1.2)


def _plan(block: Bars, language: Language) -> _Plan:
    labels = [wrap(say(bar.label, language), LABEL_MOST, TEXT) for bar in block.bars]
    values = _values(block)
    written = finite(one for bar in block.bars for one in (bar.value, *bar.parts))
    digits = digits_for(written, block.kind)
    ends = [_end(block, bar, digits, language) for bar in block.bars]
    behind = max([0.0, *(_wide(end) for end in ends)])
    if block.layout == "grouped":  # each of the side-by-side bars carries its number
        numbers = [shown(value, block.kind, digits, language) for value in values]
        behind += widest(numbers, SMALL) + 8
    whole = block.kind == "count"
    marks = ticks(min([0.0, *values]), max([0.0, *values]) or 1.0, whole=whole)
    start = max([110.0, *(widest(lines, TEXT) for lines in labels)]) + GUTTER
    axis = Axis(marks[0], marks[-1], start, GRID - behind - GUTTER - 8)
    return _Plan(block, language, labels, ends, digits, axis)


def _values(block: Bars) -> list[float]:
    values: list[float | None] = [block.ceiling]
    for bar in block.bars:
        values += bar.parts if block.layout == "grouped" else [bar.value, bar.low, bar.high]
        if block.layout == "stacked":
            values.append(sum(finite(bar.parts)))
    return finite(values)


def _end(block: Bars, bar: Bar, digits: int, language: Language) -> tuple[str, str]:
    mark = shorten(plain(say(bar.mark, language)), MARK_MOST, TEXT) if bar.mark else ""
    number = shown(bar.value, block.kind, digits, language)
    return ("" if block.layout == "grouped" else number), mark


def _wide(end: tuple[str, str]) -> float:
    number, mark = end
    return measure(number, TEXT) * BOLD + (measure(mark, TEXT) + 12 if mark else 0)


def _row_height(plan: _Plan, place: int) -> float:
    words = len(plan.labels[place]) * TEXT * LINE
    parts = len(plan.block.series) if plan.block.layout == "grouped" else 1
    bars = max(1, parts) * THICK[plan.block.layout]
    return max(words, bars) + (12 if plan.block.layout == "grouped" else 10)


def _grid(canvas: Canvas, plan: _Plan, top: float, bottom: float) -> None:
    """Draw the numbers below and their lines, and say what is measured."""
    block, axis = plan.block, plan.axis
    marks = ticks(axis.low, axis.high, whole=block.kind == "count")
    digits = digits_for(marks, block.kind)
    for mark in marks:
        x = axis.place(mark)
        canvas.line([(x, top), (x, bottom)], canvas.colours.hairline)
        canvas.note(x, bottom + 14, shown(mark, block.kind, digits, plan.language), "center")
    lines = wrap(say(block.axis, plan.language), GRID - axis.start, SMALL, 2)
    canvas.height = bottom + 30
    if lines != [""]:
        high = len(lines) * SMALL * LINE
        canvas.lines(
            axis.start, canvas.height + high / 2, lines, size=SMALL, colour=canvas.colours.quiet
        )
        canvas.height += high + 6


def _legend(canvas: Canvas, plan: _Plan) -> float:
    block = plan.block
    if block.layout == "single" or not block.series:
        return 6.0
    keys = []
    for place, name in enumerate(block.series):

        def sample(x: float, y: float, place: int = place) -> None:
            canvas.box(x, y - 9, 20, 18, _fill(canvas, place))
            _stamp(canvas, place, x + 10, y)

        keys.append(Key(say(name, plan.language), sample))
    return draw_legend(canvas, keys, 0, 0, GRID) + 12


def _fill(canvas: Canvas, place: int) -> str:
    return canvas.colours.series[place % len(canvas.colours.series)]


def _stamp(canvas: Canvas, place: int, x: float, y: float) -> None:
    """Mark a part with its shape: colour is never the only difference."""
    shape = SERIES_SHAPES[place % len(SERIES_SHAPES)]
    canvas.sign(shape, x, y, 4.5, ink_on(_fill(canvas, place)))


def _row(canvas: Canvas, plan: _Plan, place: int, bar: Bar, middle: float) -> None:
    block, axis = plan.block, plan.axis
    end = axis.place(0)
    match block.layout:
        case "single":
            if finite([bar.value]):
                end = max(end, _single(canvas, plan, bar, middle))
        case "stacked":
            end = max(end, _stack(canvas, plan, bar, middle))
        case "grouped":
            end = max(end, _group(canvas, plan, bar, middle))
    number, mark = plan.ends[place]
    canvas.words(end + 8, middle, number, bold=True)
    aside = end + 8 + (measure(number, TEXT) * BOLD + 6 if number else 0)
    canvas.words(aside, middle, mark, colour=canvas.colours.quiet)


def _single(canvas: Canvas, plan: _Plan, bar: Bar, middle: float) -> float:
    """Draw one bar with its interval and return where its number may stand."""
    axis, thick = plan.axis, THICK["single"]
    zero, end = axis.place(0), axis.place(bar.value)
    canvas.box(zero, middle - thick / 2, end - zero, thick, canvas.colours.link)
    span = finite([bar.low, bar.high])
    if len(span) < 2:
        return end
    low, high = (axis.place(value) for value in span)
    # Twice: first broad in the colour of the ground, so that it is seen on the bar too.
    for colour, width in ((canvas.colours.ground, 5.5), (canvas.colours.accent, 2.2)):
        for points in (
            [(low, middle), (high, middle)],
            [(low, middle - 6), (low, middle + 6)],
            [(high, middle - 6), (high, middle + 6)],
        ):
            canvas.line(points, colour, thick=width)
    return max(end, high) + 4


def _stack(canvas: Canvas, plan: _Plan, bar: Bar, middle: float) -> float:
    axis, thick = plan.axis, THICK["stacked"]
    so_far = 0.0
    for place, part in enumerate(bar.parts):
        if not finite([part]) or part <= 0:
            continue
        start, end = axis.place(so_far), axis.place(so_far + part)
        wide = max(1.0, end - start - 2)
        fill = _fill(canvas, place)
        canvas.box(start, middle - thick / 2, wide, thick, fill)
        words = shown(part, plan.block.kind, plan.digits, plan.language)
        room = wide - measure(words, SMALL)
        if room > 26:
            _stamp(canvas, place, start + 11, middle)
        if room > 6:
            x = start + wide / 2 + (7 if room > 26 else 0)
            canvas.words(x, middle, words, size=SMALL, colour=ink_on(fill), align="center")
        so_far += part
    return axis.place(so_far)


def _group(canvas: Canvas, plan: _Plan, bar: Bar, middle: float) -> float:
    """Draw the bars of one row under each other and return where a mark may stand."""
    axis, thick = plan.axis, THICK["grouped"]
    zero = reach = axis.place(0)
    y = middle - (len(bar.parts) - 1) * thick / 2
    for place, part in enumerate(bar.parts):
        known = part if finite([part]) else None
        end = zero if known is None else axis.place(known)
        canvas.box(zero, y - thick / 2 + 1, end - zero, thick - 2, _fill(canvas, place))
        if end - zero > 16:
            _stamp(canvas, place, zero + 10, y)
        words = shown(known, plan.block.kind, plan.digits, plan.language)
        canvas.words(max(zero, end) + 6, y, words, size=SMALL)
        reach = max(reach, end + 6 + measure(words, SMALL))
        y += thick
    return reach
