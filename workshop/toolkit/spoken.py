"""Who spoke how much: each group's share of the time against its share of the people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from workshop.blocks import Basis, Block, Cell, Column, Prose, Table
from workshop.language import Amount, Sayable, Text, text
from workshop.model import Id, Participant, Span, Stage, StakeholderGroup
from workshop.statistics.equity import Balance, Inequality, Representation, gini, representation
from workshop.statistics.suppression import visible_groups

OTHERS = ""
"""Stands for all groups that are not shown on their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A group that may be shown, or all others together."""

    group: StakeholderGroup | None
    """None: all groups that are not shown on their own."""
    people: int
    seconds: int
    share: Representation | None
    """None where nobody has spoken."""

    @property
    def name(self) -> Sayable:
        """What to call it."""
        return self.group.name if self.group else text("Other groups together")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """The speaking time of a workshop as staff, workbook and report tell it."""

    voices: tuple[Voice, ...]
    """Groups with participants, in their order; empty where none may be shown."""
    people: int
    seconds: int
    guests: int
    """Seconds of groups nobody in the room belongs to; in no share."""
    evenness: Inequality | None
    """Everybody of a group taken as having spoken alike: the true Gini can only be higher."""
    smallest: int
    safe: bool
    """Whether the total may be told."""
    present: frozenset[Id]
    """The groups with participants: the time of all others is a guest's, in no share."""

    @property
    def pooled(self) -> bool:
        """Whether some groups are counted together."""
        return any(one.group is None for one in self.voices)


def heads(participants: Iterable[Participant]) -> Counter[Id]:
    """Return how many of each group have a vote; observers are in no denominator."""
    return Counter(one.group_id for one in participants if one.voting)


def listen(
    groups: Sequence[StakeholderGroup],
    people: Mapping[Id, int],
    spans: Iterable[Span],
    smallest: int,
    now: datetime | None = None,
) -> Spoken:
    """Return who spoke how much; a span that still runs counts until ``now``, or not at all.

    Groups below ``smallest``, and any that would give them away, become one before anything is
    computed: no figure then says more than those that are shown.
    """
    time: Counter[Id] = Counter()
    for one in spans:
        time[one.group_id] += one.seconds(now)
    crowd = {group.id: people.get(group.id, 0) for group in groups if people.get(group.id, 0) > 0}
    seen = visible_groups(crowd, smallest)
    size, voice = _pool(crowd, seen.shown), _pool({one: time[one] for one in crowd}, seen.shown)
    shares = representation(voice, size) if seen.shown else {}
    named: list[StakeholderGroup | None] = [one for one in groups if one.id in seen.shown]
    voices = [
        Voice(group=one, people=size[key], seconds=voice[key], share=shares.get(key))
        for one in [*named, None]
        if (key := one.id if one else OTHERS) in size
    ]
    return Spoken(
        voices=tuple(voices) if seen.shown else (),
        people=sum(crowd.values()),
        seconds=voice.total(),
        guests=sum(n for group, n in time.items() if group not in crowd),
        evenness=_evenness(voices),
        smallest=smallest,
        safe=seen.safe,
        present=frozenset(crowd),
    )


def tell(spoken: Spoken) -> list[Block]:
    """Return the table and what it says; nothing where nothing was recorded."""
    if not spoken.seconds and not spoken.guests:
        return []
    if not spoken.seconds:
        return [_said(_guests(spoken))]
    if not spoken.safe:
        return [_said(text("Too few people were there to tell who spoke how long."))]
    if not spoken.voices:
        total = text(
            "{minutes} minutes of speaking were recorded; no group is large enough to be shown on "
            "its own.",
            minutes=_minutes(spoken.seconds),
        )
        return [_said(total)]
    return [_table(spoken), Prose(sentences=tuple(_sentences(spoken)))]


def by_stage(spoken: Spoken, stages: Sequence[Stage], spans: Sequence[Span]) -> Table | None:
    """Return the minutes of each stage, by the groups that may be shown; guests are in none."""
    if not spoken.voices:
        return None
    own = [one.group.id for one in spoken.voices if one.group]
    columns = [*own, OTHERS] if spoken.pooled else own
    rows: list[tuple[Cell, ...]] = []
    titles: list[tuple[Id | None, Sayable]] = [(one.id, one.title) for one in stages]
    for stage_id, title in [*titles, (None, text("between stages"))]:
        time: Counter[Id] = Counter()
        for one in spans:
            if one.stage_id == stage_id and one.group_id in spoken.present:
                time[one.group_id if one.group_id in own else OTHERS] += one.seconds()
        if time.total():
            rows.append((title, *(time[one] / 60 for one in columns)))
    if not rows:
        return None
    heads_of = (Column(head=one.name, kind="number", digits=1) for one in spoken.voices)
    return Table(
        title=text("Minutes of speaking by stage"),
        columns=(Column(head=text("Stage"), width=3), *heads_of),
        rows=tuple(rows),
        key="speaking.stages",
    )


def _pool(amounts: Mapping[Id, int], shown: Sequence[Id]) -> Counter[Id]:
    pooled: Counter[Id] = Counter()
    for group, n in amounts.items():
        pooled[group if group in shown else OTHERS] += n
    return pooled


def _evenness(voices: Sequence[Voice]) -> Inequality | None:
    """Return Gini over the people, each with the mean of their group; None for a single voice."""
    amounts = [one.seconds / one.people for one in voices for _ in range(one.people)]
    found = gini(amounts) if len(voices) > 1 else None
    return found if isinstance(found, Inequality) else None


def _table(spoken: Spoken) -> Table:
    rows = [
        (
            one.name,
            one.people,
            one.seconds / 60,
            one.share.share_of_people if one.share else None,
            one.share.share_of_voice if one.share else None,
            one.share.ratio if one.share else None,
        )
        for one in spoken.voices
    ]
    note = text("Recorded by group, never by person.")
    if spoken.pooled:
        note = text(
            "Recorded by group, never by person. Groups of fewer than {k} people, and any other "
            "that would give them away, are counted together.",
            k=spoken.smallest,
        )
    return Table(
        title=text("Speaking time by stakeholder group"),
        columns=(
            Column(head=text("Stakeholder group"), width=3),
            Column(head=text("Participants"), kind="count", width=2),
            Column(head=text("Minutes"), kind="number", digits=1, width=2),
            Column(head=text("Share of people"), kind="percent", digits=0, width=2),
            Column(head=text("Share of time"), kind="percent", digits=0, width=2),
            Column(head=text("Ratio"), kind="number", width=2),
        ),
        rows=(*rows, (text("All"), spoken.people, spoken.seconds / 60, None, None, None)),
        basis=Basis(n=spoken.people),
        note=note,
        key="speaking",
    )


def _sentences(spoken: Spoken) -> Iterable[Sayable]:
    """Yield who has most and least against its share, how evenly, and what is not in it."""
    shares = [(one.share.ratio, one) for one in spoken.voices if one.group and one.share]
    ends = [one for _, one in sorted(shares, key=lambda one: -one[0])]
    for one in dict.fromkeys([*ends[:1], *ends[-1:]]):
        assert one.share is not None  # only those with one are among them
        yield text(
            "{group}: {people} of the voting participants and {voice} of the recorded speaking "
            "time.",
            group=one.name,
            people=Amount(one.share.share_of_people, 0, "percent"),
            voice=Amount(one.share.share_of_voice, 0, "percent"),
        )
    for one in spoken.voices:
        if one.share and one.share.balance is Balance.UNDER:
            yield text("Less than half of its share of time: {group}.", group=one.name)
        if one.share and one.share.balance is Balance.OVER:
            yield text("More than twice its share of time: {group}.", group=one.name)
    even = spoken.evenness
    if even is not None:
        yield text(
            "Between the groups, speaking time is {how} (Gini coefficient {gini}, corrected for a "
            "small room {corrected}). Within the groups it was not recorded, so among people it "
            "can only be less even.",
            how=text("evenly spread")
            if even.gini < 0.3
            else text("unevenly spread")
            if even.gini < 0.5
            else text("very unevenly spread"),
            gini=Amount(even.gini, 2),
            corrected=Amount(even.corrected, 2),
        )
    if spoken.guests:
        yield _guests(spoken)


def _guests(spoken: Spoken) -> Text:
    return text(
        "{minutes} minutes of groups without participants are in no share.",
        minutes=_minutes(spoken.guests),
    )


def _said(words: Sayable) -> Prose:
    return Prose(sentences=(words,))


def _minutes(seconds: int) -> Amount:
    return Amount(seconds / 60, 1)
