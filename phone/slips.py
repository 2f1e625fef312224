"""Rows of words on a phone: each a slip with its main words large, put away where they are many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

from workshop.blocks import Block, Cell, Column, Table, cell
from workshop.language import Language, Sayable, say, text

FOLDED = 6
"""Rows of a table from which a phone puts them away, where the table says by what."""
SHORT = 30
"""Letters that stand well in a column of a table on a phone."""
Pairs = Sequence[tuple[Sayable, Sayable]]
"""Heads of columns with what stands below them."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A row: what it says, and in small what stands before and after that."""

    head: Sayable
    words: Sayable
    before: Pairs
    after: Pairs


@dataclass(frozen=True, slots=True)
class Pile:
    """Rows of a table that lie below one line until somebody opens it."""

    name: Sayable
    slips: Sequence[Slip]
    open: bool


def slips(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[Slip]:
    """Return rows as slips."""
    return [_slip(columns, row) for row in rows]


def folds(block: Block) -> TypeGuard[Table]:
    """Return whether a block is a table whose many rows a phone puts away."""
    return isinstance(block, Table) and block.fold is not None and len(block.rows) >= FOLDED


def piles(block: Block, language: Language, own: Sayable) -> list[Pile]:
    """Return the rows of a long table alike with alike, the reader's own once more before all."""
    if not folds(block) or block.fold is None:
        return []
    mine, alike = list[Slip](), dict[str, list[Slip]]()
    for row in block.rows:
        name = say(cell(row[block.fold], block.columns[block.fold]), language)
        alike.setdefault(name, []).append(_slip(block.columns, row, block.fold))
        if own and own in row:
            mine.append(_slip(block.columns, row, row.index(own)))
    first = [Pile(text("Of your organisation"), mine, True)] if mine else []
    return [*first, *(Pile(name, below, False) for name, below in alike.items())]


def brief(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], language: Language) -> bool:
    """Return whether rows are counted lines of words, too long to stand beside two more columns."""
    if len(columns) > 3 or columns[0].kind != "count" or not _texts(columns):
        return False
    main = _main(columns)
    return any(len(say(cell(row[main], columns[main]), language)) > SHORT for row in rows)


def _main(columns: Sequence[Column]) -> int:
    """Return the column that says what a row is about: the widest of words."""
    places = _texts(columns) or range(len(columns))
    return max(places, key=lambda place: columns[place].width)


def _texts(columns: Sequence[Column]) -> list[int]:
    return [place for place, column in enumerate(columns) if column.kind == "text"]


def _slip(columns: Sequence[Column], row: Sequence[Cell], told: int | None = None) -> Slip:
    """Return a row as a slip; the column ``told`` stands above all of them."""
    main = _main(columns)

    def pairs(places: range) -> Pairs:
        said = [place for place in places if place != told and row[place] not in (None, "")]
        return [(columns[place].head, cell(row[place], columns[place])) for place in said]

    return Slip(
        head=columns[main].head,
        words=cell(row[main], columns[main]),
        before=pairs(range(main)),
        after=pairs(range(main + 1, len(columns))),
    )
