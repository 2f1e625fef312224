"""What of an earlier stage is ticked to begin with when it is handed on, and its places."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.exercise import Offer

USUAL = 10
"""How many of the best are ticked to begin with; never some of those that share a rank."""
EACH = 5
"""So many of each category where each has its own places; those that share the last one too."""


def best(offers: Sequence[Offer]) -> set[str]:
    """Return what is ticked to begin with: so many over all, or the same number of each category.

    Over all, a rank is ticked whole or left to the facilitator. A category is never left out:
    whoever just hands on would have people vote on a part of the board.
    """
    usual = [offer for offer in offers if offer.usual]
    ranks = [offer.rank for offer in usual]
    last = max((rank for rank in ranks if sum(one <= rank for one in ranks) <= USUAL), default=0)
    return {
        offer.key
        for offer in usual
        if (place(offer, usual) <= EACH if offer.by_category else offer.rank <= last)
    }


def place(offer: Offer, among: Sequence[Offer]) -> int:
    """Return the place it has in its category, or over all where places count over all."""
    if not offer.by_category:
        return offer.rank
    own = [one for one in among if one.category == offer.category and one.by_category]
    return 1 + sum(one.rank < offer.rank for one in own)
