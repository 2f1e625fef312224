"""Reading out: after silence and the lock the room hears card by card, before it sees them all."""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from workshop import readout
from workshop.blocks import Block, Prose, Quote, Quotes
from workshop.cards import Card, cards, speaker
from workshop.exercise import Exercise
from workshop.language import Multilingual, Sayable, text
from workshop.model import (
    Actor,
    Anonymity,
    Contribution,
    Id,
    Refused,
    Room,
    Stage,
    StageState,
    Turn,
)
from workshop.store.opening import Store
from workshop.store.readout import ReadOutDesk
from workshop.toolkit.agenda import Agenda
from workshop.toolkit.results import Results

Reading: TypeAlias = Literal["next card", "pass card", "card before"]
NAMELESS = (Anonymity.anonymous, Anonymity.secret)
FREE_TEXT_GROUP = 5
"""Citizens a group needs before single texts are ascribed to it."""
KEPT = 50
"""Rounds remembered; the one that was looked at longest ago goes first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Where a room is with the cards it hears one by one."""

    place: int
    """Cards whose turn has come; 0: nobody began."""
    of: int
    card_id: Id = ""
    """The card that is up; a press that has seen another one does nothing."""
    number: int = 0
    words: Multilingual | None = None
    """None: nobody began, or the card that was up has been put away since."""
    whose: Sayable = ""
    """Whose turn it is, as far as the stage lets anybody know."""
    shelf: Sayable = ""
    nth: int = 0
    """Which round it is; 0 where that would tell who wrote what."""
    then: Sayable = ""
    """Whose turn comes after it."""
    passed: int = 0

    @property
    def begun(self) -> bool:
        """Whether a card is up."""
        return self.place > 0

    @property
    def last(self) -> bool:
        """Whether no card waits any more."""
        return self.place >= self.of


@dataclass(frozen=True, slots=True)
class _Table:
    """All cards of a stage, as they lie before whoever leads the round."""

    stage: Stage
    exercise: Exercise[Any, Any, Any]
    settings: Any
    room: Room
    known: Mapping[Id, Contribution[Any]]
    cards: Sequence[Card[Any]]
    waiting: Sequence[Card[Any]]
    """Those whose turn has not come yet, the next one first."""
    whose: Callable[[Contribution[Any]], Sayable]
    """Returns whose turn it is with a card, as far as the stage lets anybody know."""

    def card(self, card_id: Id) -> Card[Any] | None:
        return next((one for one in self.cards if one.first.id == card_id), None)

    def shelf(self, card: Card[Any]) -> Sayable:
        if self.exercise.shelves is None or self.exercise.shelf is None:
            return ""
        key = card.shelf(self.exercise.shelf(card.first.entry))
        found = (one.name for one in self.exercise.shelves(self.settings) if one.key == key)
        return next(found, "")


def _voices(stage: Stage, room: Room) -> Callable[[Contribution[Any]], Sayable]:
    """Return who has a turn: the organisation; a citizen's group, if enough are citizens."""
    citizens = Counter(one.group_id for one in room.eligible if not one.organisation_id)
    least = max(FREE_TEXT_GROUP, room.smallest_group)

    def whose(one: Contribution[Any]) -> Sayable:
        sender, nameless = one.sender, stage.anonymity in NAMELESS
        group = room.group(sender.group_id)
        if nameless or sender.staff or sender.organisation_id or group is None:
            return speaker(stage, room, one)
        if citizens[group.id] < least:
            return speaker(stage, room, one)
        return text("a citizen ({group})", group=group.name)

    return whose


@dataclass(slots=True)
class _Page:
    """What is remembered of one stage, for all who look at it."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    mark: tuple[int, ...] = ()
    """What the results of the stage rested on when this was made."""
    table: _Table | None = None
    round: Round | None = None
    blocks: tuple[Block, ...] | None = None


class ReadOut(ReadOutDesk):
    """Leads a room through cards; where it is stands in the database, with the stage."""

    def __init__(self, store: Store, agenda: Agenda, results: Results) -> None:
        super().__init__(store)
        self._agenda = agenda
        self._results = results
        self._pages: OrderedDict[Id, _Page] = OrderedDict()
        self._guard = threading.Lock()

    def now(self, stage: Stage) -> Round | None:
        """Return where the room is; None where nothing can be read out now."""
        with self._page(stage) as page:
            return page.round

    def go(self, by: Actor, stage_id: Id, seen: Id, step: Reading) -> bool:
        """Take a step from the card that was seen to be up ("": none); False: it is up no more.

        "pass card" leaves it for the moment when all are shown. "card before" takes a card back to
        those that wait, and shows the one before even if it was passed; from the first one that
        ends the round.

        Raises:
            Refused: no card waits, or none can be read out in this stage now.
        """
        stage = self._agenda.stage(stage_id)
        had = stage.readout
        if (had[-1].card if had else "") != seen:
            return False
        with self._page(stage) as page:
            table = page.table
        if table is None:
            raise Refused(text("There is nothing to read out in this stage now."))
        about = had[-1].card if had else ""
        if step == "card before":
            then = (*had[:-2], *(replace(one, passed=False) for one in had[-2:-1]))
        else:
            if step == "pass card":
                had = tuple(replace(one, passed=one.passed or one.card == seen) for one in had)
            elif not table.waiting:
                raise Refused(text("Every card has had its turn."))
            else:
                about = table.waiting[0].first.id
            then = (*had, *(Turn(card=card.first.id) for card in table.waiting[:1]))
        if then == stage.readout:
            return False
        number = table.known[about].number if about in table.known else None
        return self.turn_over(by, stage_id, stage.readout, then, step, about, number)

    def blocks(self, stage: Stage) -> tuple[Block, ...] | None:
        """Return the card that is up, and the board of those heard; None where none is up."""
        with self._page(stage) as page:
            if page.table is None or page.round is None or not page.round.begun:
                return None
            if page.blocks is None:
                page.blocks = (_told(page.round), *_heard(page.table)[:1])
            return page.blocks

    @contextmanager
    def _page(self, stage: Stage) -> Iterator[_Page]:
        """Give what there is to a stage to one at a time; made once per step, whoever looks."""
        if not self._reads(stage):
            yield _Page()
            return
        with self._guard:
            page = self._pages.setdefault(stage.id, _Page())
            self._pages.move_to_end(stage.id)
            while len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        with page.lock:
            mark = self._results.mark(stage)
            if page.mark != mark:
                page.table = self._table(stage)
                page.round = None if page.table is None else _round(page.table)
                page.blocks = None
                page.mark = mark
            yield page

    def _reads(self, stage: Stage) -> bool:
        """Return whether the cards of a stage are read out, if it has any."""
        if stage.state is not StageState.locked or stage.live:
            return False
        if stage.anonymity is Anonymity.secret:
            return False
        return self._agenda.exercise(stage).spoken is not None

    def _table(self, stage: Stage) -> _Table | None:
        exercise = self._agenda.exercise(stage)
        assert exercise.spoken is not None  # it is read out
        found = self._results.contributions(stage.id)
        laid = [one for one in cards(found, exercise.spoken) if exercise.spoken(one.first.entry)]
        if not laid:
            return None
        room = self._results.room(stage.workshop_id, stage.id)
        known = {one.id: one for one in found}
        whose, settings = _voices(stage, room), self._agenda.settings(stage)
        if stage.anonymity in NAMELESS:
            waiting = readout.shuffled(laid, stage.readout)
        else:
            waiting = readout.coming(laid, known, stage.readout, whose)
        return _Table(stage, exercise, settings, room, known, laid, waiting, whose)


def _round(table: _Table) -> Round:
    had, waiting = table.stage.readout, table.waiting
    where = Round(
        place=len(had),
        of=len(had) + len(waiting),
        card_id=had[-1].card if had else "",
        then=table.whose(waiting[0].first) if waiting else "",
        passed=sum(one.passed for one in had),
    )
    card = table.card(where.card_id)
    if card is None or had[-1].passed:
        return where
    told = table.stage.anonymity not in NAMELESS
    return replace(
        where,
        number=card.first.number,
        words=card.words,
        whose=table.whose(card.first),
        shelf=table.shelf(card),
        nth=readout.nth(where.card_id, table.known, had, table.whose) if told else 0,
    )


def _told(now: Round) -> Quotes:
    """Return the card that is up as the room sees it."""
    title = text("Card {n} of {total}", n=now.place, total=now.of)
    if now.words is None:
        return Quotes(title=title, quotes=(), spoken=True, note=text("This card is not read out."))
    if now.shelf:
        title = text("{shelf}: card {n} of {total}", shelf=now.shelf, n=now.place, total=now.of)
    quote = Quote(words=now.words, by=now.whose, label=str(now.number))
    return Quotes(title=title, quotes=(quote,), spoken=True, note=order(now))


def order(now: Round) -> Sayable:
    """Return which round it is and whose turn comes next, where the stage lets anybody know."""
    if not now.nth:
        return ""
    if not now.then:
        return text("Round {n}", n=now.nth)
    return text("Round {n} · then: {name}", n=now.nth, name=now.then)


def _heard(table: _Table) -> list[Block]:
    """Return what the exercise makes of the cards that were heard; the rest stays hidden."""
    had = {one.card for one in table.stage.readout if not one.passed}
    originals = {one.id for card in table.cards if card.first.id in had for one in card.originals}
    heard = [one for one in table.known.values() if one.id in originals]
    if not heard:
        return []
    result = table.exercise.analyse(table.settings, heard, table.room)
    return [one for one in table.exercise.tell(result) if not isinstance(one, Prose)]
