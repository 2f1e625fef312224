"""Where phones in the same hall can reach this machine; found without asking the internet."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
from collections.abc import Iterable
from urllib.parse import urlsplit

from screens import interfaces
from screens.interfaces import Interface, Kind
from workshop.settings import settings

ELSEWHERE = ("192.0.2.1", "10.255.255.254", "172.31.255.254", "192.168.255.254")
"""Nobody answers there and nothing is sent: the system only chooses the way it would take."""
PRIVATE = tuple(
    ipaddress.ip_network(one) for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")
)
"""What a router in a hall gives out."""
BEST: tuple[Kind, ...] = ("wireless", "wired", "other", "virtual")
ANY = ("", "0.0.0.0", "::")


def reachable() -> list[Interface]:
    """Return where others in the room may reach this machine, the likeliest first.

    No gateway is needed: a router without internet gives addresses all the same. Containers,
    virtual machines and VPNs come last; phones are in a Wi-Fi, so its address comes first.
    """
    ways = list(dict.fromkeys(_ways_out()))
    known = {one.address: one for one in interfaces.read() if _useful(one.address)}
    for address in ways:
        if _useful(address):
            known.setdefault(address, Interface(address=address))

    host = settings().host
    if host in known:  # the server was told to listen there alone
        return [known[host]]

    def rank(one: Interface) -> tuple[bool, bool, int, int]:
        way = ways.index(one.address) if one.address in ways else len(ways)
        return (one.kind == "virtual", not _private(one.address), BEST.index(one.kind), way)

    return sorted(known.values(), key=rank)


def local_addresses() -> list[str]:
    """Return this machine's IPv4 addresses that others in the room may reach, best first."""
    return [one.address for one in reachable()]


def base_address(seen: str, port: int | None = None, *, chosen: str = "") -> str:
    """Return the address people in the room should use, without a path.

    ``seen`` is the address of the one who looks ("http://localhost:8501/…"): right for everybody
    unless it means only this machine. ``chosen`` is the one staff chose; it holds while this
    machine still has it, and where no proxy speaks HTTPS for us.
    """
    if settings().address:
        return settings().address.rstrip("/")
    parts = urlsplit(seen)
    number = f":{port or parts.port}" if port or parts.port else ""
    ours = parts.scheme != "https" and not for_this_machine_alone()
    if chosen and ours and chosen in local_addresses():
        return f"http://{chosen}{number}"
    if parts.hostname and not _only_here(parts.hostname):
        return f"{parts.scheme}://{parts.netloc}"
    here = next(iter(local_addresses()), None)
    if here is None or for_this_machine_alone():
        return f"{parts.scheme or 'http'}://{parts.netloc}" if parts.netloc else ""
    return f"{parts.scheme or 'http'}://{here}{number}"


def port_is_free(host: str, port: int) -> bool:
    """Return whether a server could listen there now.

    Raises:
        OSError: for another reason than that somebody listens already, e.g. a foreign address.
    """
    address = "0.0.0.0" if host in ANY else host
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        if sys.platform != "win32":  # there it would let us share a port that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as problem:
            if problem.errno in (errno.EADDRINUSE, errno.EACCES, 10013, 10048):
                return False
            raise
    return True


def for_this_machine_alone() -> bool:
    """Return whether the server was told to listen for nobody else."""
    return settings().host not in ANY and _only_here(settings().host)


def _only_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or host in ANY
    except ValueError:
        return False


def _useful(address: str) -> bool:
    known = ipaddress.ip_address(address)
    return not (known.is_loopback or known.is_link_local or known.is_unspecified)


def _private(address: str) -> bool:
    return any(ipaddress.ip_address(address) in one for one in PRIVATE)


def _ways_out() -> Iterable[str]:
    for target in ELSEWHERE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
            except OSError:  # no way there: that is an answer as well
                continue
            yield str(probe.getsockname()[0])
