"""Read a file of the worked sample's shape: fill in what may be missing, tell what is wrong."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

MOST_TOLD = 10
"""Faults of a file that are told at once."""
ROWS: Mapping[str, Mapping[str, Any]] = {
    "groups": {"bg": "", "en": ""},
    "organisations": {"group": None, "name_bg": "", "name_en": ""},
    "participants": {
        "org": None, "group": None, "voting": True, "attendance": "onsite", "role_bg": "",
        "cases": [],
    },
    "themes": {"bg": "", "en": ""},
    "swot_items": {
        "quadrant_submitted": None, "submitted_by": None, "text_bg": "", "text_en": "",
        "submitted_at": "", "theme": None, "case": "ok", "merge_into": None,
    },
    "swot_votes": {"participant": None, "item": None, "dots": 1},
    "priority_candidates": {"text_bg": "", "text_en": ""},
    "commitments": {
        "org": None, "action_bg": "", "action_en": "", "deliverable_bg": "", "due": None,
        "strength": None, "certainty": "intention", "needs": [], "candidate": None,
        "status": "proposed", "cases": [],
    },
    "participation_log": {"participant": None, "seconds": 0},
}  # fmt: skip
"""Lists of the sample, and what stands for a field that a row leaves out or leaves null."""
DEEPER: Mapping[tuple[str, ...], Mapping[str, Any]] = {
    ("votes", "dots", "ballots"): {
        "participant": None, "alloc": {}, "submission_id": "", "counts": True,
    },
    ("maturity", "ratings"): {
        "participant": None, "dimension": None, "current": None, "target": None,
    },
    ("maturity", "evidence"): {
        "evidence_id": None, "status": "missing", "verifier_org": None, "link": None, "note": None,
    },
}  # fmt: skip
"""The same for lists further inside."""
POINTS: tuple[tuple[str, str, str, bool], ...] = (
    ("organisations", "group", "groups", False),
    ("participants", "org", "organisations", True),
    ("participants", "group", "groups", False),
    ("swot_items", "submitted_by", "participants", False),
    ("swot_items", "theme", "themes", True),
    ("swot_items", "merge_into", "swot_items", True),
    ("swot_votes", "participant", "participants", False),
    ("swot_votes", "item", "swot_items", False),
    ("ballots", "participant", "participants", False),
    ("ratings", "participant", "participants", False),
    ("evidence", "verifier_org", "organisations", True),
    ("commitments", "org", "organisations", False),
    ("commitments", "candidate", "priority_candidates", True),
    ("participation_log", "participant", "participants", False),
)
"""A list, a field of it, the list whose id the field names, whether it may be null."""


def read(path: Path) -> dict[str, Any]:
    """Return the sample in a file, complete.

    Raises:
        SystemExit: it cannot be read, or what in it does not fit, a sentence each.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise SystemExit(f"{path} cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise SystemExit(f"{path} is not JSON: {problem}.") from problem
    if not isinstance(told, dict):
        raise SystemExit(f"{path} is not a sample: it must hold one object.")
    return complete(told)


def complete(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return a sample in which every list and every field exists.

    Raises:
        SystemExit: what does not fit, a sentence each.
    """
    sample = dict(told)
    meta = {"title_bg": "", "title_en": "", **_part(told, "meta", dict)}
    shops = [
        {"title_bg": "", "title_en": "", "start": "10:00", "minutes": 180, **one}
        for one in _part(told, "workshops", list)
    ]
    if len(shops) < 2 or not all(one.get("date") for one in shops):
        raise SystemExit("The sample needs two workshops, each with a date.")
    sample |= {"meta": meta, "workshops": shops}
    for name, usual in ROWS.items():
        sample[name] = _filled(_part(told, name, list), usual, name)
    sample["swot_canonical_texts"] = _part(told, "swot_canonical_texts", dict)
    dots = _part(_part(told, "votes", dict), "dots", dict)
    maturity = _part(told, "maturity", dict)
    found = {"ballots": dots, "ratings": maturity, "evidence": maturity}
    lists = {
        path[-1]: _filled(_part(found[path[-1]], path[-1], list), usual, ".".join(path))
        for path, usual in DEEPER.items()
    }
    sample["votes"] = {"dots": {"rules": _part(dots, "rules", dict), "ballots": lists["ballots"]}}
    sample["maturity"] = {"ratings": lists["ratings"], "evidence": lists["evidence"]}
    homes = {one["id"]: one["group"] for one in sample["organisations"]}
    for person in sample["participants"]:
        person["group"] = person["group"] or homes.get(person["org"])
    faults = [*_mistimed(sample), *_astray(sample | lists)]
    if faults:
        more = len(faults) - MOST_TOLD
        rest = [f"… and {more} more."] if more > 0 else []
        raise SystemExit("\n".join([*faults[:MOST_TOLD], *rest]))
    return sample


def _part(told: Mapping[str, Any], name: str, kind: type) -> Any:
    """Return a part of the sample; an empty one where it is missing or null."""
    found = told.get(name)
    if found is None:
        return kind()
    if not isinstance(found, kind):
        raise SystemExit(f"“{name}” must be {'a list' if kind is list else 'an object'}.")
    return found


def _filled(lines: list[Any], usual: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the rows with the usual answer for what they leave out or leave null."""
    if not all(isinstance(line, Mapping) for line in lines):
        raise SystemExit(f"“{name}” must hold objects.")
    return [
        dict(line) | {field: answer for field, answer in usual.items() if line.get(field) is None}
        for line in lines
    ]


def _mistimed(sample: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for every moment that cannot be read, or stands in the wrong order."""
    shops = sample["workshops"]
    told = [f"{one['date']}T{one['start']:0>5}" for one in shops]
    told += [one["submitted_at"] for one in sample["swot_items"] if one["submitted_at"]]
    for moment in told:
        try:
            datetime.fromisoformat(moment)
        except ValueError:
            yield f"“{moment}” is no moment: write it like 2026-12-03T10:15:09+02:00."
    if shops[1]["date"] < shops[0]["date"]:
        yield "The second workshop of the sample is held before the first."


def _astray(sample: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for every row without an id and every id that names nothing."""
    ids: dict[str, Collection[Any]] = {}
    for name in {target for *_, target, _ in POINTS}:
        known = [one.get("id") for one in sample[name]]
        ids[name] = set(known)
        if not all(known) or len(ids[name]) < len(known):
            yield f"“{name}”: every row needs an id of its own."
    for name, field, target, optional in POINTS:
        for place, one in enumerate(sample[name], 1):
            named = one[field]
            if named not in ids[target] and not (optional and named is None):
                yield f"“{name}”, row {place}: {field} “{named}” is not among “{target}”."
