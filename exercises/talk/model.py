"""What a talk in the room asks: nothing, or a note in one's own words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from workshop.exercise import Advice
from workshop.fields import Form, SomeLines
from workshop.language import text
from workshop.model import Room, Sender
from workshop.notes import check_note


class Settings(Form):
    """What the facilitator decides before the stage opens."""

    notes: Annotated[
        bool,
        text("People may write notes on their phones"),
        text("Needs, questions, proposals: one a note. Off: the phone asks people to look up."),
    ] = False
    each: Annotated[
        int, text("Notes per person, at most"), text("Three are usual: they make people choose.")
    ] = Field(10, ge=1, le=60)


class Entry(Form):
    """One thought."""

    text: SomeLines


def check(settings: Settings, entry: Entry, sender: Sender, room: Room) -> list[Advice]:
    """Refuse what is not asked for, says nothing or comes from observers; advise on the rest."""
    return check_note(entry.text, sender, asked=settings.notes)
