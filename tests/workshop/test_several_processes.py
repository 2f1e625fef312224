"""Several toolkits on one PostgreSQL, as several processes have them: they write in turns."""

from __future__ import annotations

import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest

from tests import postgres
from tests.room import TINY, Clock, Hall
from workshop.language import Multilingual
from workshop.model import Away, Id, NotFound, Refused, StageState
from workshop.passes import token_mark
from workshop.store.news import CHANNEL
from workshop.toolkit import Footing, Toolkit

pytestmark = pytest.mark.postgres
PATIENCE = 20.0
Heard = list[tuple[Id | None, int]]


@pytest.fixture
def url(postgres_server: str) -> Iterator[str]:
    """The address of an empty database."""
    with postgres.database(postgres_server, f"t{uuid.uuid4().hex[:12]}") as address:
        yield address


def until(happened: Callable[[], bool]) -> None:
    """Wait until something happened."""
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Do several things at the same moment; return what came of each."""
    start = threading.Barrier(len(acts))

    def at_once(act: Callable[[], Any]) -> Any:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(at_once, acts))


def test_processes_that_start_together_on_an_empty_database_agree(url: str) -> None:
    opened = together(*[lambda: Toolkit.open(url, exercises=TINY)] * 4)
    try:
        assert len({one.store.secret for one in opened}) == 1
        signed = opened[0].signer.sign({"who": "me"}, "test")
        assert opened[3].signer.unsign(signed, "test", 60) == {"who": "me"}
        told = together(*(one.accounts.ensure_first for one in opened))
        assert sum(one is not None for one in told) == 1
        assert len(opened[0].accounts.staff()) == 1
    finally:
        for one in opened:
            one.close()


def test_votes_joins_and_staff_in_two_processes_never_wait_for_each_other_in_a_ring(
    url: str,
) -> None:
    hall = Hall(url, exercise="ballots", people=12)
    other = Toolkit.open(url, exercises=TINY, now=hall.clock)
    try:
        hall.move("open")
        stage, both = hall.stage.id, (hall.toolkit, other)

        def vote(place: int) -> list[Any]:
            who, answers = hall.people[place].id, []
            for n in range(8):
                entries = both[(place + n) % 2].entries
                choice = {"choice": "yes" if n % 2 else "no"}
                answers.append(entries.contribute(who, stage, choice, f"{place}-{n}").result(20))
            return answers

        def come(place: int) -> list[Any]:
            people, group = both[place % 2].people, hall.groups[place % 2].id
            return [people.join(hall.workshop.code, group_id=group) for _ in range(8)]

        def arrange(place: int) -> list[Any]:
            for n in range(8):
                both[place].people.change_participant(None, hall.people[n].id, role=f"{place}")
                both[place].people.seen([one.id for one in reversed(hall.people)])
            return []

        acts = [(vote, n) for n in range(12)] + [(come, n) for n in range(4)]
        acts += [(arrange, 0), (arrange, 1)]
        answers = together(*(lambda act=act, n=n: act(n) for act, n in acts))
        receipts = [one for those in answers[:12] for one in those]
        stored = hall.toolkit.results.contributions(stage, everything=True)
        assert {one.contribution_id for one in receipts} == {one.id for one in stored}
        assert sorted(one.number for one in stored) == list(range(1, 97))
        assert sorted(one.sender.person for one in hall.standing()) == sorted(
            one.id for one in hall.people
        )
        numbers = [one.number for one in hall.toolkit.people.participants(hall.workshop.id)]
        assert numbers == list(range(1, 12 + 32 + 1))
    finally:
        other.close()
        hall.close()


def test_the_same_form_sent_to_two_processes_at_once_counts_once(url: str) -> None:
    hall = Hall(url)
    other = Toolkit.open(url, exercises=TINY, now=hall.clock)
    try:
        hall.move("open")
        stage, who = hall.stage.id, hall.people[0].id
        for n in range(10):
            entry = {"kind": "idea", "text": f"Idea {n}"}
            if n == 5:
                who = hall.people[1].id  # five is the most for one person
            first, second = together(
                *(
                    lambda one=one, who=who, n=n, entry=entry: one.entries.contribute(
                        who, stage, entry, f"key-{n}"
                    ).result(20)
                    for one in (hall.toolkit, other)
                )
            )
            assert first.contribution_id == second.contribution_id
            assert {first.repeated, second.repeated} == {True, False}
        assert len(hall.standing()) == 10
    finally:
        other.close()
        hall.close()


def test_guesses_in_two_processes_count_together(url: str) -> None:
    clock = Clock()
    with ExitStack() as stack:
        both = [stack.enter_context(Toolkit.open(url, exercises=TINY, now=clock)) for _ in range(2)]
        both[0].accounts.create(None, "Ivana", "facilitator", "four simple words")

        def guess(accounts: Any) -> str:
            try:
                accounts.sign_in("Ivana", "wrong password")
            except Refused as refused:
                return refused.reason.message
            return "in"

        heard = together(*(lambda n=n: guess(both[n % 2].accounts) for n in range(8)))
        assert sum("not right" in one for one in heard) == 4
        assert sum("wait" in one for one in heard) == 4


def test_only_the_workshop_and_its_revision_are_told_and_once_a_batch(url: str) -> None:
    hall = Hall(url)
    shop = hall.workshop.id
    with psycopg.connect(url, autocommit=True) as ear:
        ear.execute(f"LISTEN {CHANNEL}")
        hall.move("open")
        hall.write(0, "A secret thought", "a")
        with pytest.raises(Refused):
            hall.toolkit.agenda.move(None, hall.stage.id, StageState.revealed)
        hall.toolkit.library.add_group(None, hall.series.id, "new", Multilingual(en="New"))
        far = hall.toolkit.agenda.revision(shop)[0]
        told = [one.payload for one in ear.notifies(timeout=PATIENCE, stop_after=3)]
        assert all(re.fullmatch(r"[0-9a-f]{32} \d+", one) for one in told)
        assert told == [f"{shop} {far - 2}", f"{shop} {far - 1}", f"{shop} {far}"]
        assert list(ear.notifies(timeout=0.2)) == []
    hall.close()


def test_news_of_another_process_comes_by_itself_and_comes_back_after_a_fall(url: str) -> None:
    hall = Hall(url)
    heard: Heard = []

    def newest() -> tuple[Id, int]:
        return hall.workshop.id, hall.toolkit.agenda.revision(hall.workshop.id)[0]

    other = Toolkit.open(url, exercises=TINY, now=hall.clock)
    try:
        other.news.follow(lambda shop, revision: heard.append((shop, revision)))
        until(lambda: other.news.comes)
        hall.move("open")
        until(
            lambda: (hall.workshop.id, hall.toolkit.agenda.revision(hall.workshop.id)[0]) in heard
        )

        heard.clear()
        with psycopg.connect(url, autocommit=True) as surgeon:
            cut = surgeon.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE application_name = 'sedyanka news' AND datname = current_database()"
            ).fetchall()
            assert cut == [(True,)]
        until(lambda: (None, 0) in heard)  # look for yourselves, until I am back
        until(lambda: other.news.comes)
        hall.write(0, "After the fall", "b")
        until(
            lambda: (hall.workshop.id, hall.toolkit.agenda.revision(hall.workshop.id)[0]) in heard
        )
    finally:
        other.close()
        hall.close()
    assert not [one for one in threading.enumerate() if one.name == "sedyanka-news"]


def test_what_is_made_one_at_a_time_is_so_across_processes(url: str) -> None:
    order: list[str] = []
    with ExitStack() as stack:
        both = [stack.enter_context(Toolkit.open(url, exercises=TINY)) for _ in range(2)]

        def make(toolkit: Toolkit) -> None:
            with toolkit.turn("file"):
                order.append("begin")
                time.sleep(0.05)
                order.append("end")

        together(*(lambda n=n: make(both[n % 2]) for n in range(4)))
        assert order == ["begin", "end"] * 4
        with pytest.raises(RuntimeError), both[0].turn("file"):
            raise RuntimeError("it failed")
        together(lambda: make(both[1]))  # who failed left the place free


def test_a_database_that_is_gone_is_told_apart_from_a_wrong_question(url: str) -> None:
    hall = Hall(url)
    try:
        with psycopg.connect(url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as surgeon:
            name = url.rsplit("/", 1)[1]
            surgeon.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            surgeon.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            with pytest.raises(Away):
                hall.toolkit.agenda.stages(hall.workshop.id)
            with pytest.raises(Refused) as refusal:
                hall.toolkit.agenda.show(None, hall.workshop.id, None)
            assert refusal.value.passing
            surgeon.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        assert hall.stage.state is StageState.planned
        with pytest.raises(Exception, match="nowhere") as wrong, hall.toolkit.store.read() as asked:
            asked.exec_driver_sql("SELECT * FROM nowhere")
        assert not isinstance(wrong.value, Away)
    finally:
        hall.close()


def test_walls_turn_together_whichever_process_draws_them(url: str) -> None:
    hall = Hall(url)
    other = Toolkit.open(url, exercises=TINY, now=hall.clock)
    try:
        shop, stage = hall.workshop.id, hall.stage.id
        assert other.walls.wall(shop).languages == ()
        both = (hall.toolkit, other)
        together(*(lambda one=one: one.walls.wear(shop, ("bg",), True) for one in both))
        hall.toolkit.walls.turn(shop, stage, 2, table=True)
        other.walls.turn(shop, stage, 3, anchor=2)
        now = hall.toolkit.walls.wall(shop)
        assert (now.stage_id, now.page, now.table, now.count) == (stage, 3, True, 2)
        assert now.anchor == 2
        assert (now.at(None).page, now.at(None).anchor, now.at(None).count) == (0, 0, 2)
        assert (now.languages, now.dark) == (("bg",), True)
        other.walls.turn(shop, None, 0)
        assert not hall.toolkit.walls.wall(shop).table, "another stage begins as a picture"
    finally:
        other.close()
        hall.close()


def test_an_older_phone_of_somebody_writes_nothing_more(url: str) -> None:
    hall = Hall(url)
    other = Toolkit.open(url, exercises=TINY, now=hall.clock)
    try:
        hall.move("open")
        who, old = hall.people[0], token_mark(hall.tokens[0])
        fresh = hall.toolkit.people.move(hall.workshop.id, who.id, old)
        assert fresh is not None
        for mark, words in ((token_mark(fresh), "From the new phone"), ("", "On paper")):
            footing = Footing(person=who, stage=hall.stage, shape=1, mark=mark)
            entry = {"kind": "idea", "text": words}
            other.entries.contribute(who.id, hall.stage.id, entry, words, footing=footing).result(9)
        footing = Footing(person=who, stage=hall.stage, shape=1, mark=old)
        entry = {"kind": "idea", "text": "From the old"}
        with pytest.raises(NotFound, match="participant"):
            other.entries.contribute(who.id, hall.stage.id, entry, "x", footing=footing).result(9)
        assert len(hall.standing()) == 2
    finally:
        other.close()
        hall.close()


def test_time_given_in_two_processes_at_once_is_all_given_and_one_pause_is_one(url: str) -> None:
    hall = Hall(url)
    other = Toolkit.open(url, exercises=TINY, now=hall.clock)
    try:
        hall.move("open")
        stage, both = hall.stage.id, (hall.toolkit, other)
        together(*(lambda one=one: one.clocks.grant(None, stage, 10) for one in both * 6))
        together(*(lambda one=one: one.clocks.pause(None, stage) for one in both * 3))
        assert [one.agenda.stage(stage).clock_left for one in both] == [720, 720]
        acts = [event.act for event in other.results.moves(hall.workshop.id)]
        assert acts.count("more time") == 12
        assert acts.count("clock paused") == 1
        hall.clock.turn(minutes=9)
        other.clocks.go(None, stage)
        hall.clock.turn(minutes=2)
        clocks = [one.agenda.stage(stage).clock(hall.clock.present) for one in both]
        assert [one.left for one in clocks if one is not None] == [600, 600]
    finally:
        other.close()
        hall.close()
