"""What a phone must fetch before the first entry is received: requests and bytes, both ways."""

from __future__ import annotations

import asyncio
from itertools import islice

from bench import browser, hall
from bench.figures import Figure
from bench.ideas import ideas
from bench.page import Page
from bench.start import running
from bench.wire import Answer, Line, Phone
from workshop.toolkit import Toolkit

USABLE, RECEIVED, BYTES = 3, 7, 20_000
STYLE, SCRIPT = "text/css,*/*;q=0.1", "*/*"
WRITTEN = next(islice(ideas(), 40, None))[1]
"""What the measured phone writes: a sentence of the usual length."""


def measure(quick: bool) -> list[Figure]:
    """Walk from the QR code to "received", without JavaScript and in a real browser."""
    with hall.database() as url:
        with Toolkit.open(url) as toolkit:
            workshop = hall.furnish(toolkit, hall.board())
            hall.open_stage(toolkit, workshop)
        with running(url) as house:
            plain = asyncio.run(walk(house.url, f"/j/{workshop.code}"))
            typed = asyncio.run(walk(house.url, "/j", workshop.code))
            real = browser.walk(house.url, workshop.code, WRITTEN)
    figures = [
        *_figures("plain", "without JavaScript", *plain),
        *_figures("typed", "without JavaScript, the code typed at /j", *typed, promised=False),
    ]
    if isinstance(real, str):
        reason = Figure(key="weight.browser", what="phone in a real browser", value=None, note=real)
        return [*figures, reason]
    return [*figures, *_figures("browser", "in Chromium", *real)]


def _figures(
    key: str, how: str, usable: Phone, received: Phone, promised: bool = True
) -> list[Figure]:
    bytes_ = received.sent + received.received
    return [
        Figure(
            key=f"weight.{key}.usable",
            what=f"requests until the form is usable, {how}",
            value=usable.requests,
            most=USABLE if promised else None,
            note=f"{usable.sent + usable.received:,} bytes until then",
        ),
        Figure(
            key=f"weight.{key}.received",
            what=f"requests until the first entry is received, {how}",
            value=received.requests,
            most=RECEIVED if promised else None,
            note="redirects, style, script and event stream included",
        ),
        Figure(
            key=f"weight.{key}.bytes",
            what=f"over the wire until then, {how}",
            value=round(bytes_ / 1000, 1),
            unit="kB",
            most=BYTES / 1000 if promised else None,
            note=f"{received.received:,} bytes received, {received.sent:,} sent, headers included",
        ),
    ]


async def walk(url: str, door: str, code: str = "") -> tuple[Phone, Phone]:
    """Join and write as a browser without JavaScript does; return the counts at both moments."""
    phone = Phone(url)
    line = phone.line()
    try:
        page = await fetch(line, await line.ask("GET", door))
        if code:
            page = await send(line, page, {"code": code})
        usable = Phone(url, phone.requests, phone.sent, phone.received)
        answer = await submit(line, page, {"who": organisation(page)})
        page = await fetch(line, await follow(line, answer))
        answer = await submit(line, page, {"text": WRITTEN})
        if "received=" not in answer.goes_to:
            raise RuntimeError(f"the entry was not received: {answer.status} {answer.text[:2000]}")
        await fetch(line, await follow(line, answer))
        return usable, phone
    finally:
        phone.close()


async def fetch(line: Line, answer: Answer, *, script: bool = False) -> Page:
    """Return a page, loading its style (and its script) if the phone does not have it yet."""
    if answer.status != 200:
        raise RuntimeError(f"the phone got {answer.status}: {answer.text[:2000]}")
    page = Page(answer.text)
    wanted = [(one, STYLE) for one in page.styles]
    wanted += [(one, SCRIPT) for one in page.scripts if script]
    for address, accept in wanted:
        if address not in line.phone.kept:
            line.phone.kept.add(address)
            await line.ask("GET", address, accept=accept)
    return page


async def follow(line: Line, answer: Answer) -> Answer:
    """Return the page a redirect leads to."""
    while answer.goes_to:
        answer = await line.ask("GET", answer.goes_to)
    return answer


async def submit(line: Line, page: Page, answers: dict[str, str]) -> Answer:
    """Fill the page's form in and send it; a first choice is made where one must be."""
    form = page.forms["entry"]
    made = {name: values[0] for name, values in form.choices.items() if name not in form.fields}
    return await line.ask("POST", form.action, form.filled({**made, **answers}))


async def send(line: Line, page: Page, answers: dict[str, str]) -> Page:
    """Send a form and load the page it leads to."""
    return await fetch(line, await follow(line, await submit(line, page, answers)))


def organisation(page: Page) -> str:
    """Return the first organisation of the door page."""
    choices = page.forms["entry"].choices["who"]
    return next(one for one in choices if one.startswith("organisation-"))
