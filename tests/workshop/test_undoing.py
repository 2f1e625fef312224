"""Two facilitators change their minds: what staff did is undone, and the log keeps both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.room import Hall
from workshop.language import Multilingual
from workshop.model import Act, Anonymity, Refused, Staff, StageState
from workshop.toolkit import StageDraft

M = Multilingual


class Desk:
    """A hall with two facilitators, written in and locked; a ballot comes after it."""

    def __init__(self, url: str, **more: Any) -> None:
        self.hall = Hall(url, **more)
        self.toolkit = self.hall.toolkit
        create = self.toolkit.accounts.create
        self.ana, self.bo = (
            create(None, name, "facilitator", "four simple words")[0] for name in ("Ana", "Bo")
        )
        self.ballot = self.toolkit.agenda.add_stage(
            None, self.hall.workshop.id, StageDraft(exercise="ballots")
        ).id
        self.hall.move("open")
        for who in range(4):
            self.hall.write(who, f"Idea {who}", "a")
        self.hall.move("locked")
        self.cards = [one.id for one in self.hall.standing()]
        self.start = 0
        self.start = max(one.id for one in self.acts)

    @property
    def acts(self) -> list[Act]:
        """What can be undone of the story, the latest first; how the room was prepared stays."""
        found = self.toolkit.undoing.acts(self.hall.workshop.id)
        return [one for one in found if one.id > self.start]

    def undo(self, by: Staff | None, place: int = 0) -> Act:
        """Undo an act (the latest), whoever did it."""
        act = self.acts[place]
        return self.toolkit.undoing.undo(by, act.id, act.actor)

    def seen(self) -> Any:
        """Return all that wall, phones and report could show, but no revisions."""
        toolkit, shop = self.toolkit, self.hall.workshop.id
        stages = toolkit.agenda.stages(shop)
        return (
            [replace(one, revision=0, ever_opened=True) for one in stages],
            [toolkit.results.contributions(one.id) for one in stages],
            [toolkit.sorting.themes(one.id) for one in stages],
            [toolkit.results.tell(one.id) for one in stages],
            [toolkit.results.room(shop, one.id) for one in stages],
            toolkit.library.workshop(shop).current_stage_id,
        )

    @property
    def log(self) -> list[tuple[str, str]]:
        """Who did what."""
        return [(one.actor, one.act) for one in self.toolkit.results.moves(self.hall.workshop.id)]


@pytest.fixture
def desk(both: str) -> Iterator[Desk]:
    desk = Desk(both)
    yield desk
    desk.hall.close()


@pytest.fixture
def lone(tmp_path: Any) -> Iterator[Desk]:
    """The same on SQLite alone, for what does not depend on the database."""
    desk = Desk(f"sqlite:///{tmp_path / 'sedyanka.db'}")
    yield desk
    desk.hall.close()


def test_acts_are_undone_one_after_the_other_and_both_stand_in_the_log(desk: Desk) -> None:
    sorting, (a, b, c, d), before = desk.toolkit.sorting, desk.cards, desk.seen()
    theme = sorting.add_theme(desk.ana, desk.hall.stage.id, M(en="Theme"))
    sorting.merge(desk.ana, [a], b)
    sorting.merge(desk.bo, [b, d], c)
    sorting.reword(desk.bo, c, M(bg="Друго", en="Other"))
    sorting.assign(desk.ana, [c], theme.id)
    sorting.refile(desk.ana, c, "right")
    sorting.unmerge(desk.ana, d)
    sorting.rename_theme(desk.bo, theme.id, M(en="Renamed"))
    sorting.remove_theme(desk.bo, theme.id)
    sorting.hide(desk.ana, [c, d], "test")
    sorting.restore(desk.ana, d)
    done = [(one.actor, one.act) for one in desk.acts]
    assert done[::-1] == [
        ("Ana", "add theme"), ("Ana", "merge"), ("Bo", "merge"), ("Bo", "reword"),
        ("Ana", "assign"), ("Ana", "refile"), ("Ana", "unmerge"), ("Bo", "rename theme"),
        ("Bo", "remove theme"), ("Ana", "hide"), ("Ana", "restore"),
    ]  # fmt: skip
    undone = [desk.undo(desk.bo) for _ in done]
    assert [(one.actor, one.act) for one in undone] == done
    assert desk.acts == []
    assert desk.seen() == before
    last = desk.toolkit.results.moves(desk.hall.workshop.id)[-1]
    assert (last.actor, last.act, last.about) == ("Bo", "undo", theme.id)
    assert (last.detail["act"], last.detail["by"]) == ("add theme", "Ana")
    assert desk.log[-12:] == [("Ana", "restore"), *[("Bo", "undo")] * 11]


def test_somebody_elses_act_is_undone_only_after_saying_whose_it_was(desk: Desk) -> None:
    desk.toolkit.sorting.hide(desk.ana, desk.cards[0], "test")
    (act,) = desk.acts
    undo = desk.toolkit.undoing.undo
    for whose in ("", "Bo", "Ivana"):
        with pytest.raises(Refused, match="did this") as refused:
            undo(desk.bo, act.id, whose)
        assert "Ana" in str(refused.value.reason)
    assert len(desk.hall.standing()) == 3
    undo(desk.bo, act.id, "Ana")
    assert len(desk.hall.standing()) == 4


def test_two_who_undo_together_undo_once(desk: Desk) -> None:
    desk.toolkit.sorting.hide(desk.ana, desk.cards[0], "test")
    desk.toolkit.sorting.hide(desk.ana, desk.cards[1], "test")
    act = desk.acts[0]

    def press(by: Staff) -> str:
        try:
            return desk.toolkit.undoing.undo(by, act.id, "Ana").act
        except Refused as refused:
            return str(refused)

    with ThreadPoolExecutor(2) as hands:
        said = list(hands.map(press, (desk.ana, desk.bo)))
    assert sorted(said) == ["This was undone already.", "hide"]
    assert len(desk.hall.standing()) == 3


def test_an_older_act_is_undone_alone_unless_a_later_one_rests_on_it(desk: Desk) -> None:
    sorting, (a, b, c, _) = desk.toolkit.sorting, desk.cards
    sorting.hide(desk.ana, a, "test")
    sorting.merge(desk.ana, [b], c)
    sorting.restore(desk.bo, a)
    sorting.hide(desk.bo, a, "insult")
    hidden = desk.acts[3]
    with pytest.raises(Refused, match="has changed the same since") as refused:
        desk.toolkit.undoing.undo(desk.ana, hidden.id)
    assert "Bo" in str(refused.value.reason)
    assert desk.undo(desk.ana, 2).act == "merge"
    assert [one.act for one in desk.acts] == ["hide", "restore", "hide"]
    for _ in range(3):
        desk.undo(desk.ana)
    assert len(desk.hall.standing()) == 4


def test_what_its_author_took_back_since_stays_and_the_act_before_comes_up(desk: Desk) -> None:
    hall, sorting, (a, b, c, d) = desk.hall, desk.toolkit.sorting, desk.cards
    hall.move("open")
    sorting.merge(desk.ana, [c], d)
    sorting.hide(desk.ana, a, "test")
    sorting.reword(desk.ana, b, M(bg="Друго"))
    entries = desk.toolkit.entries
    entries.withdraw(hall.people[0].id, a, "w").result()
    entries.contribute(
        hall.people[1].id, hall.stage.id, {"kind": "idea", "text": "Better"}, "r", replaces=b
    ).result()
    for act in ("reword", "hide"):
        assert desk.acts[0].act == act
        lost = desk.acts[0].id
        with pytest.raises(Refused, match="Its author has changed or withdrawn"):
            desk.undo(desk.ana)
        with pytest.raises(Refused, match="no longer be undone"):
            desk.toolkit.undoing.undo(desk.ana, lost)
    assert desk.undo(desk.bo).act == "merge"
    assert [one.act for one in desk.acts] == ["open"]
    assert sorted(one.entry.text for one in hall.standing()) == ["Better", "Idea 2", "Idea 3"]


def test_stages_go_back_and_the_clock_goes_on_where_it_was(desk: Desk) -> None:
    hall, agenda = desk.hall, desk.toolkit.agenda
    agenda.change_stage(None, desk.ballot, minutes=10)
    agenda.move(desk.ana, desk.ballot, StageState.open)
    hall.clock.turn(minutes=4)
    agenda.move(desk.bo, desk.ballot, StageState.locked)
    hall.clock.turn(minutes=3)
    desk.undo(desk.ana)
    stage = agenda.stage(desk.ballot)
    assert stage.state is StageState.open
    clock = stage.clock(hall.clock())
    assert clock is not None
    assert (clock.left, clock.running, stage.eligible) == (360, True, None)
    desk.undo(desk.ana)
    stage = agenda.stage(desk.ballot)
    assert (stage.state, stage.opened_at, stage.clock_ends_at) == (StageState.planned, None, None)
    assert stage.ever_opened, "people were told who sees what"
    assert desk.toolkit.library.workshop(hall.workshop.id).current_stage_id == hall.stage.id


def test_votes_are_nobodys_to_undo(both: str) -> None:
    desk = Desk(both)
    hall, agenda = desk.hall, desk.toolkit.agenda
    agenda.change_stage(None, desk.ballot, anonymity=Anonymity.secret)
    agenda.move(desk.ana, desk.ballot, StageState.open)
    desk.toolkit.entries.contribute(hall.people[0].id, desk.ballot, {"choice": "yes"}, "v").result()
    for state in ("locked", "revealed"):
        agenda.move(desk.ana, desk.ballot, StageState(state))
    for state in ("locked", "open"):
        desk.undo(desk.ana)
        assert agenda.stage(desk.ballot).state == state
    with pytest.raises(Refused, match="already written"):
        desk.undo(desk.ana)
    assert agenda.stage(desk.ballot).state is StageState.open
    assert len(desk.toolkit.results.contributions(desk.ballot)) == 1
    with pytest.raises(Refused, match="cannot be split"):
        desk.toolkit.sorting.split(desk.ana, _vote(desk), ["a", "b"])
    hall.close()


def _vote(desk: Desk) -> str:
    """Return the id of a vote in an open ballot that is not secret."""
    agenda = desk.toolkit.agenda
    plain = agenda.add_stage(None, desk.hall.workshop.id, StageDraft(exercise="ballots"))
    agenda.move(None, plain.id, StageState.open)
    desk.toolkit.entries.contribute(
        desk.hall.people[0].id, plain.id, {"choice": "no"}, "p"
    ).result()
    (vote,) = desk.toolkit.results.contributions(plain.id)
    return vote.id


def test_nothing_is_undone_in_a_closed_stage_before_its_closing_is(desk: Desk) -> None:
    desk.toolkit.sorting.hide(desk.ana, desk.cards[0], "test")
    desk.hall.move("closed")
    with pytest.raises(Refused, match="Reopen it"):
        desk.undo(desk.ana, 1)
    assert desk.undo(desk.ana).act == "closed"
    assert desk.undo(desk.ana).act == "hide"
    assert len(desk.hall.standing()) == 4


def test_the_order_of_the_agenda_and_a_skipped_stage_come_back(desk: Desk) -> None:
    agenda, shop = desk.toolkit.agenda, desk.hall.workshop.id
    before = desk.seen()
    agenda.place_stage(desk.ana, desk.ballot, 0)
    agenda.move(desk.ana, desk.ballot, StageState.closed)
    agenda.show(desk.bo, shop, desk.ballot)
    for _ in range(3):
        desk.undo(desk.bo)
    assert desk.seen() == before
    agenda.place_stage(desk.ana, desk.ballot, 0)
    spare = agenda.add_stage(desk.bo, shop, StageDraft(exercise="ideas"))
    with pytest.raises(Refused, match="changed") as refused:
        desk.undo(desk.ana)
    assert desk.acts == []
    agenda.remove_stage(None, spare.id)
    assert "stays as it is" in str(refused.value)


def test_a_theme_is_not_brought_back_beside_another_of_its_name(desk: Desk) -> None:
    sorting, stage = desk.toolkit.sorting, desk.hall.stage.id
    first = sorting.add_theme(desk.ana, stage, M(en="Money"))
    sorting.assign(desk.ana, desk.cards[:2], first.id)
    sorting.remove_theme(desk.ana, first.id)
    sorting.add_theme(desk.bo, stage, M(en="Money"))
    with pytest.raises(Refused, match="already a theme"):
        desk.undo(desk.ana, 1)
    desk.undo(desk.ana)
    desk.undo(desk.ana)
    found = desk.toolkit.results.contributions(stage)
    assert [one.theme_id for one in found] == [first.id, first.id, None, None]


def test_a_theme_that_has_cards_is_not_taken_away_under_them(desk: Desk) -> None:
    sorting = desk.toolkit.sorting
    theme = sorting.add_theme(desk.ana, desk.hall.stage.id, M(en="Money"))
    sorting.assign(desk.bo, desk.cards[0], theme.id)
    with pytest.raises(Refused, match="Undo the later act first"):
        desk.undo(desk.ana, 1)
    assert [one.id for one in sorting.themes(desk.hall.stage.id)] == [theme.id]


def test_acts_of_a_moment_ago_leave_with_no_archive(lone: Desk) -> None:
    lone.toolkit.sorting.reword(lone.ana, lone.cards[0], M(bg="Тайно"))
    lone.toolkit.sorting.reword(lone.ana, lone.cards[0], M(bg="Явно"))
    assert "Тайно" not in str(lone.toolkit.archive.dump(lone.hall.series.id))


def test_thirty_acts_are_undone(lone: Desk) -> None:
    before = lone.seen()
    for n in range(30):
        lone.toolkit.sorting.reword(lone.ana, lone.cards[n % 4], M(bg=f"Думи {n}"))
    assert len(lone.toolkit.undoing.acts(lone.hall.workshop.id)) == 20
    for _ in range(30):
        lone.undo(lone.bo)
    assert lone.seen() == before
    assert lone.acts == []


Card = st.integers(0, 5)
WAYS = (
    "merge", "merge", "unmerge", "reword", "hide", "restore", "refile", "assign", "split", "split",
    "theme", "rename", "remove", "move", "move", "ballot", "show", "place",
)  # fmt: skip
Doing = st.tuples(st.sampled_from(WAYS), st.booleans(), Card, Card, Card)


def _do(desk: Desk, what: str, by: Staff, a: int, b: int, c: int) -> None:
    """Do something, as far as it can be done just now."""
    hall, toolkit, sorting = desk.hall, desk.toolkit, desk.toolkit.sorting
    stage = hall.stage if hall.stage.exercise == "ideas" else toolkit.agenda.stages(
        hall.workshop.id
    )[1]  # fmt: skip
    cards = [one.id for one in toolkit.results.contributions(stage.id)]
    themes = [one.id for one in sorting.themes(stage.id)] or [""]
    one, two, three = (cards[n % len(cards)] for n in (a, b, c))
    theme, states = themes[b % len(themes)], list(StageState)
    doing: dict[str, Callable[[], object]] = {
        "merge": lambda: sorting.merge(by, [one, two], three),
        "unmerge": lambda: sorting.unmerge(by, one),
        "reword": lambda: sorting.reword(by, one, M(en=f"Words {b}") if c else M()),
        "hide": lambda: sorting.hide(by, list({one, two}), "test"),
        "restore": lambda: sorting.restore(by, one),
        "refile": lambda: sorting.refile(by, [one, two], ("left", "right", "")[c % 3]),
        "assign": lambda: sorting.assign(by, [one, two], theme or None),
        "split": lambda: sorting.split(by, one, [f"Part {n}" for n in range(2 + b % 2)]),
        "theme": lambda: sorting.add_theme(by, stage.id, M(en=f"Theme {a}")),
        "rename": lambda: sorting.rename_theme(by, theme, M(en=f"Theme {c}")),
        "remove": lambda: sorting.remove_theme(by, theme),
        "move": lambda: toolkit.agenda.move(by, stage.id, states[a % 5]),
        "ballot": lambda: toolkit.agenda.move(by, desk.ballot, states[a % 5]),
        "show": lambda: toolkit.agenda.show(
            by, hall.workshop.id, (None, stage.id, desk.ballot)[a % 3]
        ),
        "place": lambda: toolkit.agenda.place_stage(by, desk.ballot, a % 2),
    }
    if theme or what not in ("rename", "remove"):
        doing[what]()


def test_undoing_everything_gives_the_room_of_the_beginning(desk: Desk) -> None:
    """Let two people do anything in any order; undone one by one, all is as it was."""
    before, done = desk.seen(), []
    few = 12 if desk.toolkit.store.dialect == "postgresql" else 25

    @settings(
        max_examples=few,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(Doing, min_size=5, max_size=25), st.booleans())
    def anything(doings: list[tuple[str, bool, int, int, int]], turns: bool) -> None:
        for what, whose, a, b, c in doings:
            desk.hall.clock.turn(seconds=a)
            try:
                _do(desk, what, desk.ana if whose else desk.bo, a, b, c)
                done.append(what)
            except Refused:
                continue
        by = desk.ana
        while desk.acts:
            desk.undo(by)
            by = desk.bo if turns and by is desk.ana else desk.ana
        assert desk.seen() == before

    anything()
    assert set(done) >= {"merge", "split", "hide", "remove", "ballot", "place"}
