"""The card on paper: a few lines, a change each."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.recap.model import Settings
from workshop.language import text
from workshop.model import Room
from workshop.paper import Blank, Part

MOST = 3


def paper(settings: Settings, room: Room) -> Sequence[Part]:
    """Return room for what has changed."""
    blank = Blank(path="text", label=text("Your note"))
    copies = min(MOST, settings.each)
    return (Part(key="notes", title=text("What has changed"), blanks=(blank,), copies=copies),)
