"""Cards read out one by one: rounds of one card each, or an order that tells nobody's hand."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from workshop.cards import Card
from workshop.model import Contribution, Id, Sender, Turn

Author: TypeAlias = str
Voice: TypeAlias = Hashable
"""What a room is told of who wrote a card: the order tells no more."""


def coming(
    cards: Sequence[Card[Any]],
    known: Mapping[Id, Contribution[Any]],
    had: Sequence[Turn],
    whose: Callable[[Contribution[Any]], Voice],
) -> list[Card[Any]]:
    """Return the cards whose turn has not come yet, in the order in which it will: by rounds.

    Each round takes as many cards of every voice as people wrote with it. Groups take turns, within
    them organisations, and whoever began a round comes last in the next. Which card of a voice
    comes first is left to the lot: by people, the last cards of "a citizen" would all be of the one
    who wrote most. ``known``: all contributions of the stage, the merged and hidden ones too.
    """
    place, people = _seated(known), _people(known, whose)

    @cache
    def seats(voice: Voice, round_: int) -> list[int]:
        return sorted(place(of, round_) for of in people[voice])

    before = Counter(whose(known[one.card]) for one in had if one.card in known)
    held: list[tuple[int, int, Card[Any]]] = []
    for card in sorted(_waiting(cards, had), key=_lot):
        voice = whose(card.first)
        round_, turn = divmod(before[voice], len(people[voice]))
        before[voice] += 1
        held.append((round_, seats(voice, round_)[turn], card))
    return [card for *_, card in sorted(held, key=lambda one: one[:2])]


def shuffled(cards: Sequence[Card[Any]], had: Sequence[Turn]) -> list[Card[Any]]:
    """Return the cards whose turn has not come yet, so that their order tells nobody's hand.

    It rests on random ids alone, which stay inside, and is the same for everybody who looks.
    Rounds would show at their end: the last cards are all of whoever wrote most.
    """
    return sorted(_waiting(cards, had), key=_lot)


def nth(
    card_id: Id,
    known: Mapping[Id, Contribution[Any]],
    had: Sequence[Turn],
    whose: Callable[[Contribution[Any]], Voice],
) -> int:
    """Return which round the last turn belongs to, counted from 1."""
    voice = whose(known[card_id])
    turns = sum(1 for turn in had if turn.card in known and whose(known[turn.card]) == voice)
    return -(-turns // len(_people(known, whose)[voice]))


def author(sender: Sender, card_id: Id) -> Author:
    """Return who has a turn: a person, the staff together, or nobody but the card itself."""
    return "staff" if sender.staff else sender.person or card_id


def _people(
    known: Mapping[Id, Contribution[Any]], whose: Callable[[Contribution[Any]], Voice]
) -> dict[Voice, list[Author]]:
    """Return who wrote with each voice."""
    people: dict[Voice, list[Author]] = {}
    for one in sorted(known.values(), key=lambda one: one.number):
        of, mates = author(one.sender, one.id), people.setdefault(whose(one), [])
        if of not in mates:
            mates.append(of)
    return people


def _waiting(cards: Sequence[Card[Any]], had: Sequence[Turn]) -> list[Card[Any]]:
    done = {turn.card for turn in had}
    return [card for card in cards if card.first.id not in done]


def _lot(card: Card[Any]) -> str:
    return hashlib.sha256(f"{card.first.stage_id} {card.first.id}".encode()).hexdigest()


def _seated(known: Mapping[Id, Contribution[Any]]) -> Callable[[Author, int], int]:
    """Return where an author sits in a round."""
    seats = _seats(sorted(known.values(), key=lambda one: one.number))

    def place(of: Author, round_: int) -> int:
        return (seats[of] - round_) % len(seats)

    return place


def _seats(ordered: Sequence[Contribution[Any]]) -> dict[Author, int]:
    """Return a seat for each author: groups take turns, and in each group its organisations."""
    first: dict[Author, Sender] = {}
    for one in ordered:
        first.setdefault(author(one.sender, one.id), one.sender)
    housed: Counter[tuple[Id | None, Id | None]] = Counter()
    in_house: list[tuple[int, int, Author, Id | None]] = []
    for came, (of, sender) in enumerate(first.items()):
        house = sender.group_id, sender.organisation_id
        in_house.append((housed[house], came, of, sender.group_id))
        housed[house] += 1
    grouped: Counter[Id | None] = Counter()
    in_group: list[tuple[int, int, Author]] = []
    for _, came, of, group in sorted(in_house):
        in_group.append((grouped[group], came, of))
        grouped[group] += 1
    return {of: seat for seat, (_, _, of) in enumerate(sorted(in_group))}
