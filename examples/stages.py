"""The four exercises of the sample, played through: what people send and what staff do with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from examples.room import House
from workshop.language import Multilingual
from workshop.model import Id, Refused, Stage, StageDraft, StageState
from workshop.toolkit import Receipt

SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<[^>]*>")
NOTE = re.compile(r"^\([^)]*\)\s*")
FORMULA = ("=", "+", "-", "@")
HIDDEN = {"redact": "personal", "moderate": "insult"}
"""What the sample calls it, and the reason staff give."""


def write_swot(house: House) -> tuple[Stage, dict[str, Id]]:
    """Let everybody write, sort it, reveal it; return the cards by the sample's ids."""
    stage = house.add_stage(
        StageDraft(
            exercise="swot",
            title=Multilingual(
                bg="Силни и слаби страни, възможности и заплахи",
                en="Strengths, weaknesses, opportunities and threats",
            ),
            minutes=15,
        )
    )
    cards: dict[str, Id] = {}
    late = {one["id"] for one in house.sample["participants"] if house.is_late(one)}
    lines = sorted(house.sample["swot_items"], key=lambda line: line["submitted_at"])
    on_time = [line for line in lines if line["submitted_by"] not in late]
    afterwards = [line for line in lines if line["submitted_by"] in late]
    house.move(stage, StageState.open)
    _send_cards(house, stage, on_time, cards)
    house.move(stage, StageState.locked)
    if afterwards:  # somebody came late: the stage is opened once more
        first = min(line["submitted_at"] for line in afterwards if line["case"] == "late_entry")
        house.clock.reach(datetime.fromisoformat(first) - timedelta(minutes=2))
        for person in house.sample["participants"]:
            if house.is_late(person):
                house.let_in(person)
        house.move(stage, StageState.open)
        _send_cards(house, stage, afterwards, cards)
        house.move(stage, StageState.locked)
    _sort(house, stage, cards)
    house.move(stage, StageState.revealed)
    return stage, cards


def _send_cards(
    house: House, stage: Stage, lines: Iterable[Mapping[str, Any]], cards: dict[str, Id]
) -> None:
    for line in lines:
        house.clock.reach(datetime.fromisoformat(line["submitted_at"]))
        # The blank one is sent as blank as it was typed, and refused.
        answers = {
            "kind": line["quadrant_submitted"],
            "text": house.names.clean(line["text_bg"]),
        }
        kept = house.send(line["submitted_by"], stage, answers, f"swot-{line['id']}", seconds=0)
        refused = isinstance(kept, Refused)
        if refused is not line["case"].startswith("rejected:"):
            raise SystemExit(
                f"{line['id']} ({line['case']}) was {'' if refused else 'not '}refused"
            )
        if not isinstance(kept, Refused):
            cards[line["id"]] = kept.contribution_id


def _sort(house: House, stage: Stage, cards: Mapping[str, Id]) -> None:
    """Merge, reword, translate, theme, re-file and hide as the sample's marks say."""
    by, sorting = house.facilitator, house.toolkit.sorting
    themes = {
        one["id"]: sorting.add_theme(by, stage.id, Multilingual(bg=one["bg"], en=one["en"])).id
        for one in house.sample["themes"]
    }
    lines = [line for line in house.sample["swot_items"] if line["id"] in cards]
    for line in lines:
        house.clock.pass_by(seconds=3)
        card = cards[line["id"]]
        if line["theme"]:
            sorting.assign(by, card, themes[line["theme"]])
        reason = _reason_to_hide(line)
        if reason:
            sorting.hide(by, card, reason)
        elif line["case"].startswith("misplaced:"):
            sorting.refile(by, card, line["case"].split(":")[1])
        if not reason:
            sorting.reword(by, card, _wording(house, line))
    for line in lines:
        target = line["merge_into"]
        if target and cards[target] != cards[line["id"]]:
            sorting.merge(by, [cards[line["id"]]], cards[target])


def _reason_to_hide(line: Mapping[str, Any]) -> str:
    """Return the reason for hiding a card, "" for one that stays.

    Markup around words that mean something is taken out of the wording instead: such a card
    goes on to the vote.
    """
    kind, _, about = line["case"].partition(":")
    if kind == "sanitise":
        if line["text_bg"].startswith(FORMULA):
            return "formula"
        return "" if sum(sign.isalpha() for sign in _bare(line["text_bg"])) >= 3 else "markup"
    if kind == "misplaced" and about.startswith("priority_candidate"):
        return "moved"
    return HIDDEN.get(kind, "")


def _wording(house: House, line: Mapping[str, Any]) -> Multilingual:
    """Return the canonical wording and the translation staff give a card."""
    canonical = house.sample["swot_canonical_texts"].get(line["id"]) or _bare(line["text_bg"])
    translated = NOTE.sub("", line["text_en"]) or line["text_en"]
    return Multilingual(bg=house.names.clean(canonical), en=house.names.clean(translated))


def must(kept: Receipt | Refused) -> Receipt:
    """Return the receipt of an entry that the sample says is accepted."""
    if isinstance(kept, Refused):
        raise SystemExit(f"refused: {kept.reason.message} ({kept.field})")
    return kept


def _bare(words: str) -> str:
    return TAG.sub("", SCRIPT.sub("", words)).strip()


def vote_on_swot(house: House, written: tuple[Stage, dict[str, Id]]) -> None:
    """Hand all cards that stand on to a vote with three dots in each quadrant, and vote."""
    swot, cards = written
    stage = house.add_stage(
        StageDraft(
            exercise="dots",
            title=Multilingual(bg="Кое тежи най-много", en="What weighs most"),
            question=Multilingual(
                bg="Кои точки са най-важни? По три точки за всяко от четирите полета.",
                en="Which points matter most? Three dots for each of the four fields.",
            ),
            settings={"per_category": 3, "max_per_option": 1},
            chapter="R5",
        )
    )
    offered = [one.key for one in house.toolkit.results.offers(swot.id) if one.category]
    stage = house.toolkit.results.hand_on(house.facilitator, swot.id, stage.id, offered)
    keys = {
        card: option["key"]
        for option in stage.settings["options"]
        for card in option["origin"]["contribution_ids"]
    }
    ballots: dict[str, dict[str, str]] = defaultdict(dict)
    for vote in house.sample["swot_votes"]:
        ballots[vote["participant"]][keys[cards[vote["item"]]]] = str(vote["dots"])
    house.move(stage, StageState.open)
    for person, dots in ballots.items():
        must(house.send(person, stage, {"dots": dots}, f"swot-dots-{person}"))
    house.move(stage, StageState.locked, StageState.revealed)


def vote_on_priorities(house: House) -> None:
    """Vote on the candidates; a second tap with the same key is sent as well."""
    told = house.sample["votes"]["dots"]
    stage = house.add_stage(
        StageDraft(
            exercise="dots",
            title=Multilingual(bg="Откъде да започнем", en="Where to begin"),
            question=Multilingual(
                bg="С кои действия да започне общината?",
                en="Which actions should the municipality begin with?",
            ),
            settings={
                "dots": told["rules"]["dots"],
                "max_per_option": told["rules"]["max_per_item"],
                "options": priorities(house),
            },
        )
    )
    house.move(stage, StageState.open)
    for ballot in told["ballots"]:
        dots = {key: str(number) for key, number in ballot["alloc"].items()}
        kept = must(
            house.send(ballot["participant"], stage, {"dots": dots}, ballot["submission_id"])
        )
        if kept.repeated is ballot["counts"]:
            raise SystemExit(f"{ballot['submission_id']} was counted as if sent once more")
    house.move(stage, StageState.locked, StageState.revealed)


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
