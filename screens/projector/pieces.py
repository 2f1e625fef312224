"""Turn each block of a result into pieces of the wall, and say how much room a piece takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import assert_never

from screens.projector.look import WIDTH, Look
from screens.projector.pictures import pictures
from screens.projector.piece import COLUMNS, FULL, Piece, lines
from workshop.blocks import (
    Bars,
    Block,
    Cell,
    Cloud,
    Column,
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
from workshop.language import counted, say, text

SMALL, LARGE = 28.0, 34.0
"""The sizes of the letters of a table; a short one is set in the larger."""

MORE = 58.0
"""The height of a line under the cards, with the gap above it."""


def pieces(block: Block, look: Look) -> list[Piece]:
    """Return the pieces of a block in order."""
    match block:
        case Prose():
            return list(_prose(block, look))
        case Figures():
            return [_figures(block, start, look) for start in range(0, len(block.figures), 4)]
        case Quotes():
            return [_spoken(block, look)] if block.spoken else list(_quotes(block, look))
        case Table():
            return list(_table(block, look))
        case Quadrants():
            return list(_quadrants(block, look))
        case Cloud() | Bars() | Spread() | Heat() | Radar() | Network():
            return list(pictures(block, look))
        case _:
            assert_never(block)


def _prose(block: Prose, look: Look) -> Iterator[Piece]:
    for sentence in (block.lead, *block.sentences) if block.lead else block.sentences:
        said = say(sentence, look.language)
        yield Piece(
            markup=f"<p>{look.html(sentence)}</p>",
            height=lines(said, 34, 1500) * 44.2 + 14,
            narrow=lines(said, 34, 470) * 44.2 + 14,
            wraps=f"say {block.tone}",
        )


def _figures(block: Figures, start: int, look: Look) -> Piece:
    some = block.figures[start : start + 4]
    inside = "".join(
        f"<div><b>{look.html(one.value)}</b><span>{look.html(one.label)}</span></div>"
        for one in some
    )
    wide = WIDTH / len(some) - 60
    most = max(lines(say(one.label, look.language), 28, wide) for one in some)
    return Piece(markup=f'<div class="figures">{inside}</div>', height=146 + most * 35, narrow=FULL)


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
        # Names may be many and are cut at the end of the line; how many people say it is not.
        below = " · ".join(part for part in (_support(quote, look), by) if part)
        said = f"{quote.label} {quote.words.said(look.language)}"
        height = min(5, lines(said, 32, 830)) * 41 + (35 if below else 0) + 36
        yield Piece(
            markup=f'<li class="card">{_words(quote, look)}<p class="by">{below}</p></li>',
            height=height,
            title=block.title,
            note=note,
            wraps="cards",
        )


def _spoken(block: Quotes, look: Look) -> Piece:
    """Return the card that is being read out, as large as the last row needs it."""
    inside = "".join(
        f'<p class="words{_size(quote.words.said(look.language))}" dir="auto">'
        f"{look.html(quote.words)}</p>"
        f'<p class="by"><span class="no">{escape(quote.label)}</span>{_on_turn(quote, look)}</p>'
        for quote in block.quotes
    )
    note = f'<p class="note">{look.html(block.note)}</p>' if block.note else ""
    markup = f'<div class="spoken">{inside}{note}</div>'
    return Piece(markup=markup, height=FULL, title=block.title, wraps="spoken")


def _on_turn(quote: Quote, look: Look) -> str:
    return look.html(text("On turn: {name}", name=quote.by)) if quote.by else ""


def _size(words: str) -> str:
    if lines(words, 64, 1660) <= 5:
        return ""
    return " long" if lines(words, 44, 1500) <= 9 else " longest"


def _table(block: Table, look: Look) -> Iterator[Piece]:
    told = [say(block.note or "", look.language), basis_line(block.basis, look.language)]
    note = ". ".join(part.rstrip(".") for part in told if part)
    for places in _narrow(len(block.columns)):
        columns = [block.columns[place] for place in places]
        rows = [[row[place] for place in places] for row in block.rows] or [[None] * len(places)]
        grows = sum(_least(columns, rows, look, LARGE)) <= WIDTH
        widths = _widths(columns, _least(columns, rows, look, LARGE if grows else SMALL))
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
                grows=grows,
            )


def _narrow(columns: int) -> Iterator[list[int]]:
    """Yield the columns of each part of a wide table; the first one is repeated."""
    if columns <= COLUMNS:
        yield list(range(columns))
        return
    for start in range(1, columns, COLUMNS - 1):
        yield [0, *range(start, min(columns, start + COLUMNS - 1))]


def _least(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], look: Look, size: float
) -> list[float]:
    """Return the column widths below which a word would be torn; heads are set bold."""
    least = []
    for place, column in enumerate(columns):
        cells = [say(cell(row[place], column), look.language) for row in rows]
        head = _longest(say(column.head, look.language)) * 0.66
        least.append(min(460.0, max(head, *(_longest(one) * 0.6 for one in cells)) * size + 30))
    return least


def _longest(words: str) -> int:
    return max(map(len, words.split()), default=1)


def _widths(columns: Sequence[Column], least: Sequence[float]) -> list[float]:
    """Return column widths; what is left goes to the columns of text."""
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
    said = [
        say(cell(value, column), look.language) for value, column in zip(row, columns, strict=True)
    ]
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
        more = f'<p class="more">{_more(left, look)}</p>' if left else ""
        inside.append(
            f'<section class="quadrant q{place}"><h3><b>{look.html(one.letter)}</b>'
            f"{look.html(one.name)}</h3><ul>{listed}</ul>{more}</section>"
        )
    board = f'<div class="quadrants">{"".join(inside)}</div>'
    yield Piece(markup=board, height=FULL, title=block.title, note=note)
    for one in block.quadrants:
        if len(one.quotes) > 3:
            title = text("{letter}: {name}", letter=one.letter, name=one.name)
            *cards, last = _quotes(Quotes(title=title, quotes=one.quotes, basis=block.basis), look)
            yield from cards
            yield _and_more(last, one.more, look) if one.more else last


def _and_more(last: Piece, left: int, look: Look) -> Piece:
    """Return the last card with a line after it that says how many are not listed."""
    line = f'<li class="more">{_more(left, look)}</li>'
    return replace(last, markup=last.markup + line, tail=MORE)


def _more(left: int, look: Look) -> str:
    return look.html(counted("and {n} more", "and {n} more", n=left))


def _fitting(quotes: Sequence[Quote], look: Look, room: float) -> int:
    """Return how many of the first quotes fit into a field of a board."""
    for place, quote in enumerate(quotes):
        people = " 9 people" * (quote.support > 1)
        said = f"{quote.label} {quote.words.said(look.language)}{people}"
        room -= min(2, lines(said, 28, 830)) * 35 + 8
        if room < 0:
            return place
    return len(quotes)
