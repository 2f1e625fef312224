"""Words that pictures, tables and sentences of commitments share."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.commitments.register import Line
from exercises.commitments.result import Period, Result
from workshop.blocks import Basis, Column
from workshop.language import Sayable, Text, joined, text

QUARTERS = ("I", "II", "III", "IV")
NUMBER = Column(head=text("No."))


def basis(result: Result) -> Basis:
    """Return what all figures rest on: the counted commitments."""
    return Basis(n=len(result.counted), unit="commitments")


def numbered(line: Line) -> Text:
    """Return what people call a commitment in a sentence: No. 7 (Organisation 07)."""
    return text("No. {number} ({organisation})", number=line.number, organisation=who(line))


def who(line: Line) -> Sayable:
    """Return whose commitment it is."""
    return line.organisation.name if line.organisation else text("a citizen")


def wording(line: Line) -> Sayable:
    """Return the action, unless its author wants it counted only."""
    return line.words if line.printable else text("(wording not published)")


def outcome(line: Line) -> Sayable:
    """Return what will be there at the end, on the same condition."""
    return line.said(line.entry.deliverable) if line.printable else ""


def partners(line: Line) -> Sayable:
    """Return whom it needs; what was declined is not listed."""
    asked = {need.organisation.id: need.organisation for need in line.needs}
    return listed([asked[one].name for one in line.needed])


def priority(result: Result, key: str) -> Sayable:
    """Return the wording of a priority; its key if it is no longer among them."""
    return result.settings.priority(key) or key or text("no priority named")


def period(one: Period) -> Text:
    """Return a month or quarter: 03.2027, quarter I of 2027."""
    year = str(one.start.year)
    if one.months == 1:
        return Text("{month}.{year}", (("month", f"{one.start.month:02d}"), ("year", year)))
    return text("quarter {quarter} of {year}", quarter=QUARTERS[one.start.month // 3], year=year)


def listed(parts: Sequence[Sayable]) -> Sayable:
    """Return the parts as one list, nothing when there are none."""
    return joined(parts) if parts else ""


def column(head: Text, width: int = 1) -> Column:
    """Return a column of words."""
    return Column(head=head, width=width)


def count(head: Text) -> Column:
    """Return a column of whole numbers."""
    return Column(head=head, kind="count")


def date_column(head: Text) -> Column:
    """Return a column of days."""
    return Column(head=head, kind="date", width=2)
