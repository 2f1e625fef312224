"""From orders of preference to one order of the room: Borda, Condorcet, Schulze."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workshop.statistics.measure import Reason, Undefined
from workshop.statistics.ranking import Place, rank_candidates

# One ballot, the best first; a tie is a frozenset. Candidates left out tie at the bottom.
Order: TypeAlias = Sequence[str | frozenset[str]]
# preferences[a][b]: how many prefer a to b; half for an "equal" in a duel.
Preferences: TypeAlias = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Scores:
    """Points per candidate, from n ballots that rank at least one."""

    points: Mapping[str, float]
    n: int


@dataclass(frozen=True, slots=True)
class Condorcet:
    """Who beats everybody in a duel. Without a winner the Smith set is the honest answer."""

    winner: str | None
    smith: tuple[str, ...]

    @property
    def cycle(self) -> bool:
        """No winner: majorities go in a circle or tie."""
        return self.winner is None


@dataclass(frozen=True, slots=True)
class Schulze:
    """Schulze's order by winning votes: widest paths, candidates beaten, places."""

    strengths: Preferences
    beaten: Mapping[str, int]
    places: tuple[Place, ...]
    winners: tuple[str, ...]


def borda(orders: Sequence[Order], candidates: Collection[str]) -> Scores | Undefined:
    """Return Borda points: n-1 for the first place down to 0, ties and the unranked averaged.

    Each ballot gives n(n-1)/2 points, however short. Source: method 4.2.
    """
    points = dict.fromkeys(sorted(candidates), 0.0)
    cast = _cast(orders, candidates)
    if not cast:
        return Undefined(Reason.NO_ANSWERS)
    for tiers in cast:
        left = len(points)
        for tier in _with_tail(tiers, points):
            for candidate in tier:
                points[candidate] += left - (len(tier) + 1) / 2
            left -= len(tier)
    return Scores(points, len(cast))


def plurality(orders: Sequence[Order], candidates: Collection[str]) -> Scores | Undefined:
    """Return first places per candidate; candidates tied for first share the vote."""
    points = dict.fromkeys(sorted(candidates), 0.0)
    cast = _cast(orders, candidates)
    if not cast:
        return Undefined(Reason.NO_ANSWERS)
    for tiers in cast:
        for candidate in tiers[0]:
            points[candidate] += 1 / len(tiers[0])
    return Scores(points, len(cast))


def mid_ranks(order: Order, candidates: Sequence[str]) -> list[float]:
    """Return the rank of each candidate on one ballot; the unranked share the mean of the rest.

    For Kendall's W on top-k ballots; this padding pulls W towards agreement on the unpopular
    tail, so a report names it. Source: method 4.1.
    """
    ranks: dict[str, float] = {}
    for tier in _with_tail(_tiers(order, candidates), candidates):
        middle = len(ranks) + (len(tier) + 1) / 2
        ranks.update(dict.fromkeys(tier, middle))
    return [ranks[candidate] for candidate in candidates]


def preferences(orders: Sequence[Order], candidates: Collection[str]) -> Preferences:
    """Return how many ballots put each candidate before each other one.

    A ranked candidate is before every unranked one; two unranked ones are not compared.
    """
    counts = {a: {b: 0.0 for b in sorted(candidates) if b != a} for a in sorted(candidates)}
    for tiers in _cast(orders, candidates):
        below = set(counts)
        for tier in tiers:
            below -= set(tier)
            for a in tier:
                for b in below:
                    counts[a][b] += 1
    return counts


def condorcet(counts: Preferences) -> Condorcet | Undefined:
    """Return the candidate who beats every other by strict majority, and the Smith set.

    The Smith set is the smallest one whose members all beat everyone outside. Undefined without
    candidates or votes; one candidate is its own winner. Source: method 4.2.
    """
    if not counts or (len(counts) > 1 and not _any_vote(counts)):
        return Undefined(Reason.NO_ANSWERS)
    standing = copeland(counts)
    order = sorted(counts, key=lambda candidate: (-standing[candidate], candidate))
    for size in range(1, len(order) + 1):
        inside, outside = order[:size], order[size:]
        if all(counts[a][b] > counts[b][a] for a in inside for b in outside):
            break
    return Condorcet(inside[0] if len(inside) == 1 else None, tuple(sorted(inside)))


def copeland(counts: Preferences) -> dict[str, int]:
    """Return duels won minus duels lost per candidate; a drawn duel counts for neither."""
    return {
        a: sum((counts[a][b] > counts[b][a]) - (counts[a][b] < counts[b][a]) for b in counts[a])
        for a in counts
    }


def schulze(counts: Preferences) -> Schulze | Undefined:
    """Return Schulze's order with winning votes as the strength of a duel.

    Widest paths by Floyd-Warshall over won duels; candidates are placed by how many they beat,
    ties listed. Margins instead of winning votes can order truncated ballots differently: the
    annex names the choice. Source: Schulze, Soc. Choice Welf. 36 (2011) 267-303; method 4.2.
    """
    if not counts or (len(counts) > 1 and not _any_vote(counts)):
        return Undefined(Reason.NO_ANSWERS)
    paths = {
        a: {b: votes if votes > counts[b][a] else 0.0 for b, votes in row.items()}
        for a, row in counts.items()
    }
    for via in paths:
        for a in paths:
            for b in paths:
                if len({via, a, b}) == 3:
                    paths[a][b] = max(paths[a][b], min(paths[a][via], paths[via][b]))
    beaten = {a: sum(paths[a][b] > paths[b][a] for b in paths[a]) for a in paths}
    unbeaten = [a for a in paths if all(paths[a][b] >= paths[b][a] for b in paths[a])]
    return Schulze(paths, beaten, rank_candidates(beaten), tuple(sorted(unbeaten)))


def _any_vote(counts: Preferences) -> bool:
    return any(votes > 0 for row in counts.values() for votes in row.values())


def _cast(orders: Sequence[Order], candidates: Collection[str]) -> list[list[tuple[str, ...]]]:
    return [tiers for order in orders if (tiers := _tiers(order, candidates))]


def _tiers(order: Order, candidates: Collection[str]) -> list[tuple[str, ...]]:
    """Return the ranked candidates best first; unknown and repeated names are passed over."""
    waiting = set(candidates)
    tiers: list[tuple[str, ...]] = []
    for step in order:
        named = {step} if isinstance(step, str) else step
        if tier := tuple(sorted(waiting & named)):
            tiers.append(tier)
            waiting -= named
    return tiers


def _with_tail(
    tiers: Sequence[tuple[str, ...]], candidates: Collection[str]
) -> list[tuple[str, ...]]:
    ranked = {candidate for tier in tiers for candidate in tier}
    tail = tuple(candidate for candidate in candidates if candidate not in ranked)
    return [*tiers, tail] if tail else list(tiers)
