"""The figures of a series reckoned from its sample alone, in fractions, by the words of the method.

Nothing of the program is used: where program and reckoning differ, one of them is wrong.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import combinations
from math import floor
from typing import Any

import networkx

from tests.another_series import MODEL, SECOND

Sample = Mapping[str, Any]
HALF = Fraction(1, 2)


def mean(values: Iterable[Fraction | int]) -> Fraction:
    """Return the mean, exactly."""
    known = [Fraction(one) for one in values]
    return sum(known, Fraction(0)) / len(known)


def places(scores: Mapping[str, Fraction]) -> dict[str, int]:
    """Return places as in a competition: 1, 2, 2, 4."""
    return {key: 1 + sum(other > one for other in scores.values()) for key, one in scores.items()}


def swot(sample: Sample) -> dict[str, Any]:
    """Return cards with their quadrant and support, and entries by group."""
    items = {one["id"]: one for one in sample["swot_items"]}
    groups = {one["id"]: one["group"] for one in sample["participants"]}
    gone = ("rejected", "redact", "moderate", "sanitise:formula", "misplaced:priority")
    standing = {key for key, one in items.items() if not one["case"].startswith(gone)}
    cards: dict[str, list[str]] = defaultdict(list)
    for key in items:
        root = key
        while items[root]["merge_into"]:
            root = items[root]["merge_into"]
        if {key, root} <= standing:
            cards[root].append(key)
    quadrant = {
        key: case[10:] if (case := items[key]["case"]).startswith("misplaced:")
        else items[key]["quadrant_submitted"]
        for key in cards
    }  # fmt: skip
    spoken = Counter(
        (groups[items[one]["submitted_by"]], quadrant[key]) for key in cards for one in cards[key]
    )
    dots = Counter(one["item"] for one in sample["swot_votes"])
    refused = sum(one["case"].startswith("rejected") for one in items.values())
    return {
        "received": len(items) - refused,
        "quadrant": quadrant,
        "support": {key: len({items[i]["submitted_by"] for i in cards[key]}) for key in cards},
        "spoken": dict(spoken),
        "dots": {key: dots[key] for key in cards},
    }


def dots(sample: Sample) -> dict[str, Any]:
    """Return totals, supporters and shares under three weightings with their places."""
    keys = [one["id"] for one in sample["priority_candidates"]]
    people = {one["id"]: one for one in sample["participants"]}
    ballots = {
        one["participant"]: one["alloc"]
        for one in sample["votes"]["dots"]["ballots"]
        if one.get("counts", True)
    }

    def inside(some: Iterable[str]) -> dict[str, Fraction]:
        total = sum((Counter(ballots[one]) for one in some), Counter())
        return {key: Fraction(total[key], total.total()) for key in keys}

    cells: dict[str, dict[Any, list[str]]] = {"org": defaultdict(list), "group": defaultdict(list)}
    for one in ballots:
        cells["org"][people[one]["org"] or one].append(one)
        cells["group"][people[one]["group"]].append(one)
    groups = {key: inside(some) for key, some in cells["group"].items()}
    counted = [groups[key] for key, some in cells["group"].items() if len(some) > 1]
    shares = {
        "participant": inside(ballots),
        "organisation": _mixed([inside(some) for some in cells["org"].values()], keys),
        "group": _mixed(counted, keys),
    }
    total = sum((Counter(one) for one in ballots.values()), Counter())
    return {
        "ballots": len(ballots),
        "dots": {key: total[key] for key in keys},
        "supporters": {key: sum(key in one for one in ballots.values()) for key in keys},
        "shares": shares,
        "places": {name: places(one) for name, one in shares.items()},
        "groups": groups,
        "sizes": {key: len(some) for key, some in cells["group"].items()},
    }


def _mixed(parts: Sequence[Mapping[str, Fraction]], keys: Sequence[str]) -> dict[str, Fraction]:
    return {key: mean(part[key] for part in parts) for key in keys} if parts else {}


def agreement(counts: Sequence[int]) -> Fraction:
    """Return van der Eijk's A, layer by layer."""
    steps, left, total = len(counts), list(counts), Fraction(0)
    while any(left):
        height = min(one for one in left if one)
        here = [bool(one) for one in left]
        used = sum(here)
        triples = [tuple(one) for one in combinations(here, 3)]
        near = sum(one in ((True, True, False), (False, True, True)) for one in triples)
        far = triples.count((True, False, True))
        layer = Fraction(int(used == 1))
        if near + far and used > 1:
            unimodal = Fraction((steps - 2) * near - (steps - 1) * far, (steps - 2) * (near + far))
            layer = unimodal * (1 - Fraction(used - 1, steps - 1))
        total += layer * height * used
        left = [one - height if one else 0 for one in left]
    return total / sum(counts)


def maturity(sample: Sample) -> dict[str, Any]:
    """Return every dimension, the pillars, the index and the level of the whole."""
    dimensions = {one["code"]: _dimension(sample, one) for one in MODEL["dimensions"]}
    perceived = {code: one["perceived"] for code, one in dimensions.items()}
    known = [one for one in perceived.values() if one is not None]
    confirmed = [one["confirmed"] for one in dimensions.values()]
    whole = None
    if None not in confirmed:
        whole = max(
            level
            for level in range(1, 6)
            if sum(one >= level for one in confirmed) >= 7 and min(confirmed) >= level - 1
        )
    pillars = defaultdict(list)
    for one in MODEL["dimensions"]:
        pillars[one["pillar"]].append(perceived[one["code"]])
    return {
        "dimensions": dimensions,
        "index": (mean(known) - 1) * 25 if known else None,
        "whole": whole,
        "pillars": {
            code: mean(some) if (some := [p for p in each if p is not None]) else None
            for code, each in pillars.items()
        },
    }


def _dimension(sample: Sample, told: Mapping[str, Any]) -> dict[str, Any]:
    people = {one["id"]: one for one in sample["participants"]}
    rated = [one for one in sample["maturity"]["ratings"] if one["dimension"] == told["code"]]
    present = Counter(people[one["participant"]]["group"] for one in rated)

    def means(name: str) -> dict[str, Any]:
        groups, homes = defaultdict(list), defaultdict(list)
        for one in rated:
            if one[name] is not None:
                person = people[one["participant"]]
                groups[person["group"]].append(one[name])
                homes[person["org"] or one["participant"]].append(one[name])
        counted = [mean(some) for key, some in groups.items() if present[key] > 1]
        every = [one for some in groups.values() for one in some]
        return {
            "participant": mean(every) if every else None,
            "organisation": mean(mean(some) for some in homes.values()) if homes else None,
            "group": mean(counted) if counted else None,
            "by_group": {key: mean(some) for key, some in groups.items()},
        }

    current, levels = means("current"), [one["current"] for one in rated if one["current"]]
    perceived, proven = current["group"], _proven(sample, told)
    level = None if perceived is None else floor(perceived + HALF)
    return {
        **current,
        "perceived": perceived,
        "target": means("target")["group"],
        "n": len(levels),
        "evidence": proven,
        "level": level,
        "confirmed": None if level is None or proven is None else min(level, proven),
        "agreement": agreement([levels.count(one) for one in range(1, 6)]) if levels else None,
    }


def _proven(sample: Sample, told: Mapping[str, Any]) -> int | None:
    records = {one["evidence_id"]: one for one in sample["maturity"]["evidence"]}
    pieces = [(one["level"], records[one["id"]]) for one in told["evidence"]]
    if all(one["status"] == "missing" for _, one in pieces):
        return None
    reached = 1
    for level in range(2, 6):
        here = [one for at, one in pieces if at == level]
        waived = [one for one in here if one["status"] == "not_applicable" and one["note"]]
        proven = [one for one in here if one["status"] == "verified" and one["verifier_org"]]
        if len(waived) > 1 or len(waived) + len(proven) < len(here):
            break
        reached = level
    return reached


def commitments(sample: Sample) -> dict[str, Any]:
    """Return which count, and the network of those."""
    counted = [one for one in sample["commitments"] if _counts(one)]
    needs = {
        one["id"]: {need["org"] for need in one["needs"] if need.get("status") != "declined"}
        for one in counted
    }
    weights = Counter((one["org"], asked) for one in counted for asked in needs[one["id"]])
    graph = networkx.DiGraph(list(weights))
    graph.add_nodes_from(one["org"] for one in counted)
    graph.add_nodes_from(one["org"] for one in sample["participants"] if one["org"])
    # Whoever only sent a letter that could not be counted was read out in the room all the same.
    graph.add_nodes_from(one["org"] for one in sample["commitments"])
    simple = graph.to_undirected()
    needed = Counter(asked for some in needs.values() for asked in some)
    return {
        "counted": [one["id"] for one in counted],
        "weights": dict(weights),
        "density": networkx.density(graph),
        "reciprocity": networkx.overall_reciprocity(graph),
        "in": dict(graph.in_degree()),
        "out": dict(graph.out_degree()),
        "betweenness": networkx.betweenness_centrality(simple),
        "breaks": set(networkx.articulation_points(simple)),
        "needed": {one: needed[one] for one in graph},
        "mutual": {frozenset(pair) for pair in weights if pair[::-1] in weights},
        "alarms": {one for one in graph if 2 * needed[one] >= len(counted)},
    }


def _counts(told: Mapping[str, Any]) -> bool:
    faulty = (
        not told["deliverable_bg"]
        or not told["due"]
        or date.fromisoformat(told["due"]) < date.fromisoformat(SECOND)
        or any(need["org"] == told["org"] for need in told["needs"])
    )
    return not faulty and told["status"] not in ("withdrawn", "invalid")
