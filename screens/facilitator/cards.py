"""Contributions as cards on the sorting board: read once, with what was merged into each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from workshop.cards import speaker, words
from workshop.exercise import Shelf
from workshop.language import Language, Multilingual, Sayable, Text, say, text
from workshop.model import WAITING, Contribution, Id, Room, Stage, Theme
from workshop.printable import literal
from workshop.toolkit import Toolkit

KEPT = 20
"""Boards remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One contribution as the facilitator sees it."""

    id: Id
    number: int
    words: Multilingual
    own: str
    """What its author wrote, as far as it is sorted by."""
    typed: tuple[str, ...]
    """All its author typed, part by part: a title, a result, a link."""
    language: str
    by: Sayable
    shelf: str
    filed: bool
    """Staff put it on another shelf than its author did."""
    theme_id: Id | None
    hidden: str
    into: Id | None
    authors: frozenset[Id]
    whole: int = 0
    """The number of the card it was split off from; 0 for none's part."""
    at_table: int | None = None
    """At which table it was written."""
    merged: tuple[Card, ...] = ()

    @property
    def tables(self) -> frozenset[int]:
        """From which tables it came, the merged ones included."""
        said = (self.at_table, *(one.at_table for one in self.merged))
        return frozenset(one for one in said if one)

    @property
    def support(self) -> int:
        """How many different people said it, the merged ones included."""
        return len(self.authors.union(*(one.authors for one in self.merged)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All a facilitator needs to sort a stage."""

    stage: Stage
    shelves: tuple[Shelf, ...]
    themes: tuple[Theme, ...]
    cards: tuple[Card, ...]
    """Those that stand, each with what was merged into it."""
    hidden: tuple[Card, ...]
    waiting: tuple[Card, ...] = ()
    """Those nobody has let through yet, the oldest first."""
    splits: bool = False
    """Whether a card that holds two ideas may be two cards."""

    def card(self, card_id: Id) -> Card | None:
        """Return the standing card with that id, if it still stands."""
        return next((one for one in self.cards if one.id == card_id), None)

    def theme(self, theme_id: Id | None) -> Theme | None:
        """Return the theme with that id, if there is one."""
        return next((one for one in self.themes if one.id == theme_id), None)


_read: dict[Id, tuple[tuple[str, tuple[int, int]], Board]] = {}
"""By stage: its board, and of what moment. Lost with the process, no harm."""


def numbered(number: int, words: str) -> Text:
    """Return a contribution's words after its number: "No. 7 · The library is open on Sundays"."""
    return text("No. {number} · {words}", number=number, words=words)


def as_typed(card: Card, reader: Language) -> str:
    """Return a card with all its author typed, in Markdown with a line for each part."""
    first, *more = (literal(one) for one in card.typed or ("",))
    return "  \n".join((say(numbered(card.number, first), reader), *more))


def read(toolkit: Toolkit, stage: Stage, moment: tuple[int, int]) -> Board:
    """Return the board of a stage; one read for all cards, however many, and for all who look.

    ``moment``: revision and shape of the workshop; the same moment is not read twice.

    Raises:
        Refused: the stage's exercise is gone or its settings no longer fit it.
    """
    key = toolkit.url, moment
    known = _read.get(stage.id)
    if known is None or known[0] != key:
        while len(_read) >= KEPT:
            _read.pop(next(iter(_read)), None)
        known = _read[stage.id] = (key, _board(toolkit, stage))
    return known[1]


def _board(toolkit: Toolkit, stage: Stage) -> Board:
    exercise, settings = toolkit.agenda.exercise(stage), toolkit.agenda.settings(stage)
    shelves = tuple(exercise.shelves(settings)) if exercise.shelves else ()
    room = toolkit.results.room(stage.workshop_id, stage.id)
    found = toolkit.results.contributions(stage.id)
    numbers = {one.id: one.number for one in found}
    every = [
        _card(exercise, room, stage, one, numbers.get(one.part_of or "", 0))
        for one in found
        if one.waiting or exercise.typed(one.entry)
    ]
    followers: dict[Id, list[Card]] = {}
    for one in every:
        if one.into:
            followers.setdefault(one.into, []).append(one)
    standing = [
        replace(one, merged=tuple(followers[one.id])) if one.id in followers else one
        for one in every
        if not one.hidden and not one.into
    ]
    return Board(
        stage=stage,
        shelves=shelves,
        themes=tuple(toolkit.sorting.themes(stage.id)),
        cards=tuple(standing),
        hidden=tuple(one for one in every if one.hidden and one.hidden != WAITING),
        waiting=tuple(one for one in every if one.hidden == WAITING),
        splits=toolkit.sorting.splits(stage),
    )


def _card(exercise: Any, room: Room, stage: Stage, one: Contribution[Any], whole: int) -> Card:
    own = exercise.shelf(one.entry) if exercise.shelf else ""
    typed = exercise.typed(one.entry)
    said = (exercise.text(one.entry) if exercise.text else "") or " · ".join(typed)
    return Card(
        id=one.id,
        number=one.number,
        words=words(one, said),
        own=said,
        typed=typed,
        language=one.language,
        by=speaker(stage, room, one),
        shelf=one.shelf or own,
        filed=bool(one.shelf) and one.shelf != own,
        theme_id=one.theme_id,
        hidden=one.hidden,
        into=one.into,
        authors=frozenset({one.sender.person} if one.sender.person else ()),
        whole=whole,
        at_table=one.at_table,
    )


def matching(
    cards: Sequence[Card],
    asked: str,
    shelf: str | None,
    theme_id: Id | None,
    language: str,
    at_table: int = 0,
) -> list[Card]:
    """Return the cards on a shelf and under a theme whose words or number contain ``asked``.

    ``at_table``: only what that table wrote, or was merged with; 0: what all did.
    """
    wanted = asked.casefold().strip()
    found = []
    for card in cards:
        if shelf is not None and card.shelf != shelf:
            continue
        if theme_id is not None and (card.theme_id or "") != theme_id:
            continue
        if at_table and at_table not in card.tables:
            continue
        said = " ".join((card.words.said(language), *card.typed, *(one.own for one in card.merged)))
        if wanted in said.casefold() or wanted.lstrip("№no. ") == str(card.number):
            found.append(card)
    return found
