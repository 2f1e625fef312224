"""The executive summary: one page, chapter by chapter, with what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from workshop.blocks import Block, Figures, Prose
from workshop.exercise import Sentence, Summary
from workshop.language import Sayable, text
from workshop.report import CHAPTERS
from workshop.toolkit.chapters import opening

if TYPE_CHECKING:
    from workshop.store.reading import Sight
    from workshop.toolkit.reporting import Told

MOST_FIGURES = 4
PER_CHAPTER = 3
"""Findings: the summary has a page for all of them."""
WEIGHTY = 50
"""A chapter without findings of this weight is told in one sentence."""
STEPS_PER_STAGE, MOST_STEPS = 3, 5


def summary(told: Sequence[Told], sights: Sequence[Sight]) -> list[Block]:
    """R1: who came, the big figures, what was found by chapter, one caution, what to do next."""
    summaries = [one.summary for one in told]
    blocks: list[Block] = [Prose(sentences=(opening(sights),))]
    weighty = sorted(summaries, key=lambda one: -max((f.weight for f in one.findings), default=0))
    if figures := [figure for one in weighty for figure in one.figures[:2]][:MOST_FIGURES]:
        blocks.append(Figures(figures=tuple(figures)))
    blocks += _by_chapter(told)
    if cautions := _ordered(one for each in summaries for one in each.cautions)[:1]:
        blocks.append(Prose(sentences=cautions, tone="caution"))
    steps = _ordered(one for each in summaries for one in _first(each.steps, STEPS_PER_STAGE))
    if steps:
        lead = text("Recommended next steps, drawn from the figures by fixed rules")
        blocks.append(Prose(sentences=steps[:MOST_STEPS], tone="steps", lead=lead))
    return blocks


def _by_chapter(told: Sequence[Told]) -> list[Block]:
    """Return a paragraph of findings for each chapter, the weightiest chapter first."""
    paragraphs: list[tuple[int, Prose]] = []
    for key, title in CHAPTERS:
        of: list[Summary] = [one.summary for one in told if one.chapter == key]
        found = _first([one for each in of for one in each.findings], PER_CHAPTER)
        if found:
            kept = [one for one in found if one.weight >= WEIGHTY] or found[:1]
            sentences = tuple(one.text for one in kept)
            paragraphs.append((found[0].weight, Prose(sentences=sentences, lead=title)))
    return [prose for _, prose in sorted(paragraphs, key=lambda one: -one[0])]


def _first(sentences: Iterable[Sentence], most: int) -> list[Sentence]:
    """Return the weightiest sentences."""
    return sorted(sentences, key=lambda sentence: -sentence.weight)[:most]


def _ordered(sentences: Iterable[Sentence]) -> tuple[Sayable, ...]:
    return tuple(one.text for one in sorted(sentences, key=lambda sentence: -sentence.weight))
