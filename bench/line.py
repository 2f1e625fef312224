"""A phone at the end of a bad line: how long from the QR code until the first entry is received."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import perf_counter
from urllib.parse import urlsplit

from bench import hall
from bench.figures import Figure
from bench.start import running
from bench.weight import WRITTEN
from tests import chromium
from tests.bad_line import BadLine
from workshop.toolkit import Toolkit

MOST = 10.0
DELAY, SPEED = 0.2, 6_250
"""400 ms there and back, 50 kbit/s on each connection and way."""


def measure(quick: bool) -> list[Figure]:
    """Walk in a real Chromium, on a slow line, then with every fifth answer swallowed too."""
    path = chromium.find()
    if path is None:
        note = "not measured: there is no Chromium on this machine"
        return [Figure(key="line.first", what="first entry on a bad line", value=None, note=note)]
    figures = []
    with hall.database() as url:
        with Toolkit.open(url) as toolkit:
            workshop = hall.furnish(toolkit, hall.board())
            hall.open_stage(toolkit, workshop)
        with running(url) as house:
            port = urlsplit(house.url).port or 0
            for key, what, line in (
                ("slow", "400 ms, 50 kbit/s", BadLine(port, delay=DELAY, speed=SPEED)),
                ("lossy", "the same, every fifth answer swallowed",
                 BadLine(port, delay=DELAY, speed=SPEED, swallowed=5)),
            ):  # fmt: skip
                with between(line) as address:
                    usable, received = _walk(path, address, workshop.code)
                figures += [
                    Figure(key=f"line.{key}.usable", what=f"form usable: {what}", value=usable,
                           unit="s"),
                    Figure(key=f"line.{key}.first", what=f"first entry received: {what}",
                           value=received, unit="s", most=MOST,
                           note="from the QR code; a thumb that needs no time; "
                           f"{line.counts['swallowed']} answers swallowed"),
                ]  # fmt: skip
    return figures


@contextmanager
def between(line: BadLine) -> Iterator[str]:
    """Keep a bad line open in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    opened = line.open()
    try:
        yield asyncio.run_coroutine_threadsafe(opened.__aenter__(), loop).result(10)
    finally:
        asyncio.run_coroutine_threadsafe(opened.__aexit__(None, None, None), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


def _walk(path: str, url: str, code: str) -> tuple[float, float]:
    from playwright.sync_api import Error, sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        page = opened.new_context(**playwright.devices["Pixel 5"], locale="bg-BG").new_page()
        page.set_default_timeout(60_000)
        begun = perf_counter()
        while True:
            try:
                page.goto(f"{url}/j/{code}", wait_until="domcontentloaded")
                usable = perf_counter() - begun
                page.locator("details.group summary").first.click()
                page.locator('input[name="who"]').first.check(force=True)
                page.locator("button.send").click()
                page.wait_for_url("**/w/**")
                break
            except Error as problem:  # its page did not come: a person asks for it again
                if "net::" not in str(problem):
                    raise
        page.locator("textarea").fill(WRITTEN)
        page.locator("button.send").click()
        page.wait_for_selector(".own li")
        received = perf_counter() - begun
        opened.close()
    return usable, received
