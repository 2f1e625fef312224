"""A blueprint as a file: one small JSON document, read with limits."""

from __future__ import annotations

import json

from workshop.blueprint import Blueprint, gather, spread
from workshop.language import text
from workshop.model import Refused

PROGRAM, FORMAT = "sedyanka blueprint", 1
LARGEST = 1024 * 1024
"""Bytes; a full day with texts in two languages takes about 20 kB, a maturity model 100 kB."""
DAMAGED = text("This file is damaged or not a blueprint of Sedyanka.")


def write(blueprint: Blueprint) -> bytes:
    """Return a blueprint as a file."""
    content = {"program": PROGRAM, "format": FORMAT, **spread(blueprint)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def read(content: bytes) -> Blueprint:
    """Return the blueprint in a file; whether its exercises are here is seen when it is saved.

    Raises:
        Refused: the file is too large, torn, newer than this program, or no blueprint.
    """
    if len(content) > LARGEST:
        raise Refused(text("This file is too large to be a blueprint."))
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
        plain = json.dumps(found, ensure_ascii=False)
        plain.encode()  # half a sign, written as an escape, can be kept by no database
    except (ValueError, RecursionError) as torn:
        raise Refused(DAMAGED) from torn
    if not isinstance(found, dict) or found.pop("program", None) != PROGRAM or "\\u0000" in plain:
        raise Refused(DAMAGED)
    version = found.pop("format", None)
    if isinstance(version, int) and version > FORMAT:
        raise Refused(text("This blueprint was made by a newer version of Sedyanka."))
    if version != FORMAT:
        raise Refused(DAMAGED)
    try:
        return gather(found)
    except Refused as refused:
        raise Refused(
            text("This blueprint cannot be read: {reason}", reason=refused.reason)
        ) from refused


def _no_number(written: str) -> float:
    raise ValueError(f"{written} is no number")
