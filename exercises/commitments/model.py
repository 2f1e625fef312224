"""What a commitment says, and what staff and partners write beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Discriminator, Field, model_validator

from workshop.fields import (
    Form,
    Line,
    Lines,
    Options,
    Rows,
    SomeLine,
    SomeLines,
    Whole,
    Words,
    wrong,
)
from workshop.language import Multilingual, Text, text
from workshop.model import Organisation

Certainty: TypeAlias = Literal["intention", "conditional", "mandated", "approved"]
Ambition: TypeAlias = Literal["unclear", "modest", "substantial"]
Resource: TypeAlias = Literal["hours", "money", "data", "space", "people"]
Visibility: TypeAlias = Literal["full", "counted"]
Status: TypeAlias = Literal[
    "proposed",
    "confirmed",
    "in_progress",
    "completed",
    "limited",
    "not_started",
    "withdrawn",
    "needs_confirmation",
    "invalid",
]
Answer: TypeAlias = Literal["accepted", "declined", "fulfilled"]

STRENGTHS: Mapping[int, Text] = {
    1: text("We will consider it"),
    2: text("We will try"),
    3: text("We intend to; it needs internal approval"),
    4: text("We have the mandate"),
    5: text("Approved, with resources"),
}
CERTAINTIES: Mapping[str, Text] = {
    "intention": text("an intention"),
    "conditional": text("if a condition is met"),
    "mandated": text("with a mandate"),
    "approved": text("approved"),
}
AMBITIONS: Mapping[str, Text] = {
    "unclear": text("hard to say"),
    "modest": text("a modest change"),
    "substantial": text("a substantial change"),
}
RESOURCES: Mapping[str, Text] = {
    "hours": text("working hours"),
    "money": text("money"),
    "data": text("data"),
    "space": text("space"),
    "people": text("people"),
}
VISIBILITIES: Mapping[str, Text] = {
    "full": text("everyone may read it"),
    "counted": text("only counted, without its wording"),
}
STATUSES: Mapping[str, Text] = {
    "draft": text("draft, not counted"),
    "proposed": text("proposed"),
    "confirmed": text("confirmed"),
    "in_progress": text("in progress"),
    "completed": text("completed"),
    "limited": text("completed in part"),
    "not_started": text("not started"),
    "withdrawn": text("withdrawn"),
    "needs_confirmation": text("needs confirmation"),
    "invalid": text("not valid"),
}
ANSWERS: Mapping[str, Text] = {
    "asked": text("no answer yet"),
    "accepted": text("accepted"),
    "declined": text("declined"),
    "fulfilled": text("fulfilled"),
}
CHOICES: Mapping[str, Mapping[Any, Text]] = {
    "strength": STRENGTHS,
    "certainty": CERTAINTIES,
    "ambition": AMBITIONS,
    "resource_kinds": RESOURCES,
    "visibility": VISIBILITIES,
    "answer": {key: words for key, words in ANSWERS.items() if key != "asked"},
}
MOST_NEEDS = 5
NUMBERED = re.compile(r"(?:(?:№|#|n[or]?|[cсkк])\.?\s*)?\d{1,6}", re.IGNORECASE)
"""How a commitment is called on phones: "7", "№ 7", "No. 7", "K07"; no room for other words."""
ID = re.compile(r"[0-9a-f]{32}")
LONGEST = 280
"""Characters of an action: one sentence that can be read aloud."""


class Settings(Form):
    """What the facilitator decides before the stage opens."""

    priorities: Annotated[
        Options,
        text("Priorities a commitment may serve"),
        text("Handed on from a vote, or typed here, one on each line."),
    ] = ()
    dimensions: Annotated[
        Options,
        text("Maturity dimensions a commitment may serve"),
        text("Leave empty when they are not needed."),
    ] = ()
    example: Annotated[
        Words,
        text("An example shown on the phone"),
        text("Empty: the phone shows one of its own."),
    ] = Multilingual()
    need_rows: Annotated[
        int,
        text("How many needs the phone asks for"),
        text("Rows for what is needed from other organisations."),
    ] = Field(3, ge=1, le=MOST_NEEDS)
    answers_on_phones: Annotated[
        bool,
        text("Partners may answer needs on their phones"),
        text("Otherwise staff write down what partners say when commitments are read aloud."),
    ] = False

    def cards(self, name: str) -> Sequence[tuple[str, Text, str]]:
        """Return the answers the phone offers as cards: value, words, no further hint."""
        return [(value, words, "") for value, words in self.pairs(name)]

    def pairs(self, name: str) -> Sequence[tuple[str, Text]]:
        """Return the answers the phone offers in a list: value and words."""
        return [(str(value), words) for value, words in CHOICES[name].items()]

    def priority(self, key: str) -> Multilingual | None:
        """Return the wording of a priority, if it is one of this stage."""
        return next((one.wording for one in self.priorities if one.key == key), None)

    def dimension(self, key: str) -> Multilingual | None:
        """Return the name of a dimension, if it is one of this stage."""
        return next((one.wording for one in self.dimensions if one.key == key), None)


class Need(Form):
    """What a commitment needs from another organisation."""

    organisation: Line = ""
    """The key of the organisation."""
    what: Line = ""

    @model_validator(mode="after")
    def _names_somebody(self) -> Need:
        if not self.organisation:
            raise wrong(text("Choose the organisation you need this from."), "organisation")
        return self


def _chosen(told: Any) -> Any:
    """Return boxes ticked on a page as a list: {"hours": "on"}, "hours, money" or a list."""
    if isinstance(told, Mapping):
        return [key for key, ticked in told.items() if ticked]
    if isinstance(told, str):
        return [part.strip() for part in told.split(",") if part.strip()]
    return told


def _without(told: Any, names: Iterable[str]) -> Any:
    """Return answers without these fields and without the blank ones, which have defaults."""
    if not isinstance(told, Mapping):
        return told
    left = set(names)
    return {name: value for name, value in told.items() if name not in left and value != ""}


class Commitment(Form):
    """What an organisation will do, until when, and what it needs from whom.

    Only the action must be filled in: whatever else is missing makes it a draft, not a refusal.
    """

    writer: ClassVar[str] = "participant"

    kind: Literal["commitment"] = "commitment"
    action: Annotated[SomeLines, Field(max_length=LONGEST)]
    deliverable: Line = ""
    due: Line = ""
    """As it was written; ``days.read_day`` reads it."""
    strength: Annotated[Whole, Field(ge=1, le=5)]
    certainty: Certainty = "intention"
    resources: Lines = ""
    resource_kinds: Annotated[tuple[Resource, ...], BeforeValidator(_chosen)] = ()
    needs: Annotated[Rows[Need], Field(max_length=MOST_NEEDS)] = ()
    priority: Line = ""
    dimension: Line = ""
    ambition: Ambition = "unclear"
    visibility: Visibility = "full"

    @model_validator(mode="before")
    @classmethod
    def _own_fields(cls, told: Any) -> Any:
        """Leave out the other half of the page, where partners answer needs."""
        return _without(told, ("commitment", "organisation", "answer", "note"))

    @property
    def withheld(self) -> bool:
        """Whether its author lets it be counted, but its wording nowhere be printed."""
        return self.visibility == "counted"


class StatusEntry(Form):
    """What became of a commitment: written by staff, the latest one holds."""

    writer: ClassVar[str] = "staff"

    kind: Literal["status"] = "status"
    commitment: Annotated[
        SomeLine, text("Which commitment"), text("Its number, as in the register.")
    ]
    status: Annotated[Status, text("Status"), STATUSES]
    note: Annotated[Lines, text("Note"), text("Printed in the register.")] = ""


class NeedAnswer(Form):
    """What an organisation answers when somebody needs something from it; the latest one holds."""

    writer: ClassVar[str] = "both"

    kind: Literal["need_answer"] = "need_answer"
    commitment: Annotated[
        SomeLine, text("Which commitment"), text("Its number, as in the register.")
    ]
    organisation: Annotated[Line, text("Organisation that answers")] = ""
    answer: Annotated[Answer, text("Answer"), ANSWERS]
    note: Annotated[Lines, text("Note"), text("Printed in the register.")] = ""

    @model_validator(mode="before")
    @classmethod
    def _own_fields(cls, told: Any) -> Any:
        """Leave out the other half of the page, where commitments are written."""
        return _without(told, [name for name in Commitment.model_fields if name != "kind"])


Entry: TypeAlias = Commitment | StatusEntry | NeedAnswer
AnyEntry = Annotated[Entry, Discriminator("kind")]


def key_of(organisation: Organisation) -> str:
    """Return what a form calls an organisation: its short key, else its id."""
    return organisation.key or organisation.id


def names_one(typed: str) -> bool:
    """Return whether somebody typed the number or the id of a commitment, and nothing else."""
    return bool(NUMBERED.fullmatch(typed) or ID.fullmatch(typed))


def spoken(entry: Entry) -> str:
    """Return the free text of an entry: what is merged, reworded or hidden."""
    return entry.action if isinstance(entry, Commitment) else entry.note


def typed(entry: Entry) -> list[str]:
    """Return all that was typed: register, needs and reasons of drafts print every part of it."""
    if not isinstance(entry, Commitment):
        return [entry.note, "" if names_one(entry.commitment) else entry.commitment]
    parts = [entry.action, entry.deliverable, entry.due, entry.resources]
    for need in entry.needs:
        named = "" if ID.fullmatch(need.organisation) else need.organisation
        parts.append(": ".join(filter(None, (named, need.what))))
    return parts
