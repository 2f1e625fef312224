"""The sentences a participant's page is made of, apart from what templates say themselves."""

from __future__ import annotations

from typing import assert_never

from phone.scene import Scene
from workshop.language import Language, Multilingual, Sayable, Text, text
from workshop.model import Anonymity, Participant, Series, Stage, StageState


def identity_of(scene: Scene, person: Participant) -> Text:
    """Return as whom this phone takes part."""
    organisation = scene.organisation(person.organisation_id)
    group = next((one.name for one in scene.groups if one.id == person.group_id), Multilingual())
    name: Sayable = organisation.name if organisation else text("a citizen")
    return text(
        "You are participant {number}: {name} ({group}).",
        number=str(person.number), name=name, group=group,
    )  # fmt: skip


def voteless_sentence(person: Participant) -> Text:
    """Return why somebody has nothing to fill in while others write."""
    if person.waiting:
        return text(
            "You came after the people in the room were counted. Show yourself to the facilitator: "
            "as soon as they admit you, you can write and vote here."
        )
    return text("Observers watch; they do not write or vote.")


def keeper_sentence(series: Series) -> Text:
    """Return who keeps what is sent, and for how long."""
    return text(
        "{keeper} runs this workshop and keeps it for the workshop's report. To have something "
        "of yours hidden from everybody, ask the facilitator.",
        keeper=series.municipality,
    )


def warning_of(series: Series) -> tuple[Sayable, Sayable]:
    """Return the warning of an invented series: what always stands there, and the whole of it."""
    whole: Sayable = series.warning or text("All opinions, votes and names here are invented.")
    return text("Synthetic data"), whole


def where_sentence(scene: Scene, stage: Stage, language: Language, heading: Multilingual) -> Text:
    """Return where we are, in one line; the title only where the heading does not say it."""
    place = next(n for n, one in enumerate(scene.stages, 1) if one.id == stage.id)
    numbers = {"place": str(place), "all": str(len(scene.stages))}
    if heading.said(language).rstrip(" ?!.") == stage.title.said(language).rstrip(" ?!."):
        return text("Stage {place} of {all}", **numbers)
    return text("Stage {place} of {all} · {title}", title=stage.title, **numbers)


def anonymity_sentence(scene: Scene, stage: Stage, person: Participant) -> Text:
    """Return who will see what, said before anybody types."""
    organisation = scene.organisation(person.organisation_id)
    name: Sayable = organisation.name if organisation else ""
    match stage.anonymity:
        case Anonymity.named | Anonymity.organisation if not name:
            return text("The room sees this as the words of a citizen, without your name.")
        case Anonymity.named:
            return text(
                "The room sees this with the name of your organisation: {name}. "
                "You speak for it here.",
                name=name,
            )
        case Anonymity.organisation:
            return text(
                "The room may see that this comes from {name}, but not who wrote it.", name=name
            )
        case Anonymity.anonymous:
            return text(
                "Not shown with a name: the room sees neither you nor your organisation. "
                "It is stored under your number, so that you can change it and it counts once."
            )
        case Anonymity.secret:
            return text(
                "Secret within this room: who voted and what was voted are stored apart. "
                "Once sent, it cannot be changed."
            )
        case _:
            assert_never(stage.anonymity)


def afterwards_sentence(stage: Stage, *, several: bool) -> Text:
    """Return what happens next."""
    if stage.anonymity is Anonymity.secret:
        return text("After the stage is locked, the result appears on the screen and here.")
    if stage.moderated:
        return text("The facilitator looks at what you send before the room sees it. You can "
                    "change it until the stage is locked.")  # fmt: skip
    if stage.live:
        return text("What you send appears on the screen at once. You can change it until the "
                    "stage is locked.")  # fmt: skip
    if several:
        return text("You can send more, change or withdraw until the stage is locked. Then the "
                    "result appears on the screen and here.")  # fmt: skip
    return text("You can change your answer until the stage is locked. Then the result appears "
                "on the screen and here.")  # fmt: skip


def standing_of(stage: Stage, current: Stage | None) -> tuple[str, Sayable]:
    """Return a stage's mark in the agenda and the word for it."""
    if current is not None and stage.id == current.id:
        return "now", text("now")
    if stage.state in (StageState.closed, StageState.revealed):
        return "done", text("finished")
    return "later", ""
