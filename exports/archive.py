"""The archive as a file: one JSON document, read with limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from workshop.language import text
from workshop.model import Refused

LARGEST = 50 * 1024 * 1024
"""Bytes; a workshop of 5,000 people takes about 20 MB."""


def write(archive: Mapping[str, Any]) -> bytes:
    """Return an archive as a file."""
    return json.dumps(archive, ensure_ascii=False, indent=1).encode()


def read(content: bytes) -> dict[str, Any]:
    """Return the archive in a file.

    Raises:
        Refused: the file is too large, torn, or no archive.
    """
    if len(content) > LARGEST:
        raise Refused(text("This file is too large to be an archive of a workshop."))
    try:
        archive = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as problem:
        raise Refused(text("This file is damaged or not an archive of Sedyanka.")) from problem
    if not isinstance(archive, dict):
        raise Refused(text("This file is damaged or not an archive of Sedyanka."))
    return archive
