"""A phone in a talk: it says what is going on, and offers a form only where notes are wished."""

from __future__ import annotations

import httpx
import pytest

from phone.leaf import PageReader
from tests.lobby import Lobby, plain
from workshop.language import LANGUAGES, Language, Multilingual, say, text
from workshop.model import StageDraft

BREAK = StageDraft(
    exercise="talk",
    title=Multilingual(bg="Почивка", en="Break"),
    question=Multilingual(bg="Продължаваме в 11:30.", en="We go on at 11:30."),
)
NOTHING = text("This stage takes place in the room; there is nothing to fill in here.")


def _has_form(page: httpx.Response) -> bool:
    return PageReader(page.text).form("entry") is not None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["planned", "open", "locked", "revealed", "closed"])
def test_a_break_says_when_it_ends_and_asks_nothing(
    lobby: Lobby, language: Language, state: str
) -> None:
    meeting = lobby.meeting(BREAK)
    ways = ["open", "locked", "revealed", "closed"]
    meeting.move(*(["open", state] if state == "planned" else ways[: ways.index(state) + 1]))
    with meeting.welcome(language) as phone:
        page = phone.get(meeting.here)
        assert not _has_form(page)
        words = plain(page.text)
        assert (BREAK.question.said(language) in words) is (state != "planned")
        assert say(NOTHING, language) in words
