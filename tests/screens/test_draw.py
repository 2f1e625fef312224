"""Blocks on staff screens: every kind is drawn, described, and taken literally."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.nasty import NASTY
from tests.screens.facilitation import shown
from workshop.blocks import Block, Column, Prose, Quote, Quotes, Table
from workshop.language import Multilingual


def drawn(blocks: list[Block], *, wall: bool = False, language: str = "en") -> AppTest:
    """Draw blocks on an empty page."""

    def script(blocks, wall):  # type: ignore[no-untyped-def]  # AppTest copies it, bare
        from screens.draw import draw

        draw(blocks, wall=wall)

    page = AppTest.from_function(
        script, default_timeout=30, kwargs={"blocks": blocks, "wall": wall}
    )
    page.session_state["language"] = language
    page.run()
    assert not page.exception, page.exception[0].stack_trace
    return page


@pytest.mark.parametrize("wall", [False, True])
@pytest.mark.parametrize("many", [0, 1, 6])
def test_every_kind_of_block_is_drawn(many: int, wall: bool) -> None:
    from tests.screens.test_projector import every_block

    page = drawn(every_block(many), wall=wall)
    for title in ("Дъска", "Думи", "Таблица", "Точки", "Оценки", "По групи", "Зрялост", "Мрежа"):
        assert title in shown(page)
    assert len(page.get("vega_lite_chart")) == 5
    assert sum("<img" in one.value for one in page.html) == 1


def test_every_picture_has_its_numbers_as_a_table() -> None:
    from tests.screens.test_projector import every_block

    page = drawn(every_block(3))
    pictures = len(page.get("vega_lite_chart")) + 1
    tables = [one for one in page.html if "<table>" in one.value]
    assert len(tables) == pictures + 1


def test_every_chart_is_described_and_nothing_people_said_reaches_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    from tests.screens.test_projector import LONG, every_block

    page = drawn(every_block(3))
    for chart in page.get("vega_lite_chart"):
        assert len(json.loads(chart.proto.spec)["description"]) > 10
    assert LONG[:20] not in caplog.text


def test_letters_on_the_wall_are_larger() -> None:
    from tests.screens.test_projector import every_block

    bars = [block for block in every_block(3) if type(block).__name__ == "Bars"]
    small, large = drawn(bars), drawn(bars, wall=True)
    widths = [
        json.loads(page.get("vega_lite_chart")[0].proto.spec)["width"] for page in (small, large)
    ]
    assert widths == [900, 1482]


@pytest.mark.parametrize("name", NASTY)
def test_words_are_shown_letter_by_letter(name: str) -> None:
    typed = NASTY[name]
    page = drawn(
        [
            Quotes(title=typed, quotes=(Quote(words=Multilingual(bg=typed), by=typed),)),
            Table(title="T", columns=(Column(head=typed),), rows=((typed,),), note=typed),
            Prose(sentences=(typed,)),
        ]
    )
    said = shown(page)
    assert "<script>" not in said
    assert "<img" not in said
