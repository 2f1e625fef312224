"""The card on paper: a few lines, a thought each."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.talk.model import Settings
from workshop.language import text
from workshop.model import Room
from workshop.paper import Blank, Part

MOST = 3


def paper(settings: Settings, room: Room) -> Sequence[Part]:
    """Return room for a few notes."""
    blank = Blank(path="text", label=text("Your note"))
    copies = min(MOST, settings.each)
    return (Part(key="notes", title=text("Notes"), blanks=(blank,), copies=copies),)
