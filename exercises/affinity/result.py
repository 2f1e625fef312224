"""What came out of a sorting: clusters with their cards, names, and how alike people sorted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from exercises.affinity.model import OTHER_SHARE, Settings, says_nothing
from workshop.language import Multilingual
from workshop.model import Id, Option, Theme
from workshop.statistics.piles import FEWEST_CLUSTERS, MOST_CLUSTERS, Together

LOW_TURNOUT = 0.5
TENTATIVE, GOOD = 0.667, 0.8
"""From which alpha on conclusions may be drawn with care, and freely. Source: method Ex.6."""

Word = Literal["good", "tentative", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A card of a cluster."""

    option: Option
    """With the wording as it stands now."""
    closeness: float | None
    """The mean share with which it was put together with the other cards of its cluster."""
    nearest: int | None = None
    """The place of the other cluster it was put with more often than with its own, if any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A name people gave to piles, and how many did; spelled as most of them spell it."""

    name: Multilingual
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Cards that belong together: named by the facilitator, or suggested by the sortings."""

    theme: Theme | None
    cards: tuple[Placed, ...]
    strength: float | None
    """The mean share of its pairs; None for one card, or where nobody sorted."""
    names: tuple[Given, ...]
    """What people call it, most usual first."""
    contribution_ids: tuple[Id, ...] = ()

    @property
    def name(self) -> Multilingual:
        """Return its name: the facilitator's, else the one two people or more gave."""
        if self.theme is not None:
            return self.theme.name
        usual = next((one for one in self.names if one.people > 1), None)
        return usual.name if usual else Multilingual()


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A sorting as wall, phone and report tell it."""

    settings: Settings
    stage_id: Id
    named: tuple[Cluster, ...]
    """Those with a card, in the facilitator's order; once there are any, they are shown."""
    suggested: tuple[Cluster, ...]
    singles: tuple[Placed, ...]
    """Cards in no cluster, or suggested to stand alone."""
    sorters: int
    eligible: int
    withheld: bool
    """Too few sorted for their piles to be anything but theirs: nothing is told of them."""
    alpha: float | None
    """Krippendorff's; over pairs of cards, or over cards where the piles were given."""
    agreed: float | None
    """The share of pairs on which two people agree."""
    silhouette: float | None
    matrix: Together | None
    order: tuple[Option, ...]
    """The cards as the leaves of the tree: neighbours lie together often."""
    merged: int
    hidden: int
    growing: bool
    """The facilitator is still grouping, before everybody's eyes."""

    @property
    def clusters(self) -> tuple[Cluster, ...]:
        """Return what is shown: the named clusters, else the suggested ones."""
        return self.named or self.suggested

    @property
    def cards(self) -> int:
        """Return how many cards stand."""
        return len(self.order)

    @property
    def word(self) -> Word | None:
        """Return how alike people sorted, in a word."""
        if self.alpha is None:
            return None
        return "good" if self.alpha >= GOOD else "tentative" if self.alpha >= TENTATIVE else "low"

    @property
    def indicative(self) -> bool:
        """Return whether too few sorted to speak for the room."""
        return bool(self.sorters) and self.sorters < LOW_TURNOUT * self.eligible

    @property
    def vague(self) -> tuple[Cluster, ...]:
        """Return the clusters called "other" that hold too much for such a name."""
        return tuple(
            one
            for one in self.named
            if says_nothing(one.name) and len(one.cards) >= OTHER_SHARE * self.cards
        )

    @property
    def few(self) -> bool:
        """Return whether there are fewer named clusters than are worth the name."""
        return 0 < len(self.named) < FEWEST_CLUSTERS

    @property
    def many(self) -> bool:
        """Return whether there are more named clusters than a room can hold in mind."""
        return len(self.named) > MOST_CLUSTERS
