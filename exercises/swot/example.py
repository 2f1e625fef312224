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


ENGLISH = {
    "S": (
        "The staff at the front desk are patient and know people",
        "There is a working public council on the environment",
        "There is a community centre in every district, and people trust it",
        "The municipality already publishes its budget as open data",
        "Young programmers from the grammar school help for free",
        "young programers from the school help free of charge",
        "The mayor's meetings in the districts are well attended",
        "Good ties between the municipality and local business",
    ),
    "W": (
        "Nothing can be found on the website, its menu is ten years old",
        "Nobody answers reports on Saturday and Sunday",
        "One certificate takes three offices",
        "Consultations are in working hours, and people cannot come",
        "The website is old and nothing can be found on it",
        "Nobody tells us what became of our proposals",
        "People with disabilities cannot use the electronic forms",
        "no feedback after consultations",
        "Departments do not share their data",
        "Nobody knows whom to turn to with an idea",
    ),
    "O": (
        "A national programme for e-services with money for small towns",
        "Many people already have an electronic signature because of taxes",
        "The university looks for places where students can practise",
        "Neighbouring towns want a common system for reports",
        "European funds for open data",
        "People came back from abroad and bring experience",
    ),
    "T": (
        "The young leave, and nobody is there to keep the systems running",
        "Distrust: “they will ask us again, and again nothing will happen”",
        "Hackers attack municipal registers",
        "A change of government after the elections stops what was begun",
        "Old people are left out of electronic services",
        "Maintenance by one single supplier grows dearer",
        "After the elections what was begun stops",
    ),
}
"""The same, sentence by sentence."""


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


example: Example[Settings, Any] = Example(
    settings=Settings(),
    entries=entries,
    english={
        said: put
        for letter in LETTERS
        for said, put in zip(IDEAS[letter], ENGLISH[letter], strict=True)
    },
)
