"""At which table somebody sits, as their own page and the news say it: large, and never shared."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

from phone.scene import Scene
from workshop.language import Language, counted, say, text
from workshop.model import Participant, StageState

SAID = (StageState.planned, StageState.open, StageState.locked)
"""Once there is a result, the tables have come together again."""


def line(scene: Scene, person: Participant, language: Language) -> Markup:
    """Return the place of the table on a page, "" where the room sits together."""
    words = told(scene, person, language)
    return Markup('<p id="table">{}</p>').format(words) if words else words


def told(scene: Scene, person: Participant, language: Language) -> Markup:
    """Return what a page says of where its reader sits; observers sit nowhere.

    How many sit there is as it was when staff last did something: who comes in between changes no
    page of others.
    """
    stage = scene.stage
    if stage is None or not stage.tables or stage.state not in SAID or not person.voting:
        return Markup("")
    if person.at_table is None and stage.state is StageState.planned:
        return Markup("")
    number = person.at_table or 0
    return _words(number, max(1, scene.seated.get(number, 0)), language)


@lru_cache(maxsize=512)
def _words(number: int, people: int, language: Language) -> Markup:
    if not number:
        return escape(say(text("Ask the facilitator at which table you sit."), language))
    name = say(text("Table {number}", number=number), language)
    many = counted("{n} person sits here", "{n} people sit here", n=people)
    return Markup("<b>{}</b> <span>{}</span>").format(name, say(many, language))
