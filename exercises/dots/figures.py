"""The raw figures of a dot vote, for the annex of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from exercises.dots.analysis import Result, Voice
from exercises.dots.lists import LONG, PLACES, SHARES, basis, brief, column, plausible
from workshop.blocks import Block, Cell, Column, Table
from workshop.language import Sayable, counted, text


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


def _figures(result: Result) -> list[Block]:
    if result.settings.per_category is not None:
        return [_by_category(result)]
    blocks: list[Block] = [_options(result)]
    if result.voices:
        blocks.append(_groups(result))
    return blocks


def _options(result: Result) -> Table:
    long = len(result.chosen) > LONG  # else the chapter has the plausible places
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
        ]
    if result.stability and long:
        columns.append(Column(head=text("Plausible places")))
    rows: list[tuple[Cell, ...]] = []
    for one in result.chosen:
        row: list[Cell] = [one.option.key, brief(one), one.dots, one.supporters]
        row += [one.shares[weighting] for weighting in result.weightings]
        row += [one.places[weighting].rank for weighting in result.weightings]
        if one.standing:
            row += [one.standing.in_top, plausible(one)] if long else [one.standing.in_top]
        rows.append(tuple(row))
    return Table(
        title=text("All options"),
        columns=tuple(columns),
        rows=tuple(rows),
        basis=basis(result),
        note=_left_out(result),
        key="dots.table",
    )


def _by_category(result: Result) -> Table:
    """Return the dots of every option, category by category, in all and by group.

    Everybody had dots in each category: shares and places over all of them would say nothing.
    """
    single = all(n == 1 for ballot in result.cast for _, n in ballot)
    columns = [
        Column(head=text("No.")),
        Column(head=text("Option"), width=5),
        Column(head=text("Category"), width=2),
        Column(head=text("Dots"), kind="count"),
        *([] if single else [Column(head=text("People"), kind="count")]),
        *(_voice(voice) for voice in result.voices),
    ]
    rows: list[tuple[Cell, ...]] = []
    for category in result.settings.categories:
        for one in result.board(category):
            row: list[Cell] = [one.option.key, brief(one), result.settings.name(category), one.dots]
            row += [] if single else [one.supporters]
            rows.append((*row, *(one.by_group[voice.id][0] for voice in result.voices)))
    return Table(
        title=text("All options"),
        columns=tuple(columns),
        rows=tuple(rows),
        basis=basis(result),
        note=_hidden(result) if result.voices else "",
        key="dots.table",
    )


def _groups(result: Result) -> Table:
    divided = any(one.divides is not None for one in result.chosen)
    columns = [
        Column(head=text("Option"), width=5),
        *(_voice(voice) for voice in result.voices),
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


def _voice(voice: Voice) -> Column:
    head = text("{group} (n\u00a0=\u00a0{n})", group=column(voice), n=voice.ballots)
    return Column(head=head, kind="count")


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
