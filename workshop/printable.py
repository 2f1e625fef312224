"""Make any text safe to write into a file: signs that XML forbids become U+FFFD."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(words: str) -> str:
    """Return ``words`` with control signs, lone surrogates and non-characters replaced.

    Text is cleaned at the door already; files are written from archives and old entries too.
    """
    return _FORBIDDEN.sub("\ufffd", words)
