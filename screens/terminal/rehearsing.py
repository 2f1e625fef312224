"""``sedyanka rehearse``: scripted people with phones walk through a workshop over HTTP."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

import click

from screens import console
from screens.terminal import place
from workshop.language import Amount, Sayable, counted, say, text
from workshop.model import Refused

if TYPE_CHECKING:
    from phone.rehearsal import Rehearsal

FORMAT = 1
"""Grows when a name in the JSON changes its meaning or goes; new names may come."""
MOST = 5000


@click.command()
@click.argument("code", required=False)
@click.option(
    "--url",
    help="Where the phones knock: http://localhost:8501, or with the code as the QR shows it.",
)
@click.option(
    "--phones",
    type=click.IntRange(1, MOST),
    default=20,
    show_default=True,
    help="How many people.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print the figures as JSON (docs/rehearsal.md)."
)
@click.option("--at-once", is_flag=True, help="Everybody in one moment, not as a hall comes.")
@click.option("--same", is_flag=True, help="The same people as the last time with --same.")
@click.option("--copy", is_flag=True, help="First make a copy of CODE to rehearse in; no --url.")
@click.option("--throw-away", is_flag=True, help="Delete the copy with that CODE; no --url.")
@click.option("--yes", is_flag=True, help="Throw away without asking.")
@place.database
def rehearse(
    code: str | None,
    url: str | None,
    phones: int,
    as_json: bool,
    at_once: bool,
    same: bool,
    copy: bool,
    throw_away: bool,
    yes: bool,
    database: str | None,
) -> None:
    """Let scripted people join workshop CODE and take part in its open stage.

    Only in a workshop that is marked for rehearsal: they must not mix with real ones. Ends with
    an error where an entry was lost, or anything else went wrong. With --copy or --throw-away
    nobody joins: a prepared workshop (its short name will do) gets its copy, or loses it again.
    """
    if copy or throw_away:
        _keep(code, database, throw_away=throw_away, yes=yes)
        return
    from phone.rehearsal import rehearse as walk

    base, code = _place(url, code)
    if same:
        _stand_back()
    outcome = walk(base, code, phones, console.language(), at_once=at_once, same=same)
    if as_json:
        print(json.dumps(_figures(outcome, base, code), ensure_ascii=False, indent=2), flush=True)
    else:
        _tell(outcome)
    if outcome.lost:
        raise Refused(
            counted(
                "{n} entry was received and is not in the database.",
                "{n} entries were received and are not in the database.",
                n=outcome.lost,
            )
        )
    if outcome.problems:
        raise Refused(text("The rehearsal did not go through without trouble, see above."))


def _keep(name: str | None, database: str | None, *, throw_away: bool, yes: bool) -> None:
    """Make a copy of a workshop and say how to get in, or delete a copy."""
    if name is None:
        raise Refused(text("Which workshop? Give its short name or its code."))
    with place.change(database) as toolkit:
        found = place.workshop_named(toolkit, name)
        if not throw_away:
            made = toolkit.rehearsals.make(None, found.id)
            told = {"name": made.short_name, "code": made.code}
            console.tell(text("The copy for rehearsal is {name}, its code {code}.", **told))
            return
        question = text("Delete “{title}” ({name}) and all that was done in it?",
                        title=found.title, name=found.short_name)  # fmt: skip
        if found.copy_of is not None and not yes:
            click.confirm(say(question, console.language()), abort=True)
        toolkit.rehearsals.throw_away(None, found.id)
        console.tell(text("The rehearsal is thrown away."))


def _stand_back() -> None:
    """Let the server of the same machine go first."""
    if hasattr(os, "nice"):
        os.nice(10)


def _place(url: str | None, code: str | None) -> tuple[str, str]:
    """Return where the phones knock and the workshop's code, which an address may carry."""
    if url is None:
        raise Refused(text("Where do the phones knock? Give --url, as in http://localhost:8501."))
    found = re.fullmatch(r"(https?://[^/]+)/[jw]/([^/]+)/?", url)
    base, named = (found[1], found[2]) if found else (url.rstrip("/"), "")
    if not (code or named):
        raise Refused(
            text("Which workshop? Give its code, or the address with the code: {url}/j/CODE.",
                 url=base)
        )  # fmt: skip
    return base, code or named


def _figures(outcome: Rehearsal, url: str, code: str) -> dict[str, Any]:
    """Return what ``docs/rehearsal.md`` promises; seconds to the millisecond."""
    return {
        "format": FORMAT,
        "url": url,
        "code": code,
        "phones": outcome.phones,
        "joined": outcome.joined,
        "sent": outcome.sent,
        "acknowledged": outcome.acknowledged,
        "refused": outcome.refused,
        "stored": outcome.stored,
        "lost": outcome.lost,
        "p50": _rounded(outcome.p50),
        "p95": _rounded(outcome.p95),
        "seen": outcome.seen,
        "visible_p50": _rounded(outcome.visible_p50),
        "visible_p95": _rounded(outcome.visible_p95),
        "bytes_per_phone": outcome.traffic.sent + outcome.traffic.received,
        "bytes_sent_per_phone": outcome.traffic.sent,
        "bytes_received_per_phone": outcome.traffic.received,
        "problems": [
            {"what": say(what, console.language()), "times": times}
            for what, times in outcome.problems
        ],
    }


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds, 3)


def _tell(outcome: Rehearsal) -> None:
    for line in _lines(outcome):
        console.tell(line)


def _lines(outcome: Rehearsal) -> list[Sayable]:
    lines: list[Sayable] = [
        text(
            "Joined: {joined} of {phones}. Sent: {sent}, received: {received}, refused: {refused}, "
            "in the database: {stored}.",
            joined=outcome.joined,
            phones=outcome.phones,
            sent=outcome.sent,
            received=outcome.acknowledged,
            refused=outcome.refused,
            stored=outcome.stored,
        ),
        text(
            "Until “received”: half within {p50} s, 95 of 100 within {p95} s.",
            p50=Amount(outcome.p50),
            p95=Amount(outcome.p95),
        ),
        text(
            "A new stage is on {seen} phones: on half of them within {p50} s, on 95 of 100 within "
            "{p95} s.",
            seen=outcome.seen,
            p50=Amount(outcome.visible_p50),
            p95=Amount(outcome.visible_p95),
        ),
        text(
            "Each phone sent {sent} kB and received {received} kB.",
            sent=Amount(outcome.traffic.sent / 1000, 1),
            received=Amount(outcome.traffic.received / 1000, 1),
        ),
    ]
    for what, times in outcome.problems:
        lines.append(what if times == 1 else text("{what} ({n} times)", what=what, n=times))
    return lines
