"""From what is recalled to its first lines, and from notes to what has changed: one result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exercises.recap.model import Entry, Settings
from workshop.cards import Card, cards
from workshop.exercise import Earlier, Offer
from workshop.language import Multilingual, Sayable, text
from workshop.model import Anonymity, Contribution, Id, Room, StageState

SHARED = 2
"""Lines that share a place are shown up to so many times what was asked for."""
UNSEEN = (StageState.planned, StageState.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A stage of an earlier workshop with the lines that are shown of it."""

    earlier: Earlier
    best: tuple[Offer, ...]
    equal: int
    """How many more lines share the place of the last one shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody says has changed, with all that was merged into it."""

    label: str
    """What people call it ("N7")."""
    number: int
    words: Multilingual
    text: str
    """What its author typed."""
    by: tuple[Sayable, ...]
    """Organisations and citizens; empty where the stage does not show them."""
    support: int
    merged: tuple[tuple[str, str], ...]
    """Label and text of each note merged into it."""
    contribution_ids: tuple[Id, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a recap tells on wall, phone and paper."""

    stage_id: Id
    recalled: tuple[Recalled, ...]
    notes: tuple[Note, ...]
    """Most widely shared first; none before the room may see them."""
    asked: bool
    """Notes were asked for, and the room may see them."""


def analyse(settings: Settings, contributions: Sequence[Contribution[Entry]], room: Room) -> Result:
    """Return the result; the order of the contributions does not matter."""
    current = [one for one in contributions if not (one.replaced_by or one.withdrawn)]
    # The wall shows the recap while people still write: their notes wait for each other.
    seen = room.live or room.state not in UNSEEN
    notes = [_note(card, room) for card in cards(current, lambda entry: entry.text)]
    return Result(
        stage_id=current[0].stage_id if current else "",
        recalled=tuple(_recalled(one, settings.most) for one in room.earlier),
        notes=tuple(sorted(notes, key=lambda one: (-one.support, one.number))) if seen else (),
        asked=(settings.notes or bool(notes)) and seen,
    )


def _recalled(earlier: Earlier, most: int) -> Recalled:
    """Return the best lines: a place is shown whole, or left out whole where others are there."""
    offers = earlier.offers
    if len(offers) <= most:
        return Recalled(earlier=earlier, best=offers, equal=0)
    last = offers[most - 1].rank
    whole = [one for one in offers if one.rank <= last]
    if len(whole) <= most * SHARED:
        return Recalled(earlier=earlier, best=tuple(whole), equal=0)
    above = [one for one in offers if one.rank < last]
    best = above or list(offers[:most])
    equal = 0 if above else sum(one.rank == last for one in offers) - len(best)
    return Recalled(earlier=earlier, best=tuple(best), equal=equal)


def _note(card: Card[Entry], room: Room) -> Note:
    first = card.first
    return Note(
        label=_label(first),
        number=first.number,
        words=card.words,
        text=first.entry.text,
        by=_speakers(card, room),
        support=card.people,
        merged=tuple((_label(one), one.entry.text) for one in card.originals[1:]),
        contribution_ids=tuple(one.id for one in card.originals),
    )


def _label(one: Contribution[Entry]) -> str:
    return f"N{one.number}"


def _speakers(card: Card[Entry], room: Room) -> tuple[Sayable, ...]:
    """Return for whom those spoke who said it, as far as the stage lets anybody know."""
    if room.anonymity not in (Anonymity.named, Anonymity.organisation):
        return ()
    senders = [one.sender for one in card.originals if not one.sender.staff]
    found = (room.organisation(one) for one in card.organisations)
    names: list[Sayable] = [one.name for one in found if one is not None]
    if any(one.organisation_id is None for one in senders):
        names.append(text("a citizen"))
    return tuple(names) or (text("facilitator"),)
