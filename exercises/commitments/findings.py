"""Sentences about commitments by rule: who depends on whom, what waits, what is not counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from exercises.commitments.phrases import numbered, priority
from exercises.commitments.register import Line
from exercises.commitments.result import Result
from workshop.language import Amount, Sayable, Several, Text, counted, joined, quoted, text
from workshop.statistics.network import MIN_CORE

MOST = 3
"""Sentences of one kind; the tables have the rest."""


ON_WALL = 6
"""Sentences a wall can hold; the others stand in the report."""


def meaning(result: Result) -> list[Text]:
    """Return what the register and the network mean, the weightiest first."""
    return [
        total(result),
        *critical(result),
        *waiting(result),
        *conflicts(result),
        *gaps(result),
        *core(result),
    ]


def total(result: Result) -> Text:
    """Return how many were counted and on whom most of them depend."""
    n = len(result.counted)
    if not n:
        return text("No commitment is counted yet.")
    first = result.loads[0] if result.loads else None
    if first is None or not first.needed_by:
        return counted(
            "{n} commitment was counted; it depends on nobody else.",
            "{n} commitments were counted; they depend on nobody else.",
            n,
        )
    return counted(
        "{n} commitment was counted; it depends on {organisation}.",
        "{n} commitments were counted; {depending} on {organisation}.",
        n,
        depending=counted("{n} of them depends", "{n} of them depend", first.needed_by),
        organisation=first.organisation.name,
    )


def critical(result: Result) -> Iterator[Text]:
    """Yield the single points of failure."""
    exposed = [load for load in result.loads if load.alarm or load.breaks]
    if exposed:
        yield counted(
            "Critical for the network is {n} organisation: {names}.",
            "Critical for the network are {n} organisations: {names}.",
            len(exposed),
            names=joined([load.organisation.name for load in exposed]),
        )
    for load in exposed:
        if load.alarm:
            yield text(
                "Without {organisation}, {share} of the counted commitments lose a partner they "
                "need.",
                organisation=load.organisation.name,
                share=Amount(load.share, 0, "percent"),
            )
    yield from _alone(result)


def _alone(result: Result) -> Iterator[Text]:
    """Yield who alone can serve a priority that at least two commitments are for."""
    alone: dict[str, list[str]] = {}
    for one in result.dependencies.sole_suppliers:
        if one.commitments > 1:
            alone.setdefault(one.organisation, []).append(one.candidate)
    for organisation, keys in list(alone.items())[:MOST]:
        yield text(
            "Every commitment for {priorities} needs {organisation}.",
            priorities=wordings(result, keys),
            organisation=result.organisation(organisation).name,
        )


def waiting(result: Result) -> Iterator[Text]:
    """Yield commitments that wait for each other."""
    for pair in result.waiting[:MOST]:
        yield text(
            "{first} and {other} need each other and should agree on a joint date.",
            first=numbered(pair.first),
            other=numbered(pair.other),
        )


def wordings(result: Result, keys: Iterable[str]) -> Several:
    """Return priorities as a list of their wordings in quotes."""
    return joined([quoted(priority(result, key)) for key in keys])


def conflicts(result: Result) -> Iterator[Text]:
    """Yield commitments due before what they need; not those that wait for each other."""
    mutual = {frozenset((one.first.number, one.other.number)) for one in result.waiting}
    early = [
        one
        for one in result.conflicts
        if frozenset((one.first.number, one.other.number)) not in mutual
    ]
    for pair in early[:MOST]:
        yield text(
            "{first} is due on {day}, before {other}, which it needs and which is due on {later}.",
            first=numbered(pair.first),
            other=numbered(pair.other),
            day=pair.first.due,
            later=pair.other.due,
        )


def core(result: Result) -> Iterator[Text]:
    """Yield the most connected core, or that none is clear where one could be."""
    if result.core is None:
        if len(result.network.organisations) >= MIN_CORE and result.network.links:
            yield text("The network has no clear core.")
    else:
        yield text(
            "The most connected core: {names}.",
            names=joined([result.organisation(one).name for one in result.core.members]),
        )


def gaps(result: Result) -> Iterator[Text]:
    """Yield what nobody promised, and who stands aside."""
    yield from unserved(result)
    if result.isolates:
        yield text(
            "In the room, but without a commitment and needed by nobody: {names}.",
            names=joined([one.name for one in result.isolates]),
        )


def unserved(result: Result) -> Iterator[Text]:
    """Yield the priorities nobody promised anything for."""
    bare = [one.key for one in result.coverage if one.key and not one.total]
    if bare:
        yield text("No commitment serves {priorities}.", priorities=wordings(result, bare))


def unanswered(result: Result) -> Iterator[Text]:
    """Yield how many needs wait for an answer."""
    if result.unanswered:
        yield counted(
            "{n} need has no answer from its partner yet.",
            "{n} needs have no answer from their partners yet.",
            len(result.unanswered),
        )


def not_counted(result: Result) -> Iterator[Text]:
    """Yield what was not counted and why."""
    if result.left_out:
        yield counted(
            "{n} commitment was not counted: {reasons}.",
            "{n} commitments were not counted: {reasons}.",
            len(result.left_out),
            reasons=joined([_reason(line) for line in result.left_out]),
        )


def _reason(line: Line) -> Text:
    return text("No. {number} ({reason})", number=line.number, reason=reason(line))


def reason(line: Line) -> Sayable:
    """Return why a commitment is not counted, in two words."""
    if line.status == "withdrawn":
        return text("withdrawn")
    if line.status == "invalid" and not line.lacks:
        return text("not valid")
    return joined(line.lacks)


def convention(result: Result) -> Text:
    """Return the expected delivery with what it is not."""
    return counted(
        "Weighed by strength, about {delivery} of {n} commitment can be planned with: a "
        "convention for planning, no forecast.",
        "Weighed by strength, about {delivery} of {n} commitments can be planned with: a "
        "convention for planning, no forecast.",
        len(result.counted),
        delivery=Amount(result.delivery, 1),
    )


def steps(result: Result) -> Iterator[tuple[int, Text]]:
    """Yield what to do next, with its weight."""
    bare = [one.key for one in result.coverage if one.key and not one.total]
    if bare and result.counted:
        yield 75, text("Find who takes on {priorities}.", priorities=wordings(result, bare))
    yield from _questions(result)
    if result.waiting:
        yield (
            62,
            text(
                "Agree on joint dates for commitments that wait for each other: {pairs}.",
                pairs=joined([_pair(one.first, one.other) for one in result.waiting]),
            ),
        )
    unsure = [line for line in result.counted if line.status == "needs_confirmation"]
    if unsure:
        yield (
            60,
            text(
                "Have confirmed in writing: {commitments}.",
                commitments=joined([numbered(line) for line in unsure]),
            ),
        )
    drafts = [line for line in result.left_out if line.status == "draft"]
    if drafts:
        yield (
            35,
            text(
                "Complete the drafts: {commitments}.",
                commitments=joined([numbered(line) for line in drafts]),
            ),
        )


def _pair(first: Line, other: Line) -> Text:
    return text("No. {first} with No. {other}", first=first.number, other=other.number)


def _questions(result: Result) -> Iterator[tuple[int, Text]]:
    """Yield whom to ask first: those on whom half of the commitments depend."""
    for load in result.loads:
        open_ones = [one for one in result.unanswered if one.need.organisation == load.organisation]
        if load.alarm and open_ones:
            yield (
                65,
                counted(
                    "Ask {organisation} for an answer to {n} need.",
                    "Ask {organisation} for an answer to {n} needs.",
                    len(open_ones),
                    organisation=load.organisation.name,
                ),
            )
