"""Cards to cut out of A4 sheets: a grid with dashed lines, a picture and a few lines on each."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from exports.word.looks import PAPER
from exports.word.markup import element
from exports.word.numbering import add_bullets
from exports.word.styles import prepare, twips
from workshop.language import TAGS, Language, Sayable, say
from workshop.model import Series, Workshop
from workshop.printable import printable

Card = TypeVar("Card")
Saying: TypeAlias = Callable[[Sayable], str]
"""How a text is said in the language of the paper."""
ACROSS, DOWN = 2, 7
HIGH = 38.0
"""Millimetres; seven and a warning above them fill a page."""
EDGE = 10


def sheet(language: Language, series: Series, workshop: Workshop, title: Sayable) -> Document:
    """Return an empty A4 document whose cards go nearly to the edge, with the series' warning."""
    document = docx.Document()
    section = document.sections[-1]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(EDGE)
    section.top_margin, section.bottom_margin = Mm(16), Mm(EDGE)
    section.header_distance = section.footer_distance = Mm(6)
    prepare(document, keep=False, bullets=add_bullets(document), language_tag=TAGS[language])
    if series.synthetic:
        header = section.header.paragraphs[0]
        header.style = "Banner"
        header.paragraph_format.space_before = header.paragraph_format.space_after = Pt(0)
        header.add_run(printable(say(series.warning, language)))
    about = document.core_properties
    about.title = printable(f"{say(title, language)} · {say(workshop.title, language)}")[:255]
    about.author = printable(say(series.municipality, language))[:255]
    about.last_modified_by = "Sedyanka"
    about.comments = ""
    about.language = TAGS[language]
    return document


def deal(document: Document, cards: Sequence[Card], draw: Callable[[_Cell, Card], None]) -> None:
    """Put cards on sheets, a table a page, each cell filled by ``draw``."""
    width = (210 - 2 * EDGE) / ACROSS
    page = ACROSS * DOWN
    for start in range(0, len(cards), page):
        here = cards[start : start + page]
        table = document.add_table(-(-len(here) // ACROSS), ACROSS)
        _dress(table._tbl, width)
        for row in table.rows:
            row.height, row.height_rule = Mm(HIGH), WD_ROW_HEIGHT_RULE.EXACTLY
        for place, card in enumerate(here):
            draw(table.cell(*divmod(place, ACROSS)), card)
        gap = document.add_paragraph()
        gap.paragraph_format.space_after = Pt(0)
        gap.paragraph_format.line_spacing = Pt(1)
        if start + page < len(cards):
            gap.add_run().add_break(WD_BREAK.PAGE)


def line(
    where: _Cell | Paragraph, words: str, *, size: float, bold: bool = False, quiet: bool = False
) -> Paragraph:
    """Write a line of a card; into a fresh cell it becomes the first paragraph."""
    paragraph = where if isinstance(where, Paragraph) else where.add_paragraph()
    run = paragraph.add_run(printable(words))
    run.font.size, run.bold = Pt(size), bold
    paragraph.paragraph_format.space_after = Pt(1)
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(size * 1.2)
    if quiet:
        run.font.color.rgb = RGBColor.from_string(PAPER.quiet.lstrip("#"))
    return paragraph


def halves(cell: _Cell, left: float, right: float) -> tuple[_Cell, _Cell]:
    """Part a card in two, side by side; widths in millimetres."""
    inner = cell.add_table(1, 2)
    inner.autofit = False
    for column, one, wide in zip(
        inner._tbl.iter(qn("w:gridCol")), inner.rows[0].cells, (left, right), strict=True
    ):
        column.set(qn("w:w"), str(twips(wide)))
        one.width = Mm(wide)
        one.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    first = cell.paragraphs[0]
    first._p.getparent().remove(first._p)
    last = cell.paragraphs[-1]
    last.paragraph_format.line_spacing, last.paragraph_format.space_after = Pt(1), Pt(0)
    return inner.rows[0].cells[0], inner.rows[0].cells[1]


def saved(document: Document) -> bytes:
    """Return the document as a file."""
    answer = io.BytesIO()
    document.save(answer)
    return answer.getvalue()


def _dress(table: Any, width: float) -> None:
    """Draw the lines to cut along, and say how wide the columns are."""
    properties = table.tblPr
    sides = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        colour = PAPER.quiet.lstrip("#")
        sides.append(element(side, val="dashed", sz=4, space=0, color=colour))
    for old in properties.findall(qn("w:tblBorders")):
        properties.remove(old)
    for old in properties.findall(qn("w:tblLayout")):
        properties.remove(old)
    later = ("w:tblCellMar", "w:tblLook")
    properties.insert_element_before(sides, "w:shd", *later)
    properties.insert_element_before(element("tblLayout", type="fixed"), *later)
    for column in table.iter(qn("w:gridCol")):
        column.set(qn("w:w"), str(twips(width)))
    for cell in table.iter(qn("w:tcW")):
        cell.set(qn("w:w"), str(twips(width)))
