"""The people of the sample in a room: they join, write and vote at the sample's own times."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from examples.names import Names
from workshop.language import say
from workshop.model import Id, Refused, Series, Staff, Stage, StageDraft, StageState, Workshop
from workshop.toolkit import Receipt, Toolkit

ZONE = ZoneInfo("Europe/Sofia")
LETTER = "letter of "


class Clock:
    """The clock of the throw-away database: it shows what the sample says, and never goes back."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        """Return the moment; a little passes at each look, so that nothing happens at once."""
        self.now += timedelta(milliseconds=7)
        return self.now

    def reach(self, moment: datetime) -> None:
        """Let it be ``moment``, unless it is later already."""
        self.now = max(self.now, moment.astimezone(UTC))

    def pass_by(self, **spans: float) -> None:
        """Let some time pass."""
        self.now += timedelta(**spans)


class House:
    """A toolkit with the sample's people, and the workshop they are in just now."""

    def __init__(
        self,
        toolkit: Toolkit,
        sample: Mapping[str, Any],
        names: Names,
        series: Series,
        facilitator: Staff,
        clock: Clock,
    ) -> None:
        self.toolkit = toolkit
        self.sample = sample
        self.names = names
        self.series = series
        self.facilitator = facilitator
        self.clock = clock
        self.workshop: Workshop
        self.people: dict[str, Id] = {}
        """Who is in the room, by the sample's ids."""
        self.remarks: list[str] = []
        """What did not go as the sample says, a sentence each."""
        self._first = False
        self._groups = {one.key: one.id for one in toolkit.library.groups(series.id)}
        self._organisations = {one.key: one.id for one in toolkit.library.organisations(series.id)}

    def begin(self, told: Mapping[str, Any]) -> None:
        """Make a workshop of the sample and let everybody in who is on time."""
        hour, minute = (int(part) for part in told["start"].split(":"))
        day = datetime.fromisoformat(told["date"]).replace(hour=hour, minute=minute, tzinfo=ZONE)
        self._first = told is self.sample["workshops"][0]
        self.clock.reach(day - timedelta(days=6))
        self.workshop = self.toolkit.library.create_workshop(
            self.facilitator,
            self.series.id,
            title=self.names.both(told, "title"),
            day=day.date(),
            starts_at=told["start"],
            minutes=told["minutes"],
        )
        self.clock.reach(day - timedelta(minutes=12))
        self.people = {}
        for person in self.sample["participants"]:
            if not self.is_late(person):
                self.clock.pass_by(seconds=21)
                self.let_in(person)
        self.clock.reach(day)

    def let_in(self, person: Mapping[str, Any]) -> None:
        """Let somebody join with a phone, speaking for whom the sample says."""
        joined = self.toolkit.people.join(
            self.workshop.code,
            group_id=self._groups[person["group"]],
            organisation_id=self._organisations.get(person["org"]),
            attendance=person["attendance"],
            role=self.names.clean(person["role_bg"]),
            voting=person["voting"],
            key=f"join-{self.workshop.short_name}-{person['id']}",
        )
        self.people[person["id"]] = joined.participant.id

    def is_late(self, person: Mapping[str, Any]) -> bool:
        """Return whether somebody comes only after the first stage of the first workshop."""
        return self._first and any(case.startswith("late:") for case in person["cases"])

    def leaving(self) -> list[str]:
        """Return who goes before the end."""
        return [
            one["id"]
            for one in self.sample["participants"]
            if any(case.startswith("left_early:") for case in one["cases"])
        ]

    def speaker_of(self, organisation: str, *, leaves: bool) -> str:
        """Return who makes a commitment of an organisation; ``leaves``: rather one who goes early.

        Where an organisation has nobody who may write, its letter is read out and typed in for it.
        """
        own = [
            one["id"]
            for one in self.sample["participants"]
            if one["org"] == organisation and one["voting"]
        ]
        gone = self.leaving()
        if own:
            speaker: str = sorted(own, key=lambda one: (one in gone) is not leaves)[0]
            return speaker
        letter = f"{LETTER}{organisation}"
        if letter not in self.people:
            self._let_in_a_letter(organisation, letter)
        return letter

    def is_letter(self, person: str) -> bool:
        """Return whether somebody is only a letter that was read out: no voter."""
        return person.startswith(LETTER)

    def _let_in_a_letter(self, organisation: str, letter: str) -> None:
        self.remarks.append(f"{organisation} has nobody in the room: its commitments are read out.")
        told = next(one for one in self.sample["organisations"] if one["id"] == organisation)
        self.let_in(
            {
                "id": letter, "group": told["group"], "org": organisation, "attendance": "remote",
                "role_bg": "писмо, прочетено в залата", "voting": True,
            }
        )  # fmt: skip

    def add_stage(self, draft: StageDraft) -> Stage:
        """Put a stage at the end of the agenda."""
        return self.toolkit.agenda.add_stage(self.facilitator, self.workshop.id, draft)

    def move(self, stage: Stage, *states: StageState) -> None:
        """Move a stage through states, with a pause before each."""
        for state in states:
            self.clock.pass_by(seconds=40)
            self.toolkit.agenda.move(self.facilitator, stage.id, state)

    def send(
        self, person: str, stage: Stage, answers: Mapping[str, Any], key: str, *, seconds: float = 4
    ) -> Receipt | Refused:
        """Send an entry from a phone; a refusal is an answer as well."""
        self.clock.pass_by(seconds=seconds)
        try:
            sent = self.toolkit.entries.contribute(self.people[person], stage.id, answers, key)
            return sent.result()
        except Refused as refused:
            return refused

    def record(self, stage: Stage, answers: Mapping[str, Any], about: str) -> None:
        """Write a staff entry about something of the sample."""
        self.clock.pass_by(seconds=9)
        try:
            self.toolkit.entries.record(self.facilitator, stage.id, answers)
        except Refused as refused:
            self.refused(about, refused)

    def accepted(self, about: str, sent: Receipt | Refused) -> Receipt | None:
        """Return the receipt; what the sample does not expect to be refused is remarked upon."""
        if isinstance(sent, Receipt):
            return sent
        self.refused(about, sent)
        return None

    def refused(self, about: str, refused: Refused) -> None:
        """Note a refusal the sample does not speak of."""
        self.remarks.append(f"{about} was refused: {say(refused.reason, 'en')}")

    def finish(self) -> None:
        """Close what is still open and say that the workshop is over."""
        for stage in self.toolkit.agenda.stages(self.workshop.id):
            if stage.state is StageState.revealed:
                self.move(stage, StageState.closed)
        self.clock.pass_by(minutes=2)
        self.toolkit.library.finish_workshop(self.facilitator, self.workshop.id)
