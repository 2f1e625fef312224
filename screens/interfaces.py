"""The network interfaces of this machine with their addresses, read without asking anybody."""

from __future__ import annotations

import ctypes
import socket
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["wireless", "wired", "other", "virtual"]
VIRTUAL = (
    "docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vethernet", "cni", "flannel", "lxc",
    "lxd", "podman", "tun", "tap", "wg", "utun", "ppp", "zt", "tailscale", "bridge", "awdl", "llw",
)  # fmt: skip
"""How names begin that containers, virtual machines and VPNs give."""
POINT_TO_POINT = 0x10
"""A tunnel: nobody in the hall is at its other end (the same flag on Linux and macOS)."""
SYSTEM = Path("/sys/class/net")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interface:
    """One IPv4 address of this machine and what it belongs to."""

    address: str
    name: str = ""
    kind: Kind = "other"


class _Entry(ctypes.Structure):
    """One line of getifaddrs(3)."""


_Entry._fields_ = [
    ("following", ctypes.POINTER(_Entry)),
    ("name", ctypes.c_char_p),
    ("flags", ctypes.c_uint),
    ("address", ctypes.c_void_p),
    ("mask", ctypes.c_void_p),
    ("other_end", ctypes.c_void_p),
    ("more", ctypes.c_void_p),
]


def read() -> list[Interface]:
    """Return all IPv4 addresses of this machine; where only the name is known, those of it."""
    try:
        return list(_entries())
    except (OSError, AttributeError, TypeError):  # Windows has no such call
        return [Interface(address=one) for one in _by_name()]


def _entries() -> Iterator[Interface]:
    library = _library()
    first = ctypes.POINTER(_Entry)()
    if library.getifaddrs(ctypes.byref(first)) != 0:
        raise OSError(ctypes.get_errno(), "getifaddrs")
    try:
        place: Any = first
        while place:
            entry = place.contents
            if entry.address and _family(entry.address) == socket.AF_INET:
                name = entry.name.decode(errors="replace")
                address = socket.inet_ntoa(ctypes.string_at(entry.address + 4, 4))
                yield Interface(address=address, name=name, kind=_kind(name, entry.flags))
            place = entry.following
    finally:
        library.freeifaddrs(first)


@cache
def _library() -> Any:
    library = ctypes.CDLL(None, use_errno=True)
    library.getifaddrs.argtypes = [ctypes.POINTER(ctypes.POINTER(_Entry))]
    library.freeifaddrs.argtypes = [ctypes.POINTER(_Entry)]
    library.freeifaddrs.restype = None
    return library


def _family(address: int) -> int:
    """Return the family of a C address: two bytes on Linux, the second of two on macOS."""
    head = ctypes.string_at(address, 2)
    return int.from_bytes(head, sys.byteorder) if sys.platform == "linux" else head[1]


def _kind(name: str, flags: int) -> Kind:
    if flags & POINT_TO_POINT or name.lower().startswith(VIRTUAL):
        return "virtual"
    place = SYSTEM / name
    if not place.exists():
        return "wireless" if name.lower().startswith(("wl", "wifi", "wi-fi")) else "other"
    if (place / "wireless").exists() or (place / "phy80211").exists():
        return "wireless"
    return "virtual" if "virtual" in place.resolve().parts else "wired"


def _by_name() -> Iterable[str]:
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:  # the machine does not know its own name
        return ()
