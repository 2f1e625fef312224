"""Contributions as the cards people see: one for all that were merged, with everybody behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from workshop.language import Multilingual, Sayable, text
from workshop.model import Anonymity, Contribution, Id, Room, Stage

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Generic[Entry]):
    """A standing contribution with the originals merged into it (itself the first of them)."""

    first: Contribution[Entry]
    originals: tuple[Contribution[Entry], ...]
    words: Multilingual
    """The wording of the staff, in other languages the author's own text."""

    @property
    def people(self) -> int:
        """How many different people said it; entries of the staff are nobody's."""
        if len(self.originals) == 1:  # nearly all: a wall counts thousands after each new one
            return 0 if self.first.sender.staff else 1
        known = {one.sender.person for one in self._said if one.sender.person}
        return len(known) + sum(1 for one in self._said if not one.sender.person)

    @property
    def groups(self) -> frozenset[Id]:
        """The stakeholder groups of those who said it."""
        return frozenset(one.sender.group_id for one in self._said if one.sender.group_id)

    @property
    def organisations(self) -> tuple[Id, ...]:
        """The organisations of those who said it, each once, in the order received."""
        found = (one.sender.organisation_id for one in self._said)
        return tuple(dict.fromkeys(one for one in found if one))

    def shelf(self, submitted: str) -> str:
        """Return where it stands: re-filed by staff, else where its author put it."""
        return self.first.shelf or submitted

    @property
    def _said(self) -> list[Contribution[Entry]]:
        return [one for one in self.originals if not one.sender.staff]


def cards(
    contributions: Sequence[Contribution[Entry]], spoken: Callable[[Entry], str]
) -> list[Card[Entry]]:
    """Return one card for each standing contribution, in the order received.

    ``spoken`` gives the free text of an entry. What was hidden, withdrawn or replaced is nobody's
    support; what was merged into it still is, through any number of merges.
    """
    ordered = sorted(contributions, key=_received)
    known = {one.id: one for one in ordered}
    merged: dict[Id, list[Contribution[Entry]]] = {}
    for one in ordered:
        if one.into:
            target = _target(one, known)
            if target is not None and target.stands:
                merged.setdefault(target.id, []).append(one)
    return [
        Card(
            first=one,
            originals=(one, *merged.get(one.id, ())),
            words=words(one, spoken(one.entry)),
        )
        for one in ordered
        if one.stands
    ]


def words(contribution: Contribution[object], typed: str) -> Multilingual:
    """Return what is shown of a text: the staff's wording, else the author's in its language."""
    own = Multilingual(**{contribution.language: typed})
    given = contribution.wording
    if not given:
        return own
    return Multilingual(bg=given.bg or own.bg, en=given.en or own.en)


def speaker(stage: Stage, room: Room, contribution: Contribution[object]) -> Sayable:
    """Return for whom a contribution speaks, as far as its stage lets anybody know."""
    if stage.anonymity not in (Anonymity.named, Anonymity.organisation):
        return ""
    if contribution.sender.staff:
        return text("facilitator")
    organisation = room.organisation(contribution.sender.organisation_id)
    return organisation.name if organisation is not None else text("a citizen")


def _received(one: Contribution[object]) -> tuple[int, Id]:
    return one.number, one.id


def _target(
    one: Contribution[Entry], known: Mapping[Id, Contribution[Entry]]
) -> Contribution[Entry] | None:
    """Return the contribution this one counts for; None if it does not count."""
    seen: set[Id] = set()
    while not (one.hidden or one.withdrawn or one.replaced_by):
        if not one.into:
            return one
        if one.into in seen or one.into not in known:
            return None
        seen.add(one.into)
        one = known[one.into]
    return None
