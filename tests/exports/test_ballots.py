"""Ballots to print: every exercise's own, with what is asked on phones."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn

from exports.word import ballots
from workshop.catalogue import gather
from workshop.language import Multilingual, say
from workshop.model import Anonymity, Room, Series, Stage, Workshop

SERIES = Series(
    id="s", short_name="lozen", municipality=Multilingual("Лозен", "Lozen"),
    theme=Multilingual("Участие", "Taking part"), synthetic=True,
    warning=Multilingual("Всичко тук е измислено.", "Everything here is invented."),
)  # fmt: skip
SHOP = Workshop(
    id="w", series_id="s", short_name="lozen-1", code="ACDEFH", day=date(2026, 12, 3),
    title=Multilingual("Първа среща", "First meeting"),
)  # fmt: skip
ROOM = Room(groups=(), organisations=(), eligible=(), smallest_group=3, day=SHOP.day)


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("key", sorted(key for key, one in gather().items() if one.paper))
def test_all_that_is_asked_stands_on_the_ballot(key: str, language: str) -> None:
    exercise = gather()[key]
    settings = exercise.example.settings
    assert exercise.paper is not None
    parts = exercise.paper(settings, ROOM)
    stage = Stage(
        id="x", workshop_id="w", position=0, exercise=key, title=Multilingual("Етап", "Stage"),
        question=Multilingual("Кое?", "Which?"), settings={}, anonymity=Anonymity.anonymous,
    )  # fmt: skip
    made = ballots.write(SERIES, SHOP, stage, parts, language)
    document = docx.Document(io.BytesIO(made))
    said = "".join(one.text or "" for one in document.element.body.iter(qn("w:t")))
    said = said.replace("\u00a0", " ")
    for part in parts:
        assert say(part.title, language) in said
        for blank in part.blanks:
            assert say(blank.label, language) in said
            for _key, words in blank.choices:
                assert say(words, language) in said
    boxes = sum(
        one.most if one.kind == "count" else len(one.choices) * part.copies
        for part in parts
        for one in part.blanks
        if one.kind != "line"
    )
    assert said.count("☐") == boxes


def test_every_exercise_that_asks_people_something_has_a_ballot() -> None:
    asking = {key: one for key, one in gather().items() if one.asks(one.example.settings)}
    assert len(asking) >= 5
    assert [key for key, one in asking.items() if one.paper is None] == []
