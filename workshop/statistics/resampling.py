"""Resamples of organisations and what is estimated in each, as matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from workshop.statistics.measure import TOLERANCE, Record
from workshop.statistics.weighting import Weighting, clusters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Matrix: TypeAlias = "NDArray[np.float64]"


def draws(organisations: int, seed: int, resamples: int) -> Matrix:
    """Return how often each organisation is drawn in each resample (resamples x organisations)."""
    import numpy as np

    rng = np.random.default_rng(seed)
    even = [1 / organisations] * organisations
    return rng.multinomial(organisations, even, size=resamples).astype(np.float64)


def estimates(
    amounts: Matrix,
    pots: Matrix,
    records: Sequence[Record[Any]],
    weighting: Weighting,
    draws: Matrix,
    min_group_n: int,
) -> Matrix:
    """Return the weighted shares in each resample (or means, with a pot of 1 per answer).

    Inside an organisation or group: all amounts over all pots. Undefined ones are nan and never
    leave this module; a record with an empty pot is a person present without an answer.
    """
    import numpy as np

    cells = clusters(records)
    place = {cell: i for i, cell in enumerate(dict.fromkeys(cells))}
    member = np.zeros((len(place), len(records)))
    member[[place[cell] for cell in cells], range(len(records))] = 1.0
    if weighting is Weighting.PARTICIPANT:
        return over(draws @ member @ amounts, draws @ member @ pots)
    if weighting is Weighting.ORGANISATION:
        n = member @ pots
        inside = (member @ amounts) / np.where(n > 0, n, 1)[:, None]
        return over(draws @ inside, draws @ (n > 0))
    total, kept = np.zeros((len(draws), amounts.shape[1])), np.zeros(len(draws))
    for group in sorted({record.group for record in records if record.group is not None}):
        within = member * np.asarray([record.group == group for record in records])
        n = draws @ within @ pots
        counts = (draws @ within.sum(axis=1) >= min_group_n) & (n > 0)
        inside = (draws @ within @ amounts) / np.where(n > 0, n, 1)[:, None]
        total += np.where(counts[:, None], inside, 0)
        kept += counts
    return over(total, kept)


def over(totals: Matrix, counts: Matrix) -> Matrix:
    """Return each row of totals divided by its count, nan where nothing counts."""
    import numpy as np

    safe = np.where(counts > 0, counts, 1)[:, None]
    return np.asarray(np.where(counts[:, None] > 0, totals / safe, np.nan), dtype=np.float64)


def ranks(scores: Matrix) -> NDArray[np.int64]:
    """Return competition ranks per row, the largest score first."""
    import numpy as np

    ranks = [
        1 + (scores > scores[:, [column]] + TOLERANCE).sum(axis=1)
        for column in range(scores.shape[1])
    ]
    return np.stack(ranks, axis=1).astype(np.int64)
