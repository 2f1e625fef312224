"""Commitments: the sample's network, the SMART check, and what staff and partners write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.commitments import exercise
from exercises.commitments.analysis import analyse
from exercises.commitments.days import read_day
from exercises.commitments.findings import meaning
from exercises.commitments.followup import plan
from exercises.commitments.holidays import day_off, days_off, next_working_day, orthodox_easter
from exercises.commitments.model import (
    AnyEntry,
    Commitment,
    NeedAnswer,
    Settings,
    StatusEntry,
)
from exercises.commitments.result import Result
from exercises.commitments.smart import check
from exercises.commitments.tables import details
from exercises.commitments.verbs import doing, vague_words
from tests.exercises.sample import (
    STAFF,
    contribute,
    load,
    make_room,
    make_sender,
    table_of,
    told,
)
from workshop.blocks import Block, Network
from workshop.exercise import Advice
from workshop.fields import read
from workshop.language import LANGUAGES, Multilingual, say
from workshop.model import Contribution, Option, Refused, Sender

VECTOR = load("commitments_sample.json")
ROOM = make_room(VECTOR)
PEOPLE = [make_sender(one) for one in VECTOR["people"] if one["voting"]]
BY_ORGANISATION = {one.organisation_id: one for one in reversed(PEOPLE)}
SETTINGS = Settings(
    priorities=tuple(
        Option(key=one["key"], wording=Multilingual(bg=one["bg"], en=one["en"]))
        for one in VECTOR["priorities"]
    )
)
STATUSES = {"active": "confirmed", "withdrawn": "withdrawn"}


def sample_entries() -> list[Contribution[Any]]:
    made = [
        contribute(
            place,
            Commitment(
                action=one["action_bg"],
                deliverable=one["deliverable_bg"],
                due=one["due"] or "",
                strength=one["strength"],
                certainty=one["certainty"],
                needs=[{"organisation": n["org"], "what": n["what"]} for n in one["needs"]],
                priority=one["candidate"] or "",
            ),
            BY_ORGANISATION[one["org"]],
        )
        for place, one in enumerate(VECTOR["commitments"], 1)
    ]
    made += [
        contribute(100 + place, StatusEntry(commitment=one["id"], status=status), STAFF)
        for place, one in enumerate(VECTOR["commitments"], 1)
        if (status := STATUSES.get(one["status"]))
    ]
    return made


@pytest.fixture(scope="module")
def result() -> Result:
    return analyse(SETTINGS, sample_entries(), ROOM)


def label(number: int) -> str:
    return f"K{number:02d}"


def test_the_sample_counts_nineteen(result: Result) -> None:
    expected = VECTOR["expected"]
    assert [label(line.number) for line in result.counted] == expected["counted"]
    assert [label(line.number) for line in result.left_out] == expected["not_counted"]
    statuses = {label(line.number): line.status for line in result.register.lines}
    assert (statuses["K14"], statuses["K18"], statuses["K21"], statuses["K22"]) == (
        "needs_confirmation",
        "draft",
        "draft",
        "withdrawn",
    )


def test_the_network_has_the_figures_of_the_sample(result: Result) -> None:
    expected, found = VECTOR["expected_network"], result.network
    assert len(found.organisations) == expected["nodes"]
    assert len(found.links) == expected["edges"]
    assert found.density.value == pytest.approx(expected["density"], abs=1e-9)
    assert found.reciprocity.value == pytest.approx(expected["reciprocity"], abs=1e-9)
    assert dict(found.in_degree) == expected["in_degree"]
    assert dict(found.out_degree) == expected["out_degree"]
    assert dict(found.betweenness) == pytest.approx(expected["betweenness_undirected"], abs=1e-9)
    assert list(found.articulation_points) == expected["articulation_points"]
    assert dict(result.dependencies.needed_by) == expected["commitments_depending_on"]
    first = result.loads[0]
    assert [first.organisation.id, first.share] == pytest.approx(expected["dependency_share_top"])
    assert {frozenset(cycle) for cycle in found.mutual} == {
        frozenset(cycle) for cycle in expected["cycles"]
    }
    assert [one.id for one in result.isolates] == expected["isolates"]
    assert found.components == expected["components"]


def test_longer_rings_are_told_and_each_needs_the_next(result: Result) -> None:
    needs = {(one.giver, one.needed) for one in result.network.links}
    rings = [one for one in result.network.cycles if len(one) > 2]
    assert sorted(map(len, rings)) == [3, 3, 4]
    assert all({*zip(one, [*one[1:], one[0]], strict=True)} <= needs for one in rings)
    listed = table_of(details(result), "commitments.rings")
    names = {one.id: say(one.name, "en") for one in ROOM.organisations}
    assert [say(row[0], "en") for row in listed.rows] == [
        " → ".join(names[key] for key in (*one, one[0])) for one in rings
    ]
    said = [say(one, "en") for one in meaning(result)]
    assert said[-1] == "The network has no clear core."


def test_what_waits_for_each_other_and_what_is_too_early(result: Result) -> None:
    assert [(one.first.number, one.other.number) for one in result.waiting] == [
        (1, 2), (3, 17), (19, 20)
    ]  # fmt: skip
    early = {(one.first.number, one.other.number) for one in result.conflicts}
    assert {(6, 4), (20, 19)} <= early  # the hackathon before its data, recruiting before training
    assert (19, 20) not in early


def test_deliveries_and_priorities_of_the_sample(result: Result) -> None:
    assert result.delivery == pytest.approx(12.75)
    bare = [one.key for one in result.coverage if not one.total]
    assert bare == ["C01", "C07"]
    assert sum(one.due for one in result.periods) == 19
    alone = {(one.candidate, one.organisation) for one in result.dependencies.sole_suppliers}
    assert ("C02", "ORG02") in alone
    assert ("C12", "ORG02") in alone


# The SMART check

GOOD = {
    "action": "Да публикуваме календар на консултациите",
    "deliverable": "Календар",
    "due": "26.02.2027",
    "strength": 3,
}
PERSON = BY_ORGANISATION["ORG01"]
CITIZEN = Sender(person="P99", organisation_id=None, group_id="civic")


def advise(sender: Sender = PERSON, **fields: Any) -> list[Advice]:
    return check(SETTINGS, Commitment(**{**GOOD, **fields}), sender, ROOM)


def test_a_complete_commitment_needs_no_advice() -> None:
    assert advise() == []
    assert advise(needs=[{"organisation": "ORG02", "what": "теми"}]) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"action": "Календар на консултациите"}, "action"),
        ({"deliverable": ""}, "deliverable"),
        ({"due": ""}, "due"),
        ({"due": "скоро"}, "due"),
        ({"due": "31.02.2027"}, "due"),
        ({"due": "16.12.2026"}, "due"),
        ({"needs": [{"organisation": "ORG01", "what": "x"}]}, "needs.0.organisation"),
    ],
)
def test_an_error_keeps_a_draft_that_is_not_counted(fields: dict[str, Any], field: str) -> None:
    errors = [one for one in advise(**fields) if one.level == "error"]
    assert [one.field for one in errors] == [field]
    entry = Commitment(**{**GOOD, **fields})
    result = analyse(SETTINGS, [contribute(1, entry, PERSON)], ROOM)
    assert [line.status for line in result.register.lines] == ["draft"]
    assert result.counted == ()


def test_a_citizen_keeps_a_draft_because_no_organisation_stands_behind_it() -> None:
    assert [(one.level, one.field) for one in advise(CITIZEN)] == [("error", "")]


def test_the_day_of_the_workshop_is_not_in_the_past() -> None:
    assert advise(due="17.12.2026") == []


def test_a_year_that_was_mistyped_is_guessed() -> None:
    (advice,) = advise(due="2026-01-31")
    assert "Did you mean 31 January 2027?" in say(advice.text, "en")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"action": "Да съдействаме на общината"}, "съдействаме"),
        ({"action": "Да изготвим план при необходимост"}, "при необходимост"),
        ({"action": "Support the municipality"}, "support"),
        ({"action": "Изготвяне на календар"}, "verb"),
        ({"due": "18.12.2028"}, "two years"),
        ({"due": "27.02.2027"}, "the weekend"),
        ({"due": "03.03.2027"}, "Liberation Day"),
        ({"due": "31 май"}, "We understood the date as 31 May 2027"),
        ({"strength": 5}, "Which resources"),
        ({"needs": [{"organisation": "ORG02"}]}, "Say what you need"),
        ({"needs": [{"organisation": "Министерство", "what": "x"}]}, "not among"),
    ],
)
def test_a_warning_counts_all_the_same(fields: dict[str, Any], words: str) -> None:
    advice = advise(**fields)
    assert [one.level for one in advice] == ["warning"]
    assert words in say(advice[0].text, "en")
    entry = contribute(1, Commitment(**{**GOOD, **fields}), PERSON)
    assert len(analyse(SETTINGS, [entry], ROOM).counted) == 1


def test_resources_named_or_ticked_answer_the_question_about_them() -> None:
    assert advise(strength=5, resources="40 часа") == []
    assert advise(strength=5, resource_kinds={"money": "yes"}) == []


def test_a_partner_who_is_not_in_the_room_is_told() -> None:
    few = make_room(VECTOR, attended=frozenset({"ORG01"}))
    entry = Commitment(**GOOD, needs=[{"organisation": "ORG02", "what": "теми"}])
    (advice,) = check(SETTINGS, entry, PERSON, few)
    assert (advice.level, advice.field) == ("warning", "needs.0.organisation")


@pytest.mark.parametrize("fields", [{"priority": "C99"}, {"dimension": "X1"}])
def test_a_choice_no_longer_offered_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        advise(**fields)
    assert refused.value.field == next(iter(fields))


# The form of the phone


def test_the_form_comes_as_the_phone_nests_it() -> None:
    entry = read(
        AnyEntry,
        {
            "kind": "commitment",
            **GOOD,
            "strength": "4",
            "certainty": "",
            "resource_kinds": {"hours": "yes", "data": "yes"},
            "needs": {
                "0": {"organisation": "", "what": ""},
                "2": {"organisation": "ORG02", "what": "теми"},
            },
        },
    )
    assert (entry.strength, entry.certainty) == (4, "intention")
    assert entry.resource_kinds == ("hours", "data")
    assert [need.organisation for need in entry.needs] == ["ORG02"]
    assert read(AnyEntry, entry.model_dump(mode="json")) == entry


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"action": " "}, "action"),
        ({"action": "я" * 281}, "action"),
        ({"deliverable": "я" * 121}, "deliverable"),
        ({"strength": ""}, "strength"),
        ({"strength": "6"}, "strength"),
        ({"needs": {"1": {"organisation": "", "what": "зала"}}}, "needs.1.organisation"),
        ({"resource_kinds": {"gold": "yes"}}, "resource_kinds.0"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        read(AnyEntry, {"kind": "commitment", **GOOD, **fields})
    assert refused.value.field == field


def test_one_page_may_hold_both_the_commitment_and_the_answer() -> None:
    halves = {**GOOD, "strength": "", "commitment": "1", "answer": "declined", "note": ""}
    answer = read(AnyEntry, {**halves, "kind": "need_answer"})
    assert (answer.kind, answer.commitment, answer.answer) == ("need_answer", "1", "declined")
    assert read(AnyEntry, {**halves, "kind": "commitment", "strength": "2"}).kind == "commitment"


# Verbs

DOING = [
    "Да изготви и публикува календар",
    "Ще публикуваме регистъра",
    "Изготвям календар на консултациите",
    "Организираме четири срещи",
    "До края на март общината ще публикува данните",
    "Публикувайте данните",
    "Da izgotvi i publikuva kalendar na konsultaciite",
    "Да се проведат две обучения",
    "Общината публикува 10 набора",
    "Ще редовно обновяваме данните",
    "Да бъде домакин на хакатон",
    "Draft rules of the council",
    "We will host a hackathon",
    "To publish the calendar",
    "Name a person responsible for feedback",
    "By the end of March publish the budget",
    "The agency publishes a calendar",
    "Jointly organise two trainings",
    "I commit to hosting the register",
    "Report the results monthly",
]
NOT_DOING = [
    "Календар на консултациите",
    "Нова програма за обучения",
    "Работи по зелените площи",
    "Промени в наредбата",
    "Договори с партньорите",
    "Отдели за работа с граждани",
    "Календар, който обединява всички консултации",
    "Да",
    "Да, на всички",
    "Подготовка на стандарт",
    "Support",
    "Report on consultations",
    "Plan for open data",
    "A register that publishes every promise",
    "Training programme for staff",
    "20 sensors",
    "123",
    "🙂",
]


@pytest.mark.parametrize("action", DOING)
def test_somebody_will_do_something(action: str) -> None:
    assert doing(action) == "verb"


@pytest.mark.parametrize("action", NOT_DOING)
def test_a_thing_is_not_a_deed(action: str) -> None:
    assert doing(action) == "nothing"


@pytest.mark.parametrize("action", ["Изготвяне на календар", "Drafting a calendar"])
def test_the_noun_of_a_verb_is_recognised(action: str) -> None:
    assert doing(action) == "noun"


@pytest.mark.parametrize("one", VECTOR["commitments"], ids=lambda one: str(one["id"]))
def test_all_sample_actions_have_a_verb_in_both_languages(one: dict[str, Any]) -> None:
    assert doing(one["action_bg"]) == doing(one["action_en"]) == "verb"
    vague = one["id"] == "K18"
    assert bool(vague_words(one["action_bg"])) == bool(vague_words(one["action_en"])) == vague


# Days

TODAY = date(2026, 12, 17)


@pytest.mark.parametrize(
    ("typed", "day", "exact"),
    [
        ("31.03.2027", date(2027, 3, 31), True),
        ("31.3.2027 г.", date(2027, 3, 31), True),
        ("31/03/27", date(2027, 3, 31), True),
        ("2027-03-31", date(2027, 3, 31), True),
        ("31 март 2027 г.", date(2027, 3, 31), True),
        ("до 31 март 2027", date(2027, 3, 31), True),
        ("1-ви март 2027", date(2027, 3, 1), True),
        ("31st March 2027", date(2027, 3, 31), True),
        ("March 31, 2027", date(2027, 3, 31), True),
        ("31 март", date(2027, 3, 31), False),
        ("15.1.", date(2027, 1, 15), False),
        ("до края на февруари 2028 г.", date(2028, 2, 29), False),
        ("by the end of May", date(2027, 5, 31), False),
        ("края на 2027 г.", date(2027, 12, 31), False),
        ("март 2027", date(2027, 3, 31), False),
    ],
)
def test_days_are_read_as_people_write_them(typed: str, day: date, exact: bool) -> None:
    found = read_day(typed, TODAY)
    assert found is not None
    assert (found.day, found.exact) == (day, exact)


@pytest.mark.parametrize(
    "typed", ["", "скоро", "31.02.2027", "32.1.2027", "2027", "5.5.3000", "01.01.1999", "1.2.3.4"]
)
def test_what_is_no_day_is_not_guessed(typed: str) -> None:
    assert read_day(typed, TODAY) is None


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_days_and_verbs(typed: str) -> None:
    read_day(typed, TODAY)
    assert doing(typed) in ("verb", "noun", "nothing")
    vague_words(typed)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2015, (4, 12)), (2021, (5, 2)), (2024, (5, 5)), (2025, (4, 20)), (2027, (5, 2))],
)
def test_orthodox_easter(year: int, day: tuple[int, int]) -> None:
    assert orthodox_easter(year) == date(year, *day)


@pytest.mark.parametrize(
    "day",
    [
        date(2021, 5, 4),  # 1 May was the Saturday before Easter
        date(2022, 12, 27),
        date(2022, 12, 28),  # 24 and 25 December at the weekend
        date(2024, 3, 4),
        date(2025, 9, 8),
        date(2026, 5, 25),
    ],
)
def test_a_holiday_at_the_weekend_gives_the_next_working_day_off(day: date) -> None:
    assert day.weekday() < 5
    assert day_off(day) is not None


def test_easter_at_the_weekend_gives_no_further_day_off() -> None:
    assert day_off(date(2024, 5, 7)) is None
    assert len([one for one in days_off(2024) if one.month == 5]) == 6


def test_a_working_day_is_none_of_them() -> None:
    assert day_off(date(2027, 3, 4)) is None
    assert next_working_day(date(2026, 12, 24)) == date(2026, 12, 29)


# What staff and partners write


def enter(number: int, entry: Any, sender: Sender = STAFF, **more: Any) -> Contribution[Any]:
    return contribute(number, entry, sender, **more)


def promise(number: int, sender: Sender = PERSON, **fields: Any) -> Contribution[Any]:
    return contribute(number, Commitment(**{**GOOD, **fields}), sender)


def statuses(*entries: Contribution[Any]) -> dict[int, str]:
    found = analyse(SETTINGS, entries, ROOM)
    return {line.number: line.status for line in found.register.lines}


@pytest.mark.parametrize("name", ["7", "№ 7", "K07", "No. 7", "c7"])
def test_a_status_finds_its_commitment_by_number_or_id(name: str) -> None:
    status = StatusEntry(commitment=name, status="in_progress")
    assert statuses(promise(7), enter(8, status)) == {7: "in_progress"}


def test_the_latest_status_holds() -> None:
    one, two = (StatusEntry(commitment="1", status=s) for s in ("confirmed", "completed"))
    assert statuses(promise(1), enter(3, two), enter(2, one)) == {1: "completed"}


def test_a_draft_cannot_be_confirmed_but_withdrawn() -> None:
    confirmed = StatusEntry(commitment="1", status="confirmed")
    withdrawn = StatusEntry(commitment="1", status="withdrawn")
    assert statuses(promise(1, deliverable=""), enter(2, confirmed)) == {1: "draft"}
    assert statuses(promise(1, deliverable=""), enter(2, withdrawn)) == {1: "withdrawn"}


def test_whoever_left_early_must_confirm_and_is_counted() -> None:
    gone = BY_ORGANISATION["ORG09"]
    assert gone.left_early
    found = analyse(SETTINGS, [promise(1, gone)], ROOM)
    assert [line.status for line in found.counted] == ["needs_confirmation"]


def test_a_changed_commitment_keeps_what_was_written_about_it() -> None:
    old = contribute(1, Commitment(**GOOD), PERSON, replaced_by="c2")
    status = StatusEntry(commitment="1", status="confirmed")
    assert statuses(old, promise(2), enter(3, status)) == {2: "confirmed"}


def test_hidden_commitments_are_gone_and_notes_about_none_are_listed() -> None:
    hidden = contribute(1, Commitment(**GOOD), PERSON, hidden="test")
    status = StatusEntry(commitment="1", status="confirmed", note="по имейл")
    found = analyse(SETTINGS, [hidden, promise(5), enter(2, status)], ROOM)
    assert [line.number for line in found.register.lines] == [5]
    assert exercise.details is not None
    assert "по имейл" in told([table_of(exercise.details(found), "commitments.lost")])


def test_only_staff_write_statuses_and_only_the_asked_answer() -> None:
    with pytest.raises(Refused):
        check(SETTINGS, StatusEntry(commitment="1", status="confirmed"), PERSON, ROOM)
    other = NeedAnswer(commitment="1", organisation="ORG02", answer="accepted")
    with pytest.raises(Refused):
        check(SETTINGS, other, PERSON, ROOM)
    assert check(SETTINGS, other, BY_ORGANISATION["ORG02"], ROOM) == []
    assert check(SETTINGS, other, STAFF, ROOM) == []
    nobody = NeedAnswer(commitment="1", answer="accepted")
    with pytest.raises(Refused):
        check(SETTINGS, nobody, STAFF, ROOM)
    with pytest.raises(Refused):
        check(SETTINGS, nobody, CITIZEN, ROOM)
    assert check(SETTINGS, nobody, BY_ORGANISATION["ORG02"], ROOM) == []


def test_a_declined_need_is_dashed_and_counted_nowhere() -> None:
    needs = [{"organisation": "ORG02", "what": "теми"}, {"organisation": "ORG03", "what": "зала"}]
    answer = NeedAnswer(commitment="1", answer="declined")
    asked = BY_ORGANISATION["ORG02"]
    found = analyse(SETTINGS, [promise(1, needs=needs), enter(2, answer, asked)], ROOM)
    assert [(one.giver, one.needed) for one in found.network.links] == [("ORG01", "ORG03")]
    assert found.dependencies.needed_by["ORG02"] == 0
    assert [one.need.organisation.key for one in found.unanswered] == ["ORG03"]
    network = next(block for block in exercise.tell(found) if isinstance(block, Network))
    assert {(edge.target, edge.declined) for edge in network.edges} == {
        ("ORG03", False),
        ("ORG02", True),
    }


def test_one_commitment_alone_is_told_in_the_singular() -> None:
    needs = [{"organisation": "ORG02", "what": "теми"}]
    blocks = exercise.tell(analyse(SETTINGS, [promise(1, needs=needs)], ROOM))
    text = told(blocks, "bg")
    assert "Отчетен е 1 ангажимент; той зависи от Организация 02." in text
    assert "от 1 ангажимент:" in text
    assert "1 commitment was counted; it depends on" in told(blocks)


def test_isolates_are_in_the_room_without_commitment_and_unneeded() -> None:
    needs = [{"organisation": "ORG02", "what": "теми"}]
    few = make_room(VECTOR, attended=frozenset({"ORG01", "ORG02", "ORG03"}))
    found = analyse(SETTINGS, [promise(1, needs=needs)], few)
    assert [one.key for one in found.isolates] == ["ORG03"]
    assert len(found.network.organisations) == 3
    assert analyse(SETTINGS, [promise(1)], make_room(VECTOR, attended=frozenset())).isolates == ()


# What is shown


def every_block(result: Result) -> list[Block]:
    assert exercise.details is not None
    assert exercise.annex is not None
    annexes = [block for blocks in exercise.annex(result).values() for block in blocks]
    return [*exercise.tell(result), *exercise.details(result), *annexes]


def test_an_author_may_be_counted_without_being_quoted() -> None:
    quiet = promise(
        1,
        visibility="counted",
        deliverable="Тайна",
        resources="Секрет",
        needs=[{"organisation": "ORG02", "what": "поверително"}],
    )
    result = analyse(SETTINGS, [quiet], ROOM)
    text = told(every_block(result))
    assert "Organisation 01" in text
    for word in ("календар", "Тайна", "Секрет", "поверително"):
        assert word not in text
    assert exercise.offers is not None
    assert exercise.offers(result)[0].wording == Multilingual(bg="Ангажимент 1", en="Commitment 1")


def test_the_sentences_are_those_of_the_method(result: Result) -> None:
    assert exercise.details is not None
    text = told([*exercise.tell(result), *exercise.details(result)], "bg")
    for sentence in (
        "Отчетени са 19 ангажимента; 13 от тях зависят от Организация 02.",
        "Без Организация 02 68% от отчетените ангажименти губят необходим партньор.",
        "№ 19 (Организация 14) и № 20 (Организация 15) са взаимно зависими",
        "3 ангажимента не са отчетени: № 18 (без резултат и без срок), № 21 (изтекла дата) "
        "и № 22 (оттеглен).",
    ):
        assert sentence in text
    assert ".." not in text


def test_follow_ups_fall_on_working_days_and_lose_nothing(result: Result) -> None:
    planned = plan(result)
    assert [one.day for one in planned] == [
        date(2027, 1, 18), date(2027, 3, 17), date(2027, 6, 15)
    ]  # fmt: skip
    assert planned[0].day - ROOM.day >= timedelta(days=30)
    asked = {line.number for one in planned for line in one.due}
    later = {line.number for line in planned[-1].running}
    assert asked | later == {line.number for line in result.counted}
    assert not asked & later


def test_counted_commitments_are_offered_with_their_origin(result: Result) -> None:
    assert exercise.offers is not None
    offers = exercise.offers(result)
    assert len(offers) == 19
    assert [one.rank for one in offers] == list(range(1, 20))
    assert (offers[0].key, offers[0].origin.contribution_ids) == ("K17", ("c17",))


def test_nothing_was_promised_and_nothing_breaks() -> None:
    found = analyse(SETTINGS, [], ROOM)
    assert "No commitment is counted yet." in told(every_block(found))
    assert exercise.summary is not None
    assert exercise.summary(found).findings == ()


def test_dates_far_apart_are_told_in_few_rows() -> None:
    found = analyse(SETTINGS, [promise(1), promise(2, due="01.02.2099")], ROOM)
    assert [(one.start, one.months, one.due) for one in found.periods] == [
        (date(2027, 1, 1), 3, 1),
        (date(2099, 1, 1), 3, 1),
    ]


def test_every_word_exists_in_both_languages(result: Result) -> None:
    english, bulgarian = (told(every_block(result), language) for language in LANGUAGES[::-1])
    assert "Register of commitments" in english
    assert "Register of commitments" not in bulgarian
    assert exercise.method is not None
    for sentence in exercise.method(SETTINGS):
        assert say(sentence, "bg") != say(sentence, "en")


@pytest.mark.parametrize("n", [0, 1, 7, 16])
def test_the_example_is_accepted_and_told(n: int) -> None:
    given = exercise.example.settings
    bare = exercise.example.entries(Settings(), n)
    assert not any("priority" in one for sent in bare for one in sent), "the form asks for none"
    people = [BY_ORGANISATION[key] for key in sorted(str(one) for one in BY_ORGANISATION)]
    entries: list[Contribution[Any]] = []
    for person, sent in zip(people, exercise.example.entries(given, n), strict=False):
        for answers in sent:
            entry = read(AnyEntry, answers)
            check(given, entry, person, ROOM)
            entries.append(contribute(len(entries) + 1, entry, person))
    found = analyse(given, entries, ROOM)
    assert len(found.register.lines) == n
    if n >= 7:
        assert len(found.left_out) == n // 7 + (n % 7 >= 4)
        assert found.waiting
    told(every_block(found), "bg")


ORGANISATIONS = [one["id"] for one in VECTOR["organisations"]]
PROMISES = st.lists(
    st.tuples(
        st.sampled_from(ORGANISATIONS),
        st.lists(st.sampled_from(ORGANISATIONS), max_size=4),
        st.sampled_from(["", "C01", "C02"]),
    ),
    max_size=12,
)


def promises(drawn: Sequence[tuple[str, list[str], str]]) -> list[Contribution[Any]]:
    return [
        promise(
            number,
            BY_ORGANISATION[maker],
            needs=[{"organisation": one, "what": "x"} for one in needs],
            priority=priority,
        )
        for number, (maker, needs, priority) in enumerate(drawn, 1)
    ]


@given(PROMISES, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_arrival_on_the_wire_does_not_matter(drawn: Any, random: Any) -> None:
    entries = promises(drawn)
    mixed = list(entries)
    random.shuffle(mixed)
    assert analyse(SETTINGS, entries, ROOM) == analyse(SETTINGS, mixed, ROOM)


@given(PROMISES, st.integers(1, 12), st.sampled_from(ORGANISATIONS))
@settings(max_examples=40)
def test_declining_never_adds_a_dependency(drawn: Any, number: int, asked: str) -> None:
    entries = promises(drawn)
    answer = NeedAnswer(commitment=str(number), organisation=asked, answer="declined")
    before = analyse(SETTINGS, entries, ROOM)
    after = analyse(SETTINGS, [*entries, enter(99, answer)], ROOM)
    assert len(after.counted) == len(before.counted)
    assert len(after.network.links) <= len(before.network.links)
    for key, needed in after.dependencies.needed_by.items():
        assert needed <= before.dependencies.needed_by[key]
