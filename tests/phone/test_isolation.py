"""Nobody is in a workshop they have not joined; nothing that fails says more than it must."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import httpx
import pytest

from phone import routes
from tests.phone.conftest import Hall, Phone, hidden
from workshop.language import Multilingual
from workshop.model import Id, Stage
from workshop.toolkit import StageDraft

KEY = "0" * 32 + "-0"
NOWHERE = "f" * 32
Call = Callable[[Phone, str, Id, Id], httpx.Response]
CALLS: dict[str, Call] = {
    "page": lambda phone, code, stage, entry: phone.get(f"/w/{code}"),
    "pulse": lambda phone, code, stage, entry: phone.get(f"/w/{code}/pulse"),
    "events": lambda phone, code, stage, entry: phone.get(f"/w/{code}/events"),
    "me": lambda phone, code, stage, entry: phone.get(f"/w/{code}/me"),
    "time": lambda phone, code, stage, entry: phone.post(f"/w/{code}/time", {"pace": "ten"}),
    "before": lambda phone, code, stage, entry: phone.get(f"/w/{code}/before"),
    "move": lambda phone, code, stage, entry: phone.get(f"/w/{code}/move"),
    "language": lambda phone, code, stage, entry: phone.post(
        f"/w/{code}/language", {"_language": "bg", "text": "words"}
    ),
    "wall": lambda phone, code, stage, entry: phone.get(f"/w/{code}/wall"),
    "wall-pulse": lambda phone, code, stage, entry: phone.get(f"/w/{code}/wall/pulse"),
    "wall-events": lambda phone, code, stage, entry: phone.get(f"/w/{code}/wall/events"),
    "wall-language": lambda phone, code, stage, entry: phone.post(
        f"/w/{code}/wall/language", {"_language": "bg"}
    ),
    "leave": lambda phone, code, stage, entry: phone.post(f"/w/{code}/leave", {}),
    "near": lambda phone, code, stage, entry: phone.post(
        f"/w/{code}/s/{stage}/near", {"kind": "S", "text": "From elsewhere"}
    ),
    "contribute": lambda phone, code, stage, entry: phone.post(
        f"/w/{code}/s/{stage}", {"kind": "S", "text": "From elsewhere", "_key": KEY}
    ),
    "replace": lambda phone, code, stage, entry: phone.post(
        f"/w/{code}/s/{stage}",
        {"kind": "S", "text": "From elsewhere", "_key": KEY, "_replaces": entry},
    ),
    "withdraw": lambda phone, code, stage, entry: phone.post(
        f"/w/{code}/s/{stage}/withdraw/{entry}", {"_key": KEY}
    ),
}
STAGE = r"/s/(?P<stage>[0-9a-f]{32})"
COVERED = {
    "": {"page"},
    "/language": {"language"},
    "/leave": {"leave"},
    "/wall": {"wall"},
    "/wall/pulse": {"wall-pulse"},
    "/wall/events": {"wall-events"},
    "/wall/language": {"wall-language"},
    "/pulse": {"pulse"},
    "/me": {"me"},
    "/before": {"before"},
    "/time": {"time"},
    "/move": {"move"},
    # A ticket is a key of its own; what it opens, and for how long: see test_moving.
    r"/from/(?P<ticket>[\w.~-]{20,300})": set(),
    "/events": {"events"},
    STAGE: {"contribute", "replace"},
    rf"{STAGE}/near": {"near"},
    rf"{STAGE}/withdraw/(?P<contribution>[0-9a-f]{{32}})": {"withdraw"},
    # Questions of a workshop marked for scripted people, nobody's answers: see test_rehearsal.
    "/rehearsal": set(),
}


def test_every_address_of_a_workshop_is_in_the_matrix() -> None:
    start = f"/w/{routes.CODE}"
    tails = {one.removeprefix(start) for one, _ in routes.TABLE if one.startswith(start)}
    assert tails == COVERED.keys()
    assert set().union(*COVERED.values()) == CALLS.keys()


@pytest.fixture
def there(hall: Hall) -> tuple[str, Stage, Id]:
    """Another workshop with an open stage and somebody's entry in it."""
    workshop = hall.another_workshop()
    title = Multilingual(en="Theirs")
    stage = hall.toolkit.agenda.add_stage(
        None, workshop.id, StageDraft(exercise="swot", title=title)
    )
    hall.move(stage, "open")
    joined = hall.toolkit.people.join(workshop.code, group_id=hall.groups[0])
    receipt = hall.toolkit.entries.contribute(
        joined.participant.id, stage.id, {"kind": "S", "text": "Their words"}, "k"
    ).result()
    return workshop.code, stage, receipt.contribution_id


@pytest.mark.parametrize("name", CALLS)
def test_a_token_of_one_workshop_opens_nothing_of_another(
    hall: Hall, there: tuple[str, Stage, Id], name: str
) -> None:
    code, stage, entry = there
    ours = hall.open_stage()
    phone = hall.phone()
    phone.join()
    other = hall.toolkit.library.workshop_named(code)
    token = phone.client.cookies[f"sedyanka_{hall.workshop.id[:12]}"]
    phone.client.cookies.set(f"sedyanka_{other.id[:12]}", token)
    answer = CALLS[name](phone, code, stage.id, entry)
    unknown = CALLS[name](hall.phone(), "222222", NOWHERE, NOWHERE)
    assert answer.status_code == unknown.status_code == 404
    assert "Their words" not in answer.text
    assert hall.written(stage) == ["Their words"]
    assert hall.written(ours) == []


@pytest.mark.parametrize("name", ["near", "contribute", "replace", "withdraw"])
def test_stages_and_entries_of_another_workshop_are_not_found_through_ones_own(
    hall: Hall, there: tuple[str, Stage, Id], name: str
) -> None:
    _, stage, entry = there
    hall.open_stage()
    phone = hall.phone()
    phone.join()
    answer = CALLS[name](phone, hall.workshop.code, stage.id, entry)
    assert answer.status_code == 404
    assert hall.written(stage) == ["Their words"]


def test_a_neighbours_entry_can_be_neither_changed_nor_withdrawn(hall: Hall) -> None:
    stage = hall.open_stage()
    author, neighbour = hall.phone(), hall.phone()
    author.join()
    neighbour.join(f"citizen-{hall.groups[1]}")
    page = author.write("Mine alone")
    entry = re.search(r"withdraw/([0-9a-f]{32})", page.text)
    assert entry
    code = hall.workshop.code
    assert CALLS["withdraw"](neighbour, code, stage.id, entry[1]).status_code == 404
    answer = CALLS["replace"](neighbour, code, stage.id, entry[1])
    assert answer.status_code == 422
    assert "Mine alone" not in neighbour.get(f"{hall.here}?change={entry[1]}").text
    assert "Mine alone" not in neighbour.get(f"{hall.here}?received={entry[1]}").text
    assert hall.written(stage) == ["Mine alone"]


@pytest.mark.parametrize("name", CALLS)
def test_a_phone_that_has_not_joined_is_let_into_nothing(hall: Hall, name: str) -> None:
    stage = hall.open_stage()
    for token in ("", "made-up-token", "x" * 5000):
        phone = hall.phone()
        phone.client.cookies.set(f"sedyanka_{hall.workshop.id[:12]}", token)
        answer = CALLS[name](phone, hall.workshop.code, stage.id, NOWHERE)
        at_the_door = answer.url.path.startswith("/j")
        assert at_the_door or answer.status_code == 404
    assert hall.written(stage) == []


def test_somebody_of_the_first_workshop_is_asked_at_the_door_of_the_second(hall: Hall) -> None:
    phone = hall.phone()
    phone.join()
    second = hall.another_workshop()
    assert phone.get(f"/w/{second.code}").url.path == f"/j/{second.code}"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/j/a/b/c", 404), ("GET", "/w/x/y", 404), ("GET", "/a/phone.css", 404),
        ("GET", "/a/..%2f..%2fetc%2fpasswd", 404), ("GET", "/w/<script>", 404),
        ("GET", "/j/%00%ff", 404), ("DELETE", "/j", 405), ("PUT", "/w/ABC", 405),
        ("POST", "/w/ABC", 405), ("POST", "/a/x", 405),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["bg", "en"])
def test_what_is_not_there_gets_a_page_in_the_persons_language(
    hall: Hall, method: str, path: str, status: int, language: str
) -> None:
    phone = hall.phone(language)
    answer = hall.run(phone.client.request(method, path))
    assert answer.status_code == status
    assert f'<html lang="{language}' in answer.text
    assert "default-src 'self';" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "<script>" not in answer.text
    if status == 405:
        assert answer.headers["allow"]


def test_our_own_mistake_shows_a_number_and_no_secret(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    phone = hall.phone("bg")
    phone.join()

    def fail(*_: object) -> None:
        raise RuntimeError("SELECT secret FROM /srv/place")

    monkeypatch.setattr(hall.phones.pages, "form_of", fail)
    hall.open_stage()
    with caplog.at_level(logging.ERROR):
        answer = phone.get(hall.here)
    assert answer.status_code == 500
    assert "Нещо при нас се обърка" in answer.text
    number = re.search(r"номера ([0-9a-f]{8})", answer.text)
    assert number
    assert number[1] in caplog.text
    for secret in ("SELECT", "/srv", "Traceback", "RuntimeError"):
        assert secret not in answer.text


def test_logs_hold_no_words_no_tokens_no_codes(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    hall.open_stage()
    phone = hall.phone()
    with caplog.at_level(logging.DEBUG, logger="phone"):
        phone.join()
        phone.write("Words nobody should read in a log")
        phone.get("/j/WRONG%0d%0aERROR%20fake")
        phone.post(
            "/j", {"code": "A\r\nERROR fake \x1b[31m"}, headers={"origin": "http://e\x1bvil"}
        )
    for secret in ("nobody should read", hall.workshop.code, "ERROR fake", "\x1b"):
        assert secret not in caplog.text


def test_other_addresses_go_through_to_streamlit(hall: Hall) -> None:
    phone = hall.phone()
    for path in ("/", "/staff", "/join", "/workshops", "/jj", "/static/js/x.js", "/_stcore/health"):
        assert phone.get(path).text == "streamlit"


def test_an_asset_is_kept_for_a_year_and_named_by_its_content(hall: Hall) -> None:
    phone = hall.phone()
    page = phone.get("/j")
    address = re.search(r'href="(/a/phone\.[0-9a-f]{8}\.css)"', page.text)
    assert address
    answer = phone.get(address[1])
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.headers["content-encoding"] == "gzip"
    assert page.headers["cache-control"] == "no-store"
    assert hidden(phone.get(f"/j/{hall.workshop.code}"), "_key")
