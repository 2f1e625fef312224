"""Where in a result the walls of a workshop are: turned by the facilitator or at the wall.

All walls of a workshop show the same view, whichever process draws them.
"""

from __future__ import annotations

from dataclasses import dataclass

from screens import house
from screens.projector.look import Look
from workshop.model import Id, Wall


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which view of which stage is shown, and whether as a table."""

    stage_id: Id | None = None
    page: int = 0
    table: bool = False
    count: int = 0
    """Grows with every turn, so that a wall sees it was turned."""
    board: int = 0
    """The table whose board is shown alone; 0: all together."""


def of(workshop_id: Id, stage_id: Id | None) -> Place:
    """Return the place in the result of a stage; another stage begins at its first view."""
    return told(house.toolkit().walls.wall(workshop_id).at(stage_id))


def told(wall: Wall) -> Place:
    """Return a place as the store tells it."""
    return Place(
        stage_id=wall.stage_id,
        page=wall.page,
        table=wall.table,
        count=wall.count,
        board=wall.board,
    )


def turn(
    workshop_id: Id, stage_id: Id | None, page: int, *, anchor: int, table: bool | None = None
) -> None:
    """Show view ``page`` (counted from 0) on every wall of the workshop.

    ``anchor``: the block of the result that the view shows, for phones that mirror the wall.
    """
    house.toolkit().walls.turn(workshop_id, stage_id, page, table, anchor)


def count(workshop_id: Id) -> int:
    """Return how often the walls of a workshop were turned."""
    return house.toolkit().walls.wall(workshop_id).count


def wear(workshop_id: Id, look: Look) -> None:
    """Remember how the wall opened last looks, for the facilitator's preview."""
    house.toolkit().walls.wear(workshop_id, look.languages, look.dark)


def worn(workshop_id: Id) -> Look | None:
    """Return how the wall of a workshop looks, if one was opened."""
    known = house.toolkit().walls.wall(workshop_id)
    return Look(languages=known.languages, dark=known.dark) if known.languages else None
