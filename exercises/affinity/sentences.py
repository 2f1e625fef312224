"""What a sorting means, in sentences from rules."""

from __future__ import annotations

from exercises.affinity.lists import unnamed
from exercises.affinity.model import MOST_WORDS
from exercises.affinity.result import GOOD, TENTATIVE, Result
from workshop.language import Amount, Sayable, Text, counted, joined, quoted, text
from workshop.statistics.piles import FEWEST_CLUSTERS, MOST_CLUSTERS

APART = 0.1
"""Clusters that hold nearly alike are not told apart in words."""
BLURRED = 0.25
"""Below such a mean silhouette there is hardly a structure (Kaufman & Rousseeuw 1990)."""


def overview(result: Result) -> list[Sayable]:
    """Say what there is: who sorted, and what came of it."""
    cards = counted("{n} card", "{n} cards", result.cards)
    clusters = len(result.clusters)
    if not result.settings.phones:
        if not clusters:
            return [text("The cards are not grouped yet: {cards}.", cards=cards)]
        placed = sum(len(one.cards) for one in result.named)
        return [
            text("{n} of {cards} in {clusters}.", n=placed, cards=cards,
                 clusters=_clusters(clusters))
        ]  # fmt: skip
    if not result.sorters and not clusters:
        return [text("Nobody has sorted yet.")]
    if result.named:
        return [
            counted(
                "{n} person sorted {cards}; the facilitator named {clusters}.",
                "{n} people sorted {cards}; the facilitator named {clusters}.",
                result.sorters,
                cards=cards,
                clusters=_clusters(clusters),
            )
        ]
    if result.suggested:
        return [
            counted(
                "{n} person sorted {cards}; the piles suggest {clusters}.",
                "{n} people sorted {cards}; the piles suggest {clusters}.",
                result.sorters,
                cards=cards,
                clusters=_clusters(clusters),
            )
        ]
    return [
        counted("{n} person sorted {cards}.", "{n} people sorted {cards}.", result.sorters,
                cards=cards)
    ]  # fmt: skip


def findings(result: Result) -> list[Sayable]:
    """Say how alike people sorted, and what holds together most and least."""
    said = _alike(result)
    if result.agreed is not None:
        said.append(
            text(
                "Two people agree on {share} of the pairs of cards, together or apart.",
                share=Amount(result.agreed, 0, "percent"),
            )
        )
    known = [
        (one.strength, -place)
        for place, one in enumerate(result.clusters)
        if one.strength is not None
    ]
    if len(known) > 1 and max(known)[0] - min(known)[0] >= APART:
        said.append(
            text(
                "Most firmly holds {most}, least {least}.",
                most=unnamed(result, -max(known)[1]),
                least=unnamed(result, -min(known)[1]),
            )
        )
    return said


def _alike(result: Result) -> list[Sayable]:
    if result.alpha is None:
        return []
    alpha = Amount(result.alpha, 2)
    match result.word:
        case "good":
            return [text("People sorted alike (alpha {alpha}).", alpha=alpha)]
        case "tentative":
            return [
                text(
                    "People sorted fairly alike (alpha {alpha}, below {good}): conclusions "
                    "with care.",
                    alpha=alpha,
                    good=Amount(GOOD, 2),
                )
            ]
        case _:
            return [
                text(
                    "People sorted differently (alpha {alpha}, below {tentative}): the "
                    "clusters are a proposal to talk about.",
                    alpha=alpha,
                    tentative=Amount(TENTATIVE, 3),
                )
            ]


def cautions(result: Result) -> list[Sayable]:
    """Say what weakens the result, and what is wrong with the clusters."""
    said: list[Sayable] = []
    if result.withheld:
        said.append(
            text("Too few people sorted: what they did is not shown, it could be told whose it is.")
        )
    elif result.sorters and not result.suggested:
        said.append(text("The piles suggest no clusters: people sorted too differently."))
    elif result.silhouette is not None and result.silhouette < BLURRED and not result.named:
        said.append(text("The clusters are blurred: many cards fit into several."))
    if result.indicative:
        said.append(
            text(
                "The result is only indicative: {sorters} of {eligible} entitled people sorted.",
                sorters=result.sorters,
                eligible=result.eligible,
            )
        )
    return [*said, *_rules(result)]


def _rules(result: Result) -> list[Sayable]:
    """Say which rules for clusters the named ones do not keep."""
    said: list[Sayable] = []
    if result.many or (result.few and not result.growing):
        said.append(
            text(
                "{fewest} to {most} clusters are usual; here: {n}.",
                fewest=FEWEST_CLUSTERS,
                most=MOST_CLUSTERS,
                n=len(result.named),
            )
        )
    if result.named and result.singles and not result.growing:
        said.append(
            counted("{n} card lies in no cluster.", "{n} cards lie in no cluster.",
                    len(result.singles))
        )  # fmt: skip
    for one in result.vague:
        said.append(text("{name} says too little for so many cards.", name=quoted(one.name)))
    long = [one.name for one in result.named if _words(one.name.bg, one.name.en) > MOST_WORDS]
    if long:
        said.append(
            text(
                "Longer than {most} words: {names}.",
                most=MOST_WORDS,
                names=joined([quoted(one) for one in long]),
            )
        )
    return said


def _clusters(n: int) -> Text:
    return counted("{n} cluster", "{n} clusters", n)


def _words(*names: str) -> int:
    return max(len(one.split()) for one in names)
