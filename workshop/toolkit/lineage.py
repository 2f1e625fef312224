"""The thread from an idea to what was voted on: what was handed on, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from workshop.blocks import Cell, Column, Table
from workshop.language import Sayable, text
from workshop.model import Id, Option, Stage, Workshop

if TYPE_CHECKING:
    from workshop.toolkit.reporting import Told

Origins = Mapping[Id, tuple[Workshop, Stage]]


def handed_on(told: Sequence[Told], origins: Origins) -> list[Table]:
    """Return what stages took over from others, in this workshop or an earlier one."""
    rows = [row for one in told for row in _rows(one, origins)]
    if not rows:
        return []
    table = Table(
        title=text("What was handed on, and where it came from"),
        columns=(
            Column(head=text("Stage"), width=3),
            Column(head=text("Wording"), width=5),
            Column(head=text("Came from"), width=3),
            Column(head=text("No.")),
        ),
        rows=tuple(rows),
        note=text("A copy: it stays as it was when the stage it came from is sorted again."),
        key="lineage",
    )
    return [table]


def _rows(one: Told, origins: Origins) -> Iterator[tuple[Cell, ...]]:
    for option in _options(one.settings):
        origin = option.origin
        if origin is not None:
            came = _source(one, origin.stage_id, origins)
            yield one.stage.title, option.wording, came, origin.label or option.key


def _options(settings: object) -> Iterator[Option]:
    for _, value in dict(settings).items() if settings else ():  # type: ignore[call-overload]  # a pydantic model yields pairs
        if isinstance(value, tuple):
            yield from (each for each in value if isinstance(each, Option))


def _source(one: Told, stage_id: Id, origins: Origins) -> Sayable:
    """Return the name of the stage something came from, and of its workshop if it is another."""
    if stage_id not in origins:
        return text("a stage that is gone")
    shop, stage = origins[stage_id]
    if shop.id == one.workshop.id:
        return stage.title
    return text("{stage} ({workshop})", stage=stage.title, workshop=shop.title)
