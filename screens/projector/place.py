"""Where in a result the walls of a workshop are: turned by the facilitator or at the wall.

Kept in this process only: it is not a result, and after a restart every wall begins at the
first view again. All walls of a workshop show the same view.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from workshop.model import Id

if TYPE_CHECKING:
    from screens.projector.look import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which view of which stage is shown, and whether as a table."""

    stage_id: Id | None = None
    page: int = 0
    table: bool = False
    count: int = 0
    """Grows with every turn, so that a wall sees it was turned."""


_places: dict[Id, Place] = {}
_looks: dict[Id, Look] = {}
_lock = Lock()


def of(workshop_id: Id, stage_id: Id | None) -> Place:
    """Return the place in the result of a stage; another stage begins at its first view."""
    with _lock:
        known = _places.get(workshop_id, Place())
    return known if known.stage_id == stage_id else Place(stage_id=stage_id, count=known.count)


def turn(workshop_id: Id, stage_id: Id | None, page: int, *, table: bool | None = None) -> Place:
    """Show view ``page`` (counted from 0) on every wall of the workshop."""
    with _lock:
        known = _places.get(workshop_id, Place())
        if known.stage_id != stage_id:
            known = Place(stage_id=stage_id, count=known.count)
        now = replace(
            known,
            page=max(0, page),
            table=known.table if table is None else table,
            count=known.count + 1,
        )
        _places[workshop_id] = now
        return now


def count(workshop_id: Id) -> int:
    """Return how often the walls of a workshop were turned."""
    with _lock:
        return _places.get(workshop_id, Place()).count


def wear(workshop_id: Id, look: Look) -> None:
    """Remember how the wall opened last looks, for the facilitator's preview."""
    with _lock:
        _looks[workshop_id] = look


def worn(workshop_id: Id) -> Look | None:
    """Return how the wall of a workshop looks, if one was opened."""
    with _lock:
        return _looks.get(workshop_id)
