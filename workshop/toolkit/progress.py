"""How far the room is with a stage: counts by group and by table, never who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workshop.exercise import Exercise, one_entry
from workshop.model import Contribution, Id, Participant, StakeholderGroup
from workshop.store.reading import Sight


@dataclass(frozen=True, slots=True, kw_only=True)
class TableProgress:
    """How far one table is."""

    number: int
    done: int
    present: int
    """How many sit there."""
    entries: int
    """How many were written there, whoever sits there by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the room is: only counts, never who."""

    done: int
    present: int
    by_group: tuple[tuple[StakeholderGroup, int, int], ...]
    """Group, done, present."""
    entries: int
    slower: int = 0
    """How many of those who may still write asked for more time."""
    sure: bool = True
    """Whether it is known who is done: where cards add up, one may follow the last."""
    waiting: int = 0
    """How many texts wait for a facilitator to let them through."""
    by_table: tuple[TableProgress, ...] = ()
    """Empty where the whole room sits together."""


def progress_of(
    exercise: Exercise[Any, Any, Any],
    settings: Any,
    sight: Sight,
    stored: Sequence[Contribution[Any]],
) -> Progress:
    """Return how many of the voting people in the room are done with the stage in sight."""
    present = [one for one in sight.participants if one.voting and one.left_at is None]
    by_person: dict[Id, list[Any]] = {}
    for one in stored:
        if one.sender.person is not None:
            by_person.setdefault(one.sender.person, []).append(one.entry)
    done = {
        person for person, entries in by_person.items() if exercise.done(settings, entries)
    } | set(sight.cast)
    sure = exercise.slot is not None or exercise.done is not one_entry
    here = Counter(one.group_id for one in present)
    ready = Counter(one.group_id for one in present if one.id in done)
    return Progress(
        done=ready.total(),
        present=here.total(),
        entries=sum(1 for one in stored if not one.part_of),
        slower=sum(1 for one in present if one.pace and not (sure and one.id in done)),
        sure=sure,
        waiting=sum(1 for one in stored if one.waiting),
        by_group=tuple((group, ready[group.id], here[group.id]) for group in sight.groups),
        by_table=_by_table(sight, present, done, stored),
    )


def _by_table(
    sight: Sight,
    present: Sequence[Participant],
    done: set[Id],
    stored: Sequence[Contribution[Any]],
) -> tuple[TableProgress, ...]:
    if sight.stage is None or not sight.stage.tables:
        return ()
    seats = sight.seats
    sitting = Counter(seats.get(one.id) for one in present)
    ready = Counter(seats.get(one.id) for one in present if one.id in done)
    written = Counter(one.at_table for one in stored if not one.part_of)
    return tuple(
        TableProgress(number=n, done=ready[n], present=sitting[n], entries=written[n])
        for n in range(1, sight.stage.tables + 1)
    )
