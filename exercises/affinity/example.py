"""A believable sorting of what people said in a small town; nobody real made any of these piles."""

from __future__ import annotations

from typing import Any

from exercises.affinity.model import Settings
from workshop.exercise import Example
from workshop.language import Multilingual
from workshop.model import Option

WORDINGS = (
    ("Един сайт за всички услуги на общината", "One website for all services of the town"),
    ("Подаване на заявления без хартия", "Applications without paper"),
    ("Плащане на таксите от телефона", "Paying fees from the phone"),
    ("Проследяване докъде е стигнала преписката", "Seeing how far a case has got"),
    ("Едни и същи данни да не се искат два пъти", "The same data never asked for twice"),
    ("Календар на обсъжданията за цялата година", "A calendar of consultations for the year"),
    ("Отговор на всяко предложение с мотиви", "An answer with reasons to every proposal"),
    ("Анкети преди решенията, не след тях", "Surveys before decisions, not after them"),
    ("Бюджет, за който се гласува по квартали", "A budget people vote on by district"),
    ("Младежки съвет с право на предложения", "A youth council that may make proposals"),
    ("Бюджетът в таблица, която може да се сваля", "The budget as a table to download"),
    ("Договорите на общината на едно място", "The contracts of the town in one place"),
    ("Данни за въздуха по часове", "Air quality figures by the hour"),
    ("Описание на наборите от данни на прост език", "Data sets described in plain language"),
    ("Карта на ремонтите с краен срок", "A map of repairs with their deadlines"),
    ("Помощ на гише за хора без компютър", "Help at a desk for people without a computer"),
    ("Курсове за възрастни в библиотеката", "Courses for older people in the library"),
    ("Обучение на служителите за работа с граждани", "Training for staff who meet citizens"),
    ("Сайт, който може да се чете на глас", "A website that can be read aloud"),
    ("Формуляри на по-прост език", "Forms in plainer language"),
    ("Общ график на фирми и училища за стажове", "A joint schedule of firms and schools"),
    ("Сдруженията да ползват залите безплатно", "Associations use the halls free of charge"),
    ("Среща с бизнеса на всяко тримесечие", "A meeting with businesses each quarter"),
    ("Университетът да помага с анализи", "The university helps with analyses"),
)
CALLED = (
    ("Електронни услуги", "Услуги онлайн"),
    ("Участие в решенията", "Гражданско участие"),
    ("Отворени данни", "Прозрачност"),
    ("Достъпност и умения", "Обучение и помощ"),
    ("Партньорства", "Сътрудничество"),
)
"""What one half and the other half of the invented room call their piles."""


def entries(settings: Settings, n: int) -> list[list[dict[str, Any]]]:
    """Return what each of ``n`` people sends: their piles, and names for the ones they made."""
    return [_sent(settings, person) for person in range(n)]


def _sent(settings: Settings, person: int) -> list[dict[str, Any]]:
    piles = [_pile(settings, person, place) for place in range(len(settings.options))]
    if len(set(piles)) < 2:
        piles[0] = (piles[0] + 1) % 2
    places = {one.key: str(pile + 1) for one, pile in zip(settings.options, piles, strict=True)}
    sent: list[dict[str, Any]] = [{"kind": "sort", "places": places}]
    if not settings.given:
        names = {str(pile + 1): CALLED[pile][person % 2] for pile in sorted(set(piles))}
        sent.append({"kind": "names", "names": names})
    return sent


def _pile(settings: Settings, person: int, place: int) -> int:
    """Return the pile of a card: neighbours in the list belong together, mostly."""
    usual = min(len(CALLED), len(settings.piles))
    pile = place * usual // len(settings.options)
    if (person * 7 + place * 3) % 11 == 0:
        return (pile + 1 + person % 2) % usual
    if person % 3 == 0 and pile == usual - 1:  # some see no need for a pile of its own
        return pile - 1
    return pile


example: Example[Settings, Any] = Example(
    settings=Settings(
        options=tuple(
            Option(key=f"C{place:02d}", wording=Multilingual(bg, en))
            for place, (bg, en) in enumerate(WORDINGS, 1)
        )
    ),
    entries=entries,
)
