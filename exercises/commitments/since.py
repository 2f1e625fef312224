"""What has become of the commitments by a later day: done, under way, or past their day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Literal, TypeAlias

from exercises.commitments.followup import FINISHED
from exercises.commitments.model import ANSWERS, STATUSES
from exercises.commitments.phrases import NUMBER, column, date_column, listed, who, wording
from exercises.commitments.register import Line
from exercises.commitments.result import Result
from workshop.blocks import Basis, Block, Cell, Figure, Figures, Prose, Table
from workshop.language import Sayable, Text, counted, text

STATUS = 4
"""The column that says how a commitment stands."""
Fate: TypeAlias = Literal["done", "late", "running", "gone"]
ORDER: tuple[Fate, ...] = ("done", "late", "running", "gone")


def since(result: Result, day: date) -> list[Block]:
    """Return how the commitments stand on a day after the workshop in which they were made."""
    promised = [line for line in result.register.lines if line.counted or _given_up(line)]
    if not promised:
        return [Prose(sentences=(text("No commitment was made that counts."),))]
    fates = {line.number: _fate(line, day) for line in promised}
    found = list(fates.values())
    done, late = found.count("done"), found.count("late")
    open_needs = sum(fates[one.line.number] != "done" for one in result.unanswered)
    return [
        Figures(
            figures=(
                Figure(
                    value=len(promised),
                    label=counted("commitment made", "commitments made", len(promised)),
                ),
                Figure(value=done, label=text("done, at least in part")),
                Figure(value=late, label=text("past the day, not done yet")),
                Figure(
                    value=open_needs,
                    label=counted("need without an answer", "needs without an answer", open_needs),
                ),
            )
        ),
        _table(result, promised, fates),
    ]


def _given_up(line: Line) -> bool:
    """Return whether it was a promise once: a draft that was withdrawn was none."""
    return line.status == "withdrawn" and not line.errors


def _fate(line: Line, day: date) -> Fate:
    if line.status == "withdrawn":
        return "gone"
    if line.status in FINISHED:
        return "done"
    return "late" if line.due is not None and line.due < day else "running"


def _table(result: Result, promised: list[Line], fates: dict[int, Fate]) -> Table:
    ordered = sorted(
        promised,
        key=lambda line: (ORDER.index(fates[line.number]), line.due or date.max, line.number),
    )
    columns = [
        NUMBER,
        column(text("Who"), 2),
        column(text("What"), 4),
        date_column(text("Due")),
        column(text("How it stands"), 2),
    ]
    asked = any(line.needs for line in promised)
    columns += [column(text("What partners answered"), 2)] if asked else []
    rows: list[tuple[Cell, ...]] = []
    for line in ordered:
        row: list[Cell] = [line.number, who(line), wording(line), line.due]
        row.append(_standing(line, fates[line.number]))
        row += [_answers(line)] if asked else []
        rows.append(tuple(row))
    return Table(
        title=text("What has become of the commitments"),
        columns=tuple(columns),
        rows=tuple(rows),
        basis=Basis(n=len(promised), unit="commitments"),
        key="commitments.since",
        fold=STATUS,
    )


def _standing(line: Line, fate: Fate) -> Text:
    if fate == "late":
        return text("{status}; past its day", status=STATUSES[line.status])
    return STATUSES[line.status]


def _answers(line: Line) -> Sayable:
    """Return how many of the needs got which answer: who was asked stands in the register."""
    found = Counter(one.answer for one in line.needs)
    return listed(
        [text("{answer}: {n}", answer=ANSWERS[one], n=found[one]) for one in ANSWERS if found[one]]
    )
