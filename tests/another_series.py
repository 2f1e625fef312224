"""Series of the worked sample's shape with other numbers: drawn from a seed, odd in every way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

MODEL = json.loads(
    (Path(__file__).parent.parent / "exercises" / "maturity" / "model.json").read_text("utf-8")
)
CODES = [one["code"] for one in MODEL["dimensions"]]
FIRST, SECOND = "2027-02-04", "2027-03-11"
BEGIN = datetime.fromisoformat(f"{FIRST}T10:05:00+02:00")
WORDS = ("данни", "портал", "доверие", "обучение", "бюджет", "сигнали", "паркове", "регистър")
VERBS = ("Да публикува", "Да изготви", "Да проведе", "Да обучи", "Да открие", "Да поддържа")
STATUSES = (
    "active", "active", "proposed", "confirmed", "in_progress", "completed", "limited",
    "not_started", "withdrawn", "needs_confirmation",
)  # fmt: skip
MARKS = (
    "ok", "ok", "ok", "ok", "ok", "ok", "merged", "merged", "same author", "misplaced:T",
    "misplaced:priority_candidate:C01", "rejected:blank", "rejected:observer_may_not_submit",
    "redact:personal_data", "sanitise:html", "sanitise:formula", "moderate:insult",
)  # fmt: skip
TEXTS = {
    "rejected:blank": "   ",
    "redact:personal_data": "Пишете ми на ime{n}@example.org",
    "sanitise:html": "<b>Смела</b> идея {n}",
    "sanitise:formula": "=SUM(A1:A{n})",
    "moderate:insult": "ГЛУПОСТИ {n}!!!",
}


WAIVED = {
    "F1-E2a": "verified", "F1-E3b": "not_applicable", "F1-E3c": "not_applicable",
    "G1-E2a": "verified", "G1-E3b": "verified", "G1-E3c": "not_applicable",
}  # fmt: skip
"""Two pieces of one level that do not apply are one too many; one is not."""


def draw(seed: int, sizes: Mapping[str, int], *, entries: int = 40) -> dict[str, Any]:
    """Return a sample: so many voting people in each group, and one observer."""
    dice = Random(seed)
    sample: dict[str, Any] = {
        "meta": {"title_bg": "Семинар: вода и въздух", "title_en": "Workshop: water and air"},
        "workshops": [
            {"id": f"WS{n}", "title_bg": f"Среща {n}", "title_en": f"Meeting {n}", "date": day,
             "start": "10:00", "minutes": 180}
            for n, day in enumerate((FIRST, SECOND), 1)
        ],
        "groups": [{"id": key, "bg": f"Група {key}", "en": f"Group {key}"} for key in sizes],
        "themes": [{"id": f"T{n}", "bg": f"Тема {n}", "en": f"Theme {n}"} for n in (1, 2, 3)],
    }  # fmt: skip
    sample |= _people(dice, sizes)
    sample["swot_items"] = _entries(dice, sample, entries)
    sample["swot_votes"] = _swot_votes(dice, sample)
    sample["priority_candidates"] = [
        {"id": f"C{n:02d}", "text_bg": f"Действие {n}", "text_en": f"Action {n}"}
        for n in range(1, 8)
    ]
    sample["votes"] = {"dots": _ballots(dice, sample)}
    sample["maturity"] = {"ratings": _ratings(dice, sample), "evidence": _evidence(dice, sample)}
    sample["commitments"] = [_commitment(dice, sample, n) for n in range(1, 31)]
    return sample


def _people(dice: Random, sizes: Mapping[str, int]) -> dict[str, Any]:
    organisations, people = [], []
    for group, n in sizes.items():
        own = [f"ORG{len(organisations) + place:02d}" for place in range(1, 2 + n // 2)]
        organisations += [{"id": one, "group": group, "name_bg": f"Дружество {one}"} for one in own]
        people += [
            {"id": f"P{len(people) + place:02d}", "org": own[place % len(own)], "group": group,
             "cases": []}
            for place in range(1, n + 1)
        ]  # fmt: skip
    # One organisation sends nobody, one person speaks for none; some come late, some go early.
    organisations.append({"id": "ORG99", "group": next(iter(sizes)), "name_bg": "Дружество 99"})
    people[-1]["org"] = None
    for case, person in zip(
        ("late:after_swot_capture", "left_early:before_commitments"),
        dice.sample(people[:-1], 2),
        strict=True,
    ):
        person["cases"].append(case)
    watching = {"org": "ORG01", "group": people[0]["group"], "voting": False, "cases": []}
    return {"organisations": organisations, "participants": [*people, {"id": "P99", **watching}]}


def voters(sample: Mapping[str, Any]) -> list[str]:
    """Return who may vote."""
    return [one["id"] for one in sample["participants"] if one.get("voting", True)]


def _entries(dice: Random, sample: Mapping[str, Any], n: int) -> list[dict[str, Any]]:
    late = {one["id"] for one in sample["participants"] if any("late:" in c for c in one["cases"])}
    answer: list[dict[str, Any]] = []
    for place in range(1, n + 1):
        mark, person = dice.choice(MARKS), dice.choice(voters(sample))
        others = [one for one in answer if one["case"] == "ok"]
        target = dice.choice(others) if mark in ("merged", "same author") and others else None
        one = {
            "id": f"E{place:02d}",
            "quadrant_submitted": dice.choice("SWO"),
            "text_bg": TEXTS.get(mark, f"{dice.choice(WORDS)} и {dice.choice(WORDS)} {{n}}"),
            "submitted_by": person,
            "submitted_at": (BEGIN + timedelta(seconds=5 * place)).isoformat(),
            "theme": dice.choice(("T1", "T2", "T3", None)),
            "case": "ok" if mark in ("merged", "same author") else mark,
            "merge_into": target and target["id"],
        }
        one["text_bg"] = one["text_bg"].format(n=place)
        if mark == "same author" and target:
            one["submitted_by"] = target["submitted_by"]
        if mark.endswith("observer_may_not_submit"):
            one["submitted_by"] = "P99"
        if one["submitted_by"] in late:
            one["submitted_at"] = (BEGIN + timedelta(minutes=30, seconds=place)).isoformat()
        answer.append(one)
    return answer


def _swot_votes(dice: Random, sample: Mapping[str, Any]) -> list[dict[str, Any]]:
    standing = [
        one["id"] for one in sample["swot_items"] if one["case"] == "ok" and not one["merge_into"]
    ]
    return [
        {"participant": person, "item": item, "dots": 1}
        for person in voters(sample)[1:]
        for item in dice.sample(standing, min(3, len(standing)))
    ]


def _ballots(dice: Random, sample: Mapping[str, Any]) -> dict[str, Any]:
    """Return ballots of which some use few dots; one is sent twice, one is spoilt, one mended."""
    keys = [one["id"] for one in sample["priority_candidates"][:-1]]  # nobody wants the last
    people = voters(sample)[1:]  # the first stays silent
    ballots = []
    for person in people:
        given: dict[str, int] = {}
        for _ in range(dice.randint(1, 6)):
            key = dice.choice(keys)
            given[key] = min(2, given.get(key, 0) + 1)
        ballots.append(_ballot(person, given, 1))
    twice, mended = ballots[0], ballots[-1]
    ballots.append({**twice, "counts": False})
    ballots.insert(0, {**_ballot(mended["participant"], {keys[0]: 2}, 0), "counts": False})
    ballots.append({**_ballot(people[0], {keys[0]: 2, keys[1]: 99}, 2), "counts": False})
    return {"rules": {"dots": 6, "max_per_item": 2}, "ballots": ballots}


def _ballot(person: str, given: dict[str, int], nth: int) -> dict[str, Any]:
    return {"participant": person, "alloc": given, "submission_id": f"d-{person}-{nth}"}


def _ratings(dice: Random, sample: Mapping[str, Any]) -> list[dict[str, Any]]:
    answer = []
    for person in voters(sample)[1:]:
        for code in CODES:
            level = dice.choice((1, 1, 2, 2, 3, 4, 5, None))
            target = level and dice.randint(level, 5)
            answer.append(
                {"participant": person, "dimension": code, "current": level, "target": target}
            )
    return answer


def _evidence(dice: Random, sample: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return records that prove much at the lower levels; of one dimension there is nothing."""
    silent = dice.choice([code for code in CODES if code not in ("F1", "G1")])
    answer = []
    for dimension in MODEL["dimensions"]:
        for proof in dimension["evidence"]:
            sure = partial(_sure, dice, proof["id"])
            known = dice.choice(
                ["verified"] * (9 - 2 * proof["level"])
                + ["claimed", "missing", "rejected", "not_applicable"]
            )
            status = "missing" if dimension["code"] == silent else WAIVED.get(proof["id"], known)
            answer.append(
                {
                    "evidence_id": proof["id"],
                    "status": status,
                    # Now and then nobody says who verified it: then nobody has.
                    "verifier_org": "ORG01" if status == "verified" and sure(0.9) else "",
                    "note": "има причина" if sure(0.8) else None,
                    "link": dice.choice((None, "https://example.org/a", "дело 7, стр. 3")),
                }
            )
    return [{**one, "verifier_org": one["verifier_org"] or None} for one in answer]


def _sure(dice: Random, proof: str, share: float) -> bool:
    return proof in WAIVED or dice.random() < share


def _commitment(dice: Random, sample: Mapping[str, Any], n: int) -> dict[str, Any]:
    known = [one["id"] for one in sample["organisations"]]
    own = dice.choice(known)
    others = [one for one in known if one != own]
    needs = [
        {"org": one, "what_bg": "данни", "status": dice.choice((None, None, "declined"))}
        for one in dice.sample(others, min(len(others), dice.randint(0, 3)))
    ]
    due = date.fromisoformat(SECOND) + timedelta(days=dice.randint(0, 400))
    told = {
        "id": f"K{n:02d}", "org": own, "action_bg": f"{dice.choice(VERBS)} нещо {n}",
        "deliverable_bg": f"Резултат {n}", "due": due.isoformat(),
        "strength": dice.randint(1, 5), "certainty": dice.choice(("intention", "approved")),
        "needs": needs, "candidate": dice.choice(("C01", "C02", "C03", None)),
        "status": dice.choice(STATUSES),
    }  # fmt: skip
    fault: dict[str, Any] = dice.choice(
        (
            {}, {}, {}, {}, {}, {"due": None}, {"due": FIRST}, {"deliverable_bg": ""},
            {"needs": [*needs, {"org": own, "what_bg": "време"}]},
        )
    )  # fmt: skip
    return {**told, **fault}
