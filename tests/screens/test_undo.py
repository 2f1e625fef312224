"""The button that undoes: it says what and whose, and asks before it undoes a colleague's act."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pytest
import streamlit as st

from screens.facilitator import dragging, keys, undoing
from tests.screens.facilitation import Facilitation, button, press, shown
from tests.screens.test_facilitator import tick
from workshop.language import Multilingual, say
from workshop.model import Role, StageState
from workshop.toolkit import Toolkit

COCKPIT, BOARD = "facilitator/cockpit.py", "facilitator/board.py"


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    monkeypatch.setattr(keys, "REST", 0.0)
    work = Facilitation(toolkit, monkeypatch)
    work.move("open")
    work.write("Сайтът е остарял и няма пари", "Остарял сайт", "Няма хора")
    return work


def undo(page: Any) -> str:
    """Return what the button would undo; "" where there is none."""
    found = [one for one in page.button if str(one.key).startswith("undo-")]
    return found[0].label if found else ""


def stored(work: Facilitation, number: int) -> Any:
    found = work.toolkit.results.contributions(work.swot.id)
    return next(one for one in found if one.number == number)


def test_what_was_hidden_together_comes_back_together(work: Facilitation) -> None:
    page = work.open(BOARD)
    tick(page, work, 1, 3)
    next(one for one in page.selectbox if "hide" in one.label).set_value("test").run()
    press(page, "hide")
    assert work.standing() == ["Остарял сайт"]
    assert undo(page) == "Undo: hiding No. 1, 3"
    press(page, "undo")
    assert len(work.standing()) == 3
    assert [one.value for one in page.toast] == ["Undone: hiding No. 1, 3."]
    assert undo(page) == "Undo: opening “SWOT analysis”"


def test_the_key_undoes_one_act_after_the_other(work: Facilitation) -> None:
    sorting, fani = work.toolkit.sorting, work.facilitator
    sorting.merge(fani, [stored(work, 2).id], stored(work, 1).id)
    sorting.refile(fani, stored(work, 3).id, "T")
    work.toolkit.agenda.move(fani, work.swot.id, StageState.locked)
    page = work.open(COCKPIT)
    said = []
    for _ in range(3):
        said.append(undo(page))
        press(page, "key-Z")
    assert said == [
        "Undo: locking “SWOT analysis”", "Undo: moving No. 3", "Undo: merging No. 2 into No. 1",
    ]  # fmt: skip
    assert work.swot.state is StageState.open
    assert stored(work, 2).into is None
    assert stored(work, 3).shelf == ""


def test_a_colleagues_act_is_undone_by_a_second_press_that_knows_whose_it_is(
    work: Facilitation,
) -> None:
    ivana = work.member(Role.facilitator)
    work.toolkit.sorting.hide(ivana, stored(work, 1).id, "test")
    page = work.open(BOARD)
    assert f"{ivana.name} did this at" in shown(page)
    press(page, "undo")
    assert "Press once more" in shown(page)
    assert len(work.standing()) == 2
    press(page, "undo")
    assert len(work.standing()) == 3
    last = work.toolkit.results.moves(work.workshop_id)[-1]
    assert (last.actor, last.detail["by"]) == ("Фани", ivana.name)


def test_a_press_that_was_asked_for_another_act_asks_again(work: Facilitation) -> None:
    ivana = work.member(Role.facilitator)
    work.toolkit.sorting.hide(ivana, stored(work, 1).id, "test")
    page = work.open(BOARD)
    press(page, "undo")
    work.toolkit.sorting.hide(ivana, stored(work, 2).id, "test")
    page.run()
    assert "Press once more" not in shown(page)
    press(page, "undo")
    assert len(work.standing()) == 1


def test_what_cannot_be_undone_is_a_sentence_and_the_act_before_comes_up(
    work: Facilitation,
) -> None:
    work.toolkit.sorting.assign(work.facilitator, stored(work, 3).id, None)
    work.toolkit.sorting.refile(work.facilitator, stored(work, 3).id, "T")
    work.toolkit.sorting.hide(work.facilitator, stored(work, 1).id, "test")
    work.toolkit.entries.withdraw(work.people[0].id, stored(work, 1).id, "w").result()
    page = work.open(BOARD)
    press(page, "undo")
    assert "Its author has changed or withdrawn" in page.error[0].value
    assert undo(page) == "Undo: moving No. 3"
    press(page, "undo")
    assert stored(work, 3).shelf == ""


def test_a_late_press_of_two_is_no_fault(work: Facilitation) -> None:
    work.toolkit.sorting.hide(work.facilitator, stored(work, 1).id, "test")
    one, other = work.open(BOARD), work.open(BOARD)
    late = button(other, "undo")
    press(one, "undo")
    late.click().run()
    assert not other.exception
    assert len(work.standing()) == 3
    assert undo(other) == undo(one)


def test_a_card_with_two_ideas_is_split_on_the_board(work: Facilitation) -> None:
    page = work.open(BOARD)
    tick(page, work, 1)
    box = next(one for one in page.text_area if one.label == "One idea on each line")
    assert box.value == "Сайтът е остарял и няма пари"
    box.set_value("Сайтът е остарял\n\nНяма пари")
    next(one for one in page.button if one.label == "Split").click().run()
    assert not page.exception
    assert work.standing() == ["Сайтът е остарял", "Остарял сайт", "Няма хора", "Няма пари"]
    assert "part of No. 1" in shown(page)
    assert undo(page) == "Undo: splitting No. 1"
    press(page, "undo")
    assert work.standing()[0] == "Сайтът е остарял и няма пари"
    assert len(work.standing()) == 3


def test_one_line_is_no_split(work: Facilitation) -> None:
    page = work.open(BOARD)
    tick(page, work, 1)
    next(one for one in page.button if one.label == "Split").click().run()
    assert "two to ten ideas" in page.error[0].value
    assert len(work.standing()) == 3


def test_a_press_of_somebody_who_was_let_go_does_nothing(work: Facilitation) -> None:
    work.toolkit.sorting.hide(work.facilitator, stored(work, 1).id, "test")
    page = work.open(BOARD)
    work.enter(work.member(Role.observer))
    press(page, "undo")
    assert stored(work, 1).hidden == "test"
    assert "Your account may not open this page." in shown(page)


def test_observers_undo_nothing(work: Facilitation) -> None:
    work.enter(work.member(Role.observer))
    assert undo(work.open(COCKPIT)) == ""


def test_every_act_is_named_in_both_languages(work: Facilitation) -> None:
    toolkit, fani, swot, dots = work.toolkit, work.facilitator, work.swot.id, work.dots.id
    sorting, one, two = toolkit.sorting, stored(work, 1).id, stored(work, 2).id
    theme = sorting.add_theme(fani, swot, Multilingual(bg="Пари", en="Money"))
    sorting.rename_theme(fani, theme.id, Multilingual(bg="Средства", en="Funds"))
    sorting.assign(fani, one, theme.id)
    sorting.assign(fani, one, None)
    sorting.remove_theme(fani, theme.id)
    sorting.merge(fani, [two], one)
    sorting.unmerge(fani, two)
    sorting.reword(fani, one, Multilingual(en="Old site"))
    sorting.hide(fani, one, "test")
    sorting.restore(fani, one)
    toolkit.agenda.change_stage(fani, swot, moderated=True)
    work.write("Нещо ново", kind="O")
    sorting.let_through(fani, stored(work, 4).id)
    sorting.refile(fani, one, "S")
    sorting.split(fani, one, ["Едно", "Две"])
    offers = toolkit.results.offers(swot)
    toolkit.results.hand_on(fani, swot, dots, [offer.key for offer in offers])
    toolkit.agenda.place_stage(fani, dots, 0)
    toolkit.agenda.show(fani, work.workshop_id, None)
    toolkit.agenda.move(fani, swot, StageState.locked)
    up = ""
    for step in ("next card", "pass card", "card before"):
        assert toolkit.readout.go(fani, swot, up, step)
        up = toolkit.agenda.stage(swot).readout[-1].card
    for state in ("revealed", "closed"):
        toolkit.agenda.move(fani, swot, StageState(state))
    for state in ("open", "planned"):
        toolkit.agenda.move(fani, dots, StageState(state))
    acts = toolkit.undoing.acts(work.workshop_id, most=40)
    assert {act.act for act in acts} == {*undoing.CARDS, *undoing.THEMES, *undoing.STAGES}
    for language in ("bg", "en"):
        said = [say(undoing.what(act), language) for act in acts]
        assert all(said)
        assert not [one for one in said if "{" in one]


def test_a_hand_on_is_taken_back_while_its_stage_has_not_opened(work: Facilitation) -> None:
    offers = work.toolkit.results.offers(work.swot.id)
    keys_ = [offer.key for offer in offers]
    work.toolkit.results.hand_on(work.facilitator, work.swot.id, work.dots.id, keys_)
    page = work.open("facilitator/handing.py")
    assert undo(page) == "Undo: handing on to “Dot voting”"
    press(page, "undo")
    assert not work.toolkit.agenda.settings(work.dots).options  # type: ignore[attr-defined]
    work.toolkit.results.hand_on(work.facilitator, work.swot.id, work.dots.id, keys_)
    work.toolkit.agenda.move(None, work.dots.id, StageState.open)
    handed = work.toolkit.undoing.acts(work.workshop_id)[1]
    assert handed.act == "hand on"
    page = work.open(COCKPIT)
    assert undo(page).startswith("Undo: opening “Dot voting”")


@pytest.mark.parametrize(
    ("dropped", "stands"),
    [
        ({"onto": 1}, {2: ("into", 1)}),
        ({"shelf": "T"}, {2: ("shelf", "T")}),
        ({"onto": 2}, {}),
        ({"shelf": "no such place"}, {}),
        ({}, {}),
    ],
)
def test_what_is_dropped_is_looked_up_on_the_board(
    work: Facilitation,
    monkeypatch: pytest.MonkeyPatch,
    dropped: dict[str, Any],
    stands: dict[int, tuple[str, Any]],
) -> None:
    told = {"card": stored(work, 2).id, **dropped}
    if "onto" in told:
        told["onto"] = stored(work, told["onto"]).id

    def listener(_manager: object) -> Any:
        heard = [told]

        def mount(key: str, on_dropped_change: Callable[[], None], **_more: Any) -> None:
            while heard:
                st.session_state[key] = {"dropped": heard.pop()}
                on_dropped_change()

        return mount

    monkeypatch.setattr(dragging, "_listener", lru_cache(listener))
    page = work.open(BOARD)
    card = stored(work, 2)
    assert (card.into, card.shelf) == (
        stored(work, 1).id if stands.get(2, ("",))[0] == "into" else None,
        "T" if stands.get(2, ("",))[0] == "shelf" else "",
    )
    assert bool(page.toast) is bool(stands)
