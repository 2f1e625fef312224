"""Find room for the columns of a table: smaller letters and upright heads before torn words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

from exports.word.paper import Paper
from workshop import blocks
from workshop.blocks import Cell, Column, Table
from workshop.charts.letters import longest_word, measure
from workshop.language import Sayable

SIDE = 2.0
"""Millimetres between a cell's text and its edge."""
SIZES = (9.5, 8.5, 7.5)
"""Letters in points, tried in turn; the smaller ones also with upright heads."""
UPRIGHT_FROM = 4
"""Columns of numbers that make it worth while."""
WIDEST = 60.0
NARROW, WIDE = 0.84, 1.0
"""Calibri is narrower than the DejaVu we measure with. Running text counts on it; words and
numbers do not: where Calibri is missing Noto or Arial stand in, and nothing may be torn."""
BOLD = 1.15
COMFORT = 12.0
"""Millimetres of running text per unit of a column's asked-for width."""
HEAD_LINE = 22.0
"""Millimetres that the head of a column of numbers may take for comfort."""
UPRIGHT_MOST = 34.0
ONE_LINE = 110.0
"""Millimetres; a column that has them reads well, however long its text."""
LITTLE = 12.0
"""Millimetres that save a column its second lines: given before long text gets the rest."""
READ = 200
"""Signs of a cell that are measured."""
MEASURED = 200
"""Rows that decide how wide a column is."""
_JOINTS = re.compile(r"(?<=[/-])(?=.)")
"""Where an address may be broken."""


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
    wish: float = 0.0
    """Millimetres that would let running text be read with ease, in the smallest letters."""


@dataclass(frozen=True, slots=True)
class _Manner:
    """A way of setting a table that is tried."""

    size: float
    upright: bool
    comfort: float

    @property
    def em(self) -> float:
        """Return the size that words are measured with, in millimetres."""
        return self.size * 25.4 / 72 * WIDE


def is_number(column: Column) -> bool:
    """Return whether a column is aligned to the right."""
    return column.kind not in ("text", "date")


def lean(paper: Paper, table: Table) -> Table:
    """Return the table without columns of words in which nothing stands."""
    kept = [
        place
        for place, column in enumerate(table.columns)
        if is_number(column) or not table.rows or any(paper.said(row[place]) for row in table.rows)
    ]
    if len(kept) == len(table.columns):
        return table
    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in table.rows),
    )


def written(paper: Paper, value: Cell, column: Column) -> Sayable:
    """Return what stands in a cell; a day and its month stay together."""
    shown = blocks.cell(value, column)
    return paper.said(shown).replace(" ", "\u00a0", 1) if column.kind == "date" else shown


def plan(paper: Paper, table: Table, width: float) -> Plan:
    """Return the first way of setting the table in which its columns have what they need.

    First with comfort for running text; where that is nowhere to be had, whole words suffice.
    """
    said = [
        [paper.said(written(paper, row[place], column))[:READ] for row in table.rows[:MEASURED]]
        for place, column in enumerate(table.columns)
    ]
    heads = [paper.said(column.head) for column in table.columns]
    numbers = sum(is_number(column) for column in table.columns)
    manner, least, texts, wish = _Manner(SIZES[-1], False, 0.0), [1.0], [1.0], 0.0
    for comfort, size, upright in product((COMFORT, 0.0), SIZES, (False, True)):
        if upright and (numbers < UPRIGHT_FROM or size == SIZES[0]):
            continue
        if not comfort and size == SIZES[0]:  # where it is narrow, large letters only break more
            continue
        manner = _Manner(size, upright, comfort)
        texts = [max([measure(cell, manner.em) for cell in cells], default=0.0) for cells in said]
        least = [
            _least(manner, column, head, cells, text)
            for column, head, cells, text in zip(table.columns, heads, said, texts, strict=True)
        ]
        wish = sum(least) if comfort else wish
        if sum(least) <= width:
            break
    tall = max((measure(head, manner.em) for head in heads), default=0.0)
    return Plan(
        tuple(_shared(width, least, texts, table.columns)),
        manner.size,
        manner.upright,
        min(UPRIGHT_MOST, tall + 2 * SIDE),
        sum(least) <= width,
        wish,
    )


def _least(manner: _Manner, column: Column, head: str, cells: Sequence[str], text: float) -> float:
    """Return what a column needs: no torn word or number, and comfort for running text."""
    em = manner.em
    named = longest_word(head, em * BOLD)
    if is_number(column):
        whole = min(measure(head, em * BOLD), HEAD_LINE if manner.comfort else 0.0)
        needs = max(text, _stood_up(head, em) if manner.upright else max(whole, named))
    else:
        word = max([_longest(cell, em) for cell in cells], default=0.0)
        room = text if column.kind == "date" else manner.comfort * column.width
        needs = max(word, named, min(text * NARROW / WIDE, room if manner.comfort else 0.0))
    return min(WIDEST, needs + 2 * SIDE)


def _longest(words: str, em: float) -> float:
    """Return the width of the longest word; an address may be broken at its joints."""
    if "://" in words:
        words = _JOINTS.sub(" ", words)
    return longest_word(words, em)


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
        0.0 if is_number(column) else max(0.0, min(text + 2 * SIDE, ONE_LINE) - one)
        for column, text, one in zip(columns, texts, least, strict=True)
    ]
    if sum(lacking) <= spare:  # nothing has to break: what is left goes by the widths asked for
        units = [float(max(1, column.width)) for column in columns]
        left = spare - sum(lacking)
        return [
            one + lack + left * unit / sum(units)
            for one, lack, unit in zip(least, lacking, units, strict=True)
        ]
    little = [lack if lack <= LITTLE else 0.0 for lack in lacking]
    if sum(little) > spare / 2:
        little = [0.0 for _ in lacking]
    pulls = [
        (lack - small) * column.width
        for lack, small, column in zip(lacking, little, columns, strict=True)
    ]
    left = spare - sum(little)
    return [
        one + small + left * pull / (sum(pulls) or 1.0)
        for one, small, pull in zip(least, little, pulls, strict=True)
    ]
