"""From notes to one result: merged ones once, by theme and by how many people said it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exercises.talk.model import Entry, Settings
from workshop.cards import Card, cards
from workshop.language import Multilingual, Sayable, text
from workshop.model import Anonymity, Contribution, Id, Room, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note with all that was merged into it."""

    label: str
    """What people call it ("N7")."""
    number: int
    words: Multilingual
    text: str
    """What its author typed."""
    by: tuple[Sayable, ...]
    """Organisations and citizens; empty where the stage does not show them."""
    support: int
    theme: Theme | None
    merged: tuple[tuple[str, str], ...]
    """Label and text of each note merged into it."""
    whole: str
    """The label of the note it was split off from; empty for one that is none's part."""
    contribution_ids: tuple[Id, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The notes of a talk as wall, phone and report tell them."""

    stage_id: Id
    notes: tuple[Note, ...]
    """Most widely shared first, then as they came."""
    submitted: int
    themes: tuple[Theme, ...]
    """Those under which a note stands, in the facilitator's order."""

    def under(self, theme: Theme | None) -> tuple[Note, ...]:
        """Return the notes under a theme, or those without one."""
        return tuple(note for note in self.notes if note.theme == theme)


def analyse(settings: Settings, contributions: Sequence[Contribution[Entry]], room: Room) -> Result:
    """Return the result; the order of the contributions does not matter."""
    current = [one for one in contributions if not (one.replaced_by or one.withdrawn)]
    themes = {one.id: one for one in room.themes}
    entries = {one.id: one for one in current}
    notes = [
        _note(card, room, themes, entries.get(card.first.part_of or ""))
        for card in cards(current, lambda entry: entry.text)
    ]
    used = {note.theme.id for note in notes if note.theme}
    return Result(
        stage_id=current[0].stage_id if current else "",
        notes=tuple(sorted(notes, key=lambda note: (-note.support, note.number))),
        submitted=sum(1 for one in current if not one.part_of),
        themes=tuple(sorted(
            (one for one in room.themes if one.id in used), key=lambda one: (one.position, one.id)
        )),
    )  # fmt: skip


def _note(
    card: Card[Entry],
    room: Room,
    themes: dict[Id, Theme],
    whole: Contribution[Entry] | None,
) -> Note:
    first = card.first
    return Note(
        label=_label(first),
        number=first.number,
        words=card.words,
        text=first.entry.text,
        by=_speakers(card, room),
        support=card.people,
        theme=themes.get(first.theme_id or ""),
        merged=tuple((_label(one), one.entry.text) for one in card.originals[1:]),
        whole=_label(whole) if whole else "",
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
