"""What a participant's page says: where the room is decides the template, who asks fills it."""

from __future__ import annotations

import random
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from phone.answers import found
from phone.pages import Pages
from phone.readings import Scene
from phone.sentences import anonymity_sentence, identity_of, keeper_sentence, where_sentence
from workshop.exercise import Advice, Exercise, Shelf
from workshop.language import Language, Multilingual, Sayable, Text, clock, text
from workshop.model import (
    Anonymity,
    Contribution,
    Id,
    Participant,
    Refused,
    Room,
    Stage,
    StageState,
)
from workshop.toolkit import Toolkit

T = TypeVar("T")
ORDERS = 64
"""Different orders of a shuffled list: enough that no place is favoured, few enough to keep."""
View = tuple[str, dict[str, Any]]
"""A template and what it needs to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the address, or the form just sent, asks of the page."""

    step: str = ""
    after: str = ""
    """The step just sent: the page goes on from there."""
    change: Id = ""
    received: str = ""
    """The contribution just received, or "ballot"."""
    withdrawn: str = ""
    answers: Mapping[str, Any] | None = None
    """What was typed, when the page is drawn again with it."""
    errors: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """One of the sender's own contributions, as their page lists it."""

    id: Id
    number: int
    words: str
    language: Language
    time: str
    step: Sayable = ""
    advice: Sequence[Advice] = ()
    open: bool = False
    change: str = ""
    withdraw: str = ""
    key: str = ""


def new_key() -> str:
    """Return a key for a form; a phone that sends more entries from one page counts on."""
    return f"{secrets.token_hex(16)}-0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One participant's place in one workshop; reads from the toolkit, so it lives in a thread."""

    toolkit: Toolkit
    pages: Pages
    scene: Scene
    person: Participant
    language: Language
    wish: Wish = Wish()

    @property
    def here(self) -> str:
        """The address of this participant's page."""
        return f"/w/{self.scene.workshop.code}"

    def view(self) -> View:
        """Return the page for where the room is now."""
        if self.scene.workshop.finished:
            return self._thanks()
        stage = self.scene.stage
        if stage is None:
            return self._lobby()
        match stage.state:
            case StageState.planned:
                return self._planned(stage)
            case StageState.open:
                return self._open(stage)
            case StageState.locked:
                return self._locked(stage)
            case StageState.revealed | StageState.closed:
                return self._result(stage)

    def common(self, **more: Any) -> dict[str, Any]:
        """Return what every page of a participant knows."""
        stage = self.scene.stage
        return {
            "here": self.here,
            "back": "",
            "entry_form": False,
            "others": [one for one in self.scene.languages if one != self.language],
            "said": "",
            "place": self.scene.place,
            "shape": self.scene.beat.shape,
            "workshop": self.scene.workshop,
            "identity": identity_of(self.scene, self.person),
            "keeper": keeper_sentence(self.scene.series),
            "where": where_sentence(self.scene, stage) if stage else "",
            "mine": [],
            "errors": {},
            **more,
        }

    def time(self, moment: datetime | None) -> str:
        """Return the hour and minute of a moment where the workshop takes place."""
        if moment is None:
            return ""
        return clock(moment.astimezone(ZoneInfo(self.scene.series.time_zone)), self.language)

    def _thanks(self) -> View:
        written = []
        for stage in self.scene.stages:
            entries = self._mine(stage, self._own(stage))
            if entries:
                written.append((stage.title, entries))
        return "thanks.html", self.common(written=written)

    def _lobby(self) -> View:
        shop = self.scene.workshop
        if any(stage.state is not StageState.planned for stage in self.scene.stages):
            heading = text("One moment")
            sentences = [
                text("The facilitator is preparing what comes next. This page goes on by itself.")
            ]
        else:
            heading = text("You are in")
            sentences = [
                text("The workshop begins at {time}.", time=shop.starts_at),
                text("When the facilitator opens the first stage, it appears here by itself."),
            ]
        return "waiting.html", self._waiting(heading, sentences)

    def _planned(self, stage: Stage) -> View:
        sentences = [
            text("The facilitator is introducing this stage."),
            text("As soon as it opens, your form appears here by itself."),
        ]
        question = [stage.question] if stage.question else []
        return "waiting.html", self._waiting(stage.title, [*question, *sentences])

    def _locked(self, stage: Stage) -> View:
        sentences = [
            text("This stage is locked. The result is coming, on the screen and here."),
            text("Nothing can be added or changed for the moment."),
        ]
        mine = self._mine(stage, self._own(stage))
        return "waiting.html", self._waiting(stage.title, sentences, mine=mine)

    def _result(self, stage: Stage) -> View:
        sentence = text("This is what the room said.")
        if stage.state is StageState.closed:
            sentence = text("This stage is finished. This is what the room said.")
        mine = self._mine(stage, self._own(stage))
        return "result.html", self.common(stage=stage, sentence=sentence, mine=mine)

    def _waiting(
        self, heading: Sayable, sentences: Sequence[Sayable], mine: Sequence[Mine] = ()
    ) -> dict[str, Any]:
        agenda = [
            {"title": stage.title, **_standing(stage, self.scene.stage)}
            for stage in self.scene.stages
        ]
        return self.common(heading=heading, sentences=sentences, agenda=agenda, mine=mine)

    def _open(self, stage: Stage) -> View:
        form = self.pages.form_of(stage.exercise)
        try:
            exercise = self.toolkit.agenda.exercise(stage)
            settings = self.toolkit.agenda.settings(stage)
        except Refused as problem:
            return "waiting.html", self._waiting(stage.title, [problem.reason])
        if form is None:
            sentence = text("This stage takes place in the room; there is nothing to fill in here.")
            return "waiting.html", self._waiting(stage.title, [sentence])
        if not self.person.voting:
            sentence = text("Observers watch and keep notes; they do not write or vote.")
            return "waiting.html", self._waiting(stage.title, [sentence])
        if self._ballot_cast(stage):
            sentence = text(
                "Your ballot is in. It is secret, so nobody can tell it from the others "
                "and it cannot be changed."
            )
            return "waiting.html", self._waiting(stage.title, [sentence])
        return form, self._form(stage, exercise, settings)

    def _ballot_cast(self, stage: Stage) -> bool:
        secret = stage.anonymity is Anonymity.secret
        return secret and self.toolkit.entries.has_voted(self.person.id, stage.id)

    def _form(
        self, stage: Stage, exercise: Exercise[Any, Any, Any], settings: BaseModel
    ) -> dict[str, Any]:
        own = self._own(stage)
        steps = _steps(exercise, settings, own)
        changing = next((one for one in own if one.id == self.wish.change), None)
        step = self._step(exercise, steps, changing)
        answers = self._answers(exercise, own, step, changing)
        room: Room = self.toolkit.results.surroundings(stage)
        fresh = [one for one in own if one.id == self.wish.received]
        return self.common(
            stage=stage,
            settings=settings,
            room=room,
            question=stage.question or stage.title,
            anonymity=anonymity_sentence(self.scene, stage, self.person),
            afterwards=_afterwards(stage),
            action=f"{self.here}/s/{stage.id}",
            key=new_key(),
            draft="" if changing else f"{stage.id}.{step.key if step else ''}",
            entry_form=True,
            steps=steps,
            step=step,
            changing=changing,
            answers=answers,
            value=lambda *path: found(answers, *path),
            errors=self.wish.errors,
            own=own,
            mine=self._mine(stage, own),
            advice=[line for one in fresh for line in self._advice(stage, one)],
            shuffled=self._shuffler(stage),
        )

    def _own(self, stage: Stage) -> list[Contribution[Any]]:
        try:
            return self.toolkit.entries.own(self.person.id, stage.id)
        except Refused:  # the exercise is gone: its entries cannot be read, the page still stands
            return []

    def _advice(self, stage: Stage, one: Contribution[Any]) -> list[Advice]:
        return self.toolkit.entries.advice(stage, self.person, one.entry)

    def _mine(self, stage: Stage, own: Sequence[Contribution[Any]]) -> list[Mine]:
        if not own:
            return []
        exercise = self.toolkit.agenda.exercise(stage)
        steps = _shelves(exercise, self.toolkit.agenda.settings(stage))
        return [self._line(stage, exercise, steps, one) for one in own]

    def _line(
        self,
        stage: Stage,
        exercise: Exercise[Any, Any, Any],
        steps: Sequence[Shelf],
        one: Contribution[Any],
    ) -> Mine:
        shelf = _shelf_of(exercise, one)
        open_now = stage.state is StageState.open
        words = exercise.text(one.entry) if exercise.text else ""
        return Mine(
            id=one.id,
            number=one.number,
            words=words,
            language=one.language,
            time=self.time(one.at),
            step=next((step.name for step in steps if step.key == shelf), ""),
            advice=self._advice(stage, one) if open_now and one.id != self.wish.received else (),
            open=open_now,
            change=f"{self.here}?change={one.id}",
            withdraw=f"{self.here}/s/{stage.id}/withdraw/{one.id}",
            key=new_key() if open_now else "",
        )

    def _step(
        self,
        exercise: Exercise[Any, Any, Any],
        steps: Sequence[tuple[Shelf, bool]],
        changing: Contribution[Any] | None,
    ) -> Shelf | None:
        """Return the asked-for step, the one of the entry being changed, or the next unanswered."""
        if not steps:
            return None
        keys = [shelf.key for shelf, _ in steps]
        wanted = _shelf_of(exercise, changing) if changing else self.wish.step
        if wanted in keys:
            return steps[keys.index(wanted)][0]
        start = keys.index(self.wish.after) if self.wish.after in keys else 0
        onwards = [*steps[start:], *steps[:start]]
        return next((shelf for shelf, answered in onwards if not answered), onwards[0][0])

    def _answers(
        self,
        exercise: Exercise[Any, Any, Any],
        own: Sequence[Contribution[Any]],
        step: Shelf | None,
        changing: Contribution[Any] | None,
    ) -> Mapping[str, Any]:
        """Return what the fields hold: what was typed, what is being changed, what stands."""
        if self.wish.answers is not None:
            return self.wish.answers
        standing = changing
        if standing is None and exercise.slot is not None:
            standing = next(
                (one for one in own if step is None or _shelf_of(exercise, one) == step.key), None
            )
        return standing.entry.model_dump(mode="json") if standing is not None else {}

    def _shuffler(self, stage: Stage) -> Callable[[Sequence[T]], list[T]]:
        order = random.Random(f"{self.person.id}{stage.id}").randrange(ORDERS)

        def shuffled(things: Sequence[T]) -> list[T]:
            mixed = list(things)
            random.Random(f"{stage.id}{order}").shuffle(mixed)
            return mixed

        return shuffled
