"""Tell a SWOT analysis: the board, what it means, themes; the summary and the offers."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.swot.analysis import Idea, Result
from exercises.swot.lists import basis, spoken_by
from exercises.swot.model import LETTERS, NAMES, Settings
from workshop.blocks import (
    Block,
    Cloud,
    Figure,
    Heat,
    Prose,
    Quadrant,
    Quadrants,
    Quote,
)
from workshop.exercise import Offer, Sentence, Summary
from workshop.language import Amount, Multilingual, Sayable, Text, counted, joined, quoted, text
from workshop.model import Origin

BALANCED = (0.4, 0.6)
"""Shares of helpful entries between which a board is called balanced."""
LONGEST = 160
"""Characters of an entry on the wall; the phone asks for a title where the text is longer."""


def tell(result: Result) -> list[Block]:
    """Return the board, what it means, themes by quadrant and the word cloud."""
    if not result.ideas:
        return [Prose(sentences=(text("The board is empty."),))]
    fields = tuple(_quadrant(result, letter) for letter in LETTERS)
    blocks: list[Block] = [
        Quadrants(
            title=text("SWOT analysis"),
            quadrants=(fields[0], fields[1], fields[2], fields[3]),
            basis=basis(result),
            key="swot.board",
        ),
        Prose(sentences=tuple(_findings(result)), tone="finding"),
    ]
    if result.themes:
        blocks.append(
            Heat(
                title=text("Entries by theme"),
                rows=tuple(one.theme.name for one in result.themes),
                columns=tuple(NAMES[letter] for letter in LETTERS),
                values=tuple(
                    tuple(float(one.counts[letter]) for letter in LETTERS) for one in result.themes
                ),
                low=0,
                kind="count",
                digits=0,
                basis=basis(result),
                key="swot.themes",
            )
        )
    if result.words:
        blocks.append(
            Cloud(title=text("Words in the entries"), words=result.words, basis=basis(result))
        )
    return blocks


def method(settings: Settings) -> list[Sayable]:
    """Return how it was done and what was fixed beforehand."""
    return [
        text(
            "Everybody first wrote in silence, one idea per entry: strengths and weaknesses from "
            "inside, opportunities and threats from outside."
        ),
        text(
            "Similar entries were merged by a facilitator, never by a program. Support is the "
            "number of different people behind an entry; originals and the field they were "
            "submitted in are in annex B."
        ),
        text(
            "The balance is the share of strengths and opportunities among all entries; from "
            "{low} to {high} it is called even. The word cloud illustrates and proves nothing.",
            low=Amount(BALANCED[0], 0, "percent"),
            high=Amount(BALANCED[1], 0, "percent"),
        ),
    ]


def summary(result: Result) -> Summary:
    """Return the sentences of the executive summary."""
    if not result.ideas:
        return Summary()
    findings = [Sentence(text=_remained(result), weight=30, about=("swot.board",))]
    findings += [
        Sentence(text=sentence, weight=20, about=("swot.board",)) for sentence in _widest(result)
    ]
    return Summary(
        figures=(
            Figure(
                value=len(result.ideas),
                label=counted(
                    "entry in the SWOT analysis", "entries in the SWOT analysis", len(result.ideas)
                ),
            ),
        ),
        findings=tuple(findings),
    )


def offers(result: Result) -> list[Offer]:
    """Return cards by support, then themes by the number of their cards."""
    ranked = sorted(result.ideas, key=lambda idea: (-idea.support, LETTERS.index(idea.quadrant)))
    supports = [idea.support for idea in ranked]
    answer = [
        Offer(
            key=idea.label,
            wording=idea.words,
            origin=_origin(result, [idea], idea.label),
            rank=1 + supports.index(idea.support),
            note=_people(idea.support),
            category=idea.quadrant,
            category_name=NAMES[idea.quadrant],
            by_category=True,
        )
        for idea in ranked
    ]
    after = len(answer)
    sizes = sorted((sum(one.counts.values()) for one in result.themes), reverse=True)
    for one in result.themes:
        under = [idea for idea in result.ideas if idea.theme == one.theme]
        size = sum(one.counts.values())
        answer.append(
            Offer(
                key=f"theme-{one.theme.id[:12]}",
                wording=one.theme.name,
                origin=_origin(result, under, ""),
                rank=after + 1 + sizes.index(size),
                note=_entries(size),
                category_name=text("Themes"),
                by_category=True,
                usual=False,  # it sums up cards that are offered as well
            )
        )
    return answer


def _quadrant(result: Result, letter: str) -> Quadrant:
    ideas = result.quadrant(letter)
    return Quadrant(
        letter=letter,
        name=NAMES[letter],
        quotes=tuple(
            Quote(
                words=_on_wall(idea.words),
                by=spoken_by(idea),
                label=idea.label,
                support=idea.support,
            )
            for idea in ideas[: result.settings.wall]
        ),
        more=max(0, len(ideas) - result.settings.wall),
    )


def _on_wall(words: Multilingual) -> Multilingual:
    """Return a wording a wall can hold; the whole text stands in the report."""
    return Multilingual(_first_words(words.bg), _first_words(words.en))


def _first_words(typed: str) -> str:
    return typed if len(typed) <= LONGEST else typed[:LONGEST].rsplit(" ", 1)[0] + " …"


def _findings(result: Result) -> list[Sayable]:
    sentences: list[Sayable] = [_remained(result), *_widest(result)]
    if result.balance is not None and len(result.ideas) > 1:
        share = Amount(result.balance, 0, "percent")
        if result.balance < BALANCED[0]:
            sentences.append(
                text("What hinders prevails: {share} are strengths or opportunities.", share=share)
            )
        elif result.balance > BALANCED[1]:
            sentences.append(
                text("What helps prevails: {share} are strengths or opportunities.", share=share)
            )
        else:
            sentences.append(
                text(
                    "What helps and what hinders are even: {share} are strengths or opportunities.",
                    share=share,
                )
            )
    for one in result.themes:
        if one.only is not None:
            sentences.append(
                text(
                    "{theme} was raised by one group only: {group}.",
                    theme=quoted(one.theme.name),
                    group=one.only.name,
                )
            )
    return sentences


def _remained(result: Result) -> Text:
    counts = result.counts
    named = (
        counted("{n} strength", "{n} strengths", counts["S"]),
        counted("{n} weakness", "{n} weaknesses", counts["W"]),
        counted("{n} opportunity", "{n} opportunities", counts["O"]),
        counted("{n} threat", "{n} threats", counts["T"]),
    )
    parts = joined([one for one in named if one.n])
    if result.submitted == len(result.ideas) and not any(idea.whole for idea in result.ideas):
        return counted(
            "{n} entry was received ({parts}).",
            "{n} entries were received ({parts}).",
            result.submitted,
            parts=parts,
        )
    remained = counted("{n} remained", "{n} remained", len(result.ideas))
    if any(idea.whole for idea in result.ideas):
        return counted(
            "{n} entry was received; after merging, splitting and moderation {remained} ({parts}).",
            "{n} entries were received; after merging, splitting and moderation {remained} "
            "({parts}).",
            result.submitted,
            remained=remained,
            parts=parts,
        )
    return counted(
        "{n} entry was received; after merging and moderation {remained} ({parts}).",
        "{n} entries were received; after merging and moderation {remained} ({parts}).",
        result.submitted,
        remained=remained,
        parts=parts,
    )


def _widest(result: Result) -> list[Sayable]:
    """Return what most people said; nothing while everybody said something else."""
    most = max((idea.support for idea in result.ideas), default=0)
    first = [idea for idea in result.ideas if idea.support == most]
    if most < 2 or len(first) > 3:
        return []
    return [
        text(
            "Most widely shared: {entries} ({people}).",
            entries=joined([quoted(idea.words) for idea in first]),
            people=_people(most)
            if len(first) == 1
            else text("{people} each", people=_people(most)),
        )
    ]


def _people(n: int) -> Text:
    return counted("{n} person", "{n} people", n)


def _entries(n: int) -> Text:
    return counted("{n} entry", "{n} entries", n)


def _origin(result: Result, ideas: Sequence[Idea], label: str) -> Origin:
    together = tuple(one for idea in ideas for one in idea.contribution_ids)
    return Origin(stage_id=result.stage_id, contribution_ids=together, label=label)
