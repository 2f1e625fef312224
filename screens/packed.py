"""Look into an uploaded Office file before anything unpacks it: they are zip archives of XML."""

from __future__ import annotations

import io
import zipfile
import zlib

from workshop.language import Text, text
from workshop.model import Refused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_MEMBERS = 500


def examine(content: bytes, damaged: Text) -> frozenset[str]:
    """Return the names inside, or refuse what unpacks into too much or brings its own entities.

    Raises:
        Refused: ``damaged`` for what is no such archive, or a sentence about its size.
    """
    if len(content) > MOST_BYTES:
        raise Refused(text("The file is larger than {n} MB.", n=MOST_BYTES // 1024 // 1024))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            # ``read`` never gives more than the size declared here.
            unpacked = sum(member.file_size for member in members)
            if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
                raise Refused(text("The file unpacks into too much. Please make it smaller."))
            for member in members:
                if member.filename.endswith((".xml", ".rels")) and _declares(packed.read(member)):
                    raise Refused(damaged)
            return frozenset(member.filename for member in members)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as torn:
        raise Refused(damaged) from torn


def _declares(document: bytes) -> bool:
    """Return whether an XML document has a DOCTYPE, in UTF-8 or UTF-16; Office needs none."""
    return b"<!DOCTYPE" in document.replace(b"\x00", b"")
