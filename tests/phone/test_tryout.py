"""A phone that only tries the way: noted without a script, and without anything about it."""

from __future__ import annotations

import json
import re
import time
from datetime import timedelta
from typing import Any

import httpx
import pytest

from phone import tryout
from tests.phone.conftest import Hall
from workshop.toolkit import Check


@pytest.fixture
def check(hall: Hall) -> Check:
    return hall.toolkit.arrivals.open_check(hall.workshop.id)


def now(hall: Hall, check: Check) -> Check:
    return hall.toolkit.arrivals.check(check.ticket)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "This phone gets here"), ("bg", "Този телефон стига дотук")]
)
def test_a_phone_without_a_script_is_noted_with_the_time_its_answer_took(
    hall: Hall, check: Check, language: str, words: str
) -> None:
    page = hall.phone(language).get(f"/j/hall/{check.ticket}")
    assert page.status_code == 200
    assert words in page.text
    [came] = now(hall, check).arrivals
    assert 0 <= came.took < 60
    assert came.origin == "here"  # the test's client stands on this machine
    assert (came.gap, came.drift) == (None, None)


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("127.0.0.1", "here"),
        ("::1", "here"),
        ("192.168.1.77", "local"),
        ("::ffff:10.0.0.9", "local"),
        ("fe80::1", "local"),
        ("93.184.216.34", "public"),
        ("testclient", "unknown"),
        (None, "unknown"),
    ],
)
def test_only_the_kind_of_address_is_kept(
    hall: Hall, check: Check, host: str | None, origin: str
) -> None:
    client: Any = httpx.AsyncClient(
        transport=httpx.ASGITransport(app=_from(hall.app, host)), base_url="http://hall.test:8501",
        follow_redirects=True,
    )  # fmt: skip
    assert hall.run(client.get(f"/j/hall/{check.ticket}")).status_code == 200
    hall.run(client.aclose())
    [came] = now(hall, check).arrivals
    assert came.origin == origin
    with hall.toolkit.store.read() as connection:
        rows = connection.exec_driver_sql("SELECT value FROM installation").fetchall()
    kept = json.dumps([row[0] for row in rows])
    assert host is None or host not in kept


def _from(app: Any, host: str | None) -> Any:
    async def moved(scope: Any, receive: Any, send: Any) -> None:
        await app({**scope, "client": (host, 4711) if host else None}, receive, send)

    return moved


def test_a_page_opened_again_later_is_no_slow_answer(hall: Hall, check: Check) -> None:
    old = f"/j/hall/{check.ticket}/at/{time.time() - 3600:.3f}"
    page = hall.phone().get(old)
    assert page.status_code == 200
    [came] = now(hall, check).arrivals
    assert came.took < 60


def test_a_code_that_is_too_old_or_made_up_is_a_sentence(hall: Hall, check: Check) -> None:
    phone = hall.phone()
    assert phone.get("/j/hall/222222222222").status_code == 410
    late = f"/j/hall/{check.ticket}/at/{time.time():.3f}"
    hall.clock[0] += timedelta(hours=1)
    for address in (f"/j/hall/{check.ticket}", late):
        page = phone.get(address)
        assert page.status_code == 410
        assert "too old" in page.text
    assert phone.get("/j/hall/short").status_code == 404


def test_the_script_of_a_page_tells_what_it_found(hall: Hall, check: Check) -> None:
    phone = hall.phone()
    page = phone.get(f"/j/hall/{check.ticket}")
    found = re.search(r'data-tell="([^"]+)"', page.text)
    assert found
    ahead = (time.time() + 30) * 1000
    told = phone.post(found[1], {"gap": "0.5", "clock": str(ahead)})
    assert told.status_code == 204
    [came] = now(hall, check).arrivals
    assert came.gap == 0.5
    assert came.drift == pytest.approx(30, abs=2)
    for nonsense in ({}, {"clock": "nan"}, {"clock": "soon"}):
        assert phone.post(found[1], nonsense).status_code == 422
    assert phone.post(f"/j/hall/{check.ticket}/7", {"clock": "1"}).status_code == 404


def test_pieces_of_the_stream_come_apart(hall: Hall, check: Check, address: str) -> None:
    moments = []
    with httpx.stream("GET", f"{address}/j/hall/{check.ticket}/stream") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["x-accel-buffering"] == "no"
        for line in answer.iter_lines():
            if line.startswith("data: "):
                moments.append(time.monotonic())
    assert len(moments) == 2
    assert moments[1] - moments[0] > tryout.APART / 2


def test_a_staff_page_may_frame_its_own_look_and_nobody_elses(hall: Hall, check: Check) -> None:
    own = hall.phone().get(f"/j/hall/{check.ticket}?browser=0123abcd")
    assert "frame-ancestors 'self'" in own.headers["content-security-policy"]
    assert tryout.SOCKET in own.text
    phone = hall.phone().get(f"/j/hall/{check.ticket}?browser=nonsense")
    assert "frame-ancestors 'none'" in phone.headers["content-security-policy"]
    found = now(hall, check)
    assert list(found.browsers) == ["0123abcd"]
    assert len(found.arrivals) == 1
