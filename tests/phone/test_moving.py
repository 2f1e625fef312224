"""Somebody whose battery is empty goes on with another phone, as the same person."""

from __future__ import annotations

import re
from html import unescape

from tests.phone.conftest import Hall


def link_of(page: str) -> str:
    found = re.search(r'<p class="link"><a href="http://[^/]+(/w/[^"]+)"', page)
    assert found, page
    return unescape(found[1])


def test_another_phone_goes_on_as_the_same_person(hall: Hall) -> None:
    stage = hall.open_stage()
    old, new = hall.phone(), hall.phone()
    old.join()
    old.write("A library bus")
    link = link_of(old.get(f"{hall.here}/move").text)
    assert "A library bus" not in new.get(link).text, "looking at a link changes nothing"
    assert "A library bus" in old.get(hall.here).text
    page = new.post(link, {})
    assert page.status_code == 200
    assert "A library bus" in page.text
    new.write("A bench")
    assert hall.written(stage) == ["A library bus", "A bench"]
    assert len(hall.toolkit.people.participants(hall.workshop.id)) == 1
    assert str(old.get(hall.here).url.path).startswith("/j/"), "the old phone is nobody now"


def test_a_code_works_once_and_only_in_its_workshop(hall: Hall) -> None:
    hall.open_stage()
    old, new, third = hall.phone(), hall.phone(), hall.phone()
    old.join()
    link = link_of(old.get(f"{hall.here}/move").text)
    other = hall.another_workshop()
    assert third.post(link.replace(hall.workshop.code, other.code), {}).status_code == 410
    assert new.post(link, {}).status_code == 200
    assert third.post(link, {}).status_code == 410
    assert third.post(link[:-3] + "abc", {}).status_code == 410
