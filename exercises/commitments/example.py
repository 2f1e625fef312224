"""Believable commitments of a town; one is vague and stays a draft, two wait for each other."""

from __future__ import annotations

from typing import Any

from exercises.commitments.model import Settings
from workshop.exercise import Example
from workshop.language import Multilingual
from workshop.model import Option

# Action, result, day, strength, certainty, resources, needs (organisation key, what), priority.
PLANS: tuple[tuple[str, str, str, str, str, str, tuple[tuple[str, str], ...], str], ...] = (
    (
        "Да публикуваме календар на обществените обсъждания за цялата година",
        "Календар на сайта на общината",
        "26.02.2030",
        "5",
        "approved",
        "40 часа на експерт",
        (("ORG02", "теми и срокове от дирекциите"),),
        "C01",
    ),
    (
        "Да обучим 20 граждански наблюдатели",
        "20 обучени наблюдатели",
        "до 9 април 2030 г.",
        "4",
        "mandated",
        "",
        (("ORG03", "хора, които искат да се включат"), ("ORG01", "зала за два дни")),
        "C02",
    ),
    (
        "Ще наберем 20 души за граждански наблюдатели",
        "Списък с 20 души",
        "2030-03-12",
        "4",
        "mandated",
        "",
        (("ORG02", "програмата на обучението"),),
        "C02",
    ),
    (
        "Ще съдействаме при необходимост",
        "",
        "",
        "1",
        "intention",
        "",
        (),
        "",
    ),
    (
        "Организираме четири срещи с хора, които не ползват интернет",
        "Четири срещи и протоколи от тях",
        "31 май 2030 г.",
        "5",
        "approved",
        "двама водещи",
        (("ORG01", "зали в читалищата"),),
        "C03",
    ),
    (
        "Да отворим данните за градския транспорт и да опишем интерфейса",
        "Документиран интерфейс с ежедневни данни",
        "28.06.2030",
        "3",
        "conditional",
        "",
        (("ORG01", "решение за отворен лиценз"),),
        "C01",
    ),
    (
        "Da napishem narachnik za yasen ezik s pet obrazeca",
        "Наръчник и пет образеца",
        "края на април 2030",
        "3",
        "intention",
        "",
        (("ORG01", "достъп до образците"),),
        "C03",
    ),
)


def entries(settings: Settings, n: int) -> list[list[dict[str, Any]]]:
    """Return one commitment from each of ``n`` people, as the phone form sends it."""
    known = {one.key for one in settings.priorities}
    crowd = []
    for person in range(n):
        action, result, due, strength, certainty, resources, needs, priority = PLANS[
            person % len(PLANS)
        ]
        sent: dict[str, Any] = {
            "kind": "commitment",
            "action": action,
            "deliverable": result,
            "due": due,
            "strength": strength,
            "certainty": certainty,
            "resources": resources,
            "needs": {
                str(row): {"organisation": key, "what": what}
                for row, (key, what) in enumerate(needs)
            },
        }
        if known:  # without priorities the form does not ask for one
            sent["priority"] = priority if priority in known else ""
        crowd.append([sent])
    return crowd


example: Example[Settings, Any] = Example(
    settings=Settings(
        priorities=(
            Option(
                key="C01",
                wording=Multilingual(
                    bg="Единна входна точка за информация и участие",
                    en="A single entry point for information and participation",
                ),
            ),
            Option(
                key="C02",
                wording=Multilingual(
                    bg="Граждански мониторинг на местните политики",
                    en="Civic monitoring of local policies",
                ),
            ),
            Option(
                key="C03",
                wording=Multilingual(
                    bg="Ясен език и достъпност във всички канали",
                    en="Plain language and accessibility in all channels",
                ),
            ),
        )
    ),
    entries=entries,
)
