"""What stands in each stage with typed entries, remembered: an entry is read and checked once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from workshop.exercise import Exercise
from workshop.model import Anonymity, Contribution, Id, Refused, Stage
from workshop.store.contributions import ContributionDesk
from workshop.store.opening import Store
from workshop.store.recall import NOTHING, Recall, recall

Stored = Contribution[Any]
KEPT = 50
"""Stages remembered; 5,000 contributions take about 10 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands in a stage at one moment."""

    contributions: tuple[Stored, ...] = ()
    """By number, with typed entries."""
    lost: int = 0
    """How many more no longer fit their exercise."""


@dataclass(slots=True)
class _Page:
    """What is remembered of one stage."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    moment: tuple[int, int] = (-1, -1)
    """Revision of the stage and shape of the workshop for which ``standing`` holds."""
    standing: Standing = Standing()
    read: Recall = NOTHING
    typed: dict[Id, Stored | None] = field(default_factory=dict)
    """None for an entry that does not fit."""


class Memory:
    """Remembers stages for everybody who looks; an entry never changes once it is stored."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._desk = ContributionDesk(store)
        self._pages: OrderedDict[Id, _Page] = OrderedDict()
        self._guard = threading.Lock()

    def standing(self, stage: Stage, shape: int, exercise: Exercise[Any, Any, Any]) -> Standing:
        """Return what stands in a stage, as it was at ``stage.revision`` and ``shape`` or later."""
        page = self._page(stage.id)
        with page.lock:
            if page.moment != (stage.revision, shape):
                if stage.anonymity is Anonymity.secret:
                    self._count(page, stage, exercise)
                else:
                    self._recall(page, stage, exercise)
                page.moment = (stage.revision, shape)
            return page.standing

    def typed(
        self, stage: Stage, stored: Sequence[Stored], exercise: Exercise[Any, Any, Any]
    ) -> list[Stored]:
        """Return contributions with typed entries; those that no longer fit stay out."""
        known = self._page(stage.id).typed
        return _fitting([_typed(exercise, one, known) for one in stored])

    def _recall(self, page: _Page, stage: Stage, exercise: Exercise[Any, Any, Any]) -> None:
        seen = recall(self._store, stage.workshop_id, stage.id, page.read)
        before, typed = page.typed, {}
        for one in seen.marks:
            if one in seen.fresh:
                typed[one] = _typed(exercise, seen.fresh[one], before)
            elif one in before:
                typed[one] = before[one]
        # Kept for the next look are the marks; the contributions behind them are in ``typed``.
        page.read = replace(seen, fresh={})
        page.typed = typed
        page.standing = _standing(list(typed.values()))

    def _count(self, page: _Page, stage: Stage, exercise: Exercise[Any, Any, Any]) -> None:
        """Read a secret stage whole: a new ballot may stand anywhere in the order."""
        stored = self._desk.contributions(stage.id)
        page.typed = {one.id: _typed(exercise, one, page.typed) for one in stored}
        page.standing = _standing(list(page.typed.values()))

    def _page(self, stage_id: Id) -> _Page:
        with self._guard:
            page = self._pages.setdefault(stage_id, _Page())
            self._pages.move_to_end(stage_id)
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)
            return page


@lru_cache(maxsize=256)
def reader(entry: Any) -> TypeAdapter[Any]:
    """Return what checks the entries of an exercise; made once, a union takes milliseconds."""
    return TypeAdapter(entry)


def _typed(
    exercise: Exercise[Any, Any, Any], one: Stored, known: Mapping[Id, Stored | None]
) -> Stored | None:
    """Return a contribution with its typed entry, or None if it no longer fits."""
    if one.id in known:
        before = known[one.id]
        return None if before is None else replace(one, entry=before.entry)
    try:
        return replace(one, entry=reader(exercise.entry).validate_python(one.entry))
    except (ValidationError, Refused):
        return None


def _fitting(typed: Sequence[Stored | None]) -> list[Stored]:
    return [one for one in typed if one is not None]


def _standing(typed: Sequence[Stored | None]) -> Standing:
    fitting = _fitting(typed)
    return Standing(contributions=tuple(fitting), lost=len(typed) - len(fitting))
