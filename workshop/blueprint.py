"""A blueprint: an agenda without its people, to make further workshops from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from workshop.fields import Form, Rows, read, wrong
from workshop.language import Multilingual, text
from workshop.model import Anonymity, Id, Refused, Spread, StageDraft
from workshop.seating import MOST_TABLES
from workshop.text import clean_words

MOST_STAGES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    """An agenda with what it is good for; ``minutes`` include talk, breaks and welcome."""

    key: Id
    """A word of ours for a ready one, an id for one that was saved."""
    title: Multilingual
    purpose: Multilingual = Multilingual()
    minutes: int = 180
    stages: tuple[StageDraft, ...] = ()
    note: Multilingual = Multilingual()
    """What it cannot do yet, or what has to be prepared."""
    own: bool = False
    """Saved here, so it can be renamed and deleted."""


def _tidy(limit: int, lines: bool) -> AfterValidator:
    def tidy(words: Multilingual) -> Multilingual:
        try:
            return clean_words(words, limit, lines)
        except Refused as refused:
            raise wrong(refused.reason) from None

    return AfterValidator(tidy)


class _Stage(Form):
    exercise: Annotated[str, Field(min_length=1, max_length=60)]
    title: Annotated[Multilingual, _tidy(300, False)] = Multilingual()
    question: Annotated[Multilingual, _tidy(2000, True)] = Multilingual()
    settings: Mapping[str, Any] = Field(default_factory=dict)
    anonymity: Anonymity | None = None
    minutes: Annotated[int, Field(ge=0, le=480)] | None = None
    live: bool = False
    moderated: bool = False
    tables: Annotated[int, Field(ge=0, le=MOST_TABLES)] = 0
    spread: Spread = Spread.mixed
    chapter: Annotated[str, Field(max_length=8)] = ""


class _Blueprint(Form):
    title: Annotated[Multilingual, _tidy(300, False)]
    purpose: Annotated[Multilingual, _tidy(1000, True)] = Multilingual()
    minutes: Annotated[int, Field(ge=5, le=1440)]
    stages: Annotated[Rows[_Stage], Field(max_length=MOST_STAGES)]


def spread(blueprint: Blueprint) -> dict[str, Any]:
    """Return a blueprint as plain JSON, for the database and for a file."""
    return {
        "title": _both(blueprint.title),
        "purpose": _both(blueprint.purpose),
        "minutes": blueprint.minutes,
        "stages": [
            {
                "exercise": stage.exercise,
                "title": _both(stage.title),
                "question": _both(stage.question),
                "settings": dict(stage.settings),
                "anonymity": stage.anonymity.value if stage.anonymity else None,
                "minutes": stage.minutes,
                "live": stage.live,
                "moderated": stage.moderated,
                "tables": stage.tables,
                "spread": stage.spread.value,
                "chapter": stage.chapter,
            }
            for stage in blueprint.stages
        ],
    }


def gather(found: Mapping[str, Any], key: Id = "") -> Blueprint:
    """Return a blueprint from plain JSON as ``spread`` writes it, with clean texts.

    Raises:
        Refused: something in it is missing, unknown or of another kind.
    """
    checked: _Blueprint = read(_Blueprint, found)
    if not checked.title:
        raise Refused(text("Please write what the blueprint is called."), "title")
    return Blueprint(
        key=key,
        title=checked.title,
        purpose=checked.purpose,
        minutes=checked.minutes,
        stages=tuple(StageDraft(**dict(stage)) for stage in checked.stages),
        own=bool(key),
    )


def _both(words: Multilingual) -> dict[str, str]:
    return {"bg": words.bg, "en": words.en}
