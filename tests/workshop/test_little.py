"""A report of little: what was not held or not answered makes no chapter, and no empty table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workshop.blocks import Block, Prose, Table
from workshop.language import Multilingual, say
from workshop.model import Series, StageDraft, StageState
from workshop.printable import printable
from workshop.report import Report, Section
from workshop.toolkit import Toolkit
from workshop.toolkit.lineage import runs


def blocks(section: Section) -> Iterator[Block]:
    yield from section.blocks
    for inner in section.sections:
        yield from blocks(inner)


def told(report: Report) -> str:
    every = [one for section in report.sections for one in blocks(section)]
    assert all(one.rows for one in every if isinstance(one, Table))
    return " ".join(
        say(sentence, "en") for one in every if isinstance(one, Prose) for sentence in one.sentences
    )


def lozen(toolkit: Toolkit) -> Series:
    return toolkit.library.create_series(
        None, short_name="lozen", municipality=Multilingual("Лозен", "Lozen"),
        theme=Multilingual("Участие", "Taking part"),
    )  # fmt: skip


def test_a_series_with_nothing_in_it_is_told_in_a_few_true_sentences(toolkit: Toolkit) -> None:
    library, series = toolkit.library, lozen(toolkit)
    bare = toolkit.results.report(series.id)
    assert "No workshop of this series is planned yet." in told(bare)
    assert not bare.readiness[0][1], "no workshop is none that is finished"
    exercises = ("swot", "maturity", "commitments")
    workshop = library.create_workshop(
        None, series.id, title=Multilingual("Среща", "Meeting"), day=date(2029, 3, 1),
        stages=[StageDraft(exercise=one) for one in exercises],
    )  # fmt: skip
    for stage in toolkit.agenda.stages(workshop.id):
        for state in ("open", "locked", "revealed", "closed"):
            toolkit.agenda.move(None, stage.id, StageState(state))
    report = toolkit.results.report(series.id)
    assert [one.key for one in report.sections] == ["R1", "R2", "R3"]
    said = told(report)
    assert "Nobody has taken part yet." in said
    assert "were held, but nobody answered." in said
    assert " 0 " not in said


def test_one_person_without_an_organisation_makes_no_nonsense(toolkit: Toolkit) -> None:
    library, series = toolkit.library, lozen(toolkit)
    workshop = library.create_workshop(
        None, series.id, title=Multilingual("Среща", "Meeting"), day=date(2029, 3, 1),
        stages=[StageDraft(exercise="swot"), StageDraft(exercise="commitments")],
    )  # fmt: skip
    group = library.groups(series.id)[0]
    person = toolkit.people.join(workshop.code, group_id=group.id).participant.id
    swot, promises = toolkit.agenda.stages(workshop.id)
    answers = (
        (swot, {"kind": "S", "text": "Хубав град"}),
        (promises, {"kind": "commitment", "action": "Да помогне", "strength": "3"}),
    )
    for stage, answer in answers:
        toolkit.agenda.move(None, stage.id, StageState.open)
        toolkit.entries.contribute(person, stage.id, answer, f"k-{stage.id}").result(10)
        for state in ("locked", "revealed", "closed"):
            toolkit.agenda.move(None, stage.id, StageState(state))
    said = told(toolkit.results.report(series.id))
    assert "1 entry was received (1 strength)." in said
    assert "No commitment is counted yet." in said
    for nonsense in ("depend on nobody", "No commitment serves", "Every invited", "0 weaknesses"):
        assert nonsense not in said


def test_many_numbers_are_written_in_few_signs() -> None:
    assert runs(["S2", "W9", "S1", "S3", "W10", "O4", "S12", "K07", "b"]) == (
        "S1–S3, S12, W9, W10, O4, K07, b"
    )


def test_a_sign_that_turns_the_writing_round_turns_no_sentence_around_it() -> None:
    assert printable("„\u202eтема\u2066 שלום“") == "„тема שלום“"
