"""Pages are printed once for everybody who sees the same, and filled in for each person.

A page of a stage takes milliseconds to print, and a full hall asks for it in one moment. What is
personal in it (the form's key, whose phone it is, what was sent) is left open in print; filling in
and packing takes a fiftieth of the time.
"""

from __future__ import annotations

import json
import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from markupsafe import Markup, escape

from phone.packing import Part, Stream, packed, part

K = TypeVar("K")
Print = Callable[[Mapping[str, Any]], str]
PLATES = 600
"""Pages kept; a stage in two languages with 16 orders of its options takes 64."""
SHARED = ("identity", "anonymity")
"""What is the same for many; what one person wrote is not kept in memory."""
EACH = ("identity", "anonymity", "key", "clock", "table")
"""What differs between people, or seconds, on a page that is otherwise alike."""
KEY_LENGTH = 34
"""Of a form's key, which ``phone.own.new_key`` makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What is filled in for one person: words by the name of their place, and earlier answers."""

    late: Mapping[str, str]
    answers: Callable[[str], str] | None = None
    """The value of a field by its name; None where the form is blank."""


@dataclass(frozen=True, slots=True)
class Place(Part):
    """An open place of a blank page, or the printed text between two."""

    name: str = ""
    """Of an open place."""
    before: bytes = b""
    """What surely stands right before an open place: packing refers to it."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A printed page: text and open places in turn."""

    pieces: tuple[str, ...]
    """At even places text, at odd ones the name of what is filled in."""
    blank: tuple[Place, ...]
    """The same for a blank form, ready to be sent."""
    told: tuple[Place, ...]
    """The same once more, as it stands in the news."""
    reads_answers: bool
    """A template asked for answers itself: for somebody who has some it must be printed anew."""


class Press:
    """Keeps the plates."""

    def __init__(self) -> None:
        mark = secrets.token_hex(6)
        # Nobody can type a mark: it is made anew at each start.
        self._open, self._shut = f"\ue000{mark}.", "\ue001"
        self._places = re.compile(f"{self._open}([^\ue001]*){self._shut}")
        self._plates: OrderedDict[Hashable, Plate] = OrderedDict()
        self._ready: OrderedDict[Hashable, tuple[Part, ...]] = OrderedDict()

    def page(
        self,
        mark: Hashable,
        draw: Print,
        known: Mapping[str, Any],
        personal: Personal,
        packs: bool,
    ) -> bytes | None:
        """Return a page, packed if the phone unpacks; None: print it for this person alone."""
        plate = self._kept(mark, draw, known, personal.late)
        if personal.answers is not None and plate.reads_answers:
            return None
        if personal.answers is None and packs:
            return _packed(plate, personal.late)
        page = _filled(plate, personal.late, personal.answers).encode()
        return packed(page) if packs else page

    def told(
        self,
        mark: Hashable,
        draw: Print,
        known: Mapping[str, Any],
        personal: Personal,
        alike: Hashable = None,
    ) -> list[Part] | None:
        """Return a page as it stands in the news, in parts; None as with ``page``.

        It is kept for those who are ``alike``, but for what is everybody's own.
        """
        plate = self._kept(mark, draw, known, personal.late)
        if personal.answers is None:
            late = {name: quoted(words) for name, words in personal.late.items()}
            parts = [_at(place, late) for place in plate.told]
            if alike is not None:
                places = zip(plate.told, parts, strict=True)
                kept = tuple(place if place.name in EACH else part for place, part in places)
                _remember(self._ready, alike, kept, PLATES)
            return parts
        if plate.reads_answers:
            return None
        return [Part.of(quoted(_filled(plate, personal.late, personal.answers)))]

    def ready(self, alike: Hashable, own: Callable[[str], str]) -> list[Part]:
        """Return a page as those got it who are ``alike``, each with what is their own.

        Empty where nobody got it yet. ``own`` returns the words by the name of their place.
        """
        kept = self._ready.get(alike, ())
        return [_told(one, own) if isinstance(one, Place) and one.name else one for one in kept]

    def fragment(self, mark: Hashable, draw: Print, late: Mapping[str, str]) -> Markup:
        """Return a part of a page in which everything is filled in."""
        plate = self._kept(mark, draw, {}, late)
        return Markup(_filled(plate, late, None))

    def _kept(
        self, mark: Hashable, draw: Print, known: Mapping[str, Any], late: Mapping[str, str]
    ) -> Plate:
        plate = self._plates.get(mark)
        if plate is None:
            plate = self._print(draw, known, late)
        _remember(self._plates, mark, plate, PLATES)
        return plate

    def _place(self, name: str) -> str:
        return f"{self._open}{name}{self._shut}"

    def _print(self, draw: Print, known: Mapping[str, Any], late: Mapping[str, str]) -> Plate:
        asked: list[str] = []

        def value(*path: Any) -> str:
            asked.append(".".join(str(step) for step in path))
            return ""

        page = draw(
            {
                **known,
                **{name: self._place(name) for name in late},
                "value": value,
                "held": lambda name, usual="": self._place(f"?{name}?{usual}"),
                "ticked": lambda name, code: self._place(f"!{name}!{code}"),
            }
        )
        pieces = tuple(self._places.split(page))
        return Plate(pieces, tuple(_blank(pieces)), tuple(_blank(pieces, quoted)), bool(asked))


def _remember(kept: OrderedDict[Hashable, K], mark: Hashable, one: K, most: int) -> None:
    kept[mark] = one
    kept.move_to_end(mark)
    if len(kept) > most:
        kept.popitem(last=False)


def quoted(words: str) -> str:
    """Return words as they stand between the quotation marks of the news."""
    return json.dumps(words, ensure_ascii=False)[1:-1]


def held(answers: Callable[[str], str]) -> Callable[..., str]:
    """Return what templates ask for the value of a field when a page is printed for one person."""
    return lambda name, usual="": answers(name) or usual


def ticked(answers: Callable[[str], str]) -> Callable[[str, Any], Markup]:
    """Return what templates ask whether a choice was made."""
    return lambda name, code: _tick(answers(name) == str(code))


def _tick(chosen: bool) -> Markup:
    return Markup(" checked" if chosen else "")


def _blank(pieces: Sequence[str], spell: Callable[[str], str] = str) -> list[Place]:
    """Return a plate with its fields blank, the text between open places packed beforehand.

    Packed text refers back to text that is always as far away: also over the form's key, which
    always has the same length, but over nothing else that is filled in.
    """
    found: list[Place] = []
    held: list[str] = []
    before = b""

    def keep() -> None:
        nonlocal before
        if held:
            text = spell("".join(held)).encode()
            found.append(Place(text, part(text, 9, before)))
            before += text
            held.clear()

    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            held.append(piece)
        elif piece[0] in "?!":
            held.append(_answered(piece, lambda _: ""))
        else:
            keep()
            found.append(Place(b"", b"", piece, before))
            before = before + bytes(KEY_LENGTH) if piece == "key" else b""
    keep()
    return found


def _packed(plate: Plate, late: Mapping[str, str]) -> bytes:
    """Return a blank page as gzip, made of parts that were packed each on its own."""
    stream = Stream()
    return stream.tell(*(_at(place, late) for place in plate.blank)) + stream.end()


def _at(place: Place, late: Mapping[str, str]) -> Part:
    """Return what stands at a place once it is filled in."""
    if not place.name:
        return place
    words = late[place.name]
    if place.name in SHARED:
        return _late(words, place.before)
    if place.name != "key":
        return _packed_late(words, place.before)
    if len(words) != KEY_LENGTH:
        raise ValueError("a key of another length: what follows refers over it")
    return Part.plain(words)


def _told(place: Place, own: Callable[[str], str]) -> Part:
    words = quoted(own(place.name))
    # A sentence that many share is packed once; a few words of one person's are not worth it.
    return _late(words, place.before) if place.name == "anonymity" else Part.plain(words)


@lru_cache(maxsize=4096)
def _late(words: str, before: bytes) -> Part:
    """Return what many share, packed once: people from the same organisation."""
    return _packed_late(words, before)


def _packed_late(words: str, before: bytes) -> Part:
    text = words.encode()
    return Part(text, part(text, 1, before) if text else b"")


def _filled(plate: Plate, late: Mapping[str, str], answers: Callable[[str], str] | None) -> str:
    pieces = list(plate.pieces)
    for place in range(1, len(pieces), 2):
        name = pieces[place]
        if name[0] in "?!":
            pieces[place] = _answered(name, answers or (lambda _: ""))
        else:
            pieces[place] = late[name]
    return "".join(pieces)


def _answered(place: str, answers: Callable[[str], str]) -> str:
    """Return what stands at a field's place: its value, or the mark of a choice that was made."""
    _, name, other = place.split(place[0], 2)
    if place[0] == "?":
        return str(escape(answers(name) or other))
    return str(_tick(answers(name) == other))
