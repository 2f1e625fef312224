"""Starting: the configuration, the addresses, the page's language."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from screens import console, frontpage, launch, network
from workshop.settings import settings
from workshop.toolkit import Toolkit


@pytest.fixture(autouse=True)
def _fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_the_configuration_file_holds_every_required_setting() -> None:
    options = launch.options()
    assert {key: options.get(key, "?") for key in launch.REQUIRED} == dict(launch.REQUIRED)
    assert options["server.maxUploadSize"] == 10
    assert options["server.headless"] is True


@pytest.mark.parametrize("key", launch.REQUIRED)
def test_an_unsafe_setting_somebody_chose_stops_the_start(
    key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = dict(launch.REQUIRED) | {key: "unsafe"}
    streamlit = SimpleNamespace(
        get_config_options=lambda: chosen,
        is_manually_set=lambda name: True,
        get_option=chosen.get,
        get_where_defined=lambda name: "somewhere",
    )
    monkeypatch.setattr(launch, "config", streamlit)
    with pytest.raises(SystemExit):
        launch.configure()
    assert f"{key} = unsafe" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("seen", "shown"),
    [
        ("http://192.168.7.20:8501/wall", "http://192.168.7.20:8501"),
        ("https://sedyanka.example.eu/", "https://sedyanka.example.eu"),
        ("http://localhost:8501/wall", "http://10.1.2.3:8501"),
        ("http://127.0.0.1:8501/", "http://10.1.2.3:8501"),
        ("http://[::1]:8501/", "http://10.1.2.3:8501"),
    ],
)
def test_phones_are_never_sent_to_localhost(
    seen: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "local_addresses", lambda: ["10.1.2.3"])
    assert network.base_address(seen) == shown


def test_without_a_network_the_address_stays_as_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "local_addresses", list)
    assert network.base_address("http://localhost:8501/") == "http://localhost:8501"


def test_a_server_for_this_machine_alone_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEDYANKA_HOST", "127.0.0.1")
    monkeypatch.setattr(network, "local_addresses", lambda: ["10.1.2.3"])
    assert network.base_address("http://localhost:8501/") == "http://localhost:8501"


def test_the_address_given_for_a_proxy_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEDYANKA_ADDRESS", "https://sedyanka.example.eu/")
    assert network.base_address("http://localhost:8501/") == "https://sedyanka.example.eu"


def test_the_terminal_speaks_the_language_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(console, "_chosen", [])
    monkeypatch.setenv("LC_ALL", "bg_BG.UTF-8")
    assert console.language() == "bg"
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LC_MESSAGES", "C")
    monkeypatch.setenv("LANG", "C.UTF-8")
    assert console.language() == "en"
    console.speak("bg")
    assert console.language() == "bg"


def _page_for(body: bytes, **headers: str) -> tuple[bytes, dict[bytes, bytes]]:
    """Return what a browser gets for a page of Streamlit's."""
    sent: list[Any] = []

    async def streamlit(scope: Any, receive: Any, send: Any) -> None:
        assert b"accept-encoding" not in dict(scope["headers"])
        start = {"type": "http.response.start", "status": 200,
                 "headers": [(b"content-type", b"text/html"), (b"etag", b"x"),
                             (b"content-length", str(len(body)).encode())]}  # fmt: skip
        await send(start)
        await send({"type": "http.response.body", "body": body[:10], "more_body": True})
        await send({"type": "http.response.body", "body": body[10:]})

    async def keep(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
    }
    asyncio.run(frontpage.FrontPage(streamlit)(scope, None, keep))  # type: ignore[arg-type]
    return b"".join(one.get("body", b"") for one in sent[1:]), dict(sent[0]["headers"])


STREAMLIT = b'<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head></html>'


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({"accept_language": "bg-BG,bg;q=0.9,en;q=0.8"}, "bg"),
        ({"accept_language": "en-GB,en"}, "en"),
        ({"accept_language": "bg", "cookie": "a=b; sedyanka_language=en"}, "en"),
        ({}, "bg"),
    ],
)
def test_streamlits_page_says_the_readers_language(headers: dict[str, str], language: str) -> None:
    page, sent = _page_for(STREAMLIT, accept="text/html", accept_encoding="gzip", **headers)
    assert f'<html lang="{language}">'.encode() in page
    assert b"<title>Sedyanka</title>" in page
    assert sent[b"content-length"] == str(len(page)).encode()
    assert b"etag" not in sent


def test_a_page_of_our_own_is_not_touched() -> None:
    ours = b'<!DOCTYPE html><html lang="en"><head><title>Sign in</title></head></html>'
    assert _page_for(ours, accept="text/html", accept_language="bg")[0] == ours


@pytest.mark.parametrize(("version", "warned"), [("3.40.1", True), ("", False)])
def test_a_faulty_sqlite_is_mentioned_at_the_start(
    version: str,
    warned: bool,
    toolkit: Toolkit,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(console, "_chosen", ["en"])
    monkeypatch.setattr(console, "sqlite_warning", lambda: version)
    console.print_doors(toolkit, None, host="127.0.0.1", port=8501)
    said = capsys.readouterr().out
    assert ("rare known fault" in said) is warned
    assert "http://127.0.0.1:8501/staff" in said
    assert "password" not in said


def test_behind_a_proxy_the_public_address_is_printed(
    toolkit: Toolkit, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEDYANKA_ADDRESS", "https://sedyanka.example.eu/")
    settings.cache_clear()  # the toolkit has read them already
    console.print_doors(toolkit, None, host="", port=8501)
    said = capsys.readouterr().out
    assert "https://sedyanka.example.eu/staff" in said
    assert "https://sedyanka.example.eu/j" in said
