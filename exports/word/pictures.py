"""Write charts as pictures with a caption and alternative text; a table where drawing fails."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable

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
HIGHEST = 205.0
"""Millimetres; a picture and its caption stay on one page."""
ALT_LONG = 1_500
_log = logging.getLogger(__name__)


def write_drawn(paper: Paper, block: Drawn) -> None:
    """Write a chart 160 mm wide."""

    def drawn() -> bytes:
        return charts.picture(charts.draw(block, paper.language, "paper"))

    _write(paper, block, drawn, paper.width)
    note = paper.said(getattr(block, "note", ""))
    source = paper.said(text("Source: the workshops of this series."))
    paper.paragraph(f"{note} {source}" if note else source, "Source")


def write_cloud(paper: Paper, block: Cloud) -> None:
    """Write a word cloud, small, and say that it is only an illustration."""

    def drawn() -> bytes:
        return charts.cloud(block, paper.language, 1400, 700, "paper")

    _write(paper, block, drawn, CLOUD_WIDTH)
    paper.paragraph(text("A word cloud illustrates; it proves nothing."), "Source")


def _write(paper: Paper, block: Drawn | Cloud, drawn: Callable[[], bytes], width: float) -> None:
    try:
        picture = drawn()
    except Exception:  # a renderer in another language may fail in any way; the numbers remain
        _log.exception("picture not drawn: %s", plain(paper.said(block.title))[:120])
        table = as_table(block)
        paper.paragraph(text("The picture could not be drawn; its numbers stand in the table."))
        if table is not None:
            write_table(paper, table)
        return
    _place(paper, picture, width, charts.alt(block, paper.language), paper.said(block.title))
    paper.caption("figure", block.title, block.basis)


def _place(paper: Paper, picture: bytes, width: float, told: str, title: str) -> None:
    paragraph = paper.paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(picture), width=Mm(width))
    if shape.height > Mm(HIGHEST):
        shape.width, shape.height = round(shape.width * Mm(HIGHEST) / shape.height), Mm(HIGHEST)
    describe(shape, told, title)


def describe(shape: InlineShape, told: str, title: str) -> None:
    """Give a picture the words that a screen reader says, and no gap at its sides."""
    inline = shape._inline
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")  # LibreOffice takes 3 mm where nothing is said
    properties = inline.docPr
    properties.set("descr", printable(told)[:ALT_LONG])
    properties.set("title", printable(plain(title))[:250])
