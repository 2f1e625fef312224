"""A believable look back in a small town; nobody real said any of it."""

from __future__ import annotations

from typing import Any

from exercises.recap.model import Settings
from workshop.exercise import Example

NOTES = (
    "Общината вече отговаря на предложенията в обявения срок",
    "Календарът на обсъжданията е на сайта, но никой не го е обявил",
    "Наборите от данни са обновени веднъж и пак стоят",
    "Читалището отвори два часа седмично за помощ с електронни услуги",
    "Нищо не се е променило за хората в селата",
    "Двете сдружения вече работят заедно",
    "Новият формуляр е по-кратък",
)


def entries(settings: Settings, n: int) -> list[list[dict[str, Any]]]:
    """Return what each of ``n`` people sends: a note, every third person two."""
    return [
        [{"text": NOTES[(person + more * 4) % len(NOTES)]} for more in range(1 + (person % 3 == 2))]
        for person in range(n)
    ]


example: Example[Settings, Any] = Example(settings=Settings(notes=True), entries=entries)
