"""Give the actors of a network their places: on two arcs, group by group, names outside.

All edges run inside the arcs and each name has a row of its own, so a name can neither meet
another name nor be crossed by an edge. The same network always gets the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshop.blocks import Edge, Node
from workshop.charts.canvas import GRID, LINE, SMALL

ROW_MOST = 60.0
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Measure:
    """How large the letters are, and what that leaves for the rest."""

    name: float
    """The size of a name."""
    legend: float
    arc: float
    """Half the distance between the two arcs in the middle."""
    wanted: float
    """How high the places are while nothing presses."""
    comfort: float
    """How high a row may be although that makes the picture higher."""
    tallest: float
    """What there is room for at most."""

    @property
    def two_lines(self) -> float:
        """How high a row is that has room for two lines of a name."""
        return self.name * LINE * 2

    @property
    def least(self) -> float:
        """How high a row is at least."""
        return self.name * 1.5


PAGE = Measure(name=16.0, legend=SMALL, arc=185.0, wanted=560.0, comfort=44.0, tallest=1240.0)
"""On a page of paper, and on a screen one sits at."""
HALL = Measure(name=20.3, legend=20.3, arc=135.0, wanted=455.0, comfort=0.0, tallest=455.0)
"""On the wall, where 900 are shown 1,250 wide: read from the last row, letters are 28 there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands; ``side`` is where its name goes (-1 left, 1 right)."""

    x: float
    y: float
    side: int


@dataclass(frozen=True, slots=True)
class Layout:
    """All places, and the frame they need."""

    places: Mapping[str, Place]
    row: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """The point the edges bend towards."""
        return GRID / 2, self.height / 2


def arrange(
    nodes: Sequence[Node], edges: Sequence[Edge], groups: Sequence[str], measure: Measure = PAGE
) -> Layout:
    """Return a place for every node."""
    rings = _ordered(nodes, edges, groups)
    half = _halfway([len(ring) for ring in rings])
    around = [key for ring in rings for key in ring]
    # The circle runs down the left and up the right: a group cut in two stays together below.
    sides = {-1: around[:half], 1: around[half:][::-1]}
    rows = max(1, *(len(side) for side in sides.values()))
    # Roomy while there are few, then as high as two lines want, then what a page has.
    wanted = max(measure.comfort, min(ROW_MOST, measure.wanted / rows))
    row = max(measure.least, min(wanted, measure.tallest / rows))
    height = rows * row
    places = {}
    for side, keys in sides.items():
        for place, key in enumerate(keys):
            y = height * (place + 0.5) / len(keys)
            bend = math.sqrt(1 - (0.9 * (2 * y / height - 1)) ** 2)
            places[key] = Place(GRID / 2 + side * measure.arc * bend, y, side)
    return Layout(places, row, height)


def _ordered(
    nodes: Sequence[Node], edges: Sequence[Edge], groups: Sequence[str]
) -> list[list[str]]:
    """Return the nodes group by group; within a group, partners come near each other."""
    rank = {group: place for place, group in enumerate(groups)}
    keys = sorted({node.group for node in nodes}, key=lambda group: rank.get(group, len(rank)))
    rings = [[node.key for node in nodes if node.group == group] for group in keys]
    near: dict[str, list[str]] = {node.key: [] for node in nodes}
    for edge in edges:
        if edge.source in near and edge.target in near:
            near[edge.source].append(edge.target)
            near[edge.target].append(edge.source)
    for _ in range(_ROUNDS):
        around = [key for ring in rings for key in ring]
        turn = {key: 2 * math.pi * place / len(around) for place, key in enumerate(around)}
        for ring in rings:
            middle = sum(turn[key] for key in ring) / len(ring)
            pull = {key: _pull(key, near, turn, middle) for key in ring}
            ring.sort(key=lambda key, pull=pull: (pull[key], key))  # type: ignore[misc]
    return rings


def _pull(
    key: str, near: Mapping[str, list[str]], turn: Mapping[str, float], middle: float
) -> float:
    """Return how far round from the group's middle the partners of a node stand, on average."""
    if not near[key]:
        return 0.0
    # -pi to pi, seen from the group's middle
    away = [math.remainder(turn[other] - middle, 2 * math.pi) for other in near[key]]
    return round(sum(away) / len(away), 9)


def _halfway(sizes: Sequence[int]) -> int:
    """Return how many nodes go left: a border between groups if one is near the half."""
    total = sum(sizes)
    borders = [sum(sizes[:place]) for place in range(1, len(sizes))]
    half = (total + 1) // 2
    best = min(borders, key=lambda border: abs(border - total / 2), default=half)
    return best if abs(best - total / 2) <= max(1.0, total / 12) else half
