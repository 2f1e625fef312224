"""The peers beside us in the bench: their pages work, and a vote they lose is noticed."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bench import guests
from bench.guests import LeftOut, Room
from tests.house import ROOT

PIN = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9._!+]+")


def vote(room: Room) -> None:
    async def all_of_them() -> None:
        for one in room.voters:
            await one.come()
            await one.vote()
            await one.vote()
            await one.close()

    asyncio.run(all_of_them())
    room.house.stop()


def test_a_page_in_streamlit_alone_keeps_every_vote_and_a_lost_one_is_noticed() -> None:
    with guests.streamlit_page(Path(sys.prefix), 3) as room:
        vote(room)
        assert room.lost() == 0
        with closing(sqlite3.connect(room.house.database)) as connection:
            kept = connection.execute("SELECT who, dots FROM vote").fetchall()
            assert len(kept) == 6
            assert len({who for who, _ in kept}) == 3
            assert all(len(set(dots.split())) == 5 for _, dots in kept)
            connection.execute("DELETE FROM vote WHERE id = 2")
            connection.execute("UPDATE vote SET dots = 'C01' WHERE id = 5")
            connection.commit()
        assert room.lost() == 2


def test_our_own_page_is_walked_as_the_others_are() -> None:
    with guests.our_page(2) as room:
        vote(room)
        assert room.lost() == 0


@pytest.mark.parametrize("name", ["streamlit", "otree"])
def test_peers_are_pinned_exactly_and_name_no_host(name: str) -> None:
    lines = (guests.HOME / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pins = [one for one in lines if not one.startswith("#")]
    assert [one for one in pins if not PIN.fullmatch(one)] == []
    assert any(one.startswith(f"{name}==") for one in pins)


def test_the_page_in_streamlit_runs_on_what_serves_us() -> None:
    ours = set(re.findall(r"^([\w.-]+==[^\s;]+)", read(ROOT / "requirements.txt"), re.MULTILINE))
    theirs = read(guests.HOME / "streamlit.txt").split()
    for name in ("streamlit", "starlette", "uvicorn", "uvloop", "httptools"):
        (pin,) = [one for one in theirs if one.startswith(f"{name}==")]
        assert pin in ours


def test_a_peer_that_cannot_be_installed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    with pytest.raises(LeftOut, match="could not be installed"), guests.environment("otree"):
        pass


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
