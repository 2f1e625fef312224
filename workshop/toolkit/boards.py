"""The boards of single tables: the result of a stage as if only one table had written."""

from __future__ import annotations

from collections import OrderedDict

from workshop.blocks import Block
from workshop.model import Id, Stage
from workshop.store.opening import Store
from workshop.store.reading import look_at
from workshop.toolkit import tablewise
from workshop.toolkit.agenda import Agenda
from workshop.toolkit.marking import marked, on_paper
from workshop.toolkit.results import Results
from workshop.toolkit.surroundings import room_of

KEPT = 100
"""Boards kept in memory; the oldest goes first."""


class Boards:
    """Looks at one table alone; what it wrote stays one with what all wrote."""

    def __init__(self, store: Store, agenda: Agenda, results: Results) -> None:
        self._store = store
        self._agenda = agenda
        self._results = results
        self._known: OrderedDict[tuple[Id, int], tuple[tuple[int, ...], list[Block]]] = (
            OrderedDict()
        )

    def tables(self, stage_id: Id) -> tuple[int, ...]:
        """Return the tables of a stage whose own boards and figures may be shown."""
        stage = self._agenda.stage(stage_id)
        if not stage.tables:
            return ()
        k = self._results.room(stage.workshop_id, stage_id).smallest_group
        return tablewise.shown_tables(stage, self._results.contributions(stage_id), k)

    def tell(self, stage_id: Id, at_table: int) -> list[Block]:
        """Return the result of one table in blocks, or a sentence where it is not shown alone.

        Raises:
            Refused: the exercise is gone, or its settings no longer fit.
        """
        stage = self._agenda.stage(stage_id)
        mark, place = self._results.mark(stage), (stage_id, at_table)
        known = self._known.get(place)
        if known is None or known[0] != mark:
            known = self._known[place] = (mark, self._alone(stage, at_table))
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return known[1]

    def _alone(self, stage: Stage, at_table: int) -> list[Block]:
        exercise, settings = self._agenda.exercise(stage), self._agenda.settings(stage)
        sight = look_at(self._store, stage.workshop_id, stage.id)
        room = room_of(sight)
        k = room.smallest_group
        if at_table not in tablewise.shown_tables(stage, self._results.contributions(stage.id), k):
            return [tablewise.withheld(at_table, k)]
        wrote = tablewise.at_table(self._results.analysed(stage), at_table)
        whole = self._results.recalling.remind(stage, room)
        here = tablewise.alone(whole, sight.seats, wrote, at_table)
        told = exercise.tell(exercise.analyse(settings, wrote, here))
        return marked(told, on_paper(sight, wrote))
