"""The verdict on each entry: sent before, allowed, replacing, room left; many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from workshop.language import Text, text
from workshop.model import WAITING, Anonymity, Id, NotFound, Refused, StageState
from workshop.store import bulk, standing, tables
from workshop.store.desk import changed
from workshop.store.freeing import stand_on
from workshop.store.rows import digest, new_id
from workshop.store.standing import Earlier, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A checked entry on its way into the database."""

    stage_id: Id
    entry: dict[str, Any]
    key: str
    participant_id: Id | None = None
    staff_name: str | None = None
    slot: str | None = None
    channel: str = "phone"
    language: str = "bg"
    replaces: Id | None = None
    limit: int = 40
    mark: str = ""
    """The beginning of the hash of the sender's token: an older phone of theirs is nobody."""
    written: bool = False
    """It holds words of the sender's own, which a facilitator may want to see first."""
    any_state: bool = False
    """Staff record evidence and confirmations after the room has gone home, too."""
    first: bool = False
    """What stands in its slot already stays there: a colleague was quicker with the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of a sending."""

    contribution_id: Id
    number: int
    at: datetime
    repeated: bool = False


Verdict = Kept | Refused | NotFound


def closed_sentence(state: str) -> Text:
    """Return what to tell somebody who came too late, or too early."""
    if state == StageState.planned:
        return text("This stage has not opened yet. Your words were not sent; you can copy them.")
    return text("This stage is closed. Your words were not counted; you can copy them.")


class _New(NamedTuple):
    """What is to be written, by table."""

    contributions: list[dict[str, Any]]
    replaced: list[tuple[Id, Id]]
    with_parts: list[tuple[Id, Id]]
    """Those of ``replaced`` that staff may have split; a ballot is never split."""
    turnout: list[dict[str, Any]]
    ballots: list[dict[str, Any]]
    events: list[dict[str, Any]]


def keep_all(connection: Connection, sendings: Sequence[Sending], now: datetime) -> list[Verdict]:
    """Write all entries that may be written; return a verdict for each, in their order.

    All that the verdicts rest on is read at once, in the transaction that writes.
    """
    desk = Intake(connection, sendings, now)
    verdicts: list[Verdict] = []
    for one in sendings:
        try:
            verdicts.append(desk.take(one))
        except (Refused, NotFound) as problem:
            verdicts.append(problem)
    desk.write(connection)
    return verdicts


class Intake:
    """Entries being taken in: what is known of their senders, and what is to be written."""

    def __init__(self, connection: Connection, sendings: Sequence[Sending], now: datetime) -> None:
        self.now = now
        self.known = standing.look(connection, sendings)
        self.new = _New([], [], [], [], [], [])
        self.grown: Counter[Id] = Counter()
        self.moved: Counter[Id] = Counter()

    def take(self, sending: Sending) -> Kept:
        """Decide on one entry; what it leaves behind is seen by the next.

        Raises:
            Refused: a sentence for the sender; the entry leaves no trace.
            NotFound: there is no such stage for this person.
        """
        place = self.known.places.get(sending.stage_id)
        if place is None:
            raise NotFound("stage")
        who = sending.participant_id
        if who is None:
            if not sending.any_state and place.state == StageState.closed:
                raise Refused(closed_sentence(place.state))
            older = _superseded(self.known.standing.get((place.id, None), {}), sending)
            if sending.first and older is not None:
                return Kept(contribution_id=older, number=0, at=self.now, repeated=True)
            return self._keep(place, sending)
        secret = place.anonymity == Anonymity.secret
        earlier = self.known.sent.get((who, sending.key))
        if earlier is not None:
            return _once_more(earlier, sending)
        if secret and self.known.voted.get((place.id, who)) == sending.key:
            at = place.opened_at or self.now
            return Kept(contribution_id="", number=0, at=at, repeated=True)
        self._admit(place, sending)
        return self._cast(place, sending) if secret else self._keep(place, sending)

    def _admit(self, place: Place, sending: Sending) -> None:
        """Refuse who may not write here, and what comes when the stage is not open."""
        person = self.known.people.get(sending.participant_id or "")
        if person is None or not person.token_hash.startswith(sending.mark):
            raise NotFound("participant")
        if person.workshop_id != place.workshop_id:
            raise NotFound("stage")
        if not person.voting:
            raise Refused(text("Observers watch; they do not write or vote."))
        paper = sending.channel == "paper" and place.state != StageState.closed
        if place.state != StageState.open and not paper:
            raise Refused(closed_sentence(place.state))

    def _keep(self, place: Place, sending: Sending) -> Kept:
        """Keep an entry under its sender, in the place of an older one if it says so."""
        own = self.known.standing.setdefault((place.id, sending.participant_id), {})
        older = _superseded(own, sending)
        if older is None and sending.participant_id is not None and len(own) >= sending.limit:
            raise Refused(
                text(
                    "You have sent {n} entries, the most for one person. Change or withdraw one "
                    "first.",
                    n=len(own),
                )
            )
        place.last += 1
        kept = Kept(contribution_id=new_id(), number=place.last, at=self.now)
        if older is not None:
            del own[older]
            self.new.replaced.append((older, kept.contribution_id))
            if sending.slot is None:
                self.new.with_parts.append((older, kept.contribution_id))
        own[kept.contribution_id] = sending.slot
        mark = digest(sending.entry)
        if sending.participant_id is not None:
            self.known.sent[sending.participant_id, sending.key] = Earlier(
                kept.contribution_id, place.id, kept.number, kept.at, mark
            )
        self._note(place, sending, kept, mark, "contribute" if older is None else "replace")
        return kept

    def _note(self, place: Place, sending: Sending, kept: Kept, mark: str, act: str) -> None:
        # What staff type or copy from paper, somebody has looked at.
        waits = place.moderated and sending.written and sending.channel == "phone"
        self.new.contributions.append(
            {
                "id": kept.contribution_id,
                "stage_id": place.id,
                "participant_id": sending.participant_id,
                "staff_name": sending.staff_name,
                "number": kept.number,
                "entry": sending.entry,
                "digest": mark,
                "key": sending.key,
                "slot": sending.slot,
                "channel": sending.channel,
                "at_table": self.known.seats.get((place.id, sending.participant_id or "")),
                "language": sending.language,
                "at": kept.at,
                "hidden": WAITING if waits else "",
                "wording": {},
            }
        )
        self.new.events.append(
            {
                "at": kept.at,
                "workshop_id": place.workshop_id,
                "stage_id": place.id,
                "actor": sending.staff_name or "participant",
                "act": act,
                "about": kept.contribution_id,
                "detail": {"waits": True} if waits else {},
            }
        )
        self._grow(place)

    def _cast(self, place: Place, sending: Sending) -> Kept:
        """Keep a secret ballot: who voted and what was voted, without any thread between them."""
        voter = (place.id, sending.participant_id or "")
        if voter in self.known.voted:
            raise Refused(
                text(
                    "You have already voted. A secret ballot cannot be changed: nobody "
                    "knows which is yours."
                )
            )
        self.known.voted[voter] = sending.key
        self.new.turnout.append(
            {"stage_id": place.id, "participant_id": voter[1], "key": sending.key}
        )
        self.new.ballots.append({"id": new_id(), "stage_id": place.id, "entry": sending.entry})
        self._grow(place)
        return Kept(contribution_id="", number=0, at=self.now)

    def _grow(self, place: Place) -> None:
        self.grown[place.id] += 1
        self.moved[place.workshop_id] += 1

    def write(self, connection: Connection) -> None:
        """Write all that was kept."""
        bulk.replace(connection, self.new.replaced)  # first: a slot holds one entry at a time
        bulk.replace(connection, self.new.with_parts, parts=True)
        self._let_followers_stand(connection)
        bulk.insert(connection, tables.contribution, self.new.contributions)
        bulk.insert(connection, tables.turnout, self.new.turnout)
        # In the order of their random ids: nothing tells which came with which turnout.
        ballots = sorted(self.new.ballots, key=lambda one: str(one["id"]))
        bulk.insert(connection, tables.ballot, ballots)
        bulk.insert(connection, tables.event, self.new.events)
        bulk.grow(connection, tables.stage, self.grown)
        bulk.grow(connection, tables.workshop, self.moved)

    def _let_followers_stand(self, connection: Connection) -> None:
        gone = [older for older, _ in self.new.replaced]
        if gone:
            for stage_id in sorted(stand_on(connection, gone)):
                changed(connection, self.known.places[stage_id].workshop_id, stage_id)


def _once_more(earlier: Earlier, sending: Sending) -> Kept:
    """Return the first answer to a form that comes again; refuse another form under its key."""
    if earlier.digest != digest(sending.entry) or earlier.stage_id != sending.stage_id:
        raise Refused(
            text(
                "This page was already sent with other words. Open the page again and "
                "send the new ones."
            )
        )
    return Kept(contribution_id=earlier.id, number=earlier.number, at=earlier.at, repeated=True)


def _superseded(own: dict[Id, str | None], sending: Sending) -> Id | None:
    """Return which of the sender's own entries this one takes the place of, if any."""
    if sending.slot is not None:
        return next((one for one, slot in own.items() if slot == sending.slot), None)
    if sending.replaces is None:
        return None
    if sending.replaces not in own:
        raise Refused(
            text("The entry you are changing is no longer there. Send your words as a new one.")
        )
    return sending.replaces
