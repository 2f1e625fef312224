"""The closed union a result is told in; wall, phone, spreadsheet and Word all read these.

A block carries raw numbers and sayable words, never a finished sentence in one language,
never a colour or a size. ``as_table`` gives the numbers of any block as a table: the
alternative for people who cannot see the chart, and what Excel gets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias, assert_never

from workshop.language import Amount, Multilingual, Sayable, Text, text

Cell: TypeAlias = Sayable


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a figure rests on; printed beside every figure."""

    n: int
    of: int | None = None
    """Eligible people, where turnout makes sense."""
    unit: Literal["participants", "ballots", "entries", "commitments", "organisations"] = (
        "participants"
    )
    weighting: Text | None = None
    note: Text | None = None
    """E.g. that small groups are not shown, or that the result is only indicative."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Sentences from rules: a finding, a caution, plain explanation, a list, steps in order."""

    sentences: tuple[Sayable, ...]
    tone: Literal["plain", "finding", "caution", "list", "steps"] = "plain"
    lead: Sayable = ""
    """Words before them that say what they are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One big number with a small sentence."""

    value: Sayable
    label: Sayable


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A row of pull figures."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Somebody's words, with whom they speak for where the stage allows it."""

    words: Multilingual
    by: Sayable = ""
    label: str = ""
    support: int = 0
    """How many different people said it (0: not counted)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotes:
    """A list of people's words under a title."""

    title: Sayable
    quotes: tuple[Quote, ...]
    basis: Basis | None = None
    spoken: bool = False
    """One of them is being read out to the room: a wall shows it on its own."""
    note: Sayable = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; ``kind`` decides alignment, number form and Excel type."""

    head: Sayable
    kind: Literal["text", "count", "number", "percent", "signed", "date"] = "text"
    digits: int = 2
    width: int = 1
    """Relative width in Word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; numbers stay numbers, None is "not available"."""

    title: Sayable
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    basis: Basis | None = None
    note: Sayable = ""
    key: str = ""
    """Stable name of the figure set, for tests and Excel."""
    fold: int | None = None
    """The column by which phones put many rows away, alike with alike; None: all stand open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; ``low``/``high`` its interval, ``parts`` its pieces by series name if stacked."""

    label: Sayable
    value: float
    low: float | None = None
    high: float | None = None
    parts: tuple[float, ...] = ()
    mark: Sayable = ""
    """A word beside it ("robust")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Horizontal bars in the given order; ``series`` names the parts of stacked or grouped bars."""

    title: Sayable
    bars: tuple[Bar, ...]
    axis: Sayable
    series: tuple[Sayable, ...] = ()
    layout: Literal["single", "grouped", "stacked"] = "single"
    kind: Literal["count", "number", "percent"] = "count"
    basis: Basis | None = None
    note: Sayable = ""
    key: str = ""
    ceiling: float | None = None
    """The axis reaches at least so far: parts of one long chart keep one scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Distributions on an ordered scale: one stacked 100 % bar a row, diverging from the middle."""

    title: Sayable
    scale: tuple[Sayable, ...]
    rows: tuple[tuple[Sayable, tuple[int, ...]], ...]
    """Label, counts per scale step."""
    basis: Basis | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """A matrix of numbers; None is a suppressed or empty cell, told so in words."""

    title: Sayable
    rows: tuple[Sayable, ...]
    columns: tuple[Sayable, ...]
    values: tuple[tuple[float | None, ...], ...]
    low: float | None = None
    high: float | None = None
    kind: Literal["count", "number", "percent"] = "number"
    digits: int = 1
    basis: Basis | None = None
    note: Sayable = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Radar:
    """Several profiles over the same axes, each axis from ``low`` to ``high``."""

    title: Sayable
    axes: tuple[Sayable, ...]
    profiles: tuple[tuple[Sayable, tuple[float | None, ...]], ...]
    low: float = 1
    high: float = 5
    basis: Basis | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadrant:
    """One field of a two-by-two: letter, name and what stands in it."""

    letter: Sayable
    name: Sayable
    quotes: tuple[Quote, ...]
    more: int = 0
    """How many further entries are not listed here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadrants:
    """A two-by-two board: top left, top right, bottom left, bottom right."""

    title: Sayable
    quadrants: tuple[Quadrant, Quadrant, Quadrant, Quadrant]
    basis: Basis | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """An actor of a network; ``group`` is a stakeholder group key, ``weight`` its size."""

    key: str
    name: Sayable
    group: str = ""
    weight: float = 1
    critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """``source`` needs something from ``target``, in ``weight`` commitments; dashed if declined."""

    source: str
    target: str
    weight: float = 1
    declined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Who needs whom."""

    title: Sayable
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    groups: tuple[tuple[str, Sayable], ...] = ()
    """Group key and name, in the order of the palette."""
    basis: Basis | None = None
    note: Sayable = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """Words by weight, per language; an illustration, never evidence."""

    title: Sayable
    words: tuple[tuple[str, float], ...]
    basis: Basis | None = None


Block: TypeAlias = (
    Prose | Figures | Quotes | Table | Bars | Spread | Heat | Radar | Quadrants | Network | Cloud
)
Drawn: TypeAlias = Bars | Spread | Heat | Radar | Network
"""The blocks that ``charts.draw`` turns into a picture."""


def as_table(block: Block) -> Table | None:
    """Return the numbers of a block as a table, or None where it holds only sentences."""
    match block:
        case Prose():
            return None
        case Table():
            return block
        case Figures():
            return _figures(block)
        case Quotes():
            said = [(one.label, one.words, one.support or None, one.by) for one in block.quotes]
            return _quotes(block.title, said, block.basis)
        case Quadrants():
            return _quadrants(block)
        case Bars():
            return _bars(block)
        case Spread():
            return _spread(block)
        case Heat():
            return _heat(block)
        case Radar():
            return _radar(block)
        case Network():
            return _network(block)
        case Cloud():
            return Table(
                title=block.title,
                columns=(Column(head=text("Word")), Column(head=text("Weight"), kind="count")),
                rows=tuple((word, weight) for word, weight in block.words),
                basis=block.basis,
            )
        case _:
            assert_never(block)


def _figures(block: Figures) -> Table:
    columns = (Column(head=text("What"), width=4), Column(head=text("Value")))
    rows = tuple((one.label, one.value) for one in block.figures)
    return Table(title=text("Key figures"), columns=columns, rows=rows)


def _quotes(
    title: Sayable, rows: Sequence[tuple[Cell, ...]], basis: Basis | None, key: str = ""
) -> Table:
    columns = (
        Column(head=text("No.")),
        Column(head=text("Wording"), width=6),
        Column(head=text("Support"), kind="count"),
        Column(head=text("From"), width=2),
    )
    return Table(title=title, columns=columns, rows=tuple(rows), basis=basis, key=key)


def _quadrants(block: Quadrants) -> Table:
    rows = [
        (field.letter, one.label, one.words, one.support or None, one.by)
        for field in block.quadrants
        for one in field.quotes
    ]
    listed = _quotes(block.title, rows, block.basis, block.key)
    return replace(listed, columns=(Column(head=text("Field")), *listed.columns))


def _bars(block: Bars) -> Table:
    interval = any(bar.low is not None for bar in block.bars)
    marked = any(bar.mark for bar in block.bars)
    columns = [Column(head=text("What"), width=4)]
    if block.series:
        columns += [Column(head=name, kind=block.kind) for name in block.series]
    else:
        columns.append(Column(head=block.axis, kind=block.kind))
    if interval:
        columns += [
            Column(head=text("from"), kind=block.kind),
            Column(head=text("to"), kind=block.kind),
        ]
    if marked:
        columns.append(Column(head=text("Label"), width=2))
    rows = []
    for bar in block.bars:
        row: list[Cell] = [bar.label, *(bar.parts if block.series else (bar.value,))]
        row += [bar.low, bar.high] if interval else []
        row += [bar.mark] if marked else []
        rows.append(tuple(row))
    return Table(
        title=block.title,
        columns=tuple(columns),
        rows=tuple(rows),
        basis=block.basis,
        note=block.note,
        key=block.key,
    )


def _spread(block: Spread) -> Table:
    columns = (
        Column(head=text("What"), width=4),
        *(Column(head=step, kind="count") for step in block.scale),
    )
    rows = tuple((label, *counts) for label, counts in block.rows)
    return Table(title=block.title, columns=columns, rows=rows, basis=block.basis, key=block.key)


def _heat(block: Heat) -> Table:
    columns = (
        Column(head=text("What"), width=4),
        *(Column(head=name, kind=block.kind, digits=block.digits) for name in block.columns),
    )
    rows = tuple((name, *values) for name, values in zip(block.rows, block.values, strict=True))
    return Table(
        title=block.title,
        columns=columns,
        rows=rows,
        basis=block.basis,
        note=block.note,
        key=block.key,
    )


def _radar(block: Radar) -> Table:
    columns = (
        Column(head=text("Dimension"), width=4),
        *(Column(head=name, kind="number") for name, _ in block.profiles),
    )
    rows = tuple(
        (axis, *(values[place] for _, values in block.profiles))
        for place, axis in enumerate(block.axes)
    )
    return Table(title=block.title, columns=columns, rows=rows, basis=block.basis, key=block.key)


def _network(block: Network) -> Table:
    names: Mapping[str, Sayable] = {node.key: node.name for node in block.nodes}
    columns = (
        Column(head=text("Who needs"), width=3),
        Column(head=text("from whom"), width=3),
        Column(head=text("Commitments"), kind="count"),
        Column(head=text("Answer of the partner"), width=2),
    )
    rows = tuple(
        (
            names[edge.source],
            names[edge.target],
            edge.weight,
            text("declined") if edge.declined else text("not declined"),
        )
        for edge in block.edges
    )
    return Table(
        title=block.title,
        columns=columns,
        rows=rows,
        basis=block.basis,
        note=block.note,
        key=block.key,
    )


def cell(value: Cell, column: Column) -> Sayable:
    """Return a table cell in the form its column asks for, ready for ``language.say``."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value if isinstance(value, date) or value is not None else None
    match column.kind:
        case "percent":
            return Amount(value, column.digits if column.digits != 2 else 0, "percent")
        case "signed":
            return Amount(value, column.digits, "signed")
        case "count":
            return Amount(value, 0)
        case _:
            return Amount(value, column.digits if column.kind == "number" else 0)
