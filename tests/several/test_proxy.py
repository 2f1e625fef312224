"""nginx as ``deploy/`` sets it up, before processes that only say what they were asked."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest

from tests.nginx import proxy

pytestmark = pytest.mark.nginx


class Asked(BaseHTTPRequestHandler):
    """Answers with what it was asked; on ``/w/…/events`` it says one word and falls silent."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer, hang up, or begin to stream."""
        stub: Stub = self.server.stub  # type: ignore[attr-defined]
        length = int(self.headers.get("content-length", "0"))
        told = {
            "by": stub.name,
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": self.rfile.read(length).decode(),
        }
        stub.asked.append(told)
        if stub.dying:
            self.close_connection = True
            return
        if self.path.endswith("/events"):
            self._begin_to_stream(stub)
            return
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def _begin_to_stream(self, stub: Stub) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"5\r\n:\n\n\n\n\r\n")
        self.wfile.flush()
        stub.silence.wait(20)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Print nothing."""


@dataclass
class Stub:
    """A process behind nginx."""

    name: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    dying: bool = False
    """It takes a request and hangs up without an answer."""
    silence: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @contextmanager
    def open(self) -> Iterator[Stub]:
        """Listen as long as the block lasts."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
        server.daemon_threads = True
        server.stub = self  # type: ignore[attr-defined]
        self.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield self
        finally:
            self.silence.set()
            server.shutdown()
            server.server_close()
            thread.join()


@dataclass
class Street:
    """nginx and what stands behind it."""

    url: str
    phones: list[Stub]
    screens: list[Stub]

    def visitor(self, **cookies: str) -> httpx.Client:
        """Return a browser; all of them have one address."""
        return httpx.Client(base_url=self.url, cookies=cookies, timeout=20, verify=False)


@pytest.fixture
def street() -> Iterator[Street]:
    """Two processes for phones, two for screens."""
    with ExitStack() as stack:
        phones, screens = (
            [stack.enter_context(Stub(f"{kind}{n}").open()) for n in (1, 2)]
            for kind in ("phones", "screens")
        )
        ports = {"phones": [one.port for one in phones], "screens": [one.port for one in screens]}
        yield Street(stack.enter_context(proxy(ports)), phones, screens)


def test_phones_of_one_hall_go_to_all_processes_though_they_share_an_address(
    street: Street,
) -> None:
    counted: Counter[str] = Counter()
    for n in range(60):
        with street.visitor(sedyanka_phone=f"{n:032x}") as phone:
            ways = {phone.get(path).json()["by"] for path in ("/j/ABCDEF", "/w/ABCDEF", "/a/x.js")}
            assert len(ways) == 1, "what a process knows of a phone's wrong codes is lost"
            counted += Counter(ways)
    assert counted.keys() == {"phones1", "phones2"}
    assert min(counted.values()) >= 15
    with street.visitor() as strangers:
        first = Counter(strangers.get("/j").json()["by"] for _ in range(40))
    assert first.keys() == {"phones1", "phones2"}


def test_a_browser_of_the_staff_keeps_its_process(street: Street) -> None:
    seats = Counter()
    for _ in range(20):
        with street.visitor() as browser:
            first = browser.get("/staff")
            assert "HttpOnly" in first.headers["set-cookie"]
            paths = ("/", "/staff", "/staff/files/x", "/static/a.js", "/_stcore/health")
            later = [browser.get(path) for path in paths]
            assert {one.json()["by"] for one in later} == {first.json()["by"]}
            assert all("set-cookie" not in one.headers for one in later)
            seats[first.json()["by"]] += 1
    assert seats.keys() == {"screens1", "screens2"}


def test_what_the_program_compares_arrives_as_it_was_sent(street: Street) -> None:
    given = {"origin": street.url, "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"}
    with street.visitor() as browser:
        for path in ("/j", "/", "/w/A/events/x"):
            headers = browser.get(path, headers=given).json()["headers"]
            assert headers["host"] == street.url.removeprefix("http://")
            assert headers["origin"] == street.url
            assert headers["x-forwarded-proto"] == "http"
            assert headers["x-forwarded-for"] == "127.0.0.1"
            assert "upgrade" not in headers
        asked = {"connection": "upgrade", "upgrade": "websocket"}
        headers = browser.get("/_stcore/stream", headers=asked).json()["headers"]
        assert (headers["upgrade"], headers["connection"]) == ("websocket", "upgrade")


@pytest.mark.parametrize("way", ["events", "wall/events"])
def test_news_is_passed_on_at_once(street: Street, way: str) -> None:
    with (
        street.visitor() as phone,
        phone.stream("GET", f"/w/ABCDEF/{way}") as answer,
    ):
        assert next(answer.iter_raw())
        assert not any(one.silence.is_set() for one in street.phones)


def test_a_form_that_a_dying_process_left_unanswered_is_sent_to_another(street: Street) -> None:
    street.phones[0].dying = True
    for n in range(20):
        with street.visitor(sedyanka_phone=f"{n:032x}") as phone:
            answer = phone.post("/w/A/s/b", content=f"_key={n}")
            assert answer.json()["by"] == "phones2"
            assert answer.json()["body"] == f"_key={n}"
    assert street.phones[0].asked, "nobody came to the one that dies"


def test_what_staff_do_is_never_repeated(street: Street) -> None:
    street.screens[0].dying = True
    got: Counter[int] = Counter()
    for _ in range(30):
        with street.visitor() as browser:
            got[browser.post("/staff/out").status_code] += 1
    assert got.keys() == {200, 503}
    assert got[200] == len(street.screens[1].asked)


def test_when_nobody_answers_a_page_says_so_in_both_languages(street: Street) -> None:
    for one in street.phones:
        one.dying = True
    with street.visitor() as phone:
        answer = phone.post("/w/A/s/b", content="_key=1")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Сървърът не отговаря" in answer.text
    assert "What was received is safe" in answer.text
    assert "sedyanka" not in answer.headers, "a phone's script would take it for our own word"
