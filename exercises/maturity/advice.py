"""What readers must know before they compare, and what to do next; by rule."""

from __future__ import annotations

from collections.abc import Iterator

from exercises.maturity.phrases import hidden_note, indicative, names
from exercises.maturity.result import DimensionResult, Result
from workshop.language import Amount, Text, counted, joined, text


def cautions(result: Result) -> Iterator[Text]:
    """Yield what a reader must know before comparing: weights, small groups, turnout."""
    if not result.rated:  # nothing to compare, and the headline says why
        return
    apart = [one for one in result.rated if one.apart]
    if apart:
        yield text(
            "Who is counted matters: the three weightings differ by more than half a level on "
            "{dimensions}.",
            dimensions=names(apart),
        )
    for one in result.heavy:
        yield counted(
            "{group}: {n} person of {of} carries {weight} of a mean that gives every group the "
            "same weight.",
            "{group}: {n} people of {of} carry {weight} of a mean that gives every group the "
            "same weight.",
            one.n,
            group=one.group.name,
            of=one.of,
            weight=Amount(one.weight, 0, "percent"),
        )
    if result.singles:
        yield text("No group has two people who rated, so every person counts alike.")
    elif result.left_out:
        yield text(
            "Groups of one person are left out of the mean by group: {groups}.",
            groups=joined([group.name for group in result.left_out]),
        )
    silent = [one for one in result.dimensions if one.n and not one.told]
    if silent:
        yield text("Too few people rated {dimensions} to show a mean.", dimensions=names(silent))
    if any(one.groups.hidden for one in result.dimensions):
        yield hidden_note(result)
    if indicative(result):
        yield text(
            "Only indicative: {n} of {of} rated, or a whole group did not.",
            n=result.raters,
            of=len(result.room.eligible),
        )


def steps(result: Result) -> Iterator[tuple[int, Text]]:
    """Yield what to do next, with its weight."""
    waiting: list[str] = []
    contested = [one for one in result.rated if one.contested]
    if contested:
        yield (
            70,
            counted(
                "Discuss the contested dimension {dimensions}.",
                "Discuss the contested dimensions {dimensions}.",
                len(contested),
                dimensions=names(contested),
            ),
        )
    bare = [one for one in result.dimensions if _unproven(one)]
    if bare and len(bare) == len(result.dimensions):
        yield 50, text("Collect evidence for every dimension.")
    elif bare:
        yield 50, text("Collect evidence for {dimensions}.", dimensions=names(bare))
    for one in result.dimensions:
        wanted = one.levels.perceived_level if one.levels else 0
        if _unproven(one):
            continue
        if (one.evidence_level or 0) < wanted:
            yield from _prove(one, wanted)
        else:
            waiting += _proofs(one, "claimed", (one.evidence_level or 1) + 1)
    if waiting:
        yield (
            30,
            text(
                "Verify what is claimed for the next level: {evidence}.", evidence=joined(waiting)
            ),
        )


def _unproven(one: DimensionResult) -> bool:
    """Return whether people rated something that no evidence speaks of."""
    return bool(one.n and one.exhibits) and one.evidence_level is None


def _prove(one: DimensionResult, wanted: int) -> Iterator[tuple[int, Text]]:
    """Yield what the evidence lacks to confirm what people perceive."""
    claimed, rejected = _proofs(one, "claimed", wanted), _proofs(one, "rejected", wanted)
    if claimed:
        yield (
            60,
            text(
                "Verify the claimed evidence for {dimension}: {evidence}.",
                dimension=names([one]),
                evidence=joined(claimed),
            ),
        )
    if rejected:
        yield (
            60,
            text(
                "Find other evidence for {dimension} in place of the rejected {evidence}.",
                dimension=names([one]),
                evidence=joined(rejected),
            ),
        )


def _proofs(one: DimensionResult, status: str, highest: int) -> list[str]:
    """Return the evidence of a status that stands between the proven level and ``highest``."""
    return [
        exhibit.proof.id
        for exhibit in one.exhibits
        if exhibit.status == status and (one.evidence_level or 1) < exhibit.proof.level <= highest
    ]
