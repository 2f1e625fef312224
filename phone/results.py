"""A result on a phone: every kind of block as plain HTML that reads aloud well at 320 pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from markupsafe import Markup

from phone.pages import Pages
from phone.slips import Pile, brief, folds, piles, slips
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
from workshop.language import Amount, Language, Sayable, say
from workshop.model import Id

SIZES = 4
"""Steps of size of a word in a cloud, and of tint in a matrix."""
SERIES = 6
"""Colours for the parts of a bar."""
STEPS = 9
"""Colours from one end of an ordered scale to the other."""
STAGES = 200
"""Stages whose drawn results are kept; whichever nobody has asked for longest goes first."""
WIDTH = 36
"""Letters that fit side by side on the narrowest phone, between the columns of a table."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A coloured piece of a bar: where it starts and how long it is, in percent."""

    start: str
    length: str
    paint: str
    """The class of its colour: s0 to s5 tell parts apart, d0 to d8 are the steps of a scale."""


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
        self._varying: set[Id] = set()
        self._kept: dict[Id, tuple[Sequence[Block], dict[tuple[Language, Sayable], Markup]]] = {}

    def varies(self, stage_id: Id) -> bool:
        """Return whether two organisations see what was drawn last of a stage differently."""
        return stage_id in self._varying

    def draw(
        self, stage_id: Id, blocks: Sequence[Block], language: Language, reader: Sayable = ""
    ) -> Markup:
        """Return the blocks of a stage as HTML; the same list is drawn only once.

        ``reader``: the organisation of whoever reads; of what is put away, its own comes first.
        """
        folded = [block for block in blocks if folds(block)]
        (self._varying.add if folded else self._varying.discard)(stage_id)
        named = any(reader in row for block in folded for row in block.rows)
        own = reader if reader and named else ""
        of, pages = self._kept.pop(stage_id, (blocks, {}))
        pages = pages if of is blocks else {}
        self._kept[stage_id] = (blocks, pages)
        if len(self._kept) > STAGES:
            del self._kept[next(iter(self._kept))]
        if (language, own) not in pages:
            drawn = (
                _one(self._pages, block, language, piles(block, language, own)) for block in blocks
            )
            pages[language, own] = Markup("".join(drawn))
        return pages[language, own]


def tell(pages: Pages, blocks: Sequence[Block], language: Language) -> str:
    """Return the blocks as HTML."""
    return "".join(_one(pages, block, language) for block in blocks)


def _one(pages: Pages, block: Block, language: Language, away: Sequence[Pile] = ()) -> str:
    shown = {"block": block, "piles": away, **_shown(block, language), **_around(block, language)}
    return pages.draw("blocks.html", language, shown)


def _around(block: Block, language: Language) -> dict[str, object]:
    return {
        "basis": basis_line(getattr(block, "basis", None), language),
        "note": getattr(block, "note", ""),
        "title": getattr(block, "title", ""),
    }


def _shown(block: Block, language: Language) -> dict[str, object]:
    match block:
        case Prose() | Figures() | Quotes() | Quadrants():
            return {"kind": type(block).__name__}
        case Bars():
            legend = _legend(block.series, _parts(len(block.series)))
            return {"kind": "lines", "lines": _bars(block), "legend": legend}
        case Spread():
            legend = _legend(block.scale, _steps(len(block.scale)))
            return {"kind": "lines", "lines": _spread(block), "legend": legend}
        case Table() | Heat() | Radar() | Network():
            return _table(block, language)
        case Cloud():
            return {"kind": "Cloud", "words": _cloud(block)}
        case _:
            assert_never(block)


def _legend(names: Sequence[Sayable], paints: Sequence[str]) -> list[tuple[str, Sayable]]:
    return list(zip(paints, names, strict=True)) if len(names) > 1 else []


def _parts(count: int) -> list[str]:
    """Return the colours of parts that have no order."""
    return [f"s{place % SERIES}" for place in range(count)]


def _steps(count: int) -> list[str]:
    """Return the colours of the steps of a scale, as the wall paints them."""
    return [f"d{round(place * (STEPS - 1) / max(1, count - 1))}" for place in range(count)]


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
        paints = _parts(len(parts))
        drawn: tuple[tuple[Piece, ...], ...] = (_pieces(parts, longest, paints),)
        if block.layout == "grouped":
            drawn = tuple(
                (_piece(0.0, part / longest * 100, paint),)
                for part, paint in zip(parts, paints, strict=True)
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
    paints = _steps(len(block.scale))
    return [
        Line(
            label,
            (_pieces(counts, sum(counts) or 1, paints),),
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


def _pieces(parts: Sequence[float], longest: float, paints: Sequence[str]) -> tuple[Piece, ...]:
    pieces, start = [], 0.0
    for part, paint in zip(parts, paints, strict=True):
        length = max(0.0, part) / longest * 100
        pieces.append(_piece(start, length, paint))
        start += length
    return tuple(pieces)


def _piece(start: float, length: float, paint: str) -> Piece:
    return Piece(f"{start:.1f}", f"{max(0.0, length):.1f}", paint)


def _table(block: Table | Heat | Radar | Network, language: Language) -> dict[str, object]:
    """Return a table, or where its columns do not fit side by side what stands in its place.

    Of several columns of words each row becomes a card; of numbers, a name with its numbers below;
    of few beside long words, a line.
    """
    table = as_table(block)
    assert table is not None
    rows = [
        [cell(value, column) for value, column in zip(row, table.columns, strict=True)]
        for row in table.rows
    ]
    named = table.columns[0].kind == "text"
    words = sum(column.kind in ("text", "date") for column in table.columns)
    kind = "table"
    if words > 2 and len(table.columns) > 3:
        kind = "cards"
    elif brief(table.columns, table.rows, language):
        kind = "brief"
    elif named and words == 1 and _too_wide([[one.head for one in table.columns], *rows], language):
        kind = "rows"
    tints = _tints(block) if isinstance(block, Heat) else []
    shown = {"columns": table.columns, "rows": rows, "tints": tints, "named": named}
    small = slips(table.columns, table.rows) if kind in ("cards", "brief") else ()
    return {"kind": kind, "table": shown, "slips": small}


def _too_wide(rows: Sequence[Sequence[Sayable]], language: Language) -> bool:
    """Return whether the longest words of the columns do not fit beside each other."""
    columns = zip(*rows, strict=True)
    longest = [
        max((len(word) for value in column for word in say(value, language).split()), default=1)
        for column in columns
    ]
    return sum(max(4, letters) + 2 for letters in longest) > WIDTH


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
