"""How far the report is from being final, as far as a program can check it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workshop.language import Text, text
from workshop.model import Series, StageState, Workshop

if TYPE_CHECKING:
    from workshop.toolkit.reporting import Told


def status(series: Series, shops: Sequence[Workshop], told: Sequence[Told]) -> Text:
    """Return how final the report is."""
    if series.final:
        return text("final")
    if any(not shop.finished for shop in shops) or not told:
        return text("interim")
    return text("draft")


def checklist(
    series: Series, shops: Sequence[Workshop], told: Sequence[Told], silent: Sequence[Text]
) -> tuple[tuple[Text, bool], ...]:
    """Return URBACT's four C's as far as a program can check them."""
    drafts = [one for one in told if one.stage.state is not StageState.closed]
    return (
        (
            text("All workshops of the series are finished"),
            bool(shops) and all(shop.finished for shop in shops),
        ),
        (text("All stages that are told are closed"), bool(told) and not drafts),
        (text("Every stage could be told"), not silent),
        (text("Small groups are not shown"), series.smallest_group >= 3),
        (text("The data are real, not synthetic"), not series.synthetic),
    )
