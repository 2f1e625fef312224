"""A facilitator who has never seen it walks docs/first-workshop.md, alone with 25 scripted people.

Whoever walks counts: a click, a key or a field filled is one action. What is pressed and filled in
each step is compared with what stands in *italics* in that step of both documents, so that they
can neither drift apart nor leave anything out.

    python -m tests.screens.test_first_workshop_in_chromium en     makes the English pictures anew
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.house import ROOT, House
from workshop.language import Language, Multilingual, Sayable, counted, say, text
from workshop.toolkit import Toolkit

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATIENCE = 60_000
MOST = 60
WIDTH = 960
"""Of the pictures in the documents."""
PEOPLE = 25
PAPERS: dict[Language, Path] = {
    "en": ROOT / "docs" / "first-workshop.md",
    "bg": ROOT / "docs" / "first-workshop.bg.md",
}
NEEDS = Multilingual(bg="Семинар за оценка на нуждите", en="Needs assessment workshop")
SWOT = Multilingual(
    bg="Силни и слаби страни, възможности и заплахи",
    en="Strengths, weaknesses, opportunities and threats",
)
VOTE = Multilingual(bg="Кое тежи най-много", en="What weighs most")
LATER = Multilingual(bg="Откъде да започнем", en="Where to begin")


@dataclass
class Walk:
    """A facilitator before a browser, who notes what they do."""

    browser: Browser
    house: House
    language: Language
    pictures: Path | None = None
    """Where pictures for the document go, when they are made anew."""
    done: list[list[Sayable]] = field(default_factory=list)
    """What was pressed or filled, step by step."""

    def __post_init__(self) -> None:
        context = self.browser.new_context(
            base_url=self.house.url, locale={"bg": "bg-BG", "en": "en-GB"}[self.language],
            viewport={"width": 1280, "height": 800}, reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.wall: Page | None = None

    def step(self) -> None:
        """Begin the next step of the document."""
        self.done.append([])

    def say(self, what: Sayable) -> str:
        """Return words of the product as this facilitator reads them."""
        return say(what, self.language)

    def fill(self, label: str, words: str, place: str) -> None:
        """Fill a field: one action."""
        self.done[-1].append(text(label))
        self.page.locator(place).fill(words)

    def press(self, label: str | Sayable, role: Any = "button", inside: Any = None) -> None:
        """Press what reads so: one action."""
        words = text(label) if isinstance(label, str) else label
        self.done[-1].append(words)
        where: Page | Locator = inside or self.page
        where.get_by_role(role, name=self.say(words), exact=True).first.click()

    def go(self, screen: str) -> None:
        """Go to a screen by the navigation at the top: one action."""
        self.press(screen, "link", self.page.get_by_role("navigation"))

    def onward(self, label: str | Sayable, state: str) -> None:
        """Press the big button below the wall's picture, until the wall says so."""
        self.press(label, inside=self.page.locator(".st-key-steer"))
        self.see(f"[class*=st-key-back-{state}], [class*=st-key-onward-{state}]")

    def see(self, selector: str, words: str | re.Pattern[str] = "") -> Locator:
        """Wait until something stands on the page."""
        found = self.page.locator(selector).filter(has_text=words, visible=True).first
        found.wait_for()
        return found

    def crew(self, label: str) -> str:
        """Send for the scripted people and wait until they say how it went."""
        told = self.page.locator(".st-key-rehearsal [data-testid=stCaptionContainer]")
        told = told.filter(has_text=re.compile(r"\d"))
        before = told.first.inner_text() if told.count() else "–"
        self.press(label)
        told = told.filter(has_not_text=before).first
        told.wait_for()
        assert str(PEOPLE) in told.inner_text()
        return told.inner_text()

    def cockpit(self) -> None:
        """Go back to the cockpit."""
        self.go("Run")
        self.see(".hall.small")

    def keep(self, name: str, page: Page) -> None:
        """Make a picture for the document."""
        if self.pictures is None:
            return
        from PIL import Image

        # Pressing something may have scrolled there.
        page.evaluate("document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)")
        page.wait_for_timeout(1500)
        file = self.pictures / f"{name}.{self.language}.png"
        page.screenshot(path=file)
        with Image.open(file) as whole:
            size = (WIDTH, round(whole.height * WIDTH / whole.width))
            small = whole.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        small.quantize(256, kmeans=2, dither=Image.Dither.NONE).save(file, optimize=True)


def sign_in(walk: Walk) -> None:
    """Sign in."""
    name, password = walk.house.name_and_password
    own = "a long new password 7"
    walk.page.goto("/staff")
    walk.fill("Name", name, "#name")
    walk.fill("Password", password, "#password")
    walk.press("Sign in")
    walk.fill("Password until now", password, "#old")
    walk.fill("New password", own, "#new")
    walk.fill("New password once more", own, "#again")
    walk.press("Change password")
    walk.press("To the workshops", "link")
    walk.see(".hall.small")


def prepare(walk: Walk) -> None:
    """Prepare a workshop."""
    walk.press("Preparation", inside=walk.page.get_by_role("navigation"))
    walk.press("Workshops", "menuitem")
    walk.done[-1].append(NEEDS)
    walk.page.get_by_text(NEEDS.said(walk.language), exact=True).first.click()
    walk.see(f"input[value='{NEEDS.said(walk.language)}']")
    walk.press("Create the workshop")
    walk.see("[data-testid=stAlert]")


def copy(walk: Walk) -> None:
    """Make a rehearsal of it."""
    walk.press("Rehearse it alone")
    walk.see(".st-key-rehearsal")
    with walk.page.context.expect_page() as opened:
        walk.done[-1].append(text("Open the wall"))
        link = walk.page.get_by_role("link", name=walk.say(text("Open the wall")))
        link.click(modifiers=["Shift"])  # in a window of its own: in a second tab, this one dozes
    walk.wall = opened.value
    walk.wall.set_viewport_size({"width": 1920, "height": 1080})
    walk.wall.locator(".hall.full .trial", has_text=walk.say(text("Rehearsal"))).wait_for()


def let_in(walk: Walk) -> None:
    """Let people in."""
    walk.crew("Let them join")
    walk.see(".sed-pulse b", re.compile(f"^{PEOPLE}$"))


def collect(walk: Walk) -> None:
    """Collect strengths, weaknesses, opportunities and threats."""
    line = walk.page.locator(".sed-agenda", has_text=SWOT.said(walk.language)).first
    row = line.locator("xpath=ancestor::*[@data-testid='stHorizontalBlock'][1]")
    walk.press("Show", inside=row)
    walk.see(".sed-agenda.now", SWOT.said(walk.language))
    walk.onward("Open", "locked")
    walk.crew("Let them answer")
    walk.keep("first-workshop-1", walk.page)
    walk.onward("Lock: no more entries", "revealed")


def merge(walk: Walk) -> None:
    """Merge what says the same."""
    walk.go("Sort")
    for _ in range(6):
        pair = walk.see("[class*=st-key-same-]")
        name = next(
            one for one in str(pair.get_attribute("class")).split() if one.startswith("st-key-same")
        )
        walk.done[-1].append(text("Merge"))
        pair.get_by_role("button").click()
        walk.page.locator(f".{name}").wait_for(state="detached")
    walk.keep("first-workshop-2", walk.page)


def reveal(walk: Walk) -> None:
    """Show the result."""
    walk.cockpit()
    walk.onward("Show the result", "closed")
    assert walk.wall is not None
    walk.wall.locator(".hall.full .tag.done").wait_for()


def hand_on(walk: Walk) -> None:
    """Hand the strongest cards on to the vote."""
    walk.go("Hand on")
    lines = _hand(walk, VOTE)
    assert lines == 20, "five of each field: too many share a place to go on together"


def vote(walk: Walk) -> None:
    """Vote."""
    walk.cockpit()
    walk.onward("Close the stage", "revealed")
    walk.press(text("Next: {title}", title=VOTE), inside=walk.page.locator(".st-key-steer"))
    walk.see("[class*=st-key-onward-open]")
    walk.onward("Open", "locked")
    told = walk.crew("Let them answer")
    assert told.count(str(PEOPLE)) == 2, "one ballot each"
    walk.onward("Lock: no more entries", "revealed")
    walk.onward("Show the result", "closed")
    assert walk.wall is not None
    walk.wall.locator(".hall.full .stage", has_text=VOTE.said(walk.language)).wait_for()
    walk.wall.locator(".hall.full .tag.done").wait_for()
    walk.keep("first-workshop-3", walk.wall)


def go_on(walk: Walk) -> None:
    """Hand the winners on to a later stage."""
    walk.go("Hand on")
    assert _hand(walk, LATER) > 0


def throw_away(walk: Walk) -> None:
    """Throw the rehearsal away."""
    walk.cockpit()
    walk.press("Throw the rehearsal away")
    walk.press("Yes, delete it")
    walk.page.locator(".st-key-rehearsal").wait_for(state="detached")
    walk.see(".st-key-rehearse")
    assert walk.wall is not None
    walk.wall.get_by_text(walk.say(text("Which workshop shall the wall show?"))).wait_for()
    for page in (walk.page, walk.wall):
        assert page.locator("[data-testid=stException]").count() == 0


STEPS: tuple[Callable[[Walk], None], ...] = (
    sign_in, prepare, copy, let_in, collect, merge, reveal, hand_on, vote, go_on, throw_away,
)  # fmt: skip


def _hand(walk: Walk, target: Multilingual) -> int:
    """Press the button that says how many lines are ticked; return how many."""
    button = walk.see(".st-key-hand-act button", re.compile("[1-9]"))
    found = re.search(r"\d+", button.inner_text())
    assert found is not None
    n = int(found.group())
    walk.done[-1].append(counted("Hand on {n} line", "Hand on {n} lines", n=n))
    button.click()
    told = text("Handed on to “{title}”.", title=target)
    walk.page.get_by_text(walk.say(told)).first.wait_for()
    return n


def written(language: Language) -> list[tuple[str, list[str]]]:
    """Return the steps of a document: what each is called, and what is pressed or filled in it."""
    paper = PAPERS[language].read_text(encoding="utf-8")
    steps = re.split(r"^### \d+\. ", paper, flags=re.MULTILINE)[1:]
    parts = [one.split("\n## ")[0].partition("\n") for one in steps]
    marked = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
    return [(name, [_bare(one) for one in marked.findall(said)]) for name, _, said in parts]


def _shown(act: Sayable, language: Language) -> str:
    return _bare(say(act, language))


def _bare(words: str) -> str:
    """Return words as they are compared: how many lines are ticked depends on who came first."""
    return re.sub(r"\b\d+\b", "…", " ".join(words.split()))


def test_a_newcomer_runs_it_alone_as_the_document_says(
    serve: Callable[..., House], browser: Browser
) -> None:
    house = serve(demo=True)
    walk = Walk(browser, house, "bg")
    for one in STEPS:
        walk.step()
        one(walk)
    names = [str(one.__doc__).rstrip(".") for one in STEPS]
    assert [name for name, _ in written("en")] == names
    for language in PAPERS:
        steps = written(language)
        assert [acts for _, acts in steps] == [
            [_shown(act, language) for act in acts] for acts in walk.done
        ]
    actions = sum(len(acts) for acts in walk.done) + 1  # the address of the staff's door
    assert actions < MOST
    for paper in PAPERS.values():
        assert f"{actions} " in paper.read_text(encoding="utf-8").split("\n## ")[0]
    _nothing_is_left(house)


def _nothing_is_left(house: House) -> None:
    with Toolkit.open(house.database, write=False) as toolkit:
        [series] = toolkit.library.all_series()
        shops = toolkit.library.workshops(series.id, copies=True)
        assert [one.title for one in shops if one.title == NEEDS] == [NEEDS]
        [original] = [one for one in shops if one.title == NEEDS]
        assert toolkit.people.participants(original.id) == []
        assert not any(one.ever_opened for one in toolkit.agenda.stages(original.id))


def draw(language: Language) -> None:
    """Walk once more to make the pictures of a document."""
    from playwright.sync_api import sync_playwright

    from tests import chromium

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        house = House(f"{folder}/sedyanka.db", demo=True).start()
        try:
            opened = playwright.chromium.launch(
                executable_path=chromium.find(), args=chromium.FLAGS
            )
            walk = Walk(opened, house, language, ROOT / "docs")
            for one in STEPS:
                walk.step()
                one(walk)
                for act in walk.done[-1]:
                    print(one.__name__, say(act, "en"), "|", say(act, "bg"))
            print(sum(len(acts) for acts in walk.done) + 1)
        finally:
            house.stop()


if __name__ == "__main__":
    draw(sys.argv[1])
