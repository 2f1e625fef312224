"""The register: each commitment with what staff and partners wrote about it, and if it counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from exercises.commitments.days import read_day
from exercises.commitments.model import Commitment, Entry, Need, NeedAnswer, StatusEntry
from exercises.commitments.smart import BRIEFLY, advise
from workshop.cards import words
from workshop.exercise import Advice
from workshop.language import Multilingual, Text
from workshop.model import Contribution, Id, Organisation, Room

NUMBER = re.compile(r"\D{0,4}0*(\d{1,6})")
NOT_COUNTED = frozenset({"draft", "withdrawn", "invalid"})
ANSWERED = frozenset({"accepted", "declined", "fulfilled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """Something a commitment needs from an organisation, and what that one answered."""

    organisation: Organisation
    what: Multilingual
    answer: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One commitment as the register keeps it."""

    contribution: Contribution[Entry]
    entry: Commitment
    words: Multilingual
    """The action: the wording of the staff, else the author's."""
    organisation: Organisation | None
    due: date | None
    status: str
    needs: tuple[NeedLine, ...]
    elsewhere: tuple[Need, ...]
    """Needs from organisations that are not in this series: told, but not in the network."""
    errors: tuple[Text, ...]
    """Why it is a draft."""
    warnings: tuple[Text, ...]
    note: str = ""

    @property
    def number(self) -> int:
        """What people call it."""
        return self.contribution.number

    @property
    def counted(self) -> bool:
        """Proposed or later, not withdrawn or invalid, without errors."""
        return self.status not in NOT_COUNTED and not self.errors

    @property
    def needed(self) -> tuple[Id, ...]:
        """Return whom it needs, each once: what was declined is no longer counted on."""
        asked = (need.organisation.id for need in self.needs if need.answer != "declined")
        return tuple(dict.fromkeys(asked))

    @property
    def lacks(self) -> tuple[Text, ...]:
        """Return its errors in two words each."""
        return tuple(dict.fromkeys(BRIEFLY[one.message] for one in self.errors))

    @property
    def printable(self) -> bool:
        """Whether its author lets its wording be shown."""
        return not self.entry.withheld

    def said(self, typed: str) -> Multilingual:
        """Return something the author typed, in the language they wrote."""
        return Multilingual(**{self.contribution.language: typed})


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """All commitments that are not hidden, by number, and what was written about none of them."""

    lines: tuple[Line, ...]
    lost: tuple[Contribution[Entry], ...]
    """Statuses and answers whose commitment is not in the register."""

    @property
    def counted(self) -> tuple[Line, ...]:
        """The commitments that the analysis is about."""
        return tuple(line for line in self.lines if line.counted)


def keep(contributions: Sequence[Contribution[Entry]], room: Room) -> Register:
    """Return the register; of several statuses or answers the latest one holds."""
    known = sorted(contributions, key=lambda one: one.number)
    answers: dict[tuple[Id, Id], NeedAnswer] = {}
    statuses: dict[Id, StatusEntry] = {}
    lost: list[Contribution[Entry]] = []
    for one in known:
        entry = one.entry
        if isinstance(entry, Commitment) or not one.stands:
            continue
        target = _meant(entry.commitment, known)
        asked = _answering(one, room)
        if target is None:
            lost.append(one)
        elif isinstance(entry, StatusEntry):
            statuses[target] = entry
        elif asked is not None:
            answers[target, asked] = entry
    lines = [
        _line(one, one.entry, statuses.get(one.id), answers, room)
        for one in known
        if isinstance(one.entry, Commitment) and _kept(one)
    ]
    return Register(lines=tuple(lines), lost=tuple(lost))


def _kept(one: Contribution[Entry]) -> bool:
    """Return whether it belongs to the register; one its author withdrew still does."""
    return not (one.hidden or one.into or one.replaced_by)


def _meant(told: str, known: Sequence[Contribution[Entry]]) -> Id | None:
    """Return the commitment that a number ("7", "№ 7", "K07") or an id means, as it stands now."""
    found = NUMBER.fullmatch(told.strip())
    for one in known:
        named = one.id == told.strip() or (found and one.number == int(found[1]))
        if named and isinstance(one.entry, Commitment):
            return _now(one, {other.id: other for other in known})
    return None


def _now(one: Contribution[Entry], known: Mapping[Id, Contribution[Entry]]) -> Id | None:
    """Return what a commitment became when it was changed or merged; None if it is gone."""
    seen = set()
    while not _kept(one):
        following = one.replaced_by or one.into
        if one.id in seen or not following or following not in known or one.hidden:
            return None
        seen.add(one.id)
        one = known[following]
    return one.id


def _answering(one: Contribution[Entry], room: Room) -> Id | None:
    """Return the organisation that answers: the one named by staff, else the sender's own."""
    if not isinstance(one.entry, NeedAnswer):
        return None
    if not one.sender.staff:
        return one.sender.organisation_id
    named = room.organisation_named(one.entry.organisation)
    return named.id if named else None


def _line(
    one: Contribution[Entry],
    entry: Commitment,
    status: StatusEntry | None,
    answers: Mapping[tuple[Id, Id], NeedAnswer],
    room: Room,
) -> Line:
    advice = advise(entry, one.sender, room)
    errors = tuple(each.text for each in advice if each.level == "error")
    due = read_day(entry.due, room.day)
    return Line(
        contribution=one,
        entry=entry,
        words=words(one, entry.action),
        organisation=room.organisation(one.sender.organisation_id),
        due=due.day if due else None,
        status=_status(one, status, errors),
        needs=tuple(
            _need(one, asked, need.what, answers.get((one.id, asked.id)))
            for need in entry.needs
            if (asked := room.organisation_named(need.organisation)) is not None
        ),
        elsewhere=tuple(
            need for need in entry.needs if room.organisation_named(need.organisation) is None
        ),
        errors=errors,
        warnings=tuple(_warnings(advice)),
        note=status.note if status else "",
    )


def _status(one: Contribution[Entry], written: StatusEntry | None, errors: Sequence[Text]) -> str:
    if one.withdrawn:
        return "withdrawn"
    if written is not None and (written.status in NOT_COUNTED or not errors):
        return written.status
    if errors:
        return "draft"
    return "needs_confirmation" if one.sender.left_early else "proposed"


def _need(
    one: Contribution[Entry], asked: Organisation, what: str, answer: NeedAnswer | None
) -> NeedLine:
    return NeedLine(
        organisation=asked,
        what=Multilingual(**{one.language: what}),
        answer=answer.answer if answer else "asked",
        note=answer.note if answer else "",
    )


def _warnings(advice: Sequence[Advice]) -> list[Text]:
    return [each.text for each in advice if each.level == "warning"]
