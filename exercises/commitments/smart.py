"""The SMART check: what keeps a commitment a draft, and what its author should think over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from exercises.commitments.days import add_months, read_day
from exercises.commitments.holidays import day_off
from exercises.commitments.model import (
    Commitment,
    Entry,
    NeedAnswer,
    Settings,
    StatusEntry,
    names_one,
)
from exercises.commitments.verbs import doing, vague_words
from workshop.exercise import Advice
from workshop.language import Text, joined, quoted, text
from workshop.model import Refused, Room, Sender

HORIZON_MONTHS = 24
APPROVED = 5

NO_ORGANISATION = text("A commitment needs an organisation; you take part as a citizen.")
NO_VERB = text("Say what you will do, with a verb: “To publish a calendar”.")
NO_RESULT = text("Say what will be there at the end: a document, an event, a number.")
NO_DAY = text("Say until when: a day, for example 31.03.2027.")
OWN_NEED = text("You cannot need something from your own organisation here.")
BRIEFLY: dict[str, Text] = {
    NO_ORGANISATION.message: text("no organisation"),
    NO_VERB.message: text("no verb"),
    NO_RESULT.message: text("no result"),
    NO_DAY.message: text("no day"),
    OWN_NEED.message: text("needs itself"),
    "“{words}” is not a day we can read. Write it like 31.03.2027.": text("no day"),
    "{day} is before the workshop.": text("a day in the past"),
    "{day} is before the workshop. Did you mean {meant}?": text("a day in the past"),
}
"""Errors in two words, for the sentence about what was not counted."""


def check(settings: Settings, entry: Entry, sender: Sender, room: Room) -> list[Advice]:
    """Refuse what nobody can file; what is only unfinished is kept as a draft, with advice."""
    if isinstance(entry, Commitment):
        _refuse_unknown(settings, entry)
        return advise(entry, sender, room)
    if isinstance(entry, StatusEntry) and not sender.staff:
        raise Refused(text("Only staff may write down what became of a commitment."))
    if isinstance(entry, NeedAnswer):
        _refuse_answer(entry, sender, room)
    return []


def advise(entry: Commitment, sender: Sender, room: Room) -> list[Advice]:
    """Return errors first: with one of them the commitment is a draft and not counted."""
    found = [
        *_about_organisation(sender, room),
        *_about_action(entry),
        *_about_due(entry, room.day),
        *_about_needs(entry, sender, room),
        *_about_strength(entry),
    ]
    return sorted(found, key=lambda advice: advice.level != "error")


def _error(reason: Text, field: str = "") -> Advice:
    return Advice(level="error", text=reason, field=field)


def _warning(reason: Text, field: str = "") -> Advice:
    return Advice(level="warning", text=reason, field=field)


def _refuse_unknown(settings: Settings, entry: Commitment) -> None:
    gone = text("This choice is no longer offered. Please choose again.")
    if entry.priority and settings.priority(entry.priority) is None:
        raise Refused(gone, "priority")
    if entry.dimension and settings.dimension(entry.dimension) is None:
        raise Refused(gone, "dimension")


def _refuse_answer(entry: NeedAnswer, sender: Sender, room: Room) -> None:
    if not sender.staff and not names_one(entry.commitment):
        raise Refused(
            text("Please write only the number of the commitment, for example 7."), "commitment"
        )
    asked = room.organisation_named(entry.organisation)
    if entry.organisation and asked is None:
        raise Refused(text("Choose an organisation from the list."), "organisation")
    if sender.staff and asked is None:
        raise Refused(text("Say which organisation answers."), "organisation")
    if not sender.staff and sender.organisation_id is None:
        raise Refused(text("Only the organisation that was asked can answer."), "organisation")
    if not sender.staff and asked is not None and asked.id != sender.organisation_id:
        raise Refused(text("Only the organisation that was asked can answer."), "organisation")


def _about_organisation(sender: Sender, room: Room) -> Iterator[Advice]:
    if room.organisation(sender.organisation_id) is None:
        yield _error(NO_ORGANISATION)
    elif sender.left_early:
        yield _warning(text("Its author left early; who reads it aloud?"))


def _about_action(entry: Commitment) -> Iterator[Advice]:
    found = doing(entry.action)
    if found == "nothing":
        yield _error(NO_VERB, "action")
    elif found == "noun":
        yield _warning(
            text("Say it with a verb, so that it is clear somebody will do it."), "action"
        )
    if vague := vague_words(entry.action):
        listed = joined([quoted(words) for words in vague])
        yield _warning(
            text("{words} cannot be checked later. What exactly will you do?", words=listed),
            "action",
        )
    if not entry.deliverable:
        yield _error(NO_RESULT, "deliverable")


def _about_due(entry: Commitment, today: date) -> Iterator[Advice]:
    if not entry.due:
        yield _error(NO_DAY, "due")
        return
    due = read_day(entry.due, today)
    if due is None:
        yield _error(
            text("“{words}” is not a day we can read. Write it like 31.03.2027.", words=entry.due),
            "due",
        )
        return
    if due.day < today:
        yield _error(_past(due.day, today), "due")
        return
    if not due.exact:
        yield _warning(text("We understood the date as {day}.", day=due.day), "due")
    if due.day > add_months(today, HORIZON_MONTHS):
        yield _warning(
            text("That is more than two years away. Is there a first step earlier?"), "due"
        )
    if (reason := day_off(due.day)) is not None:
        yield _warning(text("{day} is a day off ({reason}).", day=due.day, reason=reason), "due")


def _past(day: date, today: date) -> Text:
    """Return the error for a day before the workshop, with the day that was probably meant."""
    meant = add_months(day, 12)
    if meant >= today:
        return text("{day} is before the workshop. Did you mean {meant}?", day=day, meant=meant)
    return text("{day} is before the workshop.", day=day)


def _about_needs(entry: Commitment, sender: Sender, room: Room) -> Iterator[Advice]:
    for place, need in enumerate(entry.needs):
        asked = room.organisation_named(need.organisation)
        if asked is None:
            yield _warning(
                text(
                    "“{name}” is not among the organisations of these workshops: it stays in your "
                    "text but not in the network.",
                    name=need.organisation,
                ),
                f"needs.{place}.organisation",
            )
            continue
        if asked.id == sender.organisation_id:
            yield _error(OWN_NEED, f"needs.{place}.organisation")
        elif room.attended and asked.id not in room.attended:
            yield _warning(
                text("{organisation} is not in the room; who will ask them?",
                     organisation=asked.name),
                f"needs.{place}.organisation",
            )  # fmt: skip
        if not need.what:
            yield _warning(
                text("Say what you need from {organisation}.", organisation=asked.name),
                f"needs.{place}.what",
            )


def _about_strength(entry: Commitment) -> Iterator[Advice]:
    if entry.strength == APPROVED and not entry.resources and not entry.resource_kinds:
        yield _warning(
            text("You chose “approved, with resources”. Which resources are they?"), "resources"
        )
