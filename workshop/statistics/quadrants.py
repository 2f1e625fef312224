"""Two ratings, one place on a two-by-two chart."""

from __future__ import annotations

from enum import StrEnum

from workshop.statistics.measure import TOLERANCE

MIDDLE = 3.0
BORDER = 0.25


class Effort(StrEnum):
    """Impact against effort. Not the horizon "quick win": a candidate should satisfy both."""

    QUICK_WIN = "quick_win"
    MAJOR_PROJECT = "major_project"
    FILL_IN = "fill_in"
    RECONSIDER = "reconsider"


class Influence(StrEnum):
    """Power against interest of a stakeholder."""

    MANAGE_CLOSELY = "manage_closely"
    KEEP_SATISFIED = "keep_satisfied"
    KEEP_INFORMED = "keep_informed"
    MONITOR = "monitor"


def impact_effort(impact: float, effort: float, cut: float = MIDDLE) -> Effort:
    """Return the quadrant of two means; on the cut, impact is low and effort high.

    Source: method Ex.12.
    """
    if impact > cut:
        return Effort.QUICK_WIN if effort < cut else Effort.MAJOR_PROJECT
    return Effort.FILL_IN if effort < cut else Effort.RECONSIDER


def power_interest(power: float, interest: float, cut: float = MIDDLE) -> Influence:
    """Return the quadrant of two medians; on the cut both are low. Source: method Ex.22."""
    if power > cut:
        return Influence.MANAGE_CLOSELY if interest > cut else Influence.KEEP_SATISFIED
    return Influence.KEEP_INFORMED if interest > cut else Influence.MONITOR


def borderline(value: float, cut: float = MIDDLE) -> bool:
    """Return whether a mean is within 0.25 of the cut, so that a vote or two would move it."""
    return abs(value - cut) <= BORDER + TOLERANCE
