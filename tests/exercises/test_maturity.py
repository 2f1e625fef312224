"""Maturity: the sample's figures, the evidence gate, suppression, and what people may not do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from exercises.maturity import exercise
from exercises.maturity.analysis import analyse
from exercises.maturity.evidence import Exhibit, evidence_level, gather
from exercises.maturity.model import (
    AnyEntry,
    Evidence,
    Rating,
    Settings,
    check,
    done,
    slot,
    steps,
)
from exercises.maturity.result import DimensionResult, Result
from exercises.maturity.scale import SHIPPED, shipped
from tests.exercises.sample import (
    STAFF,
    contribute,
    load,
    make_room,
    make_sender,
    table_of,
    told,
)
from workshop.blocks import Block, Heat
from workshop.fields import read, refusals
from workshop.language import LANGUAGES, say
from workshop.model import Contribution, Refused, Sender
from workshop.statistics import Undefined, View

VECTOR = load("maturity_sample.json")
ROOM = make_room(VECTOR)
PEOPLE = {one["id"]: make_sender(one) for one in VECTOR["people"]}
CODES = ("F1", "F2", "F3", "G1", "G2", "G3", "P1", "P2", "P3")


def sample_entries() -> list[Contribution[Any]]:
    made: list[tuple[Any, Sender]] = [
        (Rating(dimension=one["dimension"], current=one["current"], target=one["target"]),
         PEOPLE[one["participant"]])
        for one in VECTOR["ratings"]
    ]  # fmt: skip
    made += [
        (
            Evidence(
                evidence=one["evidence_id"],
                status=one["status"],
                link=one["link"],
                note=one["note"],
                verifier=one["verifier_org"],
            ),
            STAFF,
        )
        for one in VECTOR["evidence"]
    ]
    return [
        contribute(place, entry, sender, slot=slot(entry))
        for place, (entry, sender) in enumerate(made, 1)
    ]


def rate(
    levels: Sequence[tuple[str, int | None]], dimension: str = "F1", first: int = 1
) -> list[Contribution[Any]]:
    return [
        contribute(place, Rating(dimension=dimension, current=level), PEOPLE[person])
        for place, (person, level) in enumerate(levels, first)
    ]


@pytest.fixture(scope="module")
def result() -> Result:
    return analyse(Settings(), sample_entries(), ROOM)


def of(result: Result, code: str) -> DimensionResult:
    return next(one for one in result.dimensions if one.dimension.code == code)


def three_of_three_groups() -> list[str]:
    """Return one person of each of three groups."""
    found: dict[str | None, str] = {}
    for name, sender in PEOPLE.items():
        found.setdefault(sender.group_id, name)
    return list(found.values())[:3]


def test_three_people_of_three_groups_see_what_they_rated() -> None:
    people = three_of_three_groups()
    entries = rate(list(zip(people, (1, 2, 4), strict=True)))
    result = analyse(Settings(), entries, ROOM)
    first = of(result, "F1")
    assert first.told
    assert first.perceived == pytest.approx(7 / 3)
    assert result.told
    assert not result.groups.shown
    said = told(exercise.tell(result))
    assert "every person counts alike" in said
    assert "Groups of one person are left out" not in said
    assert table_of(exercise.details(result), "maturity.weightings")


def test_two_people_of_two_groups_stay_untold() -> None:
    people = three_of_three_groups()[:2]
    result = analyse(Settings(), rate(list(zip(people, (1, 4), strict=True))), ROOM)
    assert not of(result, "F1").told
    assert not result.told


@pytest.mark.parametrize("code", CODES)
def test_a_dimension_has_the_figures_of_the_sample(result: Result, code: str) -> None:
    expected, found = VECTOR["expected"]["dimensions"][code], of(result, code)
    assert found.levels is not None
    assert not isinstance(found.spread, Undefined)
    assert (found.n, found.cannot_judge) == (expected["n"], expected["n_na"])
    for mean, name in (
        (found.perceived, "perceived_group_equal"),
        (found.current.participant.value, "participant_mean"),
        (found.target, "target"),
        (found.levels.perception_gap, "perception_gap"),
        (found.levels.ambition_gap, "ambition_gap"),
        (found.spread.agreement.value, "A"),
        (found.spread.rwg.value, "rwg"),
    ):
        assert mean == pytest.approx(expected[name], abs=1e-9), name
    for group, mean in expected["by_group"].items():
        assert found.current.by_group[group].value == pytest.approx(mean, abs=1e-9)
    assert found.evidence_level == expected["evidence_level"]
    assert found.levels.perceived_level == expected["perceived_level"]
    assert found.levels.confirmed_level == expected["confirmed_level"]


def test_the_whole_has_the_figures_of_the_sample(result: Result) -> None:
    expected = VECTOR["expected"]["overall"]
    assert result.index == pytest.approx(expected["index_0_100"], abs=1e-9)
    assert result.confirmed == expected["confirmed_overall_level"]
    for pillar in result.pillars:
        assert pillar.mean == pytest.approx(expected["pillars"][pillar.pillar.code], abs=1e-9)
    assert [one.dimension.code for one in result.weakest] == [expected["weakest_dimension"]]
    assert [one.dimension.code for one in result.strongest] == ["G2"]
    assert result.raters == 24
    assert not isinstance(result.interval, Undefined)
    assert result.interval.low < expected["index_0_100"] < result.interval.high


def test_only_the_dialogue_dimension_is_contested(result: Result) -> None:
    assert [one.dimension.code for one in result.dimensions if one.contested] == ["P1"]
    spread = of(result, "P2").spread
    assert not isinstance(spread, Undefined)
    assert spread.view is View.SHARED


def test_the_group_of_two_is_named_as_heavy(result: Result) -> None:
    assert [(one.group.key, one.n, one.weight) for one in result.heavy] == [("knowledge", 2, 0.25)]


# What people send


def test_cannot_judge_is_kept_apart_and_is_not_the_middle() -> None:
    entry = read(AnyEntry, {"kind": "rating", "dimension": "F1", "current": "none", "target": ""})
    assert (entry.current, entry.target) == (None, None)
    found = of(analyse(Settings(), rate([("P01", 5), ("P03", 5), ("P05", None)]), ROOM), "F1")
    assert (found.n, found.cannot_judge, found.current.participant.value) == (2, 1, 5.0)


@pytest.mark.parametrize("current", ["", "x", "-1", "2.5", "１"])
def test_a_level_is_chosen_not_written(current: str) -> None:
    with pytest.raises(Refused) as refused:
        read(AnyEntry, {"kind": "rating", "dimension": "F1", "current": current})
    assert refused.value.field == "current"


def test_a_target_below_today_is_refused_with_a_sentence() -> None:
    with pytest.raises(Refused) as refused:
        check(Settings(), Rating(dimension="F1", current=4, target=2), PEOPLE["P01"], ROOM)
    assert refused.value.field == "target"
    assert "level 4 or higher" in say(refused.value.reason, "en")


@pytest.mark.parametrize(
    "entry",
    [
        Rating(dimension="X9", current=1),
        Rating(dimension="F1", current=6),
        Rating(dimension="F1", current=0),
        Rating(dimension="F1", current=None, target=7),
        Evidence(evidence="F1-E9z"),
    ],
)
def test_what_the_model_does_not_have_is_refused(entry: Any) -> None:
    with pytest.raises(Refused):
        check(Settings(), entry, PEOPLE["P01"], ROOM)


def test_somebody_is_done_after_all_dimensions_judged_or_not() -> None:
    entries = [Rating(dimension=code, current=None) for code in CODES]
    assert not done(Settings(), entries[:-1])
    assert done(Settings(), entries)
    assert [step.key for step in steps(Settings())] == list(CODES)
    assert slot(entries[0]) == "rating:F1"
    assert slot(Evidence(evidence="F1-E2a")) == "evidence:F1-E2a"


def test_the_last_rating_of_a_person_counts_once() -> None:
    again = rate([("P01", 1), ("P01", 4), ("P03", 2)])
    assert of(analyse(Settings(), again, ROOM), "F1").current.participant.value == 3.0


def test_observers_staff_and_what_was_taken_back_do_not_count() -> None:
    entry = Rating(dimension="F1", current=5)
    entries = [
        contribute(1, entry, PEOPLE["P26"]),
        contribute(2, entry, STAFF),
        contribute(3, entry, PEOPLE["P01"], withdrawn=True),
        contribute(4, entry, PEOPLE["P03"], replaced_by="c5"),
        contribute(6, entry, PEOPLE["P05"], hidden="test"),
    ]
    assert analyse(Settings(), entries, ROOM).raters == 0


@pytest.mark.parametrize("change", [{"hidden": "personal"}, {"into": "c2"}])
def test_hiding_or_merging_the_words_of_a_note_keeps_the_number(change: dict[str, Any]) -> None:
    entries = [
        contribute(1, Rating(dimension="F1", current=4, note="Обадете се на 0888 123 456"),
                   PEOPLE["P01"], **change),
        contribute(2, Rating(dimension="F1", current=2, note="Стратегията"), PEOPLE["P03"]),
    ]  # fmt: skip
    result = analyse(Settings(), entries, ROOM)
    assert of(result, "F1").n == 2
    said = told(exercise.annex(result)["E"]) if exercise.annex else ""
    assert "0888" not in said
    assert "Стратегията" in said


# The evidence gate


def prove(*written: tuple[Evidence, Sender]) -> dict[str, Exhibit]:
    entries = [contribute(n, entry, sender) for n, (entry, sender) in enumerate(written, 1)]
    return {one.proof.id: one for one in gather(shipped(), entries, ROOM)}


def verified(evidence: str, **fields: Any) -> tuple[Evidence, Sender]:
    given = {"status": "verified", "verifier": "ORG14", **fields}
    return Evidence(evidence=evidence, **given), STAFF


def level_of(found: dict[str, Exhibit], code: str) -> int | None:
    return evidence_level([one for one in found.values() if one.dimension.code == code], 5)


def test_without_any_evidence_a_dimension_is_unverified_not_level_one() -> None:
    assert level_of(prove(), "F1") is None
    missing = Evidence(evidence="F1-E2a", status="missing")
    assert level_of(prove((missing, STAFF)), "F1") is None
    rated = rate([("P01", 3), ("P03", 3), ("P05", 3)])
    elsewhere = contribute(9, Evidence(evidence="P2-E2a", status="claimed"), STAFF)
    result = analyse(Settings(), [*rated, elsewhere], ROOM)
    assert result.confirmed is None
    assert exercise.details is not None
    levels = table_of(exercise.details(result), "maturity.levels")
    assert levels is not None
    assert say(levels.rows[0][3], "en") == "unverified"
    bare = exercise.details(analyse(Settings(), rated, ROOM))
    shown = table_of(bare, "maturity.levels")
    assert shown is not None
    assert [say(one.head, "en") for one in shown.columns[1:4]] == [
        "Perceived", "Target", "Perceived level",
    ], "no column says nine times that nothing was shown"  # fmt: skip
    assert "maturity.evidence" not in [getattr(one, "key", "") for one in bare]


@pytest.mark.parametrize("status", ["claimed", "rejected"])
def test_what_was_submitted_but_not_verified_gives_level_one(status: Any) -> None:
    assert level_of(prove((Evidence(evidence="P2-E2a", status=status), STAFF)), "P2") == 1


def test_a_level_needs_all_its_evidence_and_all_levels_below() -> None:
    assert level_of(prove(verified("F1-E2a"), verified("F1-E3b")), "F1") == 2
    assert level_of(prove(verified("F1-E3b"), verified("F1-E3c")), "F1") == 1
    three = (verified("F1-E2a"), verified("F1-E3b"), verified("F1-E3c"))
    assert level_of(prove(*three), "F1") == 3
    assert level_of(prove(*three, verified("F1-E5e")), "F1") == 3


def test_one_piece_per_level_may_be_not_applicable_with_a_reason() -> None:
    spared = {"status": "not_applicable", "verifier": "", "note": "друга програма"}
    below = verified("F1-E2a")
    one = prove(below, verified("F1-E3b", **spared), verified("F1-E3c"))
    both = prove(below, verified("F1-E3b", **spared), verified("F1-E3c", **spared))
    silent = prove(verified("F1-E2a", **{**spared, "note": ""}))
    assert (level_of(one, "F1"), level_of(both, "F1"), level_of(silent, "F1")) == (3, 2, 1)


def test_the_verifier_is_another_organisation() -> None:
    own = Evidence(evidence="F1-E2a", status="verified", owner="ORG01", verifier="Организация 01")
    with pytest.raises(Refused) as refused:
        check(Settings(), own, STAFF, ROOM)
    assert refused.value.field == "verifier"
    claim = (Evidence(evidence="F1-E2a"), PEOPLE["P20"])  # of ORG14, which verifies
    found = prove(claim, verified("F1-E2a"))
    assert not found["F1-E2a"].proven
    assert found["F1-E2a"].problem is not None
    assert level_of(found, "F1") == 1


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (Evidence(evidence="F1-E2a", status="verified"), "verifier"),
        (Evidence(evidence="F1-E2a", status="not_applicable"), "note"),
        (Evidence(evidence="F1-E2a", link="javascript:alert(1)"), "link"),
        (Evidence(evidence="F1-E2a", owner="Никой"), "owner"),
    ],
)
def test_what_a_decision_lacks_is_said(entry: Evidence, field: str) -> None:
    with pytest.raises(Refused) as refused:
        check(Settings(), entry, STAFF, ROOM)
    assert refused.value.field == field


@pytest.mark.parametrize("status", ["verified", "rejected", "not_applicable"])
def test_participants_claim_and_do_not_decide(status: Any) -> None:
    entry = Evidence(evidence="F1-E2a", status=status, verifier="ORG14", note="проверено")
    with pytest.raises(Refused):
        check(Settings(), entry, PEOPLE["P01"], ROOM)
    assert check(Settings(), Evidence(evidence="F1-E2a"), PEOPLE["P01"], ROOM) == []


def test_a_claim_shows_its_organisation_and_never_undoes_a_decision() -> None:
    claim = (Evidence(evidence="F1-E2a", link="https://example.org/1"), PEOPLE["P01"])
    found = prove(claim)["F1-E2a"]
    assert (found.status, found.claims) == ("claimed", 1)
    assert found.owner is not None
    assert found.owner.key == "ORG01"
    rejected = (Evidence(evidence="F1-E2a", status="rejected", note="не се отваря"), STAFF)
    after = prove(rejected, claim)["F1-E2a"]
    assert (after.status, after.note, after.link) == (
        "rejected", "не се отваря", "https://example.org/1"
    )  # fmt: skip
    reopened = prove((Evidence(evidence="F1-E2a", status="missing"), STAFF), claim)
    assert reopened["F1-E2a"].status == "claimed"


PROOFS = [proof.id for one in shipped().dimensions for proof in one.evidence]


@given(st.sets(st.sampled_from(PROOFS)), st.sampled_from(PROOFS))
@settings(max_examples=60)
def test_more_verified_evidence_never_lowers_a_level(proven: set[str], one: str) -> None:
    fewer = prove(*(verified(proof) for proof in sorted(proven)))
    more = prove(*(verified(proof) for proof in sorted(proven | {one})))
    for code in CODES:
        assert (level_of(more, code) or 0) >= (level_of(fewer, code) or 0)


# The model and its weights


def test_another_model_may_be_named_in_the_settings() -> None:
    told_so = json.loads(SHIPPED.read_text(encoding="utf-8"))
    told_so["dimensions"] = told_so["dimensions"][:2]
    own = Settings(model=told_so)
    assert own.scale.codes == ("F1", "F2")
    assert Settings.model_validate(own.model_dump(mode="json")).scale == own.scale
    result = analyse(own, rate([("P01", 3), ("P03", 5)], "F2"), ROOM)
    assert [one.dimension.code for one in result.dimensions] == ["F1", "F2"]


@pytest.mark.parametrize(
    "fields",
    [
        {"model": {"id": "x"}},
        {"weights": {"X1": 1}},
        {"weights": {"F1": 0}},
        {"weights": {"F1": -1}},
        {"importance": {"F1": float("nan")}},
    ],
)
def test_settings_that_cannot_be_used_are_refused_with_a_sentence(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as error:
        Settings(**fields)
    assert say(refusals(error.value)[0].reason, "bg")


def test_weights_move_the_index_and_importance_the_order_of_gaps(result: Result) -> None:
    weighed = analyse(Settings(weights={"G2": 1}), sample_entries(), ROOM)
    assert weighed.index == pytest.approx((2.9027777777777777 - 1) / 4 * 100)
    ranked = analyse(Settings(importance={"G3": 3, "P1": 1}), sample_entries(), ROOM)
    assert of(ranked, "G3").priority == pytest.approx(1.4508928571428572 * 0.75)
    assert of(ranked, "F1").priority == 0
    assert of(result, "F1").priority == pytest.approx(1.8928571428571432 / 9)


def test_the_headline_follows_the_weighting_that_was_chosen() -> None:
    by_person = analyse(Settings(weighting="participant"), sample_entries(), ROOM)
    expected = VECTOR["expected"]["dimensions"]["F1"]["participant_mean"]
    assert of(by_person, "F1").perceived == pytest.approx(expected, abs=1e-9)
    assert by_person.heavy == ()


# What is shown


def every_block(result: Result) -> list[Block]:
    assert exercise.details is not None
    assert exercise.annex is not None
    annexes = [block for blocks in exercise.annex(result).values() for block in blocks]
    return [*exercise.tell(result), *exercise.details(result), *annexes]


def test_the_group_of_two_and_the_next_smallest_are_not_shown(result: Result) -> None:
    heat = next(block for block in exercise.tell(result) if isinstance(block, Heat))
    for row in heat.values:
        shown = [value is not None for value in row]
        assert shown == [True, True, False, False]
    text = told(every_block(result))
    assert "Groups with fewer than 3 people" in text
    assert repr(of(result, "F2").current.by_group["civic"].value) not in text  # 1.333…


def test_stricter_suppression_withstands_two_equations() -> None:
    strict = analyse(Settings(strict=True), sample_entries(), ROOM)
    assert of(strict, "P1").groups.shown == ("private",)
    assert of(strict, "F1").groups.shown == ("private", "public")


def test_an_average_of_two_people_is_not_shown_at_all() -> None:
    result = analyse(Settings(), rate([("P01", 5), ("P03", 4)]), ROOM)
    text = told(every_block(result))
    assert "4.5" not in text
    assert "Too few people rated" in text


def test_a_mean_by_group_that_rests_on_two_people_is_not_shown() -> None:
    """Groups of one are not in it: what is left of a small room may be a single pair."""
    result = analyse(Settings(), rate([("P01", 5), ("P03", 4), ("P10", 1), ("P20", 2)]), ROOM)
    assert of(result, "F1").perceived == 4.5
    assert "4.5" not in told(every_block(result))
    (row,) = [r for r in table_of(every_block(result), "maturity.weightings").rows if r[1] == 4]
    assert row[3:6] == (None, 3.0, 3.0)


def test_a_target_that_rests_on_two_people_is_not_shown() -> None:
    """Everybody said where we are, but only two where we should be."""
    people = ("P01", "P02", "P03", "P10", "P11", "P12")
    entries = [
        contribute(
            place,
            Rating(dimension="F1", current=2, target=wanted),
            PEOPLE[person],
        )
        for place, (person, wanted) in enumerate(zip(people, (4, 5, *[None] * 4), strict=True), 1)
    ]
    result = analyse(Settings(), entries, ROOM)
    assert of(result, "F1").target == 4.5
    assert "4.5" not in told(every_block(result))
    (row,) = [r for r in table_of(every_block(result), "maturity.levels").rows if r[1] == 2.0]
    assert (row[2], *row[-2:]) == (None, None, None)


def test_a_half_is_the_next_level_however_the_computer_holds_it() -> None:
    public = zip(("P01", "P02", "P03", "P04", "P05", "P06", "P07"), (2, 4, 4, 1, 4, 5, 3),
                 strict=True)  # fmt: skip
    private = zip(("P10", "P11", "P12", "P13", "P14", "P15", "P16"), (5, 3, 1, 5, 5, 2, 5),
                  strict=True)  # fmt: skip
    found = of(analyse(Settings(), rate([*public, *private]), ROOM), "F1")
    assert found.perceived == pytest.approx(3.5)
    assert found.levels is not None
    assert found.levels.perceived_level == 4


def test_nobody_rated_and_nothing_breaks() -> None:
    result = analyse(Settings(), [], ROOM)
    assert result.index is None
    assert "Nobody has rated" in told(exercise.tell(result))
    for language in LANGUAGES:
        told(every_block(result), language)


def test_too_few_organisations_have_no_interval() -> None:
    few = [one for one in sample_entries() if one.sender.organisation_id in ("ORG01", "ORG02")]
    found = analyse(Settings(), few, ROOM)
    assert isinstance(found.interval, Undefined)
    assert isinstance(of(found, "F1").interval, Undefined)
    assert "too few to say how sure" in told(exercise.tell(found))


def test_equal_means_and_evidence_that_is_missing_everywhere_are_said_once() -> None:
    people = (("P01", 3), ("P02", 3), ("P03", 3))
    alike = [*rate(people, "F1", 1), *rate(people, "F2", 4)]
    text = told(exercise.tell(analyse(Settings(), alike, ROOM)))
    assert "All rated dimensions stand equal, at 3.00." in text
    assert "evidence or ratings are missing for every dimension." in text
    every = [
        one
        for place, code in enumerate(CODES)
        for one in rate(people, code, 1 + place * len(people))
    ]
    text = told(exercise.tell(analyse(Settings(), every, ROOM)))
    assert "evidence is missing for every dimension." in text


def test_that_small_groups_are_hidden_is_said_below_their_picture_only(result: Result) -> None:
    blocks = exercise.tell(result)
    (note,) = [block.note for block in blocks if isinstance(block, Heat)]
    assert note
    assert told(blocks, "bg").count(say(note, "bg")) == 1


def test_somebody_reads_again_which_levels_they_chose() -> None:
    assert exercise.answer is not None
    entry = Rating(dimension="F1", current=2, target=None)
    said = [say(line, "bg") for line in exercise.answer(Settings(), entry)]
    assert said == ["сега: 2 · Развиващо се", "цел: –"]


def test_the_sentences_are_those_of_the_method(result: Result) -> None:
    text = told(exercise.tell(result), "bg")
    for sentence in (
        "Участниците оценяват зрялостта с 32 от 100 точки; потвърденото ниво е 2 „Развиващо се“.",
        "Най-слабото измерение е „Умения, приобщаване и достъпност“ (1,84 от 5), "
        "а най-силното – „Електронни услуги и канали“ (2,90).",
        "При „Съвместни решения и съсъздаване“ възприятието (2,4) надхвърля доказателствата "
        "(ниво 1); в регистъра е отбелязано: „страницата не се отваря“.",
        "Група „knowledge“: 2 души от 24 определят 25% от средната стойност",
    ):
        assert sentence in text


def test_the_summary_says_what_to_do_next(result: Result) -> None:
    assert exercise.summary is not None
    found = exercise.summary(result)
    said = [say(one.text, "en") for one in found.steps]
    assert "Discuss the contested dimension “Consultation & dialogue”." in said
    assert any("in place of the rejected P2-E2a" in one for one in said)
    ranked = say(next(one.text for one in found.findings if one.weight == 90), "en")
    assert ranked == (
        "On the scale to 5, rated lowest are “Skills, inclusion & accessibility” (1.84), "
        "“Monitoring, accountability & feedback” (2.03) and “Information & transparency” (2.03); "
        "rated highest are “Digital services & channels” (2.90), “Consultation & dialogue” (2.45) "
        "and “Co-decision & co-creation” (2.40)."
    )
    assert all(one.about for one in (*found.findings, *found.cautions, *found.steps))


def test_every_word_exists_in_both_languages(result: Result) -> None:
    english, bulgarian = (told(every_block(result), language) for language in LANGUAGES[::-1])
    assert "Perceived" in english
    assert "Perceived" not in bulgarian
    assert exercise.method is not None
    for sentence in exercise.method(Settings(strict=True, weights={"F1": 1})):
        assert say(sentence, "bg") != say(sentence, "en")


@pytest.mark.parametrize("n", [0, 1, 3, 20])
def test_the_example_is_accepted_and_told(n: int) -> None:
    given = exercise.example.settings
    entries: list[Contribution[Any]] = []
    people = [one for one in PEOPLE.values() if one.voting]
    for person, sent in zip(people, exercise.example.entries(given, n), strict=False):
        for answers in sent:
            entry = read(AnyEntry, answers)
            check(given, entry, person, ROOM)
            entries.append(contribute(len(entries) + 1, entry, person))
    result = analyse(given, entries, ROOM)
    assert result.raters == n
    told(every_block(result), "bg")


LEVEL = st.one_of(st.none(), st.integers(1, 5))
VOTERS = [one for one in PEOPLE if one != "P26"]
RATINGS = st.lists(st.tuples(st.sampled_from(VOTERS), LEVEL), max_size=30)


@given(RATINGS, st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_arrival_on_the_wire_does_not_matter(
    ratings: list[tuple[str, int | None]], random: Any
) -> None:
    entries = rate(ratings)
    mixed = list(entries)
    random.shuffle(mixed)
    assert analyse(Settings(), entries, ROOM) == analyse(Settings(), mixed, ROOM)


@given(RATINGS, st.integers(3, 6))
@settings(max_examples=60)
def test_no_small_group_is_shown_nor_left_to_subtraction(
    ratings: list[tuple[str, int | None]], k: int
) -> None:
    room = make_room(VECTOR, smallest_group=k)
    found = of(analyse(Settings(), rate(ratings), room), "F1")
    judged = dict(ratings)
    sizes: dict[str, int] = {}
    for person, level in judged.items():
        if level is not None:
            group = str(PEOPLE[person].group_id)
            sizes[group] = sizes.get(group, 0) + 1
    shown = set(found.groups.shown)
    assert all(sizes[group] >= k for group in shown)
    hidden = {group: n for group, n in sizes.items() if group not in shown}
    if hidden and found.told:
        assert len(hidden) > 1 or not any(n < k for n in hidden.values())
        assert sum(hidden.values()) >= k
    if 0 < sum(sizes.values()) < k:
        assert not found.told
