"""A hall for the phone tests: a workshop on a database of its own, and phones without a screen."""

from __future__ import annotations

import asyncio
import re
import shutil
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
import uvicorn
from starlette.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from phone.app import Phones
from phone.guard import Guard
from tests.postgres import free_port
from tests.room import BALLOTS
from workshop import catalogue
from workshop.language import Multilingual
from workshop.model import Id, Stage, StageState, Workshop
from workshop.toolkit import StageDraft, Toolkit

T = TypeVar("T")
ADDRESS = "http://hall.test:8501"
BALLOT_FORM = """{% extends "form.html" %}
{% import "fields.html" as fields with context %}
{% block fields %}
{{ fields.choice("choice", "Choice", [("yes", "Yes", ""), ("no", "No", "")]) }}
{% endblock %}
"""


async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand in for Streamlit: says that a request came through."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.close"})
        return
    await HTMLResponse("streamlit")(scope, receive, send)


class Phone:
    """A phone in the hall: a browser without a screen that keeps its cookies."""

    def __init__(self, hall: Hall, language: str) -> None:
        self.hall = hall
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=hall.app, raise_app_exceptions=False),
            base_url=ADDRESS,
            headers={"accept-language": language, "origin": ADDRESS},
        )

    def get(self, address: str, **more: Any) -> httpx.Response:
        """Ask for a page, following redirects."""
        return self.hall.run(self.client.get(address, follow_redirects=True, **more))

    def post(self, address: str, form: dict[str, str], **more: Any) -> httpx.Response:
        """Send a form, following redirects as browsers do."""
        more.setdefault("follow_redirects", True)
        return self.hall.run(self.client.post(address, data=form, **more))

    def join(self, who: str = "", workshop: Workshop | None = None) -> httpx.Response:
        """Walk through the door."""
        code = (workshop or self.hall.workshop).code
        page = self.get(f"/j/{code}")
        chosen = who or f"organisation-{self.hall.organisations[0]}"
        return self.post(f"/j/{code}", {"who": chosen, "_key": hidden(page, "_key")})

    def write(self, words: str, kind: str = "S", **more: str) -> httpx.Response:
        """Fill in the SWOT form of the page now shown and send it."""
        page = self.get(self.hall.here)
        return self.post(
            action(page), {"kind": kind, "text": words, "_key": hidden(page, "_key"), **more}
        )

    def close(self) -> None:
        """Put the phone away."""
        self.hall.run(self.client.aclose())


@dataclass
class Hall:
    """A series with a workshop, and everybody in it."""

    toolkit: Toolkit
    loop: asyncio.AbstractEventLoop
    clock: list[datetime]
    app: Any = None
    phones: Any = None
    workshop: Any = None
    series: Any = None
    groups: list[Id] = field(default_factory=list)
    organisations: list[Id] = field(default_factory=list)
    people: list[Phone] = field(default_factory=list)

    @property
    def here(self) -> str:
        """The participants' page."""
        return f"/w/{self.workshop.code}"

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        """Run something on the hall's loop."""
        return asyncio.run_coroutine_threadsafe(doing, self.loop).result(60)

    def phone(self, language: str = "en") -> Phone:
        """Take out a phone."""
        self.people.append(Phone(self, language))
        return self.people[-1]

    def stage(self, **wishes: Any) -> Stage:
        """Put a SWOT stage into the agenda."""
        wishes.setdefault("exercise", "swot")
        wishes.setdefault("title", Multilingual(bg="Силни и слаби", en="Strong and weak"))
        return self.toolkit.agenda.add_stage(None, self.workshop.id, StageDraft(**wishes))

    def move(self, stage: Stage, *states: str) -> None:
        """Let the facilitator move a stage."""
        for state in states:
            self.toolkit.agenda.move(None, stage.id, StageState(state))
        self.settle()

    def settle(self) -> None:
        """Wait until the phones' next look at the database."""
        self.run(asyncio.sleep(0.35))

    def open_stage(self, **wishes: Any) -> Stage:
        """Open a new SWOT stage."""
        stage = self.stage(**wishes)
        self.move(stage, "open")
        return stage

    def another_workshop(self) -> Workshop:
        """Make a second workshop of the same series."""
        return self.toolkit.library.create_workshop(
            None, self.series.id, title=Multilingual(bg="Втори", en="Second"),
            day=datetime.now(UTC).date(), minutes=1440,
        )  # fmt: skip

    def written(self, stage: Stage) -> list[str]:
        """Return what is stored in a stage."""
        return [one.entry.text for one in self.toolkit.results.contributions(stage.id)]


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without anything in it, made once."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    Toolkit.open(f"sqlite:///{path}", exercises={"ballots": BALLOTS}).close()
    return path


@pytest.fixture
def hall(tmp_path: Path, empty_file: Path) -> Iterator[Hall]:
    """A workshop today, with two organisations and nobody in it."""
    from exercises.swot import exercise as swot

    shutil.copy(empty_file, tmp_path / "hall.db")
    clock = [datetime.now(UTC)]
    toolkit = Toolkit.open(
        f"sqlite:///{tmp_path / 'hall.db'}",
        exercises={"swot": swot, "ballots": BALLOTS},
        now=lambda: clock[0],
    )
    with _loop() as loop:
        room = Hall(toolkit, loop, clock)
        _furnish(room)
        room.phones = Phones(streamlit, toolkit=lambda: toolkit, exercises=_forms(tmp_path))
        room.app = Guard(room.phones)
        yield room
        for phone in room.people:
            phone.close()
        room.run(room.phones.readings.close())
        room.run(room.phones.mirror.close())
    toolkit.close()


@pytest.fixture
def address(hall: Hall) -> Iterator[str]:
    """Where the hall's phones are served for real."""
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            hall.app, host="127.0.0.1", port=port, log_level="error", lifespan="off", ws="none"
        )
    )
    serving = asyncio.run_coroutine_threadsafe(server.serve(), hall.loop)
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = server.force_exit = True
    serving.result(20)


def aside(doing: Coroutine[Any, Any, T]) -> T:
    """Run something on a loop of its own in another thread: Playwright keeps this one's busy."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, doing).result()


@contextmanager
def _loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="hall")
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def _forms(tmp_path: Path) -> Path:
    """Return a folder with the forms of the two exercises."""
    home = tmp_path / "exercises"
    for key in ("swot", "ballots"):
        (home / key).mkdir(parents=True)
    shown = (catalogue.HOME / "swot" / "phone.html").read_text(encoding="utf-8")
    (home / "swot" / "phone.html").write_text(shown, encoding="utf-8")
    (home / "ballots" / "phone.html").write_text(BALLOT_FORM, encoding="utf-8")
    return home


def _furnish(room: Hall) -> None:
    library = room.toolkit.library
    room.series = library.create_series(
        None, short_name="lozen", theme=Multilingual(bg="Тема", en="Theme"),
        municipality=Multilingual(bg="Община Лозен", en="Municipality of Lozen"),
        synthetic=True,
        warning=Multilingual(bg="Всичко тук е измислено.", en="Everything here is invented."),
    )  # fmt: skip
    room.groups = [group.id for group in library.groups(room.series.id)]
    for group, bg, en in (
        (0, "Общинска библиотека", "Town library"),
        (2, "Клуб „Река“", "River club"),
    ):
        added = library.add_organisation(
            None, room.series.id, Multilingual(bg, en), room.groups[group]
        )
        room.organisations.append(added.id)
    room.workshop = library.create_workshop(
        None, room.series.id, title=Multilingual(bg="Първа среща", en="First meeting"),
        day=room.clock[0].date(), starts_at="10:00", minutes=480,
    )  # fmt: skip


def hidden(page: httpx.Response, name: str) -> str:
    """Return a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, page.text
    return unescape(found[1])


def action(page: httpx.Response) -> str:
    """Return where the page's form goes."""
    found = re.search(r'action="([^"]*)" id="entry"', page.text)
    assert found, page.text
    return unescape(found[1])


def said(page: httpx.Response) -> str:
    """Return the status line of a page."""
    found = re.search(r'<p id="said"[^>]*>(.*?)</p>', page.text, re.DOTALL)
    assert found, page.text
    return unescape(found[1])
