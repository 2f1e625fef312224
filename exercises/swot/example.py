"""A believable SWOT of a town that wants more people to take part; nobody real said any of it."""

from __future__ import annotations

from typing import Any

from exercises.swot.model import LETTERS, Settings
from workshop.exercise import Example

IDEAS: dict[str, tuple[str, ...]] = {
    "S": (
        "Служителите на гише „Едно“ са търпеливи и познават хората",
        "Има действащ обществен съвет по околна среда",
        "Читалищата са във всеки квартал и хората им вярват",
        "Общината вече публикува бюджета в отворен формат",
        "Млади програмисти от гимназията помагат безплатно",
        "gimnaziata ima mladi programisti, koito pomagat",
        "Срещите с кмета по квартали се посещават",
        "Добра връзка между общината и местния бизнес",
    ),
    "W": (
        "На сайта нищо не се намира, менюто е отпреди десет години",
        "Няма кой да отговаря на сигналите в събота и неделя",
        "За едно удостоверение се ходи на три места",
        "Обсъжданията са в работно време и хората не могат да дойдат",
        "Сайтът е остарял и в него нищо не се намира",
        "Не се казва какво е станало с предложенията ни",
        "Хората с увреждания не могат да ползват електронните форми",
        "lipsva obratna vrazka sled obsajdane",
        "Отделите не споделят данните си",
        "Никой не знае към кого да се обърне с идея",
    ),
    "O": (
        "Национална програма за електронни услуги с пари за малки общини",
        "Много от хората вече имат електронен подпис заради данъците",
        "Университетът търси места за практика на студенти",
        "Съседните общини искат обща система за сигнали",
        "Европейски средства за отворени данни",
        "Хората се върнаха от чужбина и носят опит",
    ),
    "T": (
        "Младите заминават и няма кой да поддържа системите",
        "Недоверие: „пак ще ни питат и пак нищо няма да стане“",
        "Хакерски атаки срещу общински регистри",
        "Смяна на управлението след изборите спира започнатото",
        "Възрастните хора остават извън електронните услуги",
        "Поскъпване на поддръжката от един-единствен доставчик",
        "След изборите започнатото спира",
    ),
}


def entries(settings: Settings, n: int) -> list[list[dict[str, Any]]]:
    """Return what each of ``n`` people sends: one idea in three of the quadrants."""
    said = dict.fromkeys(LETTERS, 0)
    crowd = []
    for person in range(n):
        sent = []
        for letter in (one for place, one in enumerate(LETTERS) if (person + place) % 4 < 3):
            pool = IDEAS[letter]
            sent.append({"kind": letter, "text": pool[said[letter] % len(pool)]})
            said[letter] += 1
        crowd.append(sent[: settings.each])
    return crowd


example: Example[Settings, Any] = Example(settings=Settings(), entries=entries)
