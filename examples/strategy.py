"""The second workshop of the sample: maturity with its evidence, and commitments."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from examples.room import ZONE, House
from examples.stages import must, priorities
from workshop.language import Multilingual
from workshop.model import Stage, StageDraft, StageState
from workshop.toolkit import Receipt

WITHDRAWN = "Оттеглен след обсъждането."


def rate(house: House) -> Stage:
    """Let people rate every dimension, now and wanted."""
    stage = house.add_stage(
        StageDraft(
            exercise="maturity",
            title=Multilingual(
                bg="Къде сме и къде искаме да бъдем", en="Where we are and where we want to be"
            ),
            settings={"horizon": {"bg": "след три години", "en": "in three years"}},
            minutes=25,
        )
    )
    house.move(stage, StageState.open)
    for told in house.sample["maturity"]["ratings"]:
        answers = {
            "kind": "rating",
            "dimension": told["dimension"],
            "current": _level(told["current"], "none"),
            "target": _level(told["target"], ""),
        }
        key = f"rating-{told['participant']}-{told['dimension']}"
        must(house.send(told["participant"], stage, answers, key, seconds=3))
    house.move(stage, StageState.locked, StageState.revealed)
    return stage


def add_evidence(house: House, stage: Stage) -> None:
    """Write down the evidence after the workshop, as the coordinator does from her desk."""
    house.clock.reach(_morning_after(house))
    for told in house.sample["maturity"]["evidence"]:
        house.record(
            stage,
            {
                "kind": "evidence",
                "evidence": told["evidence_id"],
                "status": told["status"],
                "verifier": told["verifier_org"] or "",
                "link": told["link"] or "",
                "note": house.names.clean(told["note"]),
            },
        )


def commit(house: House) -> tuple[Stage, dict[str, Receipt]]:
    """Let organisations commit; whoever leaves early goes when the commitments are written."""
    stage = house.add_stage(
        StageDraft(
            exercise="commitments",
            title=Multilingual(bg="Какво поемаме", en="What we take on"),
            settings={"priorities": priorities(house)},
            minutes=30,
        )
    )
    house.move(stage, StageState.open)
    kept: dict[str, Receipt] = {}
    for told in house.sample["commitments"]:
        answers, person = _answers(house, told), house.speaker_of(told["org"])
        sent = house.send(person, stage, answers, f"commitment-{told['id']}", seconds=35)
        kept[told["id"]] = must(sent)
        house.toolkit.sorting.reword(
            house.facilitator, kept[told["id"]].contribution_id, house.names.both(told, "action")
        )
    for person in house.people:
        if not house.left_early(person):
            continue
        house.clock.pass_by(seconds=20)
        house.toolkit.people.change_participant(house.facilitator, house.people[person], left=True)
    house.move(stage, StageState.locked, StageState.revealed)
    return stage, kept


def settle(house: House, stage: Stage, kept: dict[str, Receipt]) -> None:
    """Write down what became of the commitments in the days after.

    What the check keeps a draft stays one, and one whose author left waits for them: the program
    finds both by itself.
    """
    house.clock.reach(_morning_after(house) + timedelta(days=4))
    for told in house.sample["commitments"]:
        receipt, status = kept[told["id"]], told["status"]
        if any(advice.level == "error" for advice in receipt.advice):
            continue
        if status == "needs_confirmation" and house.left_early(house.speaker_of(told["org"])):
            continue
        if status == "active":
            status = "in_progress" if told["certainty"] == "approved" else "confirmed"
        note = WITHDRAWN if status == "withdrawn" else ""
        about = {"commitment": str(receipt.number), "status": status, "note": note}
        house.record(stage, {"kind": "status", **about})


def _answers(house: House, told: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": "commitment",
        "action": house.names.clean(told["action_bg"]),
        "deliverable": house.names.clean(told["deliverable_bg"]),
        "due": told["due"] or "",
        "strength": str(told["strength"]),
        "certainty": told["certainty"],
        "needs": {
            str(row): {"organisation": need["org"], "what": house.names.clean(need["what_bg"])}
            for row, need in enumerate(told["needs"])
        },
        "priority": told["candidate"] or "",
    }


def _level(level: int | None, instead: str) -> str:
    return instead if level is None else str(level)


def _morning_after(house: House) -> datetime:
    return datetime.combine(house.workshop.day + timedelta(days=1), time(9, 30), ZONE)
