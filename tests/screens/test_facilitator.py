"""The facilitator's day: running, sorting, handing on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from screens.facilitator import panel
from screens.facilitator.best import best, place
from tests.screens.facilitation import Facilitation, button, press, shown
from workshop.exercise import Offer
from workshop.language import Multilingual
from workshop.model import Away, Origin, Refused, StageState
from workshop.text import clean
from workshop.toolkit import Toolkit

COCKPIT, BOARD = "facilitator/cockpit.py", "facilitator/board.py"


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    return Facilitation(toolkit, monkeypatch)


def tick(page: AppTest, work: Facilitation, *numbers: int) -> None:
    """Tick the cards with these numbers, as the browser tells it."""
    wanted = {one.number: one.id for one in work.toolkit.results.contributions(work.swot.id)}
    for number in numbers:
        assert wanted[number] in {card for card, _words in cards(page)}
        known = page.session_state
        kept = known["sort-picked"] if "sort-picked" in known else []  # noqa: SIM401  # has no get
        known["sort-picked"] = [*kept, wanted[number]]
        page.run()


def cards(page: AppTest) -> list[tuple[str, str]]:
    """Return the cards a board shows: their ids and what is on them."""
    drawn = "".join(str(one.value) for one in page.html)
    return re.findall(r'st-key-card-(\w+)">(.*?)</div>', drawn)


def test_the_usual_path_is_one_press_each(work: Facilitation) -> None:
    page = work.open(COCKPIT)
    press(page, "next")
    assert work.workshop.current_stage_id == work.swot.id
    for state in ("open", "locked", "revealed", "closed"):
        press(page, "onward")
        assert work.swot.state == state
    press(page, "next")
    assert work.workshop.current_stage_id == work.dots.id


def test_every_step_can_be_taken_back(work: Facilitation) -> None:
    work.move("open", "locked", "revealed", "closed")
    page = work.open(COCKPIT)
    press(page, "back-revealed")
    press(page, "back-locked")
    press(page, "back-open")
    assert work.swot.state is StageState.open
    press(page, "back-planned")
    assert work.swot.state is StageState.planned


def test_a_refusal_is_a_sentence_and_nothing_changes(work: Facilitation) -> None:
    page = work.open(COCKPIT)
    press(page, f"show-{work.dots.id}")
    press(page, "onward")
    assert page.error
    assert work.dots.state is StageState.planned


def test_two_facilitators_who_reveal_together_cause_one_reveal(work: Facilitation) -> None:
    work.move("open", "locked")
    one, other = work.open(COCKPIT), work.open(COCKPIT)
    late = button(other, "onward")
    press(one, "onward")
    late.click().run()
    assert not other.exception
    assert work.swot.state is StageState.revealed
    assert sum(move.act == "revealed" for move in work.toolkit.results.moves(work.workshop_id)) == 1
    assert button(other, "back-locked")


def test_the_cockpit_counts_without_names(work: Facilitation) -> None:
    work.move("open")
    work.write("Няма обратна връзка", "Сайтът е остарял")
    page = shown(work.open(COCKPIT))
    assert "2 / 4" in page
    assert "people joined" in page
    assert "Invented opinions." in page


def test_joining_is_locked_and_opened(work: Facilitation) -> None:
    page = work.open(COCKPIT)
    press(page, "joining")
    with pytest.raises(Refused):
        work.join(9)
    press(page, "joining")
    work.join(9)


def test_picked_cards_are_merged_and_taken_apart_again(work: Facilitation) -> None:
    work.move("open")
    work.write("Сайтът е остарял", "Остарял сайт на общината", "Няма пари")
    page = work.open(BOARD)
    tick(page, work, 1, 2)
    press(page, "merge")
    assert work.standing() == ["Сайтът е остарял", "Няма пари"]
    assert "2 people" in shown(page)
    tick(page, work, 1)
    second = next(
        one for one in work.toolkit.results.contributions(work.swot.id) if one.number == 2
    )
    press(page, f"unmerge-{second.id}")
    assert len(work.standing()) == 3


def test_a_suggested_pair_is_merged_with_one_press(work: Facilitation) -> None:
    work.move("open")
    work.write("Сайтът е остарял и бавен", "Сайтът е остарял и бавен!", "Няма пари")
    page = work.open(BOARD)
    button = next(one for one in page.button if str(one.key).startswith("same-"))
    press(page, str(button.key))
    assert len(work.standing()) == 2
    assert not [one for one in page.button if str(one.key).startswith("same-")]


def test_rewording_shows_both_languages_and_keeps_the_original(work: Facilitation) -> None:
    work.move("open")
    work.write("sait e ostarql")
    page = work.open(BOARD)
    tick(page, work, 1)
    page.text_area[0].set_value("Сайтът е остарял")
    page.text_area[1].set_value("The site is outdated")
    next(one for one in page.button if one.label == "Save the wording").click().run()
    (stored,) = work.toolkit.results.contributions(work.swot.id)
    assert stored.wording == Multilingual(bg="Сайтът е остарял", en="The site is outdated")
    assert stored.entry.text == "sait e ostarql"
    assert "sait e ostarql" in shown(page)
    press(page, "own-words")
    assert work.standing() == ["sait e ostarql"]


def test_cards_are_moved_themed_hidden_with_a_reason_and_restored(work: Facilitation) -> None:
    work.move("open")
    work.write("Телефонът ми е 0888 123 456", "Няма пари")
    theme = work.toolkit.sorting.add_theme(None, work.swot.id, Multilingual(en="Money"))
    page = work.open(BOARD)
    tick(page, work, 2)
    next(one for one in page.selectbox if one.label == "Theme" and "theme-" in str(one.key)
         and not str(one.key).startswith("sort-")).set_value(theme.id).run()  # fmt: skip
    press(page, "assign")
    tick(page, work, 2)
    next(one for one in page.selectbox if one.label == "Where it belongs").set_value("T").run()
    press(page, "refile")
    second = work.toolkit.results.contributions(work.swot.id)[1]
    assert (second.theme_id, second.shelf) == (theme.id, "T")
    tick(page, work, 1)
    press(page, "hide")
    assert page.error
    next(one for one in page.selectbox if "hide" in one.label).set_value("personal").run()
    press(page, "hide")
    assert work.standing() == ["Няма пари"]
    page.toggle(key="sort-hidden").set_value(True).run()
    first = work.toolkit.results.contributions(work.swot.id)[0]
    press(page, f"restore-{first.id}")
    assert len(work.standing()) == 2


def test_two_helpers_sort_the_same_board_without_undoing_each_other(work: Facilitation) -> None:
    work.move("open")
    work.write("Сайтът е остарял", "Остарял сайт", "Няма пари")
    one, other = work.open(BOARD), work.open(BOARD)
    tick(one, work, 1, 2)
    tick(other, work, 2, 3)
    press(one, "merge")
    press(other, "merge")
    assert not other.exception
    stored = {card.number: card for card in work.toolkit.results.contributions(work.swot.id)}
    assert stored[2].into == stored[1].id
    one.run()
    assert len(work.standing()) in (1, 2)


def test_a_closed_stage_says_that_it_can_be_reopened(work: Facilitation) -> None:
    work.move("open")
    work.write("Сайтът е остарял", "Остарял сайт")
    work.move("locked", "revealed", "closed")
    page = work.open(BOARD)
    assert page.info
    tick(page, work, 1, 2)
    press(page, "merge")
    assert "Reopen" in page.error[0].value
    assert len(cards(page)) == 2
    assert len(page.session_state["sort-picked"]) == 2


@pytest.mark.parametrize(
    "words",
    [
        "![x](http://127.0.0.1:9/x) [a](http://127.0.0.1:9/y)",
        "**b** _i_ `code` ~~s~~ # h",
        ":red[x] :material/home: :smile:",
        "$\\frac{1}{$ $x$",
        "<script>window.__x=1</script>",
        "www.example.org a@example.org -> x",
    ],
)
def test_what_people_typed_is_shown_letter_by_letter(work: Facilitation, words: str) -> None:
    work.move("open")
    work.write(words)
    ((_, drawn),) = cards(work.open(BOARD))
    assert f">No. 1 · {escape(clean(words, 1000))}</span>" in drawn


def test_five_hundred_cards_come_in_pages_and_can_be_searched(work: Facilitation) -> None:
    work.people += [work.join(number) for number in range(4, 30)]
    work.move("open")
    work.write(*[f"Мнение номер {number} за общината" for number in range(500)])
    page = work.open(BOARD)
    assert len(cards(page)) == 40
    page.text_input(key="sort-find").set_value("номер 417").run()
    assert len(cards(page)) == 1


def test_picks_on_another_page_of_the_board_are_not_forgotten(work: Facilitation) -> None:
    work.people += [work.join(number) for number in range(4, 10)]
    work.move("open")
    work.write(*[f"Мнение {number}" for number in range(60)])
    page = work.open(BOARD)
    tick(page, work, 1)
    page.text_input(key="sort-find").set_value("Мнение 55").run()
    tick(page, work, 56)
    press(page, "merge")
    assert len(work.standing()) == 59


def test_the_best_are_handed_on_with_their_origin(work: Facilitation) -> None:
    work.move("open")
    work.write("Сайтът е остарял", "Остарял сайт", "Няма пари")
    stored = work.toolkit.results.contributions(work.swot.id)
    work.toolkit.sorting.merge(None, [stored[1].id], stored[0].id)
    work.move("locked", "revealed")
    page = work.open("facilitator/handing.py")
    assert len(page.checkbox) == 2
    page.checkbox[1].uncheck().run()
    press(page, "hand-on")
    (option,) = work.toolkit.agenda.settings(work.dots).options  # type: ignore[attr-defined]
    assert option.wording.said("bg") == "Сайтът е остарял"
    assert option.origin.stage_id == work.swot.id


def test_a_theme_is_offered_under_a_heading_of_its_own_and_not_ticked(work: Facilitation) -> None:
    work.move("open")
    work.write("Сайтът е остарял", "Няма пари")
    theme = work.toolkit.sorting.add_theme(None, work.swot.id, Multilingual(en="Web site"))
    card = work.toolkit.results.contributions(work.swot.id)[0]
    work.toolkit.sorting.assign(None, card.id, theme.id)
    work.move("locked", "revealed")
    page = work.open("facilitator/handing.py")
    assert [one.value for one in page.checkbox] == [True, True, False]
    heads = [str(one.value) for one in page.html if '"sed-h"' in str(one.value)]
    assert [re.sub(r"<.*?>", "", one) for one in heads] == ["Weaknesses", "Themes"]


def test_of_each_field_as_many_are_ticked_and_its_places_count_from_one() -> None:
    def offer(key: str, rank: int, **more: Any) -> Offer:
        words = Multilingual(en=key)
        return Offer(
            key=key, wording=words, origin=Origin(stage_id="s"), rank=rank, category=key[0], **more
        )

    strengths = [offer(f"S{n}", n, by_category=True) for n in range(1, 9)]
    threats = [offer(f"T{n}", 9 if n < 5 else 13, by_category=True) for n in range(1, 8)]
    themes = [offer("X1", 16, by_category=True, usual=False)]
    found = [*strengths, *threats, *themes]
    threatened = {one.key for one in threats}
    assert best(found) == ({f"S{n}" for n in range(1, 6)} | threatened, False)
    assert [place(one, found) for one in threats] == [1] * 4 + [5] * 3
    over_all = [offer(one.key, one.rank) for one in strengths + threats[:4]]
    assert best(over_all) == ({one.key for one in strengths}, False), "the tie at 9 passes ten"
    many = [offer(f"W{n}", 16, by_category=True) for n in range(60)]
    first, cut = best(found + many)
    assert cut, "no vote takes so many"
    assert Counter(key[0] for key in first) == {"S": 5, "T": 5, "W": 5}
    assert place(over_all[-1], over_all) == 9


def test_nothing_is_handed_on_to_an_open_vote(work: Facilitation) -> None:
    work.move("open")
    work.write("Сайтът е остарял", "Няма пари")
    work.toolkit.results.hand_on(
        None, work.swot.id, work.dots.id,
        [offer.key for offer in work.toolkit.results.offers(work.swot.id)],
    )  # fmt: skip
    work.toolkit.agenda.move(None, work.dots.id, StageState.open)
    page = work.open("facilitator/handing.py")
    assert page.info
    assert button(page, "hand-on").disabled


def test_the_result_is_seen_before_the_room_sees_it(work: Facilitation) -> None:
    work.move("open")
    work.write("Сайтът е <b>остарял</b>", "Няма пари")
    page = shown(work.open("facilitator/result.py"))
    assert "The room does not see this yet" in page
    assert "&lt;b&gt;остарял" in page
    assert "<b>остарял" not in page


def test_every_page_says_that_a_series_is_invented(work: Facilitation) -> None:
    for name in ("cockpit", "board", "result", "handing", "people"):
        assert "Invented opinions." in shown(work.open(f"facilitator/{name}.py"))


def test_screens_come_back_by_themselves_when_the_database_was_away(
    work: Facilitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def away() -> Iterator[Any]:
        raise Away("nobody answers")
        yield

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(work.toolkit.store, "read", away)
        page = work.open()
        assert [one.value for one in page.warning] == [
            "The database does not answer just now. What is saved is safe; this page comes back "
            "by itself."
        ]
        assert not page.exception
    page.run()
    assert not page.warning
    assert "First meeting" in shown(page)
    work.move("open")
    page = work.open(BOARD)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(work.toolkit.store, "read", away)
        next(one for one in page.button if one.label.startswith("Undo")).click().run()
        assert not page.exception, "an act that finds no database is not the end of the page"
        assert len(page.warning) == 1
    page.run()
    assert work.swot.state == "open"
    assert "The database does not answer" in page.error[0].value


def test_a_second_press_on_what_the_first_has_done_does_nothing(work: Facilitation) -> None:
    done: list[list[str]] = []
    panel._all(lambda member, ids: done.append(ids), list)(work.member)
    assert done == []
