"""Phones at a door that asks for a ticket, or whose room has been counted."""

from __future__ import annotations

import re

import pytest

from tests.phone.conftest import Hall, hidden
from workshop.model import Admission


@pytest.fixture
def codes(hall: Hall) -> list[str]:
    """Three tickets of a workshop that asks for them."""
    hall.toolkit.admission.choose(None, hall.workshop.id, Admission.tickets)
    issued = hall.toolkit.tickets.issue(None, hall.workshop.id, 3)
    return [one.code for one in issued]


def door(hall: Hall) -> str:
    return f"/j/{hall.workshop.code}"


def test_who_scans_a_ticket_has_only_to_say_whom_they_speak_for(
    hall: Hall, codes: list[str]
) -> None:
    phone = hall.phone()
    page = phone.get(f"{door(hall)}/t/{codes[0]}")
    assert f'value="{codes[0]}"' in page.text
    form = {"who": f"citizen-{hall.groups[0]}", "ticket": codes[0], "_key": hidden(page, "_key")}
    assert phone.post(door(hall), form).url.path == hall.here
    # The same phone scans its card again: it is in already.
    assert phone.get(f"{door(hall)}/t/{codes[0]}").url.path == hall.here
    assert phone.get(hall.here).status_code == 200


def test_a_second_tap_of_the_same_page_uses_no_second_ticket(hall: Hall, codes: list[str]) -> None:
    phone = hall.phone()
    page = phone.get(door(hall))
    form = {"who": f"citizen-{hall.groups[0]}", "ticket": codes[0], "_key": hidden(page, "_key")}
    for _ in range(2):
        phone.client.cookies.clear()  # the answer to the first tap was lost
        assert phone.post(door(hall), form).url.path == hall.here
    assert len(hall.toolkit.people.participants(hall.workshop.id)) == 1


def test_a_missing_choice_and_a_wrong_ticket_are_named_together(
    hall: Hall, codes: list[str]
) -> None:
    phone = hall.phone()
    page = phone.get(door(hall))
    page = phone.post(door(hall), {"ticket": "ABC DEF", "_key": hidden(page, "_key")})
    assert 'value="ABC DEF"' in page.text
    places = re.findall(r'<li><a href="#f-(\w+)">', page.text)
    assert places == ["ticket", "who"]


@pytest.mark.parametrize("kind", ["used", "void", "unknown", "missing"])
def test_a_ticket_that_is_not_good_is_answered_in_a_sentence_and_all_words_stay(
    hall: Hall, codes: list[str], kind: str
) -> None:
    if kind == "used":
        other = hall.phone()
        page = other.get(door(hall))
        form = {"who": f"citizen-{hall.groups[0]}", "ticket": codes[0]}
        other.post(door(hall), form | {"_key": hidden(page, "_key")})
    if kind == "void":
        known = {one.code: one.id for one in hall.toolkit.tickets.tickets(hall.workshop.id)}
        hall.toolkit.tickets.void(None, hall.workshop.id, [known[codes[0]]])
    hall.settle()
    typed = {"unknown": "ABC DEF", "missing": ""}.get(kind, codes[0])
    before = len(hall.toolkit.people.participants(hall.workshop.id))
    group = hall.groups[1]
    phone = hall.phone()
    page = phone.get(door(hall))
    form = {
        "who": f"other-{group}", f"name-{group}": "Bakery <3", "ticket": typed,
        "_key": hidden(page, "_key"),
    }  # fmt: skip
    page = phone.post(door(hall), form)
    assert page.status_code == 422
    assert {
        "used": "already let somebody in",
        "void": "no longer valid",
        "unknown": "There is no such ticket",
        "missing": "type what stands on your ticket",
    }[kind] in page.text
    assert 'href="#f-ticket"' in page.text
    assert f'value="{typed}"' in page.text
    assert 'value="Bakery &lt;3"' in page.text
    assert f'value="other-{group}" checked' in page.text
    assert len(hall.toolkit.people.participants(hall.workshop.id)) == before
    assert not hall.toolkit.people.presence(hall.workshop.id).waiting


def test_a_used_ticket_says_so_before_anything_is_typed(hall: Hall, codes: list[str]) -> None:
    phone = hall.phone()
    page = phone.get(f"{door(hall)}/t/{codes[0]}")
    form = {"who": f"citizen-{hall.groups[0]}", "ticket": codes[0], "_key": hidden(page, "_key")}
    phone.post(door(hall), form)
    page = hall.phone("bg").get(f"{door(hall)}/t/{codes[0]}")
    assert page.status_code == 422
    assert "билет" in page.text
    assert 'aria-invalid="true"' in page.text


def test_guessing_tickets_is_stopped_as_guessing_codes_is(hall: Hall, codes: list[str]) -> None:
    guesser, neighbour = hall.phone(), hall.phone()
    answers = [guesser.get(f"{door(hall)}/t/GUESS{n:03}").status_code for n in range(22)]
    assert answers == [422] * 20 + [429] * 2
    page = neighbour.get(door(hall))
    form = {"who": f"citizen-{hall.groups[0]}", "ticket": codes[0], "_key": hidden(page, "_key")}
    assert guesser.post(door(hall), form).status_code == 429
    assert neighbour.post(door(hall), form).url.path == hall.here


def test_an_open_door_asks_for_no_ticket(hall: Hall) -> None:
    page = hall.phone().get(f"{door(hall)}/t/ABCDEFGH")
    assert 'name="ticket"' not in page.text
    assert hall.phone().join().url.path == hall.here


def test_the_ticket_stays_when_the_language_is_changed(hall: Hall, codes: list[str]) -> None:
    phone = hall.phone()
    page = phone.post(f"{door(hall)}/language", {"_language": "bg", "ticket": codes[0]})
    assert '<html lang="bg-BG">' in page.text
    assert f'value="{codes[0]}"' in page.text


def test_who_comes_after_the_count_watches_until_admitted(hall: Hall) -> None:
    hall.toolkit.admission.choose(None, hall.workshop.id, Admission.room)
    hall.phone().join()
    hall.toolkit.admission.count_heads(None, hall.workshop.id, 1)
    hall.open_stage()
    phone = hall.phone()
    assert "have been counted" in phone.get(door(hall)).text
    page = phone.join()
    assert page.url.path == hall.here
    assert "You came after the people in the room were counted" in page.text
    (late,) = [one for one in hall.toolkit.people.participants(hall.workshop.id) if one.waiting]
    hall.toolkit.admission.admit(None, late.id)
    hall.settle()
    phone.write("Good library")
    assert "Received" in phone.get(hall.here).text or len(
        hall.toolkit.entries.own(late.id, hall.toolkit.agenda.stages(hall.workshop.id)[0].id)
    )
