"""The result of the maturity exercise: what every picture, table and sentence reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exercises.maturity.evidence import Exhibit
from exercises.maturity.model import Entry, Settings
from exercises.maturity.scale import Dimension, Pillar, Scale
from workshop.model import Contribution, Room, StakeholderGroup
from workshop.statistics import (
    DimensionLevel,
    Distribution,
    Interval,
    Undefined,
    View,
    Visibility,
    WeightedMean,
    Weighting,
)

APART = 0.5
"""Weightings further apart than this many levels get a warning sentence (method 2.6, rule 2)."""
SAME = 1e-9
"""Two means closer than this are equal; weighted means differ in the last bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionResult:
    """One dimension: what people say, what the evidence shows, and how far they agree."""

    dimension: Dimension
    n: int
    cannot_judge: int
    spread: Distribution | Undefined
    current: WeightedMean
    wanted: WeightedMean
    perceived: float | None
    """The headline mean under the weighting of the settings."""
    target: float | None
    interval: Interval | Undefined
    levels: DimensionLevel | None
    exhibits: tuple[Exhibit, ...]
    evidence_level: int | None
    priority: float | None
    """Ambition gap times the share of the importance points (method 2.6, rule 7)."""
    share: float
    """Weight in the index."""
    groups: Visibility
    """Which groups may be shown; decided before any number is told."""
    weighed: int
    """How many answers the headline rests on: groups of one are not in the mean by group."""

    aimed: int
    """How many answers the target rests on."""

    @property
    def contested(self) -> bool:
        """Whether the room is of two minds."""
        return isinstance(self.spread, Distribution) and self.spread.view is View.CONTESTED

    @property
    def shared(self) -> bool:
        """Whether the room sees it alike."""
        return isinstance(self.spread, Distribution) and self.spread.view is View.SHARED

    @property
    def told(self) -> bool:
        """Whether totals may be shown: enough answered, and they give no small group away."""
        return self.perceived is not None and self.groups.safe and self.weighed >= self.groups.k

    @property
    def aim_told(self) -> bool:
        """Whether the target and the way to it may be shown as well."""
        return self.told and self.aimed >= self.groups.k

    @property
    def apart(self) -> bool:
        """Whether the three weightings differ by more than half a level."""
        return self.current.spread is not None and self.current.spread > APART + SAME


@dataclass(frozen=True, slots=True, kw_only=True)
class PillarResult:
    """A family of dimensions: weighted mean and index of 0 to 100."""

    pillar: Pillar
    mean: float | None
    index: float | None
    told: bool
    """Whether it may be shown: all its dimensions may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeavyGroup:
    """A group whose weight in the headline is far above its share of the people."""

    group: StakeholderGroup
    n: int
    of: int
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Everything that wall, phone, spreadsheet and report say about maturity."""

    settings: Settings
    room: Room
    dimensions: tuple[DimensionResult, ...]
    pillars: tuple[PillarResult, ...]
    index: float | None
    interval: Interval | Undefined
    confirmed: int | None
    raters: int
    sizes: tuple[tuple[StakeholderGroup, int], ...]
    """People who rated at least one dimension, per group."""
    heavy: tuple[HeavyGroup, ...]
    left_out: tuple[StakeholderGroup, ...]
    """Groups of one: in the totals, but not in the mean by group."""
    singles: bool
    """No group has two people, so there is no mean by group at all: every person counts alike."""
    groups: Visibility
    """Which groups may be shown when everybody who rated is taken together."""
    notes: tuple[tuple[Dimension, Contribution[Entry], str], ...]
    """Evidence people know of, in their words, where nobody hid it."""

    @property
    def scale(self) -> Scale:
        """The model that was rated."""
        return self.settings.scale

    @property
    def weighting(self) -> Weighting:
        """Who counts alike in the headline."""
        return Weighting(self.settings.weighting)

    @property
    def told(self) -> bool:
        """Whether the index may be shown: enough rated, and it gives no small group away."""
        return self.index is not None and self.groups.safe and bool(self.rated)

    @property
    def unverified(self) -> tuple[DimensionResult, ...]:
        """Dimensions without a confirmed level, for want of ratings or of evidence."""
        return tuple(
            one
            for one in self.dimensions
            if one.levels is None or one.levels.confirmed_level is None
        )

    @property
    def rated(self) -> tuple[DimensionResult, ...]:
        """The dimensions whose totals may be shown."""
        return tuple(one for one in self.dimensions if one.told)

    @property
    def weakest(self) -> tuple[DimensionResult, ...]:
        """The dimension with the lowest headline; several when they tie."""
        return _extreme(self.rated, min(_means(self.rated), default=None))

    @property
    def strongest(self) -> tuple[DimensionResult, ...]:
        """The dimension with the highest headline; several when they tie."""
        return _extreme(self.rated, max(_means(self.rated), default=None))


def _means(dimensions: Sequence[DimensionResult]) -> list[float]:
    return [one.perceived for one in dimensions if one.perceived is not None]


def _extreme(
    dimensions: Sequence[DimensionResult], mean: float | None
) -> tuple[DimensionResult, ...]:
    if mean is None:
        return ()
    return tuple(
        one for one in dimensions if one.perceived is not None and abs(one.perceived - mean) < SAME
    )
