"""The card on paper: a few lines for each quadrant."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.swot.model import LETTERS, NAMES, Settings
from workshop.model import Room
from workshop.paper import Blank, Part

MOST = 3


def paper(settings: Settings, room: Room) -> Sequence[Part]:
    """Return the four quadrants with their questions."""
    return tuple(
        Part(
            key=letter,
            title=NAMES[letter],
            hint=settings.question(letter),
            base={"kind": letter},
            blanks=(Blank(path="text", label=NAMES[letter]),),
            copies=MOST,
        )
        for letter in LETTERS
    )
