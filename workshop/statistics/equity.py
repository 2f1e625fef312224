"""Who took part: how evenly people speak and contribute, and who is missing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, fsum

from workshop.statistics.measure import Measure, Number, Reason, Undefined, present

UNDER, OVER = 0.5, 2.0


class Balance(StrEnum):
    """Whether a group has much less or much more than its share."""

    UNDER = "under"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Inequality:
    """Gini of n people, 0 even to 1 one person has all; `corrected` by n/(n-1) for few people."""

    gini: float
    corrected: float
    n: int


@dataclass(frozen=True, slots=True)
class Representation:
    """A group's share of the people, of what was given or said, and the ratio of the two."""

    share_of_people: float
    share_of_voice: float
    ratio: float
    balance: Balance | None
    n: int


def gini(amounts: Sequence[float | None]) -> Inequality | Undefined:
    """Return Gini of speaking seconds, contributions or dots, one amount per person, zeros too.

    G = sum (2i - n - 1) x(i) / (n sum x). Undefined below two people or when all are zero.
    Source: method 4.12.
    """
    ordered = sorted(present(amounts))
    n, total = len(ordered), fsum(ordered)
    if total <= 0:
        return Undefined(Reason.NO_ANSWERS, n)
    if n < 2:
        return Undefined(Reason.TOO_FEW_ANSWERS, n)
    spread = fsum((2 * i - n - 1) * x for i, x in enumerate(ordered, start=1)) / (n * total)
    bounded = max(0.0, spread)
    return Inequality(bounded, min(1.0, bounded * n / (n - 1)), n)


def representation(
    voice: Mapping[str, float], people: Mapping[str, int]
) -> dict[str, Representation]:
    """Return, per group with people, its share of the voice against its share of the people.

    `voice` holds seconds or contributions per group; a ratio below 0.5 or above 2 is flagged.
    Empty when nobody was there or nothing was said. Source: method 4.12.
    """
    crowd = {group: n for group, n in sorted(people.items()) if n > 0}
    heads, total = sum(crowd.values()), fsum(voice.get(group, 0.0) for group in crowd)
    if total <= 0:
        return {}
    shares: dict[str, Representation] = {}
    for group, n in crowd.items():
        of_people, of_voice = n / heads, voice.get(group, 0.0) / total
        ratio = of_voice / of_people
        balance = Balance.UNDER if ratio < UNDER else Balance.OVER if ratio > OVER else None
        shares[group] = Representation(of_people, of_voice, ratio, balance, n)
    return shares


def top_share(amounts: Sequence[float | None], fraction: float = 0.2) -> Number:
    """Return the share that comes from the most active fraction of people (rounded up)."""
    ordered = sorted(present(amounts), reverse=True)
    total = fsum(ordered)
    if total <= 0:
        return Undefined(Reason.NO_ANSWERS, len(ordered))
    first = ceil(fraction * len(ordered) - 1e-9)
    return Measure(fsum(ordered[:first]) / total, len(ordered))


def retention(before: Collection[str], after: Collection[str]) -> Number:
    """Return the share of those at an earlier workshop who came again; n are those earlier."""
    earlier = set(before)
    if not earlier:
        return Undefined(Reason.NO_ANSWERS)
    return Measure(len(earlier & set(after)) / len(earlier), len(earlier))
