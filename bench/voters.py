"""Scripted people at our page and at those of the peers: they come, vote, and are told so."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.fleet import DOTS, Person
from bench.tabs import Tab
from bench.wire import HEADERS
from phone.handset import Handset, Reply
from phone.leaf import PageForm

PATIENCE = 300.0
"""Seconds a browser waits for an answer: how long is measured, not who gives up first."""
RECEIVED = "received "


class Voter(Protocol):
    """Somebody with a phone."""

    @property
    def carried(self) -> int:
        """Bytes over the wire, both ways."""

    async def come(self) -> None:
        """Open the page and stand at the form."""

    async def vote(self) -> float:
        """Vote; return the moment at which the page said that it was received."""

    async def close(self) -> None:
        """Put the phone away."""


@dataclass
class Ours:
    """Somebody at our page, who takes the way without our script: it costs the server more."""

    person: Person
    code: str

    @property
    def carried(self) -> int:
        """Bytes over the wire, both ways."""
        return self.person.handset.carried

    async def come(self) -> None:
        """Scan the code, choose an organisation, follow the room."""
        await self.person.join(self.code)
        await self.person.handset.listen(f"/w/{self.code}/events", self.person.hear)

    async def vote(self) -> float:
        """Give five dots and read the page after them."""
        await self.person.vote()
        await self.person.look(self.code)
        return perf_counter()

    async def close(self) -> None:
        """Put the phone away."""
        await self.person.handset.close()


@dataclass
class Tapper(Tab):
    """Somebody at the page in Streamlit: a tab that also chooses and sends."""

    choice: random.Random = field(default_factory=random.Random)
    told: dict[str, str] = field(default_factory=dict)
    """The dots of each vote that was received, by its number."""
    options: list[str] = field(default_factory=list)
    list_: str = ""
    button: str = ""
    fragment: str = ""
    script: str = ""

    async def run(self) -> None:
        """Let the script run; note what can be tapped."""
        wish = BackMsg()
        wish.rerun_script.query_string = ""
        async for answer in self.answers(wish):
            self._note(answer)
        if not (self.list_ and self.button and self.fragment):
            raise RuntimeError("the page in Streamlit has no form")

    def _note(self, answer: ForwardMsg) -> None:
        if answer.WhichOneof("type") == "new_session":
            self.script = answer.new_session.page_script_hash
        element = answer.delta.new_element
        match element.WhichOneof("type"):
            case "button_group":
                self.list_ = element.button_group.id
                self.options = [one.content for one in element.button_group.options]
                self.fragment = answer.delta.fragment_id
            case "button":
                self.button = element.button.id
            case "exception":
                raise RuntimeError(f"the page in Streamlit broke: {element.exception.message}")

    async def come(self) -> None:
        """Open the page."""
        await self.open()

    async def vote(self) -> float:
        """Choose five wishes and send the form: the form's fragment alone runs again."""
        chosen = sorted(self.choice.sample(range(len(self.options)), DOTS))
        wish = BackMsg()
        wish.rerun_script.page_script_hash = self.script
        wish.rerun_script.fragment_id = self.fragment
        state = wish.rerun_script.widget_states.widgets.add(id=self.list_)
        state.string_array_value.data.extend(self.options[place] for place in chosen)
        wish.rerun_script.widget_states.widgets.add(id=self.button, trigger_value=True)
        number, moment = "", 0.0
        async for answer in self.answers(wish):
            self._note(answer)
            said = answer.delta.new_element.text.body
            if said.startswith(RECEIVED):
                number, moment = said.removeprefix(RECEIVED), perf_counter()
        if not number:
            raise RuntimeError("the page in Streamlit did not say that the vote was received")
        self.told[number] = " ".join(f"C{place + 1:02d}" for place in chosen)
        return moment


@dataclass
class Clicker:
    """Somebody at the page in oTree, as a browser without scripts walks it."""

    handset: Handset
    door: str
    choice: random.Random
    told: dict[tuple[str, int], int] = field(default_factory=dict)
    """The wish of each vote that was received, by person and round."""
    address: str = ""
    form: PageForm | None = None

    @property
    def carried(self) -> int:
        """Bytes over the wire, both ways."""
        return self.handset.carried

    async def come(self) -> None:
        """Open the link everybody gets."""
        self._stand_at(await self.handset.get(self.door))
        if self.form is None:
            raise RuntimeError(f"there is no form at {self.address}")

    async def vote(self) -> float:
        """Choose a wish and send it; the page that follows says that it was received."""
        assert self.form is not None, "there is no form"
        wish = self.choice.choice(self.form.choices["wish"])
        _, _, person, *_, turn = self.address.split("/")
        body = urlencode({**self.form.values, "wish": wish}).encode()
        answer = await self.handset.ask("POST", self.address, body)
        onward = answer.header("location")
        if answer.status != 302 or onward == self.address:
            raise RuntimeError(f"the vote got {answer.status}: {answer.body[:300]!r}")
        self._stand_at(await self.handset.get(onward))
        self.told[person, int(turn)] = int(wish)
        return perf_counter()

    def _stand_at(self, page: Reply) -> None:
        if page.status != 200:
            raise RuntimeError(f"the page got {page.status}: {page.text[:300]}")
        self.address, self.form = page.address, page.page.form("form")

    async def close(self) -> None:
        """Put the phone away."""
        await self.handset.close()


def at_otree(url: str, door: str, count: int) -> list[Clicker]:
    """Take out phones for oTree."""
    return [Clicker(Handset(url, "bg", HEADERS, PATIENCE), door, one) for one in _choices(count)]


def at_streamlit(url: str, count: int) -> list[Tapper]:
    """Take out phones for the page in Streamlit."""
    return [Tapper(url, "", "", {}, choice=one) for one in _choices(count)]


def at_ours(url: str, code: str, count: int) -> list[Ours]:
    """Take out phones for our page."""
    return [
        Ours(Person(Handset(url, "bg", HEADERS, PATIENCE), one), code) for one in _choices(count)
    ]


def _choices(count: int) -> Iterable[random.Random]:
    seeds = random.Random(2026)
    return [random.Random(seeds.random()) for _ in range(count)]
