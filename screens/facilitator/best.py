"""What of an earlier stage is ticked to begin with when it is handed on, and its places."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.exercise import Offer

USUAL = 10
"""How many of the best are ticked to begin with; never some of those that share a rank."""
EACH = 5
"""So many of each category where each has its own places; those that share the last one too."""
MOST = 60
"""More than so many nobody can weigh, and no vote takes."""


def best(offers: Sequence[Offer]) -> tuple[set[str], bool]:
    """Return what is ticked to begin with, and whether shared places had to be cut for it.

    Over all, a rank is ticked whole or left to the facilitator. Where categories have places of
    their own, each gives as many: whoever just hands on must not have the room vote on a part of
    the board. Ties are cut there, in the order listed, only if they would make too many.
    """
    usual = [offer for offer in offers if offer.usual]
    if not any(offer.by_category for offer in usual):
        ranks = [one.rank for one in usual]
        whole = (rank for rank in ranks if sum(one <= rank for one in ranks) <= USUAL)
        last = max(whole, default=0)
        return {one.key for one in usual if one.rank <= last}, False
    chosen = {one.key for one in usual if place(one, usual) <= EACH}
    if len(chosen) <= MOST:
        return chosen, False
    first: set[str] = set()
    for category in {one.category for one in usual}:
        listed = sorted((one for one in usual if one.category == category), key=lambda o: o.rank)
        first |= {one.key for one in listed[:EACH]}
    return first, True


def place(offer: Offer, among: Sequence[Offer]) -> int:
    """Return the place it has in its category, or over all where places count over all."""
    if not offer.by_category:
        return offer.rank
    own = [one for one in among if one.category == offer.category and one.by_category]
    return 1 + sum(one.rank < offer.rank for one in own)
