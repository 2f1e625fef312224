"""The third workshop of the demo: planned, marked for rehearsal, opened when the demo is loaded."""

from __future__ import annotations

from datetime import timedelta

from examples.room import House
from examples.votes import priorities
from workshop.language import Multilingual
from workshop.model import StageDraft


def prepare(house: House) -> None:
    """Plan a short workshop with all four exercises, so that a phone can try each."""
    options = priorities(house)[:6]
    house.toolkit.library.create_workshop(
        house.facilitator,
        house.series.id,
        title=Multilingual(bg="Опитайте с телефона си", en="Try it with your phone"),
        day=house.workshop.day + timedelta(days=7),
        minutes=120,
        rehearsal=True,
        stages=[
            StageDraft(
                exercise="swot",
                title=Multilingual(
                    bg="Какво ни помага и какво ни пречи", en="What helps, what hinders"
                ),
                minutes=10,
            ),
            StageDraft(
                exercise="dots",
                title=Multilingual(bg="Откъде да започнем", en="Where to begin"),
                settings={"options": options},
                minutes=5,
            ),
            StageDraft(
                exercise="maturity",
                title=Multilingual(
                    bg="Къде сме и къде искаме да бъдем", en="Where we are, where to go"
                ),
                minutes=15,
            ),
            StageDraft(
                exercise="commitments",
                title=Multilingual(bg="Какво поемаме", en="What we take on"),
                settings={"priorities": options},
                minutes=15,
            ),
        ],
    )
