"""What follows from the register: load, single points of failure, priorities, dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exercises.commitments import followup
from exercises.commitments.findings import ON_WALL, meaning
from exercises.commitments.lists import left_out, lost, sent
from exercises.commitments.phrases import (
    basis,
    column,
    count,
    date_column,
    listed,
    numbered,
    period,
    priority,
)
from exercises.commitments.register import Line
from exercises.commitments.result import Result
from workshop.blocks import Block, Cell, Column, Prose, Table
from workshop.language import Sayable, Text, joined, text
from workshop.model import Id

MOST_RINGS = 12
"""Rings a page can hold; a dense network has hundreds."""


def details(result: Result) -> list[Block]:
    """Return the tables of the commitments chapter."""
    if not result.register.lines:
        return []
    blocks: list[Block] = []
    if more := meaning(result)[ON_WALL:]:
        blocks.append(Prose(sentences=tuple(more), tone="finding"))
    if result.coverage and result.counted:
        blocks.append(_coverage(result))
    if result.dependencies.sole_suppliers:
        blocks.append(_suppliers(result))
    if result.waiting or result.network.mutual:
        blocks.append(_mutual(result))
    if rings := [one for one in result.network.cycles if len(one) > 2]:
        blocks.append(_rings(result, rings))
    if result.conflicts:
        blocks.append(_conflicts(result))
    if result.left_out:
        blocks.append(left_out(result))
    if result.register.lost:
        blocks.append(lost(result))
    return blocks


def annex(result: Result) -> Mapping[str, list[Block]]:
    """Return load and dates (A), the register, the needs, the originals (B), the calendar (H)."""
    if not result.register.lines:
        return {}
    originals = sent(result)
    if not result.counted:
        return {"B": originals} if originals else {}
    figures: list[Block] = [_loads(result)]
    calendar: list[Block] = [followup.calendar(result)]
    if result.periods:
        figures.append(_timeline(result))
        calendar.insert(0, followup.overview(result))
    return {"A": figures, "B": originals, "H": calendar}


def _loads(result: Result) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            load.organisation.name,
            load.commitments,
            load.delivery,
            load.needed_by,
            load.share,
            load.needed_of,
            load.depends_on,
            load.betweenness,
            text("yes") if load.breaks else "",
        )
        for load in result.loads
    ]
    return Table(
        title=text("Load and dependency by organisation"),
        columns=(
            column(text("Organisation"), 3),
            count(text("Commitments")),
            Column(head=text("Weighed by strength"), kind="number", digits=2),
            count(text("Needed by commitments")),
            Column(head=text("Share"), kind="percent", digits=0),
            count(text("Organisations that need it")),
            count(text("Organisations it needs")),
            Column(head=text("Betweenness"), kind="number", digits=2),
            column(text("Network falls apart without it")),
        ),
        rows=tuple(rows),
        basis=basis(result),
        note=text("From half of the commitments on an organisation is a single point of failure."),
        key="commitments.load",
    )


def _suppliers(result: Result) -> Table:
    return Table(
        title=text("Priorities that depend on one organisation"),
        columns=(
            column(text("Priority"), 4),
            column(text("Organisation"), 3),
            count(text("Commitments")),
        ),
        rows=tuple(
            (
                priority(result, one.candidate),
                result.organisation(one.organisation).name,
                one.commitments,
            )
            for one in result.dependencies.sole_suppliers
        ),
        basis=basis(result),
        key="commitments.suppliers",
    )


def _mutual(result: Result) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            result.organisation(first).name,
            result.organisation(other).name,
            listed(
                [
                    joined([numbered(one.first), numbered(one.other)])
                    for one in result.waiting
                    if {first, other} == {_maker(one.first), _maker(one.other)}
                ]
            )
            or "–",
        )
        for first, other in result.network.mutual
    ]
    return Table(
        title=text("Organisations that need each other"),
        columns=(
            column(text("Organisation"), 2),
            column(text("Other organisation"), 2),
            column(text("Commitments that wait for each other"), 4),
        ),
        rows=tuple(rows),
        basis=basis(result),
        key="commitments.mutual",
    )


def _rings(result: Result, rings: Sequence[Sequence[Id]]) -> Table:
    """Return who waits for whom in a circle of three or four: a delay comes back to its start."""
    return Table(
        title=text("Rings of three or four organisations"),
        columns=(
            column(text("Each needs something from the next"), 8),
            count(text("Organisations")),
        ),
        rows=tuple((_around(result, one), len(one)) for one in rings[:MOST_RINGS]),
        basis=basis(result),
        note=text("There are more; the first {n} are listed.", n=MOST_RINGS)
        if len(rings) > MOST_RINGS
        else "",
        key="commitments.rings",
    )


def _around(result: Result, ring: Sequence[Id]) -> Text:
    names: list[Sayable] = [result.organisation(one).name for one in (*ring, ring[0])]
    places = [(f"n{place}", name) for place, name in enumerate(names)]
    return Text(" → ".join(f"{{{place}}}" for place, _ in places), tuple(places))


def _conflicts(result: Result) -> Table:
    return Table(
        title=text("Due before what they need"),
        columns=(
            column(text("Commitment"), 3),
            date_column(text("Due")),
            column(text("Needs"), 3),
            date_column(text("Due")),
        ),
        rows=tuple(
            (numbered(one.first), one.first.due, numbered(one.other), one.other.due)
            for one in result.conflicts
        ),
        basis=basis(result),
        note=text("Concluded from the organisation asked and the same priority."),
        key="commitments.conflicts",
    )


def _maker(line: Line) -> str:
    return line.organisation.id if line.organisation else ""


def _coverage(result: Result) -> Table:
    return Table(
        title=text("Commitments by priority"),
        columns=(
            column(text("Priority"), 5),
            count(text("Commitments")),
            column(text("Organisations"), 5),
        ),
        rows=tuple(
            (
                priority(result, one.key),
                one.total,
                listed([organisation.name for organisation, _ in one.by]),
            )
            for one in result.coverage
        ),
        basis=basis(result),
        key="commitments.coverage",
    )


def _timeline(result: Result) -> Table:
    return Table(
        title=text("Commitments due"),
        columns=(column(text("When"), 2), count(text("Commitments"))),
        rows=tuple((period(one), one.due) for one in result.periods),
        basis=basis(result),
        key="commitments.timeline",
    )
