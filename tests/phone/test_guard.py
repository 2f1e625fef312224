"""At the outer door: strangers, forged forms, floods, and what every answer carries."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import Receive, Scope, Send

from phone.guard import Guard, streamlit_policy
from tests.phone.conftest import ADDRESS, Hall, aside, hidden

HOST = "hall.test:8501"
FOREIGN = ["https://evil.test", "http://hall.test:9999", "http://hall.test", "null", "nonsense", ""]


async def inside(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand in for everything behind the guard."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    if scope["path"] == "/page":
        await HTMLResponse("<p>page</p>")(scope, receive, send)
    else:
        more = True
        while more:
            message = await receive()
            more = message.get("more_body", False)
        await JSONResponse({"path": scope["path"]})(scope, receive, send)


def ask(method: str, path: str, **more: Any) -> httpx.Response:
    """Return the guard's answer."""
    guard = Guard(inside, addresses=["https://public.example/"])

    async def go() -> httpx.Response:
        transport = httpx.ASGITransport(app=guard)
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
            return await client.request(method, path, **more)

    return aside(go())


def knock(origins: list[str], *, scheme: str = "ws", hosts: tuple[str, ...] = (HOST,)) -> str:
    """Return how a websocket handshake is answered."""
    sent: list[str] = []
    headers = [(b"host", one.encode()) for one in hosts]
    headers += [(b"origin", one.encode()) for one in origins]
    scope = {"type": "websocket", "scheme": scheme, "path": "/_stcore/stream", "headers": headers}

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message["type"])

    aside(Guard(inside, addresses=["https://public.example/"])(scope, receive, send))
    return sent[0]


@pytest.mark.parametrize(
    "path", ["/page", "/other", "/_stcore/health", "/_stcore/metrics", "/docs"]
)
def test_every_answer_carries_what_protects_it(path: str) -> None:
    headers = ask("GET", path).headers
    assert headers["x-content-type-options"] == "nosniff"
    if headers.get("content-type", "").startswith("text/html"):
        assert headers["referrer-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_streamlit_pages_run_only_their_own_scripts() -> None:
    policy = ask("GET", "/page").headers["content-security-policy"]
    scripts = next(one for one in policy.split("; ") if one.startswith("script-src"))
    assert "'sha256-" in scripts
    assert "unsafe-inline" not in scripts
    assert "unsafe-eval'" not in scripts.replace("wasm-unsafe-eval'", "")
    assert f"ws://{HOST}" in policy
    assert " ws: " not in policy


def test_a_forged_host_does_not_reach_the_policy() -> None:
    assert (
        "evil"
        not in ask("GET", "/page", headers={"host": "evil; script-src *"}).headers[
            "content-security-policy"
        ]
    )
    assert streamlit_policy("").count("ws://") == 0


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_websocket_from_elsewhere_is_refused_at_once(origin: str) -> None:
    assert knock([origin] if origin else []) == "websocket.close"


def test_a_websocket_of_our_own_page_comes_through() -> None:
    assert knock([ADDRESS]) == "websocket.accept"
    assert knock([f"https://{HOST}"], scheme="wss") == "websocket.accept"
    assert knock(["https://public.example"]) == "websocket.accept"
    assert knock(["http://hall.test"], hosts=("hall.test:80",)) == "websocket.accept"


def test_a_websocket_with_two_hosts_or_the_wrong_scheme_is_refused() -> None:
    assert knock([ADDRESS], hosts=(HOST, "evil.test")) == "websocket.close"
    assert knock([f"https://{HOST}"]) == "websocket.close"
    assert knock([]) == "websocket.close"


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics", "/_stcore/metrics/", "//_stcore/metrics", "/_stcore/./metrics",
        "/_STCORE/metrics", "/base/_stcore/metrics", "/_stcore/agent/openapi.json",
        "/_stcore/agent", "/docs", "/openapi.json", "/redoc", "/.git/config", "/.env",
    ],
)  # fmt: skip
def test_doors_for_programs_are_shut(path: str) -> None:
    assert ask("GET", f"{ADDRESS}{path}").status_code == 404


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/_stcore/host-config", "/docs-about-us"])
def test_streamlits_own_paths_are_left_alone(path: str) -> None:
    assert ask("GET", path).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    "headers",
    [
        *({"origin": one} for one in FOREIGN if one),
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": ADDRESS},
        {"sec-fetch-site": "same-origin", "origin": "https://evil.test"},
    ],
)
def test_what_another_site_sends_changes_nothing(method: str, headers: dict[str, str]) -> None:
    assert ask(method, "/anything", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": ADDRESS},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
        {"origin": "https://public.example"},
    ],
)
def test_our_own_forms_come_through(headers: dict[str, str]) -> None:
    assert ask("POST", "/anything", headers=headers).status_code == 200


def test_the_refusal_is_in_the_persons_language() -> None:
    answer = ask("POST", "/anything", headers={"accept-language": "bg-BG,bg;q=0.9,en;q=0.5"})
    assert answer.status_code == 403
    assert "нищо не е променено" in answer.text


def test_floods_of_headers_and_bytes_are_refused() -> None:
    many = {f"x-{n}": "1" for n in range(150)}
    assert ask("GET", "/page", headers=many).status_code == 431
    assert ask("GET", "/page", headers={"x-long": "a" * 40_000}).status_code == 431
    big = b"x" * 12_500_000
    assert ask("POST", "/anything", headers={"origin": ADDRESS}, content=big).status_code == 413


def test_forwarded_addresses_change_nothing(hall: Hall) -> None:
    guesser = hall.phone()
    for n in range(20):
        guesser.get(f"/j/WRONG{n}", headers={"x-forwarded-for": f"10.0.0.{n}"})
    assert guesser.get("/j/WRONG", headers={"x-real-ip": "10.9.9.9"}).status_code == 429


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.test"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}],
)
def test_no_form_of_the_phones_can_be_sent_from_another_site(
    hall: Hall, headers: dict[str, str]
) -> None:
    stage = hall.open_stage()
    phone = hall.phone()
    phone.join()
    page = phone.get(hall.here)
    entry = {"kind": "S", "text": "Forged", "_key": hidden(page, "_key")}
    for address, form in {
        f"{hall.here}/s/{stage.id}": entry,
        f"{hall.here}/leave": {},
        f"{hall.here}/language": {"_language": "bg"},
        f"/j/{hall.workshop.code}": {"who": f"citizen-{hall.groups[0]}"},
        f"/j/{hall.workshop.code}/language": {"_language": "bg"},
        "/j": {"code": hall.workshop.code},
        "/j/language": {"_language": "bg"},
    }.items():
        answer = phone.post(address, form, headers=headers)
        assert answer.status_code == 403, address
        assert not answer.headers.get("set-cookie")
    assert hall.written(stage) == []
    assert len(hall.toolkit.people.participants(hall.workshop.id)) == 1
