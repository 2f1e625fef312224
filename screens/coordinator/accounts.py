"""Keep the staff accounts: who may prepare, run or watch workshops."""

from __future__ import annotations

import streamlit as st

from screens import desk, house, staff
from screens.house import _, plain, t
from workshop.language import text
from workshop.model import Refused, Role, Staff

ROLES = {
    Role.coordinator: text("Coordinator: prepares series, keeps accounts, exports"),
    Role.facilitator: text("Facilitator: runs workshops"),
    Role.observer: text("Observer: watches and changes nothing"),
}
SHORT = {
    Role.coordinator: text("Coordinator"),
    Role.facilitator: text("Facilitator"),
    Role.observer: text("Observer"),
}


def page() -> None:
    """Show all accounts at the left, and the form for a new one at the right."""
    member = desk.begin(text("Accounts"))
    refused = st.session_state.pop("account.refused", None)
    if refused is not None:
        house.refusal(refused)
    _password()
    left, right = st.columns([3, 2], gap="large")
    with left:
        for one in house.toolkit().accounts.staff():
            _account(member, one)
    with right:
        _new(member)
        with st.container(border=True):
            st.markdown(f"**{_('My own password')}**")
            st.link_button(_("Change my password"), "/staff")


def _password() -> None:
    """Show a password that was just made, until it is put away: it is stored nowhere."""
    made = st.session_state.get("account.made")
    if made is None:
        return
    name, password = made
    with st.container(border=True):
        st.markdown(_("Password for **{name}**. It is shown only now:", name=plain(name)))
        st.code(password, language=None)
        st.button(_("I have written it down"), on_click=_put_away, key="account.noted")


def _put_away() -> None:
    st.session_state.pop("account.made", None)


def _account(member: Staff, one: Staff) -> None:
    with st.container(border=True):
        words, role, act, more = st.columns([4, 2.6, 1.8, 2.2], vertical_alignment="bottom")
        with words:
            st.markdown(f"**{plain(one.name)}**")
            facts = [] if one.active else [_("disabled")]
            facts += [_("this is you")] if one.id == member.id else []
            facts += [_("has not changed the first password")] if one.first_password else []
            st.caption(" · ".join(facts) or _("active"))
        key = f"{one.id}.role.{one.role}"
        names = {which: t(label) for which, label in SHORT.items()}
        role.selectbox(
            _("Role"),
            list(Role),
            index=list(Role).index(one.role),
            format_func=names.__getitem__,
            key=key,
            disabled=not one.active,
            on_change=_give_role,
            args=(one, key),
        )
        with act:
            _enable(member, one)
        with more:
            _renew(member, one)


def _enable(member: Staff, one: Staff) -> None:
    """Draw the button that disables an account, or lets it in again."""
    accounts = house.toolkit().accounts
    question = _("Disable “{name}”? It works at once.", name=plain(one.name))
    if not one.active:
        if st.button(_("Enable"), key=f"{one.id}.enable"):
            with desk.refusals():
                accounts.set_active(member, one.id, True)
                desk.tell(_("“{name}” may sign in again.", name=one.name))
        return
    with desk.sure(_("Disable"), question, _("Yes, disable"), key=f"{one.id}.disable") as yes:
        if yes:
            accounts.set_active(member, one.id, False)
            desk.tell(_("“{name}” is disabled.", name=one.name))


def _renew(member: Staff, one: Staff) -> None:
    """Draw the button that makes a new password for somebody who lost theirs."""
    question = _("Make a new password for “{name}”?", name=plain(one.name))
    with desk.sure(_("New password"), question, _("Yes, make one"), key=f"{one.id}.reset") as yes:
        if yes:
            made = house.toolkit().accounts.reset_password(member, one.name)
            st.session_state["account.made"] = (one.name, made)
            st.rerun()


def _give_role(one: Staff, key: str) -> None:
    """Act on a changed role; a refused one jumps back.

    Callbacks run before the page asks who is looking, so it is asked here.
    """
    member = staff.signed_in()
    if not staff.may(member, Role.coordinator):
        return
    try:
        house.toolkit().accounts.set_role(member, one.id, st.session_state[key])
    except Refused as refused:
        st.session_state[key] = one.role
        st.session_state["account.refused"] = refused.reason


def _new(member: Staff) -> None:
    turn = st.session_state.get("account.turn", 0)
    duties = {which: t(label) for which, label in ROLES.items()}
    with st.container(border=True):
        st.markdown(f"**{_('New account')}**")
        name = st.text_input(
            _("Name to sign in with"),
            key=f"account.name.{turn}",
            on_change="ignore",
            autocomplete="off",
        )
        role = st.radio(
            _("Role"),
            list(Role),
            index=1,
            format_func=duties.__getitem__,
            key=f"account.role.{turn}",
            on_change="ignore",
        )
        if st.button(_("Create the account"), type="primary", key="account.create"):
            with desk.refusals():
                made, password = house.toolkit().accounts.create(member, name, str(role))
                st.session_state["account.made"] = (made.name, password)
                st.session_state["account.turn"] = turn + 1
                st.rerun()


page()
