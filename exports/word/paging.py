"""Find on which page each heading and caption stands: by LibreOffice, or by estimate."""

from __future__ import annotations

import logging
import math
import shutil
from collections.abc import Mapping, Sequence
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from exports.word.looks import LOOKS, TEXT_WIDTH, Look
from exports.word.office import OFFICE, Office

PAGE_HIGH = (297 - 2 * 25) / 25.4 * 72
"""Points between the upper and the lower margin."""
LETTER_WIDE = 0.5
"""Width of a letter of our font as a share of its size, on average."""
_log = logging.getLogger(__name__)


def laid_out(
    content: bytes, guessed: Mapping[str, int], office: Office | None = None
) -> dict[str, int]:
    """Return the page of each bookmark as LibreOffice lays the document out.

    Empty when it is not installed, takes too long or fails: then an estimate has to do.
    """
    if not guessed or not shutil.which(OFFICE):
        return {}
    found = office.pages(content) if office is not None else {}
    if not found:
        with Office() as own:
            found = own.pages(content)
    if not guessed.keys() <= found.keys():
        _log.warning("LibreOffice did not answer: page numbers are estimated")
        return {}
    return {mark: found[mark] for mark in guessed}


def estimated(document: Document) -> dict[str, int]:
    """Return the page of each bookmark as letters, pictures and rows would fill the pages."""
    looks = {style.style_id: _look(style.name) for style in document.styles}
    pages: dict[str, int] = {}
    page, filled = 1, 0.0
    for child in document.element.body:
        high = _height(child, looks)
        starts = child.find(".//" + qn("w:pageBreakBefore")) is not None
        if starts or filled + min(high, PAGE_HIGH / 4) > PAGE_HIGH:
            page, filled = page + 1, 0.0
        for mark in child.iter(qn("w:bookmarkStart")):
            pages[mark.get(qn("w:name"))] = page
        filled += high
        page, filled = page + int(filled // PAGE_HIGH), filled % PAGE_HIGH
        if child.find(qn("w:pPr") + "/" + qn("w:sectPr")) is not None:  # the page is turned
            page, filled = page + 1, 0.0
    return pages


def _look(name: str | None) -> Look:
    return next((look for look in LOOKS if look.name == name), LOOKS[0])


def _height(child: Any, looks: Mapping[str, Look]) -> float:
    if child.tag == qn("w:tbl"):
        wide = [int(one.get(qn("w:w"))) / 20 for one in child.iter(qn("w:gridCol"))]
        return sum(_row_height(row, wide, looks) for row in child.iter(qn("w:tr")))
    return _paragraph_height(child, TEXT_WIDTH / 25.4 * 72, looks)


def _row_height(row: Any, wide: Sequence[float], looks: Mapping[str, Look]) -> float:
    cells = row.findall(qn("w:tc"))
    return 6 + max(
        (
            sum(_paragraph_height(one, room - 11, looks) for one in cell.iter(qn("w:p")))
            for cell, room in zip(cells, wide, strict=False)
        ),
        default=0.0,
    )


def _paragraph_height(paragraph: Any, wide: float, looks: Mapping[str, Look]) -> float:
    style = paragraph.find(qn("w:pPr") + "/" + qn("w:pStyle"))
    look = looks.get(style.get(qn("w:val")), LOOKS[0]) if style is not None else LOOKS[0]
    letters = sum(len(words.text or "") for words in paragraph.iter(qn("w:t")))
    lines = max(1, math.ceil(letters * look.size * LETTER_WIDE / max(20.0, wide)))
    pictures = sum(int(one.get("cy")) / 12_700 for one in paragraph.iter(qn("wp:extent")))
    return look.before + look.after + (pictures or lines * look.line)
