"""``sedyanka doctor``: what is wrong with this machine, database, fonts, network address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import click

from screens import checks, console
from screens.checks import Finding, Verdict
from screens.terminal import place
from workshop.language import say, text
from workshop.model import Refused
from workshop.settings import database_url, settings
from workshop.store import health

SIGNS: dict[Verdict, str] = {"good": "+", "care": "!", "bad": "-"}


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port the server would use.")
@place.database
def doctor(port: int | None, database: str | None) -> None:
    """Say what is wrong with this machine, database, fonts and network address."""
    number = port or settings().port
    looks = (
        checks.program(),
        _look_at_database(database),
        checks.disk(database_url(database)),
        checks.words(),
        checks.addresses(number),
        checks.port_free(number),
        checks.phones(),
        checks.clock(datetime.now(UTC)),
    )
    bad = False
    for finding in (one for look in looks for one in look):
        console.tell(f"{SIGNS[finding.verdict]} {say(finding.words, console.language())}")
        bad = bad or finding.verdict == "bad"
    if bad:
        raise Refused(text("Something has to be mended first: see the lines that begin with “-”."))
    console.tell(text("All is well; lines that begin with “!” deserve a look."))


def _look_at_database(database: str | None) -> Iterator[Finding]:
    url = database_url(database)
    file = checks.file_of(url)
    if file is not None and not file.exists():
        yield Finding(
            "good",
            text("Database: {place} (the first start makes it)", place=str(file)),
        )
        return
    where = str(file or checks.without_password(url))
    yield Finding("good", text("Database: {place}", place=where))
    try:
        with place.look(database) as toolkit:
            yield Finding(
                "good",
                text("It is ours and current ({program}).", program=health.program(toolkit.store)),
            )
            yield from checks.contents(toolkit.store)
    except Refused as refused:
        yield Finding("bad", refused.reason)
