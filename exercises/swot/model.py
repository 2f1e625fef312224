"""What the SWOT exercise asks: settings, one idea per entry, and what is said about it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from workshop.exercise import Advice, Shelf
from workshop.fields import Form, Line, Lines, Words
from workshop.language import Multilingual, Sayable, Text, text
from workshop.model import Refused, Room, Sender
from workshop.text import personal

LETTERS = ("S", "W", "O", "T")
NAMES: dict[str, Text] = {
    "S": text("Strengths"),
    "W": text("Weaknesses"),
    "O": text("Opportunities"),
    "T": text("Threats"),
}
QUESTIONS: dict[str, Text] = {
    "S": text("What do we do well already, and what can we build on?"),
    "W": text("What do we lack, and what does not work?"),
    "O": text("What around us could help?"),
    "T": text("What around us could stop or harm us?"),
}
SIDES: dict[str, Text] = {
    "S": text("From inside: it depends on the municipality and its partners."),
    "W": text("From inside: it depends on the municipality and its partners."),
    "O": text("From outside: we can use it but do not decide it."),
    "T": text("From outside: we can prepare for it but do not decide it."),
}
ASKED = 280
"""Characters the phone asks for; longer texts are kept but want a short title for the wall."""
FEWEST_LETTERS = 3


class Settings(Form):
    """What the facilitator decides before the stage opens."""

    strengths: Annotated[
        Words, text("Question about strengths"), text("Empty: the usual question is asked.")
    ] = Multilingual()
    weaknesses: Annotated[
        Words, text("Question about weaknesses"), text("Empty: the usual question is asked.")
    ] = Multilingual()
    opportunities: Annotated[
        Words, text("Question about opportunities"), text("Empty: the usual question is asked.")
    ] = Multilingual()
    threats: Annotated[
        Words, text("Question about threats"), text("Empty: the usual question is asked.")
    ] = Multilingual()
    each: Annotated[
        int,
        text("Entries per person, at most"),
        text("In all four fields together. One to three for each field are usual."),
    ] = Field(20, ge=1, le=60)
    wall: Annotated[
        int,
        text("Entries per field on the wall"),
        text("The others are counted there and stand in the report."),
    ] = Field(7, ge=3, le=12)

    def question(self, letter: str) -> Sayable:
        """Return what is asked about a quadrant: the facilitator's words, else the usual ones."""
        own: Multilingual = getattr(self, NAMES[letter].message.lower())
        return own or QUESTIONS[letter]

    def side(self, letter: str) -> Text:
        """Return the reminder whether a quadrant looks inside or outside."""
        return SIDES[letter]


class Entry(Form):
    """One idea in one quadrant; a title only where the text is too long for the wall."""

    kind: Literal["S", "W", "O", "T"]
    text: Lines
    title: Line = ""

    @property
    def shown(self) -> str:
        """Return what the wall shows."""
        return self.title or self.text


def check(settings: Settings, entry: Entry, sender: Sender, room: Room) -> list[Advice]:
    """Refuse what says nothing and what observers send; advise on length and personal data."""
    if not sender.voting and not sender.staff:
        raise Refused(text("Observers do not send entries. Please tell the facilitator."))
    if sum(sign.isalpha() for sign in entry.text) < FEWEST_LETTERS:
        raise Refused(text("Please write at least a few words."), "text")
    advice = []
    if len(entry.text) > ASKED and not entry.title:
        advice.append(
            Advice(
                level="warning",
                text=text(
                    "Your whole text is kept. It is long for the wall: "
                    "please change it and add a short title of up to 120 characters."
                ),
                field="text",
            )
        )
    if personal(f"{entry.title} {entry.text}"):
        advice.append(
            Advice(
                level="warning",
                text=text(
                    "This looks like personal data: an address, a telephone or a personal number. "
                    "Please change it; otherwise the facilitator will hide it."
                ),
                field="text",
            )
        )
    return advice


def quadrants(settings: Settings) -> list[Shelf]:
    """Return the four quadrants: shelves for sorting and steps on the phone."""
    return [Shelf(key=letter, name=NAMES[letter]) for letter in LETTERS]
