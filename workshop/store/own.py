"""What participants have sent themselves, read for many phones at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from workshop.model import Contribution, Id, Sender
from workshop.store import rows, tables
from workshop.store.bulk import among, is_lite, moment, rows_of, together

_ENTRY = tables.contribution.c


def read_own(
    connection: Connection, stage_id: Id, people: Sequence[Id]
) -> dict[Id, list[Contribution[Any]]]:
    """Return each one's entries that stand (hidden ones too), oldest first."""
    query = _own(is_lite(connection))
    found: dict[Id, list[Contribution[Any]]] = {}
    for row in rows_of(connection, query, stage=stage_id, people=list(people)):
        found.setdefault(row[0], []).append(_contribution(stage_id, row))
    for own in found.values():
        own.sort(key=lambda one: one.number)
    return found


@cache
def _own(lite: bool) -> Select[Any]:
    entry, wording = (
        (func.json(_ENTRY.entry), func.json(_ENTRY.wording))
        if lite
        else (_ENTRY.entry, _ENTRY.wording)
    )
    columns = (
        _ENTRY.participant_id, _ENTRY.id, _ENTRY.number, entry, _ENTRY.at, _ENTRY.language,
        _ENTRY.slot, _ENTRY.channel, _ENTRY.hidden, _ENTRY.merged_into, _ENTRY.theme_id,
        _ENTRY.shelf, wording,
    )  # fmt: skip
    return select(together(lite, *columns)).where(
        _ENTRY.stage_id == bindparam("stage"),
        _ENTRY.participant_id.in_(among(lite, "people")),
        _ENTRY.replaced_by.is_(None),
        _ENTRY.withdrawn_at.is_(None),
        _ENTRY.part_of.is_(None),
    )


def _contribution(stage_id: Id, row: Sequence[Any]) -> Contribution[Any]:
    return Contribution(
        id=row[1],
        stage_id=stage_id,
        number=row[2],
        entry=row[3],
        sender=Sender(person=row[0], organisation_id=None, group_id=None),
        at=moment(row[4]),
        language=row[5],
        slot=row[6],
        channel=row[7],
        hidden=row[8],
        into=row[9],
        theme_id=row[10],
        shelf=row[11],
        wording=rows.words(row[12]),
    )
