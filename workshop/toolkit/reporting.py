"""Compose the report: every stage in its chapter, and what no single exercise can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workshop.blocks import Block, Prose
from workshop.exercise import Exercise, Summary
from workshop.language import LANGUAGES, Sayable, Text, counted, joined, quoted, say, text
from workshop.model import Contribution, Id, Refused, Stage, StageState, Workshop
from workshop.report import ANNEXES, CHAPTERS, Report, Section
from workshop.store.observations import ObservationDesk
from workshop.store.opening import Store
from workshop.store.reading import Sight, look_at
from workshop.store.series import SeriesDesk
from workshop.store.speaking import SpeakingDesk
from workshop.toolkit import annexes, chapters, lineage, participation, readiness, summary
from workshop.toolkit.agenda import Agenda

VERSION = "0.1.0"
TOLD = (StageState.revealed, StageState.closed, StageState.locked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A stage with everything the report needs of it."""

    workshop: Workshop
    stage: Stage
    exercise: Exercise[Any, Any, Any]
    settings: Any
    result: Any
    blocks: tuple[Block, ...]
    details: tuple[Block, ...]
    contributions: tuple[Contribution[Any], ...]

    @property
    def chapter(self) -> str:
        """Where it stands: the stage's own choice, else the exercise's."""
        return self.stage.chapter or self.exercise.chapter

    @property
    def summary(self) -> Summary:
        """What it adds to the executive summary."""
        return self.exercise.summary(self.result) if self.exercise.summary else Summary()


def compose(store: Store, agenda: Agenda, results: Any, series_id: Id) -> Report:
    """Return the report of a series from the results as they stand now.

    Stages that are locked, revealed or closed are told; an open one is still being written and
    its result would show votes before they end.
    """
    desk = SeriesDesk(store)
    series, shops = desk.series(series_id), held(desk.workshops(series_id))
    sights = tuple(look_at(store, shop.id) for shop in shops)
    told, silent, quiet = _told(agenda, results, shops)
    unheard = [*silent, *_nothing_came(quiet)]
    moves = tuple(event for shop in shops for event in results.moves(shop.id))
    spans = {shop.id: SpeakingDesk(store).spans(shop.id) for shop in shops}
    body = [
        *_chapter("R1", summary.summary(told, sights)),
        *_chapter("R2", chapters.context(series, shops)),
        *_chapter("R3", [*chapters.method(told, unheard), *_parts(told, "R3")]),
        *_chapter("R4", participation.participation(sights, told, spans)),
        *_exercises(told),
        *_annexes(told, _general(store, sights, told, moves, _all_stages(agenda, shops))),
    ]
    return Report(
        series=series,
        workshops=shops,
        title=text("Maturity analysis"),
        subtitle=series.theme,
        status=readiness.status(series, shops, told),
        made_at=store.now(),
        sections=tuple(body),
        readiness=readiness.checklist(series, shops, told, silent),
        version=VERSION,
    )


def held(shops: Sequence[Workshop]) -> tuple[Workshop, ...]:
    """Return the workshops that count: a rehearsal does only where there is nothing else."""
    real = tuple(shop for shop in shops if not shop.rehearsal)
    return real or tuple(shops)


def _told(
    agenda: Agenda, results: Any, shops: Sequence[Workshop]
) -> tuple[list[Told], list[Text], list[Text]]:
    """Return what can be told, a sentence on each stage that cannot, titles without answers."""
    told: list[Told] = []
    silent: list[Text] = []
    quiet: list[Text] = []
    for shop in shops:
        for stage in agenda.stages(shop.id):
            if stage.state not in TOLD or _only_spoken(agenda, results, stage):
                continue
            try:
                if _unanswered(agenda, results, stage):
                    quiet.append(quoted(stage.title))
                    continue
                told.append(_tell(agenda, results, shop, stage))
            except Refused as problem:
                silent.append(
                    text(
                        "“{stage}” could not be told: {why}", stage=stage.title, why=problem.reason
                    )
                )
    return told, silent, quiet


def _nothing_came(quiet: Sequence[Text]) -> list[Text]:
    """Say which stages brought nothing; ``quiet``: their titles."""
    if not quiet:
        return []
    return [
        counted(
            "{stages} was held, but nobody answered.",
            "{stages} were held, but nobody answered.",
            len(quiet),
            stages=joined(quiet),
        )
    ]


def _unanswered(agenda: Agenda, results: Any, stage: Stage) -> bool:
    """Return whether people were asked and gave nothing: no chapter says that in ten tables."""
    if agenda.shows(stage) or not agenda.asks(stage):
        return False
    return not results.contributions(stage.id, everything=True)


def _only_spoken(agenda: Agenda, results: Any, stage: Stage) -> bool:
    """Return whether nothing was asked, shown or written: a break, a speech."""
    if agenda.asks(stage) or agenda.shows(stage):
        return False
    return not results.contributions(stage.id, everything=True)


def _tell(agenda: Agenda, results: Any, shop: Workshop, stage: Stage) -> Told:
    return Told(
        workshop=shop,
        stage=stage,
        exercise=agenda.exercise(stage),
        settings=agenda.settings(stage),
        result=results.result(stage.id),
        blocks=tuple(results.tell(stage.id)),
        details=tuple(results.details(stage.id)),
        contributions=tuple(results.contributions(stage.id, everything=True)),
    )


def _chapter(key: str, content: Sequence[Block | Section]) -> list[Section]:
    if not content:
        return []
    blocks = tuple(one for one in content if not isinstance(one, Section))
    sections = tuple(one for one in content if isinstance(one, Section))
    return [Section(key=key, title=dict(CHAPTERS)[key], blocks=blocks, sections=sections)]


def _exercises(told: Sequence[Told]) -> Iterator[Section]:
    """Yield the chapters that stages feed; a heading of its own only where there are several."""
    for key, title in CHAPTERS[4:13]:
        parts = _parts(told, key)
        if len(parts) == 1:
            yield replace(parts[0], key=key, title=title)
        elif parts:
            yield Section(key=key, title=title, sections=tuple(parts))


def _parts(told: Sequence[Told], key: str) -> list[Section]:
    """Return what stages say in a chapter; one that is not theirs alone has headings for each."""
    here = [one for one in told if one.chapter == key]
    alone = len(here) == 1 and key != "R3"
    return [
        Section(
            key=f"{key}.{place}",
            title=_title(one, key),
            blocks=(_heading(one, alone=alone), *_flow(one.blocks, one.details)),
            source=_source(one),
        )
        for place, one in enumerate(here, 1)
    ]


def _source(one: Told) -> Text:
    """Return the line under figures: which stage they were made from, and when."""
    return text("Source: {stage}, {day}.", stage=quoted(one.stage.title), day=one.workshop.day)


def _title(one: Told, key: str) -> Sayable:
    """Return the heading of a stage; one called like its chapter is told by its exercise."""
    chapter = dict(CHAPTERS)[key]
    same = all(say(one.stage.title, each) == say(chapter, each) for each in LANGUAGES)
    return one.exercise.title if same else one.stage.title


def _flow(blocks: Sequence[Block], details: Sequence[Block]) -> list[Block]:
    """Return what the wall shows and what only the report has room for; findings stand together."""
    first = details[0] if details else None
    if not (isinstance(first, Prose) and first.tone == "finding"):
        return [*blocks, *details]
    for place, one in enumerate(blocks):
        if isinstance(one, Prose) and one.tone == "finding":
            whole = replace(one, sentences=(*one.sentences, *first.sentences))
            return [*blocks[:place], whole, *blocks[place + 1 :], *details[1:]]
    return [*blocks, *details]


def _heading(one: Told, *, alone: bool) -> Prose:
    """Return what was asked, where and when; the stage is named where no heading does."""
    asked: dict[str, Sayable] = {
        "workshop": one.workshop.title,
        "day": one.workshop.day,
        "question": one.stage.question,
    }
    named = text("{question} (“{stage}”, {workshop}, {day})", stage=one.stage.title, **asked)
    sentence = named if alone else text("{question} ({workshop}, {day})", **asked)
    return Prose(lead=text("Question"), sentences=(sentence,))


def _all_stages(agenda: Agenda, shops: Sequence[Workshop]) -> lineage.Origins:
    return {stage.id: (shop, stage) for shop in shops for stage in agenda.stages(shop.id)}


def _general(
    store: Store,
    sights: Sequence[Sight],
    told: Sequence[Told],
    moves: Sequence[Any],
    stages: lineage.Origins,
) -> dict[str, Sequence[Block]]:
    """Return what no single exercise can tell, by the letter of its annex."""
    noted = [
        one for sight in sights for one in ObservationDesk(store).observations(sight.workshop.id)
    ]
    return {
        "A": lineage.handed_on(told, stages),
        "C": annexes.questions(told),
        "D": annexes.statistics_notes(sights, VERSION) if told else [],
        "F": annexes.glossary() if told else [],
        "G": annexes.moderation(told, moves) if told else [],
        "I": annexes.observed(
            sights, {key: stage.title for key, (_, stage) in stages.items()}, noted
        ),
    }


def _annexes(told: Sequence[Told], general: Mapping[str, Sequence[Block]]) -> list[Section]:
    """Return the annexes: under each letter what is general, then what each exercise adds."""
    own: dict[str, list[Section]] = {}
    for one in told:
        for letter, told_blocks in (
            one.exercise.annex(one.result) if one.exercise.annex else {}
        ).items():
            if not told_blocks:
                continue
            own.setdefault(letter, []).append(
                Section(
                    key=f"R14.{letter}.{one.stage.id[:6]}",
                    title=one.stage.title,
                    blocks=tuple(told_blocks),
                    source=_source(one),
                )
            )
    parts = []
    for letter, title in ANNEXES:
        shared = tuple(general.get(letter, ()))
        if shared or own.get(letter):
            parts.append(
                Section(
                    key=f"R14.{letter}",
                    title=text("Annex {letter}. {title}", letter=letter, title=title),
                    blocks=shared,
                    sections=tuple(own.get(letter, ())),
                )
            )
    whole = Section(key="R14", title=dict(CHAPTERS)["R14"], sections=tuple(parts))
    return [whole] if parts else []
