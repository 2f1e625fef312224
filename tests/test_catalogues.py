"""Every sentence can be said in both languages, the same way in every room."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

import pytest

from tests import catalogues
from tests.catalogues import HOME, LANGUAGES, Sentence, english, forms, messages, rooms

catalogue, extract = cache(catalogues.catalogue), cache(catalogues.extract)

SLOT = re.compile(r"\{(\w*)[^{}]*\}|%\((\w+)\)[sd]")
ROOMS = [pytest.param(room, id=room.relative_to(HOME).as_posix()) for room in rooms()]


def slots(sentence: str) -> set[str]:
    return {found[1] or found[2] for found in SLOT.finditer(sentence)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_every_message_of_a_room_is_in_its_catalogues_and_no_other(room, language):
    known = {english(message) for message in messages(catalogue(room, language))}
    used = set(extract(room))
    assert not used - known, "run python tests/catalogues.py"
    assert not known - used, "run python tests/catalogues.py"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_every_message_is_translated(room, language):
    used = extract(room)
    for message in messages(catalogue(room, language)):
        assert all(forms(message)), f"not translated: {english(message)}"
        assert not message.fuzzy, f"only guessed: {english(message)}"
        known = used.get(english(message))
        assert known is None or len(forms(message)) == (2 if known.many else 1), english(message)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_a_translation_has_the_slots_of_its_message(room, language):
    used = extract(room)
    for message in messages(catalogue(room, language)):
        sentence = used.get(english(message), Sentence(english(message)))
        wanted = slots(sentence.one) | slots(sentence.many)
        for form, original in zip(forms(message), (sentence.one, sentence.many), strict=False):
            assert slots(form) <= wanted, f"unknown slot: {form}"
            lost = slots(original) - slots(form) - {"n"}  # "one vote" need not show its number
            assert not form or not lost, f"{lost} is not said: {form}"


def test_english_says_what_the_code_says():
    for room in rooms():
        for message in messages(catalogue(room, "en")):
            assert forms(message)[0] == english(message)


def test_one_message_has_one_translation_in_all_rooms():
    said = defaultdict(set)
    for room in rooms():
        for message in messages(catalogue(room, "bg")):
            if all(forms(message)):  # what is missing is told by another test
                said[english(message)].add(forms(message))
    different = {one: ways for one, ways in said.items() if len(ways) > 1}
    assert not different


def test_a_message_is_never_counted_in_one_room_and_plain_in_another():
    shapes = defaultdict(set)
    for room in rooms():
        for sentence in extract(room).values():
            shapes[sentence.one].add(sentence.many)
    assert not {one: many for one, many in shapes.items() if len(many) > 1}
