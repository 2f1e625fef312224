"""A member of staff before a real browser: signs in and does what a screen offers, by its words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.walk.watch import DESK, PATIENCE, Watch, said
from workshop.language import Sayable, counted, say

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


class Desk:
    """One account in one browser."""

    def __init__(self, watch: Watch, name: str, password: str) -> None:
        self.watch = watch
        self.language = watch.language
        self.name = name
        self.password = password
        self.context = watch.context(DESK)
        self.page: Page = self.context.new_page()

    def say(self, message: str, **values: Sayable) -> str:
        """Return a sentence of the product in the language of this walk."""
        return said(message, self.language, **values)

    def sign_in(self, new_password: str = "") -> None:
        """Walk through the staff's door; choose an own password where one was given out."""
        page = self.page
        page.goto("/staff")
        self.look("door")
        page.get_by_label(self.say("Name"), exact=True).fill(self.name)
        page.get_by_label(self.say("Password"), exact=True).fill(self.password)
        page.get_by_role("button", name=self.say("Sign in")).click()
        if new_password:
            page.get_by_role("heading", name=self.name).wait_for()
            page.fill("#old", self.password)
            page.fill("#new", new_password)
            page.fill("#again", new_password)
            page.get_by_role("button", name=self.say("Change password")).click()
            page.get_by_text(self.say("Your password is changed.")).wait_for()
            self.password = new_password
            self.look("password")
            page.get_by_role("link", name=self.say("To the workshops")).click()
        self.settled()

    def open(self, address: str) -> None:
        """Open a screen by its address."""
        self.page.goto(address)
        self.settled()

    def go(self, screen: str, title: str = "") -> None:
        """Go to a screen by the navigation at the top; it is there when its title is."""
        self.page.get_by_role("navigation").get_by_role(
            "link", name=self.say(screen), exact=True
        ).click()
        self._arrived(title or screen)

    def prepare(self, screen: str) -> None:
        """Go to a screen of the coordinator's by the menu at the top."""
        menu = self.page.get_by_role("navigation")
        menu.get_by_role("button", name=self.say("Preparation"), exact=True).click()
        self.page.get_by_role("menuitem", name=self.say(screen), exact=True).click()
        self._arrived(screen)

    def _arrived(self, title: str) -> None:
        self.page.get_by_role("heading", name=self.say(title), exact=True).first.wait_for()
        self.settled()

    def settled(self, page: Page | None = None) -> None:
        """Wait until Streamlit has drawn the page."""
        shown = page or self.page
        shown.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
        shown.wait_for_selector('[data-testid="stMainBlockContainer"] [data-testid]')

    def button(self, message: str, **values: Sayable) -> Locator:
        """Return the button with these words."""
        return self.page.get_by_role("button", name=self.say(message, **values), exact=True)

    def press(self, message: str, **values: Sayable) -> None:
        """Press the button with these words."""
        self.button(message, **values).first.click()

    def count(self, one: str, many: str, n: int) -> str:
        """Return a sentence whose form depends on a number."""
        return say(counted(one, many, n=n), self.language)

    def press_counted(self, one: str, many: str, n: int) -> None:
        """Press the button whose words hold a number."""
        self.page.get_by_role("button", name=self.count(one, many, n), exact=True).click()

    def look(self, what: str) -> None:
        """Keep a picture and let axe look at this kind of page, once nothing on it is grey yet."""
        from playwright.sync_api import expect

        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=PATIENCE)
        self.watch.picture(self.page, f"staff-{what}")
        self.watch.check(self.page, f"staff-{what}")

    def write(self, label: str, words: str, place: int = 0) -> None:
        """Type into the field people see under ``label``."""
        field = self.page.get_by_label(label, exact=True).nth(place)
        field.fill(words)

    def holds(self, field: Locator, words: str) -> None:
        """Wait until a field holds these words."""
        from playwright.sync_api import expect

        expect(field).to_have_value(words, timeout=PATIENCE)

    def choose(self, message: str, option: str | re.Pattern[str], place: int = 0) -> None:
        """Choose from the list people see under a label."""
        box = self.page.get_by_role("combobox", name=self.say(message)).nth(place)
        box.click()
        self.page.get_by_role("option", name=option).first.click()

    def figure(self, message: str, value: str) -> None:
        """Wait until a figure stands under its label."""
        figures = self.page.locator("[data-testid=stMetric]").filter(has_text=self.say(message))
        figures.filter(has_text=re.compile(rf"(?<!\d){value}$")).first.wait_for()

    def download(self, label: str, place: int = 0) -> tuple[str, bytes]:
        """Download a file; return its name and what is in it."""
        link = self.page.get_by_role("link", name=label, exact=True).nth(place)
        with self.page.expect_download(timeout=3 * PATIENCE) as started:
            link.click()
        return started.value.suggested_filename, Path(started.value.path()).read_bytes()

    def see(self, words: str | re.Pattern[str], timeout: float = PATIENCE) -> Locator:
        """Wait until the page says something, where people can see it."""
        found = self.page.get_by_text(words).filter(visible=True).first
        found.wait_for(timeout=timeout)
        return found
