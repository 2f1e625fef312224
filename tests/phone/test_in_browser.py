"""Real people's phones: Chromium at 360 pixels, both languages, with and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.phone.conftest import Hall
from workshop.model import StageState

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.browser
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
}
SIZE = {"width": 360, "height": 640}
LOCALES = {"bg": "bg-BG", "en": "en-GB"}
Take = Callable[..., "Page"]


@pytest.fixture
def take(browser: Browser, address: str) -> Iterator[Take]:
    """Take out a phone; what it asks for elsewhere, or complains about, fails the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def out(language: str = "bg", **wishes: Any) -> Page:
        context = browser.new_context(
            viewport=wishes.pop("viewport", SIZE), locale=LOCALES[language], is_mobile=True,
            has_touch=True, base_url=address, **wishes,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: wrong.append(dialog.message))
        page.on("console", lambda line: wrong.append(line.text) if _bad(line.text) else None)
        page.on("request", lambda asked: wrong.append(asked.url) if _far(asked.url) else None)
        return page

    def _far(url: str) -> bool:
        return urlsplit(url).scheme != "data" and urlsplit(url).netloc != urlsplit(address).netloc

    yield out
    for context in contexts:
        context.close()
    assert wrong == []


def _bad(line: str) -> bool:
    return "Content Security Policy" in line or "Uncaught" in line


def at_a_glance(page: Page) -> None:
    """A thumb need not scroll: question, field and button stand on the screen, apart."""
    parts = [page.locator(one).bounding_box() for one in ("h1", "label", "textarea", ".send")]
    places = [(one["y"], one["y"] + one["height"]) for one in parts if one is not None]
    edges = [edge for place in places for edge in place]
    assert len(places) == 4
    assert edges == sorted(edges)
    assert edges[-1] <= SIZE["height"]


def check(page: Page) -> None:
    """Let axe look at the page: nothing may be wrong for people who see or hear it differently."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    narrow = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert narrow, "the page is wider than the phone"


def join(page: Page, hall: Hall, group: int = 0) -> None:
    """Walk through the door with a thumb."""
    page.goto(f"/j/{hall.workshop.code}")
    page.locator(".group > summary").nth(group).click()
    page.locator(".group").nth(group).locator(".card").first.click()
    page.click(".send")
    page.wait_for_url("**/w/*")


def own(page: Page, n: int) -> None:
    """Wait until so many own entries are listed."""
    page.wait_for_selector(f".own li >> nth={n - 1}", timeout=20_000)
    assert page.locator(".own li").count() == n


@pytest.mark.parametrize("language", ["bg", "en"])
@pytest.mark.parametrize("scripts", [True, False])
def test_the_whole_walk_is_open_to_everybody(
    hall: Hall, take: Take, language: str, scripts: bool
) -> None:
    stage = hall.stage()
    page = take(language, java_script_enabled=scripts)

    def look(selector: str, action: Callable[[], Any]) -> None:
        action()
        if not scripts:
            hall.settle()
            page.goto(hall.here)
        page.wait_for_selector(selector, timeout=10_000)
        if scripts:
            check(page)

    def move(state: str) -> Callable[[], Any]:
        return lambda: hall.toolkit.agenda.move(None, stage.id, StageState(state))

    page.goto("/j")
    page.fill("#f-code", hall.workshop.code.lower())
    page.click(".send")
    page.wait_for_url("**/j/*")
    page.click(".send")
    page.wait_for_selector("#errors")
    if scripts:
        check(page)
    join(page, hall)
    look(".agenda", lambda: None)
    look("#entry", move("open"))
    at_a_glance(page)
    page.fill("textarea", "a")
    page.click(".send")
    page.wait_for_selector("#errors")
    if scripts:
        check(page)
    page.fill("textarea", "Добра библиотека")
    page.click(".send")
    own(page, 1)
    assert page.inner_text("#said").startswith({"bg": "Получено в", "en": "Received at"}[language])
    if scripts:
        check(page)
    page.click(".own a.act")
    page.wait_for_selector(".changing")
    assert page.input_value("textarea") == "Добра библиотека"
    page.fill("textarea", "Добра градска библиотека")
    page.click(".send")
    page.wait_for_selector("text=градска")
    own(page, 1)
    page.fill("textarea", "Ще го оттегля")
    page.click(".send")
    own(page, 2)
    page.locator(".own li").nth(1).locator("button").click()
    own(page, 1)
    look(".agenda .now", move("locked"))
    look(".block", move("revealed"))
    look(".block", move("closed"))
    look(".own", lambda: hall.toolkit.library.finish_workshop(None, hall.workshop.id))
    assert hall.written(stage) == ["Добра градска библиотека"]


@pytest.mark.parametrize(
    "wishes",
    [
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"viewport": {"width": 320, "height": 568}},
        {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"},
    ],
    ids=["dark", "forced", "narrow", "wide"],
)
def test_it_is_readable_in_every_light(hall: Hall, take: Take, wishes: dict[str, Any]) -> None:
    stage = hall.open_stage()
    page = take("en", **wishes)
    page.goto("/j/WRONG")
    check(page)
    join(page, hall, 2)
    page.wait_for_selector("#entry")
    check(page)
    page.fill("textarea", "Averylongwordwithoutanyspace" * 12)
    page.click(".send")
    own(page, 1)
    check(page)
    hall.move(stage, "locked", "revealed")
    page.wait_for_selector(".block", timeout=10_000)
    check(page)


def test_the_form_is_there_after_three_requests_and_an_entry_received_after_seven(
    hall: Hall, take: Take
) -> None:
    hall.open_stage()
    page = take()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    answered: list[str] = []
    weight = [0.0]
    cached: set[str] = set()
    network.on("Network.requestServedFromCache", lambda one: cached.add(one["requestId"]))
    network.on(
        "Network.responseReceived",
        lambda one: answered.append(one["requestId"]) if _wired(one["response"]["url"]) else None,
    )
    network.on(
        "Network.requestWillBeSent",
        lambda one: answered.append("redirect") if "redirectResponse" in one else None,
    )
    network.on("Network.loadingFinished", lambda one: _add(weight, one["encodedDataLength"]))
    page.goto(f"/j/{hall.workshop.code}")
    page.wait_for_load_state("networkidle")
    assert len(answered) == 3
    assert weight[0] <= 12_000
    page.locator(".group > summary").first.click()
    page.locator(".group .card").first.click()
    page.click(".send")
    page.wait_for_url("**/w/*")
    page.wait_for_selector("#entry")
    page.wait_for_timeout(500)
    page.fill("textarea", "Добра библиотека")
    page.click(".send")
    own(page, 1)
    asked = [one for one in answered if one not in cached]
    assert len(asked) <= 7
    assert weight[0] <= 20_000


def _wired(url: str) -> bool:
    return not url.startswith("data:")


def _add(total: list[float], more: float) -> None:
    total[0] += more


def test_what_is_typed_survives_a_reload_and_a_change_of_language(hall: Hall, take: Take) -> None:
    hall.open_stage()
    page = take("bg")
    join(page, hall)
    page.fill("textarea", "недописано")
    page.reload()
    assert page.input_value("textarea") == "недописано"
    page.click(".languages [name=_language]")
    page.wait_for_selector("html[lang=en-GB]")
    assert page.input_value("textarea") == "недописано"
    page.reload()
    assert page.input_value("textarea") == "недописано"


def test_the_room_goes_on_or_is_thrown_away_and_the_words_stay(hall: Hall, take: Take) -> None:
    hall.stage()
    hall.workshop = hall.toolkit.rehearsals.make(None, hall.workshop.id)
    (stage,) = hall.toolkit.agenda.stages(hall.workshop.id)
    hall.move(stage, "open")
    page = take("bg")
    join(page, hall)
    page.fill("textarea", "още пиша")
    hall.move(stage, "locked")
    page.wait_for_selector("#moved", timeout=10_000)
    assert page.input_value("textarea") == "още пиша"
    check(page)
    page.click("#go")
    page.wait_for_selector(".agenda")
    hall.move(stage, "open")
    page.wait_for_selector("#entry", timeout=10_000)
    assert page.input_value("textarea") == "още пиша"
    hall.toolkit.rehearsals.throw_away(None, hall.workshop.id)
    page.click(".send")
    page.wait_for_selector(".kept", timeout=10_000)
    assert page.inner_text("h1") == "Тази репетиция приключи."
    assert page.inner_text(".kept .words") == "още пиша"
    check(page)


def test_nothing_typed_means_nothing_asked(hall: Hall, take: Take) -> None:
    stage = hall.open_stage()
    page = take("bg")
    join(page, hall)
    hall.move(stage, "locked")
    page.wait_for_selector(".agenda", timeout=10_000)
    assert page.locator("#moved").count() == 0


def test_offline_words_are_sent_once_the_connection_is_back(hall: Hall, take: Take) -> None:
    stage = hall.open_stage()
    page = take("bg")
    join(page, hall)
    page.context.set_offline(True)
    page.click("footer a")  # not to the browser's own page
    page.wait_for_selector("#said.care")
    page.fill("textarea", "без връзка")
    page.click(".send")
    page.wait_for_selector("#said.held.care")
    assert "Запазено на телефона" in page.inner_text("#said")
    check(page)
    page.click(".send")  # an impatient second tap is the same entry
    page.fill("textarea", "и още нещо")
    page.click(".send")
    page.context.set_offline(False)
    own(page, 2)
    page.wait_for_selector("#said:not(.held)")
    assert hall.written(stage) == ["без връзка", "и още нещо"]
    page.click("footer a")
    page.wait_for_url("**/me")


def test_what_one_writes_meanwhile_is_not_wiped_by_the_answer(hall: Hall, take: Take) -> None:
    stage = hall.open_stage()
    page = take("bg")
    join(page, hall)
    page.context.set_offline(True)
    page.fill("textarea", "първо")
    page.click(".send")
    page.wait_for_selector("#said.held.care")
    page.fill("textarea", "второ, още не")
    page.context.set_offline(False)
    page.wait_for_selector("text=Получено в", timeout=20_000)
    assert page.input_value("textarea") == "второ, още не"
    assert hall.written(stage) == ["първо"]
    page.click(".send")
    own(page, 2)
    assert hall.written(stage) == ["първо", "второ, още не"]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_what_is_stored_and_the_way_to_another_phone_are_open_to_everybody(
    hall: Hall, take: Take, language: str
) -> None:
    hall.open_stage()
    page = take(language)
    join(page, hall)
    page.click("footer a")
    page.wait_for_url("**/me")
    check(page)
    page.locator("a.go").last.click()
    page.wait_for_url("**/move")
    check(page)
    page.locator("a.go").click()
    page.wait_for_selector("textarea")


def test_an_entry_sent_after_a_refusal_leaves_no_trace_of_it(hall: Hall, take: Take) -> None:
    stage = hall.open_stage()
    page = take("en")
    join(page, hall)
    page.fill("textarea", "long " * 400)
    page.click(".send")
    page.wait_for_selector("#errors")
    page.fill("textarea", "Short enough")
    page.click(".send")
    own(page, 1)
    assert page.locator("#errors").count() == 0
    assert page.input_value("textarea") == ""
    hall.move(stage, "locked")
    page.wait_for_selector(".agenda .now")


def test_forgetting_clears_what_the_phone_kept(hall: Hall, take: Take) -> None:
    hall.open_stage()
    page = take("bg")
    join(page, hall)
    page.fill("textarea", "недописано")
    assert page.evaluate("Object.keys(localStorage).length") > 0
    page.click("footer a")
    page.click("text=Нека телефонът ме забрави")
    page.wait_for_url("**/j")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_lost_answer_is_asked_for_again_and_counted_once(hall: Hall, take: Take) -> None:
    stage = hall.open_stage()
    page = take("en")
    join(page, hall)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/s/*", lose)
    page.fill("textarea", "Heard once")
    page.click(".send")
    own(page, 1)
    assert lost == [200]
    assert hall.written(stage) == ["Heard once"]


def test_a_hotels_sign_in_page_is_not_taken_for_an_answer(hall: Hall, take: Take) -> None:
    stage = hall.open_stage()
    page = take("en")
    join(page, hall)
    portal: list[str] = []

    def stand_between(route: Route) -> None:
        portal.append(route.request.url)
        if len(portal) < 3:
            route.fulfill(
                content_type="text/html", body="<main id=main>Welcome to our hotel</main>"
            )
        else:
            route.continue_()

    page.route("**/s/*", stand_between)
    page.fill("textarea", "Through the hotel")
    page.click(".send")
    page.wait_for_selector("#said.held.care")
    assert "hotel" not in page.inner_text("#main")
    own(page, 1)
    assert hall.written(stage) == ["Through the hotel"]


def test_a_stage_that_closed_meanwhile_gives_the_words_back(hall: Hall, take: Take) -> None:
    stage = hall.open_stage()
    page = take("bg")
    join(page, hall)
    page.context.set_offline(True)
    page.fill("textarea", "закъсняло")
    page.click(".send")
    page.wait_for_selector("#said.held")
    hall.move(stage, "locked")
    page.context.set_offline(False)
    page.wait_for_selector(".kept", timeout=20_000)
    assert page.inner_text(".kept .words") == "закъсняло"
    check(page)
    assert hall.written(stage) == []


def test_a_browser_that_keeps_nothing_still_sends(hall: Hall, take: Take) -> None:
    stage = hall.open_stage()
    page = take("bg")
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})"
    )
    join(page, hall)
    page.fill("textarea", "без памет")
    page.click(".send")
    own(page, 1)
    assert hall.written(stage) == ["без памет"]


def test_when_events_are_cut_off_polling_follows_the_room(hall: Hall, take: Take) -> None:
    stage = hall.open_stage()
    page = take("bg")
    page.route("**/events*", lambda route: route.abort())
    join(page, hall)
    hall.move(stage, "locked")
    page.wait_for_selector(".agenda", timeout=15_000)


def test_a_keyboard_is_enough(hall: Hall, take: Take) -> None:
    stage = hall.open_stage()
    page = take("en")
    page.goto(f"/j/{hall.workshop.code}")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.group') !== null"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # sends, and does not switch the language
    page.wait_for_url("**/w/*")
    assert page.get_attribute("html", "lang") == "en-GB"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
    page.keyboard.type("Typed with a keyboard")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    own(page, 1)
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert hall.written(stage) == ["Typed with a keyboard"]


def test_words_of_others_run_nothing(hall: Hall, take: Take) -> None:
    stage = hall.open_stage()
    page = take("bg")
    join(page, hall)
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script> $x$ {{7*7}}"
    page.fill("textarea", evil)
    page.click(".send")
    own(page, 1)
    assert page.inner_text(".own .words") == evil
    hall.move(stage, "locked", "revealed")
    page.wait_for_selector(".block", timeout=10_000)
    assert "alert(2)" in page.inner_text(".block >> nth=0")


def test_the_clock_counts_down_and_follows_the_facilitator(hall: Hall, take: Take) -> None:
    stage = hall.open_stage(minutes=3)
    clocks, page = hall.toolkit.clocks, take("en")
    # The phone's own time is wrong by years, and that must not matter.
    page.clock.install(time="2020-01-01T00:00:00")
    join(page, hall)
    shown = page.locator("#clock")
    shown.filter(has_text=re.compile(r"^(3:00|2:5\d) left$")).wait_for()
    check(page)
    page.clock.fast_forward(61_000)
    shown.filter(has_text=re.compile(r"^1:[45]\d left$")).wait_for()
    page.locator("textarea").first.fill("Half a thought")
    clocks.grant(None, stage.id, 120)
    shown.filter(has_text=re.compile(r"^[45]:\d\d left$")).wait_for(timeout=20_000)
    clocks.pause(None, stage.id)
    shown.filter(has_text="Clock paused: 5 min left").wait_for(timeout=20_000)
    page.clock.fast_forward(400_000)
    assert shown.inner_text() == "Clock paused: 5 min left"
    clocks.go(None, stage.id)
    shown.filter(has_text=re.compile(r"^[45]:\d\d left$")).wait_for(timeout=20_000)
    page.clock.fast_forward(400_000)
    shown.filter(has_text="Time is up. You may still send.").wait_for()
    check(page)
    clocks.call(None, stage.id)
    shown.filter(has_text="Last call").wait_for(timeout=20_000)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate("document.getElementById('clock').getBoundingClientRect().top") == 0
    assert page.locator("textarea").first.input_value() == "Half a thought"
    assert not page.locator("#moved").count()
    assert hall.toolkit.agenda.stage(stage.id).state is StageState.open
