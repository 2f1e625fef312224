"""Who types is told what reads alike if they may see it anyway, or wrote it; nothing else."""

from __future__ import annotations

import json
import re

import pytest

from tests.phone.conftest import Hall, Phone, action
from tests.phone.test_mirror import joined
from workshop.language import LANGUAGES, Language, Multilingual
from workshop.text import Keys

CARD = "Сайтът на общината е остарял и труден за ползване"
ALIKE = "сайтът на общината е труден и остарял"


def hint(phone: Phone, words: str = ALIKE, kind: str = "W", **more: str) -> str:
    """Pause while typing; return what is told below the field, "" where nothing is."""
    address = action(phone.get(phone.hall.here)) + "/near"
    answer = phone.post(address, {"kind": kind, "text": words, **more})
    if answer.status_code == 204:
        return ""
    said: str = json.loads(answer.text)["said"]
    return said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_shows_as_it_comes_is_told_and_never_whose_it_is(
    hall: Hall, language: Language
) -> None:
    stage = hall.open_stage(live=True)
    author, other = joined(hall, language), joined(hall, language)
    author.write(CARD, kind="W")
    hall.settle()
    told = {"bg": f"Тук вече има подобно: „{CARD}“", "en": f"Similar is already here: “{CARD}”"}
    assert hint(other) == told[language]
    assert hint(other, kind="S") == "", "elsewhere it means something else"
    assert hint(other, "Сайтът") == hint(other, "Няма хора за тази работа") == hint(other, "") == ""
    mine = {"bg": "Вече сте написали нещо подобно", "en": "You have written something like this"}
    assert hint(author).startswith(mine[language])
    (one,) = hall.toolkit.results.contributions(stage.id)
    assert hint(author, _replaces=one.id) == "", "a card does not resemble itself"
    hall.toolkit.sorting.hide(None, one.id, "insult")
    hall.settle()
    assert hint(other) == "", "what staff hide is told no moment longer"


def test_before_others_may_be_seen_only_ones_own_are_told(hall: Hall) -> None:
    hall.open_stage(live=True, moderated=True)
    author, other = joined(hall), joined(hall)
    author.write(CARD, kind="W")
    hall.settle()
    assert hint(other) == "", "it waits to be let through"
    assert CARD in hint(author)
    stage = hall.open_stage()
    author.write(CARD, kind="W")
    (one,) = hall.toolkit.results.contributions(stage.id)
    hall.toolkit.sorting.reword(None, one.id, Multilingual(bg="Думи на водещия"))
    hall.settle()
    assert hint(other) == ""
    assert CARD in hint(author), "in her own words: how staff word it was not shown yet"
    hall.move(stage, "locked")
    assert author.post(f"{hall.here}/s/{stage.id}/near", {"kind": "W"}).status_code == 204


def test_a_title_stands_for_a_text_that_is_on_no_wall(hall: Hall) -> None:
    stage = hall.open_stage(live=True)
    author, other = joined(hall, "bg"), joined(hall, "bg")
    author.write(CARD, kind="W", title="Корупция в общината")
    hall.settle()
    assert hall.written(stage) == [CARD]
    assert hint(other) == "", "nobody but staff was shown the text"
    assert hint(other, "корупцията в общината") == "Тук вече има подобно: „Корупция в общината“"


def test_one_phone_asks_only_so_often_and_goes_on_sending(hall: Hall) -> None:
    stage = hall.open_stage(live=True)
    phone = joined(hall)
    address = f"{hall.here}/s/{stage.id}/near"
    answers = [phone.post(address, {"kind": "W", "text": ALIKE}).status_code for _ in range(20)]
    assert answers == [204] * 15 + [429] * 5
    phone.write(CARD)
    assert hall.written(stage) == [CARD]
    assert re.search('<form[^>]* id="entry"[^>]* data-hints', phone.get(hall.here).text)


def test_the_nearest_text_is_found_from_half_a_sentence_and_never_from_a_word() -> None:
    known = Keys([("a", CARD, "bg"), ("b", "Няма пари за ремонт на улиците", "bg")])
    assert [known.nearest(one, "bg") for one in ("остарял", "Автобусите закъсняват всеки ден")] == [
        None,
        None,
    ]
    near = known.nearest("Няма пари за ремонт", "bg")
    assert near is not None
    assert near[0] == "b"
    assert known.nearest(ALIKE, "bg", but="a") is None
    assert known.nearest("я" * 50_000, "bg") is None
    assert Keys([]).nearest(ALIKE, "bg") is None
