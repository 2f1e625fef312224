"""The result of the commitments exercise: what every picture, table and sentence reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from exercises.commitments.model import Settings
from exercises.commitments.register import Line, NeedLine, Register
from workshop.model import Id, Organisation, Room
from workshop.statistics.network import Core, Dependencies, Link, Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one organisation promised and how many depend on it."""

    organisation: Organisation
    commitments: int
    delivery: float
    """Sum of the strength weights of its commitments."""
    needed_by: int
    """Counted commitments that need it."""
    share: float | None
    """The same as a share of all counted commitments."""
    depends_on: int
    """Organisations it needs."""
    needed_of: int
    """Organisations that need it."""
    betweenness: float
    breaks: bool
    """Without it the network falls apart."""
    alarm: bool
    """At least half of the commitments need it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two commitments on the same priority; the first needs the organisation of the other."""

    first: Line
    other: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A month or a quarter, and how many counted commitments are due in it."""

    start: date
    months: int
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many commitments each organisation made for one priority."""

    key: str
    """Empty: commitments that name no priority."""
    total: int
    by: tuple[tuple[Organisation, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Something needed that its organisation has neither accepted nor declined."""

    line: Line
    need: NeedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything that wall, phone, spreadsheet and report say about commitments."""

    settings: Settings
    room: Room
    register: Register
    network: Network
    """Organisations by id; what was declined is not in it."""
    declined: tuple[Link, ...]
    """Links of declined needs only: drawn dashed, counted nowhere."""
    dependencies: Dependencies
    core: Core | None
    """The most connected core; None when it is not clear."""
    loads: tuple[Load, ...]
    isolates: tuple[Organisation, ...]
    """In the room, without a commitment, and needed by nobody."""
    waiting: tuple[Pair, ...]
    """Commitments that wait for each other, each pair once."""
    conflicts: tuple[Pair, ...]
    """Due earlier than what they need."""
    periods: tuple[Period, ...]
    """From the first due date to the last."""
    coverage: tuple[Coverage, ...]
    delivery: float
    unanswered: tuple[Unanswered, ...]

    @property
    def counted(self) -> tuple[Line, ...]:
        """The commitments all figures rest on."""
        return self.register.counted

    @property
    def left_out(self) -> tuple[Line, ...]:
        """Drafts, invalid and withdrawn ones: listed with the reason, not counted."""
        return tuple(line for line in self.register.lines if not line.counted)

    @property
    def dependent(self) -> int:
        """How many counted commitments need a partner."""
        return sum(1 for line in self.counted if line.needed)

    def organisation(self, organisation_id: Id) -> Organisation:
        """Return an organisation that stands in the network."""
        found = self.room.organisation(organisation_id)
        if found is None:
            raise KeyError(organisation_id)
        return found
