"""Pages printed once for many: each phone still gets its own, packed or not, whole or in part."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phone.sheets import ORDERS, Sheet, Wish
from tests.phone.conftest import Hall, Phone, action, hidden
from workshop.language import Multilingual
from workshop.model import Anonymity

KEYS = re.compile(r"[0-9a-f]{32}-0")
SCRIPT = {"X-Sedyanka": "script"}


def own(page: str) -> str:
    found = re.search(r'<section class="own">.*?</section>', page, re.DOTALL)
    return KEYS.sub("", found[0]) if found else ""


def sheet(page: str) -> str:
    found = re.search(r'data-sheet="([0-9a-f]{8})"', page)
    assert found, page
    return found[1]


def test_a_page_is_the_same_packed_and_plain(hall: Hall) -> None:
    hall.open_stage()
    first, second = hall.phone("bg"), hall.phone("bg")
    first.join()
    second.join()
    second.write("Читалище с дълго име и много книги " * 4)
    for phone in (first, second, first):
        for more in ({}, SCRIPT):
            packed = phone.get(hall.here, headers=more)
            plain = phone.get(hall.here, headers={**more, "Accept-Encoding": "identity"})
            assert packed.headers["content-encoding"] == "gzip"
            assert "content-encoding" not in plain.headers
            assert KEYS.sub("", packed.text) == KEYS.sub("", plain.text)
            assert len(set(KEYS.findall(packed.text) + KEYS.findall(plain.text))) >= 2


def send(phone: Phone, hall: Hall, words: str, seen: str, count: int) -> str:
    """Send an entry as our script does that has the form ``seen`` on the screen."""
    page = phone.get(hall.here).text
    form = re.search(r'action="(/w/[^"]+/s/[^"]+)" id="entry"', page)
    key = re.search(r'name="_key" value="([0-9a-f]{32})-0"', page)
    assert form
    assert key
    fields = {"kind": "S", "_step": "S", "text": words, "_key": f"{key[1]}-{count}"}
    answer = phone.post(form[1], fields, headers={"X-Sedyanka": f"script {seen}".strip()})
    assert answer.headers["sedyanka"] == "received"
    return answer.text


def test_a_script_gets_only_what_its_entry_changed(hall: Hall) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    seen = sheet(phone.join().text)
    part = send(phone, hall, "A library bus", seen, 0)
    assert "data-part" in part
    assert "<form" not in part.replace('<form class="acts"', "")
    assert "A library bus" in own(part)
    assert own(part) == own(phone.get(hall.here).text)
    assert "Received at" in part
    again = send(phone, hall, "A bench", seen, 1)
    assert "A bench" in own(again)
    assert "A library bus" in own(again)
    assert hall.written(stage) == ["A library bus", "A bench"]


def test_a_script_with_another_form_on_the_screen_gets_the_whole_page(hall: Hall) -> None:
    hall.open_stage()
    phone = hall.phone()
    seen = sheet(phone.join().text)
    for other in ("", "00000000", seen[::-1]):
        page = send(phone, hall, f"Written before {other or 'anything'}", other, 0)
        assert 'id="entry"' in page
        assert "Written before" in own(page)
    threats = sheet(phone.get(f"{hall.here}?step=T").text)
    assert 'id="entry"' in send(phone, hall, "Sent from elsewhere", threats, 0)


@given(n=st.integers(1, 60), seed=st.integers(0, 999))
def test_no_option_is_favoured_by_its_place(n: int, seed: int) -> None:
    stage = SimpleNamespace(id=f"{seed:032x}")
    places: dict[int, list[int]] = {option: [] for option in range(n)}
    met: set[int] = set()
    for person in map(str, range(400)):
        sheet = Sheet(stage=stage, exercise=None, settings=None, own=(), wish=Wish())  # type: ignore[arg-type]
        if sheet.order(person) in met:
            continue
        met.add(sheet.order(person))
        order = sheet.shuffler(person)(range(n))
        assert sorted(order) == list(range(n))
        assert order == sheet.shuffler(person)(range(n))
        for place, option in enumerate(order):
            places[option].append(place)
    assert met == set(range(ORDERS))
    for option, stood in places.items():
        assert sum(stood) / len(stood) == pytest.approx((n - 1) / 2), option


def test_a_ballot_whose_answer_was_lost_gets_a_whole_page_when_it_comes_again(hall: Hall) -> None:
    """The phone was reloaded meanwhile and shows no form any more: there is nothing to add to."""
    stage = hall.stage(
        exercise="ballots", anonymity=Anonymity.secret, title=Multilingual(en="Vote")
    )
    hall.move(stage, "open")
    phone = hall.phone()
    form = phone.join()
    ballot = {"choice": "yes", "_key": hidden(form, "_key")}
    phone.post(action(form), ballot)
    waiting = sheet(phone.get(hall.here).text)
    again = phone.post(action(form), ballot, headers={"X-Sedyanka": f"script {waiting}"})
    assert again.headers["sedyanka"] == "received"
    assert 'id="main"' in again.text
