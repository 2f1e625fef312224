"""Suggest which texts may say the same and which belong together; a person decides."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from workshop.language import Language
from workshop.text.keys import norm_key
from workshop.text.words import cloud_words, lemmas

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIKELY = 88.0
"""token_sort_ratio from which two cards are probably the same: planted doubles scored 93-98."""
LOOK = 55.0
"""token_set_ratio from which a person should look: 9 of 13 doubles with 4 false (method 3.0)."""
HINT = 75.0
"""token_set_ratio from which somebody who types is told: 27 right, 1 wrong (docs/hint.md)."""
FEWEST = 12
"""Signs of a key from which it is compared with others; fewer resemble everything."""
COMPARED = 280
"""Signs of a key that are compared, as many as a card is asked to have: 500 cards in 0.3 s."""
TOGETHER = 0.13
"""Mean likeness that keeps a pile together: between the 0.12 and 0.14 found best on 40 cards."""
BUCKETS = 8192
"""Word parts are counted in so many buckets; 500 cards then fit into 16 MB."""


class Like(NamedTuple):
    """Two texts that resemble each other: 0 to 100, and whether they are probably the same."""

    first: str
    second: str
    score: float
    likely: bool


@dataclass(frozen=True, slots=True)
class Pile:
    """Texts that could be a theme, with the words most of them share."""

    ids: tuple[str, ...]
    words: tuple[str, ...]


def similar(
    texts: Sequence[tuple[str, str]], language: Language, only: Collection[str] | None = None
) -> list[Like]:
    """Return the pairs worth a look, the likeliest first; ``only`` those with one of these.

    Only letters decide: a translated or reworded double is not found, and a short text inside a
    longer one scores 100. Never merge on a score.
    """
    import numpy as np
    from rapidfuzz import fuzz
    from rapidfuzz.process import cdist

    keyed = [(one, key[:COMPARED]) for one, typed in texts if (key := norm_key(typed, language))]
    keys = [key for _, key in keyed]
    asked = [row for row, (one, _) in enumerate(keyed) if only is None or one in only]
    if len(keys) < 2 or not asked:
        return []
    ordered = [" ".join(sorted(key.split())) for key in keys]  # token_sort_ratio, a third of it
    rows, known = np.array(asked), set(asked)
    shared = cdist([keys[row] for row in asked], keys, scorer=fuzz.token_set_ratio,
                   score_cutoff=LOOK)  # fmt: skip
    whole = cdist([ordered[row] for row in asked], ordered, scorer=fuzz.ratio, score_cutoff=LIKELY)
    found = []
    for place, other in zip(*np.nonzero((shared >= LOOK) | (whole >= LIKELY)), strict=True):
        row = int(rows[place])
        if row == other or (other < row and int(other) in known):
            continue  # itself, or a pair that the other one's row holds
        first, second = sorted((row, int(other)))
        score = round(float(max(shared[place, other], whole[place, other])), 1)
        likely = bool(whole[place, other] >= LIKELY)
        found.append(Like(keyed[first][0], keyed[second][0], score, likely))
    return sorted(found, key=lambda pair: (not pair.likely, -pair.score))


class Keys:
    """Texts ready to be compared with what somebody types just now: each was reduced once."""

    def __init__(self, texts: Sequence[tuple[str, str, Language]]) -> None:
        keyed = [(one, norm_key(typed, tongue)[:COMPARED]) for one, typed, tongue in texts]
        self._ids = [one for one, key in keyed if key]
        self._keys = [key for _, key in keyed if key]
        self._ordered = [" ".join(sorted(key.split())) for key in self._keys]

    def nearest(self, typed: str, language: Language, but: str = "") -> tuple[str, float] | None:
        """Return which text reads most alike and how much, if any reads alike; never ``but``."""
        import numpy as np
        from rapidfuzz import fuzz
        from rapidfuzz.process import cdist

        key = norm_key(typed[: 2 * COMPARED], language)[:COMPARED]
        if len(key) < FEWEST or " " not in key or not self._keys:
            return None
        ordered = " ".join(sorted(key.split()))
        shared = cdist([key], self._keys, scorer=fuzz.token_set_ratio, score_cutoff=HINT)[0]
        whole = cdist([ordered], self._ordered, scorer=fuzz.ratio, score_cutoff=LIKELY)[0]
        scores = np.maximum(shared, whole)
        if but in self._ids:
            scores[self._ids.index(but)] = 0
        best = int(scores.argmax())
        return (self._ids[best], float(scores[best])) if scores[best] > 0 else None


def suggest_themes(texts: Sequence[tuple[str, str]], language: Language) -> list[Pile]:
    """Return piles of texts that share words, the largest first; single texts are left out.

    Average linkage over the mean of two likenesses, whole base forms and their parts of 3-5
    letters. On 40 invented cards 9 of 10 pairs put together belonged together, but less than
    half of those that belong were found: a first sorting, no more.
    """
    bases = [lemmas(typed, language) for _, typed in texts]
    full = [place for place, words in enumerate(bases) if words]
    if len(full) < 2:
        return []
    chosen = [bases[place] for place in full]
    likeness = (_likeness(chosen, _whole) + _likeness(chosen, _parts)) / 2
    piles = []
    for members in _linked(likeness):
        if len(members) > 1:
            inside = [texts[full[place]] for place in members]
            named = cloud_words([typed for _, typed in inside], language, most=3)
            piles.append(Pile(tuple(one for one, _ in inside), tuple(word for word, _ in named)))
    return sorted(piles, key=lambda pile: -len(pile.ids))


def _whole(words: Sequence[str]) -> list[str]:
    return list(words)


def _parts(words: Sequence[str]) -> list[str]:
    padded = [f" {word} " for word in words]
    return [
        word[start : start + size]
        for word in padded
        for size in (3, 4, 5)
        for start in range(max(1, len(word) - size + 1))
    ]


def _likeness(
    bases: Sequence[Sequence[str]], features: Callable[[Sequence[str]], list[str]]
) -> NDArray[np.float64]:
    """Return the cosine of TF-IDF between all texts."""
    from zlib import crc32

    import numpy as np

    counts = np.zeros((len(bases), BUCKETS), dtype=np.float32)
    for row, words in enumerate(bases):
        buckets = [crc32(feature.encode()) % BUCKETS for feature in features(words)]
        np.add.at(counts[row], buckets, 1)
    spread = np.log((1 + len(bases)) / (1 + (counts > 0).sum(axis=0))) + 1
    weighed = np.log1p(counts) * spread
    length = np.linalg.norm(weighed, axis=1, keepdims=True)
    unit = (weighed / np.maximum(length, 1e-9)).astype(np.float32)
    return np.asarray(unit @ unit.T, dtype=np.float64)


def _linked(likeness: NDArray[np.float64]) -> list[list[int]]:
    """Return the piles of average linkage: join the two likest while they stay alike enough."""
    import numpy as np

    mean = likeness.copy()
    np.fill_diagonal(mean, -1)
    piles: list[list[int]] = [[place] for place in range(len(mean))]
    while True:
        first, second = divmod(int(mean.argmax()), len(mean))
        if mean[first, second] < TOGETHER:
            return [sorted(pile) for pile in piles if pile]
        sizes = len(piles[first]), len(piles[second])
        mixed = (sizes[0] * mean[first] + sizes[1] * mean[second]) / sum(sizes)
        mixed[[first, second]] = -1
        mixed[(mean[first] < 0) | (mean[second] < 0)] = -1
        mean[first], mean[:, first] = mixed, mixed
        mean[second], mean[:, second] = -1, -1
        piles[first] += piles[second]
        piles[second] = []
