"""What earlier workshops of a series said and what became of it, for a stage that recalls it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from workshop.exercise import Earlier
from workshop.model import Id, Refused, Room, Stage, StageState, Workshop
from workshop.store.opening import Store
from workshop.store.series import SeriesDesk
from workshop.toolkit.agenda import Agenda

if TYPE_CHECKING:
    from workshop.toolkit.results import Results

SHOWN = (StageState.revealed, StageState.closed)
"""Only what a room has seen is recalled in another one."""


class Recalling:
    """Brings results of earlier workshops into a later one; nothing is copied, so all is as now."""

    def __init__(self, store: Store, agenda: Agenda, results: Results) -> None:
        self._desk = SeriesDesk(store)
        self._agenda = agenda
        self._results = results

    def known(self, workshop_id: Id) -> list[tuple[Workshop, Stage]]:
        """Return the stages of earlier workshops that were shown and have something to recall."""
        return [
            (shop, stage)
            for shop in self._before(workshop_id)
            for stage in self._agenda.stages(shop.id)
            if stage.state in SHOWN and self._tells(stage)
        ]

    def mark(self, stage: Stage) -> tuple[int, ...]:
        """Return what differs whenever what a stage recalls does; nothing for all other stages."""
        exercise = self._agenda.catalogue.get(stage.exercise)
        if exercise is None or not exercise.recalls:
            return ()
        return tuple(shop.revision for shop in self._before(stage.workshop_id))

    def remind(self, stage: Stage, room: Room) -> Room:
        """Return the room with what a stage recalls, where its exercise recalls anything."""
        recalls = self._agenda.exercise(stage).recalls
        if not recalls:
            return room
        named: Sequence[Id] = getattr(self._agenda.settings(stage), recalls)
        found = [
            (shop, one)
            for shop, one in self.known(stage.workshop_id)
            if not named or one.id in named
        ]
        told = (self._recalled(shop, one, room.day) for shop, one in found)
        return replace(room, earlier=tuple(one for one in told if one is not None))

    def _before(self, workshop_id: Id) -> list[Workshop]:
        """Return the earlier workshops; what was only rehearsed is recalled in rehearsals alone.

        Whatever is over is earlier than a workshop that is not, also where its day was set later.
        """
        here = self._desk.workshop(workshop_id)
        before, passed = [], False
        for shop in self._desk.workshops(here.series_id):
            passed = passed or shop.id == (here.copy_of or workshop_id)
            over = shop.finished and not here.finished
            own = shop.id in (workshop_id, here.copy_of)
            if not own and (over or not passed) and (here.rehearsal or not shop.rehearsal):
                before.append(shop)
        return before

    def _tells(self, stage: Stage) -> bool:
        exercise = self._agenda.catalogue.get(stage.exercise)
        return exercise is not None and (exercise.offers or exercise.since) is not None

    def _recalled(self, shop: Workshop, stage: Stage, day: date) -> Earlier | None:
        """Return what a stage said; None for one whose entries or settings no longer fit."""
        exercise = self._agenda.exercise(stage)
        try:
            result = self._results.result(stage.id)
            offers = self._results.offers(stage.id)
        except Refused:
            return None
        return Earlier(
            stage_id=stage.id,
            title=stage.title,
            workshop=shop.title,
            day=shop.day,
            offers=tuple(offers),
            since=tuple(exercise.since(result, day)) if exercise.since else (),
        )
