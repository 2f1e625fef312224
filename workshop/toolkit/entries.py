"""The way of one contribution: cleaned, validated, checked, then queued for the writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from workshop import fields
from workshop.exercise import Advice, Exercise
from workshop.language import Language, text
from workshop.model import Actor, Contribution, Id, Participant, Refused, Sender, Stage
from workshop.store import rows
from workshop.store.contributions import ContributionDesk
from workshop.store.opening import Store
from workshop.store.reading import Footing, look_at_footing
from workshop.store.verdicts import Kept, Sending
from workshop.text import clean
from workshop.toolkit.agenda import Agenda
from workshop.toolkit.results import Results

DEEPEST = 5
MOST_FIELDS = 400
LONGEST = 64_000
"""More than a field of any form holds; what is shorter is refused by the field, with its limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the sender is told once the entry is on disk."""

    contribution_id: Id
    number: int
    at: datetime
    advice: tuple[Advice, ...] = ()
    repeated: bool = False


class Entries:
    """What people send."""

    def __init__(self, store: Store, agenda: Agenda, results: Results) -> None:
        self._desk = ContributionDesk(store)
        self._store = store
        self._agenda = agenda
        self._results = results

    def contribute(
        self,
        participant_id: Id,
        stage_id: Id,
        answers: Mapping[str, Any],
        key: str,
        replaces: Id | None = None,
        channel: str = "phone",
        footing: Footing | None = None,
    ) -> Future[Receipt]:
        """Send a participant's answers; the future holds the receipt once they are on disk.

        ``footing``: where they stand, as far as the caller knows it already; the writer looks
        again, in the transaction that keeps the entry.

        Raises:
            Refused: at once or through the future, with the field it is about; nothing stored.
            NotFound: the stage is not of this person's workshop.
        """
        footing = footing or look_at_footing(self._store, participant_id, stage_id)
        person, stage = footing.person, footing.stage
        exercise = self._agenda.exercise(stage)
        entry = self.read(exercise, answers)
        if writer_of(entry) == "staff":
            raise Refused(text("Only the facilitator can write this."))
        settings, room = self._results.surroundings(stage, footing.shape)
        advice = exercise.check(settings, entry, sender_of(person), room)
        sending = Sending(
            stage_id=stage_id,
            entry=entry.model_dump(mode="json"),
            key=_key(key),
            participant_id=participant_id,
            slot=exercise.slot(entry) if exercise.slot else None,
            channel=channel,
            language=person.language,
            replaces=replaces,
            limit=exercise.limit(settings),
            mark=footing.mark,
            written=bool(exercise.typed(entry)),
        )
        return self._desk.send(sending, _receipt(advice))

    def record(
        self,
        by: Actor,
        stage_id: Id,
        answers: Mapping[str, Any],
        key: str = "",
        *,
        first: bool = False,
        language: Language = "bg",
    ) -> Receipt:
        """Write a staff entry: evidence, a confirmation, a partner's answer.

        ``first``: what stands in its place already stays; two who act at once write it once.
        ``language``: what its words are in.

        Raises:
            Refused: it is not for staff to write, or something is wrong with a field.
        """
        stage = self._agenda.stage(stage_id)
        exercise = self._agenda.exercise(stage)
        entry = self.read(exercise, answers)
        if writer_of(entry) == "participant":
            raise Refused(text("Only participants can write this."))
        sender = Sender(person=None, organisation_id=None, group_id=None, voting=False, staff=True)
        settings, room = self._results.surroundings(stage)
        advice = exercise.check(settings, entry, sender, room)
        sending = Sending(
            stage_id=stage_id,
            entry=entry.model_dump(mode="json"),
            key=_key(key or rows.new_id()),
            staff_name=rows.actor_name(by),
            slot=exercise.slot(entry) if exercise.slot else None,
            channel="staff",
            language=language,
            any_state=True,
            first=first,
        )
        return self._desk.send(sending, _receipt(advice)).result()

    def withdraw(self, participant_id: Id, contribution_id: Id, key: str) -> Future[Receipt]:
        """Take an own entry back while its stage is open."""
        return self._desk.withdraw(participant_id, contribution_id, _key(key), _receipt(()))

    def own(self, participant_id: Id, stage_id: Id) -> list[Contribution[Any]]:
        """Return what a participant has sent to a stage, oldest first, with typed entries."""
        return self.own_of(stage_id, [participant_id]).get(participant_id, [])

    def own_of(self, stage_id: Id, people: Sequence[Id]) -> dict[Id, list[Contribution[Any]]]:
        """Return what each of several participants has sent to a stage, with typed entries."""
        stage = self._agenda.stage(stage_id)
        found = self._desk.own_of(stage_id, people)
        return {who: self._results.typed(stage, those) for who, those in found.items()}

    def voted_of(self, stage_id: Id, people: Sequence[Id]) -> set[Id]:
        """Return who of several participants cast a secret ballot in a stage."""
        return self._desk.voted_of(stage_id, people)

    def senders(self, stage_id: Id) -> set[Id]:
        """Return who has sent something to a stage that stands, or cast a ballot in it."""
        return self._desk.senders(stage_id)

    def advice(
        self, stage: Stage, person: Participant, entry: BaseModel, shape: int | None = None
    ) -> list[Advice]:
        """Return what the check says today about an entry that was accepted."""
        settings, room = self._results.surroundings(stage, shape)
        try:
            return self._agenda.exercise(stage).check(settings, entry, sender_of(person), room)
        except Refused as problem:
            faults = problem.faults.items()
            return [Advice(level="error", text=reason, field=field) for field, reason in faults]

    def read(self, exercise: Exercise[Any, Any, Any], answers: Mapping[str, Any]) -> BaseModel:
        """Return answers as a validated entry, every text in it cleaned once, at the door."""
        count = [0]
        entry: BaseModel = fields.read(exercise.entry, _tidy(answers, 0, count))
        return entry


def sender_of(person: Participant) -> Sender:
    """Return a participant as the exercise may know them."""
    return Sender(
        person=person.id,
        organisation_id=person.organisation_id,
        group_id=person.group_id,
        voting=person.voting,
        left_early=person.left_at is not None,
    )


def writer_of(entry: BaseModel) -> str:
    """Return who may write an entry of this class: "participant" (default), "staff" or "both"."""
    return str(getattr(type(entry), "writer", "participant"))


def _key(key: str) -> str:
    if not key or len(key) > 80:
        raise Refused(
            text("This page is too old to be sent. Please open it again; your words are kept.")
        )
    return key


def _tidy(value: Any, depth: int, count: list[int]) -> Any:
    count[0] += 1
    if depth > DEEPEST or count[0] > MOST_FIELDS:
        raise Refused(text("This form has more answers than it can hold."))
    if isinstance(value, str):
        return clean(value, LONGEST)
    if isinstance(value, Mapping):
        return {clean(str(name), 120): _tidy(one, depth + 1, count) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_tidy(one, depth + 1, count) for one in value]
    return value


def _receipt(advice: Sequence[Advice]) -> Callable[[Kept], Receipt]:
    def told(kept: Kept) -> Receipt:
        return Receipt(
            contribution_id=kept.contribution_id,
            number=kept.number,
            at=kept.at,
            advice=tuple(advice),
            repeated=kept.repeated,
        )

    return told
