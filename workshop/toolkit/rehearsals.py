"""Copies of prepared workshops, for one person to run the whole agenda alone the day before."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from workshop.language import text
from workshop.model import Actor, Id, Option, Refused, Stage, Workshop
from workshop.store import rows
from workshop.store.opening import Store
from workshop.store.rehearsing import RehearsalDesk
from workshop.store.series import SeriesDesk
from workshop.toolkit.agenda import Agenda


def stays_inside(store: Store, source: Stage, target: Stage) -> None:
    """Refuse to hand on what was only rehearsed to anything but the same rehearsal."""
    if source.workshop_id == target.workshop_id:
        return
    if SeriesDesk(store).workshop(source.workshop_id).copy_of is not None:
        raise Refused(text("What was only rehearsed is handed on within the rehearsal alone."))


class Rehearsals(RehearsalDesk):
    """Makes copies of what was prepared; they are driven over HTTP and thrown away."""

    def __init__(self, store: Store, agenda: Agenda) -> None:
        super().__init__(store)
        self._agenda = agenda

    def make(self, by: Actor, workshop_id: Id) -> Workshop:
        """Copy a workshop's agenda as it was prepared, or return the copy there is.

        What was handed on within the workshop stays out: it came from people.

        Raises:
            Refused: it is itself for rehearsal.
        """
        stages = self._agenda.stages(workshop_id)
        own = {stage.id for stage in stages}
        agenda = [(stage.id, self._columns(stage, own)) for stage in stages]
        return self.insert_copy(by, workshop_id, agenda)

    def _columns(self, stage: Stage, own: Collection[Id]) -> dict[str, Any]:
        return {
            "exercise": stage.exercise,
            "title": rows.spread(stage.title),
            "question": rows.spread(stage.question),
            "settings": self._prepared(stage, own),
            "anonymity": stage.anonymity.value,
            "minutes": stage.minutes,
            "live": stage.live,
            "moderated": stage.moderated,
            "tables": stage.tables,
            "spread": stage.spread.value,
            "chapter": stage.chapter,
        }

    def _prepared(self, stage: Stage, own: Collection[Id]) -> dict[str, Any]:
        """Return a stage's settings without what its own workshop handed on to it."""
        try:
            settings = self._agenda.settings(stage)
        except Refused:
            return dict(stage.settings)  # as unreadable as in the original: its page says so
        kept: dict[str, Any] = settings.model_dump(mode="json")
        for name, value in dict(settings).items():
            if isinstance(value, tuple) and any(isinstance(one, Option) for one in value):
                stays = [one.origin is None or one.origin.stage_id not in own for one in value]
                kept[name] = [one for one, stay in zip(kept[name], stays, strict=True) if stay]
        return kept
