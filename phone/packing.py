"""Pages and news packed as gzip: from parts that were packed beforehand, each on its own."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
LAST = b"\x03\x00"
"""An empty last block: ends a stream of parts that were packed each on its own."""
WORTH_PACKING = 60
WINDOW = 32_000
"""Bytes packing can look back."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a packed stream."""

    text: bytes
    packed: bytes

    @classmethod
    def of(cls, words: str) -> Part:
        """Return words as a part that refers to nothing before it."""
        text = words.encode()
        return cls(text, part(text, 1, b""))

    @classmethod
    def plain(cls, words: str) -> Part:
        """Return a few words as they are: packing them would save next to nothing."""
        text = words.encode()
        return cls(text, _stored(text))


class Stream:
    """One packed stream that is told bit by bit; no packer is kept for it, only its sum."""

    def __init__(self, packs: bool = True) -> None:
        self._packs = packs
        self._begun = False
        self._check = 0
        self._size = 0

    def tell(self, *parts: Part) -> bytes:
        """Return the next bytes; whoever gets them can read all that was told so far."""
        if not self._packs:
            return b"".join(one.text for one in parts)
        for one in parts:
            self._check = zlib.crc32(one.text, self._check)
            self._size += len(one.text)
        head = b"" if self._begun else GZIP_HEAD
        self._begun = True
        return head + b"".join(one.packed for one in parts)

    def end(self) -> bytes:
        """Return the last bytes, by which the other side knows that nothing was lost."""
        if not self._packs:
            return b""
        return LAST + struct.pack("<LL", self._check, self._size & 0xFFFFFFFF)


def part(text: bytes, level: int, before: bytes) -> bytes:
    """Return text as part of a packed stream; it may refer back, and ends on a whole byte."""
    if len(text) < WORTH_PACKING:
        return _stored(text)
    packer = zlib.compressobj(level, zlib.DEFLATED, -15, zdict=before[-WINDOW:])
    return packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH)


def _stored(text: bytes) -> bytes:
    return struct.pack("<BHH", 0, len(text), len(text) ^ 0xFFFF) + text


def packed(body: bytes) -> bytes:
    """Return a page as gzip."""
    packer = zlib.compressobj(4, zlib.DEFLATED, 31)
    return packer.compress(body) + packer.flush()
