"""Pages are printed once for everybody who sees the same, and filled in for each person.

A page of a stage takes milliseconds to print, and a full hall asks for it in one moment. What is
personal in it (the form's key, whose phone it is, what was sent) is left open in print; filling in
and packing takes a fiftieth of the time.
"""

from __future__ import annotations

import re
import secrets
import struct
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

Print = Callable[[Mapping[str, Any]], str]
PLATES = 600
"""Pages kept; a stage in two languages with 16 orders of its options takes 64."""
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LAST = b"\x03\x00"
"""An empty last block: ends a stream of parts that were packed each on its own."""
WORTH_PACKING = 60
WINDOW = 32_000
"""Bytes packing can look back."""
KEY_LENGTH = 34
"""Of a form's key, which ``phone.own.new_key`` makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """What is filled in for one person: words by the name of their place, and earlier answers."""

    late: Mapping[str, str]
    answers: Callable[[str], str] | None = None
    """The value of a field by its name; None where the form is blank."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a blank page: printed text, or an open place."""

    text: bytes
    packed: bytes
    """The text as a part of a packed stream; b"" for an open place."""
    name: str = ""
    """Of an open place."""
    before: bytes = b""
    """What surely stands right before an open place: packing refers to it."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A printed page: text and open places in turn."""

    pieces: tuple[str, ...]
    """At even places text, at odd ones the name of what is filled in."""
    blank: tuple[Part, ...]
    """The same for a blank form, ready to be sent."""
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

    def fragment(self, mark: Hashable, draw: Print, late: Mapping[str, str]) -> Markup:
        """Return a part of a page in which everything is filled in."""
        plate = self._kept(mark, draw, {}, late)
        return Markup(_filled(plate, late, None))

    def _kept(
        self, mark: Hashable, draw: Print, known: Mapping[str, Any], late: Mapping[str, str]
    ) -> Plate:
        plate = self._plates.get(mark)
        if plate is None:
            plate = self._plates[mark] = self._print(draw, known, late)
            if len(self._plates) > PLATES:
                self._plates.popitem(last=False)
        self._plates.move_to_end(mark)
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
        return Plate(pieces, tuple(_blank(pieces)), bool(asked))


def held(answers: Callable[[str], str]) -> Callable[..., str]:
    """Return what templates ask for the value of a field when a page is printed for one person."""
    return lambda name, usual="": answers(name) or usual


def ticked(answers: Callable[[str], str]) -> Callable[[str, Any], Markup]:
    """Return what templates ask whether a choice was made."""
    return lambda name, code: _tick(answers(name) == str(code))


def _tick(chosen: bool) -> Markup:
    return Markup(" checked" if chosen else "")


def _blank(pieces: Sequence[str]) -> list[Part]:
    """Return a plate with its fields blank, the text between open places packed beforehand.

    Packed text refers back to text that is always as far away: also over the form's key, which
    always has the same length, but over nothing else that is filled in.
    """
    found: list[Part] = []
    held: list[str] = []
    before = b""

    def keep() -> None:
        nonlocal before
        if held:
            text = "".join(held).encode()
            found.append(Part(text, _part(text, 9, before)))
            before += text
            held.clear()

    for place, piece in enumerate(pieces):
        if place % 2 == 0:
            held.append(piece)
        elif piece[0] in "?!":
            held.append(_answered(piece, lambda _: ""))
        else:
            keep()
            found.append(Part(b"", b"", piece, before))
            before = before + bytes(KEY_LENGTH) if piece == "key" else b""
    keep()
    return found


def _packed(plate: Plate, late: Mapping[str, str]) -> bytes:
    """Return a blank page as gzip, made of parts that were packed each on its own."""
    parts, check, size = [GZIP_HEAD], 0, 0
    for one in plate.blank:
        text, part = one.text, one.packed
        if one.name:
            text = late[one.name].encode()
            if one.name == "key" and len(text) != KEY_LENGTH:
                raise ValueError("a key of another length: what follows refers over it")
            part = _part(text, 1, one.before) if text else b""
        parts.append(part)
        check = zlib.crc32(text, check)
        size += len(text)
    return b"".join([*parts, LAST, struct.pack("<LL", check, size & 0xFFFFFFFF)])


def _part(text: bytes, level: int, before: bytes) -> bytes:
    """Return text as part of a packed stream; it may refer back, and ends on a whole byte."""
    if len(text) < WORTH_PACKING:
        return struct.pack("<BHH", 0, len(text), len(text) ^ 0xFFFF) + text
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, zdict=before[-WINDOW:])
    return packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH)


def packed(body: bytes) -> bytes:
    """Return a page as gzip."""
    packer = zlib.compressobj(4, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()


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
