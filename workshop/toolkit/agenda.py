"""The agenda with what the exercises say about it: checked settings, sensible states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from workshop.catalogue import Catalogue
from workshop.exercise import Exercise
from workshop.fields import refusals
from workshop.language import Language, Multilingual, say, text
from workshop.model import (
    Actor,
    Anonymity,
    Id,
    Refused,
    Spread,
    Stage,
    StageDraft,
    StageState,
    together,
)
from workshop.seating import MOST_TABLES
from workshop.store import rows
from workshop.store.agenda import AgendaDesk
from workshop.store.opening import Store
from workshop.text import clean, clean_words

TITLE, QUESTION, CHAPTER = 300, 2000, 8
"""Characters of a stage's title, of its question and of the chapter's sign; as in a blueprint."""


class Agenda(AgendaDesk):
    """Stages, each with its exercise."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        super().__init__(store)
        self.catalogue = catalogue

    def exercise(self, stage: Stage) -> Exercise[Any, Any, Any]:
        """Return the exercise of a stage.

        Raises:
            Refused: its folder is not installed any more.
        """
        found = self.catalogue.get(stage.exercise)
        if found is None:
            raise Refused(text("The exercise “{key}” is not installed.", key=stage.exercise))
        return found

    def settings(self, stage: Stage) -> BaseModel:
        """Return a stage's settings as its exercise's model.

        Raises:
            Refused: they no longer fit the exercise, or it is gone.
        """
        try:
            checked = self.exercise(stage).settings.model_validate(dict(stage.settings))
        except ValidationError as problem:
            raise together(refusals(problem)) from problem
        assert isinstance(checked, BaseModel)
        return checked

    def asks(self, stage: Stage) -> bool:
        """Return whether phones have anything to fill in; where nobody can say, they might."""
        try:
            return bool(self.exercise(stage).asks(self.settings(stage)))
        except Refused:
            return True

    def shows(self, stage: Stage) -> bool:
        """Return whether a stage has something to show before anybody writes."""
        try:
            return bool(self.exercise(stage).shows(self.settings(stage)))
        except Refused:
            return False

    def columns(self, draft: StageDraft) -> dict[str, Any]:
        """Return a draft as checked columns; what it leaves open comes from the exercise."""
        exercise = self.catalogue.get(draft.exercise)
        if exercise is None:
            raise Refused(text("The exercise “{key}” is not installed.", key=draft.exercise))
        anonymity = draft.anonymity or exercise.anonymity
        self._allowed(exercise, anonymity)
        _may_be_live(exercise, draft.live)
        _may_be_moderated(exercise, anonymity, draft.moderated)
        _may_have_tables(exercise, anonymity, draft.tables)
        return {
            "exercise": draft.exercise,
            "title": _title(exercise, draft.title),
            "question": _question(exercise, draft.question),
            "settings": self._checked(exercise, draft.settings),
            "anonymity": anonymity.value,
            "minutes": _minutes(exercise.minutes if draft.minutes is None else draft.minutes),
            "live": draft.live,
            "moderated": draft.moderated,
            "tables": draft.tables,
            "spread": draft.spread.value,
            "chapter": _chapter(draft.chapter),
            "state": StageState.planned.value,
        }

    def add_stage(
        self, by: Actor, workshop_id: Id, draft: StageDraft, position: int | None = None
    ) -> Stage:
        """Put an exercise into the agenda, at the end unless ``position`` says where."""
        return self.insert_stage(by, workshop_id, self.columns(draft), position)

    def change_stage(
        self,
        by: Actor,
        stage_id: Id,
        *,
        title: Multilingual | None = None,
        question: Multilingual | None = None,
        settings: Mapping[str, Any] | None = None,
        anonymity: Anonymity | None = None,
        minutes: int | None = None,
        live: bool | None = None,
        moderated: bool | None = None,
        tables: int | None = None,
        spread: Spread | None = None,
        chapter: str | None = None,
    ) -> Stage:
        """Change what is given; settings are checked by the exercise's model."""
        stage = self.stage(stage_id)
        exercise = self.exercise(stage)
        columns: dict[str, Any] = {}
        if title is not None:
            columns["title"] = _title(exercise, title)
        if question is not None:
            columns["question"] = _question(exercise, question)
        if settings is not None:
            columns["settings"] = self._checked(exercise, settings)
        if anonymity is not None:
            self._allowed(exercise, anonymity)
            columns["anonymity"] = anonymity.value
        if minutes is not None:
            columns["minutes"] = _minutes(minutes)
        if live is not None:
            _may_be_live(exercise, live)
            columns["live"] = live
        if moderated is not None:
            _may_be_moderated(exercise, anonymity or stage.anonymity, moderated)
            columns["moderated"] = moderated
        if tables is not None:
            _may_have_tables(exercise, anonymity or stage.anonymity, tables)
            columns["tables"] = tables
        elif anonymity is not None:
            _may_have_tables(exercise, anonymity, stage.tables)
        if spread is not None:
            columns["spread"] = spread.value
        if chapter is not None:
            columns["chapter"] = _chapter(chapter)
        return self.update_stage(by, stage_id, columns)

    def move(self, by: Actor, stage_id: Id, to: StageState) -> Stage:
        """Open, lock, reveal, close or reopen a stage.

        Raises:
            Refused: the step is not possible from its present state, or the exercise says what
                is missing (nothing to vote on).
        """
        if to is StageState.open:
            stage = self.stage(stage_id)
            missing = self.exercise(stage).needs(self.settings(stage))
            if missing is not None:
                raise Refused(missing)
        elif to is StageState.closed:
            stage = self.stage(stage_id)
            if stage.state is StageState.open and not self.asks(stage):
                # Nothing to lock, sort or show.
                return self.move_stage(by, stage_id, to, by_way_of=StageState.locked)
        return self.move_stage(by, stage_id, to)

    def _checked(
        self, exercise: Exercise[Any, Any, Any], settings: Mapping[str, Any]
    ) -> dict[str, Any]:
        try:
            kept: dict[str, Any] = exercise.settings.model_validate(dict(settings)).model_dump(
                mode="json"
            )
        except ValidationError as problem:
            raise together(refusals(problem)) from problem
        return kept

    def _allowed(self, exercise: Exercise[Any, Any, Any], anonymity: Anonymity) -> None:
        if anonymity not in exercise.anonymities:
            raise Refused(
                text("This exercise cannot be run in that way of anonymity."), "anonymity"
            )


def said(message: Any) -> Multilingual:
    """Return a message in all languages at once: the start of a title that staff may change."""
    by_language: dict[Language, str] = {
        language: say(message, language) for language in ("bg", "en")
    }
    return Multilingual(**by_language)


def _title(exercise: Exercise[Any, Any, Any], words: Multilingual) -> dict[str, str]:
    return rows.spread(clean_words(words, TITLE) or said(exercise.title))


def _question(exercise: Exercise[Any, Any, Any], words: Multilingual) -> dict[str, str]:
    return rows.spread(clean_words(words, QUESTION, lines=True) or said(exercise.question))


def _chapter(typed: str) -> str:
    return clean(typed, CHAPTER, lines=False)


def _may_be_live(exercise: Exercise[Any, Any, Any], live: bool) -> None:
    if live and (exercise.text is None or exercise.slot is not None):
        raise Refused(
            text("Votes and ratings stay hidden until the reveal: a running total sways people."),
            "live",
        )


def _may_be_moderated(
    exercise: Exercise[Any, Any, Any], anonymity: Anonymity, moderated: bool
) -> None:
    if moderated and (exercise.text is None or anonymity is Anonymity.secret):
        raise Refused(
            text("Nobody writes words of their own here, so nothing can wait to be let through."),
            "moderated",
        )


def _may_have_tables(exercise: Exercise[Any, Any, Any], anonymity: Anonymity, tables: int) -> None:
    if not 0 <= tables <= MOST_TABLES or tables == 1:
        raise Refused(text("Set 2 to {most} tables, or none.", most=MOST_TABLES), "tables")
    if tables and anonymity is Anonymity.secret:
        raise Refused(
            text("A secret ballot knows no tables: nobody may learn who voted where."), "tables"
        )


def _minutes(minutes: int) -> int:
    if not 0 <= int(minutes) <= 480:
        raise Refused(text("A stage is planned for 0 to 480 minutes."), "minutes")
    return int(minutes)
