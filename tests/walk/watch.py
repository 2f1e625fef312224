"""Whoever watches a walk: notes every request and fault, asks axe, keeps pictures if wanted."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workshop.language import TAGS, say, text

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Response

PATIENCE = 60_000
"""Milliseconds a page may take on a busy machine of two cores."""
PHONE = {"width": 360, "height": 640}
DESK = {"width": 1440, "height": 900}
WALL = {"width": 1920, "height": 1080}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
SEEN_ALREADY = {"color-contrast": {"enabled": False}}
"""The dearest rule: colours are the same in both languages, and one walk looks at them."""
TORN = """
where => [...document.querySelectorAll(where + " :is(th, td, p, h1, h2, h3, li, dt, dd)")].flatMap(
  (place) => [...place.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).flatMap(
    (node) => [...node.data.matchAll(/[\\p{L}\\p{M}]+/gu)].filter((word) => {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1;
    }).map((word) => word[0])))
"""
"""Finds the words that are cut in two because their line is too narrow."""
PICTURES = "SEDYANKA_TEST_PICTURES"
"""A folder for pictures of every step; none are made where it is not named."""


def said(message: str, language: str, **values: Any) -> str:
    """Return what a message of the product reads like in ``language``."""
    return say(text(message, **values), language)


class Watch:
    """Opens browsers for everybody in the walk and remembers what went wrong in them."""

    def __init__(self, browser: Browser, url: str, language: str) -> None:
        self.browser = browser
        self.url = url
        self.language = language
        self.asked: set[str] = set()
        self.faults: list[str] = []
        self._contexts: list[BrowserContext] = []
        self._checked: set[str] = set()
        self._copies: Page | None = None
        self._pictures = 0

    def context(self, size: Mapping[str, int], **wishes: Any) -> BrowserContext:
        """Open a browser with cookies of its own."""
        opened = self.browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            locale=TAGS[self.language],
            base_url=self.url,
            reduced_motion="reduce",
            **wishes,
        )
        opened.set_default_timeout(PATIENCE)
        opened.set_default_navigation_timeout(PATIENCE)
        opened.on("request", lambda request: self.asked.add(request.url))
        opened.on("response", self._answered)
        opened.on("page", self._listen)
        self._contexts.append(opened)
        return opened

    def phone(self, **wishes: Any) -> BrowserContext:
        """Take out a phone."""
        return self.context(PHONE, is_mobile=True, has_touch=True, **wishes)

    def check(self, page: Page, kind: str) -> None:
        """Let axe look: nothing may be wrong for people who see or hear the page differently.

        It takes a while, so it looks once at each ``kind`` of page.
        """
        if kind in self._checked:
            return
        self._checked.add(kind)
        from axe_playwright_python.base import AXE_SCRIPT

        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        broken = self._broken(page)
        if broken:  # what Streamlit is about to replace is pale for a moment, and may be seen so
            page.wait_for_timeout(2_000)
            broken = self._broken(page)
        assert not broken, f"{kind}: {page.url}: {broken}"

    def _broken(self, page: Page) -> list[tuple[str, str, list[str]]]:
        """Return what axe finds wrong on a page: the rule, the element, where it is."""
        rules = RULES if self.language == "bg" else {**RULES, "rules": SEEN_ALREADY}
        found = page.evaluate("rules => axe.run(rules).then((all) => all.violations)", rules)
        return [
            (one["id"], node["html"][:300], node["target"])
            for one in found
            for node in one["nodes"]
        ]

    def check_copy(self, page: Page, kind: str) -> None:
        """Let axe look at a copy of a page whose browser runs no scripts, not even axe's."""
        if kind in self._checked:
            return
        if self._copies is None:
            self._copies = self.phone(bypass_csp=True).new_page()
            self._copies.goto("/j")
        self._copies.set_content(re.sub(r"<script.*?</script>", "", page.content()))
        self.check(self._copies, kind)

    def picture(self, page: Page, name: str, *, whole: bool = False) -> None:
        """Keep a picture of a step, where somebody wants to look at the walk."""
        folder = os.environ.get(PICTURES)
        if not folder:
            return
        self._pictures += 1
        place = Path(folder) / f"{self.language}-{self._pictures:02d}-{name}.png"
        page.screenshot(path=place, full_page=whole)

    def far(self) -> list[str]:
        """Return what was asked for anywhere else than at our own door."""
        own = urlsplit(self.url).netloc
        return sorted(
            one
            for one in self.asked
            if urlsplit(one).scheme not in ("data", "blob", "about") and urlsplit(one).netloc != own
        )

    def close(self) -> None:
        """Put everything away, with a last picture of whatever stood open."""
        for one in self._contexts:
            for page in one.pages:
                self.picture(page, "last")
            one.close()

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url}: {response.status}")

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("dialog", lambda dialog: self.faults.append(f"{page.url}: {dialog.message}"))
        page.on("websocket", lambda socket: self.asked.add(socket.url))
        page.on("console", lambda line: self._hear(page, line.text))

    def _hear(self, page: Page, line: str) -> None:
        if "Content Security Policy" in line or "Uncaught" in line:
            self.faults.append(f"{page.url}: {line}")
