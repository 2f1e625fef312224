"""The tables of a room on the wall while people write: each sees how much it has."""

from __future__ import annotations

from collections.abc import Sequence

from screens.projector.look import Look
from workshop.language import text
from workshop.toolkit import TableProgress

IN_ONE = 7
"""So many stand under each other; more of them in two columns."""


def rows(tables: Sequence[TableProgress], look: Look, *, discreet: bool) -> str:
    """Return the list of tables with their entries; the bar: how many there are done."""
    inside = "".join(_row(one, look, discreet=discreet) for one in tables)
    two = " two" if len(tables) > IN_ONE else ""
    head = f'<p class="what by">{look.html(text("Entries by table"))}</p>'
    return f'{head}<ul class="groups tables{two}">{inside}</ul>'


def _row(one: TableProgress, look: Look, *, discreet: bool) -> str:
    name = look.html(text("Table {number}", number=one.number))
    share = 100 * one.done / max(one.present, one.done, 1)
    bar = f'<span class="bar"><i style="width:{share:.0f}%"></i></span>'
    return (
        f'<li><span>{name}</span><span class="n">{one.entries}</span>{"" if discreet else bar}</li>'
    )
