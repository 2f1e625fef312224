"""Who is looking: the signed cookie of a member of staff, read again on every script run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from screens import house
from workshop.model import NotFound, Role, Staff

COOKIE = "sedyanka_staff"
SAFE_COOKIE = "__Host-sedyanka_staff"
PURPOSE = "staff"
HOURS = 12
_RANK = (Role.observer, Role.facilitator, Role.coordinator)


def cookie() -> str:
    """Return the signed value the browser sent; tests put their own in its place."""
    cookies = st.context.cookies
    return str(cookies.get(SAFE_COOKIE) or cookies.get(COOKIE) or "")


def signed_in() -> Staff | None:
    """Return who is looking, or None.

    Nothing is remembered between runs: Streamlit's session id is a credential anybody may
    present, a disabled account must be out at once, and a new password ends old visits.
    """
    return whose(cookie())


def whose(signed: str) -> Staff | None:
    """Return the active account a signed cookie belongs to, or None."""
    if not signed:
        return None
    toolkit = house.toolkit()
    value = toolkit.signer.unsign(signed, PURPOSE, HOURS * 3600)
    if value is None:
        return None
    found = toolkit.accounts.by_id(str(value.get("id", "")))
    if found is None or not found.active or toolkit.accounts.stamp(found) != value.get("stamp"):
        return None
    return found


def pass_for(member: Staff) -> str:
    """Return the signed value that signs ``member`` in."""
    toolkit = house.toolkit()
    value = {"id": member.id, "stamp": toolkit.accounts.stamp(member)}
    return toolkit.signer.sign(value, PURPOSE)


def may(member: Staff | None, role: Role) -> bool:
    """Return whether ``member`` may do what ``role`` may; each role includes the ones below."""
    return member is not None and _RANK.index(member.role) >= _RANK.index(role)


def entrance(role: Role = Role.observer) -> Staff:
    """Return who is looking, or show the way in and stop the page.

    Every page calls it first; a fragment runs without its page and calls ``remain``.
    """
    member = signed_in()
    if member is None or not may(member, role):
        turn_away(member)
        st.stop()
    return member


def remain(role: Role = Role.observer) -> Staff:
    """Return who is looking, for a fragment; whoever may no longer look loses the whole page."""
    member = signed_in()
    if member is None or not may(member, role):
        st.rerun()
    return member


@contextmanager
def while_there() -> Iterator[None]:
    """Draw the whole page anew where what a fragment shows was deleted meanwhile."""
    try:
        yield
    except NotFound:
        st.rerun()


def turn_away(member: Staff | None) -> None:
    """Say in one short page why there is nothing to see here."""
    _ = house._
    house.show(house.style("staff.css"))
    if member is None:
        words = _("Please sign in to see this page.")
        label = _("Sign in")
        back = ""
    else:
        back = f'<p><a href="/" target="_self">{_("Back to the workshop")}</a></p>'
        words = _("Your account may not open this page.")
        label = _("Sign in as somebody else")
    house.show(
        f'<div class="sed-door"><img src="{house.picture("star.svg")}" alt="" />'
        f"<h1>{_('Sedyanka')}</h1><p>{words}</p>"
        f'<p><a href="{house.link("/staff", next=house.here())}" target="_self" class="sed-act">'
        f"{label}</a></p>{back}</div>"
    )
