"""Put a workshop's stages into sheets: everything the exercises tell, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exports import excel
from workshop.blocks import Block, Table, as_table
from workshop.language import Language, Sayable, text
from workshop.model import Refused, Series, Stage, StageState, Workshop
from workshop.toolkit import Toolkit

ENTRIES = "B"
"""The annex with what people wrote: it stands first, with a filter."""


def write(toolkit: Toolkit, workshop: Workshop, language: Language) -> bytes:
    """Return the workbook of a workshop: one sheet a stage, the same figures as on the wall."""
    series = toolkit.library.series(workshop.series_id)
    stages = toolkit.agenda.stages(workshop.id)
    return excel.write(
        workshop.title,
        [_sheet(toolkit, stage) for stage in stages],
        language,
        series.warning,
        about=_about(series, workshop, stages),
    )


def _sheet(toolkit: Toolkit, stage: Stage) -> excel.Sheet:
    try:
        tables, entries = _tables(toolkit, stage)
        question: Sayable = stage.question
    except Refused as problem:  # its exercise is gone, or the settings no longer fit
        tables, entries, question = [], None, problem.reason
    return excel.Sheet(
        name="", title=stage.title, question=question, tables=tables, entries=entries
    )


def _tables(toolkit: Toolkit, stage: Stage) -> tuple[list[Table], Table | None]:
    result = toolkit.results.result(stage.id)
    exercise = toolkit.agenda.exercise(stage)
    annex = exercise.annex(result) if exercise.annex else {}
    written = list(_as_tables(annex.get(ENTRIES, [])))
    told = [*toolkit.results.tell(stage.id), *toolkit.results.details(stage.id)]
    for letter in sorted(annex.keys() - {ENTRIES}):
        told += annex[letter]
    tables = list(_as_tables(told))
    return [*written[1:], *tables], written[0] if written else None


def _as_tables(blocks: Iterable[Block]) -> Iterator[Table]:
    """Yield each block that holds figures as a table, the same one once."""
    seen: list[Table] = []
    for block in blocks:
        table = as_table(block)
        if table is not None and table not in seen:
            seen.append(table)
            yield table


def _about(
    series: Series, workshop: Workshop, stages: Iterable[Stage]
) -> list[tuple[Sayable, Sayable]]:
    going_on = any(stage.state not in (StageState.closed, StageState.planned) for stage in stages)
    return [
        (text("Municipality"), series.municipality),
        (text("Theme"), series.theme),
        (text("Workshop"), workshop.title),
        (text("Day"), workshop.day),
        (
            text("Status"),
            text("interim: stages are still open")
            if going_on and not workshop.finished
            else text("all stages are closed"),
        ),
    ]
