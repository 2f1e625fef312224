"""Write tables with horizontal rules only, and the borderless ones that big numbers stand in."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import qn

from exports.word import markup
from exports.word.columns import NARROW, SIDE, SIZES, Plan, is_number, lean, plan, written
from exports.word.looks import HEAD_TINT
from exports.word.markup import element, shading
from exports.word.paper import Paper
from exports.word.styles import TABLE_STYLE, table_borders, twips
from exports.word.turning import turn, turn_back, turned_width
from workshop.blocks import Cell, Table
from workshop.charts.letters import measure
from workshop.language import TAGS, Multilingual, Sayable, text
from workshop.printable import printable

TURNED_FROM = 6
"""Columns; with fewer, a torn word is the lesser evil."""
TOGETHER = 115.0
"""Millimetres of a table that the end of a page does not part."""
MOST_TOGETHER = 14
CRAMPED = 1.25
"""So much more than the page is wide, and the columns of text deserve a turned one."""


def write_table(paper: Paper, table: Table, *, captioned: bool = True) -> None:
    """Write a caption, the table under it and its note; a very wide one on a turned page."""
    table = lean(paper, table)
    chosen = plan(paper, table, paper.width)
    cramped = not chosen.fits or chosen.wish > CRAMPED * paper.width
    turned = cramped and len(table.columns) >= TURNED_FROM
    if turned:
        chosen = plan(paper, table, turned_width(paper))
        turn(paper)
    if captioned:
        paper.caption("table", table.title, table.basis)
    if table.rows and table.columns:
        _write_grid(paper, table, chosen)
        paper.paragraph(table.note, "Source")
    else:
        paper.paragraph(text("There is nothing to show here yet."), "Source")
    if turned:
        turn_back(paper)


def _write_grid(paper: Paper, table: Table, chosen: Plan) -> None:
    grid = frame(paper, chosen.widths, described=paper.said(table.title))
    grid.append(_head(paper, table, chosen))
    for cells in table.rows:
        grid.append(_row(paper, table, chosen, cells))
    if _high(paper, table, chosen) <= TOGETHER:
        rows = list(grid.iter(qn("w:tr")))
        for row in rows if paper.said(table.note) else rows[:-1]:
            for properties in row.iter(qn("w:pPr")):
                properties.insert(1, element("keepNext"))  # after the style, as the schema wants


def _high(paper: Paper, table: Table, chosen: Plan) -> float:
    """Return about how high a table is, in millimetres; more than enough for a long one."""
    if len(table.rows) > MOST_TOGETHER:
        return 2 * TOGETHER
    line = chosen.size * 1.3 * 25.4 / 72
    high = chosen.head if chosen.upright else 2 * line
    for cells in table.rows:
        lines = [
            math.ceil(
                measure(paper.said(written(paper, value, column)), chosen.size * 25.4 / 72 * NARROW)
                / (wide - 2 * SIDE)
            )
            for value, column, wide in zip(cells, table.columns, chosen.widths, strict=True)
        ]
        high += max(1, *lines) * line + SIDE
    return high


def frame(
    paper: Paper, wide: Sequence[float], *, described: str, rules: bool = True, side: float = SIDE
) -> Any:
    """Add an empty table at the end and return its element; widths in millimetres.

    ``rules``: horizontal lines and a head; without them it only puts things side by side.
    """
    made = element("tbl")
    properties = element("tblPr")
    if rules:
        properties.append(element("tblStyle", val=paper.style_id(TABLE_STYLE)))
    properties.append(element("tblW", w=twips(sum(wide)), type="dxa"))
    if rules:
        properties.append(table_borders())
    properties.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    for edge, gap in (("top", 1.0), ("left", side), ("bottom", 1.0), ("right", SIDE)):
        margins.append(element(edge, w=twips(gap), type="dxa"))
    properties.append(margins)
    look = {"val": "0420" if rules else "0400", "firstRow": int(rules), "lastRow": 0}
    properties.append(element("tblLook", **look, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1))
    if described:
        properties.append(element("tblCaption", val=printable(described)[:250]))
    made.append(properties)
    columns = element("tblGrid")
    for one in wide:
        columns.append(element("gridCol", w=twips(one)))
    made.append(columns)
    paper.document.element.body.insert_element_before(made, "w:sectPr")
    return made


def _row(paper: Paper, table: Table, plan: Plan, cells: Sequence[Cell]) -> Any:
    row = _empty_row()
    for column, wide, value in zip(table.columns, plan.widths, cells, strict=True):
        style = "Table Number" if is_number(column) else "Table Text"
        row.append(cell(paper, wide, written(paper, value, column), style, size=plan.size))
    return row


def _head(paper: Paper, table: Table, plan: Plan) -> Any:
    row = _empty_row()
    if plan.upright:
        row.trPr.append(element("trHeight", val=twips(plan.head), hRule="exact"))
    row.trPr.append(element("tblHeader"))
    for column, wide in zip(table.columns, plan.widths, strict=True):
        upright = plan.upright and is_number(column)
        style = "Table Number Head" if is_number(column) and not upright else "Table Head"
        made = cell(paper, wide, column.head, style, size=plan.size)
        made.tcPr.append(shading(HEAD_TINT))
        if upright:
            made.tcPr.append(element("textDirection", val="btLr"))
        made.tcPr.append(element("vAlign", val="center" if upright else "bottom"))
        row.append(made)
    return row


def _empty_row() -> Any:
    row = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    row.append(properties)
    return row


def cell(paper: Paper, wide: float, words: Sayable, style: str, *, size: float = 0) -> Any:
    """Return a cell with one paragraph; ``size`` where it is not that of the style."""
    made = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=twips(wide), type="dxa"))
    made.append(properties)
    paragraph = paper.loose_paragraph(style)
    run = markup.write(paragraph, paper.said(words))
    if size and size != SIZES[0]:
        markup.size(run, size)
    if isinstance(words, Multilingual) and words.tongue(paper.language) != paper.language:
        markup.tongue(run, TAGS[words.tongue(paper.language)])
    made.append(paragraph._p)
    return made
