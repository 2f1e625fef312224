"""Blocks on a staff screen: the same result as on the wall, with a table behind every picture."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import assert_never

import streamlit as st

from screens import house
from screens.house import _, plain
from workshop import charts
from workshop.blocks import (
    Bars,
    Basis,
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
    as_table,
    cell,
)
from workshop.captions import basis_line
from workshop.language import Language, Sayable, counted, say

WIDE, WALL = 900, 1482
"""Widths of a chart: on a staff screen, and where its letters have to be 28 pixels high."""


def draw(blocks: Sequence[Block], *, wall: bool = False, part: str = "result") -> None:
    """Draw a result from top to bottom; ``wall`` for letters of at least 28 pixels.

    ``part`` tells several results on one page apart.
    """
    with st.container(key=f"blocks-{'wall-' if wall else ''}{part}"):
        for block in blocks:
            _draw(block, wall)


def _draw(block: Block, wall: bool) -> None:
    reader = house.language()
    match block:
        case Prose():
            said = f"<p><b>{house.html(block.lead, reader)}</b></p>" if block.lead else ""
            said += "".join(f"<p>{house.html(one, reader)}</p>" for one in block.sentences)
            house.show(f'<div class="sed-say {block.tone}">{said}</div>')
        case Figures():
            house.show(_figures(block, reader))
        case Quotes():
            listed = "".join(f"<li>{_quote(one, reader)}</li>" for one in block.quotes)
            house.show(_titled(block.title, f"<ul>{listed}</ul>", block.basis, reader))
        case Table():
            house.show(table(block, reader))
        case Quadrants():
            house.show(_titled(block.title, _fields(block, reader), block.basis, reader))
        case Bars() | Spread() | Heat() | Radar() | Network():
            _chart(block, reader, wall)
        case Cloud():
            _cloud(block, reader)
        case _:
            assert_never(block)


def table(block: Table, reader: Language) -> str:
    """Return a table as HTML; numbers at the right, nothing in it is Markdown."""
    heads = "".join(
        f'<th scope="col" class="{_kind(one)}">{house.html(one.head, reader)}</th>'
        for one in block.columns
    )
    rows = "".join(f"<tr>{_cells(row, block.columns, reader)}</tr>" for row in block.rows)
    inside = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    note = f'<p class="sed-quiet">{house.html(block.note, reader)}</p>' if block.note else ""
    return _titled(block.title, f'<div class="sed-wide">{inside}</div>{note}', block.basis, reader)


def _cells(row: Sequence[Cell], columns: Sequence[Column], reader: Language) -> str:
    return "".join(
        f'<td class="{_kind(column)}" dir="auto">{house.html(cell(value, column), reader)}</td>'
        for value, column in zip(row, columns, strict=True)
    )


def _kind(column: Column) -> str:
    return "words" if column.kind in ("text", "date") else "number"


def _figures(block: Figures, reader: Language) -> str:
    inside = "".join(
        f"<div><b>{house.html(one.value, reader)}</b>"
        f"<span>{house.html(one.label, reader)}</span></div>"
        for one in block.figures
    )
    return f'<div class="sed-pulse">{inside}</div>'


def _quote(quote: Quote, reader: Language) -> str:
    label = f"<b>{escape(quote.label)}</b> " if quote.label else ""
    facts = [house.html(quote.by, reader)] if quote.by else []
    if quote.support > 1:
        facts.append(house.html(counted("{n} person", "{n} people", n=quote.support), reader))
    small = f"<small>{' · '.join(facts)}</small>" if facts else ""
    words = house.html(quote.words, reader)
    return f'<span class="sed-card">{label}<span dir="auto">{words}</span>{small}</span>'


def _fields(block: Quadrants, reader: Language) -> str:
    fields = []
    for one in block.quadrants:
        listed = "".join(f"<li>{_quote(quote, reader)}</li>" for quote in one.quotes)
        more = house.html(counted("and {n} more", "and {n} more", n=one.more), reader)
        left = f'<p class="sed-quiet">{more}</p>' if one.more else ""
        name = f"<b>{house.html(one.letter, reader)}</b> {house.html(one.name, reader)}"
        fields.append(f"<section><h3>{name}</h3><ul>{listed}</ul>{left}</section>")
    return f'<div class="sed-fields">{"".join(fields)}</div>'


def _titled(title: Sayable, inside: str, basis: Basis | None, reader: Language) -> str:
    head = f"<h2>{house.html(title, reader)}</h2>" if title else ""
    line = basis_line(basis, reader)
    foot = f'<p class="sed-quiet">{escape(line)}</p>' if line else ""
    return f'<div class="sed-block">{head}{inside}{foot}</div>'


def _chart(block: Drawn, reader: Language, wall: bool) -> None:
    house.show(_titled(block.title, "", None, reader))
    picture = charts.draw(block, reader, "light", WALL if wall else WIDE)
    # The chart carries its description; given as ``alt`` too, Streamlit would warn, and write what
    # people said into the log. Given as it is, it would be compared with Vega-Lite's schema anew.
    st.vega_lite_chart(picture.to_dict(validate=False), theme=None, width="content")
    note = "" if isinstance(block, Spread | Radar) else say(block.note or "", reader)
    _foot(block, note, reader)


def _cloud(block: Cloud, reader: Language) -> None:
    source = house.png_address(charts.cloud(block, reader, 1600, 700))
    described = escape(charts.alt(block, reader))
    image = f'<img src="{source}" alt="{described}" width="{WIDE}" />'
    house.show(_titled(block.title, image, None, reader))
    _foot(block, "", reader)


def _foot(block: Drawn | Cloud, note: str, reader: Language) -> None:
    """Say what a picture rests on, and offer its numbers as a table."""
    told = [part for part in (note, basis_line(block.basis, reader)) if part]
    with st.container(horizontal=True, vertical_alignment="center"):
        if told:
            st.caption(plain(". ".join(part.rstrip(".") for part in told)))
        numbers = as_table(block)
        if numbers is not None:
            with st.popover(_("As table"), type="tertiary"):
                house.show(table(numbers, reader))
