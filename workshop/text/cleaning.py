"""Clean a text once, at the door: what every wall, file and chart can show, and nothing hidden."""

from __future__ import annotations

import re
import unicodedata

from workshop.language import Multilingual, text
from workshop.model import Refused

LIMIT = 1000
"""Characters a text may have unless its field says otherwise."""
MARKS = 3
"""Combining marks one sign may carry; more would cover the lines above and below."""
FLOOD = 16
"""Marks read at most before normalising: sorting a long run of them takes quadratic time."""

PLAIN = re.compile("[\n -~\u00a0-\u00ac\u00ae-\u024f\u0400-\u0482\u048a-\u052f–—‘’“”„…€№]*")
"""Letters and signs that are stored as typed: nearly every text is made of nothing else."""
JOINER = "\u200d"
SELECTORS = "\ufe0e\ufe0f"
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Letters and marks that show nothing: a name of them alone would be an invisible card.
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc")
BLACK_FLAG = "\U0001f3f4"
TAGS = ("\U000e0020", "\U000e007f")


def clean(typed: str, limit: int = LIMIT, lines: bool = True) -> str:
    """Return ``typed`` as it may be stored and shown; cleaning twice changes nothing.

    NFC, line ends as LF, no control, format or non-characters, no lone surrogates, no direction
    marks, at most three combining marks in a row, no blanks at the ends of lines. A joiner stays
    inside an emoji, a selector behind its sign. Without ``lines`` all white space is one space.

    Raises:
        Refused: it is longer than ``limit`` characters; nothing is ever cut off silently.
    """
    if typed.isascii() and typed.isalnum() and len(typed) <= limit:
        return typed  # a number, a key: most of what a form holds
    if len(typed) > 50 * limit + LIMIT:  # a flood of invisible signs: not worth the work
        raise _too_long(len(typed), limit)
    answer = _spaced(typed if PLAIN.fullmatch(typed) else _settled(typed), lines)
    if len(answer) > limit:
        raise _too_long(len(answer), limit)
    return answer


def clean_words(words: Multilingual, limit: int, lines: bool = False) -> Multilingual:
    """Return words in several languages, each as ``clean`` returns it."""
    return Multilingual(clean(words.bg, limit, lines), clean(words.en, limit, lines))


def _too_long(length: int, limit: int) -> Refused:
    return Refused(
        text(
            "The text has {length} characters; at most {limit} fit here. Please shorten it.",
            length=length,
            limit=limit,
        )
    )


def _settled(typed: str) -> str:
    """Return the text with what can be seen of it, composed, and no towers of marks."""
    seen = _visible(BREAKS.sub("\n", typed))
    return _few_marks(unicodedata.normalize("NFC", _few_marks(seen, FLOOD)), MARKS)


def _visible(typed: str) -> str:
    """Return the text without what cannot be seen, apart from what emoji are made of."""
    kept: list[str] = []
    for place, sign in enumerate(typed):
        if sign == JOINER:
            after = typed[place + 1 : place + 2]
            if not (kept and _pictures(kept[-1]) and _pictures(after)) or after in SELECTORS:
                continue
        elif sign in SELECTORS:
            if not kept or kept[-1].isspace() or kept[-1] == JOINER or _mark(kept[-1]):
                continue
        elif TAGS[0] <= sign <= TAGS[1]:
            if not _in_flag(kept):
                continue
        elif _hidden(sign):
            continue
        kept.append(sign)
    return "".join(kept)


def _hidden(sign: str) -> bool:
    if sign in "\n\t":
        return False
    code = ord(sign)
    nothing = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE  # never a character
    return nothing or sign in BLANKS or unicodedata.category(sign) in ("Cc", "Cf", "Cs")


def _mark(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "M"


def _pictures(sign: str) -> bool:
    """Return whether a joiner may stand beside this sign: an emoji, its selector or skin tone."""
    return (
        bool(sign)
        and not _hidden(sign)
        and (
            sign in SELECTORS
            or unicodedata.category(sign) == "So"
            or "\U0001f3fb" <= sign <= "\U0001f3ff"
            or "\U0001f000" <= sign <= "\U0001faff"
        )
    )


def _in_flag(kept: list[str]) -> bool:
    """Return whether a tag letter continues a flag such as Scotland's."""
    for sign in reversed(kept[-8:]):
        if sign == BLACK_FLAG:
            return True
        if not TAGS[0] <= sign < TAGS[1]:
            return False
    return False


def _few_marks(typed: str, most: int) -> str:
    """Return the text with at most ``most`` combining marks in a row."""
    if typed.isascii():
        return typed
    kept: list[str] = []
    run = 0
    for sign in typed:
        if sign not in SELECTORS:
            run = run + 1 if _mark(sign) else 0
        if run <= most or sign in SELECTORS:
            kept.append(sign)
    return "".join(kept)


def _spaced(typed: str, lines: bool) -> str:
    if not lines:
        return " ".join(typed.split())
    rows = "\n".join(row.rstrip() for row in typed.split("\n"))
    return re.sub("\n{3,}", "\n\n", rows).strip()
