"""Where phones in the same hall can reach this machine; found without asking the internet."""

from __future__ import annotations

import errno
import ipaddress
import socket
import struct
import sys
from collections.abc import Iterable
from urllib.parse import urlsplit

from workshop.settings import settings

ELSEWHERE = ("192.0.2.1", "10.255.255.254", "172.31.255.254", "192.168.255.254")
"""Nobody answers there and nothing is sent: the system only chooses the way it would take."""
VIRTUAL = ("docker", "br-", "veth", "virbr", "lo")
ANY = ("", "0.0.0.0", "::")


def local_addresses() -> list[str]:
    """Return this machine's IPv4 addresses that others in the room may reach, best first."""
    found = [*_ways_out(), *_interfaces(), *_by_name()]
    return [one for one in dict.fromkeys(found) if _useful(one)]


def base_address(seen: str, port: int | None = None) -> str:
    """Return the address people in the room should use, without a path.

    ``seen`` is the address of the one who looks ("http://localhost:8501/…"): right for everybody
    unless it means only this machine.
    """
    if settings().address:
        return settings().address.rstrip("/")
    parts = urlsplit(seen)
    if parts.hostname and not _only_here(parts.hostname):
        return f"{parts.scheme}://{parts.netloc}"
    here = next(iter(local_addresses()), None)
    number = port or parts.port
    if here is None or _bound_here_only():
        return f"{parts.scheme or 'http'}://{parts.netloc}" if parts.netloc else ""
    return f"{parts.scheme or 'http'}://{here}" + (f":{number}" if number else "")


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


def _bound_here_only() -> bool:
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


def _ways_out() -> Iterable[str]:
    for target in ELSEWHERE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
            except OSError:  # no way there: that is an answer as well
                continue
            yield str(probe.getsockname()[0])


def _interfaces() -> Iterable[str]:
    """Yield the addresses of network cards (Linux; elsewhere the name is asked)."""
    try:
        import fcntl
    except ImportError:
        return
    ask = 0x8915  # SIOCGIFADDR
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            if name.startswith(VIRTUAL):
                continue
            try:
                answer = fcntl.ioctl(probe, ask, struct.pack("256s", name.encode()[:15]))
            except OSError:  # a card without an address, or not on Linux
                continue
            yield socket.inet_ntoa(answer[20:24])


def _by_name() -> Iterable[str]:
    try:
        yield from socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:  # the machine does not know its own name
        return
