"""What the coordinator exports: a report of sections, each told in blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workshop.blocks import Block
from workshop.language import Multilingual, Sayable, Text, text
from workshop.model import Series, Workshop


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with blocks and smaller sections under it."""

    key: str
    """Stable name: "R5", "R14.B"."""
    title: Sayable
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    source: Sayable = ""
    """What its figures were made from, for the line under each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole maturity analysis of a series, in no language yet."""

    series: Series
    workshops: tuple[Workshop, ...]
    title: Sayable
    subtitle: Sayable
    status: Text
    """draft, interim or final."""
    made_at: datetime
    sections: tuple[Section, ...]
    """R1 … R14 in order; the cover (R0) is made from the other fields."""
    readiness: tuple[tuple[Text, bool], ...] = ()
    """The checklist before "final": what, and whether it is met."""
    version: str = ""

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the workshops."""
        return tuple(workshop.day for workshop in self.workshops)

    @property
    def warning(self) -> Multilingual:
        """The sentence that must stand on every page; empty for real data."""
        return self.series.warning if self.series.synthetic else Multilingual()


CHAPTERS: tuple[tuple[str, Text], ...] = (
    ("R1", text("Executive summary")),
    ("R2", text("Context and purpose")),
    ("R3", text("Method")),
    ("R4", text("Participation")),
    ("R5", text("Strengths, weaknesses, opportunities and threats")),
    ("R6", text("Needs and priorities")),
    ("R7", text("Channels and e-tools")),
    ("R8", text("Engagement models")),
    ("R9", text("Maturity")),
    ("R10", text("Views that unite and divide")),
    ("R11", text("Commitments")),
    ("R12", text("Roadmap")),
    ("R13", text("Recommendations")),
    ("R14", text("Annexes")),
)
"""The chapters in their order; those no exercise feeds are left out and named under Method."""
ANNEXES: tuple[tuple[str, Text], ...] = (
    ("A", text("Tables")),
    ("B", text("All entries")),
    ("C", text("Wording of the questions")),
    ("D", text("Notes on the statistics")),
    ("E", text("Evidence register")),
    ("F", text("Glossary")),
    ("G", text("Moderation")),
    ("H", text("Calendar of follow-up")),
    ("I", text("Notes of observers")),
)
