"""What a recap recalls, and what people may add: what has changed since, in their own words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from workshop.exercise import Advice
from workshop.fields import Form, Key, SomeLines
from workshop.language import Text, text
from workshop.model import Refused, Room, Sender
from workshop.text import personal

ASKED = 280
"""Characters the phone asks for; longer notes are kept whole and shortened on the wall."""
FEWEST_LETTERS = 3


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
    if not settings.notes:
        raise Refused(text("There is nothing to write in this part of the workshop."))
    if not sender.voting and not sender.staff:
        raise Refused(text("Observers do not send notes. Please tell the facilitator."))
    if sum(sign.isalpha() for sign in entry.text) < FEWEST_LETTERS:
        raise Refused(text("Please write at least a few words."), "text")
    advice: list[Text] = []
    if len(entry.text) > ASKED:
        advice.append(text("Your whole note is kept; the wall shows its beginning."))
    if personal(entry.text):
        advice.append(
            text(
                "This looks like personal data: an address, a telephone or a personal number. "
                "Please change it; otherwise the facilitator will hide it."
            )
        )
    return [Advice(level="warning", text=one, field="text") for one in advice]
