"""Every exercise runs its example from first entry to Word; a new one edits no existing file."""

from __future__ import annotations

import importlib
import json
import random
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from exports import archive, excel, word
from tests.steady import steady
from workshop import charts
from workshop.blocks import Cloud, Drawn, as_table
from workshop.catalogue import HOME, gather
from workshop.exercise import Exercise
from workshop.language import LANGUAGES, Multilingual, say
from workshop.model import StageState
from workshop.toolkit import StageDraft, Toolkit

PEOPLE = 12
CATALOGUE = gather()


def play(toolkit: Toolkit, key: str, **wishes: Any) -> Any:
    """Let scripted people send the example of an exercise; return the revealed stage."""
    exercise = toolkit.catalogue[key]
    library, agenda = toolkit.library, toolkit.agenda
    series = library.create_series(
        None, short_name=f"{key}-series", municipality=Multilingual(bg="Бистрогора"),
        theme=Multilingual(bg="Участие", en="Participation"),
    )  # fmt: skip
    groups = library.groups(series.id)
    organisations = [
        library.add_organisation(
            None, series.id, Multilingual(bg=f"Сдружение {n}"), groups[n % 4].id
        )
        for n in range(8)
    ]
    settings = exercise.example.settings.model_dump(mode="json")
    workshop = library.create_workshop(
        None, series.id, title=Multilingual(bg="Първи", en="First"), day=date(2029, 11, 12),
        stages=[StageDraft(exercise=key, settings=settings, **wishes)],
    )  # fmt: skip
    stage = agenda.stages(workshop.id)[0]
    agenda.move(None, stage.id, StageState.open)
    script = exercise.example.entries(exercise.example.settings, PEOPLE)
    assert len(script) == PEOPLE
    for who, sent in enumerate(script):
        home = organisations[who % len(organisations)]
        person = toolkit.people.join(
            workshop.code, group_id=home.group_id, organisation_id=home.id
        ).participant
        for nth, answers in enumerate(sent):
            toolkit.entries.contribute(person.id, stage.id, answers, f"page.{nth}").result()
    agenda.move(None, stage.id, StageState.locked)
    agenda.move(None, stage.id, StageState.revealed)
    return agenda.stage(stage.id)


def stays_whole(toolkit: Toolkit, key: str, elsewhere: Path) -> None:
    """Follow a stage from its result to every way it is told."""
    stage = play(toolkit, key)
    results, exercise = toolkit.results, toolkit.catalogue[key]
    progress = results.progress(stage.id)
    assert progress.done == progress.present == PEOPLE, "the example leaves somebody undone"
    blocks = [*results.tell(stage.id), *results.details(stage.id)]
    assert blocks
    for block in blocks:
        for language in LANGUAGES:
            if isinstance(block, get_args(Drawn)):
                assert charts.draw(block, language, "light").to_dict(validate=False)
                assert charts.sketch(block, language, "paper").png(1)[:4] == b"\x89PNG"
                assert charts.alt(block, language)
            if isinstance(block, Cloud):
                assert charts.cloud(block, language)[:4] == b"\x89PNG"
            table = as_table(block)
            if table is not None:
                assert all(len(row) == len(table.columns) for row in table.rows)
    workshop = toolkit.library.workshop(stage.workshop_id)
    report = results.report(workshop.series_id)
    assert any(section.key == exercise.chapter for section in report.sections)
    for language in LANGUAGES:
        assert word.write(report, language, exact=False)[:2] == b"PK"
        assert excel.of_workshop(toolkit, workshop, language)[:2] == b"PK"
    kept = archive.read(archive.write(toolkit.archive.dump(workshop.series_id)))
    with Toolkit.open(str(elsewhere), exercises=toolkit.catalogue) as other:
        series = other.archive.load(None, kept)
        there = other.agenda.stages(other.library.workshops(series.id)[0].id)[0]
        assert other.results.tell(there.id) == results.tell(stage.id)


@pytest.mark.parametrize("key", CATALOGUE)
def test_the_example_goes_all_the_way(key: str, toolkit: Toolkit, tmp_path: Path) -> None:
    stays_whole(toolkit, key, tmp_path / "elsewhere.db")


@pytest.mark.parametrize("key", [key for key, one in CATALOGUE.items() if one.spoken])
def test_what_can_be_read_out_is_heard_card_by_card(key: str, toolkit: Toolkit) -> None:
    stage = play(toolkit, key)
    toolkit.agenda.move(None, stage.id, StageState.locked)
    go, cards = toolkit.readout.go, toolkit.results.contributions(stage.id)
    seen = ""
    for _ in cards:
        assert go(None, stage.id, seen, "next card")
        stage = toolkit.agenda.stage(stage.id)
        seen = stage.readout[-1].card
    card, board = toolkit.showing.now(stage.workshop_id).blocks or ()
    for language in LANGUAGES:
        assert say(card.quotes[0].words, language)
    assert board in toolkit.results.tell(stage.id)


@pytest.mark.parametrize("key", CATALOGUE)
def test_the_analysis_knows_no_order_and_no_clock(key: str, toolkit: Toolkit) -> None:
    stage = play(toolkit, key)
    exercise = toolkit.catalogue[key]
    settings = toolkit.agenda.settings(stage)
    contributions = toolkit.results.contributions(stage.id, everything=exercise.history)
    room = toolkit.results.room(stage.workshop_id, stage.id)
    first = exercise.tell(exercise.analyse(settings, contributions, room))
    for seed in range(3):
        mixed = list(contributions)
        random.Random(seed).shuffle(mixed)
        assert exercise.tell(exercise.analyse(settings, mixed, room)) == first


@pytest.mark.parametrize("key", CATALOGUE)
def test_an_empty_stage_is_told_as_well(key: str, toolkit: Toolkit) -> None:
    exercise = toolkit.catalogue[key]
    stage = play(toolkit, key)
    room = toolkit.results.room(stage.workshop_id, stage.id)
    result = exercise.analyse(exercise.example.settings, [], room)
    assert exercise.tell(result)
    for function in (exercise.details, exercise.summary, exercise.annex, exercise.offers):
        if function is not None:
            function(result)


@pytest.mark.parametrize("key", CATALOGUE)
def test_the_manifest_says_all_of_itself_in_both_languages(key: str) -> None:
    exercise = CATALOGUE[key]
    for message in (exercise.title, exercise.purpose, exercise.question):
        assert message.message
        assert say(message, "bg") != say(message, "en"), message.message
    for file in ("__init__.py", "model.py", "analysis.py", "report.py", "phone.html", "example.py",
                 "guide.py"):  # fmt: skip
        assert (HOME / key / file).is_file(), f"exercises/{key}/{file}"


@pytest.mark.parametrize("key", CATALOGUE)
def test_somebody_who_never_led_it_is_told_how_in_both_languages(key: str) -> None:
    guide = CATALOGUE[key].guide
    assert guide is not None
    said = [guide.time, guide.trap, guide.aloud]
    for state in StageState:
        assert guide.steps(state), state
        said += guide.steps(state)
    for message in said:
        assert say(message, "en") == message.message
        assert set(say(message, "bg")) & set("абвгдежзийклмнопрстуфхцчшщъьюя"), message.message
    assert guide.aloud.message.startswith("“")
    assert say(guide.aloud, "bg").startswith("„")


NEW = '''
"""How people feel: a mood from 1 to 5."""
from typing import Annotated, Literal
from pydantic import BaseModel, ConfigDict, Field
from workshop.blocks import Bar, Bars, Basis
from workshop.exercise import Example, Exercise
from workshop.language import text

class Settings(BaseModel):
    model_config = ConfigDict(frozen=True)

class Mood(BaseModel):
    model_config = ConfigDict(frozen=True)
    mood: Annotated[int, Field(ge=1, le=5)]

def analyse(settings, contributions, room):
    said = sorted(one.entry.mood for one in contributions if one.stands)
    return tuple(said.count(step) for step in range(1, 6))

def tell(result):
    bars = tuple(Bar(label=str(step), value=n) for step, n in enumerate(result, 1))
    return [Bars(title="Mood", bars=bars, axis="People", basis=Basis(n=sum(result)))]

exercise = Exercise(
    title=text("Mood"), purpose=text("How are you?"), question=text("How are you?"),
    settings=Settings, entry=Mood, analyse=analyse, tell=tell, chapter="R4",
    slot=lambda entry: "",
    example=Example(settings=Settings(),
                    entries=lambda settings, n: [[{"mood": str(1 + k % 5)}] for k in range(n)]),
)
'''


def test_a_new_exercise_is_a_new_folder_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "added"
    (home / "mood").mkdir(parents=True)
    (home / "__init__.py").write_text("", encoding="utf-8")
    (home / "mood" / "__init__.py").write_text(NEW, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    found = gather(home, "added")
    assert list(found) == ["mood"]
    renamed: dict[str, Exercise[Any, Any, Any]] = {"mood": found["mood"]}
    with Toolkit.open(str(tmp_path / "new.db"), exercises=renamed, now=steady) as toolkit:
        stage = play(toolkit, "mood")
        assert toolkit.results.result(stage.id) == (3, 3, 2, 2, 2)
        report = toolkit.results.report(toolkit.library.workshop(stage.workshop_id).series_id)
        assert word.write(report, "bg", exact=False)[:2] == b"PK"


def test_half_an_exercise_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "half"
    (home / "nothing").mkdir(parents=True)
    for folder in (home, home / "nothing"):
        (folder / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    with pytest.raises(TypeError, match="must define exercise"):
        gather(home, "half")


def test_entries_that_no_longer_fit_become_a_sentence(toolkit: Toolkit) -> None:
    from sqlalchemy import text as sql

    stage = play(toolkit, "dots")
    torn = json.dumps({"dots": "many"})
    toolkit.store.write(
        lambda connection: connection.execute(
            sql("UPDATE contribution SET entry = :torn WHERE number = 1"), {"torn": torn}
        )
    )
    toolkit.sorting.add_theme(None, stage.id, Multilingual(bg="Тема"))  # the stage has changed
    told = " ".join(
        say(sentence, "en")
        for block in toolkit.results.tell(stage.id)
        for sentence in getattr(block, "sentences", ())
    )
    assert "1 stored entries no longer fit" in told


def test_importing_the_analyses_loads_no_screen_and_no_document() -> None:
    program = "import sys\n" + "\n".join(f"import exercises.{key}.analysis" for key in CATALOGUE)
    program += (
        "\nprint([one for one in ('streamlit','starlette','docx','altair') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=HOME.parent, check=True
    )
    assert done.stdout.strip() == "[]"
