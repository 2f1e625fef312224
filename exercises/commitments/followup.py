"""When to ask again: the calendar of follow-ups 30, 90 and 180 days after the workshop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exercises.commitments.holidays import next_working_day
from exercises.commitments.phrases import (
    NUMBER,
    basis,
    column,
    count,
    date_column,
    listed,
    who,
    wording,
)
from exercises.commitments.register import Line
from exercises.commitments.result import Result
from workshop.blocks import Cell, Table
from workshop.language import text

AFTER_DAYS = (30, 90, 180)
FINISHED = frozenset({"completed", "limited"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One day of asking: what should be done by then, and what is still under way."""

    after: int
    day: date
    """A working day."""
    due: tuple[Line, ...]
    """Due since the follow-up before."""
    running: tuple[Line, ...]


def plan(result: Result) -> tuple[FollowUp, ...]:
    """Return the three follow-ups; what is completed is not asked about again."""
    still = [line for line in result.counted if line.status not in FINISHED]
    found, before = [], date.min
    for after in AFTER_DAYS:
        day = next_working_day(result.room.day + timedelta(days=after))
        found.append(
            FollowUp(
                after=after,
                day=day,
                due=tuple(line for line in still if line.due and before < line.due <= day),
                running=tuple(line for line in still if line.due and line.due > day),
            )
        )
        before = day
    return tuple(found)


def overview(result: Result) -> Table:
    """Return the three days with the numbers of the commitments to ask about."""
    return Table(
        title=text("Follow-up after 30, 90 and 180 days"),
        columns=(
            count(text("Days after")),
            date_column(text("Day")),
            column(text("Ask whether it is done"), 3),
            column(text("Ask how it goes"), 3),
        ),
        rows=tuple(
            (one.after, one.day, _numbers(one.due), _numbers(one.running)) for one in plan(result)
        ),
        basis=basis(result),
        note=text("Days off are moved to the next working day."),
        key="commitments.followup",
    )


def calendar(result: Result) -> Table:
    """Return one row for each question to ask, in the order of the days."""
    return Table(
        title=text("Follow-up calendar"),
        columns=(
            date_column(text("Ask on")),
            NUMBER,
            column(text("Who"), 2),
            column(text("What"), 4),
            date_column(text("Due")),
            column(text("Question"), 2),
        ),
        rows=tuple(_questions(result)),
        basis=basis(result),
        key="commitments.calendar",
    )


def _questions(result: Result) -> Iterator[tuple[Cell, ...]]:
    planned = plan(result)
    for one in planned:
        for line in _by_day(one.due):
            yield (*_row(one.day, line), text("Is it done?"))
        for line in _by_day(one.running):
            if line.status in ("needs_confirmation", "proposed") and one is planned[0]:
                yield (*_row(one.day, line), text("Is it confirmed?"))
    for line in _by_day(planned[-1].running):
        if line.due is not None:
            yield (*_row(next_working_day(line.due), line), text("Is it done?"))


def _by_day(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.due or date.max, line.number))


def _row(day: date, line: Line) -> tuple[Cell, ...]:
    return (day, line.number, who(line), wording(line), line.due)


def _numbers(lines: Sequence[Line]) -> Cell:
    return listed([str(line.number) for line in lines])
