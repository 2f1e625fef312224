"""Hold shapes and words on a grid 900 wide until ``spec`` hands them to Altair at any size.

Every picture is laid out in the same grid: wall and paper get the same picture, larger or smaller,
and only the palette differs; a network, as high as wide, has larger letters on the wall. Places are
computed here and not by Vega, because only then can labels be kept from running into each other on
every renderer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from workshop.palette import Palette
from workshop.printable import printable

GRID = 900
TEXT = 17.0
"""8.6 pt when the picture is 160 mm wide, 28 px when it is 1,480 px wide."""
SMALL = 15.0
LINE = 1.25
"""Line height as a multiple of the size."""

Point: TypeAlias = tuple[float, float]
Align: TypeAlias = Literal["left", "center", "right"]


def _polygon(points: list[Point], x: float, y: float, radius: float) -> str:
    return "M" + "L".join(f"{x + px * radius:.2f},{y + py * radius:.2f}" for px, py in points) + "Z"


def _around(corners: int, start: float, radii: tuple[float, ...] = (1.0,)) -> list[Point]:
    turn = 2 * math.pi / corners
    return [
        (
            radii[place % len(radii)] * math.cos(start + place * turn),
            radii[place % len(radii)] * math.sin(start + place * turn),
        )
        for place in range(corners)
    ]


_ARM = 0.38
_SHAPES: dict[str, list[Point]] = {
    # All have about the area of the unit circle.
    "square": [(-0.89, -0.89), (0.89, -0.89), (0.89, 0.89), (-0.89, 0.89)],
    "triangle": [(0, -1.2), (1.25, 0.92), (-1.25, 0.92)],
    "fallen": [(0, 1.2), (1.25, -0.92), (-1.25, -0.92)],
    "diamond": [(0, -1.28), (1.28, 0), (0, 1.28), (-1.28, 0)],
    "cross": [
        (x * 1.15, y * 1.15)
        for x, y in (
            (-_ARM, -1), (_ARM, -1), (_ARM, -_ARM), (1, -_ARM), (1, _ARM), (_ARM, _ARM),
            (_ARM, 1), (-_ARM, 1), (-_ARM, _ARM), (-1, _ARM), (-1, -_ARM), (-_ARM, -_ARM),
        )
    ],
    "star": _around(10, -math.pi / 2, (1.4, 0.68)),
    "hexagon": _around(6, 0, (1.1,)),
}  # fmt: skip
SERIES_SHAPES = ("square", "circle", "triangle", "diamond", "fallen", "cross")


def shape_path(shape: str, x: float, y: float, radius: float) -> str:
    """Return the outline of a named shape as an SVG path."""
    if shape in _SHAPES:
        return _polygon(_SHAPES[shape], x, y, radius)
    half = f"a{radius:.2f},{radius:.2f} 0 1 0"
    return f"M{x - radius:.2f},{y:.2f}{half} {2 * radius:.2f},0{half} {-2 * radius:.2f},0Z"


@dataclass
class Canvas:
    """A picture in the making; whoever draws sets ``height`` when done."""

    colours: Palette
    height: float = 0.0
    shapes: list[dict[str, Any]] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)

    def path(
        self,
        path: str,
        *,
        fill: str = "transparent",
        stroke: str = "transparent",
        thick: float = 0.0,
        dash: tuple[float, ...] = (),
        opacity: float = 1.0,
    ) -> None:
        """Draw an outline given as SVG path."""
        self.shapes.append(
            {
                "path": path,
                "fill": fill,
                "stroke": stroke,
                "thick": thick,
                "dash": list(dash),
                "opacity": opacity,
            }
        )

    def box(self, x: float, y: float, wide: float, high: float, fill: str) -> None:
        """Draw a filled rectangle; a negative width goes to the left."""
        self.path(f"M{x:.2f},{y:.2f}h{wide:.2f}v{high:.2f}h{-wide:.2f}Z", fill=fill)

    def hatch(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """Draw slanting lines over a rectangle."""
        lines = []
        for start in range(-int(high), int(wide), 7):
            left, right = max(0.0, float(start)), min(wide, start + high)
            if right > left:
                lines.append(
                    f"M{x + left:.2f},{y + high - (left - start):.2f}"
                    f"L{x + right:.2f},{y + high - (right - start):.2f}"
                )
        self.path("".join(lines), stroke=colour, thick=1.2, opacity=0.75)

    def line(
        self,
        points: list[Point],
        colour: str,
        *,
        thick: float = 1.0,
        dash: tuple[float, ...] = (),
        opacity: float = 1.0,
    ) -> None:
        """Draw a line through points."""
        path = "M" + "L".join(f"{x:.2f},{y:.2f}" for x, y in points)
        self.path(path, stroke=colour, thick=thick, dash=dash, opacity=opacity)

    def sign(
        self,
        shape: str,
        x: float,
        y: float,
        radius: float,
        fill: str,
        *,
        stroke: str = "transparent",
        thick: float = 0.0,
        hatched: bool = False,
    ) -> None:
        """Draw a named shape; ``hatched`` ones get two slanting lines across."""
        outline = shape_path(shape, x, y, radius)
        self.path(outline, fill=fill, stroke=stroke, thick=thick)
        if hatched:
            reach, aside = radius * 0.62, radius * 0.3
            for shift in (-aside, aside):
                ends = [
                    (x - reach + shift, y + reach + shift),
                    (x + reach + shift, y - reach + shift),
                ]
                self.line(ends, self.colours.ground, thick=max(1.2, radius / 6))

    def words(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = TEXT,
        colour: str = "",
        align: Align = "left",
        bold: bool = False,
        angle: float = 0.0,
    ) -> None:
        """Write one line whose letters are centred at height ``y``."""
        # Half the height of a capital; the same in Arial, Liberation and (nearly) DejaVu.
        drop = size * 0.35
        turn = math.radians(angle)
        self.texts.append(
            {
                "x": x - drop * math.sin(turn),
                "y": y + drop * math.cos(turn),
                "words": printable(words),
                "size": size,
                "colour": colour or self.colours.text,
                "align": align,
                "bold": bold,
                "angle": angle,
            }
        )

    def note(self, x: float, y: float, words: str, align: Align = "left") -> None:
        """Write something small beside the matter: a number on an axis, what "–" means."""
        self.words(x, y, words, size=SMALL, colour=self.colours.quiet, align=align)

    def lines(
        self, x: float, y: float, lines: list[str], *, size: float = TEXT, **form: Any
    ) -> None:
        """Write several lines centred around height ``y``."""
        top = y - (len(lines) - 1) * size * LINE / 2
        for place, line in enumerate(lines):
            self.words(x, top + place * size * LINE, line, size=size, **form)
