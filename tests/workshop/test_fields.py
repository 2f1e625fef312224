"""What people fill in is refused with a sentence for them, beside the field it is about."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError, model_validator

from workshop.fields import (
    Flag,
    Form,
    Key,
    Line,
    MaybeDay,
    MaybeWhole,
    Options,
    Rows,
    SomeLine,
    SomeLines,
    Whole,
    Words,
    read,
    refusals,
    wrong,
)
from workshop.language import Multilingual, say, text
from workshop.model import Option, Origin, Refused


class Need(Form):
    organisation: SomeLine
    what: Line = ""


class Plan(Form):
    kind: Literal["plan"] = "plan"
    action: SomeLines
    strength: Annotated[Whole, Field(ge=1, le=5)] = 3
    due: MaybeDay = None
    hours: MaybeWhole = None
    agreed: Flag = False
    needs: Rows[Need] = ()
    dots: dict[Key, Whole] = Field(default_factory=dict, max_length=3)

    @model_validator(mode="after")
    def _not_without_hours(self) -> Plan:
        if self.strength == 5 and self.hours is None:
            raise wrong(text("Say how many hours."), "hours")
        return self


class Note(Form):
    kind: Literal["note"]
    words: Annotated[str, Field(min_length=1, max_length=5)]


Either = Annotated[Plan | Note, Field(discriminator="kind")]


class Listed(Form):
    options: Options = ()
    title: Words = Multilingual()


def refused(form: Any, answers: dict[str, Any]) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        read(form, answers)
    return caught.value.field, say(caught.value.reason, "en")


@pytest.mark.parametrize(
    ("answers", "field", "sentence"),
    [
        ({}, "action", "Please fill this in."),
        ({"action": " \u200b\n"}, "action", "Please fill this in."),
        ({"action": "а" * 1001}, "action", "The text has 1,001 characters; at most 1,000"),
        ({"action": "а", "strength": "6"}, "strength", "The number may be at most 5."),
        ({"action": "а", "strength": "0"}, "strength", "The number must be at least 1."),
        ({"action": "а", "strength": ""}, "strength", "Please write a whole number"),
        ({"action": "а", "strength": True}, "strength", "Please write a whole number"),
        ({"action": "а", "strength": ["3"]}, "strength", "Please write a whole number"),
        ({"action": "а", "strength": "5"}, "hours", "Say how many hours."),
        ({"action": "а", "due": "17.12.2026"}, "due", "Please write the date"),
        ({"action": "а", "due": "2026-02-30"}, "due", "Please write the date"),
        ({"action": "а", "agreed": "perhaps"}, "agreed", "Please choose yes or no."),
        ({"action": "а", "colour": "red"}, "colour", "This page is out of date."),
        ({"action": ["а"]}, "action", "This answer cannot be read."),
        ({"action": "а", "dots": {"C01": "x"}}, "dots.C01", "Please write a whole number"),
        ({"action": "а", "dots": {"../C": "1"}}, "dots.../C", "This choice is not known here."),
        ({"action": "а", "dots": dict.fromkeys("abcd", "1")}, "dots", "At most 3 are possible"),
        ({"action": "а", "needs": [{"what": "време"}]}, "needs.0.organisation", "Please fill"),
        ({"action": "а", "needs": "време"}, "needs", "This answer cannot be read."),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(answers, field, sentence):
    where, said = refused(Plan, answers)
    assert where == field
    assert said.startswith(sentence)


def test_the_path_of_a_row_is_the_one_it_was_typed_in():
    blank = {"organisation": " ", "what": ""}
    bad = {"organisation": "", "what": "време"}
    good = {"organisation": "Читалище", "what": ""}
    where, _ = refused(Plan, {"action": "а", "needs": {"0": blank, "2": good, "5": bad}})
    assert where == "needs.5.organisation"
    where, _ = refused(Plan, {"action": "а", "needs": [blank, bad]})
    assert where == "needs.1.organisation"


def test_the_kind_of_an_union_is_not_part_of_the_path():
    assert refused(Either, {"kind": "note"}) == ("words", "Please fill this in.")
    assert refused(Either, {"kind": "note", "words": ""})[1] == "Please fill this in."
    assert refused(Either, {"kind": "note", "words": "abcdef"})[1].startswith(
        "At most 5 characters"
    )
    assert refused(Either, {"kind": "poem"}) == ("", "Please choose one of the answers offered.")
    assert refused(Either, {}) == ("", "Please choose one of the answers offered.")


def test_all_that_is_wrong_can_be_told_at_once():
    with pytest.raises(ValidationError) as caught:
        Plan.model_validate({"strength": "9", "hours": "-1"})
    assert [one.field for one in refusals(caught.value)] == ["action", "strength", "hours"]


def test_every_sentence_exists_in_bulgarian():
    for answers in ({}, {"action": "а", "strength": "9"}, {"action": "а", "colour": ""}):
        with pytest.raises(Refused) as caught:
            read(Plan, answers)
        assert say(caught.value.reason, "bg") != say(caught.value.reason, "en")


def test_what_a_form_sends_becomes_values():
    plan = read(
        Plan,
        {
            "action": " Да отворим\r\nданните ",
            "strength": "4",
            "due": "2026-12-17",
            "hours": "",
            "agreed": "yes",
            "needs": {"1": {"organisation": "Читалище"}, "0": {"organisation": ""}},
        },
    )
    assert plan.action == "Да отворим\nданните"
    assert (plan.due, plan.hours, plan.agreed) == (date(2026, 12, 17), None, True)
    assert plan.needs == (Need(organisation="Читалище"),)
    assert read(Plan, plan.model_dump(mode="json")) == plan


@pytest.mark.parametrize(
    "typed",
    [
        "-1",
        "1.5",
        "1e3",
        "2147483648",
        "NaN",
        "inf",
        "",
        " 7 ",
        "1_000",
        "٣",
        "７",
        "1" * 5000,
        "0x1",
    ],
)
def test_a_whole_number_is_ascii_digits_and_nothing_else(typed):
    assert refused(Plan, {"action": "а", "dots": {"C01": typed}})[0] == "dots.C01"


@given(st.integers(0, 999_999))
def test_a_whole_number_comes_back_from_text_and_from_json(number):
    for typed in (number, str(number), f"{number:06d}"):
        assert read(Plan, {"action": "а", "hours": typed}).hours == number


def test_options_typed_by_hand_get_keys():
    listed = read(Listed, {"options": "Един вход\n\n Отворени данни "})
    assert [(one.key, one.wording.bg) for one in listed.options] == [
        ("C01", "Един вход"),
        ("C02", "Отворени данни"),
    ]


def test_options_keep_the_keys_they_have():
    rows = [
        {"key": "C07", "wording": {"bg": "Седем"}},
        {"key": "", "wording": {"bg": "", "en": "Eight"}, "category": "W"},
        {"key": "", "wording": {"bg": " ", "en": ""}, "category": ""},
        Option(key="W3", wording=Multilingual("Три"), origin=Origin(stage_id="s", label="W3")),
    ]
    listed = read(Listed, {"options": rows})
    assert [one.key for one in listed.options] == ["C07", "C08", "W3"]
    assert listed.options[2].origin == Origin(stage_id="s", label="W3")
    assert read(Listed, listed.model_dump(mode="json")) == listed


@pytest.mark.parametrize(
    "rows",
    [
        [{"key": "C01", "wording": {"bg": "а"}}, {"key": "C01", "wording": {"bg": "б"}}],
        [{"key": "../..", "wording": {"bg": "а"}}],
        [{"key": "C01", "wording": {"bg": "а" * 1001}}],
        [{"key": "C01"}],
        [7],
        {"C01": "Един вход"},
        7,
    ],
)
def test_options_that_make_no_sense_are_refused(rows):
    assert refused(Listed, {"options": rows})[0].startswith("options")


def test_a_wording_typed_as_a_code_is_told_what_a_code_is():
    reason = refused(Listed, {"options": [{"key": "Карта за достъп", "wording": {}}]})[1]
    assert reason.startswith("A code has Latin letters")


def test_words_are_cleaned_and_short():
    assert read(Listed, {"title": {"bg": " Парк\u200b\n"}}).title == Multilingual("Парк")
    assert refused(Listed, {"title": {"bg": "а" * 201}})[0] == "title"
