"""Start the house safely, whichever way it is started, and say where its doors are."""

from __future__ import annotations

import logging
import signal
import sys
import tomllib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn.config
from streamlit import config, net_util

from screens import console, crowd, house
from workshop import connections
from workshop.language import Text, say, text
from workshop.model import Refused
from workshop.settings import settings

if TYPE_CHECKING:
    from streamlit import App

HOME = Path(__file__).resolve().parent.parent
SCRIPT = Path(__file__).with_name("main.py")
CONFIG = HOME / ".streamlit" / "config.toml"
REQUIRED: Mapping[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.disableDataExport": True,
    "runner.postScriptGC": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.runOnSave": False,
}
"""Without these the hall is watched from outside, errors show our insides, or voting stalls."""
KEEP_ALIVE = 75
"""Seconds, as web servers usually hold a line."""
BROKEN = 2
"""The exit code when the house could not be opened."""


def prepare() -> None:
    """Make the configuration of this process safe and open the database, or end with a sentence.

    ``uvicorn app:app`` reads neither ``STREAMLIT_…`` nor a configuration file of another folder,
    so what nobody chose is set here; what somebody chose to be unsafe stops the start.
    """
    configure()
    connections.allow()
    try:
        house.toolkit()
    except Refused as refused:
        stop(refused.reason)


def configure() -> None:
    """Set every option of our configuration file that nobody chose otherwise, then check."""
    config.get_config_options()
    for key, value in options().items():
        if not config.is_manually_set(key):
            config.set_option(key, value, str(CONFIG))
    for key, value in REQUIRED.items():
        if config.get_option(key) != value:
            stop(
                text(
                    "Sedyanka does not start with the setting {key} = {value}: {needed} is needed "
                    "to keep the room's answers safe. It was set in: {place}",
                    key=key,
                    value=str(config.get_option(key)),
                    needed=str(value),
                    place=config.get_where_defined(key),
                )
            )
    # Streamlit would ask the internet for our own address, on the event loop, for every stranger.
    net_util._external_ip = "127.0.0.1"
    _quieten()


def addresses() -> list[str]:
    """Return the public address if a proxy stands in front: forms may come from there."""
    return [settings().address] if settings().address else []


def options() -> dict[str, Any]:
    """Return our configuration file as dotted names."""
    with CONFIG.open("rb") as source:
        sections = tomllib.load(source)
    return {
        f"{section}.{name}": value
        for section, part in sections.items()
        for name, value in part.items()
    }


@asynccontextmanager
async def open_house(app: App) -> AsyncIterator[None]:
    """Say where the doors are when everything is ready; close the database at the end."""
    import anyio.to_thread

    toolkit = house.toolkit()
    first = await anyio.to_thread.run_sync(toolkit.accounts.ensure_first)
    console.print_doors(toolkit, first, host=_host(), port=_port())
    crowd.settle()
    _hold_the_line()
    yield
    await anyio.to_thread.run_sync(toolkit.close)


def run(app: App, *, host: str | None = None, port: int | None = None) -> None:
    """Serve until somebody stops it; for ``python app.py`` and ``sedyanka serve``."""
    wishes = {key: config.get_option(key) for key in options()}
    wishes["server.port"] = port if port is not None else settings().port
    address = host if host is not None else settings().host
    if address not in ("", "0.0.0.0", "::"):  # otherwise Streamlit listens on both IPv4 and IPv6
        wishes["server.address"] = address
    # Parsed anew with our wishes; compared with the first time, it would warn of a change.
    config._config_options = None
    app.run(config=wishes)


def stop(reason: Text) -> None:
    """End the process with one sentence."""
    print(say(reason, console.language()), file=sys.stderr, flush=True)
    raise SystemExit(BROKEN)


def _quieten() -> None:
    """Tell starting and stopping in our own words, and keep codes and addresses out of logs."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        uvicorn.config.LOGGING_CONFIG["loggers"].setdefault(name, {})["level"] = "WARNING"
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    if config._server_mode is not None:  # `uvicorn app:app` alone knows its address: let it speak
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


def _hold_the_line() -> None:
    """Let the server keep a phone's connection while its owner thinks, and spare it some bytes.

    Streamlit gives no word on how uvicorn keeps connections; after its five seconds a phone that
    sends has to connect anew, or finds the line cut under its form.
    """
    server = getattr(signal.getsignal(signal.SIGTERM), "__self__", None)
    if isinstance(server, uvicorn.Server):
        server.config.timeout_keep_alive = KEEP_ALIVE
        server.config.encoded_headers = []  # "server: uvicorn" concerns nobody
        server.config.date_header = False


def _host() -> str:
    return str(config.get_option("server.address") or "")


def _port() -> int | None:
    """Return where we listen; under ``uvicorn app:app`` only uvicorn knows, and says so."""
    if config._server_mode == "asgi-server":
        return None
    return int(config.get_option("server.port"))
