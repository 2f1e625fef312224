"""Signing in: the page, the cookie checked on every run, roles, and what strangers get."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Any

import pytest

from screens import coordinator, files, staff, web
from screens.projector import place
from screens.web import local
from tests.screens.facilitation import PASSWORD, SCREENS, Browser, Facilitation, button, shown
from workshop.model import NotFound, Refused, Role
from workshop.toolkit import Toolkit

HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    return Facilitation(toolkit, monkeypatch)


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def browser(work: Facilitation, runner: asyncio.Runner) -> Iterator[Browser]:
    opened = Browser(runner)
    yield opened
    opened.close()


def sign_in(browser: Browser, name: str = "Фани", password: str = PASSWORD, **more: str) -> Any:
    form = {"name": name, "password": password, **more}
    return browser.post("/staff", data=form, headers=HERE)


def test_a_right_password_opens_the_door_with_a_cookie_scripts_cannot_read(
    browser: Browser,
) -> None:
    answer = sign_in(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = next(one for one in answer.headers.get_list("set-cookie") if staff.COOKIE in one)
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    inside = browser.get("/staff").text
    assert "You are signed in as Фани" in inside


def test_under_https_the_cookie_is_bound_to_the_host(
    work: Facilitation, runner: asyncio.Runner
) -> None:
    safe = Browser(runner, "https://hall.example")
    answer = sign_in(safe)
    safe.close()
    signed = [one for one in answer.headers.get_list("set-cookie") if staff.SAFE_COOKIE in one]
    assert "Secure" in signed[0]


def test_a_wrong_password_keeps_the_name_and_says_one_sentence(browser: Browser) -> None:
    answer = sign_in(browser, name='Фани "<b>', password="wrong")
    assert answer.status_code == 401
    assert 'role="alert"' in answer.text
    assert "Фани &quot;&lt;b&gt;" in answer.text
    assert staff.COOKIE not in answer.headers.get("set-cookie", "")


def test_many_wrong_passwords_are_slowed_but_a_known_browser_is_not(browser: Browser) -> None:
    sign_in(browser)
    known = dict(browser.cookies)
    browser.cookies.clear()
    for _ in range(5):
        answer = sign_in(browser, password="wrong")
    assert "wait" in answer.text
    assert sign_in(browser).status_code == 401
    browser.cookies.update(known)
    assert sign_in(browser).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {},
    ],
)
def test_forms_of_other_sites_are_refused(browser: Browser, headers: dict[str, str]) -> None:
    form = {"name": "Фани", "password": PASSWORD}
    for path in ("/staff", "/staff/out", "/staff/password"):
        assert browser.post(path, data=form, headers=headers).status_code == 403
    assert browser.post("/staff", data=form, headers={"origin": "http://hall.example"}).is_redirect


def test_after_signing_in_people_go_where_they_wanted_but_never_elsewhere(
    browser: Browser,
) -> None:
    assert sign_in(browser, next="/wall?w=first").headers["location"] == "/wall?w=first"
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "", "/a\nb"):
        assert local(elsewhere) == "/"


def test_signing_out_forgets_the_cookie(browser: Browser) -> None:
    sign_in(browser)
    browser.post("/staff/out", headers=HERE)
    assert "Password" in browser.get("/staff").text
    assert staff.COOKIE not in browser.cookies


def test_a_new_password_ends_old_visits_and_keeps_this_one(
    browser: Browser, work: Facilitation
) -> None:
    sign_in(browser)
    old = browser.cookies[staff.COOKIE]
    form = {"old": PASSWORD, "new": "four other long words", "again": "four other long words"}
    answer = browser.post("/staff/password", data=form, headers=HERE)
    assert answer.status_code == 200
    assert "signed in" in browser.get("/staff").text
    assert staff.whose(old) is None
    wrong = browser.post("/staff/password", data={**form, "again": "typo"}, headers=HERE)
    assert wrong.status_code == 422


def test_the_sign_in_page_speaks_both_languages_and_allows_no_script(browser: Browser) -> None:
    answer = browser.get("/staff", headers={"accept-language": "bg-BG,bg;q=0.9,en;q=0.5"})
    assert '<html lang="bg">' in answer.text
    assert "Парола" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "script-src" not in answer.headers["content-security-policy"]
    assert browser.get("/staff/assets/signin.css").status_code == 200
    assert browser.get("/staff/assets/staff.html").status_code == 404
    turned = browser.get("/staff/language/en?next=/wall")
    assert turned.headers["location"] == "/wall"


def test_downloads_are_for_the_one_they_were_signed_for(
    browser: Browser, work: Facilitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria = work.member(Role.coordinator)
    address = files.address(maria, "archive", work.series.id, "bg")
    assert browser.get(address).status_code == 404
    sign_in(browser)
    assert browser.get(address).status_code == 404
    assert browser.get("/staff/files/forged").status_code == 404
    sign_in(browser, name=maria.name)
    monkeypatch.setattr(files, "_run", lambda command, language: _pretend(command))
    answer = browser.get(address)
    assert answer.content == b"made"
    assert "filename*=UTF-8''%D0%90" in answer.headers["content-disposition"]


def test_a_file_is_made_in_a_process_of_its_own(work: Facilitation) -> None:
    maria = work.member(Role.coordinator)
    signed = files.address(maria, "archive", work.series.id, "bg").rsplit("/", 1)[1]
    order = files.read(signed, maria)
    assert order is not None
    made = files.make(order)
    assert made.name.startswith("Архив brezovo")
    assert "brezovo" in json.dumps(json.loads(made.content))


def test_a_file_that_cannot_be_made_is_a_sentence(work: Facilitation) -> None:
    maria = work.member(Role.coordinator)
    order = files.Order(kind="archive", about="0" * 32, language="en", by=maria.id)
    with pytest.raises((Refused, NotFound)):
        files.make(order)


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("Traceback (most recent call last):\n  …\nmodel.Odd: Мария: каза", "model.Odd"),
        ("Traceback (most recent call last):\n  …\n[parameters: (Мария)]", "-"),
        ("Мария: каза", "-"),
        ("", "-"),
    ],
)
def test_the_log_of_a_failed_file_holds_nobodys_words(
    said: str,
    logged: str,
    work: Facilitation,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    done = subprocess.CompletedProcess([], 3, b"", said.encode())
    monkeypatch.setattr(subprocess, "run", lambda *order, **more: done)
    maria = work.member(Role.coordinator)
    with pytest.raises(Refused):
        files.make(files.Order(kind="archive", about=work.series.id, language="en", by=maria.id))
    assert caplog.messages == [f"a file could not be made (3): {logged}"]


def test_only_a_few_wait_for_files(work: Facilitation, monkeypatch: pytest.MonkeyPatch) -> None:
    maria = work.member(Role.coordinator)
    order = files.Order(kind="archive", about=work.series.id, language="en", by=maria.id)
    monkeypatch.setattr(files, "_in_line", BoundedSemaphore(1))
    with files._in_line, pytest.raises(Refused) as refused:
        files.make(order)
    assert refused.value.field == files.BUSY


def _pretend(command: list[str]) -> None:
    with open(command[command.index("-o") + 1], "wb") as target:
        target.write(b"made")


def test_a_signed_out_visitor_sees_only_the_way_in(work: Facilitation) -> None:
    work.enter(None)
    for name in ("", "facilitator/board.py", "projector/wall.py", "coordinator/series.py"):
        page = work.open(name)
        assert 'href="/staff' in shown(page)
        assert not page.button
        assert "First meeting" not in shown(page)


def test_a_stolen_streamlit_visit_without_the_cookie_shows_nothing(work: Facilitation) -> None:
    page = work.open("facilitator/cockpit.py")
    assert button(page, "show-lobby")
    work.enter(None)
    page.run()
    assert not page.button
    assert "Sign in" in shown(page)


def test_a_disabled_account_is_out_at_once(work: Facilitation) -> None:
    page = work.open("facilitator/cockpit.py")
    work.member(Role.coordinator)
    work.toolkit.accounts.set_active(None, work.facilitator.id, False)
    page.run()
    assert not page.button


@pytest.mark.parametrize("role", list(Role))
def test_each_role_sees_its_screens_and_no_others(work: Facilitation, role: Role) -> None:
    work.enter(work.member(role))
    pages = {
        "facilitator/cockpit.py": Role.observer,
        "facilitator/observing.py": Role.observer,
        "projector/wall.py": Role.observer,
        "facilitator/board.py": Role.facilitator,
        "facilitator/result.py": Role.facilitator,
        "facilitator/handing.py": Role.facilitator,
        "facilitator/people.py": Role.facilitator,
    }
    pages |= {str(one.path.relative_to(SCREENS)): one.role for one in coordinator.PAGES}
    rank = [Role.observer, Role.facilitator, Role.coordinator]
    for name, least in pages.items():
        page = work.open(name)
        turned_away = "may not open" in shown(page)
        assert turned_away is (rank.index(role) < rank.index(least)), (role, name)
        assert turned_away is ("Back to the workshop" in shown(page)), (role, name)


def test_observers_see_the_cockpit_without_acting(work: Facilitation) -> None:
    work.enter(work.member(Role.observer))
    page = work.open("facilitator/cockpit.py")
    assert button(page, "next").disabled
    assert button(page, "joining").disabled
    assert work.workshop.current_stage_id is None


def test_observers_choose_their_look_but_turn_no_wall(work: Facilitation) -> None:
    work.move("open")
    work.write("Сайтът е остарял")
    work.move("locked", "revealed")
    page = work.open("projector/wall.py", w="brezovo-1")
    turned = place.count(work.workshop_id)
    page.button(key="wall-table").click().run()
    assert place.count(work.workshop_id) == turned + 1
    pressed = page.button(key="wall-table").click()
    work.enter(work.member(Role.observer))
    pressed.run()
    assert place.count(work.workshop_id) == turned + 1
    shut = {one.key for one in page.button if one.disabled}
    turns = {"wall-back-Left", "wall-back-PageUp", "wall-on-Right", "wall-on-PageDown"}
    assert shut == {*turns, "wall-table"}


def test_cookies_of_other_purposes_open_nothing(work: Facilitation) -> None:
    signer = work.toolkit.signer
    value = {"id": work.facilitator.id, "stamp": work.toolkit.accounts.stamp(work.facilitator)}
    assert staff.whose(signer.sign(value, staff.PURPOSE)) == work.facilitator
    assert staff.whose(signer.sign(value, files.PURPOSE)) is None
    assert staff.whose(signer.sign(value, web.BROWSER_COOKIE)) is None
    assert staff.whose("") is None
