"""The coordinator's pages: what is prepared before a workshop and what remains after it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from workshop.language import Text, text
from workshop.model import Role

HOME = Path(__file__).resolve().parent


class Page(NamedTuple):
    """A page as a file, its name in the navigation, and the least role that may open it."""

    path: Path
    title: Text
    role: Role


PAGES = (
    Page(HOME / "series.py", text("Series"), Role.coordinator),
    Page(HOME / "organisations.py", text("Organisations"), Role.coordinator),
    Page(HOME / "workshops.py", text("Workshops"), Role.coordinator),
    Page(HOME / "agenda.py", text("Agenda"), Role.coordinator),
    Page(HOME / "people.py", text("Who took part"), Role.coordinator),
    Page(HOME / "registers.py", text("Registers"), Role.facilitator),
    Page(HOME / "documents.py", text("Documents"), Role.coordinator),
    Page(HOME / "accounts.py", text("Accounts"), Role.coordinator),
)
