"""How phones find the workshop: the machine's address among several, and the hall's Wi-Fi."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from screens import desk, house, network
from screens.facilitator import acts
from screens.house import _, plain
from screens.interfaces import Interface
from workshop.language import text
from workshop.model import Staff, Workshop
from workshop.settings import settings

KINDS = {
    "wireless": text("Wi-Fi"),
    "wired": text("cable"),
    "other": text("network"),
    "virtual": text("only inside this machine, or a VPN"),
}


def choose_address(member: Staff) -> None:
    """Draw which address phones are shown, and let staff choose where there are several."""
    if network.for_this_machine_alone():  # said above, with what to do
        return
    house.show(f'<h2 class="sed-h">{escape(_("Address for phones"))}</h2>')
    if settings().address:
        shown = _("{address}, as it was given at the start.", address=settings().address)
        st.markdown(plain(shown))
        return
    known = network.reachable()
    desk_ = house.toolkit().hall
    chosen = desk_.address()
    gone = chosen and chosen not in {one.address for one in known}
    if gone:
        words = _(
            "This machine no longer has the address {address}. Phones are shown another one: "
            "choose which.",
            address=chosen,
        )
        st.warning(plain(words))
    if not known:
        st.markdown(_("This machine is in no network."))
        return
    if len(known) == 1 and not chosen:
        st.markdown(_named(known[0]))
        return
    names = {"": _("The likeliest: {address}", address=_named(known[0]))}
    names |= {one.address: _named(one) for one in known}
    picked = st.radio(
        _("Every screen and every QR code shows it."),
        list(names),
        index=0 if gone else list(names).index(chosen),
        format_func=names.__getitem__,
        key=f"address-{desk.form_key(chosen, *names)}",
    )
    if picked != ("" if gone else chosen):
        done = text("Phones are shown this address from now on.")
        acts.attempt(member, partial(desk_.choose_address, member, picked), done)


def _named(one: Interface) -> str:
    kind = house.t(KINDS[one.kind])
    return plain(f"{one.address} · {kind}" + (f" ({one.name})" if one.name else ""))


def tell_wifi(member: Staff, workshop: Workshop) -> None:
    """Ask how phones come into the hall's network; it may stay unknown."""
    house.show(f'<h2 class="sed-h">{escape(_("Wi-Fi of the hall"))}</h2>')
    hall = house.toolkit().hall
    wifi = hall.look_at(workshop.id).wifi
    key = desk.form_key(workshop.id, wifi, wifi.password if wifi else "")
    with st.form(f"wifi-{key}"):
        name = st.text_input(_("Network"), wifi.name if wifi else "", key=f"wifi-name-{key}")
        password = st.text_input(
            _("Password (empty for an open network)"),
            wifi.password if wifi else "",
            key=f"wifi-password-{key}",
            autocomplete="off",
        )
        hidden = st.checkbox(
            _("The network does not show its name"),
            wifi.hidden if wifi else False,
            key=f"wifi-hidden-{key}",
        )
        st.caption(
            _(
                "While people join, the wall shows it beside the workshop's code, with the "
                "password. It is kept out of logs, archives and reports."
            )
        )
        with st.container(horizontal=True):
            save = st.form_submit_button(_("Show it on the wall"), type="primary")
            drop = wifi is not None and st.form_submit_button(_("Take it off the wall"))
    if save:
        keep = partial(hall.set_wifi, member, workshop.id, name or "", password or "", hidden)
        acts.attempt(member, keep, text("The wall shows the Wi-Fi while people join."))
    if drop:
        forget = partial(hall.drop_wifi, member, workshop.id)
        acts.attempt(member, forget, text("The Wi-Fi is forgotten."))
