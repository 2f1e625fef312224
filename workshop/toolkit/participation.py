"""The chapter on participation: who came, from where, who took part and who was missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from workshop.blocks import Basis, Block, Column, Prose, Table
from workshop.language import Amount, Sayable, Several, counted, joined, text
from workshop.model import Id, Span
from workshop.report import Section
from workshop.statistics.equity import Inequality, gini
from workshop.toolkit import spoken
from workshop.toolkit.admitting import admitted

if TYPE_CHECKING:
    from workshop.store.reading import Sight
    from workshop.toolkit.reporting import Told


def participation(
    sights: Sequence[Sight], told: Sequence[Told], spans: Mapping[Id, Sequence[Span]]
) -> list[Block | Section]:
    """R4: who took part, from which groups and organisations, who spoke, and who was missing.

    ``spans`` by workshop.
    """
    blocks: list[Block | Section] = []
    for sight in sights:
        if not sight.participants:
            continue
        own = [one for one in told if one.workshop.id == sight.workshop.id]
        blocks.append(
            Section(
                key=f"R4.{sight.workshop.short_name}",
                title=sight.workshop.title,
                blocks=tuple(
                    _taking_part(
                        sight, own, spans.get(sight.workshop.id, ()), several=len(sights) > 1
                    )
                ),
            )
        )
    if any(one.organisation_id for sight in sights for one in sight.participants):
        blocks.append(
            Section(
                key="R4.thanks",
                title=text("Organisations that took part"),
                blocks=tuple(_thanks(sights)),
            )
        )
    return blocks


def _taking_part(
    sight: Sight, told: Sequence[Told], spans: Sequence[Span], *, several: bool
) -> list[Block]:
    voting = [one for one in sight.participants if one.voting]
    people = Counter(one.group_id for one in voting)
    return [
        _by_group(sight, told, several=several),
        Prose(sentences=tuple(admitted(sight.workshop, sight.participants))),
        *_turnout(sight, told, several=several),
        *spoken.tell(
            spoken.listen(
                sight.groups, spoken.heads(sight.participants), spans, sight.series.smallest_group
            )
        ),
        Prose(sentences=tuple(_evenness(sight, told, people))),
    ]


def _by_group(sight: Sight, told: Sequence[Told], *, several: bool) -> Table:
    voting = [one for one in sight.participants if one.voting]
    active = _active(told)
    invited = Counter(one.group_id for one in sight.organisations if one.accepted)
    came = {one.organisation_id for one in sight.participants if one.organisation_id}
    present = Counter(one.group_id for one in sight.organisations if one.id in came)
    people = Counter(one.group_id for one in voting)
    wrote = Counter(one.group_id for one in voting if active.get(one.id))
    counts = (invited, present, people, wrote)
    rows: list[tuple[Sayable, ...]] = [
        (group.name, *(of[group.id] for of in counts)) for group in sight.groups
    ]
    rows.append((text("All"), *(of.total() for of in counts)))
    observers = sum(not one.voting and not one.waiting for one in sight.participants)
    return Table(
        title=_titled(text("Participation by stakeholder group"), sight, several),
        columns=(
            Column(head=text("Stakeholder group"), width=3),
            Column(head=text("Organisations invited"), kind="count", width=2),
            Column(head=text("Organisations present"), kind="count", width=2),
            Column(head=text("Participants"), kind="count", width=2),
            Column(head=text("Took part in an exercise"), kind="count", width=2),
        ),
        rows=tuple(rows),
        basis=Basis(n=len(voting)),
        key="participation",
        note=counted("{n} observer is not counted.", "{n} observers are not counted.", n=observers)
        if observers
        else "",
    )


def _active(told: Sequence[Told]) -> Counter[Id]:
    return Counter(
        one.sender.person
        for stage in told
        for one in stage.contributions
        if one.sender.person and not one.replaced_by and not one.withdrawn
    )


def _titled(title: Sayable, sight: Sight, several: bool) -> Sayable:
    """Return the title of a table that every workshop has: the list of tables must tell them."""
    if not several:
        return title
    return text("{title}, {day}", title=title, day=sight.workshop.day)


def _turnout(sight: Sight, told: Sequence[Told], *, several: bool) -> list[Block]:
    rows: list[tuple[Sayable, ...]] = []
    for one in told:
        eligible = len(one.stage.eligible or ()) or sum(
            1 for who in sight.participants if who.voting
        )
        taking = {
            entry.sender.person or entry.id
            for entry in one.contributions
            if not entry.sender.staff and not entry.replaced_by and not entry.withdrawn
        }
        rows.append(
            (one.stage.title, eligible, len(taking), len(taking) / eligible if eligible else None)
        )
    if not rows:
        return []
    return [
        Table(
            title=_titled(text("Turnout by exercise"), sight, several),
            columns=(
                Column(head=text("Stage"), width=4),
                Column(head=text("Eligible"), kind="count"),
                Column(head=text("Took part"), kind="count"),
                Column(head=text("Turnout"), kind="percent", digits=0),
            ),
            rows=tuple(rows),
            basis=Basis(n=sum(one.voting for one in sight.participants)),
            key="turnout",
        )
    ]


def _evenness(sight: Sight, told: Sequence[Told], people: Counter[Id]) -> list[Sayable]:
    sentences: list[Sayable] = []
    written: Counter[Id] = Counter(
        one.sender.person
        for stage in told
        for one in stage.contributions
        if one.sender.person and not one.replaced_by and not one.withdrawn
        if stage.exercise.typed(one.entry)
    )
    amounts = [written[one.id] for one in sight.participants if one.voting]
    even = gini(amounts) if written else None
    if isinstance(even, Inequality):
        sentences.append(
            text(
                "Written contributions are {how} among the participants (Gini coefficient {gini}).",
                how=text("evenly spread")
                if even.gini < 0.3
                else text("unevenly spread")
                if even.gini < 0.5
                else text("very unevenly spread"),
                gini=Amount(even.gini, 2),
            )
        )
    empty = [group.name for group in sight.groups if not people[group.id]]
    if empty:
        sentences.append(
            text("Nobody came from: {groups}. Their view is missing.", groups=joined(empty))
        )
    came = {one.organisation_id for one in sight.participants}
    absent = [one.name for one in sight.organisations if one.accepted and one.id not in came]
    if absent:
        sentences.append(
            text("Invited, but not present: {organisations}.", organisations=joined(absent))
        )
    elif any(one.accepted for one in sight.organisations):
        sentences.append(text("Every invited organisation was present."))
    return sentences


def _thanks(sights: Sequence[Sight]) -> list[Block]:
    came: dict[Id, list[int]] = {}
    for place, sight in enumerate(sights, 1):
        for organisation_id in dict.fromkeys(one.organisation_id for one in sight.participants):
            if organisation_id:
                came.setdefault(organisation_id, []).append(place)
    last = sights[-1]
    rows: list[tuple[Sayable, ...]] = []
    for group in last.groups:
        own = [one for one in last.organisations if one.group_id == group.id and one.id in came]
        if own:
            named = [_named(one.name, came[one.id], len(sights)) for one in own]
            rows.append((group.name, Several(tuple(named)), len(own)))
    return [
        Prose(
            sentences=(
                text(
                    "The municipality thanks the organisations whose people gave their "
                    "time and knowledge."
                ),
            )
        ),
        Table(
            title=text("Organisations that took part"),
            columns=(
                Column(head=text("Stakeholder group"), width=2),
                Column(head=text("Organisations"), width=6),
                Column(head=text("Number"), kind="count"),
            ),
            rows=tuple(rows),
            basis=Basis(
                n=sum(1 for one in last.organisations if one.id in came), unit="organisations"
            ),
            key="organisations",
        ),
    ]


def _named(name: Sayable, came: Sequence[int], workshops: int) -> Sayable:
    """Return an organisation, with the workshops it came to where it did not come to all."""
    if len(came) == workshops:
        return name
    return text("{organisation} (workshop {which})", organisation=name, which=joined(came))
