"""Measure and break words for pictures, the same way on every machine."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from workshop.language import text
from workshop.model import Refused
from workshop.printable import printable

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

READ_AT_MOST = 400
"""Signs of a label worth looking at: three lines never hold more."""
MARKS_KEPT = 3
"""Accents a letter may carry; more would climb into the line above."""
MISSING = text("The fonts for charts are missing: install the program again.")
_FACES = re.compile("[\U0001f000-\U0001faff\U000e0020-\U000e007f\u200d\u20e3\ufe0f]+")
"""Emoji and what joins them: few machines have a font for them where pictures are drawn."""
_SPACES = re.compile(r"[^\S\xa0\u202f]+")  # a number keeps its no-break spaces


@cache
def font_folder() -> Path:
    """Return the folder of the DejaVu fonts that come with matplotlib (read without loading it).

    Raises:
        Refused: matplotlib is not installed.
    """
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise Refused(MISSING)
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


def font_file(name: str) -> str:
    """Return where a font of ours is.

    Raises:
        Refused: it is missing; a picture without letters would mislead.
    """
    file = font_folder() / name
    if not file.is_file():
        raise Refused(MISSING)
    return str(file)


def draws(letters: str) -> bool:
    """Return whether the font of charts has all these letters.

    Raises:
        Refused: the font is missing.
    """
    missing = _drawn("\U0010ffff")
    return all(_drawn(one) not in (missing, b"") for one in letters)


def _drawn(letter: str) -> bytes:
    return bytes(_font().getmask(letter))


@cache
def _font() -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(
        font_file("DejaVuSans.ttf"), 100, layout_engine=ImageFont.Layout.BASIC
    )


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) in ("Mn", "Me")


@cache
def _advance(sign: str) -> float:
    if _is_mark(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    return float(_font().getlength(sign)) / 100


def measure(words: str, size: float) -> float:
    """Return the width of one line; DejaVu is the widest family we name, so others fit too."""
    return sum(_advance(sign) for sign in words) * size


def plain(words: str) -> str:
    """Return ``words`` as one drawable line: no line breaks, no towers of accents, not endless."""
    kept: list[str] = []
    marks = 0
    for sign in _SPACES.sub(" ", printable(words[: READ_AT_MOST * 4])).strip():
        marks = marks + 1 if _is_mark(sign) else 0
        if marks <= MARKS_KEPT:
            kept.append(sign)
    cut = len(kept) > READ_AT_MOST or len(words) > READ_AT_MOST * 4
    return "".join(kept[:READ_AT_MOST]) + ("…" if cut else "")


def lettered(words: str) -> str:
    """Return ``words`` without emoji, if anything is left: drawn as boxes, they hide the rest."""
    left = _SPACES.sub(" ", _FACES.sub(" ", words)).strip()
    return left if any(sign.isalnum() for sign in left) else words


def wrap(words: str, width: float, size: float, lines: int = 3) -> list[str]:
    """Break ``words`` into at most ``lines`` lines of ``width``; what is left over becomes "…"."""
    broken: list[str] = []
    line = ""
    for word in _pieces(lettered(plain(words)), width, size):
        longer = f"{line} {word}" if line else word
        if line and measure(longer, size) > width:
            broken.append(line)
            line = word
        else:
            line = longer
    broken.append(line)
    if len(broken) <= lines:
        return broken
    return [*broken[: lines - 1], shorten(" ".join(broken[lines - 1 :]), width, size)]


def shorten(words: str, width: float, size: float) -> str:
    """Return as much of ``words`` as one line holds, with "…" where it was cut."""
    if measure(words, size) <= width:
        return words
    while words and measure(f"{words}…", size) > width:
        words = words[:-1]
    return f"{words.rstrip(' ,;:–-')}…"


def widest(lines: list[str], size: float) -> float:
    """Return the width of the widest line, 0 for none."""
    return max((measure(line, size) for line in lines), default=0.0)


def longest_word(words: str, size: float) -> float:
    """Return the width of the longest word: what a column needs so that none is torn."""
    return widest(lettered(plain(words)).split(" "), size)


def _pieces(words: str, width: float, size: float) -> list[str]:
    """Return the words; one that is wider than a line comes in pieces."""
    pieces: list[str] = []
    for word in words.split(" "):
        while measure(word, size) > width and len(word) > 1:
            fits = 1
            while measure(word[: fits + 1], size) <= width:
                fits += 1
            pieces.append(word[:fits])
            word = word[fits:]
        pieces.append(word)
    return pieces
