"""The walk from the QR code to the report: real people, real browsers, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
import time

from screens.blueprints import BLUEPRINTS
from tests.house import House
from tests.walk.desk import Desk
from tests.walk.person import LOOK_ALIKE, Person
from tests.walk.preparing import (
    ORGANISATIONS,
    make_account,
    make_series,
    make_workshop,
    paste_organisations,
)
from tests.walk.running import Cockpit
from tests.walk.story import DOTS, STORIES, TOTALS
from tests.walk.watch import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("language", ["bg", "en"])
def test_from_the_code_to_the_report(
    language: str, browser: Browser, serve: Callable[..., House]
) -> None:
    t = time.time()
    def lap(x): print(f"{time.time()-t:6.1f} {x}", flush=True)
    house = serve(); lap('served')
    watch = Watch(browser, house.url, language)
    coordinator = Desk(watch, *house.name_and_password)
    coordinator.sign_in("a long new password 7")
    make_series(coordinator)
    paste_organisations(coordinator)
    password = make_account(coordinator, "Фани")
    needs, strategy = (one.title.said(language) for one in BLUEPRINTS[:2])
    first, second = make_workshop(coordinator, needs), make_workshop(coordinator, strategy)
    lap('prepared')
    names = [bg if language == "bg" else en for bg, en, _ in ORGANISATIONS]
    story = STORIES[language]

    facilitator = Cockpit(watch, "Фани", password)
    facilitator.sign_in("another long one 8")
    facilitator.enter("lipovo-municipality-1")
    facilitator.look("cockpit")
    wall = facilitator.open_wall()
    wall.invites(first)
    wall.look("lobby")
    lap('wall')
    anna, boris, vera = (Person(watch, "anna"), Person(watch, "boris"), Person(watch, "vera", scripts=False))
    anna.join(first, names[0], typed=f" {first[:3]} {first[3:]}".translate(LOOK_ALIKE).lower())
    boris.join(first, names[3])
    vera.join(first, "Клуб „Река“", typed=first, known=False)
    wall.see(".joined .all b", "3")
    wall.look("lobby-3")
    lap('joined')
    facilitator.open("/room?workshop=lipovo-municipality-1")
    facilitator.look("room")
    facilitator.press("Accept")
    facilitator.button("Accept").wait_for(state="detached")

    stages = [stage.title.said(language) for stage in BLUEPRINTS[0].stages]
    facilitator.enter("lipovo-municipality-1")
    facilitator.next(stages[0])
    wall.see(".tag"); wall.look("planned")
    facilitator.move("open")
    wall.see(".tag.open")
    lap('open')
    anna.form(); anna.look("swot-form")
    anna.send()
    anna.page.locator("#errors").wait_for(); anna.look("swot-empty")
    anna.write("S", story.library_before); anna.look("swot-sent")
    anna.write("W", story.website)
    anna.write("O", story.skills)
    anna.write("T", story.slip)
    anna.page.locator(".own li").nth(anna.card(story.library_before)).get_by_role("link").click()
    anna.wait(".changing"); anna.look("changing")
    assert anna.page.input_value("textarea") == story.library_before
    anna.page.fill("textarea", story.library)
    anna.send()
    anna.page.locator(".own").filter(has_text=story.library).wait_for()
    anna.page.locator(".own li").nth(anna.card(story.slip)).get_by_role("button").click()
    anna.page.locator("#said").filter(has_text=anna.say("No. {number} is withdrawn.").split("{")[1].split("}")[1]).wait_for()
    assert story.slip not in anna.page.locator(".own").inner_text()
    anna.look("withdrawn")
    lap('anna wrote')
    boris.wait("#entry")
    boris.write("W", story.website_again); boris.write("T", story.young)
    vera.wait("#entry"); vera.look("swot-noscript")
    vera.write("W", story.insult); vera.write("O", story.neighbours); vera.look("swot-noscript-sent")
    wall.see(".count", "3")
    wall.look("asking")
    assert story.library not in wall.text()
    lap('wrote')
    facilitator.look("cockpit-open")
    facilitator.move("locked")
    wall.see(".pulse .state")
    wall.look("locked")
    anna.wait(".agenda .now"); anna.look("locked")
    facilitator.sort(); facilitator.look("board")
    facilitator.merge(story.website, story.website_again)
    facilitator.hide(story.insult, "Insult")
    facilitator.look("board-after")
    facilitator.enter("lipovo-municipality-1")
    facilitator.move("revealed")
    wall.see(".body", story.library); wall.look("board")
    text = wall.text()
    print(text)
    assert story.website in text and story.insult not in text and story.slip not in text
    for person in (anna, boris, vera):
        person.wait(".quadrant", text=story.website)
        person.look("swot-result")
        assert story.insult not in person.page.inner_text("main") or person is vera
    lap('revealed')
    facilitator.hand_on(5, stages[1])
    lap('handed')
    facilitator.enter("lipovo-municipality-1")
    facilitator.look("cockpit-revealed")
    facilitator.move("closed")
    facilitator.next(stages[1])
    facilitator.move("open")
    anna.wait(".left"); anna.look("dots")
    anna.page.pause if 0 else None
    lap('dots open')
    watch.close()
    print(watch.faults, watch.far())
