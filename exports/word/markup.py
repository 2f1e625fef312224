"""Small pieces of WordprocessingML that python-docx has no words for."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from workshop.printable import printable

_BOUND = re.compile(r"(№|\bNo\.|=) (?=\d)")
"""What is not parted from the number after it: "No. 7", "n = 24"."""
_NAMES = {"w": nsmap["w"]}
_SPACE = str(qn("xml:space"))


def element(tag: str, **attributes: str | int) -> Any:
    """Return ``<w:tag>`` with its ``w:`` attributes."""
    made = oxml_parser.makeelement(_name(tag), None, _NAMES)
    for name, value in attributes.items():
        made.set(_name(name), str(value))
    return made


@cache
def _name(tag: str) -> str:
    return str(qn(f"w:{tag}"))


def write(paragraph: Paragraph, words: str, *, bold: bool | None = None) -> Run:
    """Add ``words`` to a paragraph, safe for XML; line breaks stay, numbers keep their sign."""
    words = _BOUND.sub("\\1\u00a0", printable(words))
    if "\n" in words or "\t" in words or "\r" in words:
        run = paragraph.add_run(words)
    else:  # a report has thousands; python-docx looks at every letter of each
        run = Run(_plain_run(words), paragraph)
        paragraph._p.append(run._r)
    if bold is not None:
        run.bold = bold
    return run


def _plain_run(words: str) -> Any:
    made = element("r")
    if words:
        letters = element("t")
        letters.text = words
        if words != words.strip():
            letters.set(_SPACE, "preserve")
        made.append(letters)
    return made


def size(run: Run, points: float) -> None:
    """Give the letters of a fresh run another size than their style's."""
    run._r.get_or_add_rPr().append(element("sz", val=round(2 * points)))


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """Open a field; what is written next is its stored result."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="begin"))
    code = element("instrText")
    code.set(_SPACE, "preserve")
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
