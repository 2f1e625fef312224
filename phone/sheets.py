"""An open stage's form as one participant finds it: which step, what the fields already hold."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar
from zlib import crc32

from pydantic import BaseModel

from workshop.exercise import Exercise, Shelf
from workshop.language import Text
from workshop.model import Contribution, Id, Stage

T = TypeVar("T")
ORDERS = 16
"""Different orders of a shuffled list, few enough to print each once when a full hall comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the address, or the form just sent, asks of the page."""

    step: str = ""
    after: str = ""
    """The step just sent: the page goes on from there."""
    change: Id = ""
    received: str = ""
    """The contribution just received, or "ballot"."""
    withdrawn: str = ""
    answers: Mapping[str, Any] | None = None
    """What was typed, when the page is drawn again with it."""
    errors: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One form, before anybody draws it."""

    stage: Stage
    exercise: Exercise[Any, Any, Any]
    settings: BaseModel
    own: Sequence[Contribution[Any]]
    wish: Wish

    @cached_property
    def steps(self) -> list[tuple[Shelf, bool]]:
        """The exercise's steps, each with whether this person has answered it."""
        filed = {shelf_of(self.exercise, one) for one in self.own}
        return [(step, step.key in filed) for step in steps_of(self.exercise, self.settings)]

    @cached_property
    def changing(self) -> Contribution[Any] | None:
        """The own entry that is being changed."""
        return next((one for one in self.own if one.id == self.wish.change), None)

    @cached_property
    def step(self) -> Shelf | None:
        """The asked-for step, the one of the entry being changed, or the next unanswered one.

        Where entries add up (one idea a card), the page stays where the last one was sent.
        """
        if not self.steps:
            return None
        keys = [step.key for step, _ in self.steps]
        wanted = shelf_of(self.exercise, self.changing) if self.changing else self.wish.step
        if self.exercise.slot is None and wanted not in keys:
            wanted = self.wish.after
        if wanted in keys:
            return self.steps[keys.index(wanted)][0]
        start = keys.index(self.wish.after) if self.wish.after in keys else 0
        onwards = [*self.steps[start:], *self.steps[:start]]
        return next((step for step, answered in onwards if not answered), onwards[0][0])

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """What the fields hold: what was typed, what is being changed, or what stands."""
        if self.wish.answers is not None:
            return self.wish.answers
        standing = self.changing
        if standing is None and self.exercise.slot is not None:
            standing = next((one for one in self.own if self._here(one)), None)
        return standing.entry.model_dump(mode="json") if standing is not None else {}

    @property
    def draft(self) -> str:
        """The name a phone keeps an unsent text under; none while an entry is changed."""
        return "" if self.changing else f"{self.stage.id}.{self.step.key if self.step else ''}"

    def order(self, person_id: Id) -> int:
        """Return which of the orders somebody gets."""
        return order(person_id, self.stage.id)

    def shuffler(self, person_id: Id) -> Callable[[Sequence[T]], list[T]]:
        """Return a function that shuffles, always alike for the same person and stage.

        The orders are turns of one mixed list, each also read backwards: over all of them every
        option stands in the middle on average, so no place is favoured, however few they are.
        """
        turn, backwards = divmod(self.order(person_id), 2)

        def shuffled(things: Sequence[T]) -> list[T]:
            mixed = list(things)
            random.Random(self.stage.id).shuffle(mixed)
            start = turn * len(mixed) * 2 // ORDERS
            mixed = [*mixed[start:], *mixed[:start]]
            return mixed[::-1] if backwards else mixed

        return shuffled

    def _here(self, one: Contribution[Any]) -> bool:
        return self.step is None or shelf_of(self.exercise, one) == self.step.key


def order(person_id: Id, stage_id: Id) -> int:
    """Return which of the orders somebody gets: always the same in the same stage."""
    return crc32(f"{person_id}{stage_id}".encode()) % ORDERS


def steps_of(exercise: Exercise[Any, Any, Any], settings: BaseModel) -> Sequence[Shelf]:
    """Return the steps of an exercise, none where it asks everything at once."""
    return exercise.steps(settings) if exercise.steps else ()


def shelf_of(exercise: Exercise[Any, Any, Any], one: Contribution[Any]) -> str:
    """Return which step an entry belongs to: its author's shelf, or its slot."""
    if exercise.shelf is not None:
        return exercise.shelf(one.entry)
    return exercise.slot(one.entry) if exercise.slot is not None else ""
