"""Open the facilitator's pages and the wall without a browser, with people in the room."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from screens import house, staff
from screens.web import ROUTES
from screens.web_remote import ROUTES as REMOTE
from workshop.language import Multilingual
from workshop.model import Participant, Role, Staff, Stage, StageState
from workshop.toolkit import StageDraft, Toolkit

SCREENS = Path(house.__file__).resolve().parent
MAIN = SCREENS / "main.py"
PASSWORD = "correct horse battery"
QUESTION = Multilingual(bg="Какво ни пречи?", en="What stands in our way?")


class Facilitation:
    """A workshop with a SWOT and a vote, a facilitator signed in, and people who joined."""

    def __init__(self, toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch, people: int = 4) -> None:
        self.toolkit = toolkit
        self.monkeypatch = monkeypatch
        house.enter(toolkit)
        create = toolkit.accounts.create
        self.facilitator = create(None, "Фани", Role.facilitator, PASSWORD)[0]
        self.series = toolkit.library.create_series(
            None,
            short_name="brezovo",
            municipality=Multilingual(bg="Брезово поле", en="Brezovo pole"),
            theme=Multilingual(bg="Участие", en="Participation"),
            synthetic=True,
            warning=Multilingual(bg="Измислени мнения.", en="Invented opinions."),
        )
        self.groups = toolkit.library.groups(self.series.id)
        self.workshop_id = toolkit.library.create_workshop(
            None,
            self.series.id,
            title=Multilingual(bg="Първа среща", en="First meeting"),
            day=date(2026, 12, 3),
            stages=[StageDraft(exercise="swot", question=QUESTION), StageDraft(exercise="dots")],
        ).id
        self.people = [self.join(number) for number in range(people)]
        self.enter(self.facilitator)

    @property
    def workshop(self) -> Any:
        """The workshop as it is now."""
        return self.toolkit.library.workshop(self.workshop_id)

    @property
    def swot(self) -> Stage:
        """The first stage as it is now."""
        return self.toolkit.agenda.stages(self.workshop_id)[0]

    @property
    def dots(self) -> Stage:
        """The second stage as it is now."""
        return self.toolkit.agenda.stages(self.workshop_id)[1]

    def member(self, role: Role) -> Staff:
        """Return a further account."""
        return self.toolkit.accounts.create(None, f"{role} II", role, PASSWORD)[0]

    def enter(self, member: Staff | None) -> None:
        """Let the browser send the cookie of ``member``, or none."""
        signed = staff.pass_for(member) if member else ""
        self.monkeypatch.setattr(staff, "cookie", lambda: signed)

    def join(self, number: int, **said: str) -> Participant:
        """Let one more person in; groups take turns."""
        group = self.groups[number % len(self.groups)]
        key = f"join-{number}-{said}"[:80]
        joined = self.toolkit.people.join(self.workshop.code, group_id=group.id, key=key, **said)
        return joined.participant

    def move(self, *states: str) -> None:
        """Let somebody else move the SWOT on."""
        for state in states:
            self.toolkit.agenda.move(None, self.swot.id, StageState(state))

    def write(self, *words: str, kind: str = "W") -> None:
        """Let people write in turns; each sentence is one entry."""
        for number, one in enumerate(words):
            person = self.people[number % len(self.people)]
            key = f"{kind}{number}{one}"[:60]
            self.toolkit.entries.contribute(
                person.id, self.swot.id, {"kind": kind, "text": one}, key
            ).result(10)

    def standing(self) -> list[str]:
        """Return the words that count, in the order received."""
        results = self.toolkit.results
        found = results.contributions(self.swot.id)
        return [results.words(one).said("bg") for one in found if one.stands]

    def open(self, name: str = "", language: str = "en", **asked: str) -> AppTest:
        """Open a page as ``screens/main.py`` shows it: "facilitator/board.py"."""
        page = AppTest.from_file(str(MAIN), default_timeout=30)
        page.session_state["language"] = language
        for key, value in asked.items():
            page.query_params[key] = value
        page.run()
        if name:
            page.switch_page(name).run()
        assert not page.exception, page.exception[0].stack_trace
        return page


class Browser:
    """A browser without a screen before the staff's plain pages; it keeps its cookies."""

    def __init__(self, runner: asyncio.Runner, address: str = "http://hall.example") -> None:
        self._runner = runner
        self._client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=Starlette(routes=[*ROUTES, *REMOTE])),
            base_url=address,
            headers={"accept-language": "en"},
        )

    @property
    def cookies(self) -> httpx.Cookies:
        """What the server gave."""
        return self._client.cookies

    def get(self, path: str, **more: Any) -> httpx.Response:
        """Ask for a page."""
        return self._runner.run(self._client.get(path, **more))

    def post(self, path: str, **more: Any) -> httpx.Response:
        """Send a form."""
        return self._runner.run(self._client.post(path, **more))

    def close(self) -> None:
        """Close the window."""
        self._runner.run(self._client.aclose())


def button(page: AppTest, key: str) -> Any:
    """Return the button with that key, or the first whose key begins with it."""
    found = [one for one in page.button if f"{one.key}-".startswith(f"{key}-")]
    assert found, (key, [one.key for one in page.button])
    return found[0]


def press(page: AppTest, key: str) -> AppTest:
    """Press the button with that key, or whose key begins so, and let the page run."""
    button(page, key).click().run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def shown(page: AppTest) -> str:
    """Return all a page says, our own HTML included."""
    kinds = (page.html, page.markdown, page.caption, page.error, page.info, page.checkbox)
    return "\n".join(
        str(one.label if hasattr(one, "label") else one.value) for kind in kinds for one in kind
    )
