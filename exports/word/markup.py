"""Small pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from workshop.printable import printable

_BOUND = re.compile(r"(№|\bNo\.|=) (?=\d)")
"""What is not parted from the number after it: "No. 7", "n = 24"."""


def element(tag: str, **attributes: str | int) -> Any:
    """Return ``<w:tag>`` with its ``w:`` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def write(paragraph: Paragraph, words: str, *, bold: bool | None = None) -> Run:
    """Add ``words`` to a paragraph, safe for XML; line breaks stay, numbers keep their sign."""
    run: Run = paragraph.add_run(_BOUND.sub("\\1\u00a0", printable(words)))
    if bold is not None:
        run.bold = bold
    return run


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """Open a field; what is written next is its stored result."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="begin"))
    code = element("instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(element("fldChar", fldCharType="separate"))


def end_field(paragraph: Paragraph) -> None:
    """Close the field opened last."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))


def field(paragraph: Paragraph, instruction: str, shown: str) -> Run:
    """Add a field with its stored result and return the run that holds the result."""
    begin_field(paragraph, instruction)
    result = write(paragraph, shown)
    end_field(paragraph)
    return result


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Make the whole paragraph a place that other fields can refer to."""
    start, end = element("bookmarkStart", id=number, name=name), element("bookmarkEnd", id=number)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(end)


def shading(colour: str) -> Any:
    """Return the background of a paragraph, cell or style."""
    return element("shd", val="clear", color="auto", fill=colour.lstrip("#"))


def tongue(run: Run, tag: str) -> None:
    """Say which language the words of a run are in, for spelling and screen readers."""
    run._r.get_or_add_rPr().append(element("lang", val=tag))


def colour(run: Run, shade: str) -> None:
    """Give the letters of a run a colour."""
    run.font.color.rgb = RGBColor.from_string(shade.lstrip("#"))


def borders(tag: str, **sides: tuple[int, str]) -> Any:
    """Return ``<w:tag>`` with a line per side: (eighths of a point, colour); 0 is no line."""
    made = element(tag)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if side in sides:
            size, colour = sides[side]
            kind = {"val": "single", "sz": size} if size else {"val": "nil"}
            made.append(element(side, **kind, space=0, color=colour.lstrip("#")))
    return made
