"""What an exercise is: one manifest object that a folder in ``exercises/`` exports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel

from workshop.blocks import Block, Figure
from workshop.language import Language, Multilingual, Sayable, Text
from workshop.model import (
    Anonymity,
    Category,
    Contribution,
    Id,
    Option,
    Origin,
    Room,
    Sender,
    StageState,
)
from workshop.paper import Part

SettingsT = TypeVar("SettingsT", bound=BaseModel)
EntryT = TypeVar("EntryT", bound=BaseModel)
ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What the check tells the sender about an entry that was accepted.

    ``error``: it is kept, but not counted until mended (a draft). ``warning``: it counts.
    """

    level: Literal["error", "warning"]
    text: Text
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something a later stage may pick up, with where it came from."""

    key: str
    wording: Multilingual
    origin: Origin
    rank: int
    note: Sayable = ""
    """Why it stands there: "25 dots", "4 people"."""
    category: Category = ""
    category_name: Sayable = ""
    """What people call the category; empty: as it is written."""
    by_category: bool = False
    """Only places within its category mean something: each category has its own first."""
    usual: bool = True
    """Whether the best of its kind are picked to begin with; not what is offered twice over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What the room of an earlier workshop saw of a stage, and what has become of it since."""

    stage_id: Id
    title: Multilingual
    workshop: Multilingual
    day: date
    """The day of that workshop."""
    offers: tuple[Offer, ...] = ()
    """What it would hand on, best first."""
    since: tuple[Block, ...] = ()
    """What its exercise tells a later workshop; empty where it has nothing of its own to tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A place an entry can be filed on: a SWOT quadrant, a type of need."""

    key: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of the summary; ``weight`` orders them, ``about`` keeps the ids of its figures."""

    text: Sayable
    weight: int = 0
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What an exercise adds to the executive summary."""

    figures: tuple[Figure, ...] = ()
    findings: tuple[Sentence, ...] = ()
    cautions: tuple[Sentence, ...] = ()
    steps: tuple[Sentence, ...] = ()
    """Recommended next steps that follow from the figures by rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Generic[SettingsT, EntryT]):
    """A small believable run: rehearsal, manual and contract test use it.

    ``entries(settings, n)`` returns for each of ``n`` scripted people the raw answers they send,
    in order, nested as the phone form nests them (values are strings).
    """

    settings: SettingsT
    entries: Callable[[SettingsT, int], list[list[dict[str, Any]]]]
    english: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What people type in Bulgarian, as somebody with an English phone would."""

    def typed(self, settings: SettingsT, n: int, language: Language) -> list[list[dict[str, Any]]]:
        """Return the raw answers of ``n`` people whose phones speak ``language``."""
        words = self.english if language == "en" else {}
        return [[_put(one, words) for one in sent] for sent in self.entries(settings, n)]


def _put(answer: Any, words: Mapping[str, str]) -> Any:
    if isinstance(answer, Mapping):
        return {name: _put(one, words) for name, one in answer.items()}
    if isinstance(answer, list):
        return [_put(one, words) for one in answer]
    return words.get(answer, answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """How to lead it, as somebody experienced would tell a colleague at the edge of the stage."""

    time: Text
    """How long it takes, and of what that is made."""
    trap: Text
    """What usually goes wrong, and the words that mend it."""
    aloud: Text
    """What to say to the room when it opens, word for word."""
    planned: tuple[Text, ...]
    """Before it opens."""
    open: tuple[Text, ...]
    """While people write."""
    locked: tuple[Text, ...]
    """Before the room sees the result."""
    revealed: tuple[Text, ...]
    """With the result on the wall, and what to carry on from it."""

    def steps(self, state: StageState) -> tuple[Text, ...]:
        """Return what to do while a stage is in that state; closed, what its result is for."""
        return {
            StageState.planned: self.planned,
            StageState.open: self.open,
            StageState.locked: self.locked,
        }.get(state, self.revealed)


def anything(settings: Any, entry: Any, sender: Sender, room: Room) -> list[Advice]:
    """Accept every valid entry without advice."""
    return []


def one_entry(settings: Any, own: Sequence[Any]) -> bool:
    """Return whether somebody is done: they sent at least one entry."""
    return bool(own)


@dataclass(frozen=True, kw_only=True)
class Exercise(Generic[SettingsT, EntryT, ResultT]):
    """One activity: functions, so that mypy checks that ``tell`` takes what ``analyse`` returns.

    ``entry`` may be a union model; an entry class whose ``writer`` class variable is "staff" is
    written on staff screens only.
    """

    title: Text
    purpose: Text
    settings: type[SettingsT]
    entry: Any
    """A pydantic model, or an ``Annotated`` union of models discriminated by ``kind``."""
    analyse: Callable[[SettingsT, Sequence[Contribution[EntryT]], Room], ResultT]
    tell: Callable[[ResultT], list[Block]]
    """The wall, the phone and the report."""
    example: Example[SettingsT, EntryT]
    chapter: str
    """Where the report tells it by default: "R5"."""
    minutes: int = 10
    question: Text = field(default_factory=lambda: Text(""))
    """What the room is asked unless the stage says otherwise."""
    anonymity: Anonymity = Anonymity.anonymous
    anonymities: tuple[Anonymity, ...] = tuple(Anonymity)[:3]
    check: Callable[[SettingsT, EntryT, Sender, Room], list[Advice]] = anything
    """Raise ``Refused``, or accept with advice."""
    slot: Callable[[EntryT], str] | None = None
    """An entry replaces the sender's earlier one in the same slot; None: entries add up."""
    done: Callable[[SettingsT, Sequence[EntryT]], bool] = one_entry
    history: bool = False
    """Analysis gets replaced and withdrawn entries too: what staff said of an older wording holds
    for the newer one."""
    text: Callable[[EntryT], str] | None = None
    """The free text of an entry, where staff may merge, reword, theme and hide it."""
    words: Callable[[EntryT], Sequence[str]] | None = None
    """Every word that was typed into an entry, in the order people read it; None: its ``text``.
    Staff read all of it before they let the entry through."""
    hints: bool = False
    """Phones tell somebody who types which card they may see reads alike."""
    spoken: Callable[[EntryT], str] | None = None
    """What is read out of an entry, where the room goes through the cards one by one before it sees
    them all; those already heard are told by the first block of ``tell`` that is no prose."""
    splits: bool = True
    """Whether an entry that holds two ideas may be two cards: its words are all it says."""
    answer: Callable[[SettingsT, EntryT], Sequence[Sayable]] | None = None
    """What was tapped rather than written, line by line, for the sender's list of own entries."""
    shelves: Callable[[SettingsT], Sequence[Shelf]] | None = None
    shelf: Callable[[EntryT], str] | None = None
    limit: Callable[[SettingsT], int] = lambda settings: 40
    """How many entries one person may have standing in a stage."""
    steps: Callable[[SettingsT], Sequence[Shelf]] | None = None
    """The phone asks one step at a time (maturity dimensions, SWOT quadrants)."""
    details: Callable[[ResultT], list[Block]] | None = None
    """What only the report has room for."""
    method: Callable[[SettingsT], list[Sayable]] | None = None
    """How it was done: wording, scales, thresholds fixed in advance; for the method chapter."""
    summary: Callable[[ResultT], Summary] | None = None
    annex: Callable[[ResultT], Mapping[str, list[Block]]] | None = None
    """Blocks for the annexes by letter (A tables, B entries, E evidence, H follow-up)."""
    offers: Callable[[ResultT], list[Offer]] | None = None
    take: Callable[[SettingsT, Sequence[Option]], SettingsT] | None = None
    """Put options handed on by an earlier stage into the settings."""
    since: Callable[[ResultT, date], list[Block]] | None = None
    """What a later workshop, held that day, is told of it: what was said and became of it."""
    recalls: str = ""
    """The setting that names stages of earlier workshops whose results ``Room.earlier`` brings;
    where it is empty, all that were shown."""
    shows: Callable[[SettingsT], bool] = lambda settings: False
    """Whether it has something to show from the moment it opens, before anybody writes."""
    needs: Callable[[SettingsT], Text | None] = lambda settings: None
    """Say what is missing before the stage can open (no options to vote on), or None."""
    asks: Callable[[SettingsT], bool] = lambda settings: True
    """Whether phones have anything to fill in; a break or a speech only hangs on the wall."""
    local: tuple[str, ...] = ()
    """Settings that hold what one room said or voted: a blueprint leaves them out."""
    paper: Callable[[SettingsT, Room], Sequence[Part]] | None = None
    """What a ballot on paper asks; None: there is none, and staff type nothing."""
    guide: Guide | None = None
    """How to lead it, for the facilitator's eyes."""

    def typed(self, entry: EntryT) -> tuple[str, ...]:
        """Return every word somebody typed into an entry, part by part; empty: only tapped."""
        if self.words is not None:
            parts = self.words(entry)
        else:
            parts = (self.text(entry),) if self.text is not None else ()
        return tuple(one for one in parts if one.strip())
