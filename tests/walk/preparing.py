"""What a coordinator does before the meeting, and takes home after it."""

from __future__ import annotations

import re

from tests.walk.desk import Desk

TONGUES = {"bg": "български", "en": "English"}
MUNICIPALITY = {"bg": "Община Липово", "en": "Lipovo Municipality"}
THEME = {"bg": "Гражданско участие", "en": "Civic participation"}
ORGANISATIONS = (
    ("Община Липово", "Lipovo Municipality", "public"),
    ("Библиотека „Пробуда“", "Probuda Library", "public"),
    ("Търговска камара Липово", "Lipovo Chamber of Commerce", "private"),
    ("Сдружение „Мост“", "Bridge Association", "civic"),
    ("Институт по занаятите", "Institute of Crafts", "knowledge"),
)
WRONG_ROW = ("Дружба на марсианците", "Friends of Mars", "mars")


def make_series(desk: Desk) -> None:
    """Answer the two questions a series needs, and say who pays."""
    desk.prepare("Series")
    desk.see(desk.say("New series"))
    desk.look("no-series")
    for tongue, name in TONGUES.items():
        desk.write(f"{desk.say('Municipality')} · {name}", MUNICIPALITY[tongue])
        desk.write(f"{desk.say('Theme')} · {name}", THEME[tongue])
    desk.press("Create the series")
    desk.see(desk.say("The series is created. Next: the organisations, then the workshops."))
    desk.see(f"{MUNICIPALITY[desk.language]} · {THEME[desk.language]}")
    desk.look("series")


def paste_organisations(desk: Desk) -> None:
    """Paste rows as they come out of a spreadsheet; the wrong one is told and not added."""
    desk.press("Add organisations")
    desk.page.get_by_role("tab", name=desk.say("Paste")).click()
    rows = ["\t".join(row) for row in (*ORGANISATIONS, WRONG_ROW)]
    desk.write(desk.say("Rows from a spreadsheet"), "\n".join(rows))
    desk.press("Check the rows")
    desk.see(desk.count("{n} row needs another look and will not be added.",
                        "{n} rows need another look and will not be added.", 1))  # fmt: skip
    desk.look("pasted")
    desk.press_counted("Add {n} organisation", "Add {n} organisations", len(ORGANISATIONS))
    desk.see(desk.count("{n} organisation added.", "{n} organisations added.", 5))
    left = desk.page.get_by_label(desk.say("Rows from a spreadsheet"), exact=True)
    desk.holds(left, "\t".join(WRONG_ROW))


def make_account(desk: Desk, name: str) -> str:
    """Make an account for a facilitator; return the password that is shown once."""
    desk.prepare("Accounts")
    desk.write(desk.say("Name to sign in with"), name)
    desk.press("Create the account")
    desk.button("I have written it down").wait_for()
    password = desk.page.locator("[data-testid=stCode] code").inner_text().strip()
    desk.look("accounts")
    desk.press("I have written it down")
    desk.button("I have written it down").wait_for(state="detached")
    return password


def make_workshop(desk: Desk, blueprint: str) -> str:
    """Make a workshop from a blueprint by a press or two; return its join code."""
    desk.prepare("Workshops")
    desk.page.get_by_role("radio", name=blueprint).check(force=True)
    title = desk.page.get_by_label(f"{desk.say('Title')} · {TONGUES[desk.language]}", exact=True)
    desk.holds(title.last, blueprint)
    desk.press("Create the workshop")
    start = desk.say("The workshop is created. Its code is {code}.").split("{")[0]
    said = desk.see(re.compile(re.escape(start))).inner_text()
    desk.look("workshop")
    found = re.search(r"[2-9A-Z]{6}", said)
    assert found
    return found[0]
