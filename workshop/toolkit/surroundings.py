"""What an analysis or a check may know of the room around a stage."""

from __future__ import annotations

from workshop.model import Anonymity, Participant, Room, Sender, StageState
from workshop.store.reading import Sight


def room_of(sight: Sight) -> Room:
    """Return the room as analysis sees it; the denominator is frozen once the stage was locked."""
    stage = sight.stage
    return Room(
        groups=sight.groups,
        organisations=sight.organisations,
        eligible=tuple(_sender(one) for one in _eligible(sight)),
        smallest_group=sight.series.smallest_group,
        day=sight.workshop.day,
        anonymity=stage.anonymity if stage else Anonymity.anonymous,
        themes=sight.themes,
        synthetic=sight.series.synthetic,
        languages=sight.series.languages,
        state=stage.state if stage else StageState.planned,
        chapter=stage.chapter if stage else "",
        live=stage.live if stage else False,
        attended=frozenset(
            one.organisation_id for one in sight.participants if one.organisation_id
        ),
    )


def _eligible(sight: Sight) -> list[Participant]:
    stage = sight.stage
    if stage is not None and stage.eligible is not None:
        frozen = set(stage.eligible)
        return [one for one in sight.participants if one.id in frozen]
    opened = stage.opened_at if stage else None
    return [
        one
        for one in sight.participants
        if one.voting and (one.left_at is None or opened is None or one.left_at > opened)
    ]


def _sender(one: Participant) -> Sender:
    return Sender(
        person=one.id,
        organisation_id=one.organisation_id,
        group_id=one.group_id,
        voting=one.voting,
        left_early=one.left_at is not None,
    )
