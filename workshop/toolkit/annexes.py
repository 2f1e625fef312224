"""The annexes no single exercise can tell: questions, statistics, glossary, moderation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from workshop.blocks import Basis, Block, Column, Prose, Table
from workshop.captions import HIDDEN
from workshop.language import Sayable, Text, counted, text
from workshop.model import Contribution, Event, Id, Observation
from workshop.statistics.intervals import MIN_ORGANISATIONS, RESAMPLES, SEED
from workshop.text import personal

if TYPE_CHECKING:
    from workshop.store.reading import Sight
    from workshop.toolkit.reporting import Told


def questions(told: Sequence[Told]) -> list[Block]:
    """Annex C: the words people saw."""
    if not told:
        return []
    return [
        Table(
            title=text("Questions as they were asked"),
            columns=(Column(head=text("Stage"), width=2), Column(head=text("Question"), width=5)),
            rows=tuple((one.stage.title, one.stage.question) for one in told),
            key="questions",
        )
    ]


def statistics_notes(sights: Sequence[Sight], version: str) -> list[Block]:
    """Annex D: how figures were counted and what they cannot say."""
    smallest = sights[0].series.smallest_group if sights else 3
    return [
        Prose(
            sentences=(
                text(
                    "Participant-equal: every participant counts the same. "
                    "Organisation-equal: the mean inside each organisation, then over "
                    "organisations. Group-equal: the share or mean inside each stakeholder "
                    "group, then over groups; groups with fewer than two people are left "
                    "out."
                ),
                text(
                    "Group-equal weighting gives a group of two the same weight as a group "
                    "of ten. It is a political choice, so the other weightings are printed "
                    "beside it."
                ),
                text(
                    "Results of groups with fewer than {n} people are not shown on their "
                    "own. Where exactly one group would be hidden, the next smallest is "
                    "hidden too, because it could be computed from the total. Totals "
                    "include everybody.",
                    n=smallest,
                ),
                text(
                    "Means by person and by group, printed side by side, let an attentive reader "
                    "estimate two hidden groups together. Where that matters, the coordinator "
                    "sets the exercise to hide more groups before it opens."
                ),
                text(
                    "Intervals come from resampling organisations {times} times with the seed "
                    "{seed} (percentile method, 95%). With fewer than {least} organisations "
                    "no interval is given.",
                    times=RESAMPLES,
                    seed=str(SEED),
                    least=MIN_ORGANISATIONS,
                ),
                text(
                    "Maturity index: (mean of the perceived levels − 1) / 4 × 100, rounded; for a "
                    "pillar the mean of its dimensions."
                ),
                text(
                    "Gini coefficient of n ordered amounts x: Σ (2i − n − 1) xᵢ / (n Σ xᵢ); 0 when "
                    "all are alike, near 1 when one has everything."
                ),
                text(
                    "Network of N organisations: density is the number of links divided by "
                    "N (N − 1), returned links are the share that goes both ways, betweenness is "
                    "taken without directions and normalised."
                ),
                text(
                    "Equal scores share a rank (1, 2, 2, 4). Where the last place is tied, "
                    "all tied options are listed."
                ),
                text(
                    "Agreement A (van der Eijk 2001) runs from −1 (two opposed camps) over "
                    "0 (evenly spread) to 1 (unanimous). Below 0.20, or with an "
                    "interquartile range of 2 and more, a dimension is called contested; "
                    "from 0.60 a shared view."
                ),
                text(
                    "Participants were invited, not drawn at random: p-values and "
                    "intervals describe the stability of the figures, not a population."
                ),
                text(
                    "Computed with Sedyanka {version}; the entries, their history and every act "
                    "of sorting are kept in an append-only log.",
                    version=version,
                ),
            ),
            tone="list",
        )
    ]


def glossary() -> list[Block]:
    """Annex F: the words of this report."""
    terms = (
        (
            text("Stakeholder group"),
            text(
                "those for whom somebody speaks: public sector, business, civic sector, "
                "knowledge and research, or as the series defines"
            ),
        ),
        (text("Support"), text("how many different people said the same, after merging")),
        (
            text("Turnout"),
            text("who took part, out of those entitled to vote when the stage was locked"),
        ),
        (text("Perceived level"), text("what participants rate, on a scale from 1 to 5")),
        (
            text("Evidence level"),
            text("the highest level for which all required evidence up to it was verified"),
        ),
        (text("Confirmed level"), text("the lower of perceived and evidence level")),
        (text("Commitment"), text("an action an organisation takes on, with a result and a date")),
        (
            text("Single point of failure"),
            text("an organisation without which many commitments lose a partner they need"),
        ),
    )
    return [
        Table(
            title=text("Words used in this report"),
            columns=(Column(head=text("Word"), width=2), Column(head=text("Meaning"), width=5)),
            rows=terms,
            key="glossary",
        )
    ]


def moderation(told: Sequence[Told], moves: Sequence[Event]) -> list[Block]:
    """Annex G: how much was hidden, merged or reworded, and why; never the hidden words."""
    rows: list[tuple[Sayable, ...]] = []
    for one in told:
        current = [
            entry for entry in one.contributions if not entry.replaced_by and not entry.withdrawn
        ]
        hidden = Counter(entry.hidden for entry in current if entry.hidden)
        rows += [
            (one.stage.title, text("hidden: {why}", why=HIDDEN[why]), n)
            for why, n in sorted(hidden.items())
        ]
        rows += _counts(one.stage.title, current)
    blocks: list[Block] = []
    if rows:
        blocks.append(
            Table(
                title=text("What the facilitators did with entries"),
                columns=(
                    Column(head=text("Stage"), width=3),
                    Column(head=text("Act"), width=4),
                    Column(head=text("Entries"), kind="count"),
                ),
                rows=tuple(rows),
                key="moderation",
            )
        )
    blocks.append(
        Prose(
            sentences=(
                counted(
                    "The log holds {n} act for these workshops.",
                    "The log holds {n} acts for these workshops.",
                    n=len(moves),
                ),
                *_undone(moves),
            )
        )
    )
    return blocks


def observed(
    sights: Sequence[Sight], titles: Mapping[Id, Sayable], noted: Sequence[Observation]
) -> list[Block]:
    """Annex I: what observers noted and somebody marked for the report; ``titles`` of stages."""
    rows: list[tuple[Sayable, ...]] = []
    for sight in sights:
        zone = ZoneInfo(sight.series.time_zone)
        rows += [
            (
                sight.workshop.title,
                one.at.astimezone(zone).time(),
                titles.get(one.stage_id or "", text("between stages")),
                text("(personal data left out)") if personal(one.words) else one.words,
            )
            for one in noted
            if one.workshop_id == sight.workshop.id and one.reported
        ]
    if not rows:
        return []
    return [
        Table(
            title=text("Notes of observers"),
            columns=(
                Column(head=text("Workshop"), width=2),
                Column(head=text("Time")),
                Column(head=text("Stage"), width=2),
                Column(head=text("Note"), width=5),
            ),
            rows=tuple(rows),
            basis=Basis(n=len(rows), unit="entries"),
            key="observations",
        )
    ]


def _undone(moves: Sequence[Event]) -> list[Text]:
    """Say how many acts were undone, where any were."""
    n = sum(1 for move in moves if move.act == "undo")
    if not n:
        return []
    return [
        counted(
            "{n} of them undid another; both stand in the log.",
            "{n} of them undid others; all stand in the log.",
            n=n,
        )
    ]


def _counts(title: Sayable, current: Sequence[Contribution[Any]]) -> list[tuple[Sayable, ...]]:
    acts = (
        (text("merged into another entry"), sum(1 for one in current if one.into)),
        (text("split off from another entry"), sum(1 for one in current if one.part_of)),
        (text("reworded or translated"), sum(1 for one in current if one.wording)),
        (text("filed elsewhere"), sum(1 for one in current if one.shelf)),
    )
    return [(title, act, n) for act, n in acts if n]
