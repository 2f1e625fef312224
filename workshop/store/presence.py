"""Who is in the room, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, select

from workshop.model import Attendance, Id, Organisation, Pace, Participant, StakeholderGroup
from workshop.store import rows, tables
from workshop.store.bulk import among, is_lite, moment, rows_of, together
from workshop.store.groups import read_groups

LATELY = timedelta(minutes=3)
"""Seen within this time means a phone is in somebody's hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Who has joined, in numbers; observers are counted apart."""

    joined: int
    seen: int
    by_group: tuple[tuple[StakeholderGroup, int, int], ...]
    """Group, joined, seen lately."""
    waiting: tuple[Organisation, ...] = ()
    """Names typed by participants that staff should accept or recognise."""
    observers: int = 0
    heads: int | None = None
    """How many were counted in the room, where they were."""
    late: int = 0
    """Came after the heads were counted and wait to be admitted."""


def read_participants(connection: Connection, workshop_id: Id) -> list[Participant]:
    """Return the participants of a workshop in the order they joined."""
    table = tables.participant
    query = select(table).where(table.c.workshop_id == workshop_id).order_by(table.c.number)
    return [rows.participant(row) for row in connection.execute(query)]


def read_holders(connection: Connection, hashes: list[str]) -> dict[str, Participant]:
    """Return participants by the hash of their token, in one step for many."""
    lite, table = is_lite(connection), tables.participant.c
    shop, seat = tables.workshop, tables.seat.c
    return {
        row[0]: Participant(
            id=row[1],
            workshop_id=row[2],
            number=row[3],
            group_id=row[4],
            organisation_id=row[5],
            voting=bool(row[6]),
            attendance=Attendance(row[7]),
            language=row[8],
            role=row[9],
            joined_at=moment(row[10]),
            seen_at=moment(row[11]),
            left_at=moment(row[12]),
            late=bool(row[13]),
            paper=bool(row[14]),
            pace=Pace(row[15]),
            at_table=row[16],
        )
        for row in rows_of(
            connection,
            select(
                together(
                    lite, table.token_hash, table.id, table.workshop_id, table.number,
                    table.group_id, table.organisation_id, table.voting, table.attendance,
                    table.language, table.role, table.joined_at, table.seen_at, table.left_at,
                    table.late, table.paper, table.pace, seat.at_table,
                )
            )
            .join(shop, shop.c.id == table.workshop_id)
            .outerjoin(
                tables.seat,
                (seat.stage_id == shop.c.current_stage_id) & (seat.participant_id == table.id),
            )
            .where(table.token_hash.in_(among(lite, "hashes"))),
            hashes=hashes,
        )
    }  # fmt: skip


def count_presence(connection: Connection, workshop_id: Id, now: datetime) -> Presence:
    """Return how many have joined and were seen lately, by group."""
    shop = rows.one(connection, tables.workshop, workshop_id)
    people = tables.participant.c
    lately = func.count(case((people.seen_at > now - LATELY, 1)))
    query = (
        select(people.group_id, people.voting, people.late, func.count(), lately)
        .where(people.workshop_id == workshop_id, people.left_at.is_(None))
        .group_by(people.group_id, people.voting, people.late)
    )
    joined: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    observers = late = 0
    for group_id, votes, came_late, many, seen_lately in connection.execute(query):
        if votes:
            joined[group_id] += many
            seen[group_id] += seen_lately
        elif came_late:
            late += many
        else:
            observers += many
    table = tables.organisation
    waiting = select(table).where(table.c.series_id == shop.series_id, table.c.accepted.is_(False))
    return Presence(
        joined=joined.total(),
        seen=seen.total(),
        observers=observers,
        late=late,
        heads=shop.heads,
        by_group=tuple(
            (group, joined[group.id], seen[group.id])
            for group in read_groups(connection, shop.series_id)
        ),
        waiting=tuple(rows.organisation(row) for row in connection.execute(waiting)),
    )
