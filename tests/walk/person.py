"""Somebody with a phone in a real browser: joins, writes, votes, rates, promises."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from tests.walk.watch import TORN, Watch, said

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LOOK_ALIKE = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
"""What somebody types who leaves the keyboard in Cyrillic."""


class Person:
    """One phone; ``scripts=False``: its browser runs none."""

    def __init__(self, watch: Watch, name: str, *, scripts: bool = True) -> None:
        self.watch = watch
        self.name = name
        self.scripts = scripts
        self.context = watch.phone(java_script_enabled=scripts)
        self.page: Page = self.context.new_page()
        self.code = ""

    def say(self, message: str) -> str:
        """Return a sentence of the product in the language of this walk."""
        return said(message, self.watch.language)

    def join(
        self,
        code: str,
        organisation: str,
        *,
        typed: str = "",
        known: bool = True,
        lobby: bool = True,
    ) -> None:
        """Come in: by the code ``typed`` by hand, or else by the address in the QR code."""
        self.code = code
        page = self.page
        if typed:
            page.goto("/j")
            self.look("code")
            page.fill("#f-code", typed)
            page.click(".send")
            page.wait_for_url(f"**/j/{code}")
        else:
            page.goto(f"/j/{code}")
        self.look("door")
        group = page.locator(".group").nth(2)
        if known:
            group = page.locator(".group", has_text=organisation)
        group.locator("summary").click()
        if known:
            group.get_by_text(organisation, exact=True).click()
        else:
            group.get_by_text(self.say("Mine is not listed")).click()
            group.get_by_label(self.say("Name of your organisation")).fill(organisation)
        page.click(".send")
        page.wait_for_url(f"**/w/{code}**")
        page.locator(".agenda" if lobby else "#entry").wait_for()
        self.look("in")

    def goes_on_by_itself(self) -> bool:
        """Return whether the phone says that one need not do anything to follow the room."""
        return self.page.get_by_text(self.say("This page goes on by itself.")).is_visible()

    def here(self) -> None:
        """Be where the room is: by itself with scripts, by opening the page anew without."""
        if not self.scripts:
            self.page.goto(f"/w/{self.code}")

    def wait(self, selector: str, *, text: str | re.Pattern[str] | None = None) -> None:
        """Wait until the phone shows something; without scripts somebody taps now and then."""
        from playwright.sync_api import TimeoutError as Late

        found = self.page.locator(selector).filter(has_text=text).first
        if self.scripts:
            found.wait_for()
            return
        for _ in range(40):
            self.here()
            try:
                found.wait_for(timeout=1500)
            except Late:
                continue
            return
        raise AssertionError(f"{self.name} never saw {selector}")

    def form(self) -> None:
        """Wait for the form of the stage that is open now."""
        self.wait("#entry")

    def type(self, words: str) -> None:
        """Type with the keyboard, without sending."""
        self.page.locator("textarea").press_sequentially(words)

    def close_tab(self) -> None:
        """Close the tab; the phone keeps its cookies."""
        self.page.close()

    def open_tab(self) -> None:
        """Open the workshop's address in a fresh tab."""
        self.page = self.context.new_page()
        self.page.goto(f"/w/{self.code}")

    def send(self) -> None:
        """Press the big button."""
        self.page.click(".send")

    def received(self) -> None:
        """Wait for the word that it is on the disk."""
        start = self.say("Received at {time}.").split("{")[0].strip()
        self.page.locator("#said").filter(has_text=start).wait_for()

    def write(self, quadrant: str, words: str) -> None:
        """Write an idea into a field of the SWOT."""
        self.form()
        self.page.locator(f'nav.steps a[href$="step={quadrant}"]').click()
        self.page.locator(f'#entry input[name=kind][value="{quadrant}"]').wait_for(state="attached")
        self.page.fill("textarea", words)
        self.send()
        self.received()
        self.own(words).wait_for()

    def own(self, words: str) -> Locator:
        """Return an own entry in the list."""
        return self.page.locator(".own li").filter(has_text=words).first

    def change(self, before: str, after: str) -> None:
        """Change an own entry: its words are in the form."""
        self.own(before).get_by_role("link").click()
        self.wait(".changing")
        assert self.page.input_value("textarea") == before
        self.page.fill("textarea", after)
        self.send()
        self.own(after).wait_for()

    def withdraw(self, words: str) -> None:
        """Take an own entry back."""
        self.own(words).get_by_role("button").click()
        self.own(words).wait_for(state="detached")
        assert self.page.locator("#said").inner_text() != ""

    def give(self, dots: dict[str, int]) -> None:
        """Type how many dots each card gets."""
        for box in self.page.locator(".stepper input").all():
            box.fill("0")
        for words, number in dots.items():
            self.page.get_by_label(words, exact=True).fill(str(number))

    def given(self, dots: dict[str, int]) -> dict[str, int]:
        """Return what the form holds for these cards."""
        return {
            words: int(self.page.get_by_label(words, exact=True).input_value()) for words in dots
        }

    def rate(self, step: int, now: str, target: str) -> None:
        """Tap a level for today and one for the target of the dimension asked now."""
        self.page.locator("nav.steps a[aria-current=step]").filter(has_text=str(step)).wait_for()
        self.page.check(f'input[name=current][value="{now}"]', force=True)
        self.page.check(f'input[name=target][value="{target}"]', force=True)
        if step == 1:
            self.look("rating")
        self.send()
        self.page.locator(".own li").nth(step - 1).wait_for()

    def promise(self, action: str, result: str, due: date, partner: str, need: str) -> None:
        """Write a commitment with all it needs."""
        page = self.page
        page.fill("#f-action", action)
        page.fill("#f-deliverable", result)
        page.fill("#f-due", f"{due:%d.%m.%Y}")
        page.check('input[name=strength][value="4"]', force=True)
        page.locator('[id="f-needs.0.organisation"]').select_option(label=partner)
        page.fill('[id="f-needs.0.what"]', need)
        self.send()
        self.received()
        self.own(action).wait_for()

    def look(self, what: str) -> None:
        """Keep a picture, let axe look at this kind of page, and see that nothing is cut off."""
        self.watch.picture(self.page, f"{self.name}-{what}", whole=True)
        if self.scripts:
            self.watch.check(self.page, f"phone-{what}")
        else:
            self.watch.check_copy(self.page, f"phone-without-scripts-{what}")
        wide = self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert wide, f"{what}: the page is wider than the phone"
        assert self.page.evaluate(TORN, "main") == []
