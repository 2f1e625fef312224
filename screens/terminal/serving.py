"""``sedyanka serve``, ``phones`` and ``demo``: open the house, with something in it if asked."""

from __future__ import annotations

import ipaddress
import os

import click

from screens import console, demonstration, network
from screens.terminal import place
from workshop.language import joined, text
from workshop.model import Refused
from workshop.settings import settings

AUTO = "auto"


@click.command()
@click.option("--demo", "with_demo", is_flag=True, help="Load the demo series first.")
@click.option("--host", help="Address to listen on; without it every address of this machine.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; without it 8501.")
@click.option(
    "--address",
    metavar="URL|IP",
    help="What QR codes show: the URL of a proxy in front, or one of this machine's addresses, "
    "which is kept; `auto` finds the best one again.",
)
@place.database
def serve(
    with_demo: bool,
    host: str | None,
    port: int | None,
    address: str | None,
    database: str | None,
) -> None:
    """Start the server for staff, projector and phones."""
    own = _own_address(address)
    _choose(host=host, port=port, address=address if own is None else None, database=database)
    _check_port()
    toolkit = place.change(database)
    try:
        if own is not None:
            toolkit.hall.choose_address(None, own)
        if with_demo:
            demonstration.load(toolkit)
        # Only now: Streamlit takes two seconds to load, and what is wrong is known before.
        from screens import house

        house.enter(toolkit)
        from app import app
        from screens import launch

        launch.run(app, host=settings().host, port=settings().port)
    finally:
        toolkit.close()


@click.command()
@click.option("--host", help="Address to listen on; without it every address of this machine.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to listen on; without it 8501.")
@click.option("--address", metavar="URL", help="What phones reach when a proxy stands in front.")
@place.database
def phones(host: str | None, port: int | None, address: str | None, database: str | None) -> None:
    """Answer phones only, beside `serve`, on the same PostgreSQL."""
    _choose(host=host, port=port, address=address, database=database)
    _check_port()
    with place.change(database) as toolkit:
        from phone import alone

        known = settings()
        console.tell(text("Phones are answered on port {port}.", port=str(known.port)))
        ours = [known.address] if known.address else []
        alone.serve(toolkit, known.host, known.port, ours)


@click.command()
@place.database
def demo(database: str | None) -> None:
    """Load the demo series and print its name and join codes."""
    with place.change(database) as toolkit:
        demonstration.announce(toolkit, *demonstration.load(toolkit))


def _own_address(given: str | None) -> str | None:
    """Return the address of this machine somebody chose ("" for the best one), None for a URL."""
    if given == AUTO:
        return ""
    try:
        wanted = str(ipaddress.IPv4Address(given or ""))
    except ValueError:
        return None
    known = network.local_addresses()
    if wanted not in known:
        raise Refused(
            text(
                "This machine does not have the address {address}. It has: {known}.",
                address=wanted,
                known=joined(known or ["–"]),
            )
        )
    return wanted


def _choose(**wishes: str | int | None) -> None:
    """Let the whole program know what was asked for on the command line."""
    for name, value in wishes.items():
        if value is not None:
            os.environ[f"SEDYANKA_{name.upper()}"] = str(value)
    settings.cache_clear()
    address = settings().address
    if address and not address.startswith(("http://", "https://")):
        raise Refused(
            text(
                "The address must begin with http:// or https://, not “{address}”.", address=address
            )
        )


def _check_port() -> None:
    host, port = settings().host, settings().port
    try:
        free = network.port_is_free(host, port)
    except OSError as problem:
        raise Refused(
            text(
                "This machine cannot listen on “{host}”: {why}.",
                host=host,
                why=problem.strerror or str(problem),
            )
        ) from problem
    if not free:
        raise Refused(
            text(
                "Port {port} is in use. Is Sedyanka running already? If not, choose another one "
                "with --port.",
                port=str(port),
            )
        )
