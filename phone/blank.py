"""The page of somebody who has sent nothing to the stage yet: alike for all of a full hall."""

from __future__ import annotations

from collections.abc import Hashable

from phone import sentences, timer
from phone.own import new_key
from phone.pages import html
from phone.seat import line
from phone.sheets import order
from phone.views import Seat


def alike(seat: Seat) -> Hashable | None:
    """Return what decides all of the page but ``personal``; None where it tells of other stages."""
    workshop, person = seat.scene.workshop, seat.person
    if workshop.finished:
        return None
    turn = order(person.id, workshop.current_stage_id or "")
    return (workshop.id, seat.scene.beat.shape, seat.language, turn, person.voting, person.late)


def personal(seat: Seat, name: str) -> str:
    """Return what is filled in for one person, or one moment, where all else is alike."""
    match name:
        case "identity":
            return html(sentences.identity_of(seat.scene, seat.person), seat.language)
        case "anonymity":
            assert seat.stage is not None, "only a form says who will see it"
            said = sentences.anonymity_sentence(seat.scene, seat.stage, seat.person)
            return html(said, seat.language)
        case "clock":
            return timer.line(
                seat.stage, seat.toolkit.now(), seat.language, seat.scene.pace(seat.person)
            )
        case "table":
            return line(seat.scene, seat.person, seat.language)
        case _:
            return new_key()
