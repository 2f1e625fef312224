"""A believable round of needs in a small town; nobody real said any of it."""

from __future__ import annotations

from typing import Any

from exercises.talk.model import Settings
from workshop.exercise import Example

NOTES = (
    "Родителите искат да научават за промените в маршрутите преди учебната година",
    "Малките фирми имат нужда от едно място за всички разрешителни",
    "Пенсионерите се нуждаят от помощ с електронните форми, на живо",
    "Сдруженията искат отговор на предложенията си в обявен срок",
    "Младежите искат обсъжданията да са и след работно време",
    "Администрацията се нуждае от обучение как се води обсъждане",
    "Хората със затруднено зрение искат сайт, който може да се чете на глас",
    "Жителите на селата имат нужда от същата информация като градските",
    "Учителите искат данните за училищата да са на едно място",
)


def entries(settings: Settings, n: int) -> list[list[dict[str, Any]]]:
    """Return what each of ``n`` people sends: a note, every third person two."""
    return [
        [{"text": NOTES[(person + more * 4) % len(NOTES)]} for more in range(1 + (person % 3 == 2))]
        for person in range(n)
    ]


example: Example[Settings, Any] = Example(settings=Settings(notes=True), entries=entries)
