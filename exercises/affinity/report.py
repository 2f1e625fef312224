"""Tell a sorting: the clusters, how firmly they hold, and what people call them; the offers."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.affinity.lists import basis, short, title, unnamed
from exercises.affinity.model import Settings
from exercises.affinity.result import GOOD, TENTATIVE, Cluster, Given, Placed, Result
from exercises.affinity.sentences import cautions, findings, overview
from workshop.blocks import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Figure,
    Heat,
    Prose,
    Quote,
    Quotes,
    Table,
)
from workshop.exercise import Offer, Sentence, Summary
from workshop.language import Amount, Sayable, Text, counted, joined, quoted, text
from workshop.model import Origin
from workshop.statistics.piles import FEWEST_CLUSTERS, MOST_CLUSTERS

SAID = 3
"""Names of one cluster on the wall."""


def tell(result: Result) -> list[Block]:
    """Return the clusters at a glance, what they mean, their cards, names, how near they are."""
    blocks: list[Block] = []
    if result.clusters:
        blocks.append(_overview(result))
    blocks.append(Prose(sentences=tuple(overview(result)), tone="plain"))
    if said := findings(result):
        blocks.append(Prose(sentences=tuple(said), tone="finding"))
    if weak := cautions(result):
        blocks.append(Prose(sentences=tuple(weak), tone="caution"))
    blocks += [_cards(result, place) for place in range(len(result.clusters))]
    if result.singles and (result.clusters or not result.settings.phones or result.sorters):
        blocks.append(_singles(result))
    if any(one.names for one in result.clusters) and not result.settings.given:
        blocks.append(_names(result))
    if result.matrix is not None and len(result.clusters) > 1:
        blocks.append(_near(result))
    return blocks


def method(settings: Settings) -> list[Sayable]:
    """Return how it was done and by which rules."""
    if not settings.phones:
        return [
            text(
                "A facilitator grouped the cards together with the room; every card lies in one "
                "cluster at most."
            )
        ]
    return [
        _sorted(settings),
        text(
            "Two cards are as near as the share of those who placed both and put them into one "
            "pile. Clusters were suggested by average linkage on one minus this share; of the "
            "cuts into {fewest} to {most} clusters the one with the largest mean silhouette.",
            fewest=FEWEST_CLUSTERS,
            most=MOST_CLUSTERS,
        ),
        _likeness(settings),
        text("The clusters were named by a facilitator; a program only suggests."),
    ]


def _sorted(settings: Settings) -> Text:
    if settings.given:
        return text(
            "Everybody sorted the cards in silence into up to {most} given piles, without seeing "
            "the others' piles.",
            most=len(settings.given),
        )
    return text(
        "Everybody sorted the cards in silence into up to {most} piles of their own and gave them "
        "names, without seeing the others' piles.",
        most=settings.most,
    )


def _likeness(settings: Settings) -> Text:
    good, tentative = Amount(GOOD, 2), Amount(TENTATIVE, 3)
    if settings.given:
        return text(
            "How alike people sorted is Krippendorff's alpha (nominal) over the piles of each "
            "card: from {good} on good, from {tentative} on tentative.",
            good=good,
            tentative=tentative,
        )
    return text(
        "How alike people sorted is Krippendorff's alpha (nominal) over the pairs of cards, each "
        "together or apart, because piles of one's own have no common names: from {good} on good, "
        "from {tentative} on tentative.",
        good=good,
        tentative=tentative,
    )


def summary(result: Result) -> Summary:
    """Return the sentences of the executive summary; suggestions nobody took over stay out."""
    if not result.named:
        return Summary()
    n = len(result.named)
    label = counted("cluster of ideas", "clusters of ideas", n)
    names = joined([quoted(one.name) for one in result.named])
    said = counted(
        "{cards} ideas were grouped into {n} cluster: {names}.",
        "{cards} ideas were grouped into {n} clusters: {names}.",
        n,
        cards=result.cards,
        names=names,
    )
    about = ("affinity.clusters",)
    weak = [Sentence(text=one, weight=30, about=about) for one in cautions(result)[:1]]
    return Summary(
        figures=(Figure(value=n, label=label),),
        findings=(Sentence(text=said, weight=35, about=about),),
        cautions=tuple(weak),
    )


def offers(result: Result) -> list[Offer]:
    """Return the named clusters, largest first, then all cards; what is only suggested is not.

    Cards share the place after the clusters: either kind is handed on, seldom both.
    """
    sizes = sorted((len(one.cards) for one in result.named), reverse=True)
    answer = [
        Offer(
            key=f"theme-{one.theme.id[:12]}",
            wording=one.name,
            origin=Origin(stage_id=result.stage_id, contribution_ids=one.contribution_ids),
            rank=1 + sizes.index(len(one.cards)),
            note=_amount(len(one.cards)),
            category_name=text("Clusters"),
        )
        for one in result.named
        if one.theme is not None
    ]
    homes = {placed.option.key: one for one in result.named for placed in one.cards}
    for option in result.order:
        home = homes.get(option.key)
        origin = Origin(stage_id=result.stage_id, label=option.key)
        answer.append(
            Offer(
                key=option.key,
                wording=option.wording,
                origin=option.origin or origin,
                rank=len(result.named) + 1,
                category=home.name if home else "",
                usual=not result.named,
            )
        )
    return answer


def _overview(result: Result) -> Bars:
    """Return the clusters at a glance: how firmly they hold, or how many cards they have."""
    firm = all(one.strength is not None for one in result.clusters)
    return Bars(
        title=text("Clusters") if result.named else text("Suggested clusters"),
        bars=tuple(
            Bar(
                label=unnamed(result, place),
                value=(one.strength or 0.0) if firm else len(one.cards),
                mark=_amount(len(one.cards)) if firm else "",
            )
            for place, one in enumerate(result.clusters)
        ),
        axis=text("Share who put them together") if firm else text("Cards"),
        kind="percent" if firm else "count",
        basis=basis(result),
        key="affinity.clusters",
        ceiling=1.0 if firm else None,
    )


def _cards(result: Result, place: int) -> Quotes:
    one = result.clusters[place]
    return Quotes(
        title=title(result, place),
        quotes=tuple(_quote(result, placed) for placed in one.cards),
        basis=basis(result),
    )


def _quote(result: Result, placed: Placed) -> Quote:
    by: Sayable = ""
    if placed.closeness is not None:
        share = Amount(placed.closeness, 0, "percent")
        by = text("with its cluster {share}", share=share)
        if placed.nearest is not None:
            near = unnamed(result, placed.nearest)
            by = text("with its cluster {share}, more with {near}", share=share, near=near)
    return Quote(words=short(placed.option), label=placed.option.key, by=by)


def _singles(result: Result) -> Quotes:
    return Quotes(
        title=text("Cards that stand alone")
        if result.clusters and not result.named
        else text("Cards not grouped yet"),
        quotes=tuple(
            Quote(words=short(one.option), label=one.option.key) for one in result.singles
        ),
        basis=basis(result),
    )


def _names(result: Result) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (unnamed(result, place), joined([_given(name) for name in _usual(one)]))
        for place, one in enumerate(result.clusters)
        if one.names
    ]
    return Table(
        title=text("What you call them"),
        columns=(
            Column(head=text("Cluster"), width=2),
            Column(head=text("Names of piles that lie mostly in it"), width=4),
        ),
        rows=tuple(rows),
        basis=basis(result),
        note=text("Names of the same words count together; “other” is left out."),
        key="affinity.called",
    )


def _usual(cluster: Cluster) -> Sequence[Given]:
    """Return the names of several people, or else the first of those that one person gave."""
    shared = [one for one in cluster.names if one.people > 1]
    return (shared or cluster.names)[:SAID]


def _given(one: Given) -> Sayable:
    if one.people < 2:
        return quoted(one.name)
    return text("{name} ({n})", name=quoted(one.name), n=one.people)


def _near(result: Result) -> Heat:
    """Return how near the clusters are: what might be one, and what holds together."""
    matrix, count = result.matrix, range(len(result.clusters))
    keys: Sequence[Sequence[str]] = [[c.option.key for c in one.cards] for one in result.clusters]
    rows = [[matrix.between(one, other) if matrix else None for other in keys] for one in keys]
    return Heat(
        title=text("How often cards of two clusters lie together"),
        rows=tuple(title(result, place, firm=False) for place in count),
        columns=tuple(str(place + 1) for place in count),
        values=tuple(map(tuple, rows)),
        low=0,
        high=1,
        kind="percent",
        digits=0,
        basis=basis(result),
        note=text("Along the diagonal: within the cluster. High beside it: perhaps one cluster."),
        key="affinity.near",
    )


def _amount(n: int) -> Sayable:
    return counted("{n} card", "{n} cards", n)
