"""What observers kept of a workshop, as sheets of its workbook: speaking time, and notes."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from exports.excel.sheets import Sheet
from workshop.blocks import Column, Table
from workshop.language import Sayable, text
from workshop.model import Participant, Series, Stage, Workshop
from workshop.text import personal
from workshop.toolkit import Toolkit, spoken


def observed(
    toolkit: Toolkit,
    series: Series,
    workshop: Workshop,
    stages: Sequence[Stage],
    people: Sequence[Participant],
) -> list[Sheet]:
    """Return a sheet of each kind that was kept."""
    spans = toolkit.speaking.spans(workshop.id)
    heard = spoken.listen(
        toolkit.library.groups(series.id), spoken.heads(people), spans, series.smallest_group
    )
    blocks = [*spoken.tell(heard), spoken.by_stage(heard, stages, spans)] if spans else []
    sheets = []
    tables = [one for one in blocks if isinstance(one, Table)]
    if tables:
        title = text("Speaking time")
        sheets.append(Sheet(name="", title=title, tables=tables))
    notes = _notes(toolkit, series, workshop, stages)
    if notes is not None:
        title = text("Notes of observers")
        sheets.append(Sheet(name="", title=title, entries=notes))
    return sheets


def _notes(
    toolkit: Toolkit, series: Series, workshop: Workshop, stages: Sequence[Stage]
) -> Table | None:
    """Return the notes as they stand; those taken back stay in the house."""
    titles: dict[str | None, Sayable] = {one.id: one.title for one in stages}
    zone = ZoneInfo(series.time_zone)
    rows = tuple(
        (
            one.at.astimezone(zone),
            titles.get(one.stage_id, text("between stages")),
            text("(personal data left out)") if personal(one.words) else one.words,
            one.actor,
            text("yes") if one.reported else text("no"),
        )
        for one in toolkit.observations.observations(workshop.id)
    )
    if not rows:
        return None
    return Table(
        title=text("Notes of observers"),
        columns=(
            Column(head=text("Time"), kind="date"),
            Column(head=text("Stage"), width=3),
            Column(head=text("Note"), width=6),
            Column(head=text("Written by"), width=2),
            Column(head=text("For the report")),
        ),
        rows=rows,
        note=text("Never shown on wall or phones."),
        key="observations",
    )
