"""What is true for everybody in a workshop: pages and news are told from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from zlib import crc32

from phone.pulse import Beat
from workshop.catalogue import Catalogue
from workshop.language import Language
from workshop.model import (
    Id,
    Organisation,
    Pace,
    Participant,
    Series,
    Stage,
    StakeholderGroup,
    Workshop,
)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What is true for everybody in a workshop until staff change something."""

    beat: Beat
    series: Series
    workshop: Workshop
    groups: tuple[StakeholderGroup, ...]
    organisations: tuple[Organisation, ...]
    stages: tuple[Stage, ...]
    asks: bool = True
    """Whether phones have anything to fill in at the stage the room is at."""
    seated: Mapping[int, int] = field(default_factory=dict)
    """How many sit at each of its tables, where it has some."""

    @cached_property
    def stage(self) -> Stage | None:
        """The stage that wall and phones show now."""
        return self.named(self.workshop.current_stage_id or "")

    @cached_property
    def place(self) -> str:
        """Where the room is, in one word; a phone whose page says another one goes on.

        Sorting and accepting names change the shape but not the place: no reason to reload.
        """
        if self.workshop.finished:
            return "finished"
        stage = self.stage
        if stage is None:
            shown: object = [(one.title, one.state) for one in self.stages]
            return f"lobby-{_mark(shown)}"
        sits = stage.tables > 0
        shown = (stage.title, stage.question, dict(stage.settings), stage.anonymity, sits)
        return f"{stage.id[:8]}-{stage.state}-{_mark(shown)}"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages this workshop is held in."""
        return self.series.languages

    def named(self, stage_id: Id) -> Stage | None:
        """Return the stage of this workshop with that id, if it is one."""
        return next((one for one in self.stages if one.id == stage_id), None)

    def recaps(self, known: Catalogue) -> list[Stage]:
        """Return the stages that recall earlier workshops: newcomers may read them at any time."""
        return [one for one in self.stages if one.exercise in known and known[one.exercise].recalls]

    def pace(self, person: Participant) -> Pace:
        """Return the time somebody has for the stage the room is at: theirs where they write."""
        return person.pace if self.asks else Pace.room

    def organisation(self, organisation_id: Id | None) -> Organisation | None:
        """Return the organisation with that id, if it was there when the scene was read."""
        return next((one for one in self.organisations if one.id == organisation_id), None)


def _mark(shown: object) -> str:
    return f"{crc32(repr(shown).encode()):08x}"
