"""Scripted people for a rehearsal, sent for from the screens; they are a process of their own.

Hundreds of phones in this process would stall the screens and the phones of a real workshop that
runs meanwhile. Who joined and what they sent is in the database, as with anybody else: what is
kept here is only the line to the process, and losing it loses a sentence.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config

from screens import house, network
from workshop.language import Sayable, Text, joined, text
from workshop.model import Id, Refused, Workshop

HOME = Path(__file__).resolve().parent.parent
USUAL, MOST = 25, 200
_sent: dict[Id, subprocess.Popen[str]] = {}
_told: dict[Id, Report] = {}
_sending = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How it went."""

    words: Sayable
    good: bool = True


def send(workshop: Workshop, people: int) -> None:
    """Let so many scripted people join who are not in yet, and answer what is open.

    Raises:
        Refused: the workshop is a real one, or they are still at it.
    """
    if not workshop.rehearsal:
        raise Refused(text("Scripted people come to rehearsals only."))
    command = [
        sys.executable, "-m", "screens.terminal", "--language", house.language(), "rehearse",
        workshop.code, "--url", _door(), "--phones", str(max(1, min(people, MOST))), "--same",
        "--json",
    ]  # fmt: skip
    with _sending:
        if _busy(workshop.id):
            raise Refused(text("They are still at it. Wait a moment."))
        _told.pop(workshop.id, None)
        _sent[workshop.id] = subprocess.Popen(
            command, cwd=HOME, env={**os.environ, "PYTHONPATH": str(HOME), "PYTHONUTF8": "1"},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, encoding="utf-8",
        )  # fmt: skip


def busy(workshop_id: Id) -> bool:
    """Return whether scripted people of this process are on their way or writing."""
    with _sending:
        return _busy(workshop_id)


def told(workshop_id: Id) -> Report | None:
    """Return how the last ones did, once they are done."""
    with _sending:
        return None if _busy(workshop_id) else _told.get(workshop_id)


def forget(workshop_id: Id) -> None:
    """Call scripted people off and forget them: their workshop is gone."""
    with _sending:
        process = _sent.pop(workshop_id, None)
        _told.pop(workshop_id, None)
    if process is not None:
        process.kill()
        process.communicate()


def _busy(workshop_id: Id) -> bool:
    process = _sent.get(workshop_id)
    if process is None:
        return False
    if process.poll() is None:
        return True
    said, complaint = process.communicate()
    del _sent[workshop_id]
    _told[workshop_id] = _report(said, complaint)
    return False


def _report(said: str, complaint: str) -> Report:
    """Return what the command found out; where it could not begin, the sentence it ended with."""
    try:
        found = json.loads(said)
    except ValueError:
        last = complaint.strip().splitlines()[-1:] or ["?"]
        return Report(words=text("They could not come: {why}", why=last[0]), good=False)
    problems = [one["what"] for one in found["problems"]]
    if problems:
        return Report(words=text("Something went wrong: {what}", what=joined(problems)), good=False)
    return Report(words=_went(found["joined"], found["acknowledged"]))


def _went(people: int, entries: int) -> Text:
    if not entries:
        return text("{people} scripted people are in.", people=people)
    return text("{people} scripted people are in; received just now: {entries}.",
                people=people, entries=entries)  # fmt: skip


def _door() -> str:
    """Return where this server itself can be reached from the same machine."""
    if config._server_mode == "asgi-server":  # only uvicorn knows; so does who looks at us
        seen = urlsplit(st.context.url or "")
        return f"{seen.scheme}://{seen.netloc}"
    host = str(config.get_option("server.address") or "")
    port = int(config.get_option("server.port"))
    return f"http://{'127.0.0.1' if host in network.ANY else host}:{port}"
