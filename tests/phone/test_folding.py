"""A long list of commitments on a phone: put away by how they stand, one's own first and open."""

from __future__ import annotations

import asyncio
import re

import pytest

from phone.pages import Pages
from phone.results import Told
from tests.lobby import plain
from tests.phone.conftest import Hall
from tests.phone.test_audience import SCRIPT, join, listen, settled
from workshop.blocks import Block, Column, Table
from workshop.language import Multilingual, text
from workshop.model import StageState

OURS, THEIRS = Multilingual(bg="Читалище", en="Centre"), Multilingual(bg="Камара", en="Chamber")
DONE, LATE = text("completed"), text("in progress")


def table(ours: Multilingual = OURS, rows: int = 8) -> list[Block]:
    """Return a register in which every second line is ours, every fourth done."""
    columns = [Column(head="Who"), Column(head="What", width=4), Column(head="How")]
    lines = tuple(
        (
            n + 1, ours if n % 2 else THEIRS, Multilingual(en=f"Promise {n}"),
            LATE if n % 4 else DONE,
        )
        for n in range(rows)
    )  # fmt: skip
    first = Column(head="No.", kind="count")
    return [Table(title="Register", columns=(first, *columns), rows=lines, fold=3)]


def piles(page: str) -> list[tuple[str, int, int]]:
    """Return what lies below each line: whether it is open, and how many cards."""
    found = re.findall(r"<details class=\"group\"( open)?>.*?</details>", page, re.DOTALL)
    whole = re.finditer(r"<details class=\"group\"( open)?>(.*?)</details>", page, re.DOTALL)
    assert len(found) == page.count("<details")
    return [
        (re.sub(r"<[^>]+>", "", one[2].split("</span>")[0]), bool(one[1]), one[2].count("<li>"))
        for one in whole
    ]


def test_many_rows_are_put_away_and_few_stand_open() -> None:
    told = Told(Pages())
    assert piles(told.draw("s", table(), "en")) == [
        ("completed", False, 2), ("in progress", False, 6),
    ]  # fmt: skip
    assert piles(told.draw("s", table(), "en", OURS)) == [
        ("Of your organisation", True, 4), ("completed", False, 2), ("in progress", False, 6),
    ]  # fmt: skip
    other = Multilingual(bg="Друга", en="Another")
    blocks = table()
    assert told.draw("s", blocks, "en", other) is told.draw("s", blocks, "en")
    few = told.draw("s", table(rows=5), "en", OURS)
    assert piles(few) == []
    assert few.count("<li>") == 5


def test_a_card_says_all_but_what_stands_above_its_pile_and_a_long_line_needs_no_table() -> None:
    drawn = Told(Pages()).draw("s", table(), "en", OURS)
    own, done, late = (plain(one) for one in drawn.split("<details")[1:])
    assert "No.: 2 What: Promise 1 How: in progress" in own
    assert "Who:" not in own
    assert "No.: 1 · Who: Chamber What: Promise 0" in done
    assert "How:" not in done + late
    support, words = Column(head="Support"), "A single way into everything the town offers"
    line = Table(
        title="First", columns=(Column(head="Place", kind="count"), Column(head="Said"), support),
        rows=((1, Multilingual(en=words), "3 people"),),
    )  # fmt: skip
    page = Told(Pages()).draw("t", [line], "en")
    assert "<table" not in page
    assert f"Place: 1 {words} Support: 3 people" in plain(page)


def test_each_organisation_is_told_its_own_first(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = hall.open_stage()
    library, series = hall.toolkit.library, hall.series.id
    names = {one.id: one.name for one in library.organisations(series)}
    blocks = table(names[hall.organisations[0]])
    monkeypatch.setattr(hall.toolkit.results, "tell", lambda stage_id: blocks)
    people = [join(hall, "en", f"organisation-{one}") for one in hall.organisations * 2]
    hall.move(stage, "locked")
    shape = people[0].get(f"{hall.here}/pulse").json()["shape"]

    async def tale() -> list[str]:
        streams = [listen(hall, phone, "en", shape) for phone in people]
        await asyncio.sleep(0.5)
        to = StageState.revealed
        await asyncio.to_thread(hall.toolkit.agenda.move, None, stage.id, to)
        async with asyncio.timeout(30):
            while not all("page" in (one.news or [{}])[-1] for one in streams):
                await asyncio.sleep(0.05)
        pages = [one.news[-1]["page"] for one in streams]
        for one in streams:
            await one.leave()
        return pages

    for page, phone in zip(hall.run(tale()), people, strict=True):
        assert settled(page) == settled(phone.get(hall.here, headers=SCRIPT).text)
    own = ["Of your organisation" in phone.get(hall.here).text for phone in people]
    assert own == [True, False, True, False]
