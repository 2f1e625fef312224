"""A believable rating: the town hall sees itself further on than the people it serves."""

from __future__ import annotations

from typing import Any

from exercises.maturity.model import Settings
from workshop.exercise import Example
from workshop.language import Multilingual

# Levels for today in the order of the dimensions; "none" where somebody cannot judge.
VIEWS: tuple[tuple[str, ...], ...] = (
    ("3", "3", "3", "3", "3", "2", "4", "3", "3"),
    ("2", "2", "2", "2", "3", "2", "1", "2", "2"),
    ("2", "1", "2", "1", "2", "none", "1", "2", "1"),
    ("3", "2", "3", "2", "4", "2", "4", "none", "2"),
    ("none", "2", "1", "2", "3", "3", "2", "3", "2"),
    ("4", "3", "3", "2", "3", "2", "5", "3", "3"),
    ("2", "2", "3", "2", "2", "1", "2", "2", "none"),
)
HOPES = (1, 2, 2, 1, 3)
"""By how many levels people want to rise, one after the other."""
NOTES = (
    "Програмата за дигитални умения е на сайта, раздел „Образование“",
    "Виж отчета за изпълнение на стратегията за 2025 г.",
    "Регистърът на сигналите се обновява всяка седмица",
)


def entries(settings: Settings, n: int) -> list[list[dict[str, Any]]]:
    """Return nine ratings from each of ``n`` people; every fourth names a document."""
    crowd = []
    for person in range(n):
        view = VIEWS[person % len(VIEWS)]
        sent = []
        for place, code in enumerate(settings.scale.codes):
            current = view[place % len(view)]
            told = person % 4 == 1 and place == person % len(settings.scale.codes)
            sent.append(
                {
                    "kind": "rating",
                    "dimension": code,
                    "current": current,
                    "target": _target(current, HOPES[(person + place) % len(HOPES)], settings),
                    "note": NOTES[person // 4 % len(NOTES)] if told else "",
                }
            )
        crowd.append(sent)
    return crowd


def _target(current: str, hope: int, settings: Settings) -> str:
    if current == "none":
        return "none"
    return str(min(int(current) + hope, settings.scale.top))


example: Example[Settings, Any] = Example(
    settings=Settings(horizon=Multilingual(bg="до три години", en="in three years")),
    entries=entries,
)
