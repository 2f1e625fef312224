"""Whether the rows of an archive point only at one another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Parts = Mapping[str, Sequence[Mapping[str, Any]]]
"""The rows of an archive, by the name of their part."""


def belongs_together(parts: Parts) -> bool:
    """Return whether no row points outside of the archive: it could hang on to another series."""
    series_id = parts["series"][0].get("id")
    shops = _ids(parts["workshops"])
    stages = _ids(parts["stages"])
    pointing: Iterable[tuple[str, str, set[Any]]] = (
        ("groups", "series_id", {series_id}),
        ("organisations", "series_id", {series_id}),
        ("organisations", "group_id", _ids(parts["groups"])),
        ("workshops", "series_id", {series_id}),
        ("participants", "workshop_id", shops),
        ("participants", "group_id", _ids(parts["groups"])),
        ("participants", "organisation_id", _ids(parts["organisations"]) | {None}),
        ("stages", "workshop_id", shops),
        ("seats", "stage_id", stages),
        ("seats", "participant_id", _ids(parts["participants"])),
        ("themes", "stage_id", stages),
        ("contributions", "stage_id", stages),
        ("contributions", "participant_id", _ids(parts["participants"]) | {None}),
        ("contributions", "merged_into", _ids(parts["contributions"]) | {None}),
        ("contributions", "part_of", _ids(parts["contributions"]) | {None}),
        ("contributions", "theme_id", _ids(parts["themes"]) | {None}),
        ("contributions", "replaced_by", _ids(parts["contributions"]) | {None}),
        ("workshops", "current_stage_id", stages | {None}),
        ("turnout", "stage_id", stages),
        ("turnout", "participant_id", _ids(parts["participants"])),
        ("ballots", "stage_id", stages),
        ("speaking", "group_id", _ids(parts["groups"])),
        ("events", "workshop_id", shops),
        *_versions("observations", parts),
        *_versions("speaking", parts),
    )
    return all(
        line.get(column) in known for name, column, known in pointing for line in parts[name]
    )


def _versions(name: str, parts: Parts) -> Iterable[tuple[str, str, set[Any]]]:
    own = _ids(parts[name])
    yield name, "workshop_id", _ids(parts["workshops"])
    yield name, "stage_id", _ids(parts["stages"]) | {None}
    yield name, "origin_id", own
    yield name, "replaced_by", own | {None}


def _ids(lines: Iterable[Mapping[str, Any]]) -> set[Any]:
    return {line.get("id") for line in lines}
