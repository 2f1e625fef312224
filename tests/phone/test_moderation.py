"""Looked at first: on phones what waits is its author's alone, until a facilitator lets it by."""

from __future__ import annotations

import pytest

from tests.phone.conftest import Hall
from tests.phone.test_mirror import joined, main, wall
from workshop.language import LANGUAGES, Language, say, text

WAITS = text("It waits for the facilitator; until then only you see it.")
KEPT_BACK = text("The facilitator did not let it through; only you see it.")
FIRST = text(
    "The facilitator looks at what you send before the room sees it. You can change it until the "
    "stage is locked."
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_its_author_sees_what_waits_and_is_told_that_it_does(
    hall: Hall, language: Language
) -> None:
    stage = hall.open_stage(live=True, moderated=True)
    author, other = joined(hall, language), joined(hall, language)
    form = author.get(hall.here)
    assert say(FIRST, language) in main(form)
    page = author.write("Някой трябва да прочете това")
    assert "Някой трябва" in main(page)
    assert say(WAITS, language) in main(page)
    hall.settle()
    shown = main(other.get(wall(hall)))
    assert "Някой трябва" not in shown
    n = {"en": "1 text waits for the facilitator", "bg": "1 текст чака водещия"}[language]
    assert n in shown
    assert hall.toolkit.results.progress(stage.id).done == 1
    (one,) = hall.toolkit.results.contributions(stage.id)
    hall.toolkit.sorting.let_through(None, one.id)
    hall.settle()
    assert "Някой трябва" in main(other.get(wall(hall)))
    assert say(WAITS, language) not in main(author.get(hall.here))
    author.write("Това никой не пусна")
    hall.move(stage, "locked", "revealed", "closed")
    page = author.get(hall.here)
    assert say(KEPT_BACK, language) in main(page)
    assert say(WAITS, language) not in main(page), "nothing is coming any more"
