"""Sorting never touches an original, can be undone, and is written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.room import Hall
from workshop.cards import Card, cards
from workshop.language import Multilingual, say
from workshop.model import Anonymity, NotFound, Refused


@pytest.fixture
def room(both: str) -> Iterator[Hall]:
    hall = Hall(both)
    hall.move("open")
    for who in range(4):
        hall.write(who, f"Idea {who}", "a")
    hall.move("locked")
    yield hall
    hall.close()


def test_merging_brings_followers_along_and_is_undone(room: Hall) -> None:
    sorting = room.toolkit.sorting
    a, b, c, d = (one.id for one in room.standing())
    sorting.merge(None, [b], a)
    sorting.merge(None, [a], c)
    where = {one.id: one.into for one in room.toolkit.results.contributions(room.stage.id)}
    assert where == {a: c, b: c, c: None, d: None}
    with pytest.raises(Refused, match="itself merged"):
        sorting.merge(None, [d], a)
    for one in (a, b):
        sorting.unmerge(None, one)
    assert [one.entry.text for one in room.standing()] == [f"Idea {n}" for n in range(4)]


def test_every_act_is_undone_by_its_opposite(room: Hall) -> None:
    sorting, results = room.toolkit.sorting, room.toolkit.results
    before = results.contributions(room.stage.id)
    one = before[0].id
    theme = sorting.add_theme(None, room.stage.id, Multilingual(bg="Тема", en="Theme"))
    sorting.reword(None, one, Multilingual(bg="По-ясно", en="Clearer"))
    sorting.refile(None, one, "right")
    sorting.assign(None, one, theme.id)
    sorting.hide(None, one, "insult")
    changed = results.contributions(room.stage.id)[0]
    assert (changed.shelf, changed.theme_id, changed.hidden) == ("right", theme.id, "insult")
    assert say(results.words(changed), "en") == "Clearer"
    assert changed.entry.text == "Idea 0", "the author's words stay as they were"
    assert not changed.stands
    sorting.restore(None, one)
    sorting.reword(None, one, Multilingual())
    sorting.refile(None, one, "")
    sorting.remove_theme(None, theme.id)
    assert results.contributions(room.stage.id) == before


def test_no_two_themes_of_a_stage_are_called_the_same(room: Hall) -> None:
    sorting = room.toolkit.sorting
    first = sorting.add_theme(None, room.stage.id, Multilingual(bg="Сайт", en="Web site"))
    second = sorting.add_theme(None, room.stage.id, Multilingual(bg="Пари"))
    with pytest.raises(Refused, match="already a theme"):
        sorting.add_theme(None, room.stage.id, Multilingual(bg="сайт "))
    with pytest.raises(Refused, match="already a theme"):
        sorting.rename_theme(None, second.id, Multilingual(bg="Друго", en="WEB SITE"))
    assert sorting.rename_theme(None, first.id, Multilingual(bg="Сайт")).name.bg == "Сайт"
    assert [theme.name.bg for theme in sorting.themes(room.stage.id)] == ["Сайт", "Пари"]


def test_the_log_says_who_did_what_but_not_the_words(room: Hall) -> None:
    staff, _ = room.toolkit.accounts.create(None, "Ivana", "facilitator", "four simple words")
    one = room.standing()[0].id
    room.toolkit.sorting.reword(staff, one, Multilingual(en="Secret phrase"))
    room.toolkit.sorting.hide(staff, one, "personal")
    events = [event for event in room.toolkit.results.moves(room.workshop.id) if event.about == one]
    assert [(event.actor, event.act) for event in events[1:]] == [
        ("Ivana", "reword"), ("Ivana", "hide"),
    ]  # fmt: skip
    assert events[-1].detail == {"hidden": "personal"}
    assert "Secret" not in str(events)


def test_a_closed_stage_is_not_sorted(room: Hall) -> None:
    one = room.standing()[0].id
    room.move("revealed")
    room.toolkit.sorting.hide(None, one, "test")
    room.move("closed")
    with pytest.raises(Refused, match="Reopen it"):
        room.toolkit.sorting.restore(None, one)


def test_themes_and_places_of_elsewhere_do_not_exist_here(room: Hall) -> None:
    sorting = room.toolkit.sorting
    with pytest.raises(Refused):
        sorting.refile(None, room.standing()[0].id, "somewhere")
    with pytest.raises(NotFound):
        sorting.assign(None, room.standing()[0].id, "0" * 32)
    with pytest.raises(Refused):
        sorting.hide(None, room.standing()[0].id, "because")


def test_the_result_is_computed_anew_only_when_something_changed(room: Hall) -> None:
    results = room.toolkit.results
    first = results.tell(room.stage.id)
    assert results.tell(room.stage.id) is first
    room.toolkit.sorting.hide(None, room.standing()[0].id, "test")
    assert results.result(room.stage.id) == 3
    assert results.tell(room.stage.id) is not first


def test_suggestions_are_made_only_between_cards_that_stand(room: Hall) -> None:
    pairs = room.toolkit.sorting.suggestions(room.stage.id)
    assert len(pairs) == 6
    room.toolkit.sorting.hide(None, room.standing()[0].id, "test")
    assert len(room.toolkit.sorting.suggestions(room.stage.id)) == 3


def test_a_name_is_told_only_where_the_stage_says_so(both: str) -> None:
    for place, (anonymity, told) in enumerate(
        (
            (Anonymity.named, "Мост"), (Anonymity.organisation, "Мост"), (Anonymity.anonymous, ""),
        )
    ):  # fmt: skip
        room = Hall(both, people=0, anonymity=anonymity, name=f"names-{place}")
        room.toolkit.library.add_organisation(
            None, room.series.id, Multilingual(bg="Мост"), room.groups[0].id
        )
        room.people = [room.welcome(0, new_organisation="Мост")]
        room.move("open")
        room.write(0, "Idea", "a")
        assert say(room.toolkit.results.sender_name(room.standing()[0]), "bg") == told
        room.close()


def test_who_takes_back_the_card_that_leads_takes_nobody_elses_words_along(both: str) -> None:
    room = Hall(both)
    room.move("open")
    sent = [room.write(who, f"Idea {who}", "a").contribution_id for who in range(4)]
    a, b, c, d = sent
    sorting, undoing, entries = room.toolkit.sorting, room.toolkit.undoing, room.toolkit.entries
    theme = sorting.add_theme(None, room.stage.id, Multilingual(en="Theme"))
    sorting.assign(None, [a], theme.id)
    sorting.merge(None, [b, c], a)
    assert [(one.words.bg, one.people) for one in said(room)] == [("Idea 0", 3), ("Idea 3", 1)]
    before = room.toolkit.agenda.revision(room.workshop.id)
    changed = entries.contribute(
        room.people[0].id, room.stage.id, {"kind": "idea", "text": "Quite another"}, "b", replaces=a
    ).result()
    after = room.toolkit.agenda.revision(room.workshop.id)
    assert after[1] > before[1], "boards are drawn again"
    leading = [("Idea 1", 2), ("Idea 3", 1), ("Quite another", 1)]
    assert [(one.words.bg, one.people) for one in said(room)] == leading
    assert {one.first.id: one.first.theme_id for one in said(room)} == {
        b: theme.id, d: None, changed.contribution_id: None,
    }  # fmt: skip
    entries.withdraw(room.people[1].id, b, "w").result()
    assert [one.first.id for one in said(room)] == [c, d, changed.contribution_id]
    entries.withdraw(room.people[3].id, d, "w").result()
    sorting.merge(None, [changed.contribution_id], c)
    sorting.hide(None, c, "insult")
    entries.withdraw(room.people[2].id, c, "w").result()
    assert said(room) == [], "what was hidden with it does not come up"
    sorting.restore(None, changed.contribution_id)
    assert [one.first.id for one in said(room)] == [changed.contribution_id]
    (merging,) = (one for one in undoing.acts(room.workshop.id) if one.told.get("into") == 1)
    with pytest.raises(Refused):
        undoing.undo(None, merging.id)
    room.close()


def said(room: Hall) -> list[Card[Any]]:
    """Return the cards of the board, each with everybody behind it."""
    return cards(room.toolkit.results.contributions(room.stage.id), lambda entry: entry.text)
