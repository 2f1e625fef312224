"""Choose who draws a block, and hand the picture out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from workshop.blocks import Bar, Bars, Drawn, Heat, Network, Radar, Spread
from workshop.charts import spec, vector
from workshop.charts.alternatives import alt
from workshop.charts.bars import draw_bars
from workshop.charts.canvas import GRID, Canvas
from workshop.charts.heat import draw_heat
from workshop.charts.network import draw_network
from workshop.charts.radar import draw_radar
from workshop.charts.spread import draw_spread
from workshop.language import Language, say, text
from workshop.palette import Theme, palette

if TYPE_CHECKING:
    import altair

EMPTY_HIGH = 90.0
WEB_FROM = 3
"""A web needs three axes; fewer are drawn as bars side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A picture that is laid out but not drawn: all that another process needs to draw it."""

    canvas: Canvas
    language: Language
    told: str
    """What a screen reader says."""
    width: int

    @property
    def shape(self) -> float:
        """The height as a multiple of the width."""
        return max(1, round(self.canvas.height * self.width / GRID)) / self.width

    def chart(self) -> altair.LayerChart:
        """Return the picture as an Altair chart."""
        return spec.chart(self.canvas, self.width, self.language, self.told)

    def png(self, scale: float) -> bytes:
        """Return the picture with ``scale`` pixels per unit of its width."""
        return vector.picture(self.canvas, self.width, scale)


def draw(block: Drawn, language: Language, theme: Theme, width: int = 900) -> altair.LayerChart:
    """Return the block as a chart ``width`` wide; the theme changes nothing but the colours."""
    return sketch(block, language, theme, width).chart()


def sketch(
    block: Drawn, language: Language, theme: Theme, width: int = 900, *, far: bool = False
) -> Sketch:
    """Return the block laid out as it will be drawn; ``far``: for the wall of a hall."""
    canvas = Canvas(palette(theme))
    if _filled(block):
        _lay_out(canvas, block, language, theme, far)
    else:
        _draw_nothing(canvas, language)
    return Sketch(canvas=canvas, language=language, told=alt(block, language), width=width)


def _lay_out(canvas: Canvas, block: Drawn, language: Language, theme: Theme, far: bool) -> None:
    match block:
        case Bars():
            draw_bars(canvas, block, language)
        case Spread():
            draw_spread(canvas, block, language)
        case Heat():
            draw_heat(canvas, block, language)
        case Radar() if len(block.axes) < WEB_FROM:
            draw_bars(canvas, _as_bars(block), language)
        case Radar():
            draw_radar(canvas, block, language)
        case Network():
            draw_network(canvas, block, language, theme, far=far)
        case _:
            assert_never(block)


def _filled(block: Drawn) -> bool:
    match block:
        case Bars():
            return bool(block.bars)
        case Spread():
            return bool(block.rows and block.scale)
        case Heat():
            return bool(block.rows and block.columns)
        case Radar():
            return bool(block.axes and block.profiles)
        case Network():
            return bool(block.nodes)
        case _:
            assert_never(block)


def _draw_nothing(canvas: Canvas, language: Language) -> None:
    canvas.height = EMPTY_HIGH
    words = say(text("There is nothing to show here yet."), language)
    canvas.words(GRID / 2, EMPTY_HIGH / 2, words, colour=canvas.colours.quiet, align="center")


def _as_bars(block: Radar) -> Bars:
    missing = float("nan")
    bars = tuple(
        Bar(
            label=axis,
            value=missing,
            parts=tuple(
                missing if (value := values[place]) is None else value
                for _, values in block.profiles
            ),
        )
        for place, axis in enumerate(block.axes)
    )
    series = tuple(name for name, _ in block.profiles)
    return Bars(
        title=block.title, bars=bars, axis="", series=series, layout="grouped", kind="number"
    )
