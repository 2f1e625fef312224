"""What the terminal says, in the language of whoever sits before it."""

from __future__ import annotations

import locale
import os
import sys
from typing import TYPE_CHECKING

from screens import network
from workshop.language import LANGUAGES, Language, Sayable, Text, say, text
from workshop.settings import settings
from workshop.store.engine import sqlite_warning

if TYPE_CHECKING:
    from workshop.model import Staff
    from workshop.toolkit import Toolkit

_chosen: list[Language] = []


def speak(wanted: Language) -> None:
    """Say everything in ``wanted`` from now on."""
    _chosen[:] = [wanted]


def language() -> Language:
    """Return the language chosen, else the system's where we speak it, else English."""
    if _chosen:
        return _chosen[0]
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        wanted = os.environ.get(name, "")[:2].lower()
        if wanted in LANGUAGES:
            return wanted
    known = (locale.getlocale()[0] or "")[:2].lower()
    return known if known in LANGUAGES else "bg" if known.startswith("bu") else "en"


def tell(thing: Sayable = "") -> None:
    """Print one line."""
    print(say(thing, language()), flush=True)


def complain(reason: Text) -> None:
    """Print one line where errors go."""
    print(say(reason, language()), file=sys.stderr, flush=True)


def print_doors(
    toolkit: Toolkit, first: tuple[Staff, str] | None, *, host: str, port: int | None
) -> None:
    """Say where staff and phones get in, and the first password once."""
    tell()
    if port is not None:
        here = f"http://{'localhost' if host in network.ANY else host}:{port}"
        _line(text("Staff:"), f"{settings().address.rstrip('/') or here}/staff")
        for address in _for_phones(host, port, toolkit.hall.address()):
            _line(text("Phones:"), f"{address}/j")
    if first is not None:
        account, password = first
        tell(
            text(
                "First account   name: {name}   password: {password}",
                name=account.name,
                password=password,
            )
        )
        tell(text("Write it down: it is shown only now."))
    _print_open_workshops(toolkit)
    version = sqlite_warning()
    if version and toolkit.store.dialect == "sqlite":
        tell(
            text(
                "Note: SQLite {version} on this machine has a rare known fault. Sedyanka keeps "
                "out of its way; do not let other programs write to the database file.",
                version=version,
            )
        )
    tell(text("Stop with Ctrl+C."))
    tell()


def _for_phones(host: str, port: int, chosen: str) -> list[str]:
    if settings().address:
        return [settings().address.rstrip("/")]
    if host not in network.ANY:
        return [f"http://{host}:{port}"]
    known = network.local_addresses()
    return [f"http://{one}:{port}" for one in ([chosen] if chosen in known else known)]


def _print_open_workshops(toolkit: Toolkit) -> None:
    for series in toolkit.library.all_series():
        for workshop in toolkit.library.workshops(series.id):
            if not workshop.finished and workshop.rehearsal:
                tell(
                    text(
                        "Open for trying out: code {code} ({title})",
                        code=workshop.code,
                        title=workshop.title,
                    )
                )


def _line(label: Text, value: str) -> None:
    tell(f"{say(label, language()):<26}{value}")
