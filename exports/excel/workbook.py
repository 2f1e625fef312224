"""A workshop as a workbook: the tables wall and report show, and the entries they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exports.excel.observed import observed
from exports.excel.sheets import Sheet, write
from workshop.blocks import Block, Cell, Column, Table, as_table
from workshop.captions import STATES, unseen
from workshop.language import Language, Sayable, joined, text
from workshop.model import Anonymity, Contribution, Refused, Stage, StageState, Workshop
from workshop.text import personal
from workshop.toolkit import Toolkit
from workshop.toolkit.admitting import admitted
from workshop.toolkit.chapters import ANONYMITY

EXPORTED = {**STATES, StageState.open: text("open: the figures are interim")}


def of_workshop(toolkit: Toolkit, workshop: Workshop, language: Language) -> bytes:
    """Return the workbook of a workshop, one sheet a stage, at any moment.

    Open stages are left without results: a spreadsheet must not show a vote before it ends.
    """
    series = toolkit.library.series(workshop.series_id)
    stages = toolkit.agenda.stages(workshop.id)
    people = toolkit.people.participants(workshop.id)
    about: list[tuple[Sayable, Sayable]] = [
        (text("Municipality"), series.municipality),
        (text("Theme"), series.theme),
        (text("Workshop"), workshop.title),
        (text("Day"), workshop.day),
        (text("State"), text("finished") if workshop.finished else text("not finished yet")),
        (text("Participants with a vote"), sum(one.voting for one in people)),
        (text("Observers"), sum(not one.voting and not one.waiting for one in people)),
        *((text("Who could vote"), one) for one in admitted(workshop, people)),
        (text("Exported"), toolkit.store.now()),
    ]
    sheets = [_sheet(toolkit, stage) for stage in stages]
    sheets += observed(toolkit, series, workshop, stages, people)
    for stage in stages:
        about.append((stage.title, EXPORTED[stage.state]))
    warning = series.warning if series.synthetic else type(series.warning)()
    return write(workshop.title, sheets, language, warning, about)


def _sheet(toolkit: Toolkit, stage: Stage) -> Sheet:
    tables: list[Table] = []
    entries = None
    if stage.state not in (StageState.planned, StageState.open):
        tables = [table for block in _blocks(toolkit, stage) if (table := as_table(block))]
        entries = _entries(toolkit, stage)
    return Sheet(
        name="", title=stage.title, question=stage.question, tables=tables, entries=entries
    )


def _blocks(toolkit: Toolkit, stage: Stage) -> list[Block]:
    try:
        exercise = toolkit.agenda.exercise(stage)
        result = toolkit.results.result(stage.id)
    except Refused:
        return toolkit.results.tell(stage.id)  # a sentence about what is wrong
    blocks = [*toolkit.results.tell(stage.id), *toolkit.results.details(stage.id)]
    for annexed in (exercise.annex(result) if exercise.annex else {}).values():
        blocks += annexed
    known: set[str] = set()
    fresh = []
    for block in blocks:
        key = getattr(block, "key", "")
        if not key or key not in known:
            fresh.append(block)
        known.add(key)
    return fresh


def _entries(toolkit: Toolkit, stage: Stage) -> Table | None:
    """Return the entries as people wrote them; ballots without words only as figures, above."""
    exercise = toolkit.agenda.exercise(stage)
    if exercise.text is None:
        return None
    found = toolkit.results.contributions(stage.id)
    listed = [one for one in found if not one.sender.staff and exercise.typed(one.entry)]
    if not listed:
        return None
    rows = [_entry(toolkit, one, _split(one, found)) for one in listed]
    at: list[Column] = []
    if stage.tables:
        at = [Column(head=text("At table"), kind="count")]
        told = toolkit.boards.tables(stage.id)
        rows = [
            (*row, one.at_table if one.at_table in told else None)
            for row, one in zip(rows, listed, strict=True)
        ]
    return Table(
        title=text("Entries"),
        columns=(
            Column(head=text("No.")),
            Column(head=text("Wording"), width=6),
            Column(head=text("As it was written"), width=6),
            Column(head=text("From"), width=3),
            Column(head=text("What became of it"), width=3),
            *at,
        ),
        rows=tuple(rows),
        note=ANONYMITY[stage.anonymity],
        key=f"{stage.exercise}.entries",
    )


def _split(one: Contribution[Any], found: Sequence[Contribution[Any]]) -> list[Sayable]:
    """Return of which entry this is a part, or into which others it was split."""
    if one.part_of:
        return [
            text("split off from No. {number}", number=whole.number)
            for whole in found
            if whole.id == one.part_of
        ]
    parts = [part.number for part in found if part.part_of == one.id]
    if not parts:
        return []
    return [text("split; its other parts: {parts}", parts=", ".join(map(str, parts)))]


def _entry(toolkit: Toolkit, one: Contribution[Any], split: Sequence[Sayable]) -> tuple[Cell, ...]:
    stage = toolkit.agenda.stage(one.stage_id)
    exercise = toolkit.agenda.exercise(stage)
    said: Sayable = exercise.text(one.entry) if exercise.text else ""
    said = said or " · ".join(exercise.typed(one.entry))
    acts: list[Sayable] = [*split]
    if one.into:
        acts.append(text("merged into another entry"))
    if one.shelf:
        acts.append(text("filed elsewhere"))
    if one.hidden:
        # What was hidden stays hidden: the reason is told, never the words.
        return (one.number, "", "", _sender(toolkit, stage, one), unseen(one.hidden))
    if getattr(one.entry, "withheld", False):
        return (one.number, "", "", _sender(toolkit, stage, one), text("wording not published"))
    wording = toolkit.results.words(one)
    if personal(str(said)) and said not in (wording.bg, wording.en):
        said = text("(personal data left out)")
    return (one.number, wording, said, _sender(toolkit, stage, one), joined(acts) if acts else "")


def _sender(toolkit: Toolkit, stage: Stage, one: Contribution[Any]) -> Sayable:
    if stage.anonymity in (Anonymity.named, Anonymity.organisation):
        return toolkit.results.sender_name(one)
    return ""
