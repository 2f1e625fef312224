"""Lists of commitments: the short one of the wall, the register, needs, what is not counted."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.commitments.model import ANSWERS, CERTAINTIES, RESOURCES, STATUSES
from exercises.commitments.phrases import (
    NUMBER,
    basis,
    column,
    count,
    date_column,
    listed,
    outcome,
    partners,
    priority,
    who,
    wording,
)
from exercises.commitments.register import Line
from exercises.commitments.result import Result
from workshop.blocks import Basis, Block, Cell, Table
from workshop.language import Sayable, joined, text


def sent(result: Result) -> list[Block]:
    """Return the register, what is needed, and what was sent in other words."""
    blocks: list[Block] = [register(result), needs(result)] if result.counted else []
    if reworded := [line for line in result.register.lines if _reworded(line)]:
        blocks.append(_as_sent(reworded))
    return blocks


def _reworded(line: Line) -> bool:
    return line.printable and line.entry.action not in (line.words.bg, line.words.en)


def short(result: Result) -> Table:
    """Return who does what until when: the table of the wall."""
    return Table(
        title=text("Who does what until when"),
        columns=(
            NUMBER,
            column(text("Who"), 2),
            column(text("What"), 5),
            date_column(text("Due")),
            count(text("Strength")),
            column(text("Needs"), 3),
        ),
        rows=tuple(
            (line.number, who(line), wording(line), line.due, line.entry.strength, partners(line))
            for line in result.counted
        ),
        basis=basis(result),
        key="commitments.table",
    )


def register(result: Result) -> Table:
    """Return every counted commitment with all its fields."""
    return Table(
        title=text("Register of commitments"),
        columns=(
            NUMBER,
            column(text("Who"), 2),
            column(text("What"), 4),
            column(text("Result"), 3),
            date_column(text("Due")),
            count(text("Strength")),
            column(text("Certainty"), 2),
            column(text("Resources"), 2),
            column(text("Priority"), 3),
            column(text("Status"), 2),
            column(text("Note"), 2),
        ),
        rows=tuple(
            (
                line.number,
                who(line),
                wording(line),
                outcome(line),
                line.due,
                line.entry.strength,
                CERTAINTIES[line.entry.certainty],
                _resources(line),
                priority(result, line.entry.priority) if line.entry.priority else "",
                STATUSES[line.status],
                line.note,
            )
            for line in result.counted
        ),
        basis=basis(result),
        key="commitments.register",
    )


def _resources(line: Line) -> Cell:
    if not line.printable:
        return ""
    parts: list[Sayable] = [RESOURCES[kind] for kind in line.entry.resource_kinds]
    if line.entry.resources:
        parts.append(line.said(line.entry.resources))
    return listed(parts)


def needs(result: Result) -> Table:
    """Return what counted commitments need from whom, and the answers if there are any."""
    rows = [row for line in result.counted for row in _need_rows(line)]
    answered = any(row[-1] != ANSWERS["asked"] for row in rows)
    return Table(
        title=text("What is needed from whom"),
        columns=(
            NUMBER,
            column(text("Who"), 2),
            column(text("Needs from"), 2),
            column(text("What"), 4),
            *([column(text("Answer"), 2)] if answered else []),
        ),
        rows=tuple(row if answered else row[:-1] for row in rows),
        basis=basis(result),
        note="" if answered else text("None of the partners asked has answered yet."),
        key="commitments.needs",
    )


def _need_rows(line: Line) -> list[tuple[Cell, ...]]:
    secret = text("(wording not published)")
    known: list[tuple[Cell, ...]] = [
        (
            line.number,
            who(line),
            need.organisation.name,
            need.what if line.printable else secret,
            joined([ANSWERS[need.answer], need.note]) if need.note else ANSWERS[need.answer],
        )
        for need in line.needs
    ]
    return known + [
        (
            line.number,
            who(line),
            need.organisation,
            line.said(need.what) if line.printable else secret,
            text("not in these workshops"),
        )
        for need in line.elsewhere
    ]


def left_out(result: Result) -> Table:
    """Return what is not counted, with the reasons."""
    return Table(
        title=text("Commitments not counted"),
        columns=(
            NUMBER,
            column(text("Who"), 2),
            column(text("What"), 4),
            column(text("Status"), 2),
            column(text("Why"), 4),
        ),
        rows=tuple(
            (line.number, who(line), wording(line), STATUSES[line.status],
             _why(line))
            for line in result.left_out
        ),
        basis=Basis(n=len(result.left_out), unit="commitments"),
        key="commitments.left_out",
    )  # fmt: skip


def _why(line: Line) -> Sayable:
    parts: list[Sayable] = [*line.lacks, line.note]
    return listed([one for one in parts if one])


def lost(result: Result) -> Table:
    """Return what staff or partners wrote about commitments that are gone."""
    rows: list[tuple[Cell, ...]] = [
        (one.number, getattr(one.entry, "commitment", ""), getattr(one.entry, "note", ""))
        for one in result.register.lost
    ]
    return Table(
        title=text("Notes about commitments that are no longer in the register"),
        columns=(NUMBER, column(text("Which commitment"), 2), column(text("Note"), 4)),
        rows=tuple(rows),
        key="commitments.lost",
    )


def _as_sent(reworded: Sequence[Line]) -> Table:
    return Table(
        title=text("Reworded commitments as they were sent"),
        columns=(NUMBER, column(text("Who"), 2), column(text("As it was written"), 5)),
        rows=tuple((line.number, who(line), line.said(line.entry.action)) for line in reworded),
        key="commitments.sent",
    )
