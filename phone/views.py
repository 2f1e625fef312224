"""What a participant's page says: where the room is decides the template, who asks fills it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from phone import sentences, timer
from phone.answers import found
from phone.own import advice_on, listed, new_key, own_section, sent, steps_section
from phone.pages import Pages
from phone.scene import Scene
from phone.seat import line
from phone.sheets import Sheet, Wish
from workshop.language import Language, Multilingual, Sayable, clock, say, text
from workshop.model import Anonymity, Contribution, Participant, Refused, Stage, StageState
from workshop.toolkit import Toolkit

OWN = ("own", "mine", "answers", "steps")
"""A form that asks for one of these shows what its reader has sent in ways of its own."""
ROOM = text("This stage takes place in the room; there is nothing to fill in here.")
View = tuple[str, dict[str, Any]]
"""A template and what it needs to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One participant in one workshop; reads from the toolkit, so it works in a thread."""

    toolkit: Toolkit
    pages: Pages
    scene: Scene
    person: Participant
    language: Language
    wish: Wish
    own: Sequence[Contribution[Any]] = ()
    """What they have sent to the stage the room is at, oldest first."""
    voted: bool = False
    """Whether they have cast a secret ballot in it."""

    @property
    def stage(self) -> Stage | None:
        """The stage the room is at."""
        return self.scene.stage

    @property
    def reads_more(self) -> bool:
        """Whether the page tells of other stages too, which are read only then."""
        if self.scene.workshop.finished:
            return True
        received = self.wish.received
        return received not in ("", "ballot") and all(one.id != received for one in self.own)

    def settings(self, stage: Stage) -> Any:
        """Return the settings of a stage."""
        return self.toolkit.results.surroundings(stage, self.scene.beat.shape)[0]

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
        if stage.state is not StageState.planned and not self.scene.asks:
            return self._in_the_room(stage)
        match stage.state:
            case StageState.planned:
                return self._planned(stage)
            case StageState.open:
                return self._open(stage)
            case StageState.locked:
                return self._locked(stage)
            case StageState.revealed | StageState.closed:
                return self._result(stage)

    def again(self, sentence: Sayable, kept: Sequence[str]) -> View:
        """Return the form with what was typed, or a page with it where there is no form now."""
        template, known = self.view()
        if known.get("entry_form"):
            return template, known
        return self.late(self.scene.stage, sentence, kept)

    def late(self, stage: Stage | None, sentence: Sayable, kept: Sequence[str]) -> View:
        """Return the page for somebody whose stage closed while they wrote."""
        return "late.html", self.common(
            where=self._where(stage, Multilingual()),
            heading=text("Not counted"),
            sentence=sentence,
            kept=kept,
        )

    def common(self, **more: Any) -> dict[str, Any]:
        """Return what every page of a participant knows."""
        stage = self.scene.stage
        return {
            "here": self.here,
            "said": self._said(),
            "place": self.scene.place,
            "shape": self.scene.beat.shape,
            "workshop": self.scene.workshop,
            "identity": sentences.identity_of(self.scene, self.person),
            "keeper": sentences.keeper_sentence(self.scene.series),
            "where": self._where(stage, stage.title if stage else Multilingual()),
            "clock": timer.line(
                stage, self.toolkit.now(), self.language, self.scene.pace(self.person)
            ),
            "table": line(self.scene, self.person, self.language),
            "own_section": "",
            "errors": {},
            **more,
        }

    def _where(self, stage: Stage | None, heading: Multilingual) -> Sayable:
        if stage is None:
            return ""
        return sentences.where_sentence(self.scene, stage, self.language, heading)

    def _mark(self, *what: Hashable) -> tuple[Hashable, ...]:
        """Return what everybody who sees the same page has in common."""
        stage = self.stage.id if self.stage else ""
        return (self.scene.workshop.id, self.scene.beat.shape, stage, *what)

    def time(self, moment: datetime | None) -> str:
        """Return the hour and minute of a moment where the workshop takes place."""
        if moment is None:
            return ""
        return clock(moment.astimezone(ZoneInfo(self.scene.series.time_zone)), self.language)

    def _said(self) -> str:
        """Return the status line: what just happened to what was sent."""
        if self.wish.withdrawn.isdecimal():
            gone = text("No. {number} is withdrawn.", number=self.wish.withdrawn)
            return say(gone, self.language)
        if not self.wish.received:
            return ""
        current = self.scene.stage
        if self.wish.received == "ballot":
            cast = current is not None and self._ballot_cast(current)
            return say(text("Received."), self.language) if cast else ""
        for stage in sorted(self.scene.stages, key=lambda one: one != current):
            for one in sent(self, stage):
                if one.id == self.wish.received:
                    return say(text("Received at {time}.", time=self.time(one.at)), self.language)
        return ""

    def _thanks(self) -> View:
        written = []
        for stage in self.scene.stages:
            texts = [one for one in listed(self, stage, sent(self, stage)) if one.is_text]
            if texts:
                written.append((stage.title, texts))
        return "thanks.html", self.common(written=written)

    def _lobby(self) -> View:
        if any(stage.state is not StageState.planned for stage in self.scene.stages):
            return self._waiting(
                "between",
                text("One moment"),
                text("The facilitator is preparing what comes next."),
            )
        return self._waiting(
            "lobby",
            text("You are in"),
            text("The workshop begins at {time}.", time=self.scene.workshop.starts_at),
            text("When the facilitator opens the first stage, it appears here."),
        )

    def _planned(self, stage: Stage) -> View:
        return self._waiting(
            "planned",
            stage.title,
            text("The facilitator is introducing this stage."),
            text("As soon as it opens, your form appears here.") if self.scene.asks else ROOM,
        )

    def _locked(self, stage: Stage) -> View:
        return self._waiting(
            "locked",
            stage.title,
            text("This stage is locked. The result is coming, on the screen and here."),
            own_section=own_section(self, listed(self, stage, sent(self, stage))),
        )

    def _result(self, stage: Stage, sentence: Sayable = "") -> View:
        if not sentence:
            sentence = text("This is what the room said.")
        if stage.state is StageState.closed and self.scene.asks:
            sentence = text("This stage is finished. This is what the room said.")
        return "result.html", self.common(
            stage=stage,
            sentence=sentence,
            own_section=own_section(self, listed(self, stage, sent(self, stage))),
            mark=self._mark("result"),
        )

    def _waiting(self, kind: str, heading: Sayable, *said: Sayable, own_section: str = "") -> View:
        agenda = [
            (stage.title, *sentences.standing_of(stage, self.scene.stage))
            for stage in self.scene.stages
        ]
        return "waiting.html", self.common(
            heading=heading,
            sentences=said,
            agenda=agenda,
            recaps=self.scene.recaps(self.toolkit.catalogue),
            own_section=own_section,
            mark=self._mark(kind),
        )

    def _open(self, stage: Stage) -> View:
        form = self.pages.form_of(stage.exercise)
        if form is None:
            return self._in_the_room(stage)
        if not self.person.voting:
            sentence = sentences.voteless_sentence(self.person)
            return self._waiting("late" if self.person.late else "observer", stage.title, sentence)
        if self._ballot_cast(stage):
            sentence = text(
                "Your ballot is in. It is secret: nobody can tell it from the others, and it "
                "cannot be changed."
            )
            return self._waiting("ballot", stage.title, sentence)
        try:
            return form, self._form(stage)
        except Refused as problem:  # the exercise is gone, or its settings no longer fit
            return self._waiting("broken", stage.title, problem.reason)

    def _in_the_room(self, stage: Stage) -> View:
        if self.toolkit.agenda.shows(stage):
            return self._result(stage, stage.question or text("This is what the wall shows."))
        said = (stage.question, ROOM) if stage.question else (ROOM,)
        return self._waiting("room", stage.title, *said)

    def _form(self, stage: Stage) -> dict[str, Any]:
        sheet = Sheet(
            stage=stage,
            exercise=self.toolkit.agenda.exercise(stage),
            settings=self.settings(stage),
            own=sent(self, stage),
            wish=self.wish,
        )
        fresh = [one for one in sheet.own if one.id == self.wish.received]
        advice = [line for one in fresh for line in advice_on(self, stage, one)]
        mine = listed(self, stage, sheet.own)
        question = stage.question or stage.title
        return self.common(
            stage=stage,
            where=self._where(stage, question),
            settings=sheet.settings,
            room=self.toolkit.results.surroundings(stage, self.scene.beat.shape)[1],
            question=question,
            anonymity=sentences.anonymity_sentence(self.scene, stage, self.person),
            afterwards=sentences.afterwards_sentence(stage, several=sheet.exercise.slot is None),
            action=f"{self.here}/s/{stage.id}",
            key=new_key(),
            hints=sheet.exercise.hints and sheet.exercise.text is not None,
            draft=sheet.draft,
            unsent=self.wish.answers is not None,
            steps=sheet.steps,
            step=sheet.step,
            nav=steps_section(self, sheet),
            changing=sheet.changing,
            answers=sheet.answers,
            value=lambda *path: found(sheet.answers, *path),
            errors=self.wish.errors,
            own=sheet.own,
            mine=mine,
            own_section=own_section(self, mine),
            advice=advice,
            shuffled=sheet.shuffler(self.person.id),
            entry_form=True,
            mark=None if advice else self._form_mark(stage, sheet),
        )

    def _form_mark(self, stage: Stage, sheet: Sheet) -> tuple[Hashable, ...] | None:
        """Return the mark of a form others see too, None where it is this person's alone."""
        alone = sheet.changing or self.wish.errors or self.wish.answers is not None
        form = self.pages.form_of(stage.exercise) or ""
        if alone or (sheet.own and self.pages.asks(form, *OWN)):
            return None
        step = sheet.step.key if sheet.step else ""
        order = sheet.order(self.person.id) if self.pages.asks(form, "shuffled") else 0
        return self._mark("form", step, order)

    def _ballot_cast(self, stage: Stage) -> bool:
        return stage.anonymity is Anonymity.secret and self.voted
