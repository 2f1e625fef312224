"""Ballots on paper: what is asked on them, and what staff type of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop.language import text
from workshop.model import Actor, Id, Refused, Sender, Stage
from workshop.paper import Part, read
from workshop.store import rows
from workshop.store.opening import Store
from workshop.store.paper import PaperDesk, Sheet
from workshop.store.verdicts import Sending
from workshop.toolkit.agenda import Agenda
from workshop.toolkit.entries import Entries
from workshop.toolkit.results import Results


class Papers:
    """Stacks of ballots."""

    def __init__(self, store: Store, agenda: Agenda, results: Results, entries: Entries) -> None:
        self._desk = PaperDesk(store)
        self._agenda = agenda
        self._results = results
        self._entries = entries

    def parts(self, stage: Stage) -> Sequence[Part]:
        """Return what a ballot of a stage asks; nothing where it takes place in the room only."""
        exercise = self._agenda.exercise(stage)
        settings, room = self._results.surroundings(stage)
        if exercise.paper is None or not exercise.asks(settings):
            return ()
        return tuple(exercise.paper(settings, room))

    def take(
        self,
        by: Actor,
        stage_id: Id,
        typed: Sequence[Sequence[str]],
        *,
        group_id: Id,
        organisation_id: Id | None = None,
        language: str = "bg",
    ) -> Sheet:
        """Keep one ballot, the typed lines of each part in their order.

        Raises:
            Refused: what is wrong with it, ``field`` being "part.line"; nothing was stored.
        """
        stage = self._agenda.stage(stage_id)
        sendings: list[Sending] = []
        sender = Sender(person="paper", organisation_id=organisation_id, group_id=group_id)
        for place, (part, lines) in enumerate(zip(self.parts(stage), typed, strict=True)):
            try:
                sendings += [
                    self._sending(stage, sender, one, language) for one in read(part, lines)
                ]
            except Refused as refused:
                line = refused.field if refused.field.isdecimal() else "0"
                raise Refused(refused.reason, f"{place}.{line}") from refused
        if not sendings:
            raise Refused(text("Nothing is typed of this ballot yet."))
        return self._desk.take(by, stage_id, group_id, organisation_id, sendings)

    def take_back(self, by: Actor, stage_id: Id, participant_id: Id) -> None:
        """Take the ballot typed for somebody back; see ``PaperDesk.take_back``."""
        self._desk.take_back(by, stage_id, participant_id)

    def _sending(
        self, stage: Stage, sender: Sender, answers: dict[str, Any], language: str
    ) -> Sending:
        exercise = self._agenda.exercise(stage)
        settings, room = self._results.surroundings(stage)
        entry = self._entries.read(exercise, answers)
        exercise.check(settings, entry, sender, room)
        return Sending(
            stage_id=stage.id,
            entry=entry.model_dump(mode="json"),
            key=rows.new_id(),
            slot=exercise.slot(entry) if exercise.slot else None,
            channel="paper",
            language=language,
            limit=exercise.limit(settings),
        )
