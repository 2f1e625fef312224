"""Tabs of staff: signed in, and connected as Streamlit's own page connects; no browser needed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from phone.handset import Handset

OPENING = 60.0
"""Seconds a tab may take to connect before it counts as turned away."""


@dataclass
class Tab:
    """One tab of somebody who signed in."""

    url: str
    cookie: str
    path: str
    query: Mapping[str, str]
    connection: ClientConnection | None = None
    carried: int = 0
    """Bytes of all messages, both ways."""

    async def open(self) -> float:
        """Connect and let the page's script run once; return the seconds that took."""
        begun = perf_counter()
        self.connection = await connect(
            self.url.replace("http", "ws", 1) + "/_stcore/stream",
            origin=self.url,  # type: ignore[arg-type]  # a NewType of str
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": self.cookie} if self.cookie else {},
            open_timeout=OPENING,
            max_size=None,
        )
        await self.run()
        return perf_counter() - begun

    async def run(self) -> None:
        """Let the script run, to its end."""
        wish = BackMsg()
        wish.rerun_script.query_string = urlencode(self.query)
        wish.rerun_script.page_name = self.path
        async for _ in self.answers(wish):
            pass

    async def answers(self, wish: BackMsg) -> AsyncIterator[ForwardMsg]:
        """Send a wish; give what comes back until the script has run to its end."""
        assert self.connection is not None
        said = wish.SerializeToString()
        self.carried += len(said)
        await self.connection.send(said)
        while True:
            piece = await self.connection.recv(decode=False)
            self.carried += len(piece)
            told = ForwardMsg.FromString(piece)
            yield told
            if told.WhichOneof("type") == "script_finished":
                return

    async def close(self) -> None:
        """Close the tab."""
        if self.connection is not None:
            await self.connection.close()


async def sign_in(url: str, name: str, password: str) -> str:
    """Sign in at the staff's door; return the cookies as a browser sends them."""
    browser = Handset(url, "en", {"Sec-Fetch-Site": "same-origin"})
    try:
        body = urlencode({"name": name, "password": password}).encode()
        answer = await browser.ask("POST", "/staff", body)
        if answer.status != 303:
            raise RuntimeError(f"signing in got {answer.status}")
        return "; ".join(one.split(";")[0] for one in answer.cookies)
    finally:
        await browser.close()
