"""Draw profiles over axes from one point; dash and marker tell them apart, not colour alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

from workshop.blocks import Radar
from workshop.charts.canvas import GRID, LINE, SERIES_SHAPES, SMALL, TEXT, Canvas, Point
from workshop.charts.legend import Key, draw_legend
from workshop.charts.letters import wrap
from workshop.charts.scale import digits_for, finite, shown, ticks
from workshop.language import Language, say

RADIUS = 215.0
LABEL = 215.0
"""Widest name of an axis."""
DASHES: tuple[tuple[float, ...], ...] = ((), (9, 5), (2, 5), (14, 5, 3, 5), (5, 3), (16, 8))
_EDGE = 26.0


def draw_radar(canvas: Canvas, block: Radar, language: Language) -> None:
    """Lay out the web, the names around it and the profiles on it."""
    names = [wrap(say(axis, language), LABEL, TEXT) for axis in block.axes]
    head = max(1, len(names[0])) * TEXT * LINE + _EDGE if names else 0.0
    centre = (GRID / 2, head + RADIUS)
    bottom = _names(canvas, names, centre)
    _web(canvas, block, centre, language)
    for place, (_, values) in enumerate(block.profiles):
        _profile(canvas, block, place, values, centre)
    _rings(canvas, block, centre, language)
    canvas.height = _legend(canvas, block, bottom + 16, language) + 6


def _spot(centre: Point, place: int, count: int, radius: float) -> Point:
    turn = 2 * math.pi * place / count
    return centre[0] + radius * math.sin(turn), centre[1] - radius * math.cos(turn)


def _reach(block: Radar, value: float) -> float:
    span = block.high - block.low or 1.0
    return RADIUS * min(1.0, max(0.0, (value - block.low) / span))


def _steps(block: Radar) -> list[float]:
    return [mark for mark in ticks(block.low, block.high) if block.low < mark <= block.high]


def _web(canvas: Canvas, block: Radar, centre: Point, language: Language) -> None:
    count = len(block.axes)
    for mark in _steps(block):
        ring = [_spot(centre, place, count, _reach(block, mark)) for place in range(count)]
        canvas.line([*ring, ring[0]], canvas.colours.hairline, thick=1.2)
    for place in range(count):
        canvas.line([centre, _spot(centre, place, count, RADIUS)], canvas.colours.hairline)


def _rings(canvas: Canvas, block: Radar, centre: Point, language: Language) -> None:
    """Write the numbers of the rings, over everything, between the first two axes."""
    marks = _steps(block)
    digits = digits_for(marks, "number", 1)
    turn = math.pi / len(block.axes)
    for mark in [block.low, *marks]:
        reach = _reach(block, mark) * math.cos(turn)
        x, y = centre[0] + reach * math.sin(turn), centre[1] - reach * math.cos(turn)
        words = shown(mark, "number", digits, language)
        canvas.sign("circle", x, y, 9.5, canvas.colours.ground)
        canvas.words(x, y, words, size=SMALL * 0.9, colour=canvas.colours.quiet, align="center")


def _profile(
    canvas: Canvas, block: Radar, place: int, values: Sequence[float | None], centre: Point
) -> None:
    colour = canvas.colours.series[place % len(canvas.colours.series)]
    spots = [
        None
        if value is None or not math.isfinite(value)
        else _spot(centre, axis, len(values), _reach(block, value))
        for axis, value in enumerate(values)
    ]
    known = [spot for spot in spots if spot is not None]
    if place == 0 and len(known) == len(spots):
        outline = "M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in known) + "Z"
        canvas.path(outline, fill=colour, opacity=0.12)
    for one, other in zip(spots, [*spots[1:], *spots[:1]], strict=True):
        if one is not None and other is not None:  # a missing value leaves a gap
            canvas.line([one, other], colour, thick=3, dash=DASHES[place % len(DASHES)])
    for x, y in known:
        _marker(canvas, place, x, y)


def _marker(canvas: Canvas, place: int, x: float, y: float) -> None:
    colour = canvas.colours.series[place % len(canvas.colours.series)]
    shape = SERIES_SHAPES[place % len(SERIES_SHAPES)]
    canvas.sign(shape, x, y, 6.5, colour, stroke=canvas.colours.ground, thick=1.4)


def _names(canvas: Canvas, names: list[list[str]], centre: Point) -> float:
    """Write the axis names around the web, pushed apart where they would touch; return the end."""
    count = len(names)
    sides: dict[int, list[tuple[float, float, list[str]]]] = {-1: [], 1: []}
    lowest = centre[1] + RADIUS
    for place, lines in enumerate(names):
        x, y = _spot(centre, place, count, RADIUS + 16)
        high = len(lines) * TEXT * LINE
        if abs(x - centre[0]) < 1:
            at = y - high / 2 - 2 if y < centre[1] else y + high / 2 + 2
            canvas.lines(centre[0], at, lines, align="center")
            lowest = max(lowest, at + high / 2)
        else:
            sides[1 if x > centre[0] else -1].append((x, y, lines))
    for side, around in sides.items():
        floor = centre[1] - RADIUS - _EDGE / 2
        for x, y, lines in sorted(around, key=lambda one: one[1]):
            high = len(lines) * TEXT * LINE
            at = max(y, floor + high / 2)
            canvas.lines(x, at, lines, align="left" if side > 0 else "right")
            floor = at + high / 2 + 6
            lowest = max(lowest, floor)
    return lowest


def _legend(canvas: Canvas, block: Radar, y: float, language: Language) -> float:
    keys = []
    for place, (name, values) in enumerate(block.profiles):

        def sample(x: float, y: float, place: int = place) -> None:
            colour = canvas.colours.series[place % len(canvas.colours.series)]
            dash = DASHES[place % len(DASHES)]
            canvas.line([(x, y), (x + 44, y)], colour, thick=3, dash=dash)
            _marker(canvas, place, x + 22, y)

        said = say(name, language)
        keys.append(Key(said if finite(values) else f"{said} –", sample, 54))
    return draw_legend(canvas, keys, 90, y, GRID - 180)
