"""Turn a canvas into an Altair chart, for the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workshop.charts.canvas import GRID, Canvas
from workshop.charts.vector import FONTS
from workshop.language import LOCALES, Language
from workshop.printable import printable

if TYPE_CHECKING:
    import altair


def chart(canvas: Canvas, width: int, language: Language, description: str) -> altair.LayerChart:
    """Return the canvas as an Altair chart ``width`` pixels wide."""
    import altair as alt
    import pandas  # noqa: F401  # altair looks at a pandas that another thread has half loaded
    from altair.utils import schemapi

    # Every part would be compared with Vega-Lite's schema as it is made: a third of the time a
    # chart takes. The tests compare the whole.
    schemapi.disable_debug_mode()
    scale = width / GRID
    styles = sorted({(one["align"], one["bold"]) for one in canvas.texts})
    layers: list[altair.Chart] = [_outlines(canvas, scale)]
    layers += [_writing(canvas, scale, align, bold) for align, bold in styles]
    drawn: altair.LayerChart = (
        alt.layer(*layers)
        .properties(
            width=width,
            height=max(1, round(canvas.height * scale)),
            autosize=alt.AutoSizeParams(type="none"),
            padding=0,
            description=printable(description),
        )
        .configure(background=canvas.colours.ground, font=FONTS, locale=_locale(language))
        .configure_view(stroke=None)
    )
    return drawn


def _values(rows: list[dict[str, Any]]) -> altair.Data:
    import altair as alt

    return alt.Data(values=rows)


def _outlines(canvas: Canvas, scale: float) -> altair.Chart:
    import altair as alt

    rows = [
        {**one, "thick": one["thick"] * scale, "dash": [gap * scale for gap in one["dash"]]}
        for one in canvas.shapes
    ]
    # Vega multiplies an SVG path by sqrt(size) / 2: size 4 draws it as it is written.
    drawn: altair.Chart = (
        alt.Chart(_values(rows))
        .mark_point(size=4 * scale * scale, strokeJoin="round", strokeCap="round", aria=False)
        .encode(
            x=alt.value(0),
            y=alt.value(0),
            shape=alt.Shape("path:N", scale=None),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            strokeWidth=alt.StrokeWidth("thick:Q", scale=None),
            strokeDash=alt.StrokeDash("dash:N", scale=None),
            opacity=alt.Opacity("opacity:Q", scale=None),
        )
    )
    return drawn


def _writing(canvas: Canvas, scale: float, align: Any, bold: bool) -> altair.Chart:
    import altair as alt

    rows = [
        {**one, "x": one["x"] * scale, "y": one["y"] * scale, "size": one["size"] * scale}
        for one in canvas.texts
        if (one["align"], one["bold"]) == (align, bold)
    ]
    drawn: altair.Chart = (
        alt.Chart(_values(rows))
        .mark_text(
            align=align,
            baseline="alphabetic",
            fontWeight="bold" if bold else "normal",
            limit=0,
            aria=False,
        )
        .encode(
            x=alt.X("x:Q", scale=None, axis=None),
            y=alt.Y("y:Q", scale=None, axis=None),
            text=alt.Text("words:N"),
            size=alt.Size("size:Q", scale=None),
            color=alt.Color("colour:N", scale=None),
            angle=alt.Angle("angle:Q", scale=None),
        )
    )
    return drawn


def _locale(language: Language) -> altair.Locale:
    """Return the number signs of the language, for whatever a renderer formats by itself."""
    import altair as alt

    symbols = LOCALES[language].number_symbols["latn"]
    return alt.Locale(
        number=alt.NumberLocale(
            decimal=symbols["decimal"],
            thousands=symbols["group"],
            grouping=[3],
            currency=["", "\u00a0€"],
        )
    )
