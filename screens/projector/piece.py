"""A piece of the wall: markup that is never cut in two, and the room it takes."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.blocks import Cloud, Drawn
from workshop.language import Sayable

FULL = 10_000.0
"""A height that says: give it a view of its own."""
PICTURE = 430.0
"""The least height a picture is readable at."""
ROWS, POINTS, COLUMNS = 9, 7, 8
"""How many table rows, cards and columns one view may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a result that is never cut in two."""

    markup: str = ""
    height: float
    """In units of the canvas, margins included; a picture may be given more."""
    title: Sayable = ""
    """What the view that opens with it is called."""
    note: str = ""
    """What its figures rest on."""
    picture: Drawn | Cloud | None = None
    """Drawn only when its view is shown: a result may hold many."""
    wraps: str = ""
    """The class of the element that holds pieces of this kind side by side or as rows."""
    head: str = ""
    """Markup repeated above its rows in each view (a table's head)."""
    head_height: float = 0.0
    """How much room that head takes."""
    grows: bool = True
    """Whether it may be set in larger letters where there is room: no word would be torn."""
    narrow: float = 0.0
    """Its height in the narrow column beside a tall picture."""
    tail: float = 0.0
    """The height of a line after the last card, which may find room beside it."""
    tall: bool = False
    """A picture nearly as high as wide: it stands beside the join address, not above it."""


def lines(words: str, size: float, width: float) -> int:
    """Return how many lines ``words`` take, for letters 0.51 of their size wide on average."""
    room = max(4.0, width / (size * 0.51))
    count = 0
    for part in words.split("\n"):
        count += 1
        used = 0.0
        for word in part.split():
            if used and used + 1 + len(word) > room:
                count, used = count + 1, 0.0
            used += len(word) + (1 if used else 0)
            while used > room:
                count, used = count + 1, used - room
    return count
