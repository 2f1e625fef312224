"""Words that pictures, tables and sentences of maturity share."""

from __future__ import annotations

from collections.abc import Iterable

from exercises.maturity.result import DimensionResult, Result
from workshop.blocks import Basis
from workshop.language import Several, Text, joined, quoted, text

INDICATIVE = 0.5
"""Below this share of the eligible a result is only indicative (method 3.0)."""
WEIGHTINGS = {
    "group": text("equal weight per group"),
    "participant": text("equal weight per person"),
    "organisation": text("equal weight per organisation"),
}


def named(one: DimensionResult) -> Text:
    """Return a dimension with its code: "P1 Consultation & dialogue"."""
    return Text("{code} {name}", (("code", one.dimension.code), ("name", one.dimension.name)))


def names(some: Iterable[DimensionResult]) -> Several:
    """Return dimensions as a list of their names in quotes."""
    return joined([quoted(one.dimension.name) for one in some])


def basis(result: Result, *, weighted: bool = True) -> Basis:
    """Return what the figures of the whole rest on."""
    return Basis(
        n=result.raters,
        of=len(result.room.eligible) or None,
        weighting=WEIGHTINGS[result.settings.weighting] if weighted else None,
        note=text("indicative") if indicative(result) else None,
    )


def indicative(result: Result) -> bool:
    """Return whether too few took part: fewer than half, or nobody of a whole group."""
    eligible = result.room.eligible
    rated = {group.id for group, n in result.sizes if n}
    missing = {one.group_id for one in eligible if one.group_id} - rated
    return bool(missing) or result.raters < INDICATIVE * len(eligible)


def level_words(result: Result, level: int) -> Text:
    """Return a level with its name: 2 “Emerging”."""
    return text("{level} “{name}”", level=level, name=result.scale.level_name(level))


def hidden_note(result: Result) -> Text:
    """Return why some groups are not shown."""
    return text(
        "Groups with fewer than {k} people are not shown separately, nor a group that would give "
        "them away; all are in the totals.",
        k=result.room.smallest_group,
    )
