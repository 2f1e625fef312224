"""Tell the commitments: who promised what, who needs whom, and what can break."""

from __future__ import annotations

from collections.abc import Sequence

from exercises.commitments import findings
from exercises.commitments.analysis import DELIVERY
from exercises.commitments.lists import short
from exercises.commitments.model import STRENGTHS, Settings, key_of
from exercises.commitments.phrases import basis, who
from exercises.commitments.register import Line
from exercises.commitments.result import Result
from workshop.blocks import Bar, Bars, Block, Edge, Figure, Figures, Network, Node, Prose
from workshop.exercise import Offer, Sentence, Summary
from workshop.language import Amount, Multilingual, Sayable, Text, counted, joined, say, text
from workshop.model import Option, Origin
from workshop.options import taken

ON_THE_WALL = 12
"""Organisations in the bars; the table of the report has all."""


def tell(result: Result) -> list[Block]:
    """Return the figures, the network, what it means, the table and the load."""
    doubts = tuple(_doubts(result))
    caution = [Prose(sentences=doubts, tone="caution")] if doubts else []
    if not result.counted:
        return [Prose(sentences=(findings.total(result),)), *caution]
    return [
        Figures(figures=_figures(result)),
        _network(result),
        Prose(sentences=tuple(findings.meaning(result)[: findings.ON_WALL]), tone="finding"),
        short(result),
        _bars(result),
        *caution,
    ]


def method(settings: Settings) -> list[Sayable]:
    """Return what counts, the weights and the thresholds that were fixed beforehand."""
    weights = joined(
        [
            text("{strength} ({words}): {weight}", strength=one, words=STRENGTHS[one],
                 weight=Amount(weight, 2))
            for one, weight in DELIVERY.items()
        ]
    )  # fmt: skip
    return [
        text(
            "Organisations wrote down what they will do, the result, the day, how firm it is, and "
            "what they need from whom. A commitment without an organisation, a verb, a result or "
            "a day to come, or that needs itself, is kept as a draft and not counted; so are "
            "those withdrawn or declared invalid."
        ),
        text(
            "In the network an arrow leads from the organisation that promised to the one it "
            "needs; needs that were declined are dashed and not counted. Critical is who is "
            "needed by at least half of the commitments, and who holds the network together."
        ),
        text(
            "That one commitment waits for another is concluded from the organisation asked and "
            "the same priority; a person should confirm it."
        ),
        text("Weights of strengths, a convention for planning: {weights}.", weights=weights),
    ]


def summary(result: Result) -> Summary:
    """Return what the executive summary says of commitments."""
    if not result.register.lines:
        return Summary()
    told: list[tuple[int, Text, str]] = [(58, findings.total(result), "commitments.table")]
    if result.counted:  # else nothing is served, and the first sentence says it
        told += [(57, one, "commitments.coverage") for one in findings.unserved(result)]
    told += [(55, one, "commitments.load") for one in findings.critical(result)]
    told += [(45, one, "commitments.mutual") for one in findings.waiting(result)]
    told += [(40, one, "commitments.register") for one in findings.conflicts(result)]
    return Summary(
        figures=_figures(result)[:2] if result.counted else (),
        findings=tuple(Sentence(text=one, weight=w, about=(key,)) for w, one, key in told),
        cautions=tuple(
            Sentence(text=one, weight=20, about=("commitments.left_out",))
            for one in findings.not_counted(result)
        ),
        steps=tuple(
            Sentence(text=one, weight=weight, about=("commitments.register",))
            for weight, one in findings.steps(result)
        ),
    )


def offers(result: Result) -> list[Offer]:
    """Return the counted commitments by their day, for the roadmap."""
    ranked = sorted(result.counted, key=lambda line: (str(line.due), line.number))
    names = {one.key: one.wording for one in result.settings.priorities}
    return [
        Offer(
            key=f"K{line.number:02d}",
            wording=_offered(line),
            origin=Origin(
                stage_id=line.contribution.stage_id,
                contribution_ids=(line.contribution.id,),
                label=f"K{line.number:02d}",
            ),
            rank=place,
            note=text("{organisation}, due {day}", organisation=who(line), day=line.due),
            category=line.entry.priority,
            category_name=names.get(line.entry.priority, ""),
        )
        for place, line in enumerate(ranked, 1)
    ]


def take(settings: Settings, options: Sequence[Option]) -> Settings:
    """Return the settings with what was handed on as priorities, beside those already there."""
    return settings.model_copy(update={"priorities": taken(settings.priorities, options)})


def _offered(line: Line) -> Multilingual:
    if line.printable:
        return line.words
    name = text("Commitment {number}", number=line.number)
    return Multilingual(bg=say(name, "bg"), en=say(name, "en"))


def _figures(result: Result) -> tuple[Figure, ...]:
    n = len(result.counted)
    return (
        Figure(value=n, label=counted("commitment counted", "commitments counted", n)),
        Figure(
            value=Amount(result.dependent / n, 0, "percent"),
            label=text("need a partner"),
        ),
        Figure(
            value=len(result.unanswered),
            label=counted(
                "need without an answer", "needs without an answer", len(result.unanswered)
            ),
        ),
    )


def _doubts(result: Result) -> list[Text]:
    sentences = [*findings.unanswered(result), *findings.not_counted(result)]
    return [*sentences, findings.convention(result)] if result.counted else sentences


def _network(result: Result) -> Network:
    room = result.room
    keys = {one.id: key_of(one) for one in room.organisations}
    groups = {group.id: group for group in room.groups}
    nodes = tuple(
        Node(
            key=keys[load.organisation.id],
            name=load.organisation.name,
            group=groups[load.organisation.group_id].key
            if load.organisation.group_id in groups
            else "",
            weight=load.needed_by,
            critical=load.alarm or load.breaks,
        )
        for load in result.loads
    )
    solid = [
        Edge(source=keys[one.giver], target=keys[one.needed], weight=one.weight)
        for one in result.network.links
    ]
    dashed = [
        Edge(source=keys[one.giver], target=keys[one.needed], weight=one.weight, declined=True)
        for one in result.declined
    ]
    return Network(
        title=text("Who needs whom"),
        nodes=nodes,
        edges=(*solid, *dashed),
        groups=tuple((group.key, group.name) for group in room.groups),
        basis=basis(result),
        note=text(
            "Density {density}, returned links {reciprocity}.",
            density=Amount(result.network.density.value),
            reciprocity=Amount(result.network.reciprocity.value, 0, "percent"),
        ),
        key="commitments.network",
    )


def _bars(result: Result) -> Bars:
    active = [load for load in result.loads if load.needed_by or load.commitments]
    return Bars(
        title=text("Who carries how much"),
        bars=tuple(
            Bar(
                label=load.organisation.name,
                value=load.needed_by,
                parts=(load.commitments, load.needed_by),
                mark=text("critical") if load.alarm or load.breaks else "",
            )
            for load in active[:ON_THE_WALL]
        ),
        axis=text("Commitments"),
        series=(text("own commitments"), text("commitments that need it")),
        layout="grouped",
        kind="count",
        basis=basis(result),
        key="commitments.bars",
    )
