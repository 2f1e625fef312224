"""Sorting with what the exercises say about it, and what machines suggest (never do)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from workshop.language import text
from workshop.model import Actor, Contribution, Id, Refused, Stage
from workshop.store.opening import Store
from workshop.store.sorting import SortingDesk, Which
from workshop.text import similar
from workshop.toolkit.agenda import Agenda
from workshop.toolkit.results import Results


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two contributions that may say the same; a person decides."""

    first: Contribution[Any]
    second: Contribution[Any]
    score: float
    likely: bool
    """True: probably the same; False: worth a look."""


class Sorting(SortingDesk):
    """What staff do to contributions."""

    def __init__(self, store: Store, agenda: Agenda, results: Results) -> None:
        super().__init__(store)
        self._agenda = agenda
        self._results = results

    def refile(self, by: Actor, which: Which, shelf: str) -> None:
        """File contributions on another shelf of their exercise; "" puts them back."""
        stage_id = self.stage_id_of(which if isinstance(which, str) else which[0])
        stage = self._agenda.stage(stage_id)
        shelves = self._agenda.exercise(stage).shelves
        known = {one.key for one in shelves(self._agenda.settings(stage))} if shelves else set()
        if shelf and shelf not in known:
            raise Refused(text("There is no such place to file it."), "shelf")
        self.put_on_shelf(by, which, shelf)

    def split(self, by: Actor, contribution_id: Id, parts: Sequence[str]) -> list[Id]:
        """Let a contribution that holds several ideas be several cards of the same author."""
        if not self.splits(self._agenda.stage(self.stage_id_of(contribution_id))):
            raise Refused(text("What is sent to this stage cannot be split."))
        return self.part(by, contribution_id, parts)

    def splits(self, stage: Stage) -> bool:
        """Return whether an entry of this stage may be several cards."""
        exercise = self._agenda.exercise(stage)
        return exercise.splits and exercise.text is not None and exercise.slot is None

    def suggestions(
        self, stage_id: Id, most: int = 60, only: Collection[Id] | None = None
    ) -> list[Pair]:
        """Return pairs on the same shelf that read alike, likeliest first.

        ``only``: those with one of these, for whoever knows the others already.
        """
        stage = self._agenda.stage(stage_id)
        exercise = self._agenda.exercise(stage)
        if exercise.text is None:
            return []
        standing = [one for one in self._results.contributions(stage_id) if one.stands]
        by_shelf: dict[str, list[Contribution[Any]]] = {}
        for one in standing:
            own = exercise.shelf(one.entry) if exercise.shelf else ""
            by_shelf.setdefault(one.shelf or own, []).append(one)
        pairs = [pair for group in by_shelf.values() for pair in _alike(group, exercise.text, only)]
        return sorted(pairs, key=lambda pair: (not pair.likely, -pair.score))[:most]


def _alike(group: list[Contribution[Any]], words: Any, only: Collection[Id] | None) -> list[Pair]:
    known = {one.id: one for one in group}
    texts = [(one.id, one.wording.said(one.language) or words(one.entry)) for one in group]
    language = group[0].language if group else "bg"
    return [
        Pair(first=known[first], second=known[second], score=score, likely=likely)
        for first, second, score, likely in similar(texts, language, only)
    ]
