"""Find on which page each heading and caption stands: by LibreOffice, or by estimate."""

from __future__ import annotations

import json
import logging
import math
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from exports.word import markup
from exports.word.looks import LOOKS, TEXT_WIDTH, Look
from exports.word.office import OFFICE, QUIET, Office

READER = "pdftotext"
PATIENCE = 50
"""Seconds for LibreOffice; the report of the sample takes four."""
PAGE_HIGH = (297 - 2 * 25) / 25.4 * 72
"""Points between the upper and the lower margin."""
SURE = 0.8
"""The share of the guessed pages that a report surely has."""
LETTER_WIDE = 0.5
"""Width of a letter of our font as a share of its size, on average."""
_ANSWER = re.compile(r"(_Toc\d+)=(\d+)")
_log = logging.getLogger(__name__)


def laid_out(
    content: bytes, guessed: Mapping[str, int], office: Office | None = None
) -> dict[str, int]:
    """Return the page of each bookmark as LibreOffice lays the document out.

    Empty when it is not installed, takes too long or fails: then an estimate has to do. A copy
    of the document gets last pages that ask for the page of every bookmark, so nothing before
    them moves, and no heading has to be searched for in the text. Only those pages are written
    out, a quarter of the work less; where ``guessed`` was too high for that, all are.
    """
    program, reader = shutil.which(OFFICE), shutil.which(READER)
    if program is None or reader is None or not guessed:
        return {}
    asking, first = _asking(content, list(guessed)), int(max(guessed.values()) * SURE)
    ways = [([program], first), ([program], 1)]
    if office is not None and office.awake:
        ways.insert(0, ([program, office.profile], first))
    for way, begin in ways:
        try:
            found = _asked(way, reader, asking, begin)
        except (OSError, subprocess.SubprocessError) as problem:
            _log.warning("LibreOffice did not tell the page numbers: %s", problem)
            continue
        if len(found) == len(guessed):
            return found
    _log.warning("page numbers are estimated")
    return {}


def _asked(office: list[str], reader: str, asking: bytes, first: int) -> dict[str, int]:
    """Return what the pages from ``first`` on answer."""
    options = {"PageRange": {"type": "string", "value": f"{max(1, first)}-"}}
    with TemporaryDirectory(prefix="sedyanka-") as folder:
        source, told = Path(folder, "report.docx"), Path(folder, "report.pdf")
        source.write_bytes(asking)
        if len(office) == 1:
            # A profile of its own: two conversions with the same one disturb each other.
            office = [*office, f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"]
        kind = f"pdf:writer_pdf_Export:{json.dumps(options)}"
        _run([*office, *QUIET, "--convert-to", kind, "--outdir", folder, str(source)])
        if not told.exists():  # there are no such pages
            return {}
        words = _run([reader, "-layout", str(told), "-"])
    return {mark: int(page) for mark, page in _ANSWER.findall(words.decode("utf-8", "replace"))}


def _run(command: list[str]) -> bytes:
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=True
    )
    return done.stdout


def _asking(content: bytes, marks: Sequence[str]) -> bytes:
    document = docx.Document(BytesIO(content))
    document.add_paragraph().paragraph_format.page_break_before = True
    for mark in marks:
        line = document.add_paragraph(f"{mark}=")
        markup.field(line, f"PAGEREF {mark}", "0")
    answer = BytesIO()
    document.save(answer)
    return answer.getvalue()


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
