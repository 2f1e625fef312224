"""Find room for the columns of a table: smaller letters and upright heads before torn words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from exports.word.paper import Paper
from workshop import blocks
from workshop.blocks import Column, Table
from workshop.charts.letters import longest_word, measure

SIDE = 2.0
"""Millimetres between a cell's text and its edge."""
SIZES = (9.5, 8.5, 7.5)
"""Letters in points, tried in turn; the smaller ones also with upright heads."""
UPRIGHT_FROM = 4
"""Columns of numbers that make it worth while."""
WIDEST = 60.0
NARROW = 0.84
"""Calibri is narrower than the DejaVu we measure with."""
BOLD = 1.12
COMFORT = 12.0
"""Millimetres of running text per unit of a column's asked-for width."""
HEAD_LINE = 22.0
"""Millimetres that the head of a column of numbers may take for comfort."""
UPRIGHT_MOST = 34.0
ONE_LINE = 110.0
"""Millimetres; a column that has them reads well, however long its text."""
READ = 200
"""Signs of a cell that are measured."""
MEASURED = 200
"""Rows that decide how wide a column is."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is set: widths in millimetres, letters in points."""

    widths: tuple[float, ...]
    size: float
    upright: bool = False
    head: float = 0.0
    """Height of the row of upright heads."""
    fits: bool = True
    """Whether no word or number is torn."""


def is_number(column: Column) -> bool:
    """Return whether a column is aligned to the right."""
    return column.kind not in ("text", "date")


def plan(paper: Paper, table: Table, width: float) -> Plan:
    """Return the first way of setting the table in which its columns have what they need.

    First with comfort for running text; where that is nowhere to be had, whole words suffice.
    """
    said = [
        [paper.said(blocks.cell(row[place], column)) for row in table.rows[:MEASURED]]
        for place, column in enumerate(table.columns)
    ]
    heads = [paper.said(column.head) for column in table.columns]
    numbers = sum(is_number(column) for column in table.columns)
    size, upright, least, texts = SIZES[-1], False, [1.0], [1.0]
    for comfort, size, upright in product((COMFORT, 0.0), SIZES, (False, True)):
        if upright and (numbers < UPRIGHT_FROM or size == SIZES[0]):
            continue
        em = size * 25.4 / 72 * NARROW
        texts = [max([measure(cell[:READ], em) for cell in cells], default=0.0) for cells in said]
        least = [
            _least(column, head, cells, em, upright, comfort, text)
            for column, head, cells, text in zip(table.columns, heads, said, texts, strict=True)
        ]
        if sum(least) <= width:
            break
    tall = max((measure(head, size * 25.4 / 72) for head in heads), default=0.0)
    return Plan(
        tuple(_shared(width, least, texts, table.columns)),
        size,
        upright,
        min(UPRIGHT_MOST, tall + 2 * SIDE),
        sum(least) <= width,
    )


def _least(
    column: Column,
    head: str,
    cells: Sequence[str],
    em: float,
    upright: bool,
    comfort: float,
    text: float,
) -> float:
    """Return what a column needs: no torn word or number, and ``comfort`` for running text."""
    if is_number(column):
        whole = min(measure(head, em * BOLD), HEAD_LINE if comfort else 0.0)
        needs = max(
            text, _stood_up(head, em) if upright else max(whole, longest_word(head, em * BOLD))
        )
    else:
        word = max([longest_word(cell, em) for cell in cells], default=0.0)
        needs = max(word, longest_word(head, em * BOLD), min(text, comfort * column.width))
    return min(WIDEST, needs + 2 * SIDE)


def _stood_up(head: str, em: float) -> float:
    """Return the width an upright head takes: a line, or two where it is longer than it may be."""
    lines = math.ceil(measure(head, em * BOLD) / (UPRIGHT_MOST - 2 * SIDE))
    return (0.6 + 1.45 * max(1, lines)) * em


def _shared(
    width: float, least: Sequence[float], texts: Sequence[float], columns: Sequence[Column]
) -> list[float]:
    """Share the width: everybody gets the least, the rest goes where text would have to break."""
    spare = width - sum(least)
    if spare <= 0:
        return [one * width / sum(least) for one in least]
    lacking = [
        0.0 if is_number(column) else max(0.0, min(text, ONE_LINE) - one)
        for column, text, one in zip(columns, texts, least, strict=True)
    ]
    if not sum(lacking):
        lacking = [float(max(1, column.width)) for column in columns]
    return [one + spare * lack / sum(lacking) for one, lack in zip(least, lacking, strict=True)]
