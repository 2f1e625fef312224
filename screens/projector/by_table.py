"""The tables of a room on the wall while people write: each sees how much it has."""

from __future__ import annotations

from collections.abc import Sequence

from screens.projector.look import Look
from workshop.language import text
from workshop.toolkit import TableProgress

IN_ONE, IN_TWO = 4, 8
"""So many stand under each other; more of them in two columns, and then in three without bars."""


def rows(tables: Sequence[TableProgress], look: Look, *, discreet: bool) -> str:
    """Return the list of tables with their entries; the bar: how many there are done."""
    many = len(tables) > IN_TWO
    inside = "".join(_row(one, look, bar=not (discreet or many)) for one in tables)
    columns = " three" if many else " two" if len(tables) > IN_ONE else ""
    head = f'<p class="what by">{look.html(text("Entries by table"))}</p>'
    return f'{head}<ul class="groups tables{columns}">{inside}</ul>'


def _row(one: TableProgress, look: Look, *, bar: bool) -> str:
    name = look.html(text("Table {number}", number=one.number))
    share = 100 * one.done / max(one.present, one.done, 1)
    drawn = f'<span class="bar"><i style="width:{share:.0f}%"></i></span>' if bar else ""
    return f'<li><span>{name}</span><span class="n">{one.entries}</span>{drawn}</li>'
