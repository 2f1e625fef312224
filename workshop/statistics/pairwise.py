"""Candidates compared two by two: duels, strengths, consistency, AHP weights."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, fsum, log

from workshop.statistics.measure import TOLERANCE, Measure, Number, Reason, Undefined
from workshop.statistics.preference import Preferences

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41)  # n = 1..8, Saaty 1980
ACCEPTABLE_CR = 0.10
MAX_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class Duel:
    """One answer: which of two is more important; None is "equal", half a win each."""

    first: str
    second: str
    winner: str | None


@dataclass(frozen=True, slots=True)
class BradleyTerry:
    """Strengths that sum to 1; a beats b with probability s(a)/(s(a)+s(b)). `n` duels."""

    strengths: Mapping[str, float]
    n: int

    def log_strength(self, candidate: str, reference: str) -> float:
        """Return the log odds of winning against the reference."""
        return log(self.strengths[candidate] / self.strengths[reference])


@dataclass(frozen=True, slots=True)
class Consistency:
    """Circular triads (a over b over c over a) of one person; zeta 1 none, 0 as many as can be."""

    triads: int
    zeta: float
    candidates: int


@dataclass(frozen=True, slots=True)
class Priorities:
    """AHP weights that sum to 1, in the order of the matrix, and how consistent they are."""

    weights: tuple[float, ...]
    lambda_max: float
    index: float
    ratio: Number

    @property
    def acceptable(self) -> bool:
        """Consistency ratio of at most 0.10."""
        return self.ratio.value is not None and self.ratio.value <= ACCEPTABLE_CR


def win_matrix(duels: Sequence[Duel], candidates: Collection[str]) -> Preferences:
    """Return how often each candidate won against each other one; "equal" is half a win each."""
    wins = {a: {b: 0.0 for b in sorted(candidates) if b != a} for a in sorted(candidates)}
    for duel in duels:
        a, b = duel.first, duel.second
        if b not in wins.get(a, {}):
            continue
        share = 0.5 if duel.winner is None else float(duel.winner == a)
        wins[a][b] += share
        wins[b][a] += 1 - share
    return wins


def bradley_terry(wins: Preferences) -> BradleyTerry | Undefined:
    """Return strengths of at least two candidates from their wins over each other.

    Minorise-maximise steps to 1e-12. Estimable only if everybody can be reached from everybody
    along wins, else Undefined (not connected). Source: Hunter 2004; method 4.14.
    """
    names = list(wins)
    n = round(fsum(votes for row in wins.values() for votes in row.values()))
    if len(names) < 2:
        return Undefined(Reason.TOO_FEW_CANDIDATES, n)
    if not _strongly_connected(wins):
        return Undefined(Reason.NOT_CONNECTED, n)
    won = {a: fsum(wins[a].values()) for a in names}
    strength = dict.fromkeys(names, 1 / len(names))
    for _ in range(MAX_STEPS):
        raw = {
            a: won[a]
            / fsum((wins[a][b] + wins[b][a]) / (strength[a] + strength[b]) for b in wins[a])
            for a in names
        }
        total = fsum(raw.values())
        new = {a: value / total for a, value in raw.items()}
        change = max(abs(new[a] - strength[a]) for a in names)
        strength = new
        if change < 1e-12:
            break
    return BradleyTerry(strength, n)


def circular_triads(duels: Sequence[Duel], candidates: Collection[str]) -> Consistency | Undefined:
    """Return how consistent one person's duels are; an "equal" closes no circle.

    zeta = 1 - 24 d/(n3-n) for odd n, 1 - 24 d/(n3-4n) for even n. Undefined below three
    candidates or when a pair is unanswered. Source: Kendall & Babington Smith 1940; method Ex.11.
    """
    n = len(candidates)
    wins = win_matrix(duels, candidates)
    if n < 3:
        return Undefined(Reason.TOO_FEW_CANDIDATES, len(duels))
    if any(wins[a][b] + wins[b][a] == 0 for a, b in combinations(wins, 2)):
        return Undefined(Reason.INCOMPLETE, len(duels))
    over = {a: {b for b in wins[a] if wins[a][b] > wins[b][a]} for a in wins}
    triads = sum(
        (b in over[a] and c in over[b] and a in over[c])
        or (c in over[a] and b in over[c] and a in over[b])
        for a, b, c in combinations(over, 3)
    )
    most = (n**3 - n if n % 2 else n**3 - 4 * n) / 24
    return Consistency(triads, 1 - triads / most, n)


def ahp_weights(matrix: Sequence[Sequence[float]]) -> Priorities | Undefined:
    """Return AHP weights of a square matrix of judgements (row over column, 1/9 to 9).

    Principal eigenvector; CR = ((lambda - n)/(n - 1))/RI, 0 for two candidates, undefined above
    eight. Accept at CR <= 0.10. Undefined if the matrix is not square and positive.
    Source: Saaty 1980; method 4.14.
    """
    n = len(matrix)
    if n == 0:
        return Undefined(Reason.NO_ANSWERS)
    if any(len(row) != n for row in matrix) or any(cell <= 0 for row in matrix for cell in row):
        return Undefined(Reason.INCOMPLETE, n)

    import numpy as np

    values, vectors = np.linalg.eig(np.asarray(matrix, dtype=float))
    main = int(np.argmax(values.real))
    lambda_max = float(values[main].real)
    vector = np.abs(vectors[:, main].real)
    index = (lambda_max - n) / (n - 1) if n > 1 else 0.0
    if n > len(RANDOM_INDEX):
        ratio: Number = Undefined(Reason.TOO_MANY_CANDIDATES, n)
    else:
        ratio = Measure(index / RANDOM_INDEX[n - 1] if n > 2 else 0.0, n)
    return Priorities(tuple(float(x) for x in vector / vector.sum()), lambda_max, index, ratio)


def joint_judgement(
    matrices: Sequence[Sequence[Sequence[float]]],
) -> tuple[tuple[float, ...], ...]:
    """Return the geometric mean, cell by cell, of several people's positive AHP matrices."""
    return tuple(
        tuple(
            exp(fsum(log(cell) for cell in cells) / len(cells)) for cells in zip(*rows, strict=True)
        )
        for rows in zip(*matrices, strict=True)
    )


def _strongly_connected(wins: Preferences) -> bool:
    def reached(forward: bool) -> set[str]:
        start = next(iter(wins))
        seen, waiting = {start}, [start]
        while waiting:
            a = waiting.pop()
            for b in wins[a]:
                if b not in seen and (wins[a][b] if forward else wins[b][a]) > TOLERANCE:
                    seen.add(b)
                    waiting.append(b)
        return seen

    return len(reached(True)) == len(wins) == len(reached(False))
