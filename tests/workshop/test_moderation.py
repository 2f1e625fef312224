"""What people write may have to wait for a facilitator: nobody sees it, and it counts as sent."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from exports import archive, excel
from tests.room import Hall
from tests.test_contract import CATALOGUE, PEOPLE, play
from workshop.blocks import Table
from workshop.language import say
from workshop.model import Refused
from workshop.toolkit import Toolkit

WRITTEN = [key for key, one in CATALOGUE.items() if one.text is not None]


def public(toolkit: Toolkit, stage: Any) -> str:
    """Return everything anybody but staff and authors ever sees of a stage, in one text."""
    results, exercise = toolkit.results, toolkit.agenda.exercise(stage)
    result = results.result(stage.id)
    workshop = toolkit.library.workshop(stage.workshop_id)
    report = results.report(workshop.series_id)
    told = [results.tell(stage.id), results.details(stage.id), results.offers(stage.id), report]
    told += [exercise.annex(result) if exercise.annex else {}]
    told += [exercise.summary(result) if exercise.summary else {}]
    told += [exercise.since(result, workshop.day) if exercise.since else ()]
    with zipfile.ZipFile(io.BytesIO(excel.of_workshop(toolkit, workshop, "en"))) as book:
        cells = [book.read(name).decode() for name in book.namelist() if name.endswith(".xml")]
    return repr(told) + "".join(cells)


def _moderated(toolkit: Toolkit, stage: Any) -> list[tuple[str, int]]:
    """Return what the report's annex says was done with entries, and with how many."""
    report = toolkit.results.report(toolkit.library.workshop(stage.workshop_id).series_id)
    tables = [
        block
        for chapter in report.sections
        for section in (chapter, *chapter.sections)
        for block in section.blocks
        if isinstance(block, Table) and block.key == "moderation"
    ]
    return [(say(row[1], "en"), int(str(row[2]))) for table in tables for row in table.rows]  # type: ignore[arg-type]


@pytest.mark.parametrize("key", WRITTEN)
def test_what_waits_is_told_nowhere_yet_counts_as_sent(
    key: str, toolkit: Toolkit, tmp_path: Path
) -> None:
    stage = play(toolkit, key, moderated=True)
    exercise, results = toolkit.catalogue[key], toolkit.results
    spoken = exercise.text
    assert spoken is not None
    waiting = [one for one in results.contributions(stage.id) if one.waiting]
    words = {spoken(one.entry) for one in waiting}
    assert words == {spoken(one.entry) for one in results.contributions(stage.id)} - {""}
    hidden = public(toolkit, stage)
    assert not [one for one in words if one in hidden]
    progress = results.progress(stage.id)
    assert (progress.done, progress.waiting) == (PEOPLE, len(waiting))
    n = len(waiting)
    assert say(results.tell(stage.id)[-1].sentences[0], "en").startswith(f"{n} text")  # type: ignore[union-attr]
    assert _moderated(toolkit, stage) == [("not let through", n)]
    kept = archive.read(archive.write(toolkit.archive.dump(stage.workshop_id)))
    with Toolkit.open(str(tmp_path / "elsewhere.db"), exercises=toolkit.catalogue) as other:
        other.archive.load(None, kept)
        there = other.results.contributions(stage.id)
        assert [one.id for one in there if one.waiting] == [one.id for one in waiting]
        assert other.agenda.stage(stage.id).moderated
    toolkit.sorting.let_through(None, [one.id for one in waiting])
    assert words & {one for one in words if one in public(toolkit, stage)}
    assert results.progress(stage.id).waiting == 0


def test_letting_through_is_one_act_that_spares_what_a_colleague_dealt_with(both: str) -> None:
    hall = Hall(both)
    toolkit, sorting = hall.toolkit, hall.toolkit.sorting
    toolkit.agenda.change_stage(None, hall.stage.id, moderated=True)
    hall.move("open")
    for who in range(4):
        hall.write(who, f"Idea {who}", "a")
    toolkit.entries.contribute(
        hall.people[0].id, hall.stage.id, {"kind": "idea", "text": "From paper"}, "b",
        channel="paper",
    ).result()  # fmt: skip
    seen = [one.id for one in toolkit.results.contributions(hall.stage.id)]
    assert [one.entry.text for one in hall.standing()] == ["From paper"]
    sorting.hide(None, seen[1], "insult")
    sorting.let_through(None, seen[0])
    sorting.let_through(None, seen)
    sorting.let_through(None, seen)
    assert [one.number for one in hall.standing()] == [1, 3, 4, 5]
    (latest, *_) = toolkit.undoing.acts(hall.workshop.id)
    assert (latest.act, latest.told["numbers"]) == ("let through", [3, 4])
    toolkit.undoing.undo(None, latest.id)
    assert [one.number for one in hall.standing()] == [1, 5]
    log = [move.act for move in toolkit.results.moves(hall.workshop.id)]
    assert (log.count("let through"), log.count("undo")) == (3, 1), "a line for each card"
    hall.close()


def test_changed_words_wait_anew_and_the_switch_lets_nothing_through(tmp_path: Path) -> None:
    hall = Hall(f"sqlite:///{tmp_path / 'hall.db'}")
    toolkit = hall.toolkit
    toolkit.agenda.change_stage(None, hall.stage.id, moderated=True)
    hall.move("open")
    first = hall.write(0, "Harmless", "a").contribution_id
    toolkit.sorting.let_through(None, first)
    toolkit.entries.contribute(
        hall.people[0].id, hall.stage.id, {"kind": "idea", "text": "Something else"}, "b",
        replaces=first,
    ).result()  # fmt: skip
    assert hall.standing() == []
    toolkit.agenda.change_stage(None, hall.stage.id, moderated=False)
    hall.write(1, "Seen at once", "a")
    assert [one.entry.text for one in hall.standing()] == ["Seen at once"]
    hall.move("locked")
    hall.move("revealed")
    hall.move("closed")
    said = [say(one, "en") for one in toolkit.results.tell(hall.stage.id)[-1].sentences]  # type: ignore[union-attr]
    assert said == ["1 text was not let through by the facilitator and is not shown."]
    hall.close()


def test_where_no_words_are_written_nothing_can_wait(toolkit: Toolkit) -> None:
    stage = play(toolkit, "dots")
    with pytest.raises(Refused, match="nothing can wait"):
        toolkit.agenda.change_stage(None, stage.id, moderated=True)
