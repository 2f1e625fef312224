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

OFFICE, READER = "soffice", "pdftotext"
PATIENCE = 90
"""Seconds for LibreOffice; the report of the sample takes three."""
PAGE_HIGH = (297 - 2 * 25) / 25.4 * 72
"""Points between the upper and the lower margin."""
SURE = 0.8
"""The share of the guessed pages that a report surely has."""
LETTER_WIDE = 0.5
"""Width of a letter of our font as a share of its size, on average."""
_ANSWER = re.compile(r"(_Toc\d+)=(\d+)")
_log = logging.getLogger(__name__)


def laid_out(content: bytes, guessed: Mapping[str, int]) -> dict[str, int]:
    """Return the page of each bookmark as LibreOffice lays the document out.

    Empty when it is not installed, takes too long or fails: then an estimate has to do. A copy
    of the document gets last pages that ask for the page of every bookmark, so nothing before
    them moves, and no heading has to be searched for in the text. Only those pages are written
    out, a quarter of the work less; where ``guessed`` was too high for that, all are.
    """
    office, reader = shutil.which(OFFICE), shutil.which(READER)
    if office is None or reader is None or not guessed:
        return {}
    asking = _asking(content, list(guessed))
    try:
        found = _asked(office, reader, asking, int(max(guessed.values()) * SURE))
        return found if len(found) == len(guessed) else _asked(office, reader, asking, 1)
    except (OSError, subprocess.SubprocessError) as problem:
        _log.warning("page numbers are estimated, LibreOffice failed: %s", problem)
        return {}


def _asked(office: str, reader: str, asking: bytes, first: int) -> dict[str, int]:
    """Return what the pages from ``first`` on answer."""
    options = {"PageRange": {"type": "string", "value": f"{max(1, first)}-"}}
    with TemporaryDirectory(prefix="sedyanka-") as folder:
        source, told = Path(folder, "report.docx"), Path(folder, "report.pdf")
        source.write_bytes(asking)
        # A profile of its own: two conversions with the same one disturb each other.
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        kind = f"pdf:writer_pdf_Export:{json.dumps(options)}"
        _run([office, "--headless", "--norestore", profile, "--convert-to", kind,
              "--outdir", folder, str(source)])  # fmt: skip
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
