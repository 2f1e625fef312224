"""Charts on the wall: the same pictures as in Word, cut where they would be too small to read."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from html import escape
from threading import Lock
from typing import TypeVar, assert_never

from screens import house
from screens.projector.look import Look
from screens.projector.piece import PICTURE, Piece
from workshop.blocks import Bar, Bars, Cloud, Drawn, Heat, Network, Radar, Spread
from workshop.captions import basis_line
from workshop.language import Language, say, text
from workshop.palette import Theme

LETTERS = 28 / 17
"""How much larger a chart of 900 is shown, so that its letters of 17 are 28 on the wall."""
AnyDrawn = TypeVar("AnyDrawn", bound=Drawn | Cloud)
log = logging.getLogger(__name__)
_drawing = Lock()
READABLE = 372.0
"""How high a chart of 900 may be so that it fits below its title when so enlarged."""


def pictures(block: Drawn | Cloud, look: Look) -> Iterator[Piece]:
    """Yield the pictures of a block: one, or several where one would be too small."""
    if isinstance(block, Cloud):
        yield _picture(block, look)
        return
    for part in _readable(block, look):
        yield _picture(part, look)


def _readable(block: Drawn, look: Look) -> Iterator[Drawn]:
    """Yield a long chart in parts short enough for the last row of the hall."""
    match block:
        case Bars():
            top = max([block.ceiling or 0.0, *(_top(block, bar) for bar in block.bars)]) or None
            yield from _parts(block, len(block.bars), look, lambda part: replace(
                block, bars=block.bars[part], ceiling=top))  # fmt: skip
        case Spread():
            yield from _parts(block, len(block.rows), look, lambda part: replace(
                block, rows=block.rows[part]))  # fmt: skip
        case Heat():
            yield from _parts(block, len(block.rows), look, lambda part: replace(
                block, rows=block.rows[part], values=block.values[part]))  # fmt: skip
        case Radar() | Network():
            yield block
        case _:
            assert_never(block)


def _top(block: Bars, bar: Bar) -> float:
    match block.layout:
        case "stacked":
            return sum(bar.parts)
        case "grouped":
            return max(bar.parts, default=0.0)
        case _:
            return max(bar.value, bar.high or 0.0)


def _parts(block: Drawn, rows: int, look: Look, cut: Callable[[slice], Drawn]) -> Iterator[Drawn]:
    """Yield the chart in as few parts of equal length as are readable."""
    for share in range(1, max(rows, 1) + 1):
        size = math.ceil(rows / share) or 1
        parts = [cut(slice(start, start + size)) for start in range(0, max(rows, 1), size)]
        if size <= 3 or all(_high(_bare(part), look.language) <= READABLE for part in parts):
            yield from parts
            return


def _picture(block: Drawn | Cloud, look: Look) -> Piece:
    cloud = isinstance(block, Cloud)
    high = 0.0 if isinstance(block, Cloud) else _high(_bare(block), look.language)
    note = [basis_line(block.basis, look.language)]
    if isinstance(block, Bars | Heat | Network):
        note.insert(0, say(block.note or "", look.language))
    return Piece(
        picture=block,
        height=PICTURE if cloud else high * LETTERS,
        title=block.title,
        note=". ".join(part.rstrip(".") for part in note if part),
        wraps="picture",
        tall=high > READABLE,
    )


def figure(block: Drawn | Cloud, look: Look) -> str:
    """Return a picture with its description, as it stands on the wall.

    People may have written anything into it: what cannot be drawn is said, and stands in the log.
    """
    from workshop import charts

    described = escape(charts.alt(block, look.language))
    try:
        source = _drawn(_bare(block), look.language, look.theme)
    except Exception:
        log.exception("a picture could not be drawn")
        words = look.html(text("This picture cannot be drawn; its table shows the numbers."))
        return f'<div class="say caution"><p>{words}</p></div>'
    image = f'<img class="grows" src="{source}" alt="{described}" decoding="sync" />'
    return f'<figure class="picture">{image}</figure>'


def _bare(block: AnyDrawn) -> AnyDrawn:
    """Return a block as its picture needs it: how many it rests on is written below the picture.

    That number grows with every entry; the picture need not be drawn again for it.
    """
    return replace(block, basis=None)


@lru_cache(maxsize=256)
def _high(block: Drawn, language: Language) -> float:
    """Return how high a chart is when it is 900 wide; ``figure`` says if it cannot be drawn."""
    from workshop import charts

    try:
        return charts.sketch(block, language, "light", far=True).shape * charts.GRID
    except Exception:
        log.exception("a picture could not be measured")
        return READABLE


def _drawn(block: Drawn | Cloud, language: Language, theme: Theme) -> str:
    """Return the picture of a block as an address; one at a time, and once for all who look."""
    with _drawing:
        return _picture_of(block, language, theme)


@lru_cache(maxsize=96)
def _picture_of(block: Drawn | Cloud, language: Language, theme: Theme) -> str:
    from workshop import charts

    if isinstance(block, Cloud):
        content = charts.cloud(block, language, 1808, 620, theme)
    else:
        content = charts.sketch(block, language, theme, far=True).png(2)
    return house.png_address(content)
