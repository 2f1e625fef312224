"""Options handed on: which are copies of one thing, and which categories read alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import count

from workshop.language import Multilingual
from workshop.model import Category, Option

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def taken(kept: Iterable[Option], handed: Iterable[Option]) -> tuple[Option, ...]:
    """Return options with those handed on by an earlier stage, under keys still free.

    What is handed on a second time is not doubled: its fresh copy stands where the old one stood,
    and a card that was merged into it meanwhile stands there no longer.
    """
    answer = list(kept)
    for option in handed:
        place = next((n for n, one in enumerate(answer) if _same(one, option)), None)
        if place is not None:
            answer[place] = replace(option, key=answer[place].key)
        else:
            answer.append(replace(option, key=_free(option.key, {one.key for one in answer})))
        answer = [one for one in answer if not _merged_into(one, option)]
    return tuple(answer)


def one_name(categories: Iterable[Category]) -> dict[Category, Category]:
    """Return by which name each category goes: what reads alike goes by its fullest name.

    What was typed by hand, or handed on before it had a name in the other language as well, is the
    same category to everybody who reads it.
    """
    known = dict.fromkeys(categories)
    names = [one for one in known if isinstance(one, Multilingual)]
    return {
        one: max((name for name in names if _alike(one, name)), key=_fullness, default=one)
        for one in known
    }


def _alike(one: Category, name: Multilingual) -> bool:
    if isinstance(one, str):
        return bool(one) and one in (name.bg, name.en)
    pairs = ((one.bg, name.bg), (one.en, name.en))
    return any(a and a == b for a, b in pairs) and all(a == b for a, b in pairs if a and b)


def _fullness(name: Multilingual) -> int:
    return bool(name.bg) + bool(name.en)


def _free(key: str, used: Collection[str]) -> str:
    """Return the key, or another one where it is taken or would be read as a number."""
    if KEY.fullmatch(key) and not key.isdecimal() and key not in used:
        return key
    return next(other for n in count(1) if (other := f"X{n:02d}") not in used)


def _same(one: Option, other: Option) -> bool:
    """Return whether two options are copies of one thing, whatever its words are by now."""
    if one.origin is None and other.origin is None:  # nothing but its words tells it apart
        return (one.wording, one.category) == (other.wording, other.category)
    if one.origin is None or other.origin is None or one.origin.stage_id != other.origin.stage_id:
        return False
    if not (one.origin.label and other.origin.label):
        return one.origin == other.origin or (one.key == other.key and not one.origin.label)
    # A card keeps its number when it is changed, and its first entry when it is filed elsewhere.
    first = one.origin.contribution_ids[:1]
    return one.origin.label == other.origin.label or (
        bool(first) and first == other.origin.contribution_ids[:1]
    )


def _merged_into(one: Option, card: Option) -> bool:
    """Return whether ``one`` was handed on as a card of its own and is part of ``card`` now."""
    if one.origin is None or card.origin is None or not (one.origin.label and card.origin.label):
        return False
    own = set(one.origin.contribution_ids)
    return bool(own) and own < set(card.origin.contribution_ids)
