"""People in a room, on paper: a series, a workshop and scripted participants on a real database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from workshop.blocks import Prose
from workshop.exercise import Example, Exercise, Shelf
from workshop.language import Multilingual, text
from workshop.model import (
    Anonymity,
    Contribution,
    Participant,
    Room,
    Stage,
    StageDraft,
    StageState,
    Workshop,
)
from workshop.toolkit import Toolkit


class NoSettings(BaseModel):
    """An exercise nothing can be set on."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Idea(BaseModel):
    """A sentence; entries add up."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["idea"] = "idea"
    text: Annotated[str, Field(max_length=1000)]


class Note(BaseModel):
    """Something only staff write."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    writer: ClassVar[str] = "staff"
    kind: Literal["note"] = "note"
    about: str
    words: str


class Ballot(BaseModel):
    """A choice; a later one replaces it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    choice: Literal["yes", "no"]


def _count(settings: NoSettings, contributions: Sequence[Contribution[Any]], room: Room) -> int:
    return sum(1 for one in contributions if one.stands and not one.sender.staff)


IDEAS: Exercise[Any, Any, Any] = Exercise(
    title=text("Ideas"), purpose=text("Collect ideas"), settings=NoSettings,
    entry=Annotated[Idea | Note, Field(discriminator="kind")], analyse=_count,
    tell=lambda n: [Prose(sentences=(str(n),))], chapter="R6",
    example=Example(settings=NoSettings(), entries=lambda settings, n: [[{"text": "Idea"}]] * n),
    slot=None, text=lambda entry: entry.text if entry.kind == "idea" else entry.words,
    shelves=lambda settings: (
        Shelf(key="left", name=text("Left")), Shelf(key="right", name=text("Right")),
    ),
    shelf=lambda entry: "left", limit=lambda settings: 5,
)  # fmt: skip
BALLOTS: Exercise[Any, Any, Any] = Exercise(
    title=text("Ballot"), purpose=text("Vote"), settings=NoSettings, entry=Ballot, analyse=_count,
    tell=lambda n: [Prose(sentences=(str(n),))], chapter="R6", slot=lambda entry: "",
    example=Example(settings=NoSettings(), entries=lambda settings, n: [[{"choice": "yes"}]] * n),
    anonymities=tuple(Anonymity),
)  # fmt: skip
TINY = {"ideas": IDEAS, "ballots": BALLOTS}


class Clock:
    """A clock that stands still unless somebody turns it."""

    def __init__(self) -> None:
        self.present = datetime(2027, 3, 1, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time it shows."""
        return self.present

    def turn(self, **by: float) -> None:
        """Turn it forward."""
        self.present += timedelta(**by)


class Hall:
    """A workshop with one stage and people who joined it."""

    def __init__(
        self,
        url: str,
        *,
        exercise: str = "ideas",
        people: int = 4,
        anonymity: Anonymity | None = None,
        name: str = "hall",
    ) -> None:
        self.clock = Clock()
        self.url = url
        self.toolkit = Toolkit.open(url, exercises=TINY, now=self.clock)
        library = self.toolkit.library
        self.series = library.create_series(
            None, short_name=name, municipality=Multilingual(bg="Бистрогор"),
            theme=Multilingual(en="Participation"),
        )  # fmt: skip
        self.groups = library.groups(self.series.id)
        self.workshop: Workshop = library.create_workshop(
            None, self.series.id, title=Multilingual(en="First"), day=date(2027, 3, 1),
            stages=[StageDraft(exercise=exercise, anonymity=anonymity)],
        )  # fmt: skip
        self.tokens: list[str] = []
        self.people: list[Participant] = [self.welcome(place) for place in range(people)]

    def welcome(self, place: int = 0, **said: Any) -> Participant:
        """Let one more person in; groups take turns."""
        joined = self.toolkit.people.join(
            self.workshop.code, group_id=self.groups[place % len(self.groups)].id, **said
        )
        self.tokens.append(joined.token)
        return joined.participant

    @property
    def stage(self) -> Stage:
        """The stage as it is now."""
        return self.toolkit.agenda.stages(self.workshop.id)[0]

    def move(self, to: str) -> Stage:
        """Let the facilitator move the stage on."""
        return self.toolkit.agenda.move(None, self.stage.id, StageState(to))

    def write(self, who: int, words: str, key: str) -> Any:
        """Send an idea and wait for the answer."""
        return self.toolkit.entries.contribute(
            self.people[who].id, self.stage.id, {"kind": "idea", "text": words}, key
        ).result()

    def vote(self, who: int, choice: str, key: str) -> Any:
        """Send a ballot and wait for the answer."""
        return self.toolkit.entries.contribute(
            self.people[who].id, self.stage.id, {"choice": choice}, key
        ).result()

    def standing(self) -> list[Contribution[Any]]:
        """Return what counts."""
        return [one for one in self.toolkit.results.contributions(self.stage.id) if one.stands]

    def reopen(self) -> None:
        """Stop and start the program on the same database."""
        self.toolkit.close()
        self.toolkit = Toolkit.open(self.url, exercises=TINY, now=self.clock)

    def close(self) -> None:
        """Go home."""
        self.toolkit.close()
