"""Write charts as pictures with a caption and alternative text; a table where drawing fails."""

from __future__ import annotations

import base64
import io
import logging
from collections.abc import Callable
from typing import NamedTuple

from docx.opc.part import Part
from docx.shape import InlineShape
from docx.shared import Mm

from exports.word.paper import Paper
from exports.word.tables import write_table
from workshop import charts
from workshop.blocks import Cloud, Drawn, as_table
from workshop.charts.letters import plain
from workshop.language import text
from workshop.printable import printable

CLOUD_WIDTH = 95.0
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg=="
)
"""The smallest PNG there is: one white point."""
SHARP = 1.6
"""Pixels per unit: 230 dots per inch at the width of the text, sharp on any printer."""
HIGHEST = 205.0
"""Millimetres; a picture and its caption stay on one page."""
ALT_LONG = 1_500
_log = logging.getLogger(__name__)


class Order(NamedTuple):
    """What is to be drawn: the height per width, and whom to call with what."""

    shape: float
    draw: Callable[..., bytes]
    about: tuple[object, ...]


def write_drawn(paper: Paper, block: Drawn) -> None:
    """Write a chart 160 mm wide."""

    def order() -> Order:
        sketch = charts.sketch(block, paper.language, "paper")
        return Order(sketch.shape, charts.Sketch.png, (sketch, SHARP))

    _write(paper, block, order, paper.width)
    note = paper.said(getattr(block, "note", ""))
    source = paper.said(paper.source or text("Source: the workshops of this series."))
    paper.paragraph(f"{note} {source}" if note else source, "Source")


def write_cloud(paper: Paper, block: Cloud) -> None:
    """Write a word cloud, small, and say that it is only an illustration."""

    def order() -> Order:
        return Order(0.5, charts.cloud, (block, paper.language, 1200, 600, "paper"))

    _write(paper, block, order, CLOUD_WIDTH)
    paper.paragraph(text("A word cloud illustrates; it proves nothing."), "Source")


def _write(paper: Paper, block: Drawn | Cloud, order: Callable[[], Order], width: float) -> None:
    try:
        shape, draw, about = order()
        coming = paper.beside.ask(draw, *about) if paper.beside else None
        picture = _room(len(paper.later)) if coming else draw(*about)
    except Exception:  # a renderer in another language may fail in any way; the numbers remain
        _log.exception("picture not drawn: %s", plain(paper.said(block.title))[:120])
        table = as_table(block)
        paper.paragraph(text("The picture could not be drawn; its numbers stand in the table."))
        if table is not None:
            write_table(paper, table)
        return
    placed = _place(paper, picture, (width, width * shape))
    describe(placed, charts.alt(block, paper.language), paper.said(block.title))
    if coming:
        paper.later.append((_part(paper, placed), coming))
    paper.caption("figure", block.title, block.basis)


def put_in(paper: Paper) -> None:
    """Put the pictures in whose room was kept.

    Raises:
        NotDrawn: one could not be drawn; the document needs a table in that place.
    """
    for part, coming in paper.later:
        part._blob = coming.result()


def _room(nth: int) -> bytes:
    """Return a picture of one point; no two alike, or the document would keep only one."""
    return DOT + nth.to_bytes(4, "big")


def _part(paper: Paper, placed: InlineShape) -> Part:
    blip = placed._inline.graphic.graphicData.pic.blipFill.blip
    found: Part = paper.document.part.related_parts[blip.embed]
    return found


def _place(paper: Paper, picture: bytes, size: tuple[float, float]) -> InlineShape:
    """Place a picture of that width and height in millimetres, smaller if a page is too short."""
    paragraph = paper.paragraph()
    paragraph.paragraph_format.keep_with_next = True
    width, height = size
    scale = min(1.0, HIGHEST / height)
    placed: InlineShape = paragraph.add_run().add_picture(
        io.BytesIO(picture), width=Mm(width * scale), height=Mm(height * scale)
    )
    return placed


def describe(shape: InlineShape, told: str, title: str) -> None:
    """Give a picture the words that a screen reader says, and no gap at its sides."""
    inline = shape._inline
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")  # LibreOffice takes 3 mm where nothing is said
    properties = inline.docPr
    properties.set("descr", printable(told)[:ALT_LONG])
    properties.set("title", printable(plain(title))[:250])
