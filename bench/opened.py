"""What a phone's browser fetches until somebody can vote, whoever's page it is."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from bench.browser import HALL, Wire
from bench.figures import shown
from tests import chromium

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

SETTLED = 1_000
"""Milliseconds after which what a page fetches late has been fetched."""
TEXT = 1
"""The kind of a frame that is not binary."""


class Opened(NamedTuple):
    """A page that was opened with an empty cache."""

    requests: int
    carried: int
    """Bytes over the wire, both ways."""

    def __str__(self) -> str:
        return f"{shown(self.carried / 1000, 'kB')} in {self.requests}"


class Frames:
    """Counts the messages of websockets, which a browser reports apart; without their heads."""

    def __init__(self, cdp: CDPSession) -> None:
        self.sockets = 0
        self.carried = 0
        cdp.on("Network.webSocketCreated", self._open)
        cdp.on("Network.webSocketFrameSent", self._pass)
        cdp.on("Network.webSocketFrameReceived", self._pass)

    def _open(self, event: dict[str, Any]) -> None:
        self.sockets += 1

    def _pass(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        said = frame["payloadData"]
        self.carried += len(said.encode() if frame["opcode"] == TEXT else base64.b64decode(said))


def look(url: str, door: str, form: str, taps: Sequence[str] = ()) -> Opened | str:
    """Open a page on a phone until its form stands there; return what that took, or why not.

    ``taps``: what is tapped on the way to it, where one first says who one is.
    """
    path = chromium.find()
    if path is None:
        return "not measured: there is no Chromium on this machine"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = [*chromium.FLAGS, f"--host-resolver-rules=MAP {HALL} 127.0.0.1"]
        opened = playwright.chromium.launch(executable_path=path, args=flags)
        try:
            page = opened.new_context(**playwright.devices["Pixel 5"], locale="bg-BG").new_page()
            return _look(page, url.replace("127.0.0.1", HALL), door, form, taps)
        finally:
            opened.close()


def _look(page: Page, url: str, door: str, form: str, taps: Sequence[str]) -> Opened:
    cdp = page.context.new_cdp_session(page)
    wire, frames = Wire(cdp), Frames(cdp)
    page.goto(url + door, wait_until="load")
    for one in taps:
        page.locator(one).first.click(force=True)
    page.locator(form).first.wait_for(state="attached", timeout=60_000)
    page.wait_for_timeout(SETTLED)
    counted = wire.count(url)
    return Opened(
        requests=counted.requests + frames.sockets,
        carried=counted.sent + counted.received + frames.carried,
    )
