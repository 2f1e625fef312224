"""Which groups may be shown, so that nobody is found out, not even by subtraction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from workshop.statistics.weighting import MIN_GROUP_N, Weighting

UNGROUPED = ""
DEFAULT_TOTALS = frozenset({Weighting.PARTICIPANT})


@dataclass(frozen=True, slots=True)
class Visibility:
    """Groups that may be shown, and those that may not.

    `hidden` are below k; `complementary` are large enough but would give a hidden one away.
    Empty groups are in neither. `exposed` are the groups (UNGROUPED: those in none) that the
    published totals still give away with everything hidden: then a total has to be withheld.
    """

    shown: tuple[str, ...]
    hidden: tuple[str, ...]
    complementary: tuple[str, ...]
    exposed: tuple[str, ...]
    k: int

    @property
    def safe(self) -> bool:
        """Whether the totals may be printed beside the groups shown."""
        return not self.exposed


def visible_groups(
    sizes: Mapping[str, int],
    k: int,
    *,
    ungrouped: int = 0,
    totals: Collection[Weighting] = DEFAULT_TOTALS,
) -> Visibility:
    """Return which groups may be shown; `sizes` are the people whose answers are in the number.

    A group below k is hidden. If what is then hidden could be computed from the totals, the next
    smallest group is hidden too (of equal ones the first id), until it cannot. `ungrouped` people
    are in the totals but in no group. `totals` names the weightings printed for the whole room:
    participant means plus group-equal means are two equations, which give two hidden groups away;
    no totals, no complement. Source: README "Numbers", method 4.10, reliability P-01.
    """
    if k < 1:
        raise ValueError("k is at least 1")
    filled = sorted((n, group) for group, n in sizes.items() if n > 0)
    small = {group for n, group in filled if n < k}
    extra: set[str] = set()
    waiting = [group for n, group in filled if n >= k]

    def given_away() -> frozenset[str]:
        return recoverable(sizes, small | extra, k, ungrouped=ungrouped, totals=totals)

    while waiting and given_away():
        extra.add(waiting.pop(0))
    return Visibility(
        shown=tuple(sorted(waiting)),
        hidden=tuple(sorted(small)),
        complementary=tuple(sorted(extra)),
        exposed=tuple(sorted(given_away())),
        k=k,
    )


def may_show(visibility: Visibility, group: str) -> bool:
    """Return whether a number of this group may appear: on the wall, in exports, in alt texts."""
    return group in visibility.shown


def recoverable(
    sizes: Mapping[str, int],
    hidden: Collection[str],
    k: int,
    *,
    ungrouped: int = 0,
    totals: Collection[Weighting] = DEFAULT_TOTALS,
) -> frozenset[str]:
    """Return the hidden groups that arithmetic on totals and shown groups gives away.

    A set of hidden groups is given away if some combination of the totals contains only its
    members and it is a single group, or together fewer than k people. Participant totals weigh a
    group by its size, group-equal ones weigh groups alike, with or without those of one.
    Organisation-equal totals are taken for participant ones: shown groups do not say how much of
    them is theirs. Too few ungrouped people are given away as UNGROUPED.
    """
    groups = {group: sizes[group] for group in hidden if sizes.get(group, 0) > 0}
    counted = {group for group, n in groups.items() if n >= MIN_GROUP_N}
    everyone = groups | ({UNGROUPED: ungrouped} if ungrouped > 0 else {})
    by_group = Weighting.GROUP in totals
    by_person = any(total is not Weighting.GROUP for total in totals)
    remains = [set(everyone)] if by_person else []
    if by_group:
        remains += [counted, set(groups)]
    if by_person and by_group:  # subtracting m times one from the other cancels groups of size m
        loose = set(everyone) - set(groups)
        cancelled = set(groups.values())
        remains += [{name for name in groups if groups[name] != m} | loose for m in cancelled]
    return frozenset(
        name
        for left in remains
        if (len(left) == 1 and left <= set(groups)) or 0 < sum(everyone[x] for x in left) < k
        for name in left
    )
