"""The full figures of maturity for the report, dimension by dimension."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from exercises.maturity.model import STATUSES
from exercises.maturity.phrases import WEIGHTINGS, basis, hidden_note, named
from exercises.maturity.result import DimensionResult, Result
from workshop.blocks import Block, Cell, Column, Spread, Table
from workshop.language import Amount, Sayable, Text, text
from workshop.statistics import Distribution, Interval, View

DIMENSION = Column(head=text("Dimension"), width=4)
OF_EVIDENCE = (3, 5, 6)
"""Columns of the table of levels that say nothing before evidence is written down."""
MEANS = slice(3, 6)
"""Columns of the table of weightings that the table is for."""
UNVERIFIED = text("unverified")
VIEWS = {View.CONTESTED: text("contested"), View.SHARED: text("shared view")}


def details(result: Result) -> list[Block]:
    """Return the tables of the maturity chapter."""
    blocks: list[Block] = []
    if result.rated:
        blocks.append(_levels(result))
        if any(one.told for one in result.pillars):
            blocks.append(_pillars(result))
    weighed = _weightings(result)
    if any(mean is not None for row in weighed.rows for mean in row[MEANS]):
        blocks.append(weighed)
    if entered(result):
        blocks.append(evidence_table(result))
    return blocks


def entered(result: Result) -> bool:
    """Return whether anybody wrote down any evidence."""
    return any(exhibit.status != "missing" for one in result.dimensions for exhibit in one.exhibits)


def further(result: Result) -> list[Block]:
    """Return the tables of the annex: the groups to two places, how far people agree."""
    blocks: list[Block] = []
    if any(one.groups.shown for one in result.dimensions):
        blocks.append(_groups(result))
    if result.rated:
        blocks.append(_agreement(result))
    if any(one.contested for one in result.rated):  # else the chapter shows all ratings
        title = text("All ratings by dimension")
        blocks.append(spread(result, result.rated, title, "maturity.spread"))
    return blocks


def spread(
    result: Result, dimensions: Sequence[DimensionResult], title: Sayable, key: str
) -> Spread:
    """Return the ratings of some dimensions, people per level."""
    return Spread(
        title=title,
        scale=tuple(
            Text("{level} {name}", (("level", one.level), ("name", one.words)))
            for one in result.scale.levels
        ),
        rows=tuple(
            (named(one), one.spread.counts)
            for one in dimensions
            if isinstance(one.spread, Distribution)
        ),
        basis=basis(result, weighted=False),
        key=key,
    )


def number(head: Text, digits: int = 2) -> Column:
    """Return a column of numbers."""
    return Column(head=head, kind="number", digits=digits)


def count(head: Text) -> Column:
    """Return a column of whole numbers."""
    return Column(head=head, kind="count")


def _levels(result: Result) -> Table:
    """Return the levels; without any evidence only what people perceive and want."""
    columns = (
        DIMENSION,
        number(text("Perceived")),
        number(text("Target")),
        count(text("Evidence level")),
        count(text("Perceived level")),
        count(text("Confirmed level")),
        Column(head=text("Perception gap"), kind="signed"),
        Column(head=text("Ambition gap"), kind="signed"),
        number(text("Gap priority")),
    )
    proven = entered(result)
    kept = [place for place in range(len(columns)) if proven or place not in OF_EVIDENCE]
    rows = [_level_row(one) for one in result.dimensions]
    perception = text("Perception gap: perceived minus evidence.")
    ambition = text(
        "Ambition gap: target minus perceived. Gap priority: ambition gap times the share of the "
        "votes for priorities, or the same share for all."
    )
    return Table(
        title=text("Levels and gaps"),
        columns=tuple(columns[place] for place in kept),
        rows=tuple(tuple(row[place] for place in kept) for row in rows),
        basis=basis(result),
        note=Text("{one} {other}", (("one", perception), ("other", ambition)))
        if proven
        else ambition,
        key="maturity.levels",
    )


def _level_row(one: DimensionResult) -> tuple[Cell, ...]:
    proven = _or_unverified(one.evidence_level)
    levels = one.levels
    if levels is None or not one.told:
        return (named(one), None, None, proven, None, None, None, None, None)
    aimed = one.aim_told
    return (
        named(one),
        levels.perceived,
        one.target if aimed else None,
        proven,
        levels.perceived_level,
        _or_unverified(levels.confirmed_level),
        levels.perception_gap,
        levels.ambition_gap if aimed else None,
        one.priority if aimed else None,
    )


def _or_unverified(level: int | None) -> Cell:
    return UNVERIFIED if level is None else level


def _weightings(result: Result) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in result.dimensions:
        interval = one.interval if isinstance(one.interval, Interval) and one.told else None
        current = one.current
        means: tuple[Cell, ...] = tuple(
            mean.value if one.groups.safe and mean.n >= one.groups.k else None
            for mean in (current.group, current.participant, current.organisation)
        )
        ends: tuple[Cell, ...] = (interval.low, interval.high) if interval else (None, None)
        rows.append((named(one), one.n, one.cannot_judge, *means, *ends))
    sure = any(row[-1] is not None for row in rows)
    headline = text(
        "The headline uses {weighting}.", weighting=WEIGHTINGS[result.settings.weighting]
    )
    interval_note = text(
        "The headline uses {weighting}; from and to are its 95% interval, resampling "
        "organisations (from 8 on).",
        weighting=WEIGHTINGS[result.settings.weighting],
    )
    return Table(
        title=text("Three ways to weigh the room"),
        columns=(
            DIMENSION,
            count(text("Rated")),
            count(text("Cannot judge")),
            number(text("By group")),
            number(text("By person")),
            number(text("By organisation")),
            *((number(text("from")), number(text("to"))) if sure else ()),
        ),
        rows=tuple(row if sure else row[:-2] for row in rows),
        basis=basis(result, weighted=False),
        note=interval_note if sure else headline,
        key="maturity.weightings",
    )


def group_values(result: Result) -> tuple[tuple[float | None, ...], ...]:
    """Return the mean of each dimension in each group; None where it may not be shown."""
    return tuple(
        tuple(
            one.current.by_group[group.id].value if group.id in one.groups.shown else None
            for group in result.room.groups
        )
        for one in result.dimensions
    )


def _groups(result: Result) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (named(one), *values)
        for one, values in zip(result.dimensions, group_values(result), strict=True)
    ]
    rows.append((text("People who rated"), *(Amount(n, 0) for _, n in result.sizes)))
    hidden = any(one.groups.hidden or one.groups.complementary for one in result.dimensions)
    return Table(
        title=text("Perceived level by group"),
        columns=(DIMENSION, *(Column(head=g.name, kind="number") for g in result.room.groups)),
        rows=tuple(rows),
        basis=basis(result, weighted=False),
        note=hidden_note(result) if hidden else "",
        key="maturity.groups",
    )


def _agreement(result: Result) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in result.rated:
        found = one.spread
        if isinstance(found, Distribution):
            label: Cell = VIEWS[found.view] if found.view else ""
            quartiles = found.quartiles
            rows.append(
                (named(one), Amount(quartiles.median, 1), Amount(quartiles.iqr, 1),
                 found.sd.value, found.agreement.value, found.rwg.value, label)
            )  # fmt: skip
    return Table(
        title=text("How far people agree"),
        columns=(
            DIMENSION,
            number(text("Median")),
            number(text("Middle half (IQR)")),
            number(text("Standard deviation")),
            number(text("Agreement A")),
            number(text("rWG")),
            Column(head=text("Opinions"), width=2),
        ),
        rows=tuple(rows),
        basis=basis(result, weighted=False),
        note=text("A: −1 two camps, 0 even spread, 1 all alike."),
        key="maturity.agreement",
    )


def _pillars(result: Result) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.pillar.words, one.mean, one.index) if one.told else (one.pillar.words, None, None)
        for one in result.pillars
    ]
    if result.told and result.index is not None:
        mean = 1 + result.index / 100 * (result.scale.top - 1)
        rows.append((text("All dimensions"), mean, result.index))
    return Table(
        title=text("Pillars"),
        columns=(
            Column(head=text("Pillar"), width=4),
            number(text("Perceived")),
            number(text("Index of 100"), 0),
        ),
        rows=tuple(rows),
        basis=basis(result),
        key="maturity.pillars",
    )


def evidence_table(result: Result) -> Table:
    """Return how much evidence of each status there is, and the level it proves."""
    rows: list[tuple[Cell, ...]] = []
    for one in result.dimensions:
        found: Counter[str] = Counter(exhibit.status for exhibit in one.exhibits)
        proven = _or_unverified(one.evidence_level)
        rows.append((named(one), *(found[status] for status in STATUSES), proven))
    return Table(
        title=text("Evidence by dimension"),
        columns=(
            DIMENSION,
            *(count(label) for label in STATUSES.values()),
            count(text("Evidence level")),
        ),
        rows=tuple(rows),
        note=text("Only evidence verified by another organisation counts for a level."),
        key="maturity.evidence",
    )
