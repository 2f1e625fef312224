"""The walk from the QR code to the report: real people, real browsers, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
import time

from screens.blueprints import BLUEPRINTS
from tests.house import House
from tests.walk import afterwards, meetings
from tests.walk.desk import Desk
from tests.walk.preparing import (
    make_account,
    make_series,
    make_workshop,
    paste_organisations,
)
from tests.walk.running import Cockpit
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
    codes = [make_workshop(coordinator, one.title.said(language)) for one in BLUEPRINTS[:2]]
    lap('prepared')
    facilitator = Cockpit(watch, "Фани", password)
    facilitator.sign_in("another long one 8")
    hall = meetings.Hall(watch, facilitator)
    meetings.come_in(hall, codes[0]); lap('in')
    meetings.write_ideas(hall); lap('written')
    meetings.sort_ideas(hall); lap('sorted')
    meetings.vote(hall); lap('voted')
    print(hall.seen)
    meetings.rate(hall, codes[1]); lap('rated')
    meetings.promise(hall); lap('promised')
    print(hall.seen)
    import json
    json.dump(dict(seen=hall.seen), open('/tmp/walkdev/seen.json','w'))
    import shutil, os, sqlite3
    if os.environ.get("KEEP"):
        a=sqlite3.connect(house.database); b=sqlite3.connect(os.environ["KEEP"]); a.backup(b); a.close(); b.close()
    afterwards.keep_registers(coordinator, hall); lap('registers')
    afterwards.finish(coordinator)
    afterwards.take_home(coordinator, hall); lap('home')
    watch.close()
    print(watch.faults, watch.far())
