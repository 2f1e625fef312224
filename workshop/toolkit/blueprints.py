"""Blueprints as the exercises understand them: nothing of one room, nothing unknown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workshop.blueprint import Blueprint, gather, spread
from workshop.exercise import Exercise
from workshop.language import Multilingual, joined, quoted, text
from workshop.model import Actor, Id, Option, Refused, Stage, StageDraft
from workshop.store.blueprints import BlueprintDesk
from workshop.store.opening import Store
from workshop.store.series import SeriesDesk
from workshop.toolkit.agenda import Agenda


class Blueprints(BlueprintDesk):
    """Agendas to make workshops from."""

    def __init__(self, store: Store, agenda: Agenda) -> None:
        super().__init__(store)
        self._agenda = agenda

    def drawn_from(
        self, workshop_id: Id, title: Multilingual, purpose: Multilingual, *, options: bool = False
    ) -> Blueprint:
        """Return a workshop's agenda as a blueprint: no people, no contributions, no results.

        What was handed on from an earlier stage stays out; what is voted on and was typed by hand
        is kept with ``options``.

        Raises:
            Refused: a stage's exercise is gone, or its settings no longer fit.
        """
        shop = SeriesDesk(self.store).workshop(workshop_id)
        stages = tuple(self._draft(stage, options) for stage in self._agenda.stages(workshop_id))
        return Blueprint(key="", title=title, purpose=purpose, minutes=shop.minutes, stages=stages)

    def save(self, by: Actor, made: Blueprint) -> Blueprint:
        """Keep a blueprint, one drawn from a workshop or one that came in a file.

        Raises:
            Refused: it has no stages, needs exercises that are not installed, or holds settings
                that they do not understand; nothing is kept.
        """
        tidy = gather(spread(made))
        if not tidy.stages:
            raise Refused(text("The agenda is empty: there is nothing to save."))
        self._known(tidy)
        stages = tuple(self._checked(place, stage) for place, stage in enumerate(tidy.stages, 1))
        return self.insert_blueprint(by, replace(tidy, stages=stages))

    def _known(self, blueprint: Blueprint) -> None:
        """Refuse what needs exercises that are not installed, naming them all at once."""
        unknown = {
            stage.exercise: stage.title
            for stage in blueprint.stages
            if stage.exercise not in self._agenda.catalogue
        }
        if unknown:
            named = [
                text("{title} ({key})", title=quoted(title), key=key) if title else quoted(key)
                for key, title in unknown.items()
            ]
            raise Refused(
                text(
                    "This blueprint needs exercises that are not installed here: {exercises}.",
                    exercises=joined(named),
                )
            )

    def _checked(self, place: int, stage: StageDraft) -> StageDraft:
        try:
            columns = self._agenda.columns(stage)
        except Refused as refused:
            raise Refused(
                text(
                    "Stage {n} of the blueprint does not fit its exercise: {reason}",
                    n=place,
                    reason=refused.reason,
                )
            ) from refused
        return replace(stage, settings=columns["settings"])

    def _draft(self, stage: Stage, options: bool) -> StageDraft:
        exercise = self._agenda.exercise(stage)
        return StageDraft(
            exercise=stage.exercise,
            title=stage.title,
            question=stage.question,
            settings=_bare(exercise, self._agenda.settings(stage), options),
            anonymity=stage.anonymity,
            minutes=stage.minutes,
            live=stage.live,
            moderated=stage.moderated,
            tables=stage.tables,
            spread=stage.spread,
            chapter=stage.chapter,
        )


def _bare(exercise: Exercise[Any, Any, Any], settings: Any, options: bool) -> dict[str, Any]:
    """Return settings without what belongs to one room."""
    kept = settings.model_dump(mode="json")
    for name, value in dict(settings).items():
        if name in exercise.local:
            del kept[name]
        elif isinstance(value, tuple) and any(isinstance(one, Option) for one in value):
            stay = [options and one.origin is None for one in value]
            kept[name] = [one for one, stays in zip(kept[name], stay, strict=True) if stays]
    return dict(kept)
