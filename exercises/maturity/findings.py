"""Sentences about maturity by rule: what was found and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from exercises.maturity.evidence import Exhibit
from exercises.maturity.phrases import level_words, names
from exercises.maturity.result import DimensionResult, Result
from workshop.language import Amount, Sayable, Text, counted, joined, quoted, text
from workshop.statistics import MIN_ORGANISATIONS, Distribution, Interval

EQUAL = 0.25
"""Means closer than this many levels are called about equal (method, section 5)."""
MOST_CONTESTED = 3
RANKED = 3
"""Dimensions that the summary names at each end."""


def headline(result: Result) -> Text:
    """Return the index with the confirmed level, or why there is none."""
    if not result.told:
        return text("Too few people rated to show a result.")
    index = Amount(result.index, 0)
    if result.confirmed is not None:
        return text(
            "Participants rate maturity at {index} out of 100; the confirmed level is {level}.",
            index=index,
            level=level_words(result, result.confirmed),
        )
    bare = result.unverified
    unrated = any(one.levels is None for one in bare)
    return text(
        "Participants rate maturity at {index} out of 100; the confirmed level is not determined: "
        "{missing} for {dimensions}.",
        index=index,
        missing=text("evidence or ratings are missing") if unrated else text("evidence is missing"),
        dimensions=text("every dimension") if len(bare) == len(result.dimensions) else names(bare),
    )


def extremes(result: Result) -> Iterator[Text]:
    """Yield the weakest and the strongest dimension: an average hides them."""
    weak, strong = result.weakest, result.strongest
    if not weak or len(result.rated) < 2:
        return
    low, high = weak[0].perceived or 0.0, strong[0].perceived or 0.0
    values: dict[str, Sayable] = {"low": Amount(low), "high": Amount(high)}
    if round(low, 2) == round(high, 2):
        yield text("All rated dimensions stand equal, at {low}.", **values)
    elif high - low < EQUAL:
        yield text("All rated dimensions stand about equal, from {low} to {high}.", **values)
    elif len(weak) == len(strong) == 1:
        yield text(
            "The weakest dimension is {weakest} ({low} of {top}), the strongest {strongest} "
            "({high}).",
            weakest=names(weak),
            strongest=names(strong),
            top=result.scale.top,
            **values,
        )
    else:
        yield text(
            "Rated lowest: {weakest} ({low} of {top}). Rated highest: {strongest} ({high}).",
            weakest=names(weak),
            strongest=names(strong),
            top=result.scale.top,
            **values,
        )


def ranking(result: Result) -> Iterator[Text]:
    """Yield the three weakest and the three strongest dimensions, where so many stand apart."""
    ordered = sorted(result.rated, key=lambda one: (one.perceived or 0.0, one.dimension.code))
    if len(ordered) < 2 * RANKED or result.told is False:
        yield from extremes(result)
        return
    low, high = ordered[:RANKED], ordered[::-1][:RANKED]
    if (high[0].perceived or 0.0) - (low[0].perceived or 0.0) < EQUAL:
        yield from extremes(result)
        return
    yield text(
        "On the scale to {top}, rated lowest are {weakest}; rated highest are {strongest}.",
        weakest=_with_means(low),
        strongest=_with_means(high),
        top=result.scale.top,
    )


def _with_means(some: Sequence[DimensionResult]) -> Sayable:
    return joined(
        [
            text("{dimension} ({mean})", dimension=names([one]), mean=Amount(one.perceived))
            for one in some
        ]
    )


def contested(result: Result) -> Iterator[Text]:
    """Yield where the room is of two minds, with the groups furthest apart if they may be shown."""
    split = [one for one in result.rated if one.contested]
    for one in split[:MOST_CONTESTED]:
        yield _contested(result, one)
    if split[MOST_CONTESTED:]:
        more = split[MOST_CONTESTED:]
        yield counted(
            "Also contested is {dimensions}.",
            "Also contested are {dimensions}.",
            len(more),
            dimensions=names(more),
        )


def _contested(result: Result, one: DimensionResult) -> Text:
    assert isinstance(one.spread, Distribution)  # it has a label
    shown = [(one.current.by_group[group].value, group) for group in one.groups.shown]
    low, high = min(shown, default=(0.0, "")), max(shown, default=(0.0, ""))
    lower, higher = result.room.group(low[1]), result.room.group(high[1])
    agreement = Amount(one.spread.agreement.value)
    if lower is None or higher is None or high[0] - low[0] < EQUAL:
        return text(
            "{dimension} is contested: opinions lie far apart (agreement A = {a}).",
            dimension=names([one]),
            a=agreement,
        )
    return text(
        "{dimension} is contested: {higher} rates it {high}, {lower} {low} (agreement A = {a}).",
        dimension=names([one]),
        higher=higher.name,
        high=Amount(high[0], 1),
        lower=lower.name,
        low=Amount(low[0], 1),
        a=agreement,
    )


def shared(result: Result) -> Iterator[Text]:
    """Yield the dimensions that the room sees alike."""
    alike = [one for one in result.rated if one.shared]
    if alike:
        yield text("Views are shared on {dimensions}.", dimensions=names(alike))


def against_evidence(result: Result) -> Iterator[Text]:
    """Yield where perception and verified evidence lie a level apart, either way."""
    for one in result.rated:
        levels = one.levels
        if levels is None or levels.evidence_level is None:
            continue
        values: dict[str, Sayable] = {
            "dimension": names([one]),
            "perceived": Amount(levels.perceived, 1),
            "level": levels.evidence_level,
        }
        if levels.perceived_level > levels.evidence_level:
            reasons = _reasons(one.exhibits, levels.evidence_level + 1)
            yield (
                text(
                    "On {dimension} perception ({perceived}) exceeds the evidence (level "
                    "{level}); the register notes: {reasons}.",
                    reasons=joined(reasons),
                    **values,
                )
                if reasons
                else text(
                    "On {dimension} perception ({perceived}) exceeds the evidence (level {level}).",
                    **values,
                )
            )
        elif levels.perceived_level < levels.evidence_level:
            yield text(
                "On {dimension} the evidence (level {level}) is ahead of perception "
                "({perceived}): little known achievements.",
                **values,
            )


def _reasons(exhibits: Sequence[Exhibit], level: int) -> list[Sayable]:
    """Return the recorded reasons why evidence of the next level was rejected, as written."""
    return [
        quoted(one.note.rstrip("."))
        for one in exhibits
        if one.status == "rejected" and one.note and one.proof.level == level
    ]


def ambition(result: Result) -> Iterator[Text]:
    """Yield the gap to close first."""
    ranked = [
        (one.priority, one) for one in result.rated if one.aim_told and one.priority is not None
    ]
    if not ranked:
        return
    first = max(priority for priority, _ in ranked)
    top = [one for priority, one in ranked if abs(priority - first) < 1e-9]
    gap = top[0].levels.ambition_gap if top[0].levels else None
    if gap is None or gap <= 0 or len(top) > MOST_CONTESTED:
        return
    values: dict[str, Sayable] = {"dimension": names(top), "gap": Amount(gap, 1)}
    if result.settings.importance:
        yield text(
            "Weighed with the votes for priorities, the gap to the target matters most on "
            "{dimension} ({gap} levels).",
            **values,
        )
    else:
        yield text("The longest way to the target is on {dimension} ({gap} levels).", **values)


def certainty(result: Result) -> Iterator[Text]:
    """Yield how sure the index is."""
    if isinstance(result.interval, Interval):
        yield text(
            "Had other organisations of the same kind come, the index might well be anywhere from "
            "{low} to {high}.",
            low=Amount(result.interval.low, 0),
            high=Amount(result.interval.high, 0),
        )
    else:
        yield text(
            "Fewer than {n} organisations rated: too few to say how sure the index is.",
            n=MIN_ORGANISATIONS,
        )
