"""A result on a phone: every kind of block as plain HTML that reads aloud well at 320 pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from markupsafe import Markup

from phone.pages import Pages
from workshop.blocks import (
    Bars,
    Block,
    Cloud,
    Figures,
    Heat,
    Network,
    Prose,
    Quadrants,
    Quotes,
    Radar,
    Spread,
    Table,
    as_table,
    cell,
)
from workshop.captions import basis_line
from workshop.language import Amount, Language, Sayable
from workshop.model import Id

SIZES = 4
"""Steps of size of a word in a cloud, and of tint in a matrix."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A coloured piece of a bar: where it starts and how long it is, in percent."""

    start: str
    length: str
    shade: int


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a drawn table: its label, its bar, and the numbers in words."""

    label: Sayable
    bars: tuple[tuple[Piece, ...], ...]
    """One bar of pieces end to end, or several bars under each other to compare."""
    figures: tuple[tuple[Sayable, Sayable], ...]
    """Name and number; the name is "" where the title says it already."""
    between: tuple[Sayable, Sayable] | None = None
    mark: Sayable = ""


class Told:
    """Results already drawn: the room looks at the same one, so it is drawn once a language."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._kept: dict[tuple[Id, Language], tuple[Sequence[Block], Markup]] = {}

    def draw(self, stage_id: Id, blocks: Sequence[Block], language: Language) -> Markup:
        """Return the blocks of a stage as HTML; the same list is drawn only once."""
        known = self._kept.get((stage_id, language))
        if known is None or known[0] is not blocks:
            known = (blocks, Markup(tell(self._pages, blocks, language)))
            self._kept[stage_id, language] = known
        return known[1]


def tell(pages: Pages, blocks: Sequence[Block], language: Language) -> str:
    """Return the blocks as HTML."""
    return "".join(_one(pages, block, language) for block in blocks)


def _one(pages: Pages, block: Block, language: Language) -> str:
    known = {"block": block, **_shown(block), **_around(block, language)}
    return pages.draw("blocks.html", language, known)


def _around(block: Block, language: Language) -> dict[str, object]:
    return {
        "basis": basis_line(getattr(block, "basis", None), language),
        "note": getattr(block, "note", ""),
        "title": getattr(block, "title", ""),
    }


def _shown(block: Block) -> dict[str, object]:
    match block:
        case Prose() | Figures() | Quotes() | Quadrants():
            return {"kind": type(block).__name__}
        case Bars():
            return {"kind": "lines", "lines": _bars(block), "legend": _legend(block.series)}
        case Spread():
            return {"kind": "lines", "lines": _spread(block), "legend": _legend(block.scale)}
        case Table() | Heat() | Radar() | Network():
            table = _table(block)
            return {"kind": "cards" if table["wordy"] else "table", "table": table}
        case Cloud():
            return {"kind": "Cloud", "words": _cloud(block)}
        case _:
            assert_never(block)


def _legend(names: Sequence[Sayable]) -> list[tuple[int, Sayable]]:
    return [(shade, name) for shade, name in enumerate(names)] if len(names) > 1 else []


def _bars(block: Bars) -> list[Line]:
    longest = 1.0 if block.kind == "percent" else _longest(block)
    lines = []
    for bar in block.bars:
        parts = bar.parts if block.series else (bar.value,)
        names: Sequence[Sayable] = block.series or ("",) * len(parts)
        figures = tuple(
            (name, _amount(block, part)) for name, part in zip(names, parts, strict=False)
        )
        between = None
        if bar.low is not None and bar.high is not None:
            between = (_amount(block, bar.low), _amount(block, bar.high))
        drawn: tuple[tuple[Piece, ...], ...] = (_pieces(parts, longest),)
        if block.layout == "grouped":
            drawn = tuple(
                (_piece(0.0, part / longest * 100, shade),) for shade, part in enumerate(parts)
            )
        lines.append(Line(bar.label, drawn, figures, between, bar.mark))
    return lines


def _longest(block: Bars) -> float:
    ends = [block.ceiling or 0.0]
    for bar in block.bars:
        parts = bar.parts if block.series else (bar.value,)
        ends += [bar.high or 0.0, *(parts if block.layout == "grouped" else (sum(parts),))]
    return max(ends) or 1.0


def _spread(block: Spread) -> list[Line]:
    return [
        Line(
            label,
            (_pieces(counts, sum(counts) or 1),),
            tuple((step, Amount(n, 0)) for step, n in zip(block.scale, counts, strict=True)),
        )
        for label, counts in block.rows
    ]


def _amount(block: Bars, value: float) -> Amount:
    match block.kind:
        case "count":
            return Amount(value, 0)
        case "percent":
            return Amount(value, 0, "percent")
        case _:
            return Amount(value, 2)


def _pieces(parts: Sequence[float], longest: float) -> tuple[Piece, ...]:
    pieces, start = [], 0.0
    for shade, part in enumerate(parts):
        length = max(0.0, part) / longest * 100
        pieces.append(_piece(start, length, shade))
        start += length
    return tuple(pieces)


def _piece(start: float, length: float, shade: int) -> Piece:
    return Piece(f"{start:.1f}", f"{max(0.0, length):.1f}", shade)


def _table(block: Table | Heat | Radar | Network) -> dict[str, object]:
    table = as_table(block)
    assert table is not None
    rows = [
        [cell(value, column) for value, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    return {
        "columns": table.columns,
        "rows": rows,
        "tints": _tints(block) if isinstance(block, Heat) else [],
        "named": table.columns[0].kind == "text",
        # Several columns of words do not fit side by side on a phone: a card for each row.
        "wordy": len(table.columns) > 3
        and sum(column.kind in ("text", "date") for column in table.columns) > 2,
    }


def _tints(block: Heat) -> list[list[int | None]]:
    """Return for each cell how dark it stands between the lowest and the highest, 0 to 3."""
    known = [value for row in block.values for value in row if value is not None]
    low = block.low if block.low is not None else min(known, default=0)
    high = block.high if block.high is not None else max(known, default=1)
    width = (high - low) or 1

    def tint(value: float | None) -> int | None:
        if value is None:
            return None
        return min(SIZES - 1, max(0, int((value - low) / width * SIZES)))

    return [[tint(value) for value in row] for row in block.values]


def _cloud(block: Cloud) -> list[tuple[str, int]]:
    heaviest = max((weight for _, weight in block.words), default=1) or 1
    return [(word, min(SIZES - 1, int(weight / heaviest * SIZES))) for word, weight in block.words]
