"""The tables of a sorting: for the report, its annexes and Excel; and what clusters are called."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

from exercises.affinity.result import Result
from workshop.blocks import Basis, Block, Cell, Column, Heat, Table
from workshop.language import Amount, Multilingual, Sayable, Text, quoted, text
from workshop.model import Option

DRAWN = 26
"""Cards whose matrix can still be read as a picture; of more the nearest pairs are listed."""
PAIRS = 60
LONGEST = 160
"""Characters of a card on the wall."""


def basis(result: Result) -> Basis:
    """Return what a figure rests on."""
    if not result.sorters:
        return Basis(n=result.cards, unit="entries")
    return Basis(
        n=result.sorters,
        of=result.eligible or None,
        note=text("only indicative") if result.indicative else None,
    )


def short(option: Option) -> Multilingual:
    """Return a card as a wall can hold it; the whole wording stands in the annex."""
    return Multilingual(_beginning(option.wording.bg), _beginning(option.wording.en))


def _beginning(typed: str) -> str:
    return typed if len(typed) <= LONGEST else typed[:LONGEST].rsplit(" ", 1)[0] + " …"


def unnamed(result: Result, place: int) -> Sayable:
    """Return what a cluster is called: its name, else what most people call it, else a number."""
    one = result.clusters[place]
    if one.theme is not None:
        return one.name
    return quoted(one.name) if one.name else text("Cluster {n}", n=place + 1)


def title(result: Result, place: int, *, firm: bool = True) -> Text:
    """Return the heading of a cluster: its number, its name, and how firmly it holds together."""
    one = result.clusters[place]
    named: Sayable = unnamed(result, place)
    if one.theme is None and not one.name:
        head = text("Cluster {n}", n=place + 1)
    else:
        head = text("{n}. {name}", n=place + 1, name=named)
    if one.strength is None or not firm:
        return head
    share = Amount(one.strength, 0, "percent")
    return text("{head} · {share} put them together", head=head, share=share)


def details(result: Result) -> list[Block]:
    """Return the matrix in the order of the tree; of many cards the pairs most often together."""
    if result.matrix is None:
        return []
    return [_matrix(result) if result.cards <= DRAWN else _pairs(result)]


def annex(result: Result) -> Mapping[str, list[Block]]:
    """Return every card with its cluster (A), and every name people gave (B)."""
    if not result.clusters:
        return {}
    answer: dict[str, list[Block]] = {"A": [_cards(result)]}
    if any(one.names for one in result.clusters):
        answer["B"] = [_names(result)]
    return answer


def _matrix(result: Result) -> Heat:
    matrix = result.matrix
    keys = [one.key for one in result.order]
    places = {card: place for place, card in enumerate(matrix.cards)} if matrix else {}
    return Heat(
        title=text("How many of a hundred put two cards together"),
        rows=tuple(keys),
        columns=tuple(keys),
        values=tuple(
            tuple(_percent(result, places[one], places[other]) for other in keys) for one in keys
        ),
        low=0,
        high=100,
        kind="count",
        digits=0,
        basis=basis(result),
        note=text("In the order of the tree: what lies together often stands together."),
        key="affinity.matrix",
    )


def _percent(result: Result, one: int, other: int) -> float | None:
    share = result.matrix.share(one, other) if result.matrix else None
    return None if share is None else round(100 * share)


def _pairs(result: Result) -> Table:
    words = {option.key: option.wording for option in result.order}
    found = []
    if result.matrix is not None:
        cards = result.matrix.cards
        for one, other in combinations(range(len(cards)), 2):
            share = result.matrix.share(one, other)
            if share is not None:
                found.append((-share, cards[one], cards[other]))
    rows: list[tuple[Cell, ...]] = [
        (words[one], words[other], -share) for share, one, other in sorted(found)[:PAIRS]
    ]
    return Table(
        title=text("Cards that lie together most often"),
        columns=(
            Column(head=text("Card"), width=4),
            Column(head=text("and"), width=4),
            Column(head=text("Share who put them together"), kind="percent", digits=0),
        ),
        rows=tuple(rows),
        basis=basis(result),
        key="affinity.pairs",
    )


def _cards(result: Result) -> Table:
    told = result.matrix is not None
    columns = [
        Column(head=text("No.")),
        Column(head=text("Card"), width=5),
        Column(head=text("Cluster"), width=2),
    ]
    if told:
        columns += [
            Column(head=text("With its cluster"), kind="percent", digits=0),
            Column(head=text("More often with"), width=2),
        ]
    rows: list[tuple[Cell, ...]] = []
    for place, cluster in enumerate(result.clusters):
        for one in cluster.cards:
            row: list[Cell] = [one.option.key, one.option.wording, unnamed(result, place)]
            if told:
                near: Cell = "" if one.nearest is None else unnamed(result, one.nearest)
                row += [one.closeness, near]
            rows.append(tuple(row))
    alone: list[Cell] = ["", None, ""] if told else [""]
    rows += [(one.option.key, one.option.wording, *alone) for one in result.singles]
    return Table(
        title=text("Cards by cluster"),
        columns=tuple(columns),
        rows=tuple(rows),
        basis=basis(result),
        note=_left_out(result),
        key="affinity.cards",
    )


def _left_out(result: Result) -> Sayable:
    if not (result.merged or result.hidden):
        return ""
    return text(
        "Not in it: {merged} merged into others, {hidden} hidden.",
        merged=result.merged,
        hidden=result.hidden,
    )


def _names(result: Result) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (unnamed(result, place), given.name, given.people)
        for place, cluster in enumerate(result.clusters)
        for given in cluster.names
    ]
    return Table(
        title=text("Names people gave their piles"),
        columns=(
            Column(head=text("Cluster"), width=3),
            Column(head=text("Name"), width=4),
            Column(head=text("People"), kind="count"),
        ),
        rows=tuple(rows),
        basis=basis(result),
        key="affinity.names",
    )
