"""Which database a command means, and what in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from workshop.language import joined, text
from workshop.model import NotFound, Refused, Series, Workshop
from workshop.toolkit import Toolkit

Command = TypeVar("Command", bound=Callable[..., Any])


def database(command: Command) -> Command:
    """Give a command the option that names its database."""
    return click.option(
        "--database",
        metavar="URL",
        envvar="SEDYANKA_DATABASE",
        help="A file or a postgresql:// address; without it the one `doctor` names.",
    )(command)


def look(url: str | None) -> Toolkit:
    """Open a database to read in it; a server may be running beside."""
    return Toolkit.open(url, write=False)


def change(url: str | None) -> Toolkit:
    """Open a database to write in it.

    Raises:
        Refused: a server is running beside; its screens can do the same.
    """
    return Toolkit.open(url)


def series_named(toolkit: Toolkit, name: str) -> Series:
    """Return the series somebody means by its short name or id, else say which there are."""
    try:
        return toolkit.library.series_named(name)
    except NotFound:
        raise Refused(
            _unknown(name, [one.short_name for one in toolkit.library.all_series()])
        ) from None


def workshop_named(toolkit: Toolkit, name: str) -> Workshop:
    """Return the workshop somebody means by short name, code or id, else say which there are."""
    try:
        return toolkit.library.workshop_named(name)
    except NotFound:
        names = [
            workshop.short_name
            for series in toolkit.library.all_series()
            for workshop in toolkit.library.workshops(series.id)
        ]
        raise Refused(_unknown(name, names)) from None


def _unknown(name: str, known: list[str]) -> Any:
    if not known:
        return text("There is nothing named “{name}”; this database is still empty.", name=name)
    return text(
        "There is nothing named “{name}”. There is: {names}.", name=name, names=joined(known[:20])
    )
