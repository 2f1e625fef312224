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
    """Return the place of the table on a page: empty until people sit, "" where nobody will."""
    if not _asked(scene, person):
        return Markup("")
    return Markup('<p id="table" role="status">{}</p>').format(told(scene, person, language))


def told(scene: Scene, person: Participant, language: Language) -> Markup:
    """Return what a page says of where its reader sits; observers sit nowhere.

    How many sit there is as it was when staff last did something: who comes in between changes no
    page of others.
    """
    early = scene.stage is not None and scene.stage.state is StageState.planned
    if not _asked(scene, person) or (early and person.at_table is None):
        return Markup("")
    number = person.at_table or 0
    return _words(number, max(1, scene.seated.get(number, 0)), language)


def _asked(scene: Scene, person: Participant) -> bool:
    stage = scene.stage
    return stage is not None and stage.tables > 0 and stage.state in SAID and person.voting


@lru_cache(maxsize=512)
def _words(number: int, people: int, language: Language) -> Markup:
    if not number:
        return escape(say(text("Ask the facilitator at which table you sit."), language))
    name = say(text("Table {number}", number=number), language)
    many = counted("{n} person sits here", "{n} people sit here", n=people)
    return Markup("<b>{}</b> <span>{}</span>").format(name, say(many, language))
