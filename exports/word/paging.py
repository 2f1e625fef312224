"""Find on which page each heading and caption stands: by LibreOffice, or by estimate."""

from __future__ import annotations

import logging
import math
import re
import shutil
import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from exports.word import markup

OFFICE = "soffice"
PATIENCE = 90
"""Seconds; 100 pages with 40 pictures took 12 here."""
PAGE = 247.0 / 25.4 * 72
"""Points between the margins of a page."""
LINE_SIGNS = 92
"""Letters of 11 pt on a line of 160 mm."""
_ANSWER = re.compile(r"(_Toc\d+)=(\d+)")
_log = logging.getLogger(__name__)


def laid_out(content: bytes, marks: Sequence[str]) -> dict[str, int]:
    """Return the page of each bookmark as LibreOffice lays the document out.

    Empty when LibreOffice is not installed, takes too long or fails: an estimate remains.
    A copy of the document gets a last page that asks for the page of every bookmark; nothing
    before it moves, and no heading has to be searched for in the text.
    """
    office = shutil.which(OFFICE)
    if office is None or not marks:
        return {}
    with TemporaryDirectory(prefix="sedyanka-") as folder:
        source = Path(folder, "report.docx")
        source.write_bytes(_asking(content, marks))
        command = [
            office,
            "--headless",
            "--norestore",
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
            told = Path(folder, "report.txt").read_text("utf-8", "replace")
        except (OSError, subprocess.SubprocessError) as problem:
            _log.warning("page numbers are estimated: LibreOffice failed: %s", problem)
            return {}
    return {mark: int(page) for mark, page in _ANSWER.findall(told)}


def _asking(content: bytes, marks: Sequence[str]) -> bytes:
    document = docx.Document(BytesIO(content))
    document.add_page_break()
    for mark in marks:
        line = document.add_paragraph(f"{mark}=")
        markup.field(line, f"PAGEREF {mark}", "0")
    answer = BytesIO()
    document.save(answer)
    return answer.getvalue()
