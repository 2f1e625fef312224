"""Merged contributions are one card that forgets nobody."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.exercises.sample import STAFF, contribute
from workshop.cards import cards
from workshop.language import Multilingual
from workshop.model import Sender

ANA = Sender(person="ana", organisation_id="o1", group_id="civic")
BOB = Sender(person="bob", organisation_id="o2", group_id="public")


def told(*contributions):
    return cards(contributions, str)


def test_a_card_knows_everybody_who_said_it():
    (card,) = told(
        contribute(1, "парк", ANA),
        contribute(2, "паркът", BOB, into="c1"),
        contribute(3, "парк!", ANA, into="c2"),
    )
    assert card.people == 2
    assert card.groups == {"civic", "public"}
    assert card.organisations == ("o1", "o2")
    assert [one.number for one in card.originals] == [1, 2, 3]


def test_hidden_and_withdrawn_entries_are_nobodys_support():
    found = told(
        contribute(1, "парк", ANA),
        contribute(2, "обида", BOB, into="c1", hidden="insult"),
        contribute(3, "парк", BOB, into="c1", withdrawn=True),
        contribute(4, "парк", BOB, replaced_by="c9"),
        contribute(5, "тест", BOB, hidden="test"),
    )
    assert [(card.first.number, card.people) for card in found] == [(1, 1)]


def test_what_was_merged_into_a_hidden_card_goes_with_it():
    assert told(contribute(1, "а", ANA, hidden="insult"), contribute(2, "б", BOB, into="c1")) == []


def test_merging_in_a_circle_ends():
    assert told(contribute(1, "а", ANA, into="c2"), contribute(2, "б", BOB, into="c1")) == []


def test_entries_of_the_staff_are_nobodys():
    (card,) = told(contribute(1, "от документ", STAFF))
    assert (card.people, card.groups, card.organisations) == (0, frozenset(), ())


def test_a_wording_of_the_staff_stands_beside_the_authors_language():
    plain, reworded, translated = told(
        contribute(1, "park", ANA, language="en"),
        contribute(2, "парк", ANA, wording=Multilingual(bg="Парк за всички")),
        contribute(3, "парк", ANA, wording=Multilingual(en="A park")),
    )
    assert plain.words == Multilingual(en="park")
    assert reworded.words == Multilingual(bg="Парк за всички")
    assert translated.words == Multilingual(bg="парк", en="A park")


def test_staff_may_file_a_card_elsewhere():
    (card,) = told(contribute(1, "а", ANA, shelf="W"))
    assert card.shelf("S") == "W"
    assert replace(card, first=contribute(1, "а", ANA)).shelf("S") == "S"


@given(st.permutations(range(6)))
def test_the_order_received_decides_not_the_order_given(order):
    pile = [contribute(n, "а", ANA, into="c1" if n % 2 else None) for n in range(6)]
    pile[1] = contribute(1, "а", BOB)
    assert cards([pile[place] for place in order], str) == cards(pile, str)
