"""``sedyanka rehearse`` before a real house: its figures as JSON and in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import phone.rehearsal
from phone.handset import Traffic
from phone.rehearsal import Rehearsal
from tests.commands import Run, refused
from tests.house import House
from workshop.language import text
from workshop.toolkit import Toolkit

WELL = Rehearsal(
    phones=10, joined=10, sent=20, acknowledged=20, refused=0, stored=20, p50=0.0123, p95=0.456,
    seen=10, visible_p50=0.3, visible_p95=0.61, traffic=Traffic(2000, 9000),
)  # fmt: skip
NAMES = [
    "format", "url", "code", "phones", "joined", "sent", "acknowledged", "refused", "stored",
    "lost", "p50", "p95", "seen", "visible_p50", "visible_p95", "bytes_per_phone",
    "bytes_sent_per_phone", "bytes_received_per_phone", "problems",
]  # fmt: skip


@pytest.fixture
def went(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let rehearsals end in a given way, without a house."""

    def end(**otherwise: Any) -> None:
        outcome = replace(WELL, **otherwise)
        monkeypatch.setattr(phone.rehearsal, "rehearse", lambda *given, **how: outcome)

    return end


def test_ten_phones_before_a_real_house_lose_nothing(
    serve: Callable[..., House], sedyanka: Run
) -> None:
    house = serve(demo=True)
    with Toolkit.open(house.database, write=False) as toolkit:
        series = toolkit.library.all_series()[0]
        [trial] = [one for one in toolkit.library.workshops(series.id) if one.rehearsal]
    address = f"{house.url}/j/{trial.code}"
    done = sedyanka("rehearse", "--url", address, "--phones", "10", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads(done.stdout)
    assert list(told) == NAMES
    assert (told["code"], told["joined"], told["lost"]) == (trial.code, 10, 0)
    assert told["stored"] == told["acknowledged"] == told["sent"] > 0
    assert told["seen"] == 10
    assert 0 < told["p50"] <= told["p95"]
    assert 0 < told["visible_p50"] <= told["visible_p95"]
    both = told["bytes_sent_per_phone"] + told["bytes_received_per_phone"]
    assert told["bytes_per_phone"] == both
    assert told["problems"] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Joined: 10 of 10", "in the database: 20", "95 of 100 within 0.46 s",
                "on 95 of 100 within 0.61 s", "sent 2.0 kB and received 9.0 kB")),
        ("bg", ("Включени: 10 от 10", "в базата: 20", "95 от 100 до 0,46 с",
                "на 95 от 100 за 0,61 с", "изпрати 2,0 kB и получи 9,0 kB")),
    ],
)  # fmt: skip
def test_the_same_figures_are_said_in_words(
    went: Callable[..., None], sedyanka: Run, language: str, words: tuple[str, ...]
) -> None:
    went()
    done = sedyanka("rehearse", "ABC234", "--url", "http://127.0.0.1:1", language=language)
    assert done.returncode == 0, done.stderr
    for one in words:
        assert one in done.stdout


def test_the_figures_are_rounded_to_the_millisecond_and_missing_ones_are_null(
    went: Callable[..., None], sedyanka: Run
) -> None:
    went(p50=None, p95=None)
    done = sedyanka("rehearse", "ABC234", "--url", "http://127.0.0.1:1", "--json")
    told = json.loads(done.stdout)
    assert (told["p50"], told["visible_p95"]) == (None, 0.61)
    went()
    done = sedyanka("rehearse", "ABC234", "--url", "http://127.0.0.1:1", "--json")
    assert json.loads(done.stdout)["p50"] == 0.012


def test_a_lost_entry_ends_with_an_error(went: Callable[..., None], sedyanka: Run) -> None:
    went(stored=17)
    done = sedyanka("rehearse", "ABC234", "--url", "http://127.0.0.1:1", "--json")
    assert json.loads(done.stdout)["lost"] == 3
    assert "3 entries were received and are not in the database" in refused(done)


def test_anything_else_that_went_wrong_ends_with_an_error_too(
    went: Callable[..., None], sedyanka: Run
) -> None:
    went(problems=((text("Never heard of the news"), 4),))
    done = sedyanka("rehearse", "ABC234", "--url", "http://127.0.0.1:1")
    assert "Never heard of the news (4 times)" in done.stdout
    assert refused(done)
    done = sedyanka("rehearse", "ABC234", "--url", "http://127.0.0.1:1", "--json", language="bg")
    [problem] = json.loads(done.stdout)["problems"]
    assert problem["times"] == 4
    assert re.search("[а-я]", problem["what"])


def test_without_a_code_it_asks_for_one(sedyanka: Run) -> None:
    assert "Which workshop?" in refused(sedyanka("rehearse", "--url", "http://127.0.0.1:1"))


def test_more_phones_than_five_thousand_are_not_taken(sedyanka: Run) -> None:
    done = sedyanka("rehearse", "ABC234", "--url", "http://127.0.0.1:1", "--phones", "5001")
    assert done.returncode == 2
    assert "5000" in done.stderr


def test_the_paper_names_every_figure() -> None:
    from tests.house import ROOT

    paper = (ROOT / "docs" / "rehearsal.md").read_text(encoding="utf-8")
    assert not [name for name in NAMES if f"`{name}`" not in paper]


def test_a_copy_is_made_and_thrown_away_from_the_command_line(
    demo_file: str, sedyanka: Run
) -> None:
    where = ("--database", demo_file)
    with Toolkit.open(demo_file, write=False) as toolkit:
        series = toolkit.library.all_series()[0]
        real = next(one for one in toolkit.library.workshops(series.id) if not one.rehearsal)
    made = sedyanka("rehearse", real.short_name, "--copy", *where)
    assert made.returncode == 0, made.stderr
    with Toolkit.open(demo_file, write=False) as toolkit:
        copy = toolkit.rehearsals.copy_of(real.id)
    assert copy is not None
    assert copy.code in made.stdout
    assert copy.short_name in made.stdout
    assert "Only a copy" in refused(sedyanka("rehearse", real.code, "--throw-away", *where))
    gone = sedyanka("rehearse", copy.code, "--throw-away", "--yes", *where)
    assert gone.returncode == 0, gone.stderr
    with Toolkit.open(demo_file, write=False) as toolkit:
        assert toolkit.rehearsals.copy_of(real.id) is None
    assert "--url" in refused(sedyanka("rehearse", real.code))
