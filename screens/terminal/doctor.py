"""``sedyanka doctor``: what is wrong with this machine, database, fonts, network address."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

import click

from screens import console, network
from screens.terminal import place
from workshop.language import LANGUAGES, Text, catalogue_files, joined, say, text
from workshop.model import Refused
from workshop.settings import database_url, settings
from workshop.store import health
from workshop.store.engine import sqlite_warning

Verdict: TypeAlias = Literal["good", "care", "bad"]
SIGNS: dict[Verdict, str] = {"good": "+", "care": "!", "bad": "-"}
LITTLE_SPACE = 500_000_000
"""Bytes: below it a long workshop with backups may fill the disk."""
OLDEST_BELIEVABLE = datetime(2026, 11, 1, tzinfo=UTC)
"""This release is younger: a clock before it is wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    verdict: Verdict
    words: Text


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port the server would use.")
@place.database
def doctor(port: int | None, database: str | None) -> None:
    """Say what is wrong with this machine, database, fonts and network address."""
    looks = (
        _look_at_python(),
        _look_at_database(database),
        _look_at_disk(database),
        _look_at_words(),
        _look_at_network(port or settings().port),
        _look_at_clock(),
        _look_at_office(),
    )
    bad = False
    for finding in (one for look in looks for one in look):
        console.tell(f"{SIGNS[finding.verdict]} {say(finding.words, console.language())}")
        bad = bad or finding.verdict == "bad"
    if bad:
        raise Refused(text("Something has to be mended first: see the lines that begin with “-”."))
    console.tell(text("All is well; lines that begin with “!” deserve a look."))


def _look_at_python() -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("good", text("Python {version}", version=version))


def _look_at_database(database: str | None) -> Iterator[Finding]:
    url = database_url(database)
    file = _file(url)
    if file is not None and not file.exists():
        yield Finding(
            "good",
            text("Database: {place} (the first start makes it)", place=str(file)),
        )
        return
    yield Finding("good", text("Database: {place}", place=str(file or _without_password(url))))
    try:
        with place.look(database) as toolkit:
            yield Finding(
                "good",
                text("It is ours and current ({program}).", program=health.program(toolkit.store)),
            )
            wrong = health.complaints(toolkit.store)
    except Refused as refused:
        yield Finding("bad", refused.reason)
        return
    if wrong:
        yield Finding("bad", text("The database is damaged: {what}", what=joined(wrong)))
    else:
        yield Finding("good", text("Its contents are whole."))
    if file is not None and sqlite_warning():
        yield Finding(
            "care",
            text(
                "SQLite {version} has a rare known fault. Sedyanka keeps out of its way; do not "
                "let other programs write to the database file.",
                version=sqlite_warning(),
            ),
        )


def _look_at_disk(database: str | None) -> Iterator[Finding]:
    file = _file(database_url(database))
    if file is None:
        return
    folder = next(one for one in file.parents if one.exists())
    free = shutil.disk_usage(folder).free
    words = text("Free space for the database: {n} MB", n=free // 1_000_000)
    yield Finding("good" if free > LITTLE_SPACE else "bad", words)


def _look_at_words() -> Iterator[Finding]:
    from workshop.charts.letters import font_file

    try:
        font_file("DejaVuSans.ttf")
        yield Finding("good", text("Fonts with Cyrillic letters for charts are there."))
    except Refused as refused:
        yield Finding("bad", refused.reason)
    missing = [one for one in LANGUAGES if not catalogue_files(one)]
    yield (
        Finding("bad", text("The translations are missing: {names}.", names=joined(missing)))
        if missing
        else Finding("good", text("The translations are there."))
    )


def _look_at_network(port: int) -> Iterator[Finding]:
    addresses = [f"http://{one}:{port}/j" for one in network.local_addresses()]
    yield (
        Finding(
            "good", text("Phones in this network reach: {addresses}", addresses=joined(addresses))
        )
        if addresses
        else Finding("care", text("This machine is in no network; phones cannot reach it."))
    )
    if settings().address:
        yield Finding("good", text("QR codes show: {address}", address=settings().address))
    yield (
        Finding("good", text("Port {port} is free.", port=str(port)))
        if network.port_is_free(settings().host, port)
        else Finding(
            "care", text("Port {port} is in use, perhaps by Sedyanka itself.", port=str(port))
        )
    )


def _look_at_clock() -> Iterator[Finding]:
    now = datetime.now(UTC)
    words = text("The clock of this machine says: {now} (UTC)", now=now)
    yield Finding("good" if now > OLDEST_BELIEVABLE else "bad", words)


def _look_at_office() -> Iterator[Finding]:
    yield (
        Finding("good", text("LibreOffice is there: reports can be turned into PDF with it."))
        if shutil.which("soffice")
        else Finding("good", text("LibreOffice is not there; nothing needs it."))
    )


def _file(url: str) -> Path | None:
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"
