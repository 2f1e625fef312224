"""What the way people were let in proves, and what it does not: one sentence for every paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from workshop.language import Text, counted, text
from workshop.model import Admission, Participant, Workshop

TITLES: dict[Admission, Text] = {
    Admission.open: text("Open code"),
    Admission.room: text("Counted room"),
    Admission.tickets: text("Printed tickets"),
}


def admitted(workshop: Workshop, people: Sequence[Participant]) -> list[Text]:
    """Return what a report says of who could vote, and how many of them did so on paper."""
    paper = sum(one.paper for one in people)
    said = [proof(workshop, people)]
    if paper:
        said.append(
            counted(
                "{n} person took part on paper; staff typed what was written.",
                "{n} people took part on paper; staff typed what was written.",
                n=paper,
            )
        )
    return said


def proof(workshop: Workshop, people: Sequence[Participant]) -> Text:
    """Return who could vote in a workshop, and what that proves."""
    match workshop.admission:
        case Admission.open:
            return text(
                "Whoever had the join code could vote, once with each phone or browser; this does "
                "not prevent somebody with two devices from voting twice."
            )
        case Admission.room:
            return _counted(workshop, people)
        case Admission.tickets:
            return text(
                "Everybody on a phone or computer came in with a printed ticket that worked once, "
                "so there is at most one of them for each ticket; this does not prove who held it, "
                "or that nobody was given two."
            )
        case _:
            assert_never(workshop.admission)


def _counted(workshop: Workshop, people: Sequence[Participant]) -> Text:
    if workshop.heads is None:
        return text(
            "The people in the room were to be counted, but no count is kept; this proves no more "
            "than an open join code."
        )
    late = sum(one.late for one in people)
    admitted = sum(one.late and one.voting for one in people)
    votes = sum(one.voting for one in people)
    return text(
        "Joining was locked when {heads} counted in the room, {late}, and {votes}; this makes "
        "the number of votes plausible and does not prove that nobody voted twice.",
        heads=counted("{n} person was", "{n} people were", n=workshop.heads),
        late=counted(
            "{n} came after that ({admitted} admitted)",
            "{n} came after that ({admitted} admitted)",
            n=late,
            admitted=admitted,
        )
        if late
        else text("nobody came after that"),
        votes=counted("{n} had a vote", "{n} had a vote", n=votes),
    )
