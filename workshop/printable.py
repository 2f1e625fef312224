"""Make any text safe where it is written: in files (U+FFFD for forbidden signs), in Markdown."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of all that follows, the words around them included."""
# What Markdown reads as an instruction inside a line, and only at its beginning. No more than
# that is escaped: screen readers are given the labels of Streamlit's boxes as they are written.
_SIGNS = re.compile(r"([\\`*_\[\]<>&$~|])")
_START = re.compile(r"^(\s*)([-+#=:>!.)]|\d+(?=[.)]))")
# Colons open colours, icons and emoji; "@", "://" and "www." make links; "->" becomes an arrow.
# Streamlit looks for these after backslashes are gone, so an invisible word joiner parts them.
_JOINTS = re.compile(
    r"(?<=[:@])(?=\S)|(?<=www)|(?<=<)(?=-)|(?<=-)(?=[->])|(?<=[<>=])(?==)", re.IGNORECASE
)


def printable(words: str) -> str:
    """Return ``words`` with control signs, lone surrogates and non-characters replaced.

    Signs that turn the writing around are left out: they would turn the sentence they stand in.

    Text is cleaned at the door already; files are written from archives and old entries too.
    """
    return _TURNING.sub("", _FORBIDDEN.sub("\ufffd", words))


def literal(words: str) -> str:
    """Return ``words`` so that Streamlit shows them letter by letter where Markdown is read."""
    line = " ".join(printable(words).split())
    line = _SIGNS.sub(r"\\\1", _JOINTS.sub("\u2060", line))
    return _START.sub(lambda found: f"{found[1]}\u2060{found[2]}", line)
