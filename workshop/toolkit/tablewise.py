"""What each table of a stage wrote: how much, its own board, and what several tables share.

Nothing is kept apart: a table's board is the same entries looked at alone, and whatever was merged
across tables stands there in the words of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from workshop.blocks import Basis, Block, Column, Prose, Table
from workshop.cards import Card, cards
from workshop.language import Sayable, Text, text
from workshop.model import Contribution, Id, Room, Stage
from workshop.statistics.suppression import visible_groups

Stored = Contribution[Any]
MOST_SHARED = 12
"""Cards named that several tables wrote; a wall holds no more."""


def at_table(contributions: Sequence[Stored], number: int) -> list[Stored]:
    """Return what one table wrote, as if nobody else had.

    What was merged into a card of another table stands for itself; two of a table that were merged
    into the same one are still one.
    """
    own = {one.id: one for one in contributions if one.at_table == number}
    known = {one.id: one for one in contributions}
    first: dict[Id, Id] = {}
    found = []
    for one in own.values():
        if one.into is None:
            found.append(one)
            continue
        root = _root(one, known)
        if root is None or root in own:
            found.append(replace(one, into=root or one.into))
            continue
        standing = first.setdefault(root, one.id)
        found.append(replace(one, into=None if standing == one.id else standing))
    return found


def _root(one: Stored, known: Mapping[Id, Stored]) -> Id | None:
    """Return the card that stands for an entry, through any number of merges; None: none does."""
    seen: set[Id] = set()
    while one.into is not None and one.into in known and one.id not in seen:
        seen.add(one.id)
        one = known[one.into]
    return one.id if one.stands else None


def alone(room: Room, seats: Mapping[Id, int], wrote: Sequence[Stored], number: int) -> Room:
    """Return the room as it would be with one table only."""
    authors = {one.sender.person for one in wrote}
    here = [
        one
        for one in room.eligible
        if one.person is not None and (seats.get(one.person) == number or one.person in authors)
    ]
    return replace(room, eligible=tuple(here))


def shown_tables(stage: Stage, contributions: Sequence[Stored], k: int) -> tuple[int, ...]:
    """Return the tables whose own figures and boards may be shown.

    One where fewer than ``k`` people wrote is shown with the others only; if arithmetic would give
    it away, the next smallest as well.
    """
    people = _people(contributions)
    nowhere = people.pop(None, set())
    sizes = {str(number): len(those) for number, those in people.items()}
    shown = visible_groups(sizes, k, ungrouped=len(nowhere - set().union(*people.values())))
    return tuple(sorted(int(one) for one in shown.shown if int(one) <= stage.tables))


def withheld(number: int, k: int) -> Prose:
    """Return what is said in the place of a board that is not shown alone."""
    said = text(
        "Fewer than {k} people wrote at table {number}, or its board would give such a table away; "
        "it is shown together with the others only.",
        k=k, number=number,
    )  # fmt: skip
    return Prose(sentences=(said,), tone="caution")


def told(
    stage: Stage,
    room: Room,
    contributions: Sequence[Stored],
    spoken: Callable[[Any], str] | None,
) -> list[Block]:
    """Return what a result says of its tables; nothing where the whole room sat together."""
    counted = [one for one in contributions if _counts(one)]
    if not stage.tables or not any(one.at_table for one in counted):
        return []
    blocks: list[Block] = [_by_table(stage, counted, room.smallest_group)]
    shared = _shared(counted, spoken) if spoken is not None else []
    if shared:
        blocks.append(
            Table(
                title=text("Heard at several tables"),
                columns=(
                    Column(head=text("No."), kind="count"),
                    Column(head=text("Wording"), width=6),
                    Column(head=text("At how many tables"), kind="count"),
                    Column(head=text("People"), kind="count"),
                ),
                rows=tuple(
                    (card.first.number, card.words, tables, card.people) for card, tables in shared
                ),
                key=f"{stage.exercise}.several-tables",
            )
        )
    return blocks


def _counts(one: Stored) -> bool:
    return not (one.hidden or one.withdrawn or one.replaced_by or one.sender.staff)


def _people(contributions: Sequence[Stored]) -> dict[int | None, set[Id]]:
    people: dict[int | None, set[Id]] = {}
    for one in contributions:
        if _counts(one) and one.sender.person is not None:
            people.setdefault(one.at_table, set()).add(one.sender.person)
    return people


def _by_table(stage: Stage, contributions: Sequence[Stored], k: int) -> Table:
    sent = [one for one in contributions if not one.part_of]
    people, shown = _people(sent), shown_tables(stage, contributions, k)
    rows: list[tuple[Sayable, Sayable, Sayable]] = []
    for number in shown:
        entries = sum(1 for one in sent if one.at_table == number)
        rows.append((text("Table {number}", number=number), len(people[number]), entries))
    everybody = set().union(*people.values())
    rows.append((text("All together"), len(everybody), len(sent)))
    wrote = [number for number in people if number is not None]
    note: Text | None = None
    if len(shown) < len(wrote):
        note = text(
            "Tables at which fewer than {k} people wrote are not shown, nor any other that would "
            "give them away; they are in the total.",
            k=k,
        )
    return Table(
        title=text("By table"),
        columns=(
            Column(head=text("At table"), width=3),
            Column(head=text("People"), kind="count"),
            Column(head=text("Entries"), kind="count"),
        ),
        rows=tuple(rows),
        basis=Basis(n=len(sent), unit="entries", note=note),
        key=f"{stage.exercise}.by-table",
    )


def _shared(
    contributions: Sequence[Stored], spoken: Callable[[Any], str]
) -> list[tuple[Card[Any], int]]:
    """Return the cards several tables wrote, with from how many: those of most tables first."""
    found = []
    for card in cards(contributions, spoken):
        tables = {one.at_table for one in card.originals if one.at_table}
        if len(tables) > 1 and not getattr(card.first.entry, "withheld", False):
            found.append((card, len(tables)))
    found.sort(key=lambda one: (-one[1], -one[0].people, one[0].first.number))
    return found[:MOST_SHARED]
