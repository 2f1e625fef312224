"""A recap on phones: who is new reads it while waiting, all see it once it opens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from phone.leaf import PageReader
from phone.pulse import EVERY
from tests.lobby import Lobby, Meeting, Phone, form_of, plain
from workshop.language import LANGUAGES, Language, Multilingual, say, text
from workshop.model import StageDraft, StageState

LINK = text("What was said before, and what has become of it")
SAID = "Данните са стари"


class Second:
    """The second workshop of a series in whose first one somebody said something."""

    def __init__(self, lobby: Lobby, **settings: Any) -> None:
        self.first: Meeting = lobby.meeting(StageDraft(exercise="swot"))
        self.toolkit = lobby.toolkit
        self.first.move("open")
        writer = self.first.welcome("bg")
        form = writer.form(self.first.here)
        writer.send(form, {"kind": "W", "text": SAID})
        self.first.move("locked", "revealed", "closed")
        self.workshop = self.toolkit.library.create_workshop(
            None, self.first.series.id, title=Multilingual(bg="Втора", en="Second"),
            day=datetime.now(UTC).date(), starts_at="00:01", minutes=1439,
            stages=[StageDraft(exercise="recap", settings=settings)],
        )  # fmt: skip
        self.here = f"/w/{self.workshop.code}"
        self.lobby = lobby

    def welcome(self, language: Language) -> Phone:
        """Let somebody in who was not there the first time."""
        phone = self.lobby.phone(language)
        door = f"/j/{self.workshop.code}"
        form = phone.form(door)
        who = form.choices["who"][0]
        phone.send(form, {"who": who})
        return phone

    def move(self, *states: str) -> None:
        """Move the recap on."""
        import time

        stage = self.toolkit.agenda.stages(self.workshop.id)[0]
        for state in states:
            self.toolkit.agenda.move(None, stage.id, StageState(state))
        time.sleep(EVERY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_newcomer_reads_it_while_waiting(lobby: Lobby, language: Language) -> None:
    second = Second(lobby)
    phone = second.welcome(language)
    waiting = phone.get(second.here)
    assert say(LINK, language) in plain(waiting.text)
    assert f"{second.here}/before" in PageReader(waiting.text).links
    page = phone.get(f"{second.here}/before")
    assert page.status_code == 200
    assert SAID in plain(page.text)


def test_a_workshop_without_a_recap_has_no_such_page(lobby: Lobby) -> None:
    meeting = lobby.meeting(StageDraft(exercise="swot"))
    phone = meeting.welcome("en")
    assert f"{meeting.here}/before" not in phone.get(meeting.here).text
    assert phone.get(f"{meeting.here}/before").status_code == 404


def test_who_has_not_joined_is_led_to_the_door(lobby: Lobby) -> None:
    second = Second(lobby)
    page = lobby.phone("en").get(f"{second.here}/before")
    assert page.url.path.startswith("/j")
    assert SAID not in page.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_once_it_opens_all_phones_show_what_the_wall_shows(
    lobby: Lobby, language: Language
) -> None:
    second = Second(lobby)
    phone = second.welcome(language)
    for state in ("open", "closed"):
        second.move(state)
        page = phone.get(second.here)
        assert SAID in plain(page.text)
        assert PageReader(page.text).form("entry") is None


def test_where_changes_are_asked_for_the_form_leads_to_what_was_said(lobby: Lobby) -> None:
    second = Second(lobby, notes=True)
    phone = second.welcome("bg")
    second.move("open")
    page = phone.get(second.here)
    assert SAID not in plain(page.text), "one thing at a time"
    assert f"{second.here}/before" in PageReader(page.text).links
    phone.send(form_of(page), {"text": "Обновени са веднъж"})
    assert "Обновени са веднъж" not in plain(phone.get(f"{second.here}/before").text)
    second.move("locked", "revealed")
    assert "Обновени са веднъж" in plain(phone.get(second.here).text)
