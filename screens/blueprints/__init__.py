"""Ready-made agendas: a coordinator chooses one and has a workshop in under a minute."""

from __future__ import annotations

from collections.abc import Collection

from screens.blueprints.dialogues import DIALOGUES
from screens.blueprints.forum import FORUM
from screens.blueprints.needs import NEEDS
from screens.blueprints.strategy import STRATEGY
from screens.blueprints.tools import TOOLS
from workshop.blueprint import Blueprint
from workshop.language import Multilingual

EMPTY = Blueprint(key="", title=Multilingual())
BLUEPRINTS = (NEEDS, STRATEGY, TOOLS, FORUM, DIALOGUES)


def offered(installed: Collection[str]) -> list[Blueprint]:
    """Return the blueprints whose exercises are all ``installed``."""
    return [one for one in BLUEPRINTS if all(stage.exercise in installed for stage in one.stages)]
