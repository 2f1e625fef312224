"""The thread from an idea to what was voted on: what was handed on, and where it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from workshop.blocks import Cell, Column, Table
from workshop.cards import words
from workshop.language import Sayable, text
from workshop.model import Contribution, Id, Option, Stage, Workshop

if TYPE_CHECKING:
    from workshop.toolkit.reporting import Told

Origins = Mapping[Id, tuple[Workshop, Stage]]
Known: TypeAlias = "Mapping[Id, tuple[Told, Contribution[Any]]]"
_LABEL = re.compile(r"(\D*)(\d+)")
RUN = 3
"""Numbers in a row that are written as "S1–S3"."""


def handed_on(told: Sequence[Told], origins: Origins) -> list[Table]:
    """Return what stages took over from others, in this workshop or an earlier one.

    A line for each stage and where it took from, with the numbers people know: the wordings
    stand in the lists of the stage they came from; only those that were changed stand here.
    """
    lines: list[tuple[Cell, ...]] = []
    changed: list[tuple[Cell, ...]] = []
    known = {card.id: (one, card) for one in told for card in one.contributions}
    for one in told:
        by_source: dict[Id, list[Option]] = {}
        for option in _options(one.settings):
            if option.origin is not None:
                by_source.setdefault(option.origin.stage_id, []).append(option)
        for stage_id, taken in by_source.items():
            title, labels = one.stage.title, [label for each in taken if (label := _label(each))]
            lines.append((title, _source(one, stage_id, origins), len(taken), runs(labels)))
            changed += [
                (title, _label(each), each.wording) for each in taken if _changed(each, known)
            ]
    tables = [_lines(lines)] if lines else []
    return [*tables, _changes(changed)] if changed else tables


def runs(labels: Sequence[str]) -> str:
    """Return labels by letter as these came, numbers in a row as one: "S1–S4, S7, W2, O5"."""
    letters = list(dict.fromkeys(_order(one)[0] for one in labels))
    ordered = sorted(
        dict.fromkeys(labels), key=lambda one: (letters.index(_order(one)[0]), _order(one))
    )
    groups: list[list[str]] = [[one] for one in ordered[:1]]
    for before, one in pairwise(ordered):
        if _order(one) == (_order(before)[0], _order(before)[1] + 1, ""):
            groups[-1].append(one)
        else:
            groups.append([one])
    return ", ".join(
        f"{group[0]}–{group[-1]}" if len(group) >= RUN else ", ".join(group) for group in groups
    )


def _order(label: str) -> tuple[str, int, str]:
    found = _LABEL.fullmatch(label)
    return (found[1], int(found[2]), "") if found else (label, -1, label)


def _label(option: Option) -> str:
    return option.origin.label if option.origin else ""


def _lines(rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table(
        title=text("What was handed on, and where it came from"),
        columns=(
            Column(head=text("Stage"), width=3),
            Column(head=text("Came from"), width=3),
            Column(head=text("Entries"), kind="count"),
            Column(head=text("No."), width=5),
        ),
        rows=tuple(rows),
        note=text(
            "The numbers are those in the lists of the stage they came from. A copy: it stays as "
            "it was when that stage is sorted again."
        ),
        key="lineage",
    )


def _changes(rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table(
        title=text("Handed on in other words"),
        columns=(
            Column(head=text("Stage"), width=3),
            Column(head=text("No.")),
            Column(head=text("Wording"), width=6),
        ),
        rows=tuple(rows),
        key="lineage.changed",
    )


def _changed(option: Option, known: Known) -> bool:
    """Return whether the list of what people wrote has it in other words: reworded, or a theme."""
    origin = option.origin
    cards = [known[one] for one in (origin.contribution_ids if origin else ()) if one in known]
    said = [words(card, one.exercise.text(card.entry)) for one, card in cards if one.exercise.text]
    return not _label(option) or (bool(said) and option.wording not in said)


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
