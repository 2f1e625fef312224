"""SWOT: what an entry may be, and what its author is told."""

from __future__ import annotations

import pytest

from exercises.swot import exercise
from exercises.swot.model import Entry, Settings, check
from tests.exercises.sample import STAFF, load, make_room, make_sender
from workshop.fields import read
from workshop.language import Multilingual, say
from workshop.model import Refused

VECTOR = load("swot_sample.json")
ROOM = make_room(VECTOR)
PEOPLE = {one["id"]: make_sender(one) for one in VECTOR["people"]}


@pytest.mark.parametrize("text", ["", "  ", "ок", "5 !", "123", "😀😀😀"])
def test_an_entry_that_says_nothing_is_refused(text):
    with pytest.raises(Refused) as refused:
        check(Settings(), Entry(kind="S", text=text), PEOPLE["P01"], ROOM)
    assert refused.value.field == "text"


def test_observers_are_refused_but_staff_may_write():
    entry = Entry(kind="S", text="Има опит от миналата година")
    with pytest.raises(Refused):
        check(Settings(), entry, PEOPLE["P26"], ROOM)
    assert check(Settings(), entry, STAFF, ROOM) == []


def test_a_long_entry_is_kept_with_advice_to_give_a_title():
    long = Entry(kind="S", text="дума " * 100)
    assert [one.level for one in check(Settings(), long, PEOPLE["P01"], ROOM)] == ["warning"]
    titled = Entry(kind="S", text="дума " * 100, title="Думи")
    assert check(Settings(), titled, PEOPLE["P01"], ROOM) == []


def test_personal_data_is_accepted_with_a_warning():
    entry = Entry(kind="S", text="Пишете на ana@example.org")
    assert [one.level for one in check(Settings(), entry, PEOPLE["P01"], ROOM)] == ["warning"]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"kind": "X", "text": "добре"}, "kind"),
        ({"text": "добре"}, "kind"),
        ({"kind": "S", "text": "я" * 1001}, "text"),
        ({"kind": "S", "text": "добре", "title": "я" * 121}, "title"),
        ({"kind": "S", "text": "добре", "by": "P01"}, "by"),
    ],
)
def test_answers_that_do_not_fit_are_refused_beside_their_field(answers, field):
    with pytest.raises(Refused) as refused:
        read(exercise.entry, answers)
    assert refused.value.field == field


def test_the_facilitators_own_question_is_asked():
    own = Settings(threats=Multilingual(bg="Какво ни плаши?"))
    assert say(own.question("T"), "bg") == "Какво ни плаши?"
    assert say(own.question("S"), "en") == "What do we do well already, and what can we build on?"
