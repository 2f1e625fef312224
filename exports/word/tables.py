"""Write tables with horizontal rules only, and the borderless ones that big numbers stand in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exports.word import markup
from exports.word.looks import HEAD_TINT
from exports.word.markup import element, shading
from exports.word.paper import Paper
from exports.word.styles import TABLE_STYLE, table_borders, twips
from workshop import blocks
from workshop.blocks import Cell, Column, Table
from workshop.charts.letters import longest_word
from workshop.language import TAGS, Multilingual, Sayable, text
from workshop.printable import printable

SIDE = 2.0
"""Millimetres between a cell's text and its edge."""
LETTER = 9.5 * 25.4 / 72 * 0.84
"""Millimetres per em in a cell; Calibri is narrower than the DejaVu we measure with."""
BOLD = 1.12
NARROWEST = 11.0
MEASURED = 200
"""Rows that decide how wide a column is."""


def write_table(paper: Paper, table: Table, *, captioned: bool = True) -> None:
    """Write a caption, the table under it and its note."""
    if captioned:
        paper.caption("table", table.title, table.basis)
    if not table.rows or not table.columns:
        paper.paragraph(text("There is nothing to show here yet."), "Source")
        return
    wide = widths(paper, table)
    grid = frame(paper, wide, described=paper.said(table.title))
    grid.append(_head(paper, table, wide))
    for cells in table.rows:
        grid.append(_row(paper, table, wide, cells))
    paper.paragraph(table.note, "Source")


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


def widths(paper: Paper, table: Table) -> list[float]:
    """Share the text width: no column narrower than its longest word, the rest as asked for."""
    least = []
    for place, column in enumerate(table.columns):
        longest = longest_word(paper.said(column.head), LETTER * BOLD)
        for row in table.rows[:MEASURED]:
            said = paper.said(blocks.cell(row[place], column))
            longest = max(longest, longest_word(said, LETTER))
        least.append(min(paper.width / 3, max(NARROWEST, longest + 2 * SIDE)))
    spare = paper.width - sum(least)
    if spare <= 0:
        return [one * paper.width / sum(least) for one in least]
    wishes = [max(1, column.width) for column in table.columns]
    targets = [paper.width * wish / sum(wishes) for wish in wishes]
    lacking = [max(0.0, target - one) for target, one in zip(targets, least, strict=True)]
    total = sum(lacking) or 1.0
    return [one + spare * lack / total for one, lack in zip(least, lacking, strict=True)]


def _row(paper: Paper, table: Table, wide: Sequence[float], cells: Sequence[Cell]) -> Any:
    row = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    row.append(properties)
    for column, one, value in zip(table.columns, wide, cells, strict=True):
        style = "Table Number" if _is_number(column) else "Table Text"
        row.append(cell(paper, one, blocks.cell(value, column), style))
    return row


def _head(paper: Paper, table: Table, wide: Sequence[float]) -> Any:
    row = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    properties.append(element("tblHeader"))
    row.append(properties)
    for column, one in zip(table.columns, wide, strict=True):
        style = "Table Number Head" if _is_number(column) else "Table Head"
        row.append(cell(paper, one, column.head, style, tint=HEAD_TINT))
    return row


def _is_number(column: Column) -> bool:
    return column.kind not in ("text", "date")


def cell(paper: Paper, wide: float, words: Sayable, style: str, *, tint: str = "") -> Any:
    """Return a cell with one paragraph."""
    made = element("tc")
    properties = element("tcPr")
    properties.append(element("tcW", w=twips(wide), type="dxa"))
    if tint:
        properties.append(shading(tint))
        properties.append(element("vAlign", val="bottom"))
    made.append(properties)
    paragraph = paper.loose_paragraph(style)
    run = markup.write(paragraph, paper.said(words))
    if isinstance(words, Multilingual) and words.tongue(paper.language) != paper.language:
        markup.tongue(run, TAGS[words.tongue(paper.language)])
    made.append(paragraph._p)
    return made
