"""Which card reads like what somebody types just now: one they may see anyway, or their own."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeAlias

from workshop.cards import words
from workshop.exercise import Exercise
from workshop.language import Multilingual
from workshop.model import Contribution, Id, Participant, Stage
from workshop.text import Keys
from workshop.toolkit.agenda import Agenda
from workshop.toolkit.entries import Entries
from workshop.toolkit.results import Results

Stored = Contribution[Any]
Words: TypeAlias = Callable[[Exercise[Any, Any, Any], Stored], Multilingual]
OLD = 2.0
"""Seconds for which new cards may be missing; what staff hide is missing at once."""
KEPT = 50
"""Stages remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A card that reads alike; never who wrote it."""

    words: Multilingual
    own: bool
    """Whoever types wrote it."""


@dataclass(frozen=True, slots=True)
class _Cards:
    """What the wall shows of a stage, by shelf, ready to be compared."""

    until: float
    shape: int
    keys: Mapping[str, Keys]
    known: Mapping[Id, Stored]


class Hinting:
    """Compares what is typed; everything a hall types at once is compared with the same keys."""

    def __init__(self, agenda: Agenda, results: Results, entries: Entries) -> None:
        self._agenda = agenda
        self._results = results
        self._entries = entries
        self._seen: OrderedDict[Id, _Cards] = OrderedDict()
        self._lock = Lock()

    def near(
        self,
        stage: Stage,
        person: Participant,
        answers: Mapping[str, Any],
        own: Sequence[Stored],
        shape: int,
        changing: Id = "",
    ) -> Hint | None:
        """Return the card that reads most like an unsent entry, where its exercise wants that.

        While the room may not see what others write, only their ``own`` cards are looked at.

        Raises:
            Refused: the entry is not complete yet.
        """
        exercise = self._agenda.exercise(stage)
        if not exercise.hints or exercise.text is None:
            return None
        entry = self._entries.read(exercise, answers)
        shelf = exercise.shelf(entry) if exercise.shelf else ""
        pools = [(exercise.text(entry), *_ready(exercise, own, _typed))]
        if stage.in_the_open:
            on_wall = (exercise.spoken or exercise.text)(entry)
            pools.append((on_wall, *self._shown(stage, exercise, shape)))
        found: list[tuple[float, Stored]] = []
        for typed, keys, known in pools:
            near = keys[shelf].nearest(typed, person.language, changing) if shelf in keys else None
            if near is not None:
                found.append((near[1], known[near[0]]))
        if not found:
            return None
        best = max(found, key=lambda one: one[0])[1]
        mine = best.sender.person == person.id
        tell = _typed if mine else _on_wall  # how staff word a card is theirs until it is shown
        return Hint(words=tell(exercise, best), own=mine)

    def _shown(
        self, stage: Stage, exercise: Exercise[Any, Any, Any], shape: int
    ) -> tuple[Mapping[str, Keys], Mapping[Id, Stored]]:
        """Return the cards of a stage, read anew where staff changed something or time passed."""
        with self._lock:
            cards = self._seen.get(stage.id)
            if cards is None or cards.shape != shape or cards.until < time.monotonic():
                found = self._results.contributions(stage.id)
                standing = [one for one in found if one.stands]
                cards = _Cards(time.monotonic() + OLD, shape, *_ready(exercise, standing, _on_wall))
                self._seen[stage.id] = cards
                self._seen.move_to_end(stage.id)
                while len(self._seen) > KEPT:
                    self._seen.popitem(last=False)
        return cards.keys, cards.known


def _ready(
    exercise: Exercise[Any, Any, Any], cards: Sequence[Stored], told: Words
) -> tuple[Mapping[str, Keys], Mapping[Id, Stored]]:
    """Return cards by shelf as keys, and by id; one whose wording is withheld is left out."""
    shown = [one for one in cards if not getattr(one.entry, "withheld", False)]
    by_shelf: dict[str, list[tuple[str, str, str]]] = {}
    for one in shown:
        shelf = one.shelf or (exercise.shelf(one.entry) if exercise.shelf else "")
        said = told(exercise, one).said(one.language)
        by_shelf.setdefault(shelf, []).append((one.id, said, one.language))
    keys = {shelf: Keys(those) for shelf, those in by_shelf.items()}
    return keys, {one.id: one for one in shown}


def _typed(exercise: Exercise[Any, Any, Any], one: Stored) -> Multilingual:
    """Return a card in its author's own words."""
    said = str(exercise.text(one.entry)) if exercise.text else ""
    return Multilingual(**{one.language: said})


def _on_wall(exercise: Exercise[Any, Any, Any], one: Stored) -> Multilingual:
    """Return a card as everybody sees it: a short title may stand for a text nobody is shown."""
    said = exercise.spoken or exercise.text
    return words(one, said(one.entry) if said else "")
