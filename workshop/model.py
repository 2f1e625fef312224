"""The nouns of a workshop as plain frozen values; the store fills them, nobody changes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypeVar

from workshop.language import Language, Multilingual, Text

if TYPE_CHECKING:
    from workshop.exercise import Earlier

Id: TypeAlias = str
"""A random id (32 hex signs of a UUID4): safe in an address, says nothing about time."""


Entry = TypeVar("Entry", covariant=True)


class Refused(Exception):
    """Something a person asked for cannot be done; ``reason`` is a sentence for them.

    ``field`` names the answer it is about ("" for the whole); nothing was stored. ``passing``:
    nothing is wrong with what was asked; the same thing may well succeed a little later.
    ``faults`` holds a sentence for every answer that has to change, this one first.
    """

    def __init__(self, reason: Text, field: str = "", *, passing: bool = False) -> None:
        super().__init__(reason.message)
        self.reason = reason
        self.field = field
        self.passing = passing
        self.faults: dict[str, Text] = {field: reason}


def together(found: Sequence[Refused]) -> Refused:
    """Return the first of several refusals with the faults of all: nobody mends one by one."""
    first = found[0]
    for one in found[1:]:
        for answer, reason in one.faults.items():
            known = first.faults.get(answer)
            if known is not None:
                reason = Text("{first} {second}", (("first", known), ("second", reason)))
            first.faults[answer] = reason
    return first


class Away(Exception):
    """The database does not answer just now; nothing is lost, and a moment later it may well."""


class NotFound(Exception):
    """What was asked for does not exist, or not for the one who asks."""


class StageState(StrEnum):
    """How far a stage is; a facilitator moves it, nothing moves by itself."""

    planned = "planned"
    open = "open"
    locked = "locked"
    revealed = "revealed"
    closed = "closed"


class Anonymity(StrEnum):
    """What the room may learn about who wrote an entry."""

    named = "named"
    organisation = "organisation"
    anonymous = "anonymous"
    secret = "secret"


class Role(StrEnum):
    """What a member of staff may do; each includes the ones below it."""

    coordinator = "coordinator"
    facilitator = "facilitator"
    observer = "observer"


class Pace(StrEnum):
    """How much of a stage's time somebody has, told to nobody but them."""

    room = ""
    ten = "ten"
    """Ten times as long."""
    free = "free"
    """No limit."""


class Attendance(StrEnum):
    """How somebody takes part."""

    onsite = "onsite"
    remote = "remote"


class Spread(StrEnum):
    """How people are spread over the tables of a stage."""

    mixed = "mixed"
    """Each group is dealt over all tables: every table hears every side."""
    group = "group"
    """Each group sits together."""
    hand = "hand"
    """The facilitator says who sits where."""


class Admission(StrEnum):
    """Who may vote in a workshop; what each proves stands in ``workshop/toolkit/admitting.py``."""

    open = "open"
    """Whoever has the join code."""
    room = "room"
    """Whoever was in the room when heads were counted, and who is admitted after that."""
    tickets = "tickets"
    """Whoever holds a printed ticket; each lets one participant in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A few workshops of one municipality on one theme."""

    id: Id
    short_name: str
    municipality: Multilingual
    theme: Multilingual
    languages: tuple[str, ...] = ("bg", "en")
    time_zone: str = "Europe/Sofia"
    funding: Multilingual = Multilingual()
    synthetic: bool = False
    warning: Multilingual = Multilingual()
    smallest_group: int = 3
    """Groups below this many people are not shown on their own (3-10)."""
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StakeholderGroup:
    """For whom somebody speaks: public, private, civic, knowledge …"""

    id: Id
    key: str
    """Short stable word ("public"); decides colour and shape together with ``position``."""
    name: Multilingual
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A company, association, agency or department that takes part."""

    id: Id
    key: str
    name: Multilingual
    group_id: Id
    accepted: bool = True
    """False while a name typed by a participant waits for the facilitator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """One meeting of a series; its agenda is its stages in order."""

    id: Id
    series_id: Id
    short_name: str
    code: str
    title: Multilingual
    day: date
    starts_at: str = "10:00"
    minutes: int = 180
    position: int = 0
    rehearsal: bool = False
    """Scripted participants may join (rehearsal or demo)."""
    copy_of: Id | None = None
    """The workshop it was copied from, to be rehearsed and thrown away; None for all others."""
    finished: bool = False
    joining_locked: bool = False
    admission: Admission = Admission.open
    heads: int | None = None
    """How many people the facilitator counted in the room when joining was locked."""
    current_stage_id: Id | None = None
    """The stage that wall and phones show now."""
    code_until: datetime | None = None
    """The join code works until then: 12 hours after the workshop's end."""
    revision: int = 0
    """Grows with every change, contributions included."""
    shape: int = 0
    """The revision at which staff last changed something (agenda, states, people, sorting)."""

    def code_is_past(self, now: datetime) -> bool:
        """Return whether the join code no longer lets anybody in."""
        return self.code_until is not None and self.code_until < now


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The time an open stage has; at zero it says so and waits for a person."""

    left: int
    """Seconds; 0: time is up."""
    running: bool
    last: bool = False
    """It was called that the stage will be locked when this is over; a person locks it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A card whose turn to be read out has come."""

    card: Id
    passed: bool = False
    """Nobody wished to speak of it, so it waits until all are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One exercise in the agenda of a workshop, with the facilitator's settings."""

    id: Id
    workshop_id: Id
    position: int
    exercise: str
    title: Multilingual
    question: Multilingual
    settings: Mapping[str, Any]
    anonymity: Anonymity
    state: StageState = StageState.planned
    minutes: int = 10
    live: bool = False
    """Contributions appear on the wall while people write."""
    moderated: bool = False
    """What people write waits until a facilitator lets it through; before that nobody sees it."""
    tables: int = 0
    """At how many tables people sit; 0: the whole room together."""
    spread: Spread = Spread.mixed
    chapter: str = ""
    """Where the report tells it ("R5"); empty for the exercise's own chapter."""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    clock_ends_at: datetime | None = None
    """When the clock runs out, while it runs."""
    clock_left: int | None = None
    """Seconds the clock has left, while it stands."""
    called_until: datetime | None = None
    """When the last call before the lock is over; None while nobody called."""
    ever_opened: bool = False
    revision: int = 0
    """Grows with every contribution and every act of sorting in this stage."""
    eligible: tuple[Id, ...] | None = None
    """The voting participants when the stage was locked; None before."""
    readout: tuple[Turn, ...] = ()
    """Cards read out to the room so far, in order; the last one is up. Empty: nobody began."""

    @property
    def in_the_open(self) -> bool:
        """Whether the room may see what people wrote: it was shown, or shows as it comes."""
        if self.state in (StageState.revealed, StageState.closed):
            return True
        return self.live and self.state in (StageState.open, StageState.locked)

    def clock(self, now: datetime, more: int = 0) -> Clock | None:
        """Return the clock as it stands; None where nothing is open or nobody set a time.

        ``more``: seconds that whoever looks at it has beside the others; a last call is for all.
        """
        if self.state is not StageState.open:
            return None
        if self.called_until is not None:
            left = ceil((self.called_until - now).total_seconds())
            return Clock(left=max(0, left), running=True, last=True)
        if self.clock_ends_at is not None:
            left = ceil((self.clock_ends_at - now).total_seconds()) + more
            return Clock(left=max(0, left), running=True)
        if self.clock_left is None:
            return None
        return Clock(left=self.clock_left + more, running=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A person in the room, as a pseudonym: whom they speak for, never who they are."""

    id: Id
    workshop_id: Id
    number: int
    group_id: Id
    organisation_id: Id | None
    """None for somebody who comes as a citizen."""
    voting: bool = True
    attendance: Attendance = Attendance.onsite
    pace: Pace = Pace.room
    """The time they asked for; a stage waits for a person anyway."""
    language: str = "bg"
    role: str = ""
    joined_at: datetime | None = None
    seen_at: datetime | None = None
    left_at: datetime | None = None
    late: bool = False
    """Joined after the heads were counted; votes only once the facilitator has admitted them."""
    paper: bool = False
    """Takes part on paper: staff type what they wrote."""
    at_table: int | None = None
    """Where they sit in the stage the room is at; only read for who holds their token."""

    @property
    def waiting(self) -> bool:
        """Whether they came too late to vote and nobody has admitted them yet."""
        return self.late and not self.voting and self.left_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A printed card that lets one participant in; whom, nobody keeps."""

    id: Id
    code: str
    state: Literal["free", "used", "void"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """An account of a coordinator, facilitator or observer."""

    id: Id
    name: str
    role: Role
    active: bool = True
    first_password: bool = False
    """The password was made by the program and should be changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who wrote an entry, as far as analysis needs to know.

    ``person`` is an opaque id, the same for the same person throughout the workshop and
    None in a secret ballot; ``staff`` entries belong to nobody's group.
    """

    person: Id | None
    organisation_id: Id | None
    group_id: Id | None
    voting: bool = True
    staff: bool = False
    left_early: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A name the facilitator gives to contributions that belong together."""

    id: Id
    stage_id: Id
    name: Multilingual
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """Where in a result the walls of a workshop are, and how the one opened last looks."""

    stage_id: Id | None = None
    page: int = 0
    anchor: int = 0
    """The place in the result of the block that view shows: phones draw blocks, not views."""
    table: bool = False
    count: int = 0
    """Grows with every turn, so that a wall sees it was turned."""
    languages: tuple[Language, ...] = ()
    """Empty while none was opened."""
    dark: bool = False
    still: bool = False
    """What only grows by itself stands still until somebody turns, moves on or lets it go on."""
    discreet: bool = False
    """How many people are here is not shown."""
    board: int = 0
    """The table whose board is shown of a result; 0: all flow together."""

    def at(self, stage_id: Id | None) -> Wall:
        """Return where the walls are in a stage's result: another one begins at its first view."""
        if self.stage_id == stage_id:
            return self
        return replace(self, stage_id=stage_id, page=0, anchor=0, table=False, board=0)


WAITING = "waiting"
"""Why a contribution is not shown that no facilitator has let through yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution(Generic[Entry]):
    """What is stored of an entry, with what staff did to it; the entry itself never changes."""

    id: Id
    stage_id: Id
    number: int
    """1, 2, 3 … within its stage, in the order received: the short name people use."""
    entry: Entry
    sender: Sender
    at: datetime | None
    """None for secret ballots."""
    language: str = "bg"
    slot: str | None = None
    channel: str = "phone"
    at_table: int | None = None
    """At which table its author sat when it was written; None where there were none."""
    hidden: str = ""
    """Why it is not shown: ``WAITING``, or staff hid it ("insult", …); empty while it is shown."""
    into: Id | None = None
    """The contribution it was merged into."""
    part_of: Id | None = None
    """The contribution it was split off from; author and entry are that one's."""
    theme_id: Id | None = None
    shelf: str = ""
    """Where staff re-filed it; empty while it stands where its author put it."""
    wording: Multilingual = Multilingual()
    """The wording or translation given by staff; empty while the author's own stands."""
    replaced_by: Id | None = None
    withdrawn: bool = False

    @property
    def waiting(self) -> bool:
        """Whether it waits for a facilitator to let it through."""
        return self.hidden == WAITING

    @property
    def stands(self) -> bool:
        """Whether it counts: not hidden, merged, replaced or withdrawn."""
        return not (self.hidden or self.into or self.replaced_by or self.withdrawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A short note of staff on what happens in the room; no wall and no phone ever shows it."""

    id: Id
    origin_id: Id
    """The first version of it: the same however often it is changed."""
    workshop_id: Id
    stage_id: Id | None
    """None: between two stages."""
    at: datetime
    words: str
    actor: str
    """Who wrote this version."""
    written_at: datetime
    reported: bool = False
    """Somebody marked it for the report."""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Time for which somebody of one group spoke; of the group, never of a person."""

    id: Id
    origin_id: Id
    """The first version of it: the same however often it is corrected."""
    workshop_id: Id
    stage_id: Id | None
    group_id: Id
    started_at: datetime
    ended_at: datetime | None = None
    """None while it runs."""
    typed: int | None = None
    """Seconds as somebody entered or corrected them; None: as the clock measured."""
    actor: str = ""
    withdrawn: bool = False

    @property
    def running(self) -> bool:
        """Whether somebody is speaking just now."""
        return self.ended_at is None

    def seconds(self, now: datetime | None = None) -> int:
        """Return how long it is; one that runs, until ``now``, or nothing."""
        if self.typed is not None:
            return self.typed
        until = self.ended_at or now or self.started_at
        return max(0, round((until - self.started_at).total_seconds()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where something handed on came from: the thread from idea to report line."""

    stage_id: Id
    contribution_ids: tuple[Id, ...] = ()
    label: str = ""
    """What people called it there ("W7")."""


Category: TypeAlias = str | Multilingual
"""What options are grouped by: a letter or a word typed by hand, or a name with its languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to vote on or to link to: typed by hand, or handed on with its origin."""

    key: str
    """Short and stable within the stage ("C01")."""
    wording: Multilingual
    category: Category = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """All an analysis may know of the surroundings: no clock, no database.

    ``eligible`` are the people in the denominator (voting, not staff); after the lock it is
    frozen. ``weights`` is reserved for settings that carry importance of dimensions.
    """

    groups: tuple[StakeholderGroup, ...]
    organisations: tuple[Organisation, ...]
    eligible: tuple[Sender, ...]
    smallest_group: int
    day: date
    """The day of the workshop: what "in the past" is measured against."""
    anonymity: Anonymity = Anonymity.anonymous
    themes: tuple[Theme, ...] = ()
    synthetic: bool = False
    languages: tuple[str, ...] = ("bg", "en")
    state: StageState = StageState.open
    chapter: str = ""
    attended: frozenset[Id] = field(default_factory=frozenset)
    """Organisations somebody in the room speaks for."""
    live: bool = False
    """What people write is shown while they write."""
    earlier: tuple[Earlier, ...] = ()
    """What earlier workshops of the series said, for an exercise that recalls it."""

    def group(self, group_id: Id | None) -> StakeholderGroup | None:
        """Return the group with that id, if there is one."""
        return next((group for group in self.groups if group.id == group_id), None)

    def organisation(self, organisation_id: Id | None) -> Organisation | None:
        """Return the organisation with that id, if there is one."""
        return next((one for one in self.organisations if one.id == organisation_id), None)

    def organisation_named(self, name: str) -> Organisation | None:
        """Return the organisation somebody means by its key, its id or its name."""
        wanted = name.strip().casefold()
        if not wanted:
            return None
        for one in self.organisations:
            names = (one.key, one.id, one.name.bg, one.name.en)
            if wanted in (known.casefold() for known in names):
                return one
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDraft:
    """A stage not yet in an agenda: what a blueprint or a coordinator asks for."""

    exercise: str
    title: Multilingual = Multilingual()
    question: Multilingual = Multilingual()
    settings: Mapping[str, Any] = field(default_factory=dict)
    anonymity: Anonymity | None = None
    minutes: int | None = None
    live: bool = False
    moderated: bool = False
    tables: int = 0
    spread: Spread = Spread.mixed
    chapter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the append-only log: who changed what when."""

    at: datetime
    actor: str
    """A staff name, "participant", or "command line"."""
    act: str
    stage_id: Id | None
    about: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something staff did to cards, themes or stages that can still be undone."""

    id: int
    at: datetime
    actor: str
    act: str
    stage_id: Id | None
    told: Mapping[str, Any]
    """What to call it by: numbers of cards, the name of a theme, states."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Where somebody sits in a stage."""

    stage_id: Id
    participant_id: Id
    at_table: int


Actor: TypeAlias = "Staff | None"
"""The member of staff who acts; None is the command line."""
