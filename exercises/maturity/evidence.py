"""What the evidence register proves: claims and verifications become one level per dimension."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from exercises.maturity.model import Entry, Evidence, Status
from exercises.maturity.scale import Dimension, Proof, Scale
from workshop.language import Text, text
from workshop.model import Contribution, Organisation, Room, Sender

Said: TypeAlias = tuple[Evidence, Sender]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """Where one required piece of evidence stands; staff decide, participants claim."""

    dimension: Dimension
    proof: Proof
    status: Status
    link: str = ""
    note: str = ""
    owner: Organisation | None = None
    verifier: Organisation | None = None
    claims: int = 0
    """How many participants say that it exists."""
    proven: bool = False
    """It counts for its level: verified by another organisation."""
    waived: bool = False
    """It is not applicable, with a justification; at most one per level counts."""
    problem: Text | None = None
    """Why a decision written down does not count."""


def gather(
    scale: Scale, contributions: Sequence[Contribution[Entry]], room: Room
) -> tuple[Exhibit, ...]:
    """Return every required piece of evidence in the order of the model."""
    written: dict[str, list[Said]] = {}
    for one in sorted(contributions, key=lambda one: one.number):
        if one.stands and isinstance(one.entry, Evidence):
            written.setdefault(one.entry.evidence, []).append((one.entry, one.sender))
    return tuple(
        _stand(dimension, proof, written.get(proof.id, []), room)
        for dimension in scale.dimensions
        for proof in dimension.evidence
    )


def evidence_level(exhibits: Iterable[Exhibit], top: int) -> int | None:
    """Return the level that the evidence of one dimension supports; None if nothing was submitted.

    The largest level up to which all required pieces are proven, one per level may be waived;
    level 1 needs nothing. Source: method 2.6, rule 4.
    """
    known = list(exhibits)
    if all(one.status == "missing" for one in known):
        return None
    level = 1
    while level < top and _reached(known, level + 1):
        level += 1
    return level


def _reached(exhibits: Sequence[Exhibit], level: int) -> bool:
    required = [one for one in exhibits if one.proof.level == level]
    open_ones = [one for one in required if not one.proven]
    return not open_ones or (len(open_ones) == 1 and open_ones[0].waived)


def _stand(dimension: Dimension, proof: Proof, written: Sequence[Said], room: Room) -> Exhibit:
    """Return where one piece stands: the last decision of staff, else the last claim.

    A claim after staff wrote "missing" reopens the piece; it never undoes a decision.
    """
    said = [(entry, sender) for entry, sender in written if entry.status != "missing"]
    claims = [(entry, sender) for entry, sender in said if not sender.staff]
    latest = [entry for entry, sender in written if sender.staff][-1:]
    decided = latest[0] if latest and latest[0].status != "missing" else None
    if decided is None and not claims:
        return Exhibit(dimension=dimension, proof=proof, status="missing")
    claim, claimant = claims[-1] if claims else (None, None)
    entry = decided or claim
    assert entry is not None  # one of them exists, see above
    owner = room.organisation_named(entry.owner) or room.organisation_named(
        claim.owner if claim else ""
    )
    if owner is None and claimant is not None:
        owner = room.organisation(claimant.organisation_id)
    verifier = room.organisation_named(entry.verifier)
    problem = _fault(decided, owner, verifier)
    counts = decided is not None and problem is None
    return Exhibit(
        dimension=dimension,
        proof=proof,
        status=entry.status if decided else "claimed",
        link=entry.link or (claim.link if claim else ""),
        note=entry.note or (claim.note if claim else ""),
        owner=owner,
        verifier=verifier,
        claims=len(claims),
        proven=counts and entry.status == "verified",
        waived=counts and entry.status == "not_applicable",
        problem=problem,
    )


def _fault(
    entry: Evidence | None, owner: Organisation | None, verifier: Organisation | None
) -> Text | None:
    """Return why a decision cannot count; the owner may be known from a claim only."""
    if entry is None:
        return None
    if entry.status == "verified" and verifier is None:
        return text("It does not say which organisation verified it.")
    if entry.status == "verified" and owner is not None and verifier == owner:
        return text("It was verified by the organisation it comes from.")
    if entry.status == "not_applicable" and not entry.note.strip():
        return text("It does not say why this evidence does not apply.")
    return None
