"""What a dot vote means, in sentences from rules: who leads, how firmly, what divides."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.dots.analysis import Chosen, Result
from exercises.dots.lists import column, name
from workshop.language import Amount, Sayable, Several, Text, counted, joined, quoted, text
from workshop.statistics.intervals import MIN_ORGANISATIONS
from workshop.statistics.ranking import Firmness
from workshop.statistics.weighting import Weighting

DIVIDES = 0.15
"""A difference between groups, in shares of their dots, worth a sentence."""


def findings(result: Result) -> list[Sayable]:
    """Return what the result means, and how sure it is."""
    if result.settings.per_category is not None:
        return [*by_category(result), *_divided(result)]
    return [leader(result), *firmness(result), *tie(result), *_sure(result), *_divided(result)]


def cautions(result: Result) -> list[Sayable]:
    """Return what weakens the result."""
    sentences: list[Sayable] = []
    if result.secret:
        sentences.append(
            text(
                "The ballot was secret: every ballot counts alike, and nothing is known about "
                "groups or organisations."
            )
        )
    elif result.stability is None and result.settings.per_category is None:
        sentences.append(
            text(
                "Fewer than {n} organisations voted: too few to say how sure the places are.",
                n=MIN_ORGANISATIONS,
            )
        )
    if not (result.secret or result.voices or Weighting.GROUP in result.weightings):
        sentences.append(
            text("Shares with every group alike are not given: they would give small groups away.")
        )
    if result.indicative:
        sentences.append(
            text(
                "The result is only indicative: {ballots} of {eligible} entitled people voted.",
                ballots=result.ballots,
                eligible=result.eligible,
            )
        )
    missing = [group.name for group in result.missing if group is not None]
    if missing:
        sentences.append(text("Nobody voted from: {groups}.", groups=joined(missing)))
    elif result.missing:
        sentences.append(text("Nobody voted from one of the smaller groups."))
    return sentences


def leader(result: Result) -> Sayable:
    """Say what comes first; needs a ballot."""
    first = [one for one in result.chosen if one.places[Weighting.PARTICIPANT].rank == 1]
    if len(first) > 1:
        return text(
            "{options} share the first place with {dots} each.",
            options=_quoted(first),
            dots=dots_of(first[0].dots),
        )
    return text(
        "{option} comes first with {dots} from {people}.",
        option=_quoted(first),
        dots=dots_of(first[0].dots),
        people=counted("{n} person", "{n} people", first[0].supporters),
    )


def firmness(result: Result) -> list[Sayable]:
    """Say what stays among the leading ones, and what does not, when votes are weighed anew."""
    if len(result.weightings) < 2:
        return []
    sentences: list[Sayable] = []
    firm = [one for one in result.chosen if one.label is Firmness.ROBUST]
    if firm:
        sentences.append(
            text(
                "Among the first {k} however votes are weighed: {options}.",
                k=result.settings.leading,
                options=_quoted(firm),
            )
        )
    if result.unsettled:
        sentences.append(
            text(
                "It depends on who is counted whether these are among the first {k}: {options}.",
                k=result.settings.leading,
                options=_quoted(result.unsettled),
            )
        )
    return sentences


def by_category(result: Result) -> list[Sayable]:
    """Say what comes first in each category; nothing where many share the place."""
    sentences: list[Sayable] = []
    for category in result.settings.categories:
        board = result.board(category)
        first = [one for one in board if one.dots == board[0].dots and one.dots]
        if first and len(first) <= 3:
            sentences.append(
                text(
                    "{category}: most dots for {options} ({dots}).",
                    category=result.settings.name(category),
                    options=_quoted(first),
                    dots=dots_of(first[0].dots),
                )
            )
    return sentences


def leading_by_category(result: Result) -> list[Sayable]:
    """Say in one sentence what comes first in each category; for the summary."""
    leading = []
    for category in result.settings.categories:
        board = result.board(category)
        first = [one for one in board if one.dots == board[0].dots and one.dots]
        if first and len(first) <= 3:
            leading.append(
                text(
                    "{category}: {options}",
                    category=result.settings.name(category),
                    options=_quoted(first),
                )
            )
    if not leading:
        return []
    return [text("Most dots went to {leading}.", leading=Several(tuple(leading)))]


def tie(result: Result) -> list[Sayable]:
    """Say who is tied where the leading ones end; nothing is decided in secret."""
    if result.settings.per_category is not None:
        return []
    cut = result.tops[Weighting.PARTICIPANT].cut
    tied = [one for one in result.chosen if one.option.key in cut]
    if not tied:
        return []
    return [
        text("A run-off vote can decide between {options}: they are tied.", options=_quoted(tied))
    ]


def _sure(result: Result) -> list[Sayable]:
    """Say how far the places could move if other organisations of the same kind had come."""
    if result.stability is None:
        return []
    leading = [
        one
        for one in result.chosen
        if one.option.key in result.tops[Weighting.PARTICIPANT].candidates and one.standing
    ]
    chosen = leading if len(leading) <= 3 else [leading[0], leading[-1]]
    return [
        text(
            "How sure the places are: {places}.",
            places=joined(
                [
                    text(
                        "{option} (place {rank}, plausible {low} to {high})",
                        option=_quoted([one]),
                        rank=one.standing.rank,
                        low=one.standing.low,
                        high=one.standing.high,
                    )
                    for one in chosen
                    if one.standing
                ]
            ),
        )
    ]


def _divided(result: Result) -> list[Sayable]:
    apart = max(result.chosen, key=lambda one: (one.divides or 0, one.option.key))
    shown = [voice for voice in result.voices if voice.group is not None]
    if not apart.divides or apart.divides < DIVIDES:
        return []
    most = max(shown, key=lambda voice: apart.by_group[voice.id][1])
    least = min(shown, key=lambda voice: apart.by_group[voice.id][1])
    return [
        text(
            "{option} divides most: {most} gave it {high} of their dots, {least} {low}.",
            option=_quoted([apart]),
            most=column(most),
            high=Amount(apart.by_group[most.id][1], 0, "percent"),
            least=column(least),
            low=Amount(apart.by_group[least.id][1], 0, "percent"),
        )
    ]


def dots_of(n: int) -> Text:
    """Return a number of dots in words."""
    return counted("{n} dot", "{n} dots", n)


def _quoted(chosen: Sequence[Chosen]) -> Sayable:
    return joined([quoted(name(one)) for one in chosen])
