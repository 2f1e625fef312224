"""The SWOT of the sample, played through: what people send and what staff do with it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from examples.room import ZONE, House
from workshop.language import Multilingual
from workshop.model import Id, Refused, Stage, StageDraft, StageState

SCRIPT = re.compile(r"<(script|style)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<[^>]*>")
NOTE = re.compile(r"^\([^)]*\)\s*")
FORMULA = ("=", "+", "-", "@")
HIDDEN = {"redact": "personal", "moderate": "insult"}
"""What the sample calls it, and the reason staff give."""
QUADRANTS = ("S", "W", "O", "T")
UNTOLD = "2000-01-01"
"""When an entry was sent whose moment is not told: before all others."""
USUAL, MOST = 20, 60
"""Entries of one person: as the exercise has it, and as many as it may be set to."""


def write_swot(house: House) -> tuple[Stage, dict[str, Id]]:
    """Let everybody write, sort it, reveal it; return the cards by the sample's ids."""
    stage = house.add_stage(
        StageDraft(
            exercise="swot",
            title=Multilingual(
                bg="Силни и слаби страни, възможности и заплахи",
                en="Strengths, weaknesses, opportunities and threats",
            ),
            settings={"each": _most_of_one(house)},
            minutes=15,
        )
    )
    cards: dict[str, Id] = {}
    late = {one["id"] for one in house.sample["participants"] if house.is_late(one)}
    lines = sorted(house.sample["swot_items"], key=_sent_at)
    afterwards = [line for line in lines if line["submitted_by"] in late]
    house.move(stage, StageState.open)
    _send_cards(house, stage, [one for one in lines if one["submitted_by"] not in late], cards)
    house.move(stage, StageState.locked)
    if late:  # somebody came late: the stage is opened once more
        told = [one for one in afterwards if one["case"] == "late_entry"] or afterwards
        if told:
            _reach(house, _sent_at(told[0]) - timedelta(minutes=2))
        for person in house.sample["participants"]:
            if house.is_late(person):
                house.let_in(person)
        house.move(stage, StageState.open)
        _send_cards(house, stage, afterwards, cards)
        house.move(stage, StageState.locked)
    _sort(house, stage, cards)
    house.move(stage, StageState.revealed)
    return stage, cards


def _most_of_one(house: House) -> int:
    """Return how many entries one person may send: as usual, or as many as the sample's send."""
    sent = Counter(line["submitted_by"] for line in house.sample["swot_items"])
    return min(max(USUAL, *sent.values()), MOST) if sent else USUAL


def _sent_at(line: Mapping[str, Any]) -> datetime:
    moment = datetime.fromisoformat(line["submitted_at"] or UNTOLD)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _reach(house: House, moment: datetime) -> None:
    """Let it be the moment of an entry, if that is on the day of the workshop."""
    if moment.astimezone(ZONE).date() == house.workshop.day:
        house.clock.reach(moment)


def _send_cards(
    house: House, stage: Stage, lines: Iterable[Mapping[str, Any]], cards: dict[str, Id]
) -> None:
    for line in lines:
        _reach(house, _sent_at(line))
        # The blank one is sent as blank as it was typed, and refused.
        answers = {
            "kind": line["quadrant_submitted"],
            "text": house.names.clean(line["text_bg"]),
        }
        kept = house.send(line["submitted_by"], stage, answers, f"swot-{line['id']}", seconds=0)
        expected = line["case"].startswith("rejected:")
        if not isinstance(kept, Refused):
            cards[line["id"]] = kept.contribution_id
            if expected:
                house.remarks.append(
                    f"{line['id']} ({line['case']}) was accepted; the facilitator hides it."
                )
        elif not expected:
            house.refused(f"{line['id']} ({line['case']})", kept)


def _sort(house: House, stage: Stage, cards: Mapping[str, Id]) -> None:
    """Merge, reword, translate, theme, re-file and hide as the sample's marks say."""
    by, sorting = house.facilitator, house.toolkit.sorting
    themes = {
        one["id"]: sorting.add_theme(by, stage.id, Multilingual(bg=one["bg"], en=one["en"])).id
        for one in house.sample["themes"]
    }
    lines = {line["id"]: line for line in house.sample["swot_items"] if line["id"] in cards}
    hidden, seen = set(), set()
    for name, line in lines.items():
        house.clock.pass_by(seconds=3)
        card = cards[name]
        if card in seen:  # the same words of the same person once more: received once
            continue
        seen.add(card)
        if line["theme"]:
            sorting.assign(by, card, themes[line["theme"]])
        reason = _reason_to_hide(line)
        if reason:
            hidden.add(name)
            sorting.hide(by, card, reason)
            continue
        if line["case"].startswith("misplaced:"):
            sorting.refile(by, card, line["case"].split(":")[1])
        sorting.reword(by, card, _wording(house, line))
    for name in [one for one in lines if one not in hidden]:
        target = _canonical(lines, name)
        if target is None or target in hidden:
            house.remarks.append(f"{name} stands: what it was to be merged into does not.")
        elif cards[target] != cards[name]:
            sorting.merge(by, [cards[name]], cards[target])


def _canonical(lines: Mapping[str, Mapping[str, Any]], name: str) -> str | None:
    """Return what an entry is merged into in the end, itself if nothing; None if that is gone."""
    seen = {name}
    while (following := lines[name]["merge_into"]) is not None:
        if following in seen or following not in lines:
            return None
        seen.add(following)
        name = following
    return name


def _reason_to_hide(line: Mapping[str, Any]) -> str:
    """Return the reason for hiding a card, "" for one that stays.

    Markup around words that mean something is taken out of the wording instead: such a card
    goes on to the vote.
    """
    kind, _, about = line["case"].partition(":")
    if kind == "sanitise":
        if about == "formula" or line["text_bg"].strip().startswith(FORMULA):
            return "formula"
        return "" if sum(sign.isalpha() for sign in _bare(line["text_bg"])) >= 3 else "markup"
    if kind == "misplaced" and about not in QUADRANTS:
        return "moved"
    if kind == "rejected":
        return "other"
    return HIDDEN.get(kind, "")


def _wording(house: House, line: Mapping[str, Any]) -> Multilingual:
    """Return the canonical wording and the translation staff give a card."""
    canonical = house.sample["swot_canonical_texts"].get(line["id"]) or _bare(line["text_bg"])
    translated = NOTE.sub("", line["text_en"]) or line["text_en"]
    return Multilingual(bg=house.names.clean(canonical), en=house.names.clean(translated))


def _bare(words: str) -> str:
    return TAG.sub("", SCRIPT.sub("", words)).strip()
