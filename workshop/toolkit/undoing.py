"""Undo with what the exercises say about it."""

from __future__ import annotations

from workshop.model import Act, Actor, NotFound, Refused, StageState
from workshop.store.opening import Store
from workshop.store.undoing import UndoDesk
from workshop.toolkit.agenda import Agenda


class Undoing(UndoDesk):
    """Undoes what staff did."""

    def __init__(self, store: Store, agenda: Agenda) -> None:
        super().__init__(store)
        self._agenda = agenda

    def undo(self, by: Actor, act_id: int, whose: str = "") -> Act:
        """Undo an act; see ``UndoDesk.undo``.

        Raises:
            Refused: also where a stage would open again that has nothing to ask any more.
        """
        act = self.act(act_id)
        again = act.told.get("before") == StageState.open
        if act.act == StageState.planned and again and act.stage_id:
            try:
                stage = self._agenda.stage(act.stage_id)
                missing = self._agenda.exercise(stage).needs(self._agenda.settings(stage))
            except NotFound:  # removed since: the store says so
                missing = None
            if missing is not None:
                raise Refused(missing)
        return super().undo(by, act_id, whose)
