"""The second workshop of the sample: maturity with its evidence, and commitments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from examples.room import ZONE, House
from examples.votes import priorities
from workshop.language import Multilingual, say
from workshop.model import Stage, StageDraft, StageState
from workshop.toolkit import Receipt

WITHDRAWN = "Оттеглен след обсъждането."
ANSWERS = ("accepted", "declined", "fulfilled")


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
        about = f"rating-{told['participant']}-{told['dimension']}"
        house.accepted(about, house.send(told["participant"], stage, answers, about, seconds=3))
    house.move(stage, StageState.locked, StageState.revealed)
    return stage


def add_evidence(house: House, stage: Stage) -> None:
    """Write down the evidence after the workshop, as the coordinator does from her desk."""
    house.clock.reach(_morning_after(house))
    for told in house.sample["maturity"]["evidence"]:
        status, lacks = told["status"], _lacks(told)
        if lacks:
            house.remarks.append(f"{told['evidence_id']} stays claimed: it is {status} {lacks}.")
            status = "claimed"
        house.record(
            stage,
            {
                "kind": "evidence",
                "evidence": told["evidence_id"],
                "status": status,
                "verifier": told["verifier_org"] or "",
                **_where(house, told),
            },
            f"Evidence {told['evidence_id']}",
        )


def _where(house: House, told: Mapping[str, Any]) -> dict[str, str]:
    """Return link and note; what is no web address is a note of where to look."""
    link, note = told["link"] or "", house.names.clean(told["note"])
    if link.startswith(("https://", "http://")):
        return {"link": link, "note": note}
    return {"link": "", "note": " ".join(part for part in (note, link) if part)}


def _lacks(told: Mapping[str, Any]) -> str:
    """Return what a decision needs to count and the sample does not give."""
    if told["status"] == "verified" and not told["verifier_org"]:
        return "by nobody"
    if told["status"] == "not_applicable" and not (told["note"] or "").strip():
        return "without a reason"
    return ""


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
        person = _speaker(house, told)
        sent = house.send(
            person, stage, _answers(house, told), f"commitment-{told['id']}", seconds=35
        )
        receipt = house.accepted(f"{told['id']} of {told['org']}", sent)
        if receipt is not None:
            kept[told["id"]] = receipt
            house.toolkit.sorting.reword(
                house.facilitator, receipt.contribution_id, house.names.both(told, "action")
            )
    for person, participant in house.people.items():
        if person in house.leaving():
            house.clock.pass_by(seconds=20)
            house.toolkit.people.change_participant(house.facilitator, participant, left=True)
        elif house.is_letter(person):
            house.toolkit.people.change_participant(house.facilitator, participant, voting=False)
    house.move(stage, StageState.locked, StageState.revealed)
    return stage, kept


def settle(house: House, stage: Stage, kept: Mapping[str, Receipt]) -> None:
    """Write down what became of the commitments in the days after, and what partners answered.

    What the check keeps a draft stays one, and one whose author left waits for them: the program
    finds both by itself.
    """
    house.clock.reach(_morning_after(house) + timedelta(days=4))
    for told in house.sample["commitments"]:
        if told["id"] not in kept:
            continue
        number = str(kept[told["id"]].number)
        status = _status(house, told, kept[told["id"]])
        if status:
            note = WITHDRAWN if status == "withdrawn" else ""
            about = {"commitment": number, "status": status, "note": note}
            house.record(stage, {"kind": "status", **about}, f"The status of {told['id']}")
        for need in told["needs"]:
            if need.get("status") in ANSWERS:
                answer = {"organisation": need["org"], "answer": need["status"]}
                house.record(
                    stage,
                    {"kind": "need_answer", "commitment": number, **answer},
                    f"The answer of {need['org']} to {told['id']}",
                )


def _status(house: House, told: Mapping[str, Any], receipt: Receipt) -> str:
    """Return what staff write down, "" where the program knows by itself."""
    status: str = told["status"]
    if status == "withdrawn":
        return status
    errors = [one for one in receipt.advice if one.level == "error"]
    if errors:
        if status not in ("invalid", "draft"):
            why = say(errors[0].text, "en")
            house.remarks.append(f"{told['id']} ({status}) is kept as a draft: {why}")
        return ""
    if status == "needs_confirmation" and _speaker(house, told) in house.leaving():
        return ""
    if status == "active":
        return "in_progress" if told["certainty"] == "approved" else "confirmed"
    if status == "draft":
        house.remarks.append(f"{told['id']} is a draft without a fault: declared invalid.")
        return "invalid"
    return status


def _speaker(house: House, told: Mapping[str, Any]) -> str:
    waits = told["status"] == "needs_confirmation" or "author_left_early" in told["cases"]
    return house.speaker_of(told["org"], leaves=waits)


def _answers(house: House, told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "kind": "commitment",
        "action": house.names.clean(told["action_bg"]),
        "deliverable": house.names.clean(told["deliverable_bg"]),
        "due": told["due"] or "",
        "strength": str(told["strength"]),
        "certainty": told["certainty"],
        "needs": {
            str(row): {"organisation": need["org"], "what": house.names.clean(need.get("what_bg"))}
            for row, need in enumerate(told["needs"])
        },
        "priority": told["candidate"] or "",
    }


def _level(level: float | None, instead: str) -> str:
    return instead if level is None else f"{level:g}"


def _morning_after(house: House) -> datetime:
    return datetime.combine(house.workshop.day + timedelta(days=1), time(9, 30), ZONE)
