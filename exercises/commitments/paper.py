"""The form on paper: one commitment, in the order of the phone."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.commitments.model import STRENGTHS, Settings
from workshop.language import text
from workshop.model import Room
from workshop.paper import Blank, Part


def paper(settings: Settings, room: Room) -> Sequence[Part]:
    """Return what makes a commitment whole; the rest can be added on a phone or by staff."""
    strengths = tuple((str(key), words) for key, words in STRENGTHS.items())
    needed = ("needs.0.organisation", "needs.0.what")
    blanks = (
        Blank(path="action", label=text("We commit to …")),
        Blank(path="deliverable", label=text("What will be there at the end?")),
        Blank(path="due", label=text("Until when?")),
        Blank(
            path="strength",
            label=text("How firmly can you promise it?"),
            kind="choice",
            choices=strengths,
        ),
        Blank(path="resources", label=text("How much of it?")),
        Blank(path=needed[0], label=text("Request {n}: from which organisation?", n=1)),
        Blank(path=needed[1], label=text("Request {n}: what do you need?", n=1)),
    )
    return (
        Part(
            key="commitment",
            title=text("Commitment"),
            base={"kind": "commitment"},
            blanks=blanks,
        ),
    )
