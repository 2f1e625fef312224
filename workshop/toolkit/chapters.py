"""The chapters no single exercise can tell: context, method, participation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workshop.blocks import Block, Column, Prose, Table
from workshop.language import Sayable, Text, counted, joined, quoted, text
from workshop.model import Anonymity, Series, Workshop
from workshop.report import CHAPTERS, Section

if TYPE_CHECKING:
    from workshop.store.reading import Sight
    from workshop.toolkit.reporting import Told

ANONYMITY: dict[Anonymity, Text] = {
    Anonymity.named: text(
        "named: shown with the organisation and recorded with the person's number"
    ),
    Anonymity.organisation: text(
        "by organisation: shown with the organisation, never with a person"
    ),
    Anonymity.anonymous: text(
        "anonymous to the room: stored for weighting, never shown with a person"
    ),
    Anonymity.secret: text("secret: who voted and what was voted are stored without any link"),
}


def opening(sights: Sequence[Sight]) -> Text:
    """Return the sentence the summary begins with: how many people, of how many organisations."""
    people: list[int] = [sum(1 for one in sight.participants if one.voting) for sight in sights]
    spoken = {
        one.organisation_id for sight in sights for one in sight.participants if one.organisation_id
    }
    if not any(people):
        return text("Nobody has taken part yet.")
    if not spoken:
        return _without_organisations(people)
    if len(sights) == 1:
        return counted(
            "The workshop brought together {n} voting participant from {organisations}.",
            "The workshop brought together {n} voting participants from {organisations}.",
            people[0],
            organisations=organisations(len(spoken)),
        )
    if len(set(people)) == 1:
        return text(
            "Each workshop of this series brought together {people} from {organisations}.",
            people=participants(people[0]),
            organisations=organisations(len(spoken)),
        )
    return text(
        "The workshops of this series brought together {numbers} voting participants "
        "respectively, from {organisations}.",
        numbers=joined(people),
        organisations=organisations(len(spoken)),
    )


def _without_organisations(people: Sequence[int]) -> Text:
    """Return the opening where everybody came as a citizen."""
    if len(people) == 1:
        return counted(
            "The workshop brought together {n} voting participant.",
            "The workshop brought together {n} voting participants.",
            people[0],
        )
    return text(
        "The workshops of this series brought together {numbers} voting participants respectively.",
        numbers=joined(people),
    )


def participants(n: int) -> Text:
    """Return "25 voting participants"."""
    return counted("{n} voting participant", "{n} voting participants", n=n)


def organisations(n: int) -> Text:
    """Return "16 organisations"."""
    return counted("{n} organisation", "{n} organisations", n=n)


def context(series: Series, shops: Sequence[Workshop]) -> list[Block]:
    """R2: what this is about, and which meetings it rests on."""
    blocks: list[Block] = [
        Prose(
            sentences=(
                text(
                    "This report analyses the maturity of {municipality} on the theme {theme}.",
                    municipality=series.municipality,
                    theme=quoted(series.theme),
                ),
                text(
                    "It rests on what stakeholders wrote, voted, rated and promised in the "
                    "workshops "
                    "listed below; every figure can be traced to entries in the database."
                )
                if shops
                else text("No workshop of this series is planned yet."),
            )
        ),
    ]
    if shops:
        blocks.append(_workshops(shops))
    if series.funding:
        blocks.append(Prose(sentences=(series.funding,)))
    return blocks


def _workshops(shops: Sequence[Workshop]) -> Table:
    return Table(
        title=text("The workshops of the series"),
        columns=(
            Column(head=text("Workshop"), width=5),
            Column(head=text("Day"), kind="date", width=2),
            Column(head=text("Planned minutes"), kind="count"),
        ),
        rows=tuple((shop.title, shop.day, shop.minutes) for shop in shops),
        key="workshops",
    )


def method(told: Sequence[Told], silent: Sequence[Text]) -> list[Block | Section]:
    """R3: what was asked in which order, how it was counted, and what was not done."""
    if not told:
        nothing = text("No exercise has brought a result yet.")
        return [Prose(sentences=(nothing, *silent))]
    blocks: list[Block | Section] = [
        Prose(
            sentences=(
                text(
                    "The exercises were held in the order of the table. Their thresholds "
                    "were fixed before the workshops."
                ),
                text(
                    "People take part because they are invited: the figures describe those "
                    "present and are no survey of the population."
                ),
            )
        ),
        Table(
            title=text("Exercises in their order"),
            columns=(
                Column(head=text("Workshop"), width=3),
                Column(head=text("Stage"), width=3),
                Column(head=text("Exercise"), width=2),
                Column(head=text("Who sees what"), width=4),
            ),
            rows=tuple(
                (
                    one.workshop.title,
                    one.stage.title,
                    one.exercise.title,
                    ANONYMITY[one.stage.anonymity],
                )
                for one in told
            ),
            key="exercises",
        ),
    ]
    blocks += _manners(told)
    fed = {one.chapter for one in told}
    missing = [title for key, title in CHAPTERS[4:13] if key not in fed]
    notes: list[Sayable] = list(silent)
    if missing:
        notes.append(
            text(
                "Not part of these workshops, and so not in this report: {chapters}.",
                chapters=joined([quoted(title) for title in missing]),
            )
        )
    if notes:
        blocks.append(
            Section(
                key="R3.not",
                title=text("What was not done"),
                blocks=(Prose(sentences=tuple(notes)),),
            )
        )
    return blocks


def _manners(told: Sequence[Told]) -> list[Section]:
    """Return how each exercise was done; what two stages have in common is said once."""
    by_exercise: dict[str, list[Told]] = {}
    for one in told:
        if one.exercise.method:
            by_exercise.setdefault(one.stage.exercise, []).append(one)
    return [
        Section(
            key=f"R3.{key}",
            title=here[0].exercise.title,
            blocks=tuple(_manner(here)),
        )
        for key, here in by_exercise.items()
    ]


def _manner(here: Sequence[Told]) -> list[Block]:
    said = [tuple(one.exercise.method(one.settings)) for one in here if one.exercise.method]
    if len(said) == 1:
        return [Prose(sentences=said[0])]
    common = [one for one in said[0] if all(one in other for other in said[1:])]
    blocks: list[Block] = []
    for one, sentences in zip(here, said, strict=True):
        if own := tuple(sentence for sentence in sentences if sentence not in common):
            blocks.append(Prose(sentences=own, lead=one.stage.title))
    return [*blocks, Prose(sentences=tuple(common))] if common else blocks
