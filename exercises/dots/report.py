"""Tell a dot vote: what leads, how firmly, and who wanted what; the summary and the offers."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.dots.analysis import Chosen, Result
from exercises.dots.lists import FIRM, WEIGHED, basis, column, name
from exercises.dots.model import Settings
from exercises.dots.sentences import (
    cautions,
    dots_of,
    findings,
    firmness,
    leader,
    leading_by_category,
    tie,
)
from workshop.blocks import Bar, Bars, Block, Figure, Heat, Prose
from workshop.exercise import Offer, Sentence, Summary
from workshop.language import Sayable, Text, counted, text
from workshop.model import Origin
from workshop.statistics.intervals import MIN_ORGANISATIONS, RESAMPLES, SEED
from workshop.statistics.ranking import Firmness
from workshop.statistics.weighting import Weighting

WALL = 12
"""Bars that can be read from the last row."""
CATEGORY_WALL = 7
SIDE_BY_SIDE = 8
"""Options that ways of counting or groups are compared on; the annex has the others."""


def tell(result: Result) -> list[Block]:
    """Return the board, what it means and how sure it is, the weightings, and the groups."""
    if not result.ballots:
        return [Prose(sentences=(text("Nobody has voted yet."),))]
    blocks: list[Block] = list(_boards(result))
    blocks.append(Prose(sentences=tuple(findings(result)), tone="finding"))
    if weak := cautions(result):
        blocks.append(Prose(sentences=tuple(weak), tone="caution"))
    if result.settings.per_category is None:  # across categories their shares say little
        if len(result.weightings) > 1:
            blocks.append(_weighings(result))
        if result.voices:
            blocks.append(_groups(result))
    return blocks


def method(settings: Settings) -> list[Sayable]:
    """Return how it was done and what was fixed before the vote."""
    k = settings.leading
    return [
        _given(settings),
        text(
            "The options stood in a different order on every phone, and no totals were shown "
            "while people voted."
        ),
        text(
            "Shares are given in three ways: every person, every organisation or every group "
            "counts alike. The first {k} were looked at; this was fixed before the vote.",
            k=k,
        ),
        text(
            "Robust: among the first {k} in every way of counting; likely: in at least two "
            "thirds of them; sensitive: otherwise.",
            k=k,
        ),
        text(
            "Plausible places: the organisations were drawn {n} times with replacement (seed "
            "{seed}) and the middle 95% of the places taken; below {least} organisations none "
            "are given.",
            n=RESAMPLES,
            seed=str(SEED),
            least=MIN_ORGANISATIONS,
        ),
        text("Groups too small to be shown stand together as one group in the table.")
        if not settings.strict
        else text(
            "Groups too small to be shown count as one group together, in the table and where "
            "every group counts alike."
        ),
    ]


def summary(result: Result) -> Summary:
    """Return the sentences of the executive summary."""
    if not result.ballots:
        return Summary()
    parted = result.settings.per_category is not None
    said = leading_by_category(result) if parted else [leader(result), *firmness(result)[:1]]
    firm = [one for one in result.chosen if one.label is Firmness.ROBUST]
    leading = Figure(
        value=len(firm),
        label=counted(
            "option leads however votes are weighed",
            "options lead however votes are weighed",
            len(firm),
        ),
    )
    return Summary(
        figures=(leading,) if firm and not parted else (),
        findings=_sentences(said, 25 if parted else 60),
        cautions=_sentences(cautions(result), 60),
        steps=_sentences(tie(result), 40),
    )


def offers(result: Result) -> list[Offer]:
    """Return the options that got dots, best first, each still knowing where it came from."""
    return [
        Offer(
            key=one.option.key,
            wording=one.option.wording,
            origin=one.option.origin or Origin(stage_id=result.stage_id, label=one.option.key),
            rank=one.places[Weighting.PARTICIPANT].rank,
            note=dots_of(one.dots),
            category=one.option.category,
            category_name=result.settings.name(one.option.category),
            by_category=result.settings.per_category is not None,
        )
        for one in result.chosen
        if one.dots
    ]


def _given(settings: Settings) -> Text:
    if settings.per_category is None:
        return text(
            "Everybody had {dots}, at most {most} on one option; not all had to be used.",
            dots=dots_of(settings.budget),
            most=settings.max_per_option,
        )
    return text(
        "Everybody had {dots} in each category, at most {most} on one option; not all had to be "
        "used.",
        dots=dots_of(settings.per_category),
        most=settings.max_per_option,
    )


def _boards(result: Result) -> list[Bars]:
    """Return the totals: one board, or one per category where each had its own dots."""
    if result.settings.per_category is None:
        return [_board(result, text("Dots by option"), result.chosen, WALL, "dots.board")]
    return [
        _board(
            result,
            text("Dots: {category}", category=result.settings.name(category)),
            result.board(category),
            CATEGORY_WALL,
            f"dots.board.{place}",
        )
        for place, category in enumerate(result.settings.categories, 1)
    ]


def _board(result: Result, title: Text, chosen: Sequence[Chosen], most: int, key: str) -> Bars:
    """Return one board; those of several categories keep one scale, so that they compare."""
    whole = result.settings.per_category is None
    return Bars(
        title=title,
        bars=tuple(
            Bar(
                label=name(one),
                value=one.dots,
                mark=FIRM[one.label] if one.label and whole else "",
            )
            for one in chosen[:most]
        ),
        axis=text("Dots"),
        basis=basis(result, Weighting.PARTICIPANT),
        note=_more(len(chosen) - most),
        key=key,
        ceiling=None if whole else max((one.dots for one in result.chosen), default=0),
    )


def _weighings(result: Result) -> Bars:
    chosen = result.chosen[:SIDE_BY_SIDE]
    return Bars(
        title=text("Shares in three ways of counting")
        if len(result.weightings) == 3
        else text("Shares in two ways of counting"),
        bars=tuple(
            Bar(
                label=name(one),
                value=one.shares[Weighting.PARTICIPANT],
                parts=tuple(one.shares[weighting] for weighting in result.weightings),
            )
            for one in chosen
        ),
        axis=text("Share of dots"),
        series=tuple(WEIGHED[weighting] for weighting in result.weightings),
        layout="grouped",
        kind="percent",
        basis=basis(result),
        note=_more(len(result.chosen) - SIDE_BY_SIDE),
        key="dots.weighings",
    )


def _groups(result: Result) -> Heat:
    return Heat(
        title=text("What each group gave its dots to"),
        rows=tuple(name(one) for one in result.chosen[:SIDE_BY_SIDE]),
        columns=tuple(column(voice) for voice in result.voices),
        values=tuple(
            tuple(one.by_group[voice.id][1] for voice in result.voices)
            for one in result.chosen[:SIDE_BY_SIDE]
        ),
        low=0,
        kind="percent",
        digits=0,
        basis=basis(result),
        note=_more(len(result.chosen) - SIDE_BY_SIDE),
        key="dots.heat",
    )


def _sentences(said: Sequence[Sayable], weight: int) -> tuple[Sentence, ...]:
    return tuple(Sentence(text=one, weight=weight, about=("dots.table",)) for one in said)


def _more(n: int) -> Sayable:
    if n <= 0:
        return ""
    return counted("{n} more option is not shown here.", "{n} more options are not shown here.", n)
