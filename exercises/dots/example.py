"""A believable vote on what a town should do first; nobody real gave any of these dots."""

from __future__ import annotations

from typing import Any

from exercises.dots.model import Settings
from workshop.exercise import Example
from workshop.language import Multilingual
from workshop.model import Category, Option

WORDINGS = (
    ("Един вход за всички услуги и сигнали", "One door to all services and reports"),
    ("Отговор на всяко предложение до 30 дни", "An answer to every proposal within 30 days"),
    ("Отворени данни с описание на разбираем език", "Open data described in plain language"),
    ("Бюджет, за който хората гласуват по квартали", "A budget people vote on by district"),
    ("Помощ на място за хората без умения", "Help on the spot for people without skills"),
    ("Календар на всички обсъждания за годината", "A calendar of all consultations of the year"),
    ("Обучения за служителите, които работят с граждани", "Training for staff who meet citizens"),
    ("Достъпни форми за хора с увреждания", "Accessible forms for people with disabilities"),
    ("Младежки съвет с право на предложения", "A youth council that may make proposals"),
    ("Обмен на данни между отделите", "Data exchange between departments"),
)
LIKED = (5, 3, 4, 2, 3, 1, 1, 2, 1, 4)
"""How much each option is liked by the invented room."""


def entries(settings: Settings, n: int) -> list[list[dict[str, Any]]]:
    """Return one ballot for each of ``n`` people: dots on a few options, two on the favourite."""
    crowd = []
    for person in range(n):
        drawn = [key for key, times in _popular(settings) for _ in range(times)]
        ballot: dict[str, int] = {}
        spent: dict[Category, int] = {}
        category = {option.key: option.category for option in settings.options}
        for step in range(len(drawn) * 3):
            key = drawn[(person * 7 + step * 5) % len(drawn)]
            most = settings.per_category or settings.budget
            full = spent.get(category[key], 0) >= most or sum(ballot.values()) >= settings.budget
            if not full and ballot.get(key, 0) < min(settings.max_per_option, 1 + person % 2):
                ballot[key] = ballot.get(key, 0) + 1
                spent[category[key]] = spent.get(category[key], 0) + 1
        crowd.append([{"dots": {key: str(dots) for key, dots in ballot.items()}}])
    return crowd


def _popular(settings: Settings) -> list[tuple[str, int]]:
    return [
        (option.key, LIKED[place % len(LIKED)]) for place, option in enumerate(settings.options)
    ]


example: Example[Settings, Any] = Example(
    settings=Settings(
        options=tuple(
            Option(key=f"C{place:02d}", wording=Multilingual(bg, en))
            for place, (bg, en) in enumerate(WORDINGS, 1)
        )
    ),
    entries=entries,
)
