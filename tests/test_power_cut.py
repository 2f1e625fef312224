"""The server is killed while a hall writes: what was acknowledged is there, and once only."""

from __future__ import annotations

import random
import re
import sqlite3
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import httpx
import pytest

from tests.house import House
from workshop.language import Multilingual
from workshop.model import StageState
from workshop.toolkit import StageDraft, Toolkit

PHONES = 24
ROUNDS = 3


def prepare(database: Path) -> tuple[str, str, str]:
    """Make a workshop whose SWOT stage is open; return its code, the stage and a group."""
    with Toolkit.open(str(database)) as toolkit:
        series = toolkit.library.create_series(
            None, short_name="hall", municipality=Multilingual(bg="Бистрогора"),
            theme=Multilingual(bg="Участие"),
        )  # fmt: skip
        workshop = toolkit.library.create_workshop(
            None, series.id, title=Multilingual(bg="Първи"), day=date.today(), minutes=1440,
            stages=[StageDraft(exercise="swot")],
        )  # fmt: skip
        stage = toolkit.agenda.stages(workshop.id)[0]
        toolkit.agenda.move(None, stage.id, StageState.open)
        return workshop.code, stage.id, toolkit.library.groups(series.id)[0].id


class Crowd:
    """People who write without pause until the lights go out."""

    def __init__(self, url: str, code: str, stage: str, group: str) -> None:
        self.url, self.code, self.stage, self.group = url, code, stage, group
        self.acknowledged: list[str] = []
        self._lock = threading.Lock()

    def write(self) -> None:
        """Join, then send one sentence after another; stop when nobody answers any more."""
        try:
            with httpx.Client(base_url=self.url, headers={"Origin": self.url}, timeout=10) as phone:
                page = phone.get(f"/j/{self.code}").text
                key = re.search(r'name="_key" value="([^"]+)"', page)
                assert key is not None
                phone.post(f"/j/{self.code}", data={"who": f"citizen-{self.group}", "_key": key[1]})
                for _ in range(15):
                    self._send(phone)
        except httpx.TransportError:
            return

    def _send(self, phone: httpx.Client) -> None:
        words = f"Идея {uuid.uuid4().hex}"
        answer = phone.post(
            f"/w/{self.code}/s/{self.stage}",
            data={"kind": "S", "text": words, "_key": f"{uuid.uuid4().hex}-0"},
        )
        if answer.status_code == 303 and "received=" in answer.headers["location"]:
            with self._lock:
                self.acknowledged.append(words)


def stored(database: Path) -> Counter[str]:
    """Return what the file holds after the fact, read by nothing of ours."""
    with sqlite3.connect(database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute("SELECT json_extract(entry, '$.text') FROM contribution")
        return Counter(row[0] for row in rows)


@pytest.mark.slow
def test_killed_in_the_middle_of_writing_nothing_acknowledged_is_lost(
    tmp_path: Path, serve: Callable[..., House]
) -> None:
    database = tmp_path / "sedyanka.db"
    code, stage, group = prepare(database)
    chance = random.Random(20270112)
    acknowledged: list[str] = []
    for _ in range(ROUNDS):
        house = serve(database=str(database))
        crowd = Crowd(house.url, code, stage, group)
        people = [threading.Thread(target=crowd.write) for _ in range(PHONES)]
        for person in people:
            person.start()
        until = time.monotonic() + 20
        while len(crowd.acknowledged) < chance.randint(20, 120) and time.monotonic() < until:
            time.sleep(0.01)
        house.kill()
        for person in people:
            person.join()
        assert crowd.acknowledged, "nobody was heard before the lights went out"
        acknowledged += crowd.acknowledged
    kept = stored(database)
    assert [words for words in acknowledged if kept[words] != 1] == []
    assert max(kept.values()) == 1
    with Toolkit.open(str(database)) as toolkit:
        standing = toolkit.results.contributions(stage)
        assert sorted(one.number for one in standing) == list(range(1, len(standing) + 1))
