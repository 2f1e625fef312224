"""Turn a canvas into an SVG picture, and that into a PNG, without the machinery of a web chart.

Paper needs no axes that answer a mouse: every place is already computed on the canvas. Drawn
through Vega the same picture takes three times as long, and a second and a half to load.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import Any

from workshop.charts.canvas import GRID, Canvas
from workshop.charts.letters import font_folder

FONTS = "Liberation Sans, Arial, Helvetica, DejaVu Sans, sans-serif"
"""Liberation Sans is inside vl-convert and has Arial's widths. A name nobody knows, alone, draws
nothing at all: the list must end in a generic family."""
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def svg(canvas: Canvas, width: int) -> str:
    """Return the canvas as an SVG picture ``width`` wide: outlines below, words above."""
    high = max(1, round(canvas.height * width / GRID))
    drawn = "".join([*map(_outline, canvas.shapes), *map(_line, canvas.texts)])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{high}">'
        f'<rect width="100%" height="100%" fill="{canvas.colours.ground}"/>'
        f'<g transform="scale({width / GRID:.6f})" font-family="{FONTS}"'
        f' stroke-linejoin="round" stroke-linecap="round">{drawn}</g></svg>'
    )


def picture(canvas: Canvas, width: int, scale: float = 2) -> bytes:
    """Return the canvas as PNG with ``scale`` pixels per unit of its width."""
    import vl_convert

    register_fonts()
    return bytes(vl_convert.svg_to_png(svg(canvas, width), scale=scale))


@cache
def register_fonts() -> None:
    """Let vl-convert take from DejaVu the signs its own font lacks (arrows, shapes, faces)."""
    import vl_convert

    vl_convert.register_font_directory(str(font_folder()))


def _outline(one: dict[str, Any]) -> str:
    dash = " ".join(f"{gap:g}" for gap in one["dash"])
    return _tag(
        "path",
        {
            "d": one["path"],
            "fill": _ink(one["fill"]),
            "stroke": _ink(one["stroke"]),
            "stroke-width": f"{one['thick']:g}",
            "stroke-dasharray": dash or "none",
            "opacity": f"{one['opacity']:g}",
        },
    )


def _line(one: dict[str, Any]) -> str:
    place = f"translate({one['x']:.3f} {one['y']:.3f})"
    if one["angle"]:
        place += f" rotate({one['angle']:g})"
    return _tag(
        "text",
        {
            "transform": place,
            "font-size": f"{one['size']:g}",
            "font-weight": "bold" if one["bold"] else "normal",
            "text-anchor": _ANCHORS[one["align"]],
            "fill": _ink(one["colour"]),
            "xml:space": "preserve",
        },
        one["words"],
    )


def _ink(colour: str) -> str:
    return "none" if colour == "transparent" else colour


def _tag(name: str, attributes: dict[str, str], inside: str = "") -> str:
    said = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{said}>{escape(inside, quote=False)}</{name}>"
