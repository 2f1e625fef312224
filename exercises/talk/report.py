"""Tell the notes of a talk, list them for the annex, and offer them to a later stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exercises.talk.analysis import Note, Result
from exercises.talk.model import Settings
from workshop.blocks import Basis, Block, Cell, Column, Prose, Quote, Quotes, Table
from workshop.exercise import Offer
from workshop.language import Multilingual, Sayable, counted, joined, text
from workshop.model import Origin
from workshop.text import personal

LONGEST = 160
"""Characters of a note on the wall."""


def tell(result: Result) -> list[Block]:
    """Return the notes, theme by theme."""
    if not result.notes:
        return [Prose(sentences=(text("No notes were written."),))]
    blocks: list[Block] = [
        _listed(result, theme.name, result.under(theme)) for theme in result.themes
    ]
    others = result.under(None)
    if others:
        title = text("Other notes") if result.themes else text("Notes from the room")
        blocks.append(_listed(result, title, others))
    return blocks


def method(settings: Settings) -> list[Sayable]:
    """Return how it was done."""
    return [
        text(
            "During a conversation in the room people wrote notes on their phones. The notes are "
            "recorded, the conversation is not. Similar notes were merged by a facilitator."
        )
    ]


def annex(result: Result) -> Mapping[str, list[Block]]:
    """Return every note as it was sent, and what became of it (B)."""
    if not result.notes:
        return {}
    rows: list[tuple[Cell, ...]] = []
    for note in sorted(result.notes, key=lambda one: one.number):
        reworded = note.text not in (note.words.bg, note.words.en)
        fate: Sayable = text("stands in other words") if reworded else text("stands")
        if note.whole:
            fate = text("stands as a part of {label}", label=note.whole)
        rows.append((note.label, _typed(note.text, note), note.support, fate))
        rows += [
            (label, _typed(typed, note), None, text("merged into {label}", label=note.label))
            for label, typed in note.merged
        ]
    table = Table(
        title=text("Notes from the room"),
        columns=(
            Column(head=text("No.")),
            Column(head=text("Note"), width=6),
            Column(head=text("Support"), kind="count"),
            Column(head=text("What became of it"), width=2),
        ),
        rows=tuple(rows),
        basis=Basis(n=len(rows), unit="entries"),
        key="talk.notes",
    )
    return {"B": [table]}


def offers(result: Result) -> list[Offer]:
    """Return the notes by support."""
    supports = [note.support for note in result.notes]
    return [
        Offer(
            key=note.label,
            wording=note.words,
            origin=Origin(
                stage_id=result.stage_id,
                contribution_ids=note.contribution_ids,
                label=note.label,
            ),
            rank=1 + supports.index(note.support),
            note=counted("{n} person", "{n} people", note.support),
        )
        for note in result.notes
    ]


def _listed(result: Result, title: Sayable, notes: Sequence[Note]) -> Quotes:
    return Quotes(
        title=title,
        quotes=tuple(
            Quote(
                words=Multilingual(_beginning(note.words.bg), _beginning(note.words.en)),
                by=joined(note.by) if note.by else "",
                label=note.label,
                support=note.support,
            )
            for note in notes
        ),
        basis=Basis(n=len(notes), unit="entries"),
    )


def _beginning(typed: str) -> str:
    return typed if len(typed) <= LONGEST else typed[:LONGEST].rsplit(" ", 1)[0] + " …"


def _typed(typed: str, note: Note) -> Sayable:
    """Return what somebody typed, unless it gives a person away and the wall no longer shows it."""
    if personal(typed) and typed not in (note.words.bg, note.words.en):
        return text("(personal data left out)")
    return typed
