"""A real house with a facilitator at hand, and phones without a screen that fill in its forms."""

from __future__ import annotations

import re
import sqlite3
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from functools import partial
from html import unescape
from itertools import count
from multiprocessing.connection import Client, Listener
from operator import attrgetter
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import httpx

from phone.leaf import PageForm, PageReader
from phone.pulse import EVERY
from tests.house import House
from tests.postgres import free_port
from workshop.language import TAGS, Language, Multilingual
from workshop.model import Stage, StageDraft, StageState

NAMES = (("Библиотека", "Library"), ("Търговска камара", "Chamber"), ("Читалище", "Centre"))
Dump = dict[str, list[tuple[Any, ...]]]
_numbers = count(1)


class Desk:
    """The facilitator's hand in a running house: ``desk.agenda.move(…)`` as its screens do it."""

    def __init__(self, address: str) -> None:
        self._address = address

    def __getattr__(self, room: str) -> _Room:
        return _Room(self._address, room)


class _Room:
    def __init__(self, address: str, room: str) -> None:
        self._address = address
        self._room = room

    def __getattr__(self, act: str) -> Any:
        return partial(self._ask, f"{self._room}.{act}")

    def _ask(self, act: str, *given: Any, **named: Any) -> Any:
        with Client(self._address) as line:
            line.send((act, given, named))
            good, answer = line.recv()
        assert good, answer
        return answer


class Lobby:
    """A house that is open: where it is, and what staff can do in it."""

    def __init__(self, url: str, toolkit: Any, database: Path) -> None:
        self.url = url
        self.toolkit = toolkit
        self.database = database
        self._shared: dict[str, Meeting] = {}
        self._phones: list[Phone] = []

    def shared(self, stage: StageDraft) -> Meeting:
        """Return the workshop, made once, in which this stage is open for whoever comes."""
        if stage.exercise not in self._shared:
            self._shared[stage.exercise] = meeting = self.meeting(stage)
            meeting.move("open")
        return self._shared[stage.exercise]

    def meeting(self, *stages: StageDraft, day: date | None = None) -> Meeting:
        """Prepare a workshop of its own."""
        return Meeting(self, stages, day or datetime.now(UTC).date())

    def phone(self, language: Language) -> Phone:
        """Take out a phone."""
        self._phones.append(Phone(self.url, language))
        return self._phones[-1]

    def close(self) -> None:
        """Put all phones away."""
        for phone in self._phones:
            phone.client.close()

    def dump(self) -> Dump:
        """Return everything in the database."""
        return dump(self.database)

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """See that nothing at all is written meanwhile."""
        before = self.dump()
        yield
        assert self.dump() == before


class Meeting:
    """A workshop of today with an agenda and three organisations."""

    def __init__(self, lobby: Lobby, stages: Sequence[StageDraft], day: date) -> None:
        self.lobby = lobby
        self.toolkit = lobby.toolkit
        library = self.toolkit.library
        self.series = library.create_series(
            None, short_name=f"lozen-{next(_numbers)}", municipality=Multilingual("Лозен", "Lozen"),
            theme=Multilingual("Участие", "Taking part"),
        )  # fmt: skip
        self.groups = library.groups(self.series.id)
        self.organisations = [
            library.add_organisation(
                None, self.series.id, Multilingual(bg, en), self.groups[place % 2].id
            )
            for place, (bg, en) in enumerate(NAMES)
        ]
        self.workshop = library.create_workshop(
            None, self.series.id, title=Multilingual(bg="Среща", en="Meeting"), day=day,
            starts_at="00:00", minutes=1440, stages=list(stages),
        )  # fmt: skip
        self.door = f"/j/{self.workshop.code}"
        self.here = f"/w/{self.workshop.code}"

    @property
    def stage(self) -> Stage:
        """The first stage as it is now."""
        first: Stage = self.toolkit.agenda.stages(self.workshop.id)[0]
        return first

    def move(self, *states: str) -> None:
        """Let the facilitator move the first stage on, and the phones hear of it."""
        for state in states:
            self.toolkit.agenda.move(None, self.stage.id, StageState(state))
        time.sleep(EVERY)

    def welcome(self, language: Language, place: int = 0) -> Phone:
        """Let somebody of an organisation in with a phone."""
        phone = self.lobby.phone(language)
        page = phone.enter(self, self.radio(phone, place % len(self.organisations)))
        assert page.url.path == self.here
        return phone

    def radio(self, phone: Phone, place: int) -> str:
        """Return by what the door's page calls an organisation."""
        known = self.organisations[place].id
        offered = phone.form(self.door).choices["who"]
        return next(
            one for one in offered if known.startswith(one.partition("organisation-")[2] or "-")
        )

    def entries(self, *, everything: bool = False) -> list[Any]:
        """Return what stands in the first stage, or all that was ever sent to it."""
        found: list[Any] = self.toolkit.results.contributions(self.stage.id, everything)
        return found


class Phone:
    """A browser without a screen and without scripts."""

    def __init__(self, url: str, language: Language) -> None:
        self.language = language
        self.client = httpx.Client(
            base_url=url, headers={"accept-language": language, "origin": url},
            follow_redirects=True, timeout=30, verify=False,
        )  # fmt: skip

    def __enter__(self) -> Phone:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def get(self, address: str) -> httpx.Response:
        """Ask for a page."""
        return self._in_its_language(self.client.get(address))

    def post(self, address: str, fields: dict[str, str]) -> httpx.Response:
        """Send fields as a form, following redirects as browsers do."""
        body = urlencode(fields, errors="surrogatepass")
        headers = {"content-type": "application/x-www-form-urlencoded"}
        return self._in_its_language(self.client.post(address, content=body, headers=headers))

    def form(self, address: str) -> PageForm:
        """Return the form of a page as it stands."""
        return form_of(self.get(address))

    def send(self, form: PageForm, fields: dict[str, str]) -> httpx.Response:
        """Fill in a form and send it."""
        return self.post(form.action, form.values | fields)

    def enter(self, meeting: Meeting, who: str, **more: str) -> httpx.Response:
        """Knock at the door of a workshop and say for whom one speaks."""
        return self.post(meeting.door, {"who": who, "_key": f"{uuid.uuid4().hex}-0", **more})

    def _in_its_language(self, page: httpx.Response) -> httpx.Response:
        assert f'<html lang="{TAGS[self.language]}">' in page.text
        return page


def form_of(page: httpx.Response) -> PageForm:
    """Return the form of a page that somebody is asked to fill in."""
    form = PageReader(page.text).form("entry")
    assert form is not None, plain(page.text)
    return form


def sentence_of(page: httpx.Response) -> str:
    """Return the one sentence that says what is wrong: above the form, or instead of one.

    It is in the language of the page; several fields may have it, each named.
    """
    alerts = re.findall(r'role="alert".*?<ul>(.*?)</ul>', page.text, re.DOTALL)
    if alerts:
        lines = re.findall(r"<li>(.*?)</li>", alerts[0], re.DOTALL)
        named = [re.sub(r"<b>.*?</b>", "", one) for one in lines]  # the field it is about
        said = list(dict.fromkeys(plain(one) for one in named))
    else:
        after = re.search(r"</h1>((?:\s*<p[^>]*>.*?</p>)*)", page.text, re.DOTALL)
        said = re.findall(r"<p[^>]*>(.*?)</p>", after[1] if after else "", re.DOTALL)
        said = [one for one in said if "<a " not in one]
    assert len(said) == 1, f"not one sentence, but {said}"
    assert bool(re.search("[А-Яа-я]", said[0])) is ('<html lang="bg' in page.text), said[0]
    return plain(said[0])


def plain(markup: str) -> str:
    """Return the words of a piece of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def dump(database: Path) -> Dump:
    """Return everything in a database, but not when phones were last seen: that is no answer."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        query = "SELECT name FROM sqlite_master WHERE type='table' ORDER BY name"
        known: Dump = {}
        for (table,) in connection.execute(query).fetchall():
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            told = ", ".join(one for one in columns if one != "seen_at")
            known[table] = sorted(connection.execute(f"SELECT {told} FROM {table}"), key=repr)
        return known
    finally:
        connection.close()


@contextmanager
def open_house(folder: Path) -> Iterator[Lobby]:
    """Open a house on an empty database: ``sedyanka serve``, with a desk for the tests in it."""
    port, database = free_port(), folder / "sedyanka.db"
    command = [
        sys.executable, "-m", "tests.lobby", "--language", "en", "serve", "--host", "127.0.0.1",
        "--port", str(port), "--database", str(database),
    ]  # fmt: skip
    house = House(str(database), port=port, command=command).start()
    try:
        found = re.search(r"^desk: (.+)$", house.said, re.MULTILINE)
        assert found, house.said
        with closing(Lobby(house.url, Desk(found[1]), database)) as lobby:
            yield lobby
    finally:
        house.stop()


def attend(door: Listener) -> None:
    """Do in this house what somebody at the desk asks, one thing after another."""
    from screens import house

    while True:
        with door.accept() as line:
            act, given, named = line.recv()
            try:
                line.send((True, attrgetter(act)(house.toolkit())(*given, **named)))
            except Exception as problem:  # told to the test, which fails with it
                line.send((False, repr(problem)))


if __name__ == "__main__":
    from screens.terminal import main

    with Listener() as listener:
        print(f"desk: {listener.address!s}", flush=True)
        Thread(target=attend, args=(listener,), daemon=True).start()
        main(sys.argv[1:])
