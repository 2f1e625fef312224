"""Who may vote: an open code, a counted room, printed tickets; in both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.workshop.test_hall import furnish
from workshop.model import Admission, Refused, StageState, Workshop
from workshop.store import tables
from workshop.toolkit import Joined, Toolkit
from workshop.toolkit.admitting import proof


def joining(toolkit: Toolkit, shop: Workshop, key: str, ticket: str = "") -> Joined:
    group = toolkit.library.groups(shop.series_id)[0]
    return toolkit.people.join(shop.code, group_id=group.id, key=key, ticket=ticket)


def with_tickets(toolkit: Toolkit, number: int = 4) -> tuple[Workshop, list[str]]:
    shop = furnish(toolkit)
    toolkit.admission.choose(None, shop.id, Admission.tickets)
    return shop, [one.code for one in toolkit.tickets.issue(None, shop.id, number)]


def states(toolkit: Toolkit, shop: Workshop) -> list[str]:
    return sorted(one.state for one in toolkit.tickets.tickets(shop.id))


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.reason.message


def test_a_ticket_lets_exactly_one_person_in(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    shop, codes = with_tickets(toolkit)
    first = joining(toolkit, shop, "a", f" {codes[0][:4].lower()}-{codes[0][4:]} ")
    again = joining(toolkit, shop, "a", codes[0])
    assert again.participant.id == first.participant.id
    assert "already let somebody in" in refusal(lambda: joining(toolkit, shop, "b", codes[0]))
    assert "no such ticket" in refusal(lambda: joining(toolkit, shop, "c", "22222222"))
    assert "type what stands" in refusal(lambda: joining(toolkit, shop, "d"))
    assert len(toolkit.people.participants(shop.id)) == 1
    assert states(toolkit, shop) == ["free", "free", "free", "used"]


def test_of_many_who_come_with_one_ticket_at_once_one_gets_in(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    shop, codes = with_tickets(toolkit)
    group = toolkit.library.groups(shop.series_id)[0]

    def come(number: int) -> str:
        try:
            toolkit.people.join(
                shop.code, group_id=group.id, key=f"k{number}", ticket=codes[number % 2]
            )
        except Refused as refused:
            return refused.reason.message
        return "in"

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(come, range(24)))
    assert told.count("in") == 2
    assert all("already let somebody in" in one for one in told if one != "in")
    assert len(toolkit.people.participants(shop.id)) == 2


def test_the_database_itself_refuses_a_second_end_of_a_ticket(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    shop, codes = with_tickets(toolkit)
    joining(toolkit, shop, "a", codes[0])
    ended = select(tables.ticket_end.c.ticket_id)
    with toolkit.store.engine.connect() as connection:
        ticket = connection.execute(ended).scalar_one()
        for how in "used", "void":
            line = f"INSERT INTO ticket_end (ticket_id, how) VALUES ('{ticket}', '{how}')"
            with pytest.raises(IntegrityError):
                connection.execute(text(line))
            connection.rollback()


def test_tickets_are_voided_one_by_one_and_all_at_once(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    shop, codes = with_tickets(toolkit)
    joining(toolkit, shop, "a", codes[0])
    known = {one.code: one.id for one in toolkit.tickets.tickets(shop.id)}
    assert toolkit.tickets.void(None, shop.id, [known[codes[0]], known[codes[1]]]) == 1
    assert "no longer valid" in refusal(lambda: joining(toolkit, shop, "b", codes[1]))
    joining(toolkit, shop, "b", codes[2])
    assert toolkit.tickets.void(None, shop.id) == 1
    assert states(toolkit, shop) == ["used", "used", "void", "void"]
    fresh = {one.code for one in toolkit.tickets.issue(None, shop.id, 1)} - set(codes)
    joining(toolkit, shop, "c", fresh.pop())


def test_a_ticket_of_another_workshop_lets_nobody_in(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    shop, codes = with_tickets(toolkit)
    other = toolkit.library.create_workshop(
        None, shop.series_id, title=shop.title, day=shop.day, minutes=60
    )
    toolkit.admission.choose(None, other.id, Admission.tickets)
    assert "no such ticket" in refusal(lambda: joining(toolkit, other, "a", codes[0]))
    assert states(toolkit, shop) == ["free"] * 4


def test_what_is_refused_for_another_reason_uses_no_ticket_up(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    shop, codes = with_tickets(toolkit)
    toolkit.agenda.lock_joining(None, shop.id, True)
    assert "closed" in refusal(lambda: joining(toolkit, shop, "a", codes[0]))
    toolkit.agenda.lock_joining(None, shop.id, False)
    joining(toolkit, shop, "a", codes[0])


def test_nothing_kept_tells_who_came_with_which_ticket(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    shop, codes = with_tickets(toolkit)
    people = [joining(toolkit, shop, key, code) for key, code in zip("abcd", codes, strict=True)]
    columns = {one.name for one in (*tables.ticket.columns, *tables.ticket_end.columns)}
    assert columns == {"id", "workshop_id", "code", "ticket_id", "how"}
    written = str(toolkit.archive.dump(shop.series_id))
    tickets = toolkit.tickets.tickets(shop.id)
    assert not [one for one in tickets if one.id in written or one.code in written]
    assert [one.participant.number for one in people] == [1, 2, 3, 4]


def test_tickets_cannot_be_chosen_once_somebody_is_in(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    shop = furnish(toolkit)
    joining(toolkit, shop, "a")
    choose = toolkit.admission.choose
    assert "without a ticket" in refusal(lambda: choose(None, shop.id, Admission.tickets))
    rehearsal = furnish(toolkit, rehearsal=True)
    assert "scripted" in refusal(lambda: choose(None, rehearsal.id, Admission.tickets))


def test_who_comes_after_the_count_waits_to_be_admitted(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    shop = furnish(toolkit)
    assert "Choose first" in refusal(lambda: toolkit.admission.count_heads(None, shop.id, 2))
    toolkit.admission.choose(None, shop.id, Admission.room)
    joining(toolkit, shop, "a")
    toolkit.admission.count_heads(None, shop.id, 1)
    late = joining(toolkit, shop, "b").participant
    assert late.waiting
    presence = toolkit.people.presence(shop.id)
    assert (presence.joined, presence.late, presence.observers, presence.heads) == (1, 1, 0, 1)
    stage = toolkit.agenda.stages(shop.id)[0]
    toolkit.agenda.move(None, stage.id, StageState.open)
    words = {"kind": "S", "text": "Good library"}
    send = toolkit.entries.contribute
    assert "Observers" in refusal(lambda: send(late.id, stage.id, words, "k").result(10))
    for _ in range(2):
        assert not toolkit.admission.admit(None, late.id).waiting
    send(late.id, stage.id, words, "k").result(10)
    assert toolkit.people.presence(shop.id).joined == 2


def test_a_door_opened_again_forgets_the_count(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    shop = furnish(toolkit)
    toolkit.admission.choose(None, shop.id, Admission.room)
    toolkit.admission.count_heads(None, shop.id, 12)
    toolkit.agenda.lock_joining(None, shop.id, False)
    now = toolkit.library.workshop(shop.id)
    assert now.heads is None
    assert "no count is kept" in proof(now, []).message


def test_the_report_and_the_archive_say_who_could_vote(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    shop = furnish(toolkit)
    joining(toolkit, shop, "a")
    assert "Whoever had the join code" in said(toolkit, shop)
    toolkit.admission.choose(None, shop.id, Admission.room)
    toolkit.admission.count_heads(None, shop.id, 1)
    toolkit.admission.admit(None, joining(toolkit, shop, "b").participant.id)
    joining(toolkit, shop, "c")
    told = said(toolkit, shop)
    for words in "when 1 person was counted", "2 came after that (1 admitted)", "2 had a vote":
        assert words in told, told
    archived = toolkit.archive.dump(shop.series_id)
    assert [(one["admission"], one["heads"]) for one in archived["workshops"]] == [("room", 1)]
    people = sorted(archived["participants"], key=lambda one: one["number"])
    assert [one["late"] for one in people] == [False, True, True]


def said(toolkit: Toolkit, shop: Workshop) -> str:
    from workshop.language import say

    report = toolkit.results.report(shop.series_id)
    chapter = next(one for one in report.sections if one.key == "R4")
    part = next(one for one in chapter.sections if one.key == f"R4.{shop.short_name}")
    return " ".join(
        say(sentence, "en") for block in part.blocks for sentence in getattr(block, "sentences", ())
    )
