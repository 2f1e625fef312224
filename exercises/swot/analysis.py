"""From SWOT entries to one result: cards by quadrant, support, themes and groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from exercises.swot.model import LETTERS, Entry, Settings
from workshop.cards import Card, cards
from workshop.language import Multilingual, Sayable, text
from workshop.model import Anonymity, Contribution, Id, Room, StakeholderGroup, Theme
from workshop.statistics.suppression import visible_groups
from workshop.text import cloud_words

BY_ORGANISATION = (Anonymity.named, Anonymity.organisation)
"""Modes in which a text is shown with the organisation it came from."""
FREE_TEXT_GROUP = 5
"""People a group needs before single texts are ascribed to it; in totals fewer do."""

Counts = Mapping[str, int]
"""How many by quadrant letter; every letter is in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """A card on the board with all that was merged into it."""

    label: str
    """What people call it: quadrant and number ("W7")."""
    number: int
    quadrant: str
    submitted: str
    """Where its author put it."""
    words: Multilingual
    text: str
    """What the author typed, in full."""
    support: int
    theme: Theme | None
    by: tuple[Sayable, ...]
    """Organisations, citizens, the facilitator; empty where the stage does not show them."""
    groups: tuple[StakeholderGroup, ...]
    """Groups that may be named beside it; empty where organisations are shown."""
    merged: tuple[tuple[str, str, str], ...]
    """Label, quadrant where it was submitted, and text of each entry merged into it."""
    whole: str
    """The label of the entry it was split off from; empty for a card that is none's part."""
    contribution_ids: tuple[Id, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCount:
    """A theme over the quadrants; ``only`` names the one group that spoke of it, if it may be."""

    theme: Theme
    counts: Counts
    only: StakeholderGroup | None
    groups: Mapping[Id, int]
    """Entries by shown group, merged ones included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCount:
    """What people of a shown group submitted, where it stands now."""

    group: StakeholderGroup
    people: int
    counts: Counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A SWOT analysis as wall, phone and report tell it."""

    settings: Settings
    stage_id: Id
    ideas: tuple[Idea, ...]
    """By quadrant, then support, then number."""
    submitted: int
    merged: int
    hidden: Counts
    """How many were hidden, by reason."""
    refiled: int
    authors: int
    eligible: int
    themes: tuple[ThemeCount, ...]
    groups: tuple[GroupCount, ...]
    all_groups: Counts
    """The same counts for everybody, so that the rows not shown are not lost."""
    groups_hidden: int
    smallest_group: int
    words: tuple[tuple[str, float], ...]
    source: Literal["organisation", "group", ""]
    """What may be named beside a card: its organisations, its larger groups, or nothing."""

    @property
    def counts(self) -> Counts:
        """Return how many cards stand in each quadrant."""
        return _by_letter(idea.quadrant for idea in self.ideas)

    @property
    def balance(self) -> float | None:
        """Return (S + O) / all: 1 only helpful, 0 only harmful, None without cards."""
        counts = self.counts
        return (counts["S"] + counts["O"]) / len(self.ideas) if self.ideas else None

    def quadrant(self, letter: str) -> tuple[Idea, ...]:
        """Return the cards of one quadrant, most supported first."""
        return tuple(idea for idea in self.ideas if idea.quadrant == letter)


def analyse(settings: Settings, contributions: Sequence[Contribution[Entry]], room: Room) -> Result:
    """Return the result; the order of the contributions does not matter."""
    current = [one for one in contributions if not (one.replaced_by or one.withdrawn)]
    stacks = cards(current, lambda entry: entry.shown)
    sizes = _sizes(room, current)
    shown = visible_groups(sizes, room.smallest_group).shown
    named = _named(room, sizes)
    registers = _Registers(room, named)
    entries = {one.id: one for one in current}
    ideas = [_idea(card, registers, entries.get(card.first.part_of or "")) for card in stacks]
    main = room.languages[0]
    spoken = _spoken(stacks)
    return Result(
        settings=settings,
        stage_id=current[0].stage_id if current else "",
        ideas=tuple(sorted(ideas, key=_place)),
        submitted=sum(1 for one in current if not one.part_of),
        merged=sum(len(card.originals) - 1 for card in stacks),
        hidden=dict(sorted(Counter(one.hidden for one in current if one.hidden).items())),
        refiled=sum(idea.quadrant != idea.submitted for idea in ideas),
        authors=len({one.sender.person for one in current if one.sender.person}),
        eligible=len(room.eligible),
        themes=_themes(stacks, room, shown),
        groups=tuple(
            GroupCount(
                group=group,
                people=sizes[group.id],
                counts={letter: spoken[group.id, letter] for letter in LETTERS},
            )
            for group in room.groups
            if group.id in shown
        ),
        all_groups={
            letter: sum(n for (_, found), n in spoken.items() if found == letter)
            for letter in LETTERS
        },
        groups_hidden=sum(1 for group in sizes if group not in shown),
        smallest_group=room.smallest_group,
        words=tuple(cloud_words([card.words.said(main) for card in stacks], main)),
        source="organisation" if room.anonymity in BY_ORGANISATION else "group" if named else "",
    )


def _spoken(stacks: Sequence[Card[Entry]]) -> Counter[tuple[Id | None, str]]:
    """Return how often each group spoke of each quadrant, merged entries included."""
    return Counter(
        (one.sender.group_id, _quadrant(card))
        for card in stacks
        for one in card.originals
        if not one.sender.staff
    )


class _Registers:
    """What every card looks up in the room: looked up once, for thousands of cards."""

    def __init__(self, room: Room, named: frozenset[Id]) -> None:
        self.themes = {one.id: one for one in room.themes}
        self._organisations = {one.id: one.name for one in room.organisations}
        self._groups = room.groups
        self._named = named
        self._by_organisation = room.anonymity in BY_ORGANISATION
        self._by: dict[tuple[tuple[Id, ...], bool], tuple[Sayable, ...]] = {}

    def by(self, card: Card[Entry]) -> tuple[Sayable, ...]:
        """Return for whom those spoke who said it: organisations, citizens, or the staff."""
        if not self._by_organisation:
            return ()
        senders = [one.sender for one in card.originals if not one.sender.staff]
        citizen = any(one.organisation_id is None for one in senders)
        key = card.organisations, citizen
        if key not in self._by:
            known = self._organisations
            names: list[Sayable] = [known[one] for one in card.organisations if one in known]
            names += [text("a citizen")] if citizen else []
            self._by[key] = tuple(names) or (text("facilitator"),)
        return self._by[key]

    def groups(self, card: Card[Entry]) -> tuple[StakeholderGroup, ...]:
        """Return the groups that may be named beside a card."""
        if not self._named:
            return ()
        spoke = card.groups & self._named
        return tuple(one for one in self._groups if one.id in spoke)


def _idea(card: Card[Entry], registers: _Registers, whole: Contribution[Entry] | None) -> Idea:
    first = card.first
    quadrant = _quadrant(card)
    return Idea(
        label=_label(quadrant, first),
        number=first.number,
        quadrant=quadrant,
        submitted=first.entry.kind,
        words=card.words,
        text=first.entry.text,
        support=card.people,
        theme=registers.themes.get(first.theme_id) if first.theme_id else None,
        by=registers.by(card),
        groups=registers.groups(card),
        merged=tuple(
            (_label(one.entry.kind, one), one.entry.kind, one.entry.text)
            for one in card.originals[1:]
        ),
        whole=_label(whole.entry.kind, whole) if whole else "",
        contribution_ids=tuple(one.id for one in card.originals),
    )


def _themes(
    stacks: Sequence[Card[Entry]], room: Room, shown: Sequence[Id]
) -> tuple[ThemeCount, ...]:
    """Return the themes that have cards, in the facilitator's order."""
    answer = []
    for theme in sorted(room.themes, key=lambda one: (one.position, one.id)):
        under = [card for card in stacks if card.first.theme_id == theme.id]
        if not under:
            continue
        voices = Counter(
            one.sender.group_id for card in under for one in card.originals if not one.sender.staff
        )
        only = room.group(next(iter(voices))) if len(voices) == 1 and len(under) > 1 else None
        answer.append(
            ThemeCount(
                theme=theme,
                counts=_by_letter(_quadrant(card) for card in under),
                only=only if only is not None and only.id in shown else None,
                groups={group: voices[group] for group in shown},
            )
        )
    return tuple(answer)


def _named(room: Room, sizes: Mapping[Id, int]) -> frozenset[Id]:
    """Return the groups that may be named beside a single text, where no organisation is."""
    if room.anonymity in BY_ORGANISATION:
        return frozenset()
    return frozenset(visible_groups(sizes, max(FREE_TEXT_GROUP, room.smallest_group)).shown)


def _sizes(room: Room, current: Sequence[Contribution[Entry]]) -> dict[Id, int]:
    """Return the people per group, those who wrote and left before the lock included."""
    people = {*room.eligible, *(one.sender for one in current if not one.sender.staff)}
    crowd = Counter(group for _, group in {(one.person, one.group_id) for one in people})
    return {group.id: crowd[group.id] for group in room.groups if crowd[group.id]}


def _quadrant(card: Card[Entry]) -> str:
    return card.shelf(card.first.entry.kind)


def _label(quadrant: str, one: Contribution[Entry]) -> str:
    return f"{quadrant}{one.number}"


def _by_letter(found: Iterable[str]) -> dict[str, int]:
    counted = Counter(found)
    return {letter: counted[letter] for letter in LETTERS}


def _place(idea: Idea) -> tuple[int, int, int]:
    return LETTERS.index(idea.quadrant), -idea.support, idea.number
