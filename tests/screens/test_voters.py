"""The room's page: who may vote, chosen, counted, printed, voided and admitted by staff."""

from __future__ import annotations

import pytest

from screens import files
from tests.screens.facilitation import Facilitation, press, shown
from workshop.model import Admission, Role
from workshop.toolkit import Toolkit

PAGE = "facilitator/people.py"


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    return Facilitation(toolkit, monkeypatch, people=0)


def test_the_room_is_counted_and_who_is_late_is_admitted_one_by_one(work: Facilitation) -> None:
    people = [work.join(number) for number in range(3)]
    page = work.open(PAGE)
    page.radio(key="admission-open").set_value(Admission.room).run()
    press(page, "admission-choose")
    page.number_input(key="heads-None").set_value(3)
    press(page, "heads-count")
    assert work.workshop.joining_locked
    assert work.workshop.heads == 3
    late = [work.join(number) for number in (7, 8)]
    page = work.open(PAGE)
    assert "Came after the count" in shown(page)
    press(page, f"admit-{late[0].id}")
    admitted = {one.id for one in work.toolkit.people.participants(work.workshop_id) if one.voting}
    assert admitted == {late[0].id, *(one.id for one in people)}
    assert "4 have a vote, but 3 were counted in the room." in shown(page)
    assert "4 have a vote, but 3 were counted in the room." in shown(
        work.open("facilitator/cockpit.py")
    )


def test_tickets_are_made_printed_and_voided(work: Facilitation) -> None:
    page = work.open(PAGE, language="bg")
    page.radio(key="admission-open").set_value(Admission.tickets).run()
    press(page, "admission-choose")
    page.number_input(key="tickets-number-0").set_value(14)
    press(page, "tickets-make")
    known = work.toolkit.tickets.tickets(work.workshop_id)
    assert len(known) == 14
    links = [one.url for one in page.get("link_button") if "/staff/files/" in one.url]
    orders = [files.read(one.rsplit("/", 1)[-1], work.facilitator) for one in links]
    assert [(one.kind, one.language) for one in orders if one] == [
        ("tickets", "bg"),
        ("tickets", "en"),
    ]
    assert all(one is not None and one.joining.endswith("/j") for one in orders)
    page.selectbox(key="ticket-14").set_value(known[3].id).run()
    press(page, "ticket-void")
    assert work.toolkit.tickets.tickets(work.workshop_id)[3].state == "void"
    press(page, "tickets-void:yes")
    assert {one.state for one in work.toolkit.tickets.tickets(work.workshop_id)} == {"void"}


def test_a_choice_that_comes_too_late_is_a_sentence(work: Facilitation) -> None:
    work.join(0)
    page = work.open(PAGE)
    page.radio(key="admission-open").set_value(Admission.tickets).run()
    press(page, "admission-choose")
    assert "without a ticket" in page.error[0].value
    assert work.workshop.admission is Admission.open


def test_a_facilitator_prints_tickets_and_no_report(work: Facilitation) -> None:
    for kind, given in (("tickets", True), ("word", False), ("excel", False)):
        about = work.workshop_id if kind != "word" else work.series.id
        signed = files.address(work.facilitator, kind, about, "bg", joining="http://x/j")
        order = files.read(signed.rsplit("/", 1)[-1], work.facilitator)
        assert (order is not None) is given
    observer = work.member(Role.observer)
    signed = files.address(observer, "tickets", work.workshop_id, "bg", joining="http://x/j")
    assert files.read(signed.rsplit("/", 1)[-1], observer) is None


def test_the_sheet_is_a_word_file_of_what_is_left(work: Facilitation) -> None:
    import io

    import docx

    toolkit = work.toolkit
    toolkit.admission.choose(None, work.workshop_id, Admission.tickets)
    toolkit.tickets.issue(None, work.workshop_id, 2)
    signed = files.address(
        work.facilitator, "tickets", work.workshop_id, "bg", joining="http://10.0.0.7:8501/j"
    )
    order = files.read(signed.rsplit("/", 1)[-1], work.facilitator)
    assert order is not None
    made = files.make(order)
    assert made.name.startswith("Билети")
    document = docx.Document(io.BytesIO(made.content))
    said = "".join(cell.text for table in document.tables for cell in table._cells)
    said += "".join(
        cell.text for table in document.tables for one in table._cells for inner in one.tables
        for cell in inner._cells
    )  # fmt: skip
    assert "10.0.0.7:8501/j" in said
