"""What a recap recalls, and what people may add: what has changed since, in their own words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from workshop.exercise import Advice
from workshop.fields import Form, Key, SomeLines
from workshop.language import text
from workshop.model import Room, Sender
from workshop.notes import check_note


class Settings(Form):
    """What the facilitator decides before the stage opens."""

    stages: Annotated[
        tuple[Key, ...],
        text("What is recalled"),
        text("Stages of earlier workshops the room has seen. None chosen: all of them."),
    ] = ()
    most: Annotated[
        int,
        text("Lines of each stage, at most"),
        text("The best of each; those that share the last place are shown together."),
    ] = Field(3, ge=1, le=10)
    notes: Annotated[
        bool,
        text("People may write what has changed"),
        text("One change a note. They appear when the result is shown."),
    ] = False
    each: Annotated[int, text("Notes per person, at most")] = Field(5, ge=1, le=60)


class Entry(Form):
    """One thing that has changed."""

    text: SomeLines


def check(settings: Settings, entry: Entry, sender: Sender, room: Room) -> list[Advice]:
    """Refuse what is not asked for, says nothing or comes from observers; advise on the rest."""
    return check_note(entry.text, sender, asked=settings.notes)
