"""Piles of one's own: what lies together, which clusters that suggests, how alike people sorted."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pytest

from workshop.statistics import Measure, Number, Reason, Undefined, krippendorff_alpha
from workshop.statistics.piles import (
    Cut,
    Sorting,
    Tree,
    join_cards,
    sorting_likeness,
    suggest_cut,
    together,
)

CARDS = tuple(f"C{place:02d}" for place in range(14))


def crowd(seed: int, people: int = 9, missing: float = 0.1) -> list[Sorting]:
    """Return people who see four clusters, err now and then, and leave cards out."""
    chance = random.Random(seed)
    return [
        {
            card: str(place % 4 if chance.random() < 0.7 else chance.randrange(6))
            for place, card in enumerate(CARDS)
            if chance.random() > missing
        }
        for _ in range(people)
    ]


def value_and_n(found: Number) -> tuple[Any, int]:
    assert isinstance(found, Measure)
    return found.value, found.n


def test_four_cards_and_three_people_as_reckoned_by_hand() -> None:
    sortings = [
        {"a": "1", "b": "1", "c": "2", "d": "2"},
        {"a": "5", "b": "5", "c": "5", "d": "7"},
        {"a": "2", "b": "2", "c": "1"},  # d lies in no pile
    ]
    matrix = together(sortings, "abcd")
    shares = {one + other: matrix.share("abcd".index(one), "abcd".index(other))
              for one, other in combinations("abcd", 2)}  # fmt: skip
    assert shares == {"ab": 1, "ac": 1 / 3, "ad": 0, "bc": 1 / 3, "bd": 0, "cd": 1 / 2}
    # 15 judgements, 6 "together": D_e = 2·6·9/14; D_o = 2·(1·2)/2 for ac and bc, 2·(1·1)/1 for cd.
    found = sorting_likeness(matrix)
    assert value_and_n(found.alpha) == (pytest.approx(1 - (2 + 2 + 2) / (2 * 6 * 9 / 14)), 15)
    # Pairs of people: 3 on ab, ac and bc, 1 on ad, bd and cd; agreed 3 + 1 + 1, 1 + 1 + 0.
    assert value_and_n(found.share) == (pytest.approx(7 / 12), 12)
    tree = join_cards(matrix)
    assert isinstance(tree, Tree)
    # ab at 0; cd at 1/2; both at the mean of 2/3, 1, 2/3, 1.
    assert [at for *_, at in tree.joins] == pytest.approx([0, 1 / 2, 5 / 6])
    assert {frozenset(one) for one in tree.cut(2)} == {frozenset("ab"), frozenset("cd")}
    cut = suggest_cut(matrix, tree)
    # a and b: 1 - 0/(2/3); c and d alone: 0. Three clusters are the only cut there may be.
    assert isinstance(cut, Cut)
    assert cut.clusters == tree.cut(3)
    assert cut.silhouette == pytest.approx(2 / 4)


@pytest.mark.parametrize("seed", range(4))
def test_clusters_are_those_of_scipy_and_a_gap_is_neither_near_nor_far(seed: int) -> None:
    from scipy.cluster.hierarchy import fcluster, linkage

    sortings = [{key: pile for key, pile in one.items() if (key, n % 2) not in (("C00", 0),
                 ("C01", 1))} for n, one in enumerate(crowd(seed))]  # fmt: skip
    matrix = together(sortings, CARDS)
    assert matrix.share(0, 1) is None, "nobody placed both"
    pairs = list(combinations(range(len(CARDS)), 2))
    known = [share for a, b in pairs if (share := matrix.share(a, b)) is not None]
    usual = sum(known) / len(known)
    flat = [1 - (usual if (share := matrix.share(a, b)) is None else share) for a, b in pairs]
    wanted = linkage(flat, "average")
    tree: Any = join_cards(matrix)
    assert [at for *_, at in tree.joins] == pytest.approx(list(wanted[:, 2]))
    heights = list(wanted[:, 2])
    for clusters in range(2, 9):
        between = (heights[-clusters] + heights[-clusters + 1]) / 2
        if heights[-clusters + 1] - heights[-clusters] < 1e-9:
            continue  # a tie: any of the cuts is right
        marks = fcluster(wanted, between, "distance")
        expected = {
            frozenset(card for card, mark in zip(CARDS, marks, strict=True) if mark == one)
            for one in set(marks)
        }
        assert {frozenset(one) for one in tree.cut(clusters)} == expected
    assert sorted(tree.order) == sorted(CARDS)
    places = [tree.order.index(card) for cluster in tree.cut(4) for card in cluster]
    assert places == list(range(len(CARDS))), "a cluster is a stretch of the leaves"


@pytest.mark.parametrize("seed", range(4))
def test_likeness_is_krippendorffs_alpha_over_pairs_and_blind_to_names(seed: int) -> None:
    sortings = crowd(seed, missing=0.2)
    pairs = list(combinations(CARDS, 2))
    coders = [
        [one[a] == one[b] if a in one and b in one else None for a, b in pairs] for one in sortings
    ]
    found = sorting_likeness(together(sortings, CARDS)).alpha
    plain = value_and_n(krippendorff_alpha(coders))
    assert value_and_n(found) == (pytest.approx(plain[0], abs=1e-12), plain[1])
    chance = random.Random(seed)
    renamed = []
    for one in sortings:
        fresh = chance.sample(range(20), 10)
        renamed.append({card: f"pile {fresh[int(pile)]}" for card, pile in one.items()})
    chance.shuffle(renamed)
    assert together(renamed, CARDS) == together(sortings, CARDS)
    alike = together([sortings[0]] * 3, CARDS)
    assert sorting_likeness(alike).alpha.value == pytest.approx(1)
    lots = [{card: str(chance.randrange(4)) for card in CARDS} for _ in range(60)]
    assert sorting_likeness(together(lots, CARDS)).alpha.value == pytest.approx(0, abs=0.03)


def test_where_nothing_can_be_suggested_the_reason_is_told() -> None:
    nobody = together([], CARDS)
    assert join_cards(nobody) == Undefined(Reason.NO_ANSWERS)
    assert sorting_likeness(nobody).alpha == Undefined(Reason.TOO_FEW_ANSWERS)
    lonely = together([dict(zip(CARDS, map(str, range(14)), strict=True))] * 3, CARDS)
    tree: Any = join_cards(lonely)
    assert suggest_cut(lonely, tree) == Undefined(Reason.NO_VARIATION, 14)
    assert sorting_likeness(lonely).alpha == Undefined(Reason.NO_VARIATION, 3 * 91)
    few = together([{"a": "1", "b": "1", "c": "2"}], "abc")
    small: Any = join_cards(few)
    assert suggest_cut(few, small) == Undefined(Reason.TOO_FEW_CANDIDATES, 3)
