"""Turn each block of a result into pieces of the wall, and say how much room a piece takes."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import assert_never

from screens.projector.look import WIDTH, Look
from workshop.blocks import (
    Bar,
    Bars,
    Block,
    Cell,
    Cloud,
    Column,
    Drawn,
    Figures,
    Heat,
    Network,
    Prose,
    Quadrants,
    Quote,
    Quotes,
    Radar,
    Spread,
    Table,
    cell,
)
from workshop.captions import basis_line
from workshop.language import Language, Sayable, counted, say, text
from workshop.palette import Theme

FULL = 10_000.0
"""A height that says: give it a view of its own."""
PICTURE = 430.0
"""The least height a picture is readable at."""
READABLE = 390.0
"""How high a chart of 900 may be so that its letters are 28 units on the wall."""
ROWS, POINTS, COLUMNS = 9, 6, 8
"""How many table rows, cards and columns one view may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a result that is never cut in two."""

    markup: str
    height: float
    """In units of the canvas, margins included; a picture may be given more."""
    title: Sayable = ""
    """What the view that opens with it is called."""
    note: str = ""
    """What its figures rest on."""
    wraps: str = ""
    """The class of the element that holds pieces of this kind side by side or as rows."""
    head: str = ""
    """Markup repeated above its rows in each view (a table's head)."""
    head_height: float = 0.0
    tall: bool = False
    """A picture nearly as high as wide; it stands beside the join address, not above it."""


def pieces(block: Block, look: Look) -> list[Piece]:
    """Return the pieces of a block in order."""
    match block:
        case Prose():
            return [_prose(block, look)]
        case Figures():
            return [_figures(block, start, look) for start in range(0, len(block.figures), 4)]
        case Quotes():
            return list(_quotes(block, look))
        case Table():
            return list(_table(block, look))
        case Quadrants():
            return list(_quadrants(block, look))
        case Cloud():
            return [_picture(block, look)]
        case Bars() | Spread() | Heat() | Radar() | Network():
            return [_picture(part, look) for part in _readable(block, look)]
        case _:
            assert_never(block)


def lines(words: str, size: float, width: float) -> int:
    """Return how many lines ``words`` take, for letters 0.5 of their size wide on average."""
    a_line = max(4.0, width / (size * 0.5))
    return sum(max(1, math.ceil(len(part) / a_line)) for part in words.split("\n"))


def _prose(block: Prose, look: Look) -> Piece:
    said = [say(one, look.language) for one in block.sentences]
    height = sum(lines(one, 34, 1500) * 44.2 + 12 for one in said) + 20
    inside = "".join(f"<p>{look.html(one)}</p>" for one in block.sentences)
    return Piece(markup=f'<div class="say {block.tone}">{inside}</div>', height=height)


def _figures(block: Figures, start: int, look: Look) -> Piece:
    some = block.figures[start : start + 4]
    inside = "".join(
        f"<div><b>{look.html(one.value)}</b><span>{look.html(one.label)}</span></div>"
        for one in some
    )
    wide = WIDTH / len(some) - 60
    most = max(lines(say(one.label, look.language), 28, wide) for one in some)
    return Piece(markup=f'<div class="figures">{inside}</div>', height=146 + most * 35)


def _words(quote: Quote, look: Look, after: str = "") -> str:
    number = f'<span class="no">{escape(quote.label)}</span>' if quote.label else ""
    return f'<p class="words" dir="auto">{number}{look.html(quote.words)}{after}</p>'


def _support(quote: Quote, look: Look) -> str:
    if quote.support < 2:
        return ""
    people = counted("{n} person", "{n} people", n=quote.support)
    return f'<span class="support">{look.html(people)}</span>'


def _quotes(block: Quotes, look: Look) -> Iterator[Piece]:
    note = basis_line(block.basis, look.language)
    for quote in block.quotes:
        by = f"<span>{look.html(quote.by)}</span>" if quote.by else ""
        below = " · ".join(part for part in (by, _support(quote, look)) if part)
        said = f"{quote.label} {quote.words.said(look.language)}"
        height = min(5, lines(said, 32, 830)) * 41 + (36 if below else 0) + 36 + 20
        yield Piece(
            markup=f'<li class="card">{_words(quote, look)}<p class="by">{below}</p></li>',
            height=height,
            title=block.title,
            note=note,
            wraps="cards",
        )


def _table(block: Table, look: Look) -> Iterator[Piece]:
    told = [say(block.note or "", look.language), basis_line(block.basis, look.language)]
    note = ". ".join(part.rstrip(".") for part in told if part)
    for places in _narrow(len(block.columns)):
        columns = [block.columns[place] for place in places]
        rows = [[row[place] for place in places] for row in block.rows] or [[None] * len(places)]
        widths = _widths(columns, rows, look)
        heads = "".join(
            f'<th class="{_kind(one)}" style="width:{100 * width / WIDTH:.2f}%" scope="col">'
            f"{look.html(one.head)}</th>"
            for one, width in zip(columns, widths, strict=True)
        )
        head_height = _row_height([one.head for one in columns], columns, widths, look)
        for row in rows:
            yield Piece(
                markup="<tr>" + "".join(_cells(row, columns, look)) + "</tr>",
                height=_row_height(row, columns, widths, look),
                title=block.title,
                note=note,
                wraps="table",
                head=f"<thead><tr>{heads}</tr></thead>",
                head_height=head_height,
            )


def _narrow(columns: int) -> Iterator[list[int]]:
    """Yield the columns of each part of a wide table; the first one is repeated."""
    if columns <= COLUMNS:
        yield list(range(columns))
        return
    for start in range(1, columns, COLUMNS - 1):
        yield [0, *range(start, min(columns, start + COLUMNS - 1))]


def _widths(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], look: Look
) -> list[float]:
    """Return column widths that tear no word; what is left goes to the columns of text."""
    least = []
    for place, column in enumerate(columns):
        cells = [say(cell(row[place], column), look.language) for row in rows]
        words = " ".join([say(column.head, look.language), *cells]).split()
        least.append(min(420.0, max(map(len, words), default=1) * 28 * 0.56 + 30))
    spare = WIDTH - sum(least)
    if spare <= 0:
        return [WIDTH * one / sum(least) for one in least]
    shares = [one.width * (4.0 if one.kind == "text" else 1.0) for one in columns]
    return [one + spare * share / sum(shares) for one, share in zip(least, shares, strict=True)]


def _kind(column: Column) -> str:
    return "words" if column.kind in ("text", "date") else "number"


def _cells(row: Sequence[Cell], columns: Sequence[Column], look: Look) -> Iterator[str]:
    for value, column in zip(row, columns, strict=True):
        yield f'<td class="{_kind(column)}" dir="auto">{look.html(cell(value, column))}</td>'


def _row_height(
    row: Sequence[Cell], columns: Sequence[Column], widths: Sequence[float], look: Look
) -> float:
    said = [say(cell(value, column), look.language) for value, column in zip(row, columns, strict=True)]
    most = max(lines(one, 28, width - 24) for one, width in zip(said, widths, strict=True))
    return most * 35 + 20


def _quadrants(block: Quadrants, look: Look) -> Iterator[Piece]:
    """Yield the board with the first of each field, then the fields that held back some."""
    note = basis_line(block.basis, look.language)
    inside = []
    for place, one in enumerate(block.quadrants):
        shown = _fitting(one.quotes, look, 224.0)
        if shown < len(one.quotes) or one.more:
            shown = _fitting(one.quotes, look, 186.0)
        left = len(one.quotes) - shown + one.more
        listed = "".join(
            f"<li>{_words(quote, look, ' ' + _support(quote, look))}</li>"
            for quote in one.quotes[:shown]
        )
        words = counted("and {n} more", "and {n} more", n=left)
        more = f'<p class="more">{look.html(words)}</p>' if left else ""
        inside.append(
            f'<section class="quadrant q{place}"><h3><b>{look.html(one.letter)}</b>'
            f"{look.html(one.name)}</h3><ul>{listed}</ul>{more}</section>"
        )
    board = f'<div class="quadrants">{"".join(inside)}</div>'
    yield Piece(markup=board, height=FULL, title=block.title, note=note)
    for one in block.quadrants:
        if len(one.quotes) > 3:
            title = text("{letter}: {name}", letter=one.letter, name=one.name)
            yield from _quotes(Quotes(title=title, quotes=one.quotes, basis=block.basis), look)


def _readable(block: Drawn, look: Look) -> Iterator[Drawn]:
    """Yield a long chart in parts short enough for the last row of the hall."""
    match block:
        case Bars():
            top = max((_top(block, bar) for bar in block.bars), default=None)
            yield from _parts(block, len(block.bars), look, lambda part: replace(
                block, bars=block.bars[part], ceiling=top))  # fmt: skip
        case Spread():
            yield from _parts(block, len(block.rows), look, lambda part: replace(
                block, rows=block.rows[part]))  # fmt: skip
        case Heat():
            yield from _parts(block, len(block.rows), look, lambda part: replace(
                block, rows=block.rows[part], values=block.values[part]))  # fmt: skip
        case Radar() | Network():
            yield block
        case _:
            assert_never(block)


def _fitting(quotes: Sequence[Quote], look: Look, room: float) -> int:
    """Return how many of the first quotes fit into a field of a board."""
    for place, quote in enumerate(quotes):
        said = f"{quote.label} {quote.words.said(look.language)} {'(99 души)' * (quote.support > 1)}"
        room -= min(2, lines(said, 28, 830)) * 35 + 8
        if room < 0:
            return place
    return len(quotes)


def _top(block: Bars, bar: Bar) -> float:
    match block.layout:
        case "stacked":
            return sum(bar.parts)
        case "grouped":
            return max(bar.parts, default=0.0)
        case _:
            return max(bar.value, bar.high or 0.0)


def _parts(block: Drawn, rows: int, look: Look, cut: Callable[[slice], Drawn]) -> Iterator[Drawn]:
    """Yield the chart in as few parts of equal length as are readable."""
    for share in range(1, max(rows, 1) + 1):
        size = math.ceil(rows / share) or 1
        parts = [cut(slice(start, start + size)) for start in range(0, max(rows, 1), size)]
        if size <= 3 or all(_high(part, look.language) <= READABLE for part in parts):
            yield from parts
            return


def _picture(block: Drawn | Cloud, look: Look) -> Piece:
    from workshop import charts

    described = charts.alt(block, look.language)
    markup = (
        f'<figure class="picture"><img class="grows" '
        f'src="{_drawn(block, look.language, look.theme)}" alt="{escape(described)}" /></figure>'
    )
    note = [basis_line(block.basis, look.language)]
    if isinstance(block, Bars | Heat | Network):
        note.insert(0, say(block.note or "", look.language))
    return Piece(
        markup=markup,
        height=PICTURE,
        title=block.title,
        note=". ".join(part.rstrip(".") for part in note if part),
        wraps="picture",
        tall=not isinstance(block, Cloud) and _high(block, look.language) > READABLE,
    )


@lru_cache(maxsize=256)
def _high(block: Drawn, language: Language) -> float:
    """Return how high a chart is when it is 900 wide."""
    from workshop import charts

    return float(charts.draw(block, language, "light").height)


@lru_cache(maxsize=96)
def _drawn(block: Drawn | Cloud, language: Language, theme: Theme) -> str:
    """Return the picture of a block as an address; drawn once for all walls and previews."""
    from workshop import charts

    if isinstance(block, Cloud):
        content = charts.cloud(block, language, theme, 1808, 640)
    else:
        content = charts.picture(charts.draw(block, language, theme))
    return "data:image/png;base64," + base64.b64encode(content).decode()
