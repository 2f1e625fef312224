"""Tell the maturity of a municipality: the picture, what it means, how sure it is."""

from __future__ import annotations

from exercises.maturity import advice, findings
from exercises.maturity.model import Settings
from exercises.maturity.phrases import WEIGHTINGS, basis, hidden_note, named
from exercises.maturity.result import APART, Result
from exercises.maturity.tables import group_values, spread
from workshop.blocks import Block, Figure, Figures, Heat, Prose, Radar
from workshop.exercise import Sentence, Summary
from workshop.language import Amount, Sayable, text
from workshop.statistics.agreement import CONTESTED_A, CONTESTED_IQR, SHARED_A


def tell(result: Result) -> list[Block]:
    """Return the figures, the radar, what it means, the groups and where opinions differ."""
    if not result.raters:
        return [Prose(sentences=(text("Nobody has rated a dimension yet."),))]
    blocks: list[Block] = []
    if result.told:
        blocks.append(Figures(figures=_figures(result)))
    radar = _radar(result)
    if any(level is not None for _, levels in radar.profiles for level in levels):
        blocks.append(radar)
    blocks.append(Prose(sentences=_meaning(result), tone="finding"))
    by_group = any(one.groups.shown for one in result.dimensions)
    if by_group:
        blocks.append(_heat(result))
    split = [one for one in result.rated if one.contested]
    if result.rated:
        title = text("Where opinions differ") if split else text("All ratings by dimension")
        blocks.append(spread(result, split or result.rated, title, "maturity.contested"))
    said = hidden_note(result) if by_group else None  # it stands below the heat map
    if doubts := tuple(one for one in advice.cautions(result) if one != said):
        blocks.append(Prose(sentences=doubts, tone="caution"))
    return blocks


def method(settings: Settings) -> list[Sayable]:
    """Return the scale, the rules and the thresholds that were fixed beforehand."""
    scale = settings.scale
    sentences: list[Sayable] = [
        text(
            "Maturity was rated with “{model}” (version {version}): {dimensions} dimensions, each "
            "with {levels} described levels, for today and for the target; “I cannot judge” is "
            "kept apart and never counted as the middle.",
            model=scale.name,
            version=scale.version,
            dimensions=len(scale.dimensions),
            levels=scale.top,
        ),
        *([scale.note] if scale.note else []),
        *_rules(settings),
    ]
    if settings.weights:
        sentences.append(text("The dimensions weigh differently in the index."))
    if settings.strict:
        sentences.append(
            text("Groups that all printed means together would give away are hidden as well.")
        )
    return sentences


def _rules(settings: Settings) -> list[Sayable]:
    """Return how means, levels and labels are made (method 2.6)."""
    return [
        text(
            "The headline mean uses {weighting}; means by group, by person and by organisation "
            "are printed side by side, with a warning where they differ by more than {apart} of a "
            "level.",
            weighting=WEIGHTINGS[settings.weighting],
            apart=Amount(APART, 1),
        ),
        text(
            "The evidence level is the highest one up to which all required evidence was verified "
            "by another organisation than the one it comes from; one piece per level may be not "
            "applicable, with a reason. The confirmed level is the lower of perception and "
            "evidence; without any evidence a dimension is unverified."
        ),
        text(
            "The index runs from 0 to 100. The whole reaches a level when seven of nine dimensions "
            "do and none is more than one level below."
        ),
        text(
            "A dimension is contested when agreement A is below {low} or the middle half of the "
            "ratings spans {iqr} levels or more; a view is shared from A = {high} on.",
            low=Amount(CONTESTED_A),
            iqr=Amount(CONTESTED_IQR, 0),
            high=Amount(SHARED_A),
        ),
    ]


def summary(result: Result) -> Summary:
    """Return what the executive summary says of maturity."""
    steps = tuple(
        Sentence(text=sentence, weight=weight, about=("maturity.levels", "maturity.evidence"))
        for weight, sentence in advice.steps(result)
    )
    if not result.told:
        return Summary(steps=steps)
    told = [
        *((100, one, "maturity.levels") for one in [findings.headline(result)]),
        *((90, one, "maturity.levels") for one in findings.ranking(result)),
        *((60, one, "maturity.contested") for one in findings.contested(result)),
        *((50, one, "maturity.levels") for one in findings.against_evidence(result)),
    ]
    return Summary(
        figures=_figures(result)[:2],
        findings=tuple(
            Sentence(text=one, weight=weight, about=(key,)) for weight, one, key in told
        ),
        cautions=tuple(
            Sentence(text=one, weight=40, about=("maturity.weightings",))
            for one in advice.cautions(result)
        ),
        steps=steps,
    )


def _figures(result: Result) -> tuple[Figure, ...]:
    level: Sayable = "–"
    label: Sayable = text("Confirmed level: not determined")
    if result.confirmed is not None:
        level = text("{level} of {top}", level=result.confirmed, top=result.scale.top)
        label = text("Confirmed level: “{name}”", name=result.scale.level_name(result.confirmed))
    return (
        Figure(
            value=text("{index} of 100", index=Amount(result.index, 0)),
            label=text("Maturity index, as perceived"),
        ),
        Figure(value=level, label=label),
    )


def _radar(result: Result) -> Radar:
    shown = result.dimensions
    return Radar(
        title=text("Maturity: perceived, target and evidence"),
        axes=tuple(named(one) for one in shown),
        profiles=(
            (text("Perceived"), tuple(one.perceived if one.told else None for one in shown)),
            (text("Target"), tuple(one.target if one.aim_told else None for one in shown)),
            (text("Evidence"), tuple(_level(one.evidence_level) for one in shown)),
        ),
        low=1,
        high=result.scale.top,
        basis=basis(result),
        key="maturity.radar",
    )


def _level(level: int | None) -> float | None:
    return None if level is None else float(level)


def _meaning(result: Result) -> tuple[Sayable, ...]:
    if not result.told:
        return (findings.headline(result),)
    return (
        findings.headline(result),
        *findings.certainty(result),
        *findings.extremes(result),
        *findings.contested(result),
        *findings.shared(result),
        *findings.against_evidence(result),
        *findings.ambition(result),
    )


def _heat(result: Result) -> Heat:
    hidden = any(one.groups.hidden or one.groups.complementary for one in result.dimensions)
    return Heat(
        title=text("Perceived level by group"),
        rows=tuple(named(one) for one in result.dimensions),
        columns=tuple(group.name for group in result.room.groups),
        values=group_values(result),
        low=1,
        high=result.scale.top,
        digits=1,
        basis=basis(result, weighted=False),
        note=hidden_note(result) if hidden else "",
        key="maturity.heat",
    )
