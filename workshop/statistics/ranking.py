"""Who is first, and how firmly: places, the top k, and what survives a change of method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workshop.statistics.measure import TOLERANCE, Reason


class Firmness(StrEnum):
    """How firmly a candidate belongs to the top k over several orders."""

    ROBUST = "robust"
    LIKELY = "likely"
    SENSITIVE = "sensitive"


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate's place; `tied` candidates share it and say so."""

    candidate: str
    rank: int
    score: float
    tied: bool


@dataclass(frozen=True, slots=True)
class Top:
    """The first k. `cut` names those tied across the cut: all are in, a run-off decides."""

    candidates: tuple[str, ...]
    cut: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RobustTop:
    """How often each candidate is in the top k, and the label of those who ever are.

    With fewer than two orders there is nothing to compare: no labels, and `reason` says so.
    """

    times: Mapping[str, int]
    labels: Mapping[str, Firmness]
    orders: int
    k: int
    reason: Reason | None


def rank_candidates(
    scores: Mapping[str, float], *, lowest_first: bool = False
) -> tuple[Place, ...]:
    """Return candidates by score with competition ranks (1, 2, 2, 4).

    Equal scores (within 1e-9) share the rank; the order of display inside a tie is the id and
    means nothing. Source: method 3.0, ties.
    """
    sign = 1 if lowest_first else -1
    order = sorted(scores, key=lambda candidate: (sign * scores[candidate], candidate))
    ties: list[list[str]] = []
    for candidate in order:
        if ties and abs(scores[candidate] - scores[ties[-1][0]]) <= TOLERANCE:
            ties[-1].append(candidate)
        else:
            ties.append([candidate])
    places: list[Place] = []
    for tie in ties:
        rank = len(places) + 1
        places += [Place(one, rank, scores[one], len(tie) > 1) for one in sorted(tie)]
    return tuple(places)


def top(places: Sequence[Place], k: int, *, above: float | None = None) -> Top:
    """Return the first k places with everybody tied at the cut.

    With `above` only scores greater than it count: use 0 for dots, so that candidates nobody
    chose are never "in the top 3".
    """
    eligible = [place for place in places if above is None or place.score > above + TOLERANCE]
    inside = [place for place in eligible if place.rank <= k]
    last = inside[-1].rank if inside else 0
    cut = [place.candidate for place in inside if place.rank == last] if len(inside) > k else []
    return Top(tuple(place.candidate for place in inside), tuple(cut))


def robust_top(orders: Mapping[str, Sequence[Place]], k: int) -> RobustTop:
    """Return which candidates stay in the top k whatever the method.

    `orders` are the places by method name (dots under three weightings, points, Borda, Schulze).
    Robust: in all; likely: in at least two thirds; sensitive: at least once. A candidate with a
    score of 0 (no dots, beats nobody) is in no top. Source: method 4.15.
    """
    times = dict.fromkeys(sorted({p.candidate for places in orders.values() for p in places}), 0)
    for places in orders.values():
        for candidate in top(places, k, above=0).candidates:
            times[candidate] += 1
    if len(orders) < 2:
        return RobustTop(times, {}, len(orders), k, Reason.TOO_FEW_ORDERS)
    labels = {c: _firmness(count, len(orders)) for c, count in times.items() if count > 0}
    return RobustTop(times, labels, len(orders), k, None)


def _firmness(count: int, orders: int) -> Firmness:
    if count == orders:
        return Firmness.ROBUST
    return Firmness.LIKELY if 3 * count >= 2 * orders else Firmness.SENSITIVE
