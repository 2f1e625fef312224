"""Dot voting: what a ballot may hold, what can be voted on, and what is handed on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.dots import exercise
from exercises.dots.analysis import analyse
from exercises.dots.model import Entry, Settings, check, needs, take
from exercises.dots.report import offers, summary
from tests.exercises.sample import contribute
from tests.exercises.voting import FIVE, KEYS, OPEN, PEER, PEOPLE, ROOM, ballot, options
from workshop.fields import read
from workshop.language import Multilingual, say
from workshop.model import Option, Origin, Refused


@pytest.mark.parametrize(
    ("dots", "field", "sentence"),
    [
        ({}, "", "Please give at least one dot."),
        ({"C01": "0", "C02": ""}, "", "Please give at least one dot."),
        ({"C01": "4"}, "dots.C01", "At most 3 dots may go to one option. Please take 1 back."),
        ({"C01": "3", "C02": "3"}, "", "You have 5 dots but gave 6. Please take 1 back."),
        ({"C99": "1"}, "dots.C99", "One of the options has changed."),
        ({"C01": "-1"}, "dots.C01", "Please write a whole number with digits only."),
        ({"C01": "1_0"}, "dots.C01", "Please write a whole number with digits only."),
        ({"C01": "9999999"}, "dots.C01", "Please write a whole number with digits only."),
    ],
)
def test_a_ballot_that_breaks_a_rule_is_refused_saying_by_how_much(dots, field, sentence):
    with pytest.raises(Refused) as refused:
        check(FIVE, read(exercise.entry, {"dots": dots}), PEER, ROOM)
    assert refused.value.field == field
    assert say(refused.value.reason, "en").startswith(sentence)


def test_each_category_has_its_own_budget():
    parted = Settings(
        options=options("S1", "S2", category="S") + options("W1", "W2", category="W"),
        per_category=3,
    )
    assert parted.budget == 6
    assert (parted.start("W"), parted.share("W")) == ("W", 3)
    mixed = Settings(options=options("W1", "W2") + parted.options[:1], per_category=3)
    assert mixed.start("") == "", "the phone cannot tell these by their keys"
    assert check(parted, Entry(dots={"S1": 2, "S2": 1, "W1": 3}), PEER, ROOM) == []
    with pytest.raises(Refused) as refused:
        check(parted, Entry(dots={"S1": 3, "S2": 1}), PEER, ROOM)
    assert say(refused.value.reason, "en") == (
        "Strengths: you have 3 dots but gave 4. Please take 1 back."
    )


def test_every_rule_a_ballot_breaks_is_said_at_its_option():
    with pytest.raises(Refused) as refused:
        check(FIVE, Entry(dots={"C01": 4, "C02": 5}), PEER, ROOM)
    over = [say(one, "en").rpartition("Please ")[2] for one in refused.value.faults.values()]
    assert list(refused.value.faults) == ["dots.C01", "dots.C02", ""]
    assert over == ["take 1 back.", "take 2 back.", "take 4 back."]


def test_unused_dots_are_allowed_and_mentioned():
    (advice,) = check(FIVE, Entry(dots={"C01": 3}), PEER, ROOM)
    assert say(advice.text, "en") == "Your ballot counts; 2 dots were not used."
    assert check(FIVE, Entry(dots={"C01": 3, "C02": 2}), PEER, ROOM) == []


def test_somebody_reads_again_where_the_own_dots_went():
    given = exercise.answer(FIVE, Entry(dots={"C04": 1, "C02": 3}))
    assert [say(line, "bg") for line in given] == ["Избор C02: 3", "Избор C04: 1"]


def test_people_without_a_vote_are_refused():
    with pytest.raises(Refused):
        check(FIVE, Entry(dots={"C01": 1}), replace(PEER, voting=False), ROOM)


@given(st.dictionaries(st.sampled_from(KEYS), st.integers(0, 4), max_size=5))
def test_what_is_accepted_never_exceeds_the_budget(dots):
    try:
        check(FIVE, Entry(dots=dots), PEER, ROOM)
    except Refused:
        assert not sum(dots.values()) or sum(dots.values()) > 5 or max(dots.values()) > 3
    else:
        assert 1 <= sum(dots.values()) <= 5


@pytest.mark.parametrize(("n", "budget"), [(2, 5), (20, 5), (21, 5), (24, 6), (60, 15), (1, 3)])
def test_the_usual_budget_grows_with_the_options(n, budget):
    keys = [f"C{place:02d}" for place in range(1, n + 1)]
    assert Settings(options=options(*keys)).budget == budget


def test_sixty_options_are_the_most():
    keys = [f"C{place:02d}" for place in range(1, 62)]
    with pytest.raises(Refused) as refused:
        read(Settings, {"options": options(*keys)})
    assert refused.value.field == "options"


def test_options_handed_on_keep_their_origin_and_get_free_keys():
    origin = Origin(stage_id="swot", contribution_ids=("i1",), label="W7")
    mine = Settings(options=options("W7"))
    offered = [
        Option(key="W7", wording=Multilingual("Слабост"), category="W", origin=origin),
        Option(key="1", wording=Multilingual("Едно")),
        Option(key="T3", wording=Multilingual("Заплаха"), category="T"),
    ]
    taken = take(mine, offered)
    assert [one.key for one in taken.options] == ["W7", "X01", "X02", "T3"]
    assert taken.options[1].origin == origin
    assert take(taken, offered) == taken, "handed on twice is handed on once"
    assert read(Settings, taken.model_dump(mode="json")) == taken


def test_a_vote_needs_two_options():
    assert needs(Settings()) is not None
    assert needs(Settings(options=options("C01"))) is not None
    assert needs(FIVE) is None


def test_offers_keep_their_origin_and_say_how_many_dots():
    origin = Origin(stage_id="swot", contribution_ids=("i1",), label="W7")
    listed = Settings(
        options=(
            Option(key="W7", wording=Multilingual("Слабост"), category="W", origin=origin),
            *options("C01", "C02"),
        )
    )
    votes = [ballot(1, PEER, W7=2, C01=2), ballot(2, PEER, C01=1)]
    found = offers(analyse(listed, votes, OPEN))
    assert [(one.key, one.rank, say(one.note, "en")) for one in found] == [
        ("C01", 1, "3 dots"),
        ("W7", 2, "2 dots"),
    ]
    assert found[0].origin == Origin(stage_id="stage", label="C01")
    assert (found[1].origin, found[1].category) == (origin, "W")
    assert say(found[1].category_name, "en") == "Weaknesses"
    assert not found[1].by_category
    parted = listed.model_copy(update={"per_category": 3})
    assert all(one.by_category for one in offers(analyse(parted, votes, OPEN)))


def test_the_example_can_be_voted_and_told():
    chosen = exercise.example.settings
    voters = [person for person in PEOPLE.values() if person.voting]
    votes = []
    for number, own in enumerate(exercise.example.entries(chosen, len(voters)), 1):
        (answers,) = own
        entry = read(exercise.entry, answers)
        assert check(chosen, entry, voters[number - 1], ROOM) == []
        votes.append(contribute(number, entry, voters[number - 1], slot=""))
    result = analyse(chosen, votes, ROOM)
    assert result.chosen[0].dots > result.chosen[-1].dots
    assert summary(result).findings


def test_dots_on_an_option_that_is_gone_are_left_out():
    votes = [ballot(1, PEER, C01=1, C99=3), ballot(2, PEER, C99=3)]
    result = analyse(FIVE, votes, OPEN)
    assert (result.ballots, result.chosen[0].dots) == (1, 1)
