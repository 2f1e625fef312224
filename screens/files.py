"""Downloads: a signed, short-lived order becomes a file, made in a process of its own.

A Word report takes seconds of computing; in this process it would make voting phones wait, and
it could not be stopped. The command line makes the very same files.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore, Lock
from zoneinfo import ZoneInfo

from screens import house, staff
from workshop.language import HOME, LANGUAGES, Language, Sayable, say, text
from workshop.model import Id, Refused, Role, Series, Staff

PURPOSE = "file"
SECONDS = 15 * 60
"""How long an address works: a page that stood open over lunch is opened again."""
PATIENCE = 180
"""Seconds until making a file is given up."""
IN_HALL = frozenset({"tickets", "ballot"})
"""What facilitators print as well; the rest is the coordinator's to hand out."""
BUSY = "busy"
"""The field of a refusal that means: later."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ARCHIVE = "application/json"
log = logging.getLogger(__name__)
_in_line = BoundedSemaphore(4)
_making = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody may download: which file, of what, in which language, for whom."""

    kind: str
    """"word" of a series, "excel" or "tickets" of a workshop, "ballot" of a stage in
    it, "archive" of series or workshop."""
    about: Id
    language: Language
    by: Id
    template: str = ""
    """A municipality's own .docx, as a path on this machine that a page of ours chose."""
    joining: str = ""
    """Where people join, printed on what is cut apart."""
    number: int = 0
    """Which stage of the agenda a ballot is of, from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A file ready to be handed over."""

    name: str
    content: bytes
    media_type: str


def address(
    member: Staff,
    kind: str,
    about: Id,
    language: Language,
    template: str = "",
    joining: str = "",
    number: int = 0,
) -> str:
    """Return where ``member`` downloads a file for the next minutes."""
    order = Order(
        kind=kind,
        about=about,
        language=language,
        by=member.id,
        template=template,
        joining=joining,
        number=number,
    )
    return f"/staff/files/{house.toolkit().signer.sign(asdict(order), PURPOSE)}"


def read(signed: str, member: Staff | None) -> Order | None:
    """Return the order of an address, or None: not ours, too old, or not for this person."""
    value = house.toolkit().signer.unsign(signed, PURPOSE, SECONDS)
    if value is None or member is None:
        return None
    order = Order(**value)
    if not staff.may(member, Role.facilitator if order.kind in IN_HALL else Role.coordinator):
        return None
    return order if order.by == member.id and order.language in LANGUAGES else None


def make(order: Order) -> Made:
    """Make the file; one at a time, a few wait, more are asked to come back.

    Raises:
        Refused: too many at once, or a sentence about why it cannot be made.
        NotFound: the series or workshop is gone.
    """
    if not _in_line.acquire(blocking=False):
        raise Refused(text("Other files are being made. Please try again in a minute."), BUSY)
    try:
        # Two turns: of this process, so that who waits holds no connection, and of this machine.
        with _making, house.toolkit().turn("file"), TemporaryDirectory(prefix="sedyanka-") as place:
            target = Path(place) / "file"
            _run(_command(order, target), order.language)
            return Made(name=_name(order), content=target.read_bytes(), media_type=_media(order))
    finally:
        _in_line.release()


def _command(order: Order, target: Path) -> list[str]:
    command = [sys.executable, "-m", "screens.terminal", "--language", order.language]
    if order.kind == "word":
        command += ["report", order.about, "--language", order.language]
        command += ["--template", order.template] if order.template else []
    elif order.kind == "ballot":
        command += ["ballot", order.about, str(order.number), "--language", order.language]
    elif order.kind == "tickets":
        command += ["tickets", order.about, "--address", order.joining]
        command += ["--language", order.language]
    else:
        kind = "xlsx" if order.kind == "excel" else "json"
        command += ["export", order.about, "--format", kind, "--language", order.language]
    return [*command, "-o", str(target)]


def _run(command: list[str], language: Language) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=HOME,
            # Not among the arguments: an address may hold a password, and anybody can list those.
            env={**os.environ, "SEDYANKA_DATABASE": house.toolkit().url},
            capture_output=True,
            timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired as late:
        raise Refused(text("Making the file took too long and was stopped.")) from late
    if done.returncode == 0:
        return
    said = done.stderr.decode("utf-8", "replace").strip()
    # No more than this: the rest of a traceback may hold what participants wrote.
    log.error("a file could not be made (%s): %s", done.returncode, _fault(said))
    sentence = said.splitlines()[-1] if said and "Traceback" not in said else ""
    if not sentence:
        raise Refused(text("The file could not be made. The reason stands in the program's log."))
    raise Refused(text("The file could not be made: {reason}", reason=sentence))


def _fault(said: str) -> str:
    """Return the type of the exception a traceback ends with, without its message."""
    name = said.splitlines()[-1].partition(":")[0] if said else ""
    dotted = name.isascii() and all(part.isidentifier() for part in name.split("."))
    return name if dotted and "Traceback" in said else "-"


def _name(order: Order) -> str:
    """Return what the file is called, in the reader's own letters."""
    kinds: Mapping[str, tuple[Sayable, str]] = {
        "word": (text("Maturity analysis"), "docx"),
        "excel": (text("Results"), "xlsx"),
        "archive": (text("Archive"), "json"),
        "tickets": (text("Tickets"), "docx"),
        "ballot": (text("Ballot"), "docx"),
    }
    words, ending = kinds[order.kind]
    series, name = _about(order)
    today = house.toolkit().now().astimezone(ZoneInfo(series.time_zone))
    named = f"{say(words, order.language)} {name} {today:%Y-%m-%d}"
    return f"{named.replace('/', '-')}.{ending}"


def _about(order: Order) -> tuple[Series, str]:
    """Return the series of an order, and the short name of the series or workshop it is about."""
    library = house.toolkit().library
    known = {one.id: one for one in library.all_series()}
    if order.about in known:
        return known[order.about], known[order.about].short_name
    workshop = library.workshop(order.about)
    return known[workshop.series_id], workshop.short_name


def _media(order: Order) -> str:
    return {"word": WORD, "tickets": WORD, "ballot": WORD, "excel": EXCEL}.get(order.kind, ARCHIVE)
