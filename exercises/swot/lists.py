"""The lists of a SWOT analysis that only the report has room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exercises.swot.analysis import Counts, Idea, Result
from exercises.swot.model import LETTERS, NAMES
from workshop.blocks import Basis, Block, Cell, Column, Table
from workshop.language import Sayable, Text, counted, joined, quoted, text
from workshop.text import personal


def details(result: Result) -> list[Block]:
    """Return who spoke, by group; the lists of cards and the themes by group fill the annex."""
    return [_by_group(result)] if result.ideas and result.groups else []


def annex(result: Result) -> Mapping[str, list[Block]]:
    """Return themes by group (A), the cards, and what was sent otherwise than they stand (B).

    Hidden ones are counted in annex G.
    """
    if not result.ideas:
        return {}
    lists: list[Block] = [_list(result, one) for one in LETTERS if result.quadrant(one)]
    if rows := [row for idea in result.ideas for row in _originals(idea)]:
        lists.append(_as_sent(result, rows))
    if result.groups and result.themes:
        return {"A": [_themes_by_group(result)], "B": lists}
    return {"B": lists}


def _originals(idea: Idea) -> list[tuple[Cell, ...]]:
    """Return what was sent for a card, unless the card stands as it was sent."""
    moved = idea.submitted != idea.quadrant
    reworded = idea.text not in (idea.words.bg, idea.words.en)
    if not (idea.merged or moved or reworded):
        return []
    fate: Sayable = text("stands")
    if moved:
        fate = text("moved to {field}", field=quoted(NAMES[idea.quadrant]))
    elif idea.whole:
        fate = text("stands as a part of {label}", label=idea.whole)
    elif reworded:
        fate = text("stands in other words")
    rows: list[tuple[Cell, ...]] = [
        (idea.label, _typed(idea.text, idea), NAMES[idea.submitted], fate)
    ]
    return rows + [
        (
            label,
            _typed(typed, idea),
            NAMES[submitted],
            text("merged into {label}", label=idea.label),
        )
        for label, submitted, typed in idea.merged
    ]


def _as_sent(result: Result, rows: Sequence[tuple[Cell, ...]]) -> Table:
    return Table(
        title=text("Entries merged, moved or reworded, as they were sent"),
        columns=(
            Column(head=text("No.")),
            Column(head=text("Entry"), width=6),
            Column(head=text("Submitted as"), width=2),
            Column(head=text("What became of it"), width=2),
        ),
        rows=tuple(rows),
        basis=basis(result, len(rows)),
        note=_refiled(result),
        key="swot.entries",
    )


def spoken_by(idea: Idea) -> Sayable:
    """Return from whom an idea comes, as far as the stage lets it be shown."""
    names: Sequence[Sayable] = idea.by or [group.name for group in idea.groups]
    return joined(names) if names else ""


def basis(result: Result, n: int | None = None) -> Basis:
    """Return what a list rests on: so many entries, all cards unless said otherwise."""
    return Basis(n=len(result.ideas) if n is None else n, unit="entries")


def _list(result: Result, letter: str) -> Table:
    columns = [
        Column(head=text("No.")),
        Column(head=text("Entry"), width=6),
        Column(head=text("Support"), kind="count"),
        Column(head=text("Theme"), width=2),
    ]
    if result.source == "organisation":
        columns.append(Column(head=text("From"), width=4))
    elif result.source == "group":
        columns.append(Column(head=text("Groups"), width=4))
    rows: list[tuple[Cell, ...]] = []
    for idea in result.quadrant(letter):
        row: list[Cell] = [idea.label, idea.words, idea.support]
        row.append(idea.theme.name if idea.theme else "")
        if result.source:
            row.append(spoken_by(idea))
        rows.append(tuple(row))
    return Table(
        title=NAMES[letter],
        columns=tuple(columns),
        rows=tuple(rows),
        basis=basis(result, len(rows)),
        key=f"swot.{letter}",
    )


def _by_group(result: Result) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.group.name, one.people, *_row(one.counts)) for one in result.groups
    ]
    rows.append((text("All together"), result.eligible, *_row(result.all_groups)))
    return Table(
        title=text("Entries by stakeholder group"),
        columns=(
            Column(head=text("Group"), width=3),
            Column(head=text("People"), kind="count"),
            *(Column(head=NAMES[letter], kind="count") for letter in LETTERS),
        ),
        rows=tuple(rows),
        basis=basis(result, sum(result.all_groups.values())),
        note=_not_shown(result),
        key="swot.groups",
    )


def _themes_by_group(result: Result) -> Table:
    return Table(
        title=text("Themes by stakeholder group"),
        columns=(
            Column(head=text("Theme"), width=3),
            *(Column(head=one.group.name, kind="count") for one in result.groups),
        ),
        rows=tuple(
            (one.theme.name, *(one.groups[shown.group.id] for shown in result.groups))
            for one in result.themes
        ),
        basis=basis(result, sum(result.all_groups.values())),
        note=text(
            "Groups of fewer than {k} people are not shown, nor any other that would give them "
            "away.",
            k=result.smallest_group,
        )
        if result.groups_hidden
        else "",
        key="swot.themes_by_group",
    )


def _typed(typed: str, idea: Idea) -> Sayable:
    """Return what somebody typed, unless it gives a person away and the wall no longer shows it."""
    if personal(typed) and typed not in (idea.words.bg, idea.words.en):
        return text("(personal data left out)")
    return typed


def _row(counts: Counts) -> tuple[int, ...]:
    return tuple(counts[letter] for letter in LETTERS)


def _not_shown(result: Result) -> Sayable:
    counts = text("Merged entries are counted for the group of each of their authors.")
    if not result.groups_hidden:
        return counts
    hidden = text(
        "Groups of fewer than {k} people are not shown, nor any other that would give them away; "
        "the last row contains them.",
        k=result.smallest_group,
    )
    return Text("{counts} {hidden}", (("counts", counts), ("hidden", hidden)))


def _refiled(result: Result) -> Sayable:
    if not result.refiled:
        return ""
    return counted(
        "{n} entry was moved to another field by the facilitator.",
        "{n} entries were moved to another field by the facilitator.",
        result.refiled,
    )
