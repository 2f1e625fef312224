"""Dealing people over the tables of a stage: pure, and the same whenever the same people come."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshop.model import Id, Spread

MOST_TABLES = 30
Counts = Mapping[tuple[int, Id], int]
"""How many of a group sit at a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody who needs a seat."""

    id: Id
    group_id: Id
    organisation_id: Id | None = None


def deal(guests: Sequence[Guest], tables: int, spread: Spread, seed: str) -> dict[Id, int]:
    """Return at which table (1, 2, 3 …) each of a room sits; by hand nobody is dealt.

    ``seed``: the id of the stage. Another stage deals other company; the same one, however often
    it is asked, the same.
    """
    match spread:
        case Spread.mixed:
            return _mixed(guests, tables, seed)
        case Spread.group:
            return _grouped(guests, tables, seed)
        case Spread.hand:
            return {}


def place(guest: Guest, tables: int, spread: Spread, counts: Counts) -> int | None:
    """Return the table for somebody who comes when others sit already; None: by hand.

    Mixed, it is the table with the fewest of their group; by group, the emptiest of those at which
    their group sits, or of all where none of them is here yet. Of equal ones the emptiest.
    """
    if spread is Spread.hand:
        return None
    here = range(1, tables + 1)
    own = {table: counts.get((table, guest.group_id), 0) for table in here}
    whole = Counter[int]()
    for (table, _group), n in counts.items():
        whole[table] += n
    if spread is Spread.group:
        theirs = [table for table in here if own[table]]
        return min(theirs or here, key=lambda table: (whole[table], table))
    return min(here, key=lambda table: (own[table], whole[table], table))


def _mixed(guests: Sequence[Guest], tables: int, seed: str) -> dict[Id, int]:
    """Deal everybody in one round after the other, group after group.

    Each group, and within it each organisation, stands together in the row that is dealt; so
    neither of them, nor the whole, differs by more than one between two tables.
    """
    row = [one for group in _groups(guests, seed) for one in group]
    return {one.id: place % tables + 1 for place, one in enumerate(row)}


def _grouped(guests: Sequence[Guest], tables: int, seed: str) -> dict[Id, int]:
    """Give each group tables of its own by its size; with fewer tables than groups they share."""
    groups = sorted(_groups(guests, seed), key=len, reverse=True)
    seated: dict[Id, int] = {}
    if len(groups) > tables:
        filled = Counter[int]()
        for group in groups:
            table = min(range(1, tables + 1), key=lambda one: (filled[one], one))
            filled[table] += len(group)
            seated |= {one.id: table for one in group}
        return seated
    shares = _shares([len(group) for group in groups], tables)
    first = 1
    for group, share in zip(groups, shares, strict=True):
        seated |= {one.id: first + place % share for place, one in enumerate(group)}
        first += share
    return seated


def _shares(sizes: Sequence[int], tables: int) -> list[int]:
    """Return how many tables each group gets: one, and the next to whoever sits most crowded."""
    shares = [1] * len(sizes)
    for _ in range(tables - len(sizes)):
        crowded = max(range(len(sizes)), key=lambda at: (sizes[at] / shares[at], -at), default=None)
        if crowded is None or sizes[crowded] <= shares[crowded]:
            break
        shares[crowded] += 1
    return shares


def _groups(guests: Iterable[Guest], seed: str) -> list[list[Guest]]:
    """Return the people of each group in an order that only the seed decides."""
    by_group: dict[Id, list[Guest]] = {}
    for one in guests:
        by_group.setdefault(one.group_id, []).append(one)

    def order(one: Guest) -> tuple[str, str]:
        return _shuffled(seed, one.organisation_id or ""), _shuffled(seed, one.id)

    return [sorted(group, key=order) for _key, group in sorted(by_group.items())]


def _shuffled(seed: str, what: str) -> str:
    return hashlib.sha256(f"{seed}.{what}".encode()).hexdigest()
