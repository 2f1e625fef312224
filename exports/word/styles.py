"""Bring our looks into a document as Word styles: all of them, or what a template lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm

from exports.word.looks import FONT, HEAD_TINT, INDIGO, LOOKS, PAPER, TEXT_WIDTH, Look
from exports.word.markup import borders, element, shading

TABLE_STYLE = "Workshop Table"
_OURS = frozenset(
    look.name for look in LOOKS if look.name.startswith(("Cover", "Contents", "Source", "Block",
    "Finding", "Caution", "Table", "Pull", "Board", "Step", "Banner"))
)  # fmt: skip
"""Names that Word does not know as built in."""


def prepare(document: Document, *, keep: bool, bullets: int, language_tag: str) -> None:
    """Bring the styles into the document; with ``keep`` what a template defines stays.

    What a template lacks then comes in the template's own letters.
    """
    if not keep:
        _clear_out(document)
    room = min(float(TEXT_WIDTH), text_width(document))
    known = {style.name for style in document.styles}
    for look in LOOKS:
        if look.name in known and keep:
            continue
        style = (
            document.styles[look.name]
            if look.name in known
            else document.styles.add_style(
                look.name, WD_STYLE_TYPE.PARAGRAPH, builtin=look.name not in _OURS
            )
        )
        look = replace(look, tab=min(look.tab, room))
        _dress(style.element, look, bullets, font="" if keep else FONT)
    if TABLE_STYLE not in known:
        _table_style(document)
    _defaults(document, language_tag, keep)


def _clear_out(document: Document) -> None:
    """Drop what python-docx's own template brings and nobody asked for.

    Its hundred colourful table styles, and the copy of all styles for Word 2007, are nine tenths
    of an empty document, make LibreOffice a second slower and hide ours in Word's gallery.
    """
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    for key, link in list(document.part.rels.items()):
        if link.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]


def text_width(document: Document) -> float:
    """Return the millimetres between the margins."""
    section = document.sections[-1]
    sides = (section.left_margin or 0) + (section.right_margin or 0)
    return float(((section.page_width or Mm(210)) - sides) / Mm(1))


def _dress(style: Any, look: Look, bullets: int, font: str) -> None:
    """Write the look into the style, in the order the schema wants."""
    for tag in ("w:pPr", "w:rPr"):
        for old in style.findall(qn(tag)):
            style.remove(old)
    style.append(_paragraph(look, bullets))
    style.append(_letters(look, font))
    if look.name != "Normal" and style.find(qn("w:basedOn")) is None:
        style.find(qn("w:name")).addnext(element("basedOn", val="Normal"))


def _paragraph(look: Look, bullets: int) -> Any:
    made = element("pPr")
    if look.keep:
        made.append(element("keepNext"))
    if look.level or look.rule:
        made.append(element("keepLines"))
    if look.bullet:
        numbering = element("numPr")
        numbering.append(element("numId", val=bullets))
        made.append(numbering)
    if look.rule:
        sides = element("pBdr")
        sides.append(element("left", val="single", sz=24, space=8, color=look.rule.lstrip("#")))
        made.append(sides)
    if look.tint:
        made.append(shading(look.tint))
    if look.tab:
        tabs = element("tabs")
        tabs.append(element("tab", val="right", leader="dot", pos=twips(look.tab)))
        made.append(tabs)
    made.append(
        element("spacing", before=round(look.before * 20), after=round(look.after * 20),
                line=round(look.line * 20), lineRule="atLeast")
    )  # fmt: skip
    indent = {"left": twips(look.left), "right": 0}
    if look.hanging:
        indent["hanging"] = twips(look.hanging)
    made.append(element("ind", **indent))
    if look.align:
        made.append(element("jc", val=look.align))
    if look.level:
        made.append(element("outlineLvl", val=look.level - 1))
    return made


def _letters(look: Look, font: str) -> Any:
    made = element("rPr")
    if font:
        made.append(element("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
    if look.bold:
        made.append(element("b"))
        made.append(element("bCs"))
    made.append(element("color", val=look.colour.lstrip("#")))
    for tag in ("sz", "szCs"):
        made.append(element(tag, val=round(look.size * 2)))
    return made


def twips(millimetres: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def _table_style(document: Document) -> None:
    """Make the table look available to people who go on writing in the document."""
    style = document.styles.add_style(TABLE_STYLE, WD_STYLE_TYPE.TABLE)
    properties = element("tblPr")
    properties.append(table_borders())
    style.element.append(properties)
    head = element("tblStylePr", type="firstRow")
    letters = element("rPr")
    letters.append(element("b"))
    letters.append(element("color", val=INDIGO.lstrip("#")))
    head.append(letters)
    cell = element("tcPr")
    cell.append(shading(HEAD_TINT))
    head.append(cell)
    style.element.append(head)


def table_borders() -> Any:
    """Return horizontal rules only."""
    strong, light = (8, INDIGO), (4, PAPER.hairline)
    return borders("tblBorders", top=strong, bottom=strong, insideH=light)


def _defaults(document: Document, language_tag: str, keep: bool) -> None:
    """Say the document's language; in our own document the font as well, not by theme."""
    root = document.styles.element
    letters = root.find(qn("w:docDefaults") + "/" + qn("w:rPrDefault") + "/" + qn("w:rPr"))
    if letters is None:
        defaults = root.find(qn("w:docDefaults"))
        if defaults is None:
            defaults = element("docDefaults")
            root.insert(0, defaults)
        holder = element("rPrDefault")
        letters = element("rPr")
        holder.append(letters)
        defaults.insert(0, holder)
    for old in letters.findall(qn("w:lang")):
        letters.remove(old)
    letters.append(element("lang", val=language_tag, eastAsia=language_tag, bidi="ar-SA"))
    if not keep:
        for old in letters.findall(qn("w:rFonts")):
            letters.remove(old)
        letters.insert(0, element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT))
