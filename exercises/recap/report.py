"""Tell what is recalled, stage by stage, and what people say has changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exercises.recap.analysis import Note, Recalled, Result
from exercises.recap.model import Settings
from workshop.blocks import Basis, Block, Cell, Column, Figures, Prose, Quote, Quotes, Table
from workshop.exercise import Offer
from workshop.language import Multilingual, Sayable, Text, counted, joined, text
from workshop.model import Origin
from workshop.text import personal

LONGEST = 160
"""Characters of a line on the wall."""


def tell(result: Result) -> list[Block]:
    """Return each stage that is recalled, then the notes."""
    blocks: list[Block] = []
    for place, one in enumerate(result.recalled, 1):
        blocks += _since(one) if one.earlier.since else _best(one, place)
    if not blocks:
        nothing = text("No earlier workshop of this series has shown a result yet.")
        blocks.append(Prose(sentences=(nothing,)))
    if result.notes:
        blocks.append(_changes(result))
    elif result.asked:
        blocks.append(Prose(sentences=(text("Nobody wrote what has changed."),)))
    return blocks


def method(settings: Settings) -> list[Sayable]:
    """Return how it was done."""
    said: list[Sayable] = [
        text(
            "The room was reminded of earlier workshops: the first lines of their stages, and "
            "what had become of the commitments. Lines that share the last place are shown "
            "together; nobody is named who was not named then."
        )
    ]
    if settings.notes:
        said.append(
            text("People wrote on their phones what has changed, without seeing each other's.")
        )
    return said


def annex(result: Result) -> Mapping[str, list[Block]]:
    """Return every note as it was sent, and what became of it (B)."""
    if not result.notes:
        return {}
    rows: list[tuple[Cell, ...]] = []
    for note in sorted(result.notes, key=lambda one: one.number):
        reworded = note.text not in (note.words.bg, note.words.en)
        fate: Sayable = text("stands in other words") if reworded else text("stands")
        rows.append((note.label, _typed(note.text, note), note.support, fate))
        rows += [
            (label, _typed(typed, note), None, text("merged into {label}", label=note.label))
            for label, typed in note.merged
        ]
    table = Table(
        title=text("What has changed"),
        columns=(
            Column(head=text("No.")),
            Column(head=text("Note"), width=6),
            Column(head=text("Support"), kind="count"),
            Column(head=text("What became of it"), width=2),
        ),
        rows=tuple(rows),
        basis=Basis(n=len(rows), unit="entries"),
        key="recap.notes",
    )
    return {"B": [table]}


def offers(result: Result) -> list[Offer]:
    """Return the notes by support; what is recalled is handed on from where it was said."""
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


def _since(one: Recalled) -> list[Block]:
    """Return what an exercise itself tells of what became of it, under the name of its stage."""
    named: list[Block] = []
    for block in one.earlier.since:
        if isinstance(block, Prose | Figures):
            named.append(block)
        else:
            named.append(replace(block, title=_titled(one, block.title)))
    return named


def _titled(one: Recalled, title: Sayable) -> Text:
    return text("{title} ({workshop})", title=title, workshop=one.earlier.workshop)


def _best(one: Recalled, place: int) -> list[Block]:
    """Return the first lines of a stage; nothing where it has none."""
    if not one.best:
        return []
    more = counted(
        "{n} more line shares this place.", "{n} more lines share this place.", one.equal
    )
    table = Table(
        title=_titled(one, one.earlier.title),
        columns=(
            Column(head=text("Place"), kind="count"),
            Column(head=text("What you said"), width=6),
            Column(head=text("Support"), width=2),
        ),
        rows=tuple((line.rank, _short(line.wording), line.note) for line in one.best),
        note=more if one.equal else "",
        key=f"recap.{place}",
    )
    return [table]


def _changes(result: Result) -> Quotes:
    return Quotes(
        title=text("What has changed, as you see it"),
        quotes=tuple(
            Quote(
                words=_short(note.words),
                by=joined(note.by) if note.by else "",
                label=note.label,
                support=note.support,
            )
            for note in result.notes
        ),
        basis=Basis(n=len(result.notes), unit="entries"),
    )


def _short(words: Multilingual) -> Multilingual:
    return Multilingual(_beginning(words.bg), _beginning(words.en))


def _beginning(typed: str) -> str:
    return typed if len(typed) <= LONGEST else typed[:LONGEST].rsplit(" ", 1)[0] + " …"


def _typed(typed: str, note: Note) -> Sayable:
    """Return what somebody typed, unless it gives a person away and the wall no longer shows it."""
    if personal(typed) and typed not in (note.words.bg, note.words.en):
        return text("(personal data left out)")
    return typed
