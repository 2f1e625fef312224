"""The same walk in a real Chromium; requests and bytes as its network layer reports them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bench.wire import Phone
from tests import chromium

HALL = "hall.test"
"""A name that is not this machine: on a local network without HTTPS a browser sends less."""

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page


class Wire:
    """Counts what a page sends and receives; what its cache answers is not counted."""

    def __init__(self, cdp: CDPSession) -> None:
        self._asked: dict[str, list[dict[str, Any]]] = {}
        self._heads: dict[str, int] = {}
        self._sent: dict[str, int] = {}
        self._done: dict[str, int] = {}
        self._cached: set[str] = set()
        for name, hear in (
            ("requestWillBeSent", self._ask),
            ("requestWillBeSentExtraInfo", self._send),
            ("requestServedFromCache", lambda event: self._cached.add(event["requestId"])),
            ("responseReceived", self._answer),
            ("dataReceived", self._receive),
            ("loadingFinished", self._finish),
        ):
            cdp.on(f"Network.{name}", hear)
        cdp.send("Network.enable")

    def count(self, url: str) -> Phone:
        """Return requests and bytes so far."""
        asked = {key: all_ for key, all_ in self._asked.items() if key not in self._cached}
        return Phone(
            url,
            requests=sum(len(all_) for all_ in asked.values()),
            sent=sum(self._sent.get(key, 0) for key in asked),
            received=sum(self._done.get(key, self._heads.get(key, 0)) for key in asked)
            + sum(one["redirected"] for all_ in asked.values() for one in all_),
        )

    def _ask(self, event: dict[str, Any]) -> None:
        request = event["request"]
        if not request["url"].startswith("http"):
            return
        redirect = event.get("redirectResponse", {}).get("encodedDataLength", 0)
        self._asked.setdefault(event["requestId"], []).append({"redirected": redirect})
        address = urlsplit(request["url"])
        path = f"{address.path}?{address.query}" if address.query else address.path
        line = len(f"{request['method']} {path} HTTP/1.1\r\n\r\n")
        body = len(request.get("postData", "").encode())
        self._sent[event["requestId"]] = self._sent.get(event["requestId"], 0) + line + body

    def _send(self, event: dict[str, Any]) -> None:
        size = sum(len(f"{name}: {value}\r\n") for name, value in event["headers"].items())
        self._sent[event["requestId"]] = self._sent.get(event["requestId"], 0) + size

    def _answer(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self._cached.add(event["requestId"])
        self._heads[event["requestId"]] = int(event["response"]["encodedDataLength"])

    def _receive(self, event: dict[str, Any]) -> None:
        """Count a stream that never finishes; a finished answer says its own size."""
        known = self._heads.get(event["requestId"], 0)
        self._heads[event["requestId"]] = known + int(event["encodedDataLength"])

    def _finish(self, event: dict[str, Any]) -> None:
        self._done[event["requestId"]] = int(event["encodedDataLength"])


def walk(url: str, code: str, written: str) -> tuple[Phone, Phone] | str:
    """Join and write in Chromium; return the counts at both moments, or why it cannot be."""
    path = chromium.find()
    if path is None:
        return "not measured: there is no Chromium on this machine"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        flags = [*chromium.FLAGS, f"--host-resolver-rules=MAP {HALL} 127.0.0.1"]
        opened = playwright.chromium.launch(executable_path=path, args=flags)
        try:
            page = opened.new_context(**playwright.devices["Pixel 5"], locale="bg-BG").new_page()
            return _walk(page, url.replace("127.0.0.1", HALL), code, written)
        finally:
            opened.close()


def _walk(page: Page, url: str, code: str, written: str) -> tuple[Phone, Phone]:
    wire = Wire(page.context.new_cdp_session(page))
    page.goto(f"{url}/j/{code}", wait_until="load")
    page.wait_for_timeout(300)
    usable = wire.count(url)
    page.locator("details.group summary").first.click()
    page.locator('input[name="who"]').first.check(force=True)
    with page.expect_request(lambda one: "/events" in one.url):
        page.locator("button.send").click()
    page.locator("textarea").fill(written)
    with page.expect_response(lambda one: one.headers.get("sedyanka") == "received"):
        page.locator("button.send").click()
    page.wait_for_timeout(300)
    return usable, wire.count(url)
