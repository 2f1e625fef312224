"""Keep a municipality's own Word template for the few minutes in which a report is made on it."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from pathlib import Path

from screens.packed import examine
from workshop.language import text
from workshop.model import Refused

HOURS = 12
"""How long a template is kept: as long as a sign-in lasts."""


def keep(content: bytes, folder: Path | None = None) -> Path:
    """Write an uploaded .docx where the report is made and return its place.

    The name comes from the content, so the same template is kept once; old ones are dropped.

    Raises:
        Refused: it is no Word file, too large, or damaged.
    """
    damaged = text("This is not a Word file (.docx), or it is damaged.")
    if "word/document.xml" not in examine(content, damaged):
        raise Refused(damaged)
    home = folder or Path(tempfile.gettempdir()) / f"sedyanka-templates-{_owner()}"
    home.mkdir(mode=0o700, exist_ok=True)
    for old in home.glob("*.docx"):
        if time.time() - old.stat().st_mtime > HOURS * 3600:
            old.unlink(missing_ok=True)
    place = home / f"{hashlib.sha256(content).hexdigest()}.docx"
    fresh = place.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(place)
    return place


def _owner() -> str:
    """Return whose folder it is: on a shared machine everybody has an own one."""
    return str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "0")
