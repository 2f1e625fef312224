"""Ready-made agendas: a coordinator chooses one and has a workshop in under a minute."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from workshop.language import Multilingual
from workshop.model import StageDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """An agenda with what it is good for; ``minutes`` include talk, breaks and welcome."""

    key: str
    title: Multilingual
    purpose: Multilingual
    minutes: int
    stages: tuple[StageDraft, ...]


EMPTY = Blueprint(key="", title=Multilingual(), purpose=Multilingual(), minutes=180, stages=())


def offered(installed: Collection[str]) -> list[Blueprint]:
    """Return the blueprints whose exercises are all ``installed``."""
    return [one for one in BLUEPRINTS if all(stage.exercise in installed for stage in one.stages)]


_SWOT = StageDraft(
    exercise="swot",
    title=Multilingual(
        bg="Силни и слаби страни, възможности и заплахи",
        en="Strengths, weaknesses, opportunities and threats",
    ),
    question=Multilingual(
        bg="Какво ни помага и какво ни пречи по темата на срещата? По една идея в запис.",
        en="What helps us and what hinders us in the theme of this meeting? One idea a card.",
    ),
    minutes=15,
)
_SWOT_DOTS = StageDraft(
    exercise="dots",
    title=Multilingual(bg="Кое тежи най-много", en="What weighs most"),
    question=Multilingual(
        bg="Кои записи са най-важни за следващите три години? Имате по три точки за всяко поле.",
        en="Which cards matter most for the next three years? You have three dots for each field.",
    ),
    settings={"per_category": 3},
    minutes=10,
)
_PRIORITIES = StageDraft(
    exercise="dots",
    title=Multilingual(bg="Откъде да започнем", en="Where to begin"),
    question=Multilingual(
        bg="С кои действия трябва да започне общината? Имате пет точки.",
        en="Which actions should the municipality begin with? You have five dots.",
    ),
    settings={"dots": 5},
    minutes=20,
)
_MATURITY = StageDraft(
    exercise="maturity",
    title=Multilingual(
        bg="Къде сме и къде искаме да бъдем", en="Where we are and where we want to be"
    ),
    question=Multilingual(
        bg="Кое описание отговаря на общината днес? А кое искате да отговаря след три години?",
        en="Which description fits the municipality today? Which should fit in three years?",
    ),
    settings={"horizon": {"bg": "след три години", "en": "in three years"}},
    minutes=25,
)
_SOLUTIONS = StageDraft(
    exercise="dots",
    title=Multilingual(bg="Кои решения първо", en="Which solutions first"),
    question=Multilingual(
        bg="Кои решения ще ни придвижат най-много към желаното ниво? Разпределете точките си.",
        en="Which solutions would move us furthest towards the level we want? Spend your dots.",
    ),
    minutes=15,
)
_COMMITMENTS = StageDraft(
    exercise="commitments",
    title=Multilingual(bg="Какво поемаме", en="What we take on"),
    question=Multilingual(
        bg="С какво конкретно действие ще се включи Вашата организация и докога?",
        en="What will your organisation do, exactly, and by when?",
    ),
    minutes=30,
)
BLUEPRINTS = (
    Blueprint(
        key="needs",
        title=Multilingual(bg="Семинар за оценка на нуждите", en="Needs assessment workshop"),
        purpose=Multilingual(
            bg="Първа среща: какво имаме, какво липсва и кое е най-важно за всички.",
            en="A first meeting: what there is, what is missing, and what matters most to all.",
        ),
        minutes=180,
        stages=(_SWOT, _SWOT_DOTS, _PRIORITIES),
    ),
    Blueprint(
        key="strategy",
        title=Multilingual(
            bg="Семинар за зрялост на решенията и стратегия",
            en="Solution maturity and strategy workshop",
        ),
        purpose=Multilingual(
            bg="Втора среща: колко сме зрели, кои решения избираме и кой какво поема.",
            en="A second meeting: how mature we are, which solutions we choose, who takes on what.",
        ),
        minutes=210,
        stages=(_MATURITY, _SOLUTIONS, _COMMITMENTS),
    ),
    Blueprint(
        key="forum",
        title=Multilingual(bg="Кратък обществен форум", en="Short public forum"),
        purpose=Multilingual(
            bg="За по-широк кръг и малко време: мисли, избор и първи обещания в 90 минути.",
            en="A wider circle, little time: ideas, a choice and first promises in 90 minutes.",
        ),
        minutes=90,
        stages=(_SWOT, _SWOT_DOTS, _COMMITMENTS),
    ),
)
