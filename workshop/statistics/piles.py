"""Which cards people put together: how often, in which clusters, and how much they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import fsum

from workshop.statistics.measure import TOLERANCE, Measure, Number, Reason, Undefined

FEWEST_CLUSTERS, MOST_CLUSTERS = 3, 9
"""Between which numbers of clusters a cut is looked for. Source: method Ex.6."""

Sorting = Mapping[str, str]
"""One person's own piles: the pile of each card they placed; what piles are called is theirs."""


@dataclass(frozen=True, slots=True)
class Together:
    """How often each two cards lie together, in the order of `cards`.

    `both[i][j]` counts those who placed both cards, `same[i][j]` those of them who put both into
    one pile.
    """

    cards: tuple[str, ...]
    both: tuple[tuple[int, ...], ...]
    same: tuple[tuple[int, ...], ...]

    def share(self, one: int, other: int) -> float | None:
        """Return c_ij of two cards by their places; None where nobody placed both."""
        n = self.both[one][other]
        return self.same[one][other] / n if n else None

    def within(self, cards: Sequence[str]) -> float | None:
        """Return the mean share of all pairs of `cards`: how firmly they hold together."""
        return _mean([self.share(*pair) for pair in combinations(self._places(cards), 2)])

    def between(self, cards: Sequence[str], others: Sequence[str]) -> float | None:
        """Return the mean share of all pairs of one of `cards` and another one of `others`."""
        those = self._places(others)
        return _mean([self.share(a, b) for a in self._places(cards) for b in those if a != b])

    def _places(self, cards: Sequence[str]) -> list[int]:
        known = {card: place for place, card in enumerate(self.cards)}
        return [known[card] for card in cards]


@dataclass(frozen=True, slots=True)
class Tree:
    """Cards joined step by step, nearest first.

    `joins` are the two nodes of each step and the distance at which they meet; nodes below
    `len(cards)` are cards, later ones the joins in their order. `order` are the cards as the
    leaves of the drawn tree, neighbours next to each other as far as a tree allows it.
    """

    cards: tuple[str, ...]
    joins: tuple[tuple[int, int, float], ...]
    order: tuple[str, ...]

    def cut(self, clusters: int) -> tuple[tuple[str, ...], ...]:
        """Return the cards in so many clusters, each and all in the order of the leaves."""
        held = {place: {place} for place in range(len(self.cards))}
        for step, (one, other, _) in enumerate(self.joins[: len(self.cards) - clusters]):
            held[len(self.cards) + step] = held.pop(one) | held.pop(other)
        places = {card: place for place, card in enumerate(self.order)}
        named = [sorted((self.cards[n] for n in one), key=places.__getitem__) for one in
                 held.values()]  # fmt: skip
        return tuple(sorted(map(tuple, named), key=lambda one: places[one[0]]))


@dataclass(frozen=True, slots=True)
class Cut:
    """The clusters that are suggested, and their mean silhouette: 1 clear-cut, 0 blurred."""

    clusters: tuple[tuple[str, ...], ...]
    silhouette: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike people sorted: `alpha` corrected for chance, `share` as it is."""

    alpha: Number
    share: Number


def together(sortings: Sequence[Sorting], cards: Sequence[str]) -> Together:
    """Return how often each two of `cards` lie in one pile, among those who placed both.

    c_ij of method Ex.6. A card in a pile of its own lies with no other; one that was not placed
    says nothing about any.
    """
    size = range(len(cards))
    both = [[0] * len(cards) for _ in size]
    same = [[0] * len(cards) for _ in size]
    for sorting in sortings:
        placed = [(place, sorting[card]) for place, card in enumerate(cards) if card in sorting]
        for one, pile in placed:
            all_of, near = both[one], same[one]
            for other, where in placed:
                all_of[other] += 1
                if pile == where:
                    near[other] += 1
    return Together(tuple(cards), tuple(map(tuple, both)), tuple(map(tuple, same)))


def join_cards(matrix: Together) -> Tree | Undefined:
    """Return the tree of average linkage (UPGMA) on the distance 1 - c_ij.

    Two cards nobody placed both get the mean distance of all others: that neither draws them
    together nor apart. Undefined below two cards, or where no two were ever placed by one person.
    Source: method Ex.6; Sokal & Michener 1958, as `scipy.cluster.hierarchy.linkage`.
    """
    if len(matrix.cards) < 2:
        return Undefined(Reason.TOO_FEW_CANDIDATES, len(matrix.cards))
    apart = _distances(matrix)
    if apart is None:
        return Undefined(Reason.NO_ANSWERS)

    from scipy.cluster.hierarchy import leaves_list, linkage

    flat = [apart[a][b] for a, b in combinations(range(len(matrix.cards)), 2)]
    found = linkage(flat, "average", optimal_ordering=True)
    return Tree(
        cards=matrix.cards,
        joins=tuple((int(one), int(other), float(at)) for one, other, at, _ in found),
        order=tuple(matrix.cards[place] for place in leaves_list(found)),
    )


def suggest_cut(
    matrix: Together, tree: Tree, fewest: int = FEWEST_CLUSTERS, most: int = MOST_CLUSTERS
) -> Cut | Undefined:
    """Return the cut into `fewest` to `most` clusters with the largest mean silhouette.

    The silhouette of a card is (b - a) / max(a, b): a its mean distance to the other cards of its
    cluster, b to those of the nearest other one; 0 for a card alone in its cluster. Of equal cuts
    the one with fewer clusters is taken. Undefined where there are too few cards for `fewest`
    clusters of which one holds two, or where no cut is better than none (all at 0 or below).
    Source: Rousseeuw, J. Comput. Appl. Math. 20 (1987) 53-65.
    """
    n = len(tree.cards)
    if n <= fewest:
        return Undefined(Reason.TOO_FEW_CANDIDATES, n)
    apart = _distances(matrix) or []
    best: Cut | None = None
    for clusters in range(fewest, min(most, n - 1) + 1):
        held = tree.cut(clusters)
        value = _silhouette(apart, [[matrix.cards.index(card) for card in one] for one in held])
        if value > (best.silhouette if best else 0) + TOLERANCE:
            best = Cut(held, value)
    return best or Undefined(Reason.NO_VARIATION, n)


def sorting_likeness(matrix: Together) -> Likeness:
    """Return how alike people sorted into piles of their own, whatever they call these.

    Krippendorff's alpha needs codes that mean the same to every coder; pile 1 of one person is
    not pile 1 of another. What does mean the same is the answer "together" or "apart" to each
    pair of cards. So the units are the pairs, the codes these two, the metric nominal: blind to
    names and to how many piles somebody made, and corrected for the many pairs that lie apart by
    chance. For two people it is nearly the adjusted Rand index of Hubert & Arabie, which is
    Cohen's kappa over the same pairs (Warrens, J. Classification 25 (2008) 177-183). Pairs are
    not independent, so there is no interval. `share` is the plain mean, over pairs of cards and
    of people, of those who agree; it is high by itself where piles are many.

    Source: Krippendorff 2011; method 4.9. `n` of alpha is the number of judgements.
    """
    pairs = combinations(range(len(matrix.cards)), 2)
    found = [(matrix.same[a][b], matrix.both[a][b]) for a, b in pairs]
    units = [(yes, n - yes) for yes, n in found if n > 1]
    if not units:
        few = Undefined(Reason.TOO_FEW_ANSWERS)
        return Likeness(few, few)
    n = sum(yes + no for yes, no in units)
    same = sum(yes for yes, _ in units)
    # Two codes: both disagreements count the pairs of one judgement of each kind, both ways.
    observed = fsum(2 * yes * no / (yes + no - 1) for yes, no in units)
    expected = 2 * same * (n - same) / (n - 1)
    alpha: Number = Undefined(Reason.NO_VARIATION, n)
    if expected > TOLERANCE:
        alpha = Measure(1 - observed / expected, n)
    met = sum((yes + no) * (yes + no - 1) for yes, no in units)
    agreed = sum(yes * (yes - 1) + no * (no - 1) for yes, no in units)
    return Likeness(alpha, Measure(agreed / met, met // 2))


def _distances(matrix: Together) -> list[list[float]] | None:
    """Return 1 - c_ij without gaps; None where no pair was ever judged."""
    size = range(len(matrix.cards))
    known = _mean([matrix.share(a, b) for a, b in combinations(size, 2)])
    if known is None:
        return None

    def distance(a: int, b: int) -> float:
        share = matrix.share(a, b)
        return 0.0 if a == b else 1 - (known if share is None else share)

    return [[distance(a, b) for b in size] for a in size]


def _silhouette(apart: Sequence[Sequence[float]], clusters: Sequence[Sequence[int]]) -> float:
    values = []
    for own in clusters:
        for card in own:
            if len(own) == 1:
                values.append(0.0)
                continue
            a = fsum(apart[card][other] for other in own) / (len(own) - 1)
            b = min(
                fsum(apart[card][other] for other in cluster) / len(cluster)
                for cluster in clusters
                if cluster is not own
            )
            values.append((b - a) / max(a, b) if max(a, b) > TOLERANCE else 0.0)
    return fsum(values) / len(values)


def _mean(shares: Sequence[float | None]) -> float | None:
    known = [one for one in shares if one is not None]
    return fsum(known) / len(known) if known else None
