"""What ready-made agendas are put together from."""

from __future__ import annotations

from workshop.language import Multilingual
from workshop.model import StageDraft

NOTES_ONLY = "R14"
"""The chapter of what is kept in the annexes alone."""


def talk(minutes: int, bg: str, en: str, say_bg: str, say_en: str) -> StageDraft:
    """Return a part that only takes place in the room: the wall says what it is."""
    return StageDraft(
        exercise="talk",
        title=Multilingual(bg, en),
        question=Multilingual(say_bg, say_en),
        minutes=minutes,
    )


def notes(
    minutes: int, bg: str, en: str, ask_bg: str, ask_en: str, *, chapter: str, each: int = 3
) -> StageDraft:
    """Return a talk in which people write as well; ``chapter`` is where the report tells it."""
    return StageDraft(
        exercise="talk",
        title=Multilingual(bg, en),
        question=Multilingual(ask_bg, ask_en),
        settings={"notes": True, "each": each},
        minutes=minutes,
        chapter=chapter,
    )


def dots(minutes: int, bg: str, en: str, ask_bg: str, ask_en: str, **settings: int) -> StageDraft:
    """Return a vote; what is voted on is handed on or typed before it opens."""
    return StageDraft(
        exercise="dots",
        title=Multilingual(bg, en),
        question=Multilingual(ask_bg, ask_en),
        settings=settings,
        minutes=minutes,
    )


BREAK = talk(10, "Почивка", "Break", "Почивка. Продължаваме след десет минути.",
             "A break. We go on in ten minutes.")  # fmt: skip
CLOSING = notes(
    5,
    "Как мина",
    "How it went",
    "Успяхте ли да кажете каквото искахте? Какво да направим различно следващия път?",
    "Could you say what you wanted to say? What should we do differently next time?",
    chapter=NOTES_ONLY,
    each=2,
)
