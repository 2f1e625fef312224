"""Lists and heading numbers as Word numbers them itself, so they stay right when edited."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.text.paragraph import Paragraph

from exports.word.markup import element
from exports.word.styles import twips

_INDENTS = (10, 12, 14)
"""Millimetres that the numbers of the three heading levels take."""


def add_bullets(document: Document) -> int:
    """Add a list with bullets and return its number."""
    level = _level(0, "bullet", "•")
    level.append(_indent(5))
    return _add(document, [level])


def add_heading_numbers(document: Document) -> int:
    """Add "1", "1.1", "1.1.1" and return the number of the list."""
    levels = []
    for depth, indent in enumerate(_INDENTS):
        pattern = ".".join(f"%{place + 1}" for place in range(depth + 1))
        level = _level(depth, "decimal", pattern)
        level.append(_indent(indent))
        levels.append(level)
    return _add(document, levels)


def number(paragraph: Paragraph, list_number: int, level: int) -> None:
    """Make a paragraph the next one of a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.append(element("ilvl", val=level))
    properties.append(element("numId", val=list_number))


def _level(depth: int, form: str, pattern: str) -> Any:
    level = element("lvl", ilvl=depth)
    level.append(element("start", val=1))
    level.append(element("numFmt", val=form))
    level.append(element("lvlText", val=pattern))
    level.append(element("lvlJc", val="left"))
    return level


def _indent(millimetres: float) -> Any:
    properties = element("pPr")
    wide = twips(millimetres)
    properties.append(element("ind", left=wide, hanging=wide))
    return properties


def _add(document: Document, levels: list[Any]) -> int:
    root = _part(document).element
    kinds, lists = root.findall(qn("w:abstractNum")), root.findall(qn("w:num"))
    kind = 1 + max((int(one.get(qn("w:abstractNumId"))) for one in kinds), default=0)
    made = 1 + max((int(one.get(qn("w:numId"))) for one in lists), default=0)
    abstract = element("abstractNum", abstractNumId=kind)
    abstract.append(element("multiLevelType", val="multilevel"))
    abstract.extend(levels)
    if kinds:  # the schema wants all kinds before all lists
        kinds[-1].addnext(abstract)
    else:
        root.insert(0, abstract)
    listed = element("num", numId=made)
    listed.append(element("abstractNumId", val=kind))
    (lists[-1] if lists else abstract).addnext(listed)
    return made


def _part(document: Document) -> Any:
    """Return the part that holds the lists; a lean template has none yet."""
    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        part = NumberingPart(
            PackURI("/word/numbering.xml"),
            CONTENT_TYPE.WML_NUMBERING,
            element("numbering"),
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part
