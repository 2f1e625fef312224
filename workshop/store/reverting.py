"""Take changes back: what stands in the way of each, and how it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from workshop.model import Id, StageState
from workshop.store import clock, tables
from workshop.store.agenda import number, read_stages
from workshop.store.readout import back_at, is_at
from workshop.store.recording import Change, is_gone
from workshop.store.seating import seat_room
from workshop.store.states import WRITING, following, has_entries, show
from workshop.store.themes import not_twice, under

Cell: TypeAlias = tuple[str, Id, str]
"""Table, row and column; the column is "" for the whole row."""
SORTING = ("contribution", "theme")
"""What is touched only while its stage is not closed."""
_CARD, _THEME, _STAGE = tables.contribution, tables.theme, tables.stage
_SEAT = tables.seat


def obstacles(connection: Connection, changes: Iterable[Change]) -> set[Cell]:
    """Return what is no longer as these changes left it."""
    return {cell for one in changes for cell in _CHECKS[one["of"]](connection, one)}


def revert(connection: Connection, changes: Sequence[Change], now: datetime) -> None:
    """Take changes back in reverse; ``obstacles`` found none.

    Raises:
        Refused: a theme would be called like another one.
    """
    for one in reversed(changes):
        _WAYS[one["of"]](connection, one, now)


def _row(connection: Connection, table: Table, row_id: Id) -> Row[Any] | None:
    return connection.execute(select(table).where(table.c.id == row_id)).first()


def _differ(row: Row[Any], change: Change) -> Iterator[Cell]:
    for name, value in change["now"].items():
        present = row._mapping[name]
        if not (is_at(present, value) if name == "readout" else present == value):
            yield change["of"], change["id"], name


def _card_is(connection: Connection, change: Change) -> Iterator[Cell]:
    row = _row(connection, _CARD, change["id"])
    if row is None:
        yield "contribution", change["id"], ""
        return
    if is_gone(row) != change["gone"]:
        yield "contribution", row.id, "gone"
    yield from _differ(row, change)
    if change["was"] is None:
        merged = select(_CARD.c.id).where(_CARD.c.merged_into == row.id)
        for one in connection.execute(merged).scalars():
            yield "contribution", one, "merged_into"


def _card_back(connection: Connection, change: Change, now: datetime) -> None:
    """Give a card back its columns; one that was made is withdrawn: its number stays taken."""
    values = {"withdrawn_at": now} if change["was"] is None else change["was"]
    connection.execute(update(_CARD).where(_CARD.c.id == change["id"]).values(**values))


def _theme_is(connection: Connection, change: Change) -> Iterator[Cell]:
    row = _row(connection, _THEME, change["id"])
    if (row is None) != (change["now"] is None):
        yield "theme", change["id"], ""
    elif row is not None:
        yield from _differ(row, change)
        if change["was"] is None:
            for card in under(connection, row.id):
                yield "contribution", card.id, "theme_id"


def _theme_back(connection: Connection, change: Change, now: datetime) -> None:
    here = _THEME.c.id == change["id"]
    was: Mapping[str, Any] | None = change["was"]
    if was is None:
        connection.execute(delete(_THEME).where(here))
        return
    stage_id = (
        was.get("stage_id")
        or connection.execute(select(_THEME.c.stage_id).where(here)).scalar_one()
    )
    not_twice(connection, stage_id, was["name"], but=change["id"])
    if change["now"] is None:
        connection.execute(insert(_THEME).values(id=change["id"], **was))
    else:
        connection.execute(update(_THEME).where(here).values(**was))


def _stage_is(connection: Connection, change: Change) -> Iterator[Cell]:
    row = _row(connection, _STAGE, change["id"])
    if row is None:
        yield "stage", change["id"], ""
        return
    yield from _differ(row, change)
    planned = StageState.planned
    if change["was"].get("state") == planned and has_entries(connection, row.id):
        yield "stage", row.id, "state"
    if "settings" in change["was"] and row.state != planned:
        yield "stage", row.id, "state"
    if change["was"].get("state") in WRITING and row.readout:
        yield "stage", row.id, "readout"


def _stage_back(connection: Connection, change: Change, now: datetime) -> None:
    """Give a stage back its settings, or move it back as if somebody had done it by hand.

    The denominator is counted anew, and who sees what stays as people were told. A round that
    ended because people wrote again goes on where it was.
    """
    was = change["was"]
    row = _row(connection, _STAGE, change["id"])
    assert row is not None
    values = dict(was)
    if "state" in was:
        to = StageState(was["state"])
        at = {
            name: was[name] and datetime.fromisoformat(was[name])
            for name in ("opened_at", "closed_at")
        }
        values = following(connection, row, to, now) | at | clock.restored(was, to, now)
        if to is StageState.open:
            seat_room(connection, row)
    if "readout" in was:
        values["readout"] = back_at(row.readout, was["readout"])
    connection.execute(update(_STAGE).where(_STAGE.c.id == change["id"]).values(**values))


def _seat_is(connection: Connection, change: Change) -> Iterator[Cell]:
    row = _row(connection, _SEAT, change["id"])
    if row is None:
        yield "seat", change["id"], ""
    else:
        yield from _differ(row, change)


def _seat_back(connection: Connection, change: Change, now: datetime) -> None:
    here = _SEAT.c.id == change["id"]
    if change["was"] is None:
        connection.execute(delete(_SEAT).where(here))
    else:
        connection.execute(update(_SEAT).where(here).values(**change["was"]))


def _shown_is(connection: Connection, change: Change) -> Iterator[Cell]:
    """Let the wall be elsewhere by now: that stands in nobody's way."""
    yield from ()


def _shown_back(connection: Connection, change: Change, now: datetime) -> None:
    shop = _row(connection, tables.workshop, change["id"])
    assert shop is not None
    before = change["was"]["current_stage_id"]
    gone = before is not None and _row(connection, _STAGE, before) is None
    if shop.current_stage_id == change["now"]["current_stage_id"] and not gone:
        show(connection, shop.id, before)


def _order_is(connection: Connection, change: Change) -> Iterator[Cell]:
    order = [one.id for one in read_stages(connection, change["id"])]
    if order != change["now"]["order"]:
        yield "agenda", change["id"], "order"


def _order_back(connection: Connection, change: Change, now: datetime) -> None:
    number(connection, change["was"]["order"])


_CHECKS = {
    "contribution": _card_is,
    "theme": _theme_is,
    "stage": _stage_is,
    "seat": _seat_is,
    "workshop": _shown_is,
    "agenda": _order_is,
}
_WAYS = {
    "contribution": _card_back,
    "theme": _theme_back,
    "stage": _stage_back,
    "seat": _seat_back,
    "workshop": _shown_back,
    "agenda": _order_back,
}
