"""What a facilitator does in the hall: the cockpit, the sorting board, handing on, the wall."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.walk.desk import Desk
from tests.walk.watch import TORN, WALL
from workshop.passes import qr_svg

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ACTS = {
    "open": "Open",
    "locked": "Lock: no more entries",
    "revealed": "Show the result",
    "closed": "Close the stage",
}


class Wall:
    """The projector's page."""

    def __init__(self, desk: Desk, page: Page) -> None:
        self.desk = desk
        self.page = page
        page.set_viewport_size({"width": WALL["width"], "height": WALL["height"]})

    def see(self, selector: str, words: str | re.Pattern[str] = "") -> Locator:
        """Wait until something stands on the wall."""
        found = self.page.locator(f".hall {selector}").filter(has_text=words).first
        found.wait_for()
        return found

    def done(self, n: int) -> None:
        """Wait until so many of those present are done."""
        self.see(".count", re.compile(rf"^{n}\D"))

    def text(self) -> str:
        """Return what can be read from the last row."""
        return " ".join(self.page.locator(".hall.full").first.inner_text().split())

    def look(self, what: str) -> None:
        """Keep a picture, let axe look at this kind of page, and see that nothing is cut off."""
        self.desk.watch.picture(self.page, f"wall-{what}")
        self.desk.watch.check(self.page, f"wall-{what.split('-')[0]}-{self._parts()}")
        size = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
        )
        assert size[0] <= WALL["width"]
        assert size[1] <= WALL["height"]
        assert self.page.evaluate(TORN, ".hall.full") == []

    def _parts(self) -> str:
        """Return what the view is made of: views made of the same are of one kind to axe."""
        parts = self.page.locator(".hall.full .body > *").all()
        return " ".join(f"{one.get_attribute('class')}" for one in parts)

    def invites(self, code: str) -> None:
        """See that address, code and QR code say the same."""
        self.see(f'.code[aria-label="{code}"]')
        address = self.see(".at").inner_text().strip()
        picture = self.page.locator(".hall .qr img").first
        drawn = base64.b64decode(str(picture.get_attribute("src")).split(",")[1]).decode()
        title = str(picture.get_attribute("alt"))
        assert drawn == qr_svg(f"http://{address}/{code}", title)

    def browse(self, what: str) -> list[list[str]]:
        """Turn through all views of a result and back as tables; return the rows of these."""
        self.see(".tag.done")
        self._turn("PageDown", lambda view: self.look(f"{what}-{view}"))
        self.page.keyboard.press("t")
        self._offers("As picture")
        rows: list[list[str]] = []
        self._turn("PageDown", lambda _view: None)
        self._turn("PageUp", lambda _view: rows.extend(self._rows()))
        self.look("table")
        self.page.keyboard.press("t")
        self._offers("As table")
        return rows

    def _offers(self, message: str) -> None:
        """Wait until the buttons out of sight offer one form: the other is on the wall."""
        button = self.page.locator(".st-key-wall-table").filter(has_text=self.desk.say(message))
        button.wait_for(state="attached")

    def _turn(self, key: str, act: Callable[[int], object]) -> None:
        """Do something at this view and at each one that follows in the direction of a key."""
        count = self.page.locator(".hall.full .foot .page")
        told = re.findall(r"\d+", count.inner_text()) if count.count() else [1, 1]
        here, last = int(told[0]), int(told[1]) if key == "PageDown" else 1
        act(here)
        while here != last:
            here += 1 if last > here else -1
            self.page.keyboard.press(key)
            count.filter(has_text=re.compile(rf"^{here}\D")).wait_for()
            act(here)

    def _rows(self) -> list[list[str]]:
        assert self.page.evaluate(TORN, ".hall.full") == []
        rows = self.page.locator(".hall.full table tr").all()
        return [[one.strip() for one in row.locator("th,td").all_inner_texts()] for row in rows]


class Cockpit(Desk):
    """A facilitator at work."""

    def enter(self, workshop: str) -> None:
        """Open the cockpit of a workshop."""
        self.open(f"/?workshop={workshop}")
        self.page.locator(".hall.small").wait_for()

    def sees_done(self, n: int) -> None:
        """Wait until the small wall counts as the one in the hall does."""
        count = self.page.locator(".hall.small .count")
        count.filter(has_text=re.compile(rf"^{n}\D")).wait_for()

    def come_back(self) -> None:
        """Go back to the cockpit from another screen."""
        self.go("Run", "Run the workshop")
        self.page.locator(".hall.small").wait_for()

    def open_wall(self) -> Wall:
        """Open the wall in a window of its own: in a second tab, the cockpit would doze."""
        with self.context.expect_page() as opened:
            link = self.page.get_by_role("link", name=self.say("Open the wall"))
            link.click(modifiers=["Shift"])
        wall = Wall(self, opened.value)
        wall.see(".wall")
        return wall

    def wheel(self, message: str, **values: str) -> Locator:
        """Return one of the big buttons below the picture of the wall."""
        name = self.say(message, **values)
        return self.page.locator(".st-key-steer").get_by_role("button", name=name, exact=True)

    def next(self, title: str) -> None:
        """Put the next stage on the wall."""
        self.wheel("Next: {title}", title=title).click()
        self.wheel(ACTS["open"]).wait_for()

    def show(self, title: str) -> None:
        """Put a stage of the agenda on the wall."""
        line = self.page.locator(".sed-agenda", has_text=title).first
        row = line.locator("xpath=ancestor::*[@data-testid='stHorizontalBlock'][1]")
        row.get_by_role("button", name=self.say("Show"), exact=True).click()
        self.page.locator(".sed-agenda.now", has_text=title).wait_for()

    def move(self, *states: str) -> None:
        """Move the stage on the wall, one press each."""
        for state in states:
            self.wheel(ACTS[state]).click()
            self.wheel(ACTS[state]).wait_for(state="detached")

    def sort(self) -> None:
        """Open the sorting board."""
        self.go("Sort", "Sort the contributions")
        self.card().first.wait_for()

    def card(self, words: str = "") -> Locator:
        """Return the cards on the board with these words."""
        return self.page.locator(".sed-tick").filter(has_text=words or " · ")

    def tick(self, *words: str) -> None:
        """Tick cards."""
        for n, one in enumerate(words, 1):
            self.card(one).first.locator("label").click()
            self.see(self.count("{n} card picked", "{n} cards picked", n))

    def merge(self, *words: str) -> None:
        """Merge cards into the first."""
        self.tick(*words)
        self.press("Merge")
        self.card(words[1]).wait_for(state="detached")

    def hide(self, words: str, reason: str) -> None:
        """Hide a card, saying why."""
        self.tick(words)
        self.choose("Reason to hide it", self.say(reason))
        self.look("hiding")
        self.press("Hide")
        self.card(words).wait_for(state="detached")

    def hand_on(self, n: int, title: str) -> None:
        """Hand everything that is ticked on to the next stage."""
        self.go("Hand on")
        self.look("handing-on")
        self.press_counted("Hand on {n} line", "Hand on {n} lines", n)
        self.see(self.say("Handed on to “{title}”.", title=title))
