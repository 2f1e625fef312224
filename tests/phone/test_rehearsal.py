"""Scripted people with phones, over real HTTP."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from phone.leaf import PageReader
from phone.rehearsal import Rehearsal
from phone.rehearsal import rehearse as let_rehearse
from tests.phone.conftest import Hall
from workshop.model import Refused


def rehearse(*given: Any, **more: Any) -> Rehearsal:
    """Rehearse in another thread: Playwright keeps the loop of this one busy."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(let_rehearse, *given, **more).result()


def _mark(hall: Hall) -> None:
    hall.workshop = hall.toolkit.library.change_workshop(None, hall.workshop.id, rehearsal=True)


def test_scripted_people_join_and_send_the_examples_of_the_open_stage(
    hall: Hall, address: str
) -> None:
    _mark(hall)
    stage = hall.open_stage()
    exercise = hall.toolkit.catalogue["swot"]
    expected = sum(len(one) for one in exercise.example.entries(exercise.example.settings, 12))
    told = rehearse(address, hall.workshop.code, 12, "bg", exercises=hall.toolkit.catalogue)
    assert told.problems == ()
    assert (told.joined, told.sent, told.acknowledged, told.refused) == (12, expected, expected, 0)
    assert 0 < told.p50 <= told.p95
    assert len(hall.written(stage)) == expected
    assert len(hall.toolkit.people.participants(hall.workshop.id)) == 12


def test_without_an_open_stage_they_only_join(hall: Hall, address: str) -> None:
    _mark(hall)
    told = rehearse(address, hall.workshop.code, 3, exercises=hall.toolkit.catalogue)
    assert (told.joined, told.sent, told.problems) == (3, 0, ())


def test_they_never_mix_with_real_people(hall: Hall, address: str) -> None:
    hall.open_stage()
    with pytest.raises(Refused, match="marked for rehearsal"):
        rehearse(address, hall.workshop.code, 3, exercises=hall.toolkit.catalogue)
    with pytest.raises(Refused, match="marked for rehearsal"):
        rehearse(address, "222222", 3, exercises=hall.toolkit.catalogue)
    assert not hall.toolkit.people.participants(hall.workshop.id)


@pytest.mark.parametrize("url", ["ftp://x", "127.0.0.1:1", "http://127.0.0.1:1"])
def test_an_address_where_nobody_answers_is_said(hall: Hall, url: str) -> None:
    with pytest.raises(Refused):
        rehearse(url, hall.workshop.code, 1, exercises=hall.toolkit.catalogue)


def test_a_locked_door_is_reported(hall: Hall, address: str) -> None:
    _mark(hall)
    hall.toolkit.agenda.lock_joining(None, hall.workshop.id, True)
    told = rehearse(address, hall.workshop.code, 2, exercises=hall.toolkit.catalogue)
    assert told.joined == 0
    assert told.problems == ("could not join: 403",)


def test_what_rehearsals_ask_is_not_told_of_real_workshops(hall: Hall, address: str) -> None:
    hall.open_stage()
    assert httpx.get(f"{address}{hall.here}/rehearsal").status_code == 404


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    form = PageReader(
        """<form action="/x" id="entry"><input type="hidden" name="_key" value="k">
        <input type=hidden name=kind value="need"><input name="a" value="&lt;b&gt;">
        <input type=radio name=r value=1><input type=radio name=r value=2 checked>
        <input type=checkbox name=c value=yes><textarea name="t">\nline</textarea>
        <select name=s><option value="">-<option value="x" selected>X</select>
        <button name=b value=1>Send</button></form>"""
    ).form("entry")
    assert form
    assert form.values == {
        "_key": "k", "kind": "need", "a": "<b>", "r": "2", "t": "line", "s": "x",
    }  # fmt: skip
    assert form.fits({"a": "anything", "r": "1", "kind": "need", "s": ""})
    assert not form.fits({"kind": "offer"})
    assert not form.fits({"r": "3"})
    assert not form.fits({"elsewhere": "1"})
