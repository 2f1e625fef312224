"""Cards whose leading card is gone: what others said with it stands on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, select, update

from workshop.model import Id
from workshop.store import tables
from workshop.store.bulk import among, is_lite, rows_of, together

_CARD = tables.contribution


def stand_on(connection: Connection, gone: Sequence[Id]) -> set[Id]:
    """Let cards stand on that were merged into others (``gone``) which their authors took back.

    An author may change or withdraw only the own words: those of others, and that they are alike,
    stay. The earliest of them leads from now on, where the card that led had been sorted; its
    words are its own. What staff had hidden with that card stays hidden. Returns the stages in
    which that happened.
    """
    led = [row[0] for row in rows_of(connection, _led(is_lite(connection)), gone=list(gone))]
    if not led:  # nearly always
        return set()
    card, leader = _CARD, _CARD.alias("leader")
    query = (
        select(
            card,
            leader.c.theme_id.label("their_theme"),
            leader.c.shelf.label("their_shelf"),
            leader.c.hidden.label("their_hidden"),
        )
        .join(leader, leader.c.id == card.c.merged_into)
        .where(card.c.id.in_(led), card.c.replaced_by.is_(None), card.c.withdrawn_at.is_(None))
        .order_by(card.c.number)
    )
    followers: defaultdict[Id, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        followers[row.merged_into].append(row)
    for left in followers.values():
        _lead(connection, left)
    return {row.stage_id for left in followers.values() for row in left}


@cache
def _led(lite: bool) -> Select[Any]:
    gone = among(lite, "gone")
    parts = select(_CARD.c.id).where(_CARD.c.part_of.in_(gone))
    either = _CARD.c.merged_into.in_(gone) | _CARD.c.merged_into.in_(parts)
    return select(together(lite, _CARD.c.id)).where(either)


def _lead(connection: Connection, left: list[Row[Any]]) -> None:
    first = next((row for row in left if not row.hidden), left[0])
    sorted_as = {
        "theme_id": first.their_theme or first.theme_id,
        "shelf": first.their_shelf or first.shelf,
        "hidden": first.their_hidden or first.hidden,
    }
    for row in left:
        values = (
            {"merged_into": first.id} if row is not first else {"merged_into": None, **sorted_as}
        )
        connection.execute(update(_CARD).where(_CARD.c.id == row.id).values(**values))
