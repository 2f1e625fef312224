"""What the annexes keep of maturity: people per level, the wording, the evidence register."""

from __future__ import annotations

from collections.abc import Mapping

from exercises.maturity.model import STATUSES
from exercises.maturity.phrases import basis, named
from exercises.maturity.result import Result
from exercises.maturity.tables import DIMENSION, count, further
from workshop.blocks import Block, Cell, Column, Quote, Quotes, Table
from workshop.cards import words
from workshop.language import Sayable, Text, joined, text
from workshop.statistics import Distribution


def annex(result: Result) -> Mapping[str, list[Block]]:
    """Return the distributions (A), the wording (C) and the evidence register (E)."""
    notes = [
        Quote(words=words(one, note), label=f"{dimension.code} · {one.number}")
        for dimension, one, note in result.notes
    ]
    register: list[Block] = [_register(result)]
    if notes:
        register.append(
            Quotes(title=text("Evidence that participants know of"), quotes=tuple(notes))
        )
    figures = [*further(result), *([_distribution(result)] if result.rated else [])]
    return {"A": figures, "C": [_wording(result)], "E": register}


def _register(result: Result) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in result.dimensions:
        for exhibit in one.exhibits:
            remarks: list[Sayable] = [part for part in (exhibit.link, exhibit.note) if part]
            if exhibit.problem:
                remarks.append(exhibit.problem)
            rows.append(
                (
                    exhibit.proof.id,
                    exhibit.proof.words,
                    exhibit.proof.level,
                    STATUSES[exhibit.status],
                    exhibit.owner.name if exhibit.owner else "",
                    exhibit.verifier.name if exhibit.verifier else "",
                    joined(remarks) if remarks else "",
                )
            )
    return Table(
        title=text("Evidence register"),
        columns=(
            Column(head=text("No.")),
            Column(head=text("Required evidence"), width=4),
            count(text("Level")),
            Column(head=text("Status")),
            Column(head=text("From"), width=3),
            Column(head=text("Verified by"), width=4),
            Column(head=text("Link and note"), width=3),
        ),
        rows=tuple(rows),
        key="maturity.register",
    )


def _distribution(result: Result) -> Table:
    empty: tuple[Cell, ...] = (None,) * result.scale.top
    rows: list[tuple[Cell, ...]] = [
        (
            named(one),
            *(one.spread.counts if one.told and isinstance(one.spread, Distribution) else empty),
            one.cannot_judge,
        )
        for one in result.dimensions
    ]
    return Table(
        title=text("People per level"),
        columns=(
            DIMENSION,
            *(count(Text("{n}", (("n", one.level),))) for one in result.scale.levels),
            count(text("Cannot judge")),
        ),
        rows=tuple(rows),
        basis=basis(result, weighted=False),
        key="maturity.distribution",
    )


def _wording(result: Result) -> Table:
    """Return every question with its level descriptions, as people read them."""
    levels = result.scale.levels
    return Table(
        title=text("Matrix of maturity: what people chose between"),
        columns=(
            Column(head=text("Dimension and question"), width=3),
            *(
                Column(
                    head=Text("{level} {name}", (("level", one.level), ("name", one.words))),
                    width=3,
                )
                for one in levels
            ),
        ),
        rows=tuple(
            (
                Text(
                    "{code} {name}. {question}",
                    (("code", one.code), ("name", one.name), ("question", one.question)),
                ),
                *(level.words for level in one.levels),
            )
            for one in result.scale.dimensions
        ),
        key="maturity.wording",
    )
