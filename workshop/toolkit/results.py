"""Results: computed once per stage and revision for everybody who looks, told as blocks."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any

from workshop import cards
from workshop.blocks import Block, Prose
from workshop.exercise import Exercise, Offer
from workshop.language import Multilingual, Sayable, text
from workshop.model import (
    Actor,
    Contribution,
    Event,
    Id,
    Option,
    Refused,
    Room,
    Stage,
    StageState,
)
from workshop.report import Report
from workshop.store.archive import ArchiveDesk
from workshop.store.contributions import ContributionDesk
from workshop.store.journal import JournalDesk
from workshop.store.opening import Store
from workshop.store.reading import count_people, look_at
from workshop.store.snapshot import SnapshotDesk
from workshop.toolkit import tablewise
from workshop.toolkit.agenda import Agenda
from workshop.toolkit.marking import marked, on_paper, unseen
from workshop.toolkit.memory import Memory, Standing
from workshop.toolkit.progress import Progress, progress_of
from workshop.toolkit.recalling import Recalling
from workshop.toolkit.rehearsals import stays_inside
from workshop.toolkit.surroundings import room_of

Stored = Contribution[Any]
KEPT = 200
"""Results kept in memory; the oldest goes first."""


@dataclass(frozen=True, slots=True)
class _Finished:
    key: tuple[int, ...]
    result: Any
    blocks: list[Block]
    took: float
    """Seconds of work."""
    paper: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A result that may be a moment old."""

    blocks: list[Block]
    fresh: bool
    """Nothing was contributed since."""
    took: float
    """Seconds it took to compute."""


class Results:
    """What came out."""

    def __init__(self, store: Store, agenda: Agenda) -> None:
        self._store = store
        self._agenda = agenda
        self._desk = ContributionDesk(store)
        self._journal = JournalDesk(store)
        self._memory = Memory(store)
        self.recalling = Recalling(store, agenda, self)
        self._finished: OrderedDict[Id, _Finished] = OrderedDict()
        self._rooms: dict[Id, tuple[int, Any, Room]] = {}
        self._locks: dict[Id, threading.Lock] = {}
        self._guard = threading.Lock()

    def revision(self, workshop_id: Id) -> tuple[int, int]:
        """Return (revision, shape): whether there is anything new to look at."""
        return self._agenda.revision(workshop_id)

    def moves(self, workshop_id: Id) -> list[Event]:
        """Return the log of a workshop, oldest first."""
        return self._journal.moves(workshop_id)

    def contributions(self, stage_id: Id, everything: bool = False) -> list[Stored]:
        """Return the contributions of a stage with typed entries, by number."""
        stage = self._agenda.stage(stage_id)
        if everything:
            return self.typed(stage, self._desk.contributions(stage_id, everything))
        return list(self._standing(stage).contributions)

    def typed(self, stage: Stage, stored: Sequence[Stored]) -> list[Stored]:
        """Return contributions with typed entries; those that no longer fit stay out."""
        return self._memory.typed(stage, stored, self._agenda.exercise(stage))

    def words(self, contribution: Stored) -> Multilingual:
        """Return what to show of a contribution: staff's wording, else the author's own words."""
        stage = self._agenda.stage(contribution.stage_id)
        return words_of(self._agenda.exercise(stage), contribution)

    def sender_name(self, contribution: Stored) -> Sayable:
        """Return whom a contribution comes from, as far as the stage's anonymity shows it."""
        stage = self._agenda.stage(contribution.stage_id)
        return cards.speaker(stage, self.room(stage.workshop_id, stage.id), contribution)

    def room(self, workshop_id: Id, stage_id: Id | None = None) -> Room:
        """Return all an analysis or a check may know of the surroundings."""
        return room_of(look_at(self._store, workshop_id, stage_id))

    def surroundings(self, stage: Stage, shape: int | None = None) -> tuple[Any, Room]:
        """Return a stage's settings and the room for a check.

        Remembered until staff change something (``shape``), so that a full hall does not read
        itself once per vote; people who joined since are not in it.
        """
        if shape is None:
            shape = self.revision(stage.workshop_id)[1]
        known = self._rooms.get(stage.id)
        if known is None or known[0] != shape:
            known = (shape, self._agenda.settings(stage), self.room(stage.workshop_id, stage.id))
            self._rooms[stage.id] = known
        return known[1], known[2]

    def progress(self, stage_id: Id) -> Progress:
        """Return how many of the voting people in the room are done with a stage."""
        stage = self._agenda.stage(stage_id)
        exercise, settings = self._agenda.exercise(stage), self._agenda.settings(stage)
        sight = look_at(self._store, stage.workshop_id, stage_id)
        return progress_of(exercise, settings, sight, self._standing(stage).contributions)

    def result(self, stage_id: Id) -> Any:
        """Return what the exercise's analysis makes of a stage, computed once per revision."""
        return self._finish(stage_id).result

    def tell(self, stage_id: Id) -> list[Block]:
        """Return a stage's result in blocks; what cannot be told becomes a sentence."""
        try:
            return self._finish(stage_id).blocks
        except Refused as problem:
            return [Prose(sentences=(problem.reason,), tone="caution")]

    def glance(self, stage_id: Id) -> Glance | None:
        """Return the result as it was last told; None where staff changed something since."""
        known = self._finished.get(stage_id)
        if known is None:
            return None
        key = self.mark(self._agenda.stage(stage_id))
        if known.key[1] != key[1]:
            return None
        return Glance(blocks=known.blocks, fresh=known.key == key, took=known.took)

    def details(self, stage_id: Id) -> list[Block]:
        """Return what only the report has room for."""
        exercise = self._agenda.exercise(self._agenda.stage(stage_id))
        known = self._finish(stage_id)
        return marked(exercise.details(known.result), known.paper) if exercise.details else []

    def offers(self, stage_id: Id) -> list[Offer]:
        """Return what a later stage may pick up, best first."""
        exercise = self._agenda.exercise(self._agenda.stage(stage_id))
        if exercise.offers is None:
            return []
        return sorted(exercise.offers(self.result(stage_id)), key=lambda offer: offer.rank)

    def hand_on(self, by: Actor, from_stage: Id, to_stage: Id, keys: Sequence[str]) -> Stage:
        """Copy offers of one stage into the settings of a later one, with where they came from.

        Raises:
            Refused: the receiving exercise takes nothing, or its stage was already opened.
        """
        target = self._agenda.stage(to_stage)
        exercise = self._agenda.exercise(target)
        if exercise.take is None:
            raise Refused(text("This exercise cannot take anything over."))
        if target.state is not StageState.planned:
            raise Refused(text("This stage has already opened; what is voted on stays as it is."))
        stays_inside(self._store, self._agenda.stage(from_stage), target)
        options = [
            Option(key=one.key, wording=one.wording, category=one.category, origin=one.origin)
            for one in self.offers(from_stage)
            if one.key in keys
        ]
        settings = exercise.take(self._agenda.settings(target), options)
        return self._agenda.update_stage(
            by, to_stage, {"settings": settings.model_dump(mode="json")}, act="hand on"
        )

    def report(self, series_id: Id) -> Report:
        """Return the maturity analysis of a series, in no language yet.

        A final one is made from what was frozen: later changes no longer reach it.
        """
        from workshop.toolkit.reporting import compose

        frozen = SnapshotDesk(self._store).frozen(series_id)
        if frozen is None:
            return compose(self._store, self._agenda, self, series_id)
        with TemporaryDirectory(prefix="sedyanka-") as folder:
            store = Store(f"sqlite:///{folder}/frozen.db", now=self._store.now)
            try:
                ArchiveDesk(store).load(None, frozen)
                agenda = Agenda(store, self._agenda.catalogue)
                return compose(store, agenda, Results(store, agenda), series_id)
            finally:
                store.close()

    def _finish(self, stage_id: Id) -> _Finished:
        stage = self._agenda.stage(stage_id)
        key = self.mark(stage)
        with self._guard:
            lock = self._locks.setdefault(stage_id, threading.Lock())
        with lock:
            known = self._finished.get(stage_id)
            if known is not None and known.key == key:
                return known
            began = time.perf_counter()
            result, blocks, paper = self._analyse(stage)
            fresh = _Finished(key, result, blocks, time.perf_counter() - began, paper)
            with self._guard:
                self._finished[stage_id] = fresh
                self._finished.move_to_end(stage_id)
                while len(self._finished) > KEPT:
                    self._finished.popitem(last=False)
            return fresh

    def mark(self, stage: Stage) -> tuple[int, ...]:
        """Return what differs whenever the result of a stage may."""
        known = stage.revision, self.revision(stage.workshop_id)[1], self._people(stage)
        return known + self.recalling.mark(stage)

    def _people(self, stage: Stage) -> int:
        """Return what stands for the denominator: joining changes it until the lock."""
        if stage.eligible is not None:
            return len(stage.eligible)
        return count_people(self._store, stage.workshop_id)

    def _standing(self, stage: Stage) -> Standing:
        shape = self.revision(stage.workshop_id)[1]
        return self._memory.standing(stage, shape, self._agenda.exercise(stage))

    def _analyse(self, stage: Stage) -> tuple[Any, list[Block], int]:
        exercise, settings = self._agenda.exercise(stage), self._agenda.settings(stage)
        sight, standing = look_at(self._store, stage.workshop_id, stage.id), self._standing(stage)
        room = self.recalling.remind(stage, room_of(sight))
        seen = self.analysed(stage) if exercise.history else standing.contributions
        result = exercise.analyse(settings, seen, room)
        paper = on_paper(sight, standing.contributions)
        blocks = marked(exercise.tell(result), paper)
        blocks += tablewise.told(stage, room, standing.contributions, exercise.text)
        blocks += unseen(stage, standing.contributions, standing.lost)
        return result, blocks, paper

    def analysed(self, stage: Stage) -> Sequence[Stored]:
        """Return what the analysis of a stage gets to see."""
        return self.contributions(stage.id, everything=self._agenda.exercise(stage).history)


def words_of(exercise: Exercise[Any, Any, Any], contribution: Stored) -> Multilingual:
    """Return the wording to show: staff's, and in a language they gave none for, the author's."""
    own = exercise.text(contribution.entry) if exercise.text else ""
    return cards.words(contribution, own)
