"""Dot voting: the sample's figures, the rules of a ballot, ties, and what groups may be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.dots.analysis import OTHERS, Result, analyse
from exercises.dots.figures import annex
from exercises.dots.lists import details
from exercises.dots.model import Entry, Settings, check
from exercises.dots.report import offers, summary, tell
from tests.exercises.reading import prose, words
from tests.exercises.sample import STAFF, contribute, load
from tests.exercises.voting import (
    FIVE,
    KEYS,
    OPEN,
    PEER,
    PEOPLE,
    ROOM,
    VECTOR,
    ballot,
    options,
)
from workshop.blocks import Bars, Heat, Prose, Table
from workshop.language import Multilingual
from workshop.model import Anonymity, Contribution, Option, Sender
from workshop.statistics.ranking import Firmness
from workshop.statistics.suppression import recoverable
from workshop.statistics.weighting import Weighting

SWOT = load("swot_sample.json")
EXPECTED = VECTOR["expected"]
WEIGHTINGS = {"participant": "participant", "org": "organisation", "group": "group"}


ALL = Settings(options=options(*VECTOR["options"]), top=3)
SAMPLE = [
    contribute(
        number,
        Entry(dots=one["dots"]),
        PEOPLE[one["participant"]],
        slot="",
        replaced_by=None if one["counts"] else "later",
    )
    for number, one in enumerate(VECTOR["ballots"], 1)
]
RESULT = analyse(ALL, SAMPLE, OPEN)


def by_key(result: Result, what: Any) -> dict[str, Any]:
    return {one.option.key: what(one) for one in result.chosen}


def test_the_sample_gives_the_expected_totals_and_groups():
    assert by_key(RESULT, lambda one: one.dots) == EXPECTED["totals"]
    for group, totals in EXPECTED["by_group"].items():
        assert by_key(RESULT, lambda one, g=group: one.by_group[g][0]) == totals
    assert (RESULT.ballots, RESULT.eligible) == (24, 25)


@pytest.mark.parametrize("name", WEIGHTINGS)
def test_the_sample_gives_the_expected_shares_and_orders(name):
    weighting = Weighting(WEIGHTINGS[name])
    shares = by_key(RESULT, lambda one: one.shares[weighting])
    assert shares == pytest.approx(EXPECTED["share"][name], abs=1e-9)
    order = sorted(RESULT.chosen, key=lambda one: (one.places[weighting].rank, one.option.key))
    assert [one.option.key for one in order] == EXPECTED["order"][name]


def test_the_first_five_of_the_sample_are_six_because_two_are_tied():
    result = analyse(Settings(options=ALL.options, top=5), SAMPLE, OPEN)
    top = result.tops[Weighting.PARTICIPANT]
    assert list(top.candidates[:4]) == EXPECTED["top5"][:4]
    assert set(top.candidates[4:]) == set(top.cut) == {"C02", "C05"}
    assert "they are tied" in prose(tell(result))


def test_what_leads_under_every_weighting_is_robust():
    labels = {key: label for key, label in by_key(RESULT, lambda one: one.label).items() if label}
    assert labels == dict.fromkeys(("C01", "C04", "C10"), Firmness.ROBUST)


def test_the_votes_on_the_swot_of_the_sample_are_told_by_quadrant():
    cards = [one for one in SWOT["items"] if any(one["id"] in v for v in SWOT["votes"].values())]
    listed = Settings(
        options=tuple(
            Option(
                key=one["id"],
                wording=Multilingual(one["text"]),
                category="W" if one["case"] == "misplaced:W" else one["quadrant"],
            )
            for one in cards
        ),
        per_category=3,
    )
    assert listed.budget == 12
    votes = [
        contribute(number, Entry(dots=dots), PEOPLE[person], slot="")
        for number, (person, dots) in enumerate(SWOT["votes"].items(), 1)
    ]
    for one in votes:
        assert check(listed, one.entry, one.sender, ROOM) == []
    told = tell(analyse(listed, votes, ROOM))
    assert [type(block) for block in told] == [Bars] * 4 + [Prose]
    said = prose(told)
    assert "Weaknesses: most dots for “Отворените данни са стари, в PDF и без описание” (8" in said
    assert "Threats: most dots for “Смяна на политическото ръководство" in said
    assert "(16 dots)" in said


@settings(max_examples=10)
@given(st.permutations(SAMPLE))
def test_the_order_of_ballots_does_not_matter(ballots):
    assert analyse(ALL, ballots, ROOM) == analyse(ALL, SAMPLE, ROOM)


halls = st.lists(
    st.tuples(
        st.sampled_from(("public", "private", "civic", "knowledge")),
        st.sampled_from(("a", "b", "c", None)),
        st.dictionaries(st.sampled_from(KEYS), st.integers(1, 3), min_size=1, max_size=3),
    ),
    max_size=24,
)


def voted(hall: list[tuple[str, str | None, dict[str, int]]]) -> list[Contribution[Entry]]:
    return [
        ballot(
            number,
            Sender(
                person=f"p{number}",
                organisation_id=organisation and f"{group}-{organisation}",
                group_id=group,
            ),
            **dots,
        )
        for number, (group, organisation, dots) in enumerate(hall, 1)
    ]


@settings(max_examples=60)
@given(halls, st.integers(1, 5))
def test_shares_sum_to_one_under_every_weighting(hall, smallest):
    result = analyse(FIVE, voted(hall), replace(ROOM, smallest_group=smallest))
    for weighting in result.weightings:
        total = sum(one.shares[weighting] for one in result.chosen)
        assert total == pytest.approx(1)
    for voice in result.voices:
        assert sum(one.by_group[voice.id][1] for one in result.chosen) == pytest.approx(1)


def test_every_group_counts_alike_in_a_room_of_small_groups_too():
    pairs = [("public", 1), ("public", 2), ("private", 3), ("private", 1), ("civic", 2)] * 2
    result = analyse(FIVE, voted([(g, None, {KEYS[0]: n, KEYS[1]: 1}) for g, n in pairs[:5]]), ROOM)
    assert {one.group_id for one in ROOM.eligible} >= {g for g, _ in pairs}
    assert Weighting.GROUP not in result.weightings  # civic is one person: two groups are too few
    assert "they would give small groups away" in prose(tell(result))
    hall = [("knowledge", 3), ("knowledge", 2), ("civic", 3), *pairs[:5]]
    result = analyse(FIVE, voted([(g, None, {KEYS[0]: n, KEYS[1]: 1}) for g, n in hall]), ROOM)
    assert not result.voices
    first = next(one for one in result.chosen if one.option.key == KEYS[0])
    shares = (5 / 7, 5 / 7, 3 / 5, 4 / 6)  # knowledge, civic, public, private: all dots of a pair
    assert first.shares[Weighting.GROUP] == pytest.approx(sum(shares) / 4)


@settings(max_examples=80)
@given(halls, st.integers(3, 5))
def test_no_hidden_group_can_be_computed_from_what_is_told_strictly(hall, smallest):
    strict = FIVE.model_copy(update={"strict": True})
    result = analyse(strict, voted(hall), replace(ROOM, smallest_group=smallest))
    sizes: dict[str, int] = {}
    for group, _, _ in hall:
        sizes[group] = sizes.get(group, 0) + 1
    shown = {voice.id for voice in result.voices if voice.group is not None}
    hidden = set(sizes) - shown
    assert all(sizes[group] >= smallest for group in shown)
    if not result.voices:
        assert Weighting.GROUP not in result.weightings
        return
    assert not recoverable(sizes, hidden, smallest)
    # Shares with every group alike must be a mix of columns that are shown: nothing more is in it.
    mixed = [
        sum(one.by_group[voice.id][1] for voice in result.voices) / len(result.voices)
        for one in result.chosen
    ]
    if Weighting.GROUP in result.weightings and all(voice.ballots > 1 for voice in result.voices):
        assert [one.shares[Weighting.GROUP] for one in result.chosen] == pytest.approx(mixed)
    for one in result.chosen:
        assert sum(dots for dots, _ in one.by_group.values()) == one.dots


def test_totals_stay_whatever_groups_are_hidden():
    result = analyse(ALL, SAMPLE, ROOM)
    for name, weighting in WEIGHTINGS.items():
        weighted = Weighting(weighting)
        shares = by_key(result, lambda one, w=weighted: one.shares[w])
        assert shares == pytest.approx(EXPECTED["share"][name], abs=1e-9)


def test_small_groups_stand_together_where_they_may_not_be_shown():
    result = analyse(ALL, SAMPLE, ROOM)
    assert [(voice.id, voice.ballots) for voice in result.voices] == [
        ("public", 8),
        ("private", 10),
        (OTHERS, 6),
    ]
    said = words([*tell(result), *details(result), *annex(result)["A"]])
    assert "knowledge" not in said
    assert "civic" not in said
    assert "Other groups together" in said


def test_a_second_ballot_replaces_the_first_and_withdrawn_ones_do_not_count():
    votes = [
        replace(ballot(1, PEOPLE["P01"], C01=3), replaced_by="c2"),
        ballot(2, PEOPLE["P01"], C02=3),
        replace(ballot(3, PEOPLE["P02"], C03=3), withdrawn=True),
    ]
    assert by_key(analyse(FIVE, votes, OPEN), lambda one: one.dots) == {
        **dict.fromkeys(KEYS, 0),
        "C02": 3,
    }


def test_an_enthusiast_is_one_supporter():
    votes = [ballot(1, PEOPLE["P01"], C01=3), ballot(2, PEOPLE["P02"], C02=1)]
    result = analyse(FIVE, votes, OPEN)
    assert by_key(result, lambda one: one.supporters)["C01"] == 1


def test_observers_and_staff_are_in_no_denominator():
    votes = [ballot(1, PEOPLE["P26"], C01=3), ballot(2, STAFF, C01=3), ballot(3, PEER, C02=1)]
    assert analyse(FIVE, votes, OPEN).ballots == 1


def test_ties_share_a_place_and_are_said():
    votes = [ballot(1, PEOPLE["P01"], C01=2, C02=2, C03=1)]
    result = analyse(FIVE, votes, OPEN)
    assert [one.places[Weighting.PARTICIPANT].rank for one in result.chosen] == [1, 1, 3, 4, 4]
    assert "“Choice C01” and “Choice C02” share the first place with 2 dots each." in prose(
        tell(result)
    )


def test_an_option_nobody_chose_leads_nowhere():
    result = analyse(FIVE, [ballot(1, PEER, C01=1)], OPEN)
    assert result.tops[Weighting.PARTICIPANT].candidates == ("C01",)
    assert by_key(result, lambda one: one.label)["C02"] is None


def test_low_turnout_and_a_missing_group_make_it_indicative():
    few = analyse(FIVE, [ballot(1, PEOPLE["P01"], C01=1)], ROOM)
    assert few.indicative
    said = prose(tell(few))
    assert "only indicative: 1 of 25" in said
    assert "Nobody voted from: private and civic." in said
    assert not RESULT.indicative


def test_below_eight_organisations_no_plausible_places_are_given():
    votes = [ballot(n, PEOPLE[f"P{n:02d}"], C01=1) for n in range(1, 8)]
    result = analyse(FIVE, votes, ROOM)
    assert result.stability is None
    assert "Fewer than 8 organisations voted" in prose(tell(result))
    assert RESULT.stability is not None
    assert (RESULT.stability.resamples, RESULT.stability.seed) == (2000, 20261203)


def test_plausible_places_contain_the_place():
    for one in RESULT.chosen:
        assert one.standing is not None
        assert one.standing.low <= one.standing.rank <= one.standing.high
        assert 0 <= one.standing.in_top <= 1
    first = RESULT.chosen[0].standing
    assert first is not None
    assert first.in_top > 0.95


def test_a_secret_ballot_is_weighed_by_person_only_and_says_so():
    nobody = Sender(person=None, organisation_id=None, group_id=None)
    secret = replace(ROOM, anonymity=Anonymity.secret)
    votes = [replace(one, sender=nobody) for one in SAMPLE]
    result = analyse(ALL, votes, secret)
    assert result.weightings == (Weighting.PARTICIPANT,)
    assert result.voices == ()
    assert "The ballot was secret" in prose(tell(result))
    assert "However" not in prose(tell(result))
    listed = annex(result)["A"][-1]
    assert isinstance(listed, Table)
    assert listed.key == "dots.ballots"


def test_ballots_are_not_listed_beside_figures_by_group():
    keys = [block.key for block in annex(RESULT)["A"] if isinstance(block, Table)]
    assert keys == ["dots.table", "dots.groups", "dots.spread"]
    chapter = [block.key for block in details(RESULT) if isinstance(block, Table)]
    assert chapter == ["dots.places"]


def test_blocks_tell_totals_meaning_weightings_and_groups():
    told = tell(RESULT)
    assert [type(block) for block in told] == [Bars, Prose, Bars, Heat]
    board = told[0]
    assert isinstance(board, Bars)
    assert [bar.value for bar in board.bars] == sorted(EXPECTED["totals"].values(), reverse=True)
    assert board.basis is not None
    assert (board.basis.n, board.basis.of) == (24, 25)
    for language in ("bg", "en"):
        assert words([*told, *details(RESULT)], language)


def test_nobody_yet_is_a_sentence():
    result = analyse(ALL, [], ROOM)
    assert [type(block) for block in tell(result)] == [Prose]
    assert details(result) == []
    assert annex(result) == {}
    assert offers(result) == []
    assert summary(result).findings == ()
