"""Accounts are made, given roles, disabled and helped; the last coordinator stays."""

from __future__ import annotations

import pytest

from tests.screens.coordination import Coordination, folded_out, press, told, write
from workshop.model import Refused, Role
from workshop.toolkit import Toolkit


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Coordination:
    return Coordination(toolkit, monkeypatch)


def test_a_new_account_gets_a_password_that_is_shown_once(work: Coordination) -> None:
    page = work.open("accounts.py")
    write(page, "Name to sign in with", "Елена")
    press(page, "account.create")
    password = page.code[0].value
    assert work.toolkit.accounts.sign_in("Елена", password).role is Role.facilitator
    press(page, "account.noted")
    assert not page.code


def test_a_taken_name_is_refused_and_stays_in_its_field(work: Coordination) -> None:
    page = work.open("accounts.py")
    write(page, "Name to sign in with", "мария")
    press(page, "account.create")
    assert page.error
    assert page.text_input(key="account.name.0").value == "мария"


def test_a_role_changes_at_once(work: Coordination) -> None:
    helper, _ = work.toolkit.accounts.create(None, "Елена", Role.observer)
    page = work.open("accounts.py")
    page.selectbox(key=f"{helper.id}.role.observer").set_value(Role.facilitator).run()
    assert not page.exception
    found = work.toolkit.accounts.by_id(helper.id)
    assert found is not None
    assert found.role is Role.facilitator


def test_the_last_coordinator_keeps_the_role(work: Coordination) -> None:
    page = work.open("accounts.py")
    key = f"{work.member.id}.role.coordinator"
    page.selectbox(key=key).set_value(Role.observer).run()
    assert "last coordinator" in page.error[0].value
    assert page.selectbox(key=key).value is Role.coordinator
    page.run()
    assert not page.error


def test_disabling_asks_first_and_works_at_once(work: Coordination) -> None:
    helper, password = work.toolkit.accounts.create(None, "Елена", Role.facilitator)
    page = work.open("accounts.py")
    assert "It works at once" in told(page)
    press(page, f"{helper.id}.disable:yes")
    with pytest.raises(Refused):
        work.toolkit.accounts.sign_in("Елена", password)
    press(page, f"{helper.id}.enable")
    assert work.toolkit.accounts.sign_in("Елена", password).name == "Елена"


def test_the_last_coordinator_is_told_why_below_the_question(work: Coordination) -> None:
    page = work.open("accounts.py")
    press(page, f"{work.member.id}.disable:yes")
    assert "last coordinator" in folded_out(page)
    assert work.toolkit.accounts.sign_in(work.member.name, work.password).active


def test_a_lost_password_is_replaced(work: Coordination) -> None:
    helper, lost = work.toolkit.accounts.create(None, "Елена", Role.facilitator)
    page = work.open("accounts.py")
    press(page, f"{helper.id}.reset:yes")
    assert work.toolkit.accounts.sign_in("Елена", page.code[0].value).id == helper.id
    with pytest.raises(Refused):
        work.toolkit.accounts.sign_in("Елена", lost)
