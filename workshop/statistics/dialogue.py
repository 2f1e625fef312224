"""Statements, positions and rounds: what unites, what divides, what has settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import prod, sqrt

from workshop.statistics.agreement import eijk_agreement, frequencies, quartiles
from workshop.statistics.measure import (
    TOLERANCE,
    Number,
    Reason,
    Undefined,
    present,
    quantile,
)

COMMON_GROUND = 0.6
DIVIDES = 0.5
SPEAKS_Z = 1.28
DELPHI_SHARE, DELPHI_IQR, DELPHI_CAMP, DELPHI_NEUTRAL_A = 0.75, 1.0, 0.25, 0.6
STABLE_CHANGE = 0.15


class Ground(StrEnum):
    """What a statement does to the groups of the room."""

    COMMON = "common_ground"
    DIVIDES = "divides"


class Consensus(StrEnum):
    """The outcome of a Delphi round."""

    AGREE = "consensus_agree"
    DISAGREE = "consensus_disagree"
    NEUTRAL = "convergent_neutral"
    POLARISED = "polarised"
    NONE = "no_consensus"


@dataclass(frozen=True, slots=True)
class Votes:
    """A group's votes on a statement; `seen` counts agree, disagree and pass."""

    agree: int
    seen: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement over the groups that saw it.

    `estimates` (agree+1)/(seen+2) per group; `product` is Polis' group-informed consensus,
    `geometric` its root, comparable between rooms; `range` the largest difference of raw rates.
    """

    estimates: Mapping[str, float]
    product: float
    geometric: float
    range: float
    n: int


@dataclass(frozen=True, slots=True)
class Voice:
    """How much a statement is a group's own: R, and z against the others and against a half."""

    ratio: float
    z_others: float
    z_half: float
    n: int

    @property
    def speaks(self) -> bool:
        """Whether the statement speaks for the group: R above 1, both z above 1.28."""
        return self.ratio > 1 and min(self.z_others, self.z_half) > SPEAKS_Z


@dataclass(frozen=True, slots=True)
class Divide:
    """Shares of dots inside groups: largest minus smallest, and the smallest."""

    divisiveness: float
    consensus: float
    groups: int


@dataclass(frozen=True, slots=True)
class Round:
    """One Delphi round: quartiles, shares of agree (upper steps) and disagree, the label."""

    median: float
    iqr: float
    agree: float
    disagree: float
    agreement: Number
    label: Consensus
    n: int


@dataclass(frozen=True, slots=True)
class Settled:
    """Two rounds compared on the n people in both; `change` is half the L1 of the histograms."""

    change: float
    median_shift: float
    changed_share: float
    n: int

    @property
    def stable(self) -> bool:
        """At most 15 % change and the same median."""
        return self.change <= STABLE_CHANGE + TOLERANCE and abs(self.median_shift) <= TOLERANCE


@dataclass(frozen=True, slots=True)
class Appropriateness:
    """RAND/UCLA on a 1-9 scale: spread of the middle 40 % against what its place allows."""

    median: float
    p30: float
    p70: float
    asymmetry: float
    ipras: float
    n: int

    @property
    def ipr(self) -> float:
        """Width between the 30th and the 70th percentile."""
        return self.p70 - self.p30

    @property
    def disagreement(self) -> bool:
        """Whether the spread is larger than IPRAS."""
        return self.ipr > self.ipras


def informed_consensus(votes: Mapping[str, Votes]) -> Statement | Undefined:
    """Return Polis' measures of one statement over declared groups.

    Groups that did not see it are left out; undefined if nobody did. A group of two reaches at
    most 0.75, so tiny groups are not compared with each other. Source: method 4.13.
    """
    seen = {group: cast for group, cast in sorted(votes.items()) if cast.seen > 0}
    if not seen:
        return Undefined(Reason.NO_ANSWERS)
    estimates = {group: (cast.agree + 1) / (cast.seen + 2) for group, cast in seen.items()}
    rates = [cast.agree / cast.seen for cast in seen.values()]
    product = prod(estimates.values())
    return Statement(
        estimates=estimates,
        product=product,
        geometric=product ** (1 / len(estimates)),
        range=max(rates) - min(rates),
        n=sum(cast.seen for cast in seen.values()),
    )


def ground(votes: Mapping[str, Votes]) -> Ground | None:
    """Return the label of a statement over the groups that are displayed; two at least.

    Common ground: every estimate at least 0.6; divides: raw rates 0.5 or more apart, which wins
    if both fit. Source: method 4.13.
    """
    measured = informed_consensus(votes)
    if isinstance(measured, Undefined) or len(measured.estimates) < 2:
        return None
    if measured.range >= DIVIDES - TOLERANCE:
        return Ground.DIVIDES
    lowest = min(measured.estimates.values())
    return Ground.COMMON if lowest >= COMMON_GROUND - TOLERANCE else None


def representativeness(group: Votes, others: Votes) -> Voice | Undefined:
    """Return whether agreeing is typical of a group. Source: Polis' add-one tests, method 4.13."""
    if group.seen == 0 or others.seen == 0:
        return Undefined(Reason.NO_ANSWERS, group.seen)
    inside = (group.agree + 1) / (group.seen + 2)
    outside = (others.agree + 1) / (others.seen + 2)
    a, b, n, m = group.agree + 1, others.agree + 1, group.seen + 1, others.seen + 1
    pooled = (a + b) / (n + m)
    error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)) if pooled < 1 else 0.0
    z_others = (a / n - b / m) / error if error > 0 else 0.0
    z_half = 2 * sqrt(n) * (a / n - 0.5)
    return Voice(inside / outside, z_others, z_half, group.seen)


def divide(shares: Mapping[str, float]) -> Divide | Undefined:
    """Return how a candidate's shares inside the groups differ; needs two groups."""
    if len(shares) < 2:
        return Undefined(Reason.TOO_FEW_GROUPS, len(shares))
    low, high = min(shares.values()), max(shares.values())
    return Divide(high - low, low, len(shares))


def delphi_round(
    ratings: Sequence[float | None], scale: tuple[int, int] = (1, 5)
) -> Round | Undefined:
    """Return the outcome of one round on all available ratings (five steps, or alike).

    Agree are the steps above the middle, disagree those below. Agree: at least 75 % and IQR at
    most 1; disagree mirrored; convergent neutral: median within half a step of the middle, IQR at
    most 1, A at least 0.6; polarised: A below 0 or both camps at least 25 %. Source: method 4.4.
    """
    given = present(ratings)
    spread = quartiles(given)
    if isinstance(spread, Undefined):
        return spread
    middle = (scale[0] + scale[1]) / 2
    agree = sum(rating > middle + 0.5 - TOLERANCE for rating in given) / len(given)
    disagree = sum(rating < middle - 0.5 + TOLERANCE for rating in given) / len(given)
    agreement = eijk_agreement(frequencies(given, scale))
    a = agreement.value if agreement.value is not None else 0.0
    narrow = spread.iqr <= DELPHI_IQR
    if narrow and agree >= DELPHI_SHARE:
        label = Consensus.AGREE
    elif narrow and disagree >= DELPHI_SHARE:
        label = Consensus.DISAGREE
    elif narrow and abs(spread.median - middle) <= 0.5 and a >= DELPHI_NEUTRAL_A:
        label = Consensus.NEUTRAL
    elif a < 0 or min(agree, disagree) >= DELPHI_CAMP:
        label = Consensus.POLARISED
    else:
        label = Consensus.NONE
    return Round(spread.median, spread.iqr, agree, disagree, agreement, label, len(given))


def settled(
    pairs: Sequence[tuple[float | None, float | None]], scale: tuple[int, int] = (1, 5)
) -> Settled | Undefined:
    """Return how much two rounds differ, from one (earlier, later) pair per person.

    Only people in both rounds are compared. Source: Scheibe et al.; method 4.4.
    """
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    earlier, later = [a for a, _ in both], [b for _, b in both]
    before, after = quartiles(earlier), quartiles(later)
    if isinstance(before, Undefined) or isinstance(after, Undefined):
        return Undefined(Reason.NO_ANSWERS)
    steps = zip(frequencies(earlier, scale), frequencies(later, scale), strict=True)
    n = len(both)
    return Settled(
        change=sum(abs(a - b) for a, b in steps) / 2 / n,
        median_shift=after.median - before.median,
        changed_share=sum(abs(a - b) > TOLERANCE for a, b in both) / n,
        n=n,
    )


def ipras(ratings: Sequence[float | None]) -> Appropriateness | Undefined:
    """Return RAND/UCLA's disagreement measure of ratings from 1 to 9.

    AI = |5 - (P30+P70)/2|, IPRAS = 2.35 + 1.5 AI. Source: RAND/UCLA; method 4.4 (BMJ Open
    2012;2:e001431 prints 2.5 for the constant, but only 2.35 gives its 6.1).
    """
    given = present(ratings)
    if not given:
        return Undefined(Reason.NO_ANSWERS)
    p30, median, p70 = (quantile(given, share) for share in (0.3, 0.5, 0.7))
    asymmetry = abs(5 - (p30 + p70) / 2)
    return Appropriateness(median, p30, p70, asymmetry, 2.35 + 1.5 * asymmetry, len(given))
