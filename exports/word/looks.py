"""What each kind of paragraph looks like: our house style as a table, no Word in it."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.palette import mix, palette

FONT = "Calibri"
FALLBACKS = ("Carlito", "Liberation Sans", "Arial")
PAPER = palette("paper")
INK, QUIET, INDIGO = PAPER.text, PAPER.quiet, PAPER.link
HEAD_TINT = mix(PAPER.ground, INDIGO, 0.10)
MARGIN = 25
TEXT_WIDTH = 160
"""Millimetres between the margins of an A4 page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One paragraph style; sizes and spaces in points, widths in millimetres."""

    name: str
    size: float = 11
    line: float = 15
    before: float = 0
    after: float = 6
    colour: str = INK
    bold: bool = False
    align: str = ""
    left: float = 0
    hanging: float = 0
    keep: bool = False
    """On the same page as what follows."""
    rule: str = ""
    """Colour of a line down the left side."""
    tint: str = ""
    tab: float = 0
    """A right tab stop with dots, this far from the left."""
    level: int = 0
    """Outline level of a heading."""
    bullet: bool = False


def _heading(name: str, size: float, line: float, before: float, after: float, level: int) -> Look:
    return Look(
        name=name,
        size=size,
        line=line,
        before=before,
        after=after,
        colour=INDIGO,
        bold=True,
        keep=True,
        level=level,
    )


def _ruled(name: str, colour: str) -> Look:
    tint = mix(PAPER.ground, colour, 0.06)
    return Look(name=name, rule=colour, tint=tint, left=5, before=3, after=6)


def _cell(name: str, *, head: bool, align: str = "") -> Look:
    colour = INDIGO if head else INK
    return Look(
        name=name, size=9.5, line=12.5, after=0, bold=head, keep=head, colour=colour, align=align
    )


LOOKS: tuple[Look, ...] = (
    Look(name="Normal"),
    _heading("Heading 1", 20, 25, 28, 10, 1),
    _heading("Heading 2", 14.5, 19, 18, 6, 2),
    _heading("Heading 3", 12, 16, 14, 4, 3),
    Look(name="Title", size=32, line=38, after=8, colour=INDIGO, bold=True),
    Look(name="Subtitle", size=16, line=21, after=6, colour=QUIET),
    Look(name="Cover Label", size=10, line=16, after=2, colour=QUIET),
    Look(name="Cover Line", line=16, after=2),
    _heading("Contents Title", 16, 20, 20, 8, 0),
    Look(name="toc 1", before=5, after=1, tab=TEXT_WIDTH, bold=True, left=8, hanging=8),
    Look(name="toc 2", size=10.5, line=14, after=1, tab=TEXT_WIDTH, left=18, hanging=10),
    Look(name="toc 3", size=10, line=13, after=1, tab=TEXT_WIDTH, left=31, hanging=13),
    Look(name="table of figures", size=10, line=13, after=1, tab=TEXT_WIDTH),
    Look(name="Caption", size=9.5, line=13, before=6, after=4),
    Look(name="Source", size=8.5, line=11, after=16, colour=QUIET),
    Look(name="Block Title", before=10, after=4, bold=True, keep=True),
    _ruled("Finding", PAPER.good),
    _ruled("Caution", PAPER.care),
    Look(name="List Bullet", after=3, left=5, hanging=5, bullet=True),
    Look(name="Step", after=2, left=7, hanging=7),
    Look(name="Board Line", size=9.5, line=12.5, after=2, left=4, hanging=4, bullet=True),
    _cell("Table Text", head=False),
    _cell("Table Head", head=True),
    _cell("Table Number", head=False, align="right"),
    _cell("Table Number Head", head=True, align="right"),
    Look(name="Pull Number", size=27, line=31, before=4, after=0, colour=PAPER.accent, bold=True,
         keep=True),
    Look(name="Pull Label", size=9.5, line=12.5, after=6, colour=QUIET),
    Look(name="Header", size=8.5, line=11, after=0, colour=QUIET),
    Look(name="Footer", size=8.5, line=11, after=0, colour=QUIET),
    Look(name="Banner", size=8.5, line=11, before=4, after=10, align="center", bold=True,
         colour=PAPER.accent, tint=mix(PAPER.ground, PAPER.accent, 0.07)),
)  # fmt: skip
