"""What is looked at before people come, for the command line and for the staff's page alike.

Each look gives findings; what is wrong is one plain sentence that says what to do as well.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from screens import network
from workshop import connections
from workshop.language import LANGUAGES, Amount, Text, catalogue_files, joined, text
from workshop.model import Refused
from workshop.settings import settings
from workshop.store import health
from workshop.store.engine import sqlite_warning
from workshop.store.opening import Store

Verdict: TypeAlias = Literal["good", "care", "bad"]
LITTLE_SPACE = 500_000_000
"""Bytes: below it a long workshop with backups may fill the disk."""
SLOW_DISK = 0.5
"""Seconds one small write may take; a hall's votes share such writes."""
TOUCHES = 3
"""Writes tried; the quickest counts, for the first may wait behind something."""
OLDEST_BELIEVABLE = datetime(2026, 11, 1, tzinfo=UTC)
"""This release is younger: a clock before it is wrong."""
FULL_HALL = 2000
CONNECTIONS = 3
"""A phone may hold: its page, its stream, and one that a change of network left behind."""
SPARE = 256
"""Connections for everything else: staff, files, the database."""
LETTERS = "ЪЩЖЯъщжя"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    verdict: Verdict
    words: Text


def program() -> Iterator[Finding]:
    """Look at what runs us."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("good", text("Python {version}", version=version))


def contents(store: Store, *, quick: bool = False) -> Iterator[Finding]:
    """Look whether the database is whole, and whether its program is sound."""
    wrong = health.complaints(store, quick=quick)
    if wrong:
        yield Finding(
            "bad",
            text(
                "The database is damaged: {what}. Stop the server and bring back the latest "
                "archive or copy.",
                what=joined(wrong),
            ),
        )
    else:
        yield Finding("good", text("What is in the database is whole."))
    if store.dialect == "sqlite" and sqlite_warning():
        yield Finding(
            "care",
            text(
                "SQLite {version} has a rare known fault. Sedyanka keeps out of its way; do not "
                "let other programs write to the database file.",
                version=sqlite_warning(),
            ),
        )


def writing(store: Store) -> Iterator[Finding]:
    """Look whether an entry really reaches the disk, and how fast."""
    try:
        took = min(_touched(store) for _ in range(TOUCHES))
    except Refused as refused:
        yield Finding("bad", refused.reason)
        return
    if took > SLOW_DISK:
        yield Finding(
            "care",
            text(
                "A small write took {seconds} s: the disk is slow or busy. Close other programs, "
                "or put the database on another disk.",
                seconds=Amount(took),
            ),
        )
    else:
        words = text("The database takes entries: one was on the disk after {n} ms.", n=ms(took))
        yield Finding("good", words)
    if not health.durable(store):
        yield Finding(
            "bad",
            text(
                "The database does not wait for the disk: a power cut could take received entries "
                "with it. Ask whoever keeps it to switch that on."
            ),
        )


def _touched(store: Store) -> float:
    begun = perf_counter()
    health.touch(store)
    return perf_counter() - begun


def disk(url: str) -> Iterator[Finding]:
    """Look whether there is room for a workshop."""
    file = file_of(url)
    if file is None:
        return
    folder = next(one for one in file.parents if one.exists())
    free = shutil.disk_usage(folder).free
    if free > LITTLE_SPACE:
        words = text("Free space for the database: {n} MB", n=free // 1_000_000)
        yield Finding("good", words)
    else:
        yield Finding(
            "bad",
            text(
                "Only {n} MB are free for the database, and {least} MB are needed: empty the bin "
                "or remove large files.",
                n=free // 1_000_000,
                least=LITTLE_SPACE // 1_000_000,
            ),
        )


def words() -> Iterator[Finding]:
    """Look whether charts and reports can be written in our languages."""
    from workshop.charts.letters import draws

    try:
        yield (
            Finding("good", text("Fonts with Cyrillic letters for charts are there."))
            if draws(LETTERS)
            else Finding(
                "bad",
                text("The fonts for charts lack Cyrillic letters: install the program again."),
            )
        )
    except Refused as refused:
        yield Finding("bad", refused.reason)
    missing = [one for one in LANGUAGES if not catalogue_files(one)]
    yield (
        Finding(
            "bad",
            text(
                "The translations are missing: {names}. Install the program again.",
                names=joined(missing),
            ),
        )
        if missing
        else Finding("good", text("The translations are there."))
    )
    yield from _office()


def _office() -> Iterator[Finding]:
    """Look at what numbers the pages of a Word report, where it is there."""
    if shutil.which("soffice") is None:
        yield Finding("good", text("LibreOffice is not there; nothing needs it."))
        return
    yield Finding("good", text("LibreOffice is there: reports can be turned into PDF with it."))
    if shutil.which("fc-list") is None:
        return
    asked = ["fc-list", ":lang=bg", "family"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False)
    if done.returncode == 0 and not done.stdout.strip():
        yield Finding(
            "care",
            text(
                "LibreOffice finds no font with Cyrillic letters: page numbers of Word reports may "
                "be off. Install the font Carlito or DejaVu."
            ),
        )


def addresses(port: int, chosen: str = "") -> Iterator[Finding]:
    """Look where phones find this machine: at the address ``chosen`` while it has that one."""
    found = network.reachable()
    best = [one for one in found if one.address == chosen]
    best = best or [one for one in found if one.kind != "virtual"] or found
    known = [f"http://{one.address}:{port}/j" for one in best]
    if settings().address:
        yield Finding("good", text("QR codes show: {address}", address=settings().address))
    elif network.for_this_machine_alone():
        yield Finding(
            "bad",
            text(
                "The server listens for this machine alone, so phones cannot reach it: start it "
                "without --host {host}.",
                host=settings().host,
            ),
        )
    elif known:
        words = text("Phones in this network reach: {addresses}", addresses=joined(known))
        yield Finding("good", words)
    else:
        yield Finding(
            "care",
            text(
                "This machine is in no network, so phones cannot reach it: connect it to the "
                "hall's router by Wi-Fi or cable. No internet is needed."
            ),
        )


def phones() -> Iterator[Finding]:
    """Look how many phones the system lets a server talk to at once."""
    allowed = connections.allow()
    most = max(0, allowed - SPARE) // CONNECTIONS
    if most >= FULL_HALL:
        words = text("There is room for {n} phones at once and more.", n=FULL_HALL)
        yield Finding("good", words)
    else:
        yield Finding(
            "care",
            text(
                "The system lets this program hold {allowed} connections: enough for some {n} "
                "phones. For more, raise the limit (ulimit -n, or LimitNOFILE of a service).",
                allowed=str(allowed),
                n=most,
            ),
        )


def port_free(port: int) -> Iterator[Finding]:
    """Look whether a server could listen there."""
    yield (
        Finding("good", text("Port {port} is free.", port=str(port)))
        if network.port_is_free(settings().host, port)
        else Finding(
            "care", text("Port {port} is in use, perhaps by Sedyanka itself.", port=str(port))
        )
    )


def clock(now: datetime) -> Iterator[Finding]:
    """Look whether the clock can be right at all."""
    if now > OLDEST_BELIEVABLE:
        yield Finding("good", text("The clock of this machine says: {now} (UTC)", now=now))
    else:
        yield Finding(
            "bad",
            text(
                "The clock of this machine says: {now} (UTC). That is long ago: set it, or join "
                "codes and times will be wrong.",
                now=now,
            ),
        )


def file_of(url: str) -> Path | None:
    """Return the file of an embedded database."""
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def without_password(url: str) -> str:
    """Return the address of a database as it may be shown."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def ms(seconds: float) -> int:
    """Return whole milliseconds, at least one."""
    return max(1, round(seconds * 1000))
