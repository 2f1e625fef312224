"""The tables of a dot vote: for the report and its annex of raw figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from exercises.dots.analysis import Chosen, Result, Voice
from workshop.blocks import Basis, Block, Cell, Column, Table
from workshop.language import Multilingual, Sayable, Text, counted, joined, text
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


def _figures(result: Result) -> list[Block]:
    blocks: list[Block] = [_options(result)]
    if result.voices:
        blocks.append(_groups(result))
    return blocks


def annex(result: Result) -> Mapping[str, list[Block]]:
    """Return the raw figures: how many people gave how many dots; whole ballots only if safe.

    Ballots beside figures by group or organisation could be sorted back to these, so they are
    listed only where nothing of the kind is told; and never fewer than could hide one another.
    """
    if not result.ballots:
        return {}
    blocks: list[Block] = _figures(result)
    if any(n > 1 for ballot in result.cast for _, n in ballot):  # else people are dots
        blocks.append(_spread(result))
    few = result.ballots < result.smallest_group
    if not few and not result.voices and len(result.weightings) == 1:
        blocks.append(_ballots(result))
    return {"A": blocks}


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


def _spread(result: Result) -> Table:
    most = max((n for ballot in result.cast for _, n in ballot), default=1)
    heads = [counted("{n} dot", "{n} dots", n) for n in range(1, most + 1)]
    given = Counter(pair for ballot in result.cast for pair in ballot)
    rows: list[tuple[Cell, ...]] = [
        (
            one.option.key,
            brief(one),
            result.ballots - one.supporters,
            *(given[one.option.key, n] for n in range(1, most + 1)),
        )
        for one in result.chosen
    ]
    return Table(
        title=text("How many people gave how many dots"),
        columns=(
            Column(head=text("No.")),
            Column(head=text("Option"), width=5),
            Column(head=text("none"), kind="count"),
            *(Column(head=head, kind="count") for head in heads),
        ),
        rows=tuple(rows),
        basis=basis(result),
        key="dots.spread",
    )


def _ballots(result: Result) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (place, sum(n for _, n in ballot), " · ".join(f"{key} × {n}" for key, n in ballot))
        for place, ballot in enumerate(result.cast, 1)
    ]
    return Table(
        title=text("Ballots"),
        columns=(
            Column(head=text("No."), kind="count"),
            Column(head=text("Dots"), kind="count"),
            Column(head=text("Given to"), width=8),
        ),
        rows=tuple(rows),
        basis=basis(result),
        note=text("Sorted by content: the numbers say nothing about people or time."),
        key="dots.ballots",
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
            row.append(_plausible(one))
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
    return joined([PLACES[one] for one in result.weightings])


def _plausible(one: Chosen) -> Cell:
    if one.standing is None:
        return ""
    return text("{low} to {high}", low=one.standing.low, high=one.standing.high)


def _options(result: Result) -> Table:
    columns = [
        Column(head=text("No.")),
        Column(head=text("Option"), width=5),
        Column(head=text("Dots"), kind="count"),
        Column(head=text("People"), kind="count"),
        *(Column(head=SHARES[one], kind="percent", digits=1) for one in result.weightings),
        *(Column(head=PLACES[one], kind="count") for one in result.weightings),
    ]
    if result.stability:
        columns += [
            Column(
                head=text("Among the first {k}", k=result.settings.leading),
                kind="percent",
                digits=0,
            ),
            Column(head=text("Plausible places")),
        ]
    rows: list[tuple[Cell, ...]] = []
    for one in result.chosen:
        row: list[Cell] = [one.option.key, brief(one), one.dots, one.supporters]
        row += [one.shares[weighting] for weighting in result.weightings]
        row += [one.places[weighting].rank for weighting in result.weightings]
        if one.standing:
            row += [one.standing.in_top, _plausible(one)]
        rows.append(tuple(row))
    return Table(
        title=text("All options"),
        columns=tuple(columns),
        rows=tuple(rows),
        basis=basis(result),
        note=_left_out(result),
        key="dots.table",
    )


def _groups(result: Result) -> Table:
    divided = any(one.divides is not None for one in result.chosen)
    columns = [
        Column(head=text("Option"), width=5),
        *(
            Column(
                head=text("{group} (n = {n})", group=column(voice), n=voice.ballots), kind="count"
            )
            for voice in result.voices
        ),
        Column(head=text("All together"), kind="count"),
    ]
    if divided:
        columns += [
            Column(head=text("Difference between groups"), kind="percent", digits=0),
            Column(head=text("Smallest share in a group"), kind="percent", digits=0),
        ]
    rows: list[tuple[Cell, ...]] = []
    for one in result.chosen:
        row: list[Cell] = [brief(one)]
        row += [one.by_group[voice.id][0] for voice in result.voices]
        row.append(one.dots)
        if divided:
            row += [one.divides, one.unites]
        rows.append(tuple(row))
    return Table(
        title=text("Dots by stakeholder group"),
        columns=tuple(columns),
        rows=tuple(rows),
        basis=basis(result),
        note=_hidden(result),
        key="dots.groups",
    )


def _hidden(result: Result) -> Sayable:
    if all(voice.group for voice in result.voices):
        return ""
    return text(
        "Groups of fewer than {k} people are not shown, nor any other that would give them away; "
        "they are counted together.",
        k=result.smallest_group,
    )


def _left_out(result: Result) -> Sayable:
    if not result.uncounted:
        return ""
    return counted(
        "{n} group of one person does not count where every group counts alike.",
        "{n} groups of one person do not count where every group counts alike.",
        result.uncounted,
    )
