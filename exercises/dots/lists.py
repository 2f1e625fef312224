"""The table of a dot vote that its chapter has room for, and words its tables share."""

from __future__ import annotations

from exercises.dots.analysis import Chosen, Result, Voice
from workshop.blocks import Basis, Block, Cell, Column, Table
from workshop.language import Multilingual, Sayable, Text, joined, text
from workshop.statistics.ranking import Firmness
from workshop.statistics.weighting import Weighting

WEIGHED: dict[Weighting, Text] = {
    Weighting.PARTICIPANT: text("every person alike"),
    Weighting.ORGANISATION: text("every organisation alike"),
    Weighting.GROUP: text("every group alike"),
}
SHARES: dict[Weighting, Sayable] = {
    Weighting.PARTICIPANT: text("Share by person"),
    Weighting.ORGANISATION: text("Share by organisation"),
    Weighting.GROUP: text("Share by group"),
}
PLACES: dict[Weighting, Sayable] = {
    Weighting.PARTICIPANT: text("Place by person"),
    Weighting.ORGANISATION: text("Place by organisation"),
    Weighting.GROUP: text("Place by group"),
}


FIRM: dict[Firmness, Text] = {
    Firmness.ROBUST: text("robust"),
    Firmness.LIKELY: text("likely"),
    Firmness.SENSITIVE: text("sensitive"),
}

LONG = 20
"""Options that a chapter has room for: nobody reads sixty rows in it."""
BRIEF = 120
"""Signs of an option beside its figures; the whole wording stands where it was written."""


def details(result: Result) -> list[Block]:
    """Return how firm the places are; all figures fill the annex."""
    parted = result.settings.per_category is not None
    if not result.ballots or parted or len(result.chosen) > LONG:
        return []
    return [_places(result)]


def name(one: Chosen) -> Multilingual:
    """Return an option as it is shown."""
    return one.option.wording


def brief(one: Chosen) -> Multilingual:
    """Return the beginning of a long option: a table of figures is no place for a page of text."""
    words = one.option.wording
    return Multilingual(bg=_beginning(words.bg), en=_beginning(words.en))


def _beginning(words: str) -> str:
    return words if len(words) <= BRIEF else f"{words[:BRIEF].rsplit(' ', 1)[0]} …"


def column(voice: Voice) -> Sayable:
    """Return the name of a group's column."""
    return voice.group.name if voice.group else text("Other groups together")


def basis(result: Result, weighting: Weighting | None = None) -> Basis:
    """Return what a figure rests on: so many ballots of so many people."""
    return Basis(
        n=result.ballots,
        of=result.eligible or None,
        unit="ballots",
        weighting=WEIGHED[weighting] if weighting else None,
        note=text("only indicative") if result.indicative else None,
    )


def _places(result: Result) -> Table:
    """Return the place of every option however votes are weighed, and how firm it is."""
    columns = [
        Column(head=text("No.")),
        Column(head=text("Option"), width=4),
        Column(head=text("Dots"), kind="count"),
        Column(head=text("People"), kind="count"),
        Column(head=_ways(result), width=2),
    ]
    if result.stability:
        columns.append(Column(head=text("Plausible places")))
    if len(result.weightings) > 1:
        columns.append(Column(head=text("How firm"), width=2))
    rows: list[tuple[Cell, ...]] = []
    for one in result.chosen:
        row: list[Cell] = [one.option.key, brief(one), one.dots, one.supporters]
        row.append(" · ".join(str(one.places[way].rank) for way in result.weightings))
        if result.stability:
            row.append(plausible(one))
        if len(result.weightings) > 1:
            row.append(FIRM[one.label] if one.label else "")
        rows.append(tuple(row))
    return Table(
        title=text("Places and how firm they are"),
        columns=tuple(columns),
        rows=tuple(rows),
        basis=basis(result),
        note=text("All shares and the dots by group stand in annex A."),
        key="dots.places",
    )


def _ways(result: Result) -> Sayable:
    if len(result.weightings) == len(PLACES):
        return text("Place by person · organisation · group")
    if result.weightings == (Weighting.PARTICIPANT, Weighting.ORGANISATION):
        return text("Place by person · organisation")
    return joined([PLACES[one] for one in result.weightings])


def plausible(one: Chosen) -> Cell:
    """Return the places an option might take had others come."""
    if one.standing is None:
        return ""
    return text("{low} to {high}", low=one.standing.low, high=one.standing.high)
