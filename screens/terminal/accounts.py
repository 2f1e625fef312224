"""``sedyanka staff``: accounts and passwords, also when nobody can sign in any more."""

from __future__ import annotations

import click

from screens import console
from screens.terminal import place
from workshop.language import Text, text
from workshop.model import Refused, Role, Staff
from workshop.toolkit import Toolkit

ROLES: dict[Role, Text] = {
    Role.coordinator: text("coordinator"),
    Role.facilitator: text("facilitator"),
    Role.observer: text("observer"),
}


@click.group()
def staff() -> None:
    """Accounts of coordinators, facilitators and observers."""


@staff.command("list")
@place.database
def show(database: str | None) -> None:
    """Show all accounts."""
    with place.look(database) as toolkit:
        members = toolkit.accounts.staff()
        if not members:
            console.tell(text("There is no account yet; the first start of the server makes one."))
        for member in members:
            console.tell(
                text("{name}: {role}", name=member.name, role=ROLES[member.role])
                if member.active
                else text("{name}: {role}, disabled", name=member.name, role=ROLES[member.role])
            )


@staff.command()
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([one.value for one in Role]),
    default="facilitator",
    show_default=True,
)
@place.database
def add(name: str, role: str, database: str | None) -> None:
    """Make an account and print its first password."""
    with place.change(database) as toolkit:
        member, password = toolkit.accounts.create(None, name, role)
        _hand_over(member.name, password)


@staff.command()
@click.argument("name")
@place.database
def disable(name: str, database: str | None) -> None:
    """Close an account; whoever is signed in with it is out at once."""
    with place.change(database) as toolkit:
        member = toolkit.accounts.set_active(None, _named(toolkit, name).id, False)
        console.tell(text("The account “{name}” is disabled.", name=member.name))


@staff.command()
@click.argument("name")
@place.database
def enable(name: str, database: str | None) -> None:
    """Open a closed account again."""
    with place.change(database) as toolkit:
        member = toolkit.accounts.set_active(None, _named(toolkit, name).id, True)
        console.tell(text("The account “{name}” may sign in again.", name=member.name))


@staff.command()
@click.argument("name")
@place.database
def reset(name: str, database: str | None) -> None:
    """Print a new password; the old one stops working."""
    with place.change(database) as toolkit:
        member = _named(toolkit, name)
        _hand_over(member.name, toolkit.accounts.reset_password(None, member.name))


def _named(toolkit: Toolkit, name: str) -> Staff:
    wanted = name.strip().casefold()
    found = next((one for one in toolkit.accounts.staff() if one.name.casefold() == wanted), None)
    if found is None:
        raise Refused(text("There is no account named “{name}”.", name=name))
    return found


def _hand_over(name: str, password: str) -> None:
    console.tell(text("name: {name}   password: {password}", name=name, password=password))
    console.tell(text("Write it down: it is shown only now."))
