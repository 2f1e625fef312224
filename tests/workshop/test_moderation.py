"""What people write may have to wait for a facilitator: nobody sees it, and it counts as sent."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, get_args

import pytest

from exports import archive, excel
from screens.facilitator import cards as sorting
from tests.room import Hall
from tests.test_contract import CATALOGUE, PEOPLE, play
from workshop.blocks import Table
from workshop.exercise import Exercise
from workshop.fields import read
from workshop.language import say
from workshop.model import Refused, StageState
from workshop.toolkit import Toolkit
from workshop.toolkit.entries import writer_of

WRITTEN = [key for key, one in CATALOGUE.items() if one.text is not None]
BESIDE: dict[str, list[dict[str, Any]]] = {
    "commitments": [{"kind": "need_answer", "commitment": "1", "answer": "accepted"}],
    "maturity": [{"kind": "evidence", "evidence": "F1-E2a"}],
}
"""What people may send beside what the examples send."""
SHAPES = (
    "{mark} is a thief and a liar",
    "https://x.bg/{mark} is a thief",
    "{mark}",
)
"""Words as they are put into every field; the mark is three letters and a number."""


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
def test_what_waits_counts_as_sent_and_goes_on_waiting_elsewhere(
    key: str, toolkit: Toolkit, tmp_path: Path
) -> None:
    stage = play(toolkit, key, moderated=True)
    exercise, results = toolkit.catalogue[key], toolkit.results
    spoken = exercise.text
    assert spoken is not None
    waiting = [one for one in results.contributions(stage.id) if one.waiting]
    words = {spoken(one.entry) for one in waiting}
    assert words == {spoken(one.entry) for one in results.contributions(stage.id)} - {""}
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


def forms(exercise: Exercise[Any, Any, Any], beside: Sequence[Any]) -> list[dict[str, Any]]:
    """Return every kind of entry a participant may send, with as many fields filled as can be."""
    settings = exercise.example.settings
    union = get_args(exercise.entry)
    kinds = {kind: {} for kind in (get_args(union[0]) if union else (exercise.entry,))}
    people = exercise.example.entries(settings, PEOPLE)
    for raw in [one for sent in people for one in sent] + list(beside):
        entry = read(exercise.entry, raw)
        filled = {name: one for name, one in entry.model_dump(mode="json").items() if one}
        kinds[type(entry)] |= {k: v for k, v in filled.items() if k not in kinds[type(entry)]}
    sent = [full for kind, full in kinds.items() if writer_of(kind.model_construct()) != "staff"]
    assert all(sent), "a kind of entry nobody sends an example of"
    every = [dict.fromkeys(kind.model_fields, "") | full for kind, full in kinds.items()]
    return [one for one, full in zip(every, kinds.values(), strict=True) if full in sent]


def forged(form: Any, words: str) -> Iterator[Any]:
    """Put words into one field of a form after the other, and in the place of each key."""
    if isinstance(form, dict):
        for name, inner in form.items():
            yield from ({**form, name: one} for one in forged(inner, words))
        yield {**form, words: "1"}
    elif isinstance(form, list):
        for one in forged(form[0], words):
            yield [one, *form[1:]]
        yield [*form, words]
    else:
        yield words


def send_everything(toolkit: Toolkit, stage: Any, forms: Sequence[Any]) -> dict[str, Any]:
    """Put words into every field there is; return by their mark the answers that were taken."""
    workshop = toolkit.library.workshop(stage.workshop_id)
    home = toolkit.library.organisations(workshop.series_id)[0]
    taken: dict[str, Any] = {}
    person = None
    for n, (form, shape) in enumerate((form, shape) for form in forms for shape in SHAPES):
        for place in range(sum(1 for _ in forged(form, ""))):
            mark = f"BAD{n:02}{place:02}"
            answers = next(islice(forged(form, shape.format(mark=mark)), place, None))
            person = person or toolkit.people.join(
                workshop.code, group_id=home.group_id, organisation_id=home.id
            )
            try:
                toolkit.entries.contribute(person.participant.id, stage.id, answers, mark).result()
            except Refused:
                continue
            taken[mark], person = answers, None
    return taken


@pytest.mark.parametrize("key", CATALOGUE)
def test_whatever_anybody_types_anywhere_is_read_by_staff_before_others_see_it(
    key: str, toolkit: Toolkit
) -> None:
    stage, exercise = play(toolkit, key), CATALOGUE[key]
    moderated = exercise.text is not None
    if moderated:
        toolkit.agenda.change_stage(None, stage.id, moderated=True)
    toolkit.agenda.move(None, stage.id, StageState.open)
    taken = send_everything(toolkit, stage, forms(exercise, BESIDE.get(key, ())))
    assert bool(taken) is moderated
    board = sorting.read(toolkit, stage, toolkit.results.revision(stage.workshop_id))
    drawn = "\n".join(sorting.as_typed(card, "en") for card in board.waiting)
    assert [taken[one] for one in taken if one not in drawn] == []
    shown = repr(toolkit.showing.now(stage.workshop_id))
    toolkit.agenda.move(None, stage.id, StageState.locked)
    toolkit.agenda.move(None, stage.id, StageState.revealed)
    assert "BAD" not in shown + public(toolkit, toolkit.agenda.stage(stage.id))
    if moderated:
        toolkit.sorting.let_through(None, [card.id for card in board.waiting])
        assert "BAD" in public(toolkit, toolkit.agenda.stage(stage.id))


def test_where_no_words_are_written_nothing_can_wait(toolkit: Toolkit) -> None:
    stage = play(toolkit, "dots")
    with pytest.raises(Refused, match="nothing can wait"):
        toolkit.agenda.change_stage(None, stage.id, moderated=True)
