"""A form, within limits, as nested answers: ``dots.C01=2`` is ``{"dots": {"C01": "2"}}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_plus

from starlette.types import Receive, Scope

from workshop.language import Text, text
from workshop.model import Refused
from workshop.text.cleaning import BREAKS

MOST_BYTES = 384_000
"""60,000 Cyrillic letters are 360 kB in a form; they still get their sentence with all words."""
DRAINED_BYTES = 4_000_000
"""A browser shows our answer only when we took what it sent; more than this is not waited for."""
MOST_FIELDS = 300
LONGEST_NAME = 120
DEEPEST = 5
NAME = re.compile(r"_?[A-Za-z][\w-]*(?:\.[\w-]+)*", re.ASCII)
AN_ID = re.compile(r"[a-z]+-[0-9a-f]{8,32}|[0-9a-f]{32}")
# Control signs and what turns the direction of a line: no page may hold them, not even to give
# back what was refused. The rest of the cleaning is done where an entry is taken.
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]"
)
FORM = "application/x-www-form-urlencoded"


class Unreadable(Exception):
    """A request whose form cannot be read at all: the status to answer and a sentence."""

    def __init__(self, status: int, reason: Text) -> None:
        super().__init__(reason.message)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Form:
    """What a phone sent: fields of the answer, and the page's own fields without their ``_``."""

    fields: Mapping[str, str] = field(default_factory=dict)
    frame: Mapping[str, str] = field(default_factory=dict)
    twice: str = ""
    """The first field that came more than once ("" when none did)."""

    @property
    def words(self) -> list[str]:
        """What somebody typed, for copying; not what they tapped."""
        typed = (value.strip() for name, value in self.fields.items() if name != "kind")
        return [one for one in typed if len(one) > 2 and not AN_ID.fullmatch(one)]

    @property
    def answers(self) -> dict[str, Any]:
        """The fields nested, as far as they can be: what a page is filled with again."""
        try:
            return nest(self.fields)
        except Refused:
            return {name: value for name, value in self.fields.items() if "." not in name}


async def read_form(scope: Scope, receive: Receive) -> Form:
    """Return the form of a request, or raise ``Unreadable``."""
    headers = {name.lower(): value for name, value in scope["headers"]}
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > DRAINED_BYTES:
        raise too_large()
    body = await _body(receive)
    kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
    if body and kind != FORM.encode():
        raise Unreadable(415, text("This page only understands its own form."))
    return parse(body)


def too_large() -> Unreadable:
    """Return the answer to more than a form may hold."""
    return Unreadable(
        413,
        text("That is more than this form can take. Please go back and shorten it."),
    )


async def _body(receive: Receive) -> bytes:
    pieces: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Unreadable(400, text("The connection broke off. Please send it again."))
        piece = message.get("body", b"")
        size += len(piece)
        if size > DRAINED_BYTES:
            break
        if size <= MOST_BYTES:
            pieces.append(piece)
        more = message.get("more_body", False)
    if size > MOST_BYTES:
        raise too_large()
    return b"".join(pieces)


def parse(body: bytes) -> Form:
    """Return the fields of a form's body."""
    broken = Unreadable(400, text("This form arrived damaged. Please go back and send it again."))
    if body.count(b"&") >= MOST_FIELDS:
        raise Unreadable(413, text("This form has too many fields."))
    fields: dict[str, str] = {}
    frame: dict[str, str] = {}
    twice = ""
    try:
        pairs = [_pair(part) for part in body.decode().split("&") if part]
    except ValueError as problem:  # not UTF-8, or not percent-encoded
        raise broken from problem
    for name, value in pairs:
        if len(name) > LONGEST_NAME or not _sound(name):
            raise broken
        place, key = (frame, name[1:]) if name[0] == "_" else (fields, name)
        if key in place:
            twice = twice or name
        place[key] = value if value.isalnum() else UNSEEN.sub("", BREAKS.sub("\n", value))
    return Form(fields, frame, twice)


def _pair(part: str) -> tuple[str, str]:
    """Return a field of a body; most are a name and a number, in which nothing is encoded."""
    name, _, value = part.partition("=")
    if "%" in part or "+" in part:
        return unquote_plus(name, errors="strict"), unquote_plus(value, errors="strict")
    return name, value


@lru_cache(maxsize=4096)
def _sound(name: str) -> bool:
    """Return whether a field may be called that."""
    return name.count(".") < DEEPEST and NAME.fullmatch(name) is not None


def nest(fields: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields as nested dicts; repeated parts keep their numbers as keys."""
    answers: dict[str, Any] = {}
    for name, value in fields.items():
        *path, last = name.split(".")
        place = answers
        for step in path:
            place = place.setdefault(step, {})
            if not isinstance(place, dict):
                raise _odd(name)
        if last in place:
            raise _odd(name)
        place[last] = value
    return answers


def _odd(name: str) -> Refused:
    return Refused(text("This answer came in two different ways. Please fill it in again."), name)


def flatten(answers: Any, path: str = "") -> dict[str, str]:
    """Return nested answers as form fields: the way back of ``nest``."""
    if isinstance(answers, Mapping):
        pairs = [(str(key), child) for key, child in answers.items()]
    elif isinstance(answers, list | tuple):
        pairs = [(str(place), child) for place, child in enumerate(answers)]
    else:
        return {path: written(answers)}
    flat: dict[str, str] = {}
    for key, child in pairs:
        flat |= flatten(child, f"{path}.{key}" if path else key)
    return flat


def written(value: Any) -> str:
    """Return a value as a form field holds it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    return str(value)


def found(answers: Any, *path: Any) -> str:
    """Return the value at ``path`` as a form field holds it, "" when there is none."""
    place = answers
    for step in path:
        if isinstance(place, Mapping):
            place = place.get(str(step), place.get(step))
        elif isinstance(place, list | tuple) and str(step).isdecimal():
            place = place[int(step)] if int(step) < len(place) else None
        else:
            return ""
    return "" if isinstance(place, Mapping | list | tuple) else written(place)
