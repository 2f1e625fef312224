"""Open the municipality's own template, and refuse one that would pass on more than its look."""

from __future__ import annotations

import re
import zipfile
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn

from workshop.language import Text, text
from workshop.model import Refused

LARGEST = 20 * 1024 * 1024
LARGEST_OPEN = 200 * 1024 * 1024
"""A small file may unpack to gigabytes."""
MOST_PARTS = 2_000
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ACTIVE = re.compile(r"vbaProject|vbaData|macroEnabled|oleObject|activeX|afChunk|altChunk", re.I)
_OUTSIDE = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.I)
_FETCHING_FIELDS = re.compile(rb"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT)\s", re.I)
_INSTRUCTION = re.compile(rb"<w:instrText[^>]*>([^<]*)|w:instr\s*=\s*[\"']([^\"']*)", re.I)


def open_template(path: Path) -> Document:
    """Return the template as a document without its own text.

    Raises:
        Refused: it is no Word document, or holds macros, embedded programs or links to outside.
    """
    content = _read(path)
    _check(content)
    try:
        document = docx.Document(BytesIO(content))
        _empty(document)
    except Exception as problem:  # a torn part may fail anywhere inside the library
        raise Refused(_damaged(), "template") from problem
    return document


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            reason = text("The template is too large: a letterhead needs no 20 MB.")
            raise Refused(reason, "template")
        return path.read_bytes()
    except OSError as problem:
        raise Refused(text("The template cannot be read."), "template") from problem


def _check(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_OPEN:
                raise Refused(_damaged(), "template")
            names = [part.filename for part in parts]
            kinds = archive.read("[Content_Types].xml").decode("utf-8", "replace")
            words = {name: archive.read(name) for name in names if name.endswith((".xml", ".rels"))}
    except (zipfile.BadZipFile, KeyError, RuntimeError, OSError, NotImplementedError) as problem:
        raise Refused(_damaged(), "template") from problem
    if _ACTIVE.search(kinds) or any(_ACTIVE.search(name) for name in names):
        raise Refused(_active(), "template")
    if _MAIN not in kinds:
        raise Refused(_damaged(), "template")
    for name, part in words.items():
        _check_part(name, part)


def _check_part(name: str, part: bytes) -> None:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise Refused(_damaged(), "template")
    if name.endswith(".rels"):
        links = _OUTSIDE.findall(part)
        # An address in the letterhead waits for a click; anything else is fetched when opened.
        if any(b"/relationships/hyperlink" not in link for link in links):
            raise Refused(_active(), "template")
        if _ACTIVE.search(part.decode("utf-8", "replace")):
            raise Refused(_active(), "template")
    instructions = b" ".join(b" ".join(found) for found in _INSTRUCTION.findall(part))
    if _FETCHING_FIELDS.search(instructions + b" "):
        raise Refused(_active(), "template")


def _empty(document: Document) -> None:
    """Remove the template's own text; the last section stays, with the headers it shows."""
    body = document.element.body
    sections = list(body.iter(qn("w:sectPr")))
    shown: dict[tuple[str, str], Any] = {}
    for section in sections:  # a section without a header shows that of the one before
        for tag in ("w:headerReference", "w:footerReference"):
            for one in section.findall(qn(tag)):
                shown[tag, one.get(qn("w:type"))] = one
    for (tag, kind), one in shown.items():
        if all(own.get(qn("w:type")) != kind for own in sections[-1].findall(qn(tag))):
            sections[-1].insert(0, deepcopy(one))
    for child in list(body):
        if child is not sections[-1]:
            body.remove(child)


def _damaged() -> Text:
    return text("The template is not a Word document (.docx), or it is damaged.")


def _active() -> Text:
    return text(
        "The template holds macros, embedded programs or links to other files. "
        "Save it as a plain .docx without them."
    )
