"""A ballot on paper: boxes for dots, scales for levels, lines for words; as many as needed."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.shared import Mm, Pt
from docx.table import Table

from exports.word import cards
from exports.word.markup import element
from exports.word.styles import table_borders, twips
from workshop.captions import PROMISES
from workshop.language import Language, Sayable, say, text
from workshop.model import Series, Stage, Workshop
from workshop.paper import Blank, Part
from workshop.printable import printable

WIDE = 174
"""Millimetres between the margins."""
MARGIN = 18
BOX = "☐"
RULE = 8.5
"""Millimetres from one line to write on to the next."""
LINES = 2
"""To write on, for each place for words."""
MANY = 12
"""Boxes in one row at most; beyond, a number is written."""


def write(
    series: Series, workshop: Workshop, stage: Stage, parts: Sequence[Part], language: Language
) -> bytes:
    """Return a Word document with one ballot of a stage."""
    document = cards.sheet(language, series, workshop, stage.title)
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(MARGIN)

    def said(thing: Sayable) -> str:
        return printable(say(thing, language))

    document.add_paragraph(said(stage.title), "Heading 1").paragraph_format.space_before = Pt(0)
    if stage.question:
        document.add_paragraph(said(stage.question), "Block Title")
    document.add_paragraph(said(PROMISES[stage.anonymity]), "Source")
    for asked in (text("Group"), text("Organisation (or “citizen”)")):
        _line(document, said(asked), ruled=True)
    for part in parts:
        _part(document, part, said)
    return cards.saved(document)


def _part(document: Document, part: Part, said: cards.Saying) -> None:
    document.add_paragraph(said(part.title), "Heading 3")
    if part.hint:
        document.add_paragraph(said(part.hint)).paragraph_format.keep_with_next = True
    if part.kind == "count":
        _boxes(document, part.blanks, said)
    for _copy in range(part.copies if part.kind != "count" else 0):
        for blank in part.blanks:
            if blank.kind == "choice":
                _scale(document, blank, said)
            else:
                label = said(blank.label) if said(blank.label) != said(part.title) else ""
                _words(document, label)


def _boxes(document: Document, blanks: Sequence[Blank], said: cards.Saying) -> None:
    """Write each option with its number, which is what staff type, and a box for each dot."""
    most = max((one.most for one in blanks), default=1)
    boxes = min(most, MANY) * 6 + 4
    table = _table(document, len(blanks), (10, WIDE - 10 - boxes, boxes))
    for place, (row, one) in enumerate(zip(table.rows, blanks, strict=True), 1):
        row._tr.get_or_add_trPr().append(element("cantSplit"))
        number, words, marks = row.cells
        number.paragraphs[0].add_run(f"{place}.").bold = True
        words.paragraphs[0].add_run(said(one.label))
        shown = " ".join([BOX] * one.most) if one.most <= MANY else "____"
        marks.paragraphs[0].add_run(shown).font.size = Pt(13)


def _scale(document: Document, blank: Blank, said: cards.Saying) -> None:
    first = document.add_paragraph(said(blank.label))
    first.paragraph_format.space_after = Pt(1)
    first.paragraph_format.keep_with_next = True
    line = document.add_paragraph()
    # Numbered as they are typed; a blank scale is typed as "-".
    for place, (_key, words) in enumerate(blank.choices, 1):
        line.add_run(f"{BOX} {place}\u00a0{said(words).replace(' ', chr(0xA0))}   ")


def _words(document: Document, label: str) -> None:
    if label:
        _line(document, label)
    for _nth in range(LINES):
        _line(document, "", ruled=True)


def _line(document: Document, words: str, *, ruled: bool = False) -> None:
    paragraph = document.add_paragraph(words)
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = not ruled
    if not ruled:
        return
    paragraph.paragraph_format.line_spacing = Mm(RULE)
    properties = paragraph._p.get_or_add_pPr()
    rule = element("pBdr")
    for place in ("bottom", "between"):  # Word takes equal ones below each other for one
        rule.append(element(place, val="single", sz=4, space=1, color="808080"))
    properties.insert_element_before(rule, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _table(document: Document, rows: int, wide: Sequence[float]) -> Table:
    table: Table = document.add_table(rows, len(wide))
    table.autofit = False
    table._tbl.tblPr.insert_element_before(
        table_borders(), "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )
    for column, millimetres in zip(table.columns, wide, strict=True):
        column._gridCol.set(column._gridCol.tag.replace("gridCol", "w"), str(twips(millimetres)))
        for cell in column.cells:
            cell.width = Mm(millimetres)
    return table
