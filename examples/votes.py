"""The two votes of the sample: three dots in each quadrant, and dots on the candidates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from examples.room import House
from workshop.exercise import Offer
from workshop.language import Multilingual
from workshop.model import Category, Id, Refused, Stage, StageDraft, StageState
from workshop.toolkit import Receipt

PER_QUADRANT = 3
MOST_OPTIONS = 60

Ballot = Mapping[str, Any]


def vote_on_swot(house: House, written: tuple[Stage, dict[str, Id]]) -> None:
    """Hand the cards that stand on to a vote with dots for each quadrant, and vote."""
    swot, cards = written
    votes = house.sample["swot_votes"]
    offers = _offered(house, swot, {cards[one["item"]] for one in votes if one["item"] in cards})
    if len(offers) < 2:
        house.remarks.append("There are too few cards for a vote on them.")
        return
    card_of = {card: one for one in offers for card in one.origin.contribution_ids}
    ballots: dict[str, Counter[str]] = defaultdict(Counter)
    for vote in votes:
        offer = card_of.get(cards.get(vote["item"], ""))
        if offer is None:
            house.remarks.append(
                f"{vote['participant']} chose {vote['item']}, which is not voted on."
            )
        else:
            ballots[vote["participant"]][offer.key] += vote["dots"]
    stage = house.add_stage(_swot_vote(offers, ballots.values()))
    house.toolkit.results.hand_on(house.facilitator, swot.id, stage.id, [one.key for one in offers])
    house.move(stage, StageState.open)
    for person, dots in ballots.items():
        told = {key: str(number) for key, number in dots.items()}
        sent = house.send(person, stage, {"dots": told}, f"swot-dots-{person}")
        house.accepted(f"The SWOT ballot of {person}", sent)
    house.move(stage, StageState.locked, StageState.revealed)


def _offered(house: House, swot: Stage, voted_on: set[Id]) -> list[Offer]:
    """Return the cards to vote on: all, or those voted on and the most supported."""
    offers = [one for one in house.toolkit.results.offers(swot.id) if one.category]
    if len(offers) <= MOST_OPTIONS:
        return offers
    house.remarks.append(f"Of {len(offers)} cards only {MOST_OPTIONS} can be voted on.")
    chosen = sorted(
        offers,
        key=lambda one: not voted_on.intersection(one.origin.contribution_ids),
    )[:MOST_OPTIONS]
    return [one for one in offers if one in chosen]


def _swot_vote(offers: Sequence[Offer], ballots: Iterable[Counter[str]]) -> StageDraft:
    """Return the vote: three dots in each quadrant, or as many as the sample's people have used."""
    quadrant = {one.key: one.category for one in offers}
    each, most = PER_QUADRANT, 1
    for dots in ballots:
        inside: Counter[Category] = Counter()
        for key, number in dots.items():
            inside[quadrant[key]] += number
        each, most = max(each, *inside.values()), max(most, *dots.values())
    bg, en = ("три", "Three") if each == PER_QUADRANT else (str(each), str(each))
    return StageDraft(
        exercise="dots",
        title=Multilingual(bg="Кое тежи най-много", en="What weighs most"),
        question=Multilingual(
            bg=f"Кои точки са най-важни? По {bg} точки за всяко от четирите полета.",
            en=f"Which points matter most? {en} dots for each of the four fields.",
        ),
        settings={"per_category": each, "max_per_option": most},
        chapter="R5",
    )


def vote_on_priorities(house: House) -> None:
    """Vote on the candidates; a second tap with the same key is sent as well."""
    told = house.sample["votes"]["dots"]
    options = priorities(house)
    if len(options) < 2:
        house.remarks.append("There are too few candidates for a vote on them.")
        return
    rules = {"dots": told["rules"].get("dots"), "max_per_option": told["rules"].get("max_per_item")}
    stage = house.add_stage(
        StageDraft(
            exercise="dots",
            title=Multilingual(bg="Откъде да започнем", en="Where to begin"),
            question=Multilingual(
                bg="С кои действия да започне общината?",
                en="Which actions should the municipality begin with?",
            ),
            settings={"options": options}
            | {name: number for name, number in rules.items() if number is not None},
        )
    )
    house.move(stage, StageState.open)
    _send_ballots(house, stage, told["ballots"])
    house.move(stage, StageState.locked, StageState.revealed)


def _send_ballots(house: House, stage: Stage, ballots: Sequence[Ballot]) -> None:
    """Send every ballot; what the sample does not count must not count.

    Those that are no repetition go first: a later ballot of the same person takes their place, and
    where there is none they are taken back.
    """
    counted = {one["submission_id"] for one in ballots if one["counts"]}
    voters = {one["participant"] for one in ballots if one["counts"]}
    spoilt = [one for one in ballots if not one["counts"] and one["submission_id"] not in counted]
    for ballot in spoilt:
        sent = _send(house, stage, ballot)
        if isinstance(sent, Receipt) and ballot["participant"] not in voters:
            house.toolkit.entries.withdraw(
                house.people[ballot["participant"]], sent.contribution_id, f"back-{sent.number}"
            ).result()
    for ballot in ballots:
        if ballot not in spoilt:
            name = f"Ballot {ballot['submission_id']} of {ballot['participant']}"
            kept = house.accepted(name, _send(house, stage, ballot))
            if kept is not None and kept.repeated is ballot["counts"]:
                house.remarks.append(f"{name} was counted as if sent once more.")


def _send(house: House, stage: Stage, ballot: Ballot) -> Receipt | Refused:
    dots = {key: str(number) for key, number in ballot["alloc"].items()}
    key = ballot["submission_id"] or f"dot-{ballot['participant']}"
    return house.send(ballot["participant"], stage, {"dots": dots}, key)


def priorities(house: House) -> list[dict[str, Any]]:
    """Return the sample's candidates as options typed by hand."""
    return [
        {
            "key": one["id"],
            "wording": {
                "bg": house.names.clean(one["text_bg"]),
                "en": house.names.clean(one["text_en"]),
            },
        }
        for one in house.sample["priority_candidates"]
    ]
