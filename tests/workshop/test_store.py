"""A database is opened only if it is ours, and it keeps its own promises."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from tests.room import TINY, Hall
from workshop.model import Refused
from workshop.store import opening
from workshop.store.opening import Store
from workshop.store.tables import metadata
from workshop.toolkit import Toolkit


def test_the_migrations_make_exactly_the_tables_of_the_code(both: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    store = Store(both)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    store.close()


def test_the_files_of_the_migrations_say_in_which_order_alembic_runs_them() -> None:
    scripts = ScriptDirectory.from_config(opening.migrations())
    assert opening.revisions() == [one.revision for one in scripts.walk_revisions()][::-1]


def test_the_database_itself_refuses_what_must_not_be(both: str) -> None:
    hall = Hall(both, exercise="ballots")
    hall.move("open")
    hall.vote(0, "yes", "a")
    stage, person = hall.stage.id, hall.people[0].id
    row = "INSERT INTO contribution (id, stage_id, participant_id, staff_name, number, entry, digest, key, slot, channel, language, at, wording)"  # noqa: E501
    day = "'2027-03-01 10:00:00+00:00'"
    attempts = {
        "a second current ballot": f"{row} VALUES ('x', '{stage}', '{person}', NULL, 9, '{{}}', '', 'b', '', 'phone', 'bg', {day}, '{{}}')",  # noqa: E501
        "the same key again": f"{row} VALUES ('x', '{stage}', '{person}', NULL, 9, '{{}}', '', 'a', NULL, 'phone', 'bg', {day}, '{{}}')",  # noqa: E501
        "an entry of nobody": f"{row} VALUES ('x', '{stage}', NULL, NULL, 9, '{{}}', '', 'c', NULL, 'phone', 'bg', {day}, '{{}}')",  # noqa: E501
        "an entry of nowhere": f"{row} VALUES ('x', 'none', '{person}', NULL, 9, '{{}}', '', 'c', NULL, 'phone', 'bg', {day}, '{{}}')",  # noqa: E501
        "an unknown state": f"UPDATE stage SET state = 'dreaming' WHERE id = '{stage}'",
        "groups of one shown": "UPDATE series SET smallest_group = 1",
        "a card merged into itself": "UPDATE contribution SET merged_into = id",
    }
    for what, attempt in attempts.items():
        with hall.toolkit.store.engine.connect() as connection:
            accepted = True
            try:
                connection.execute(text(attempt))
            except IntegrityError:
                accepted = False
        assert not accepted, f"the database accepted {what}"
    hall.close()


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as theirs:
        theirs.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(Refused, match="another program"):
        Toolkit.open(str(path), exercises=TINY)
    assert path.read_bytes() == before


def test_no_database_at_all_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "novel.txt"
    path.write_text("It was a dark and stormy night. " * 100, encoding="utf-8")
    with pytest.raises(Refused, match="damaged"):
        Toolkit.open(str(path), exercises=TINY)
    with pytest.raises(Refused, match="does not answer"):
        Toolkit.open("postgresql://nobody@127.0.0.1:1/none", exercises=TINY)
    with pytest.raises(Refused, match="cannot be made"):
        Toolkit.open("/proc/nowhere/sedyanka.db", exercises=TINY)


def test_a_newer_database_is_left_alone(both: str) -> None:
    Store(both).close()
    engine = create_engine(both)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    for write in (True, False):
        with pytest.raises(Refused, match="newer version"):
            Toolkit.open(both, exercises=TINY, write=write)


def test_one_process_writes_others_may_look(tmp_path: Path) -> None:
    path = str(tmp_path / "sedyanka.db")
    with Toolkit.open(path, exercises=TINY) as writing:
        writing.accounts.ensure_first()
        with pytest.raises(Refused, match="Another Sedyanka is running"):
            Toolkit.open(path, exercises=TINY)
        with Toolkit.open(path, exercises=TINY, write=False) as looking:
            assert len(looking.accounts.staff()) == 1
            with pytest.raises(Refused, match="reading only"):
                looking.accounts.create(None, "Petar", "observer", "four simple words")


def test_a_full_disk_is_told_and_loses_nothing(tmp_path: Path) -> None:
    hall = Hall(f"sqlite:///{tmp_path / 'small.db'}")
    hall.move("open")
    hall.write(0, "Before", "a")
    hall.toolkit.store.write(
        lambda connection: connection.exec_driver_sql(
            f"PRAGMA max_page_count = {connection.exec_driver_sql('PRAGMA page_count').scalar()}"
        )
    )
    heard = [_hear(hall, n) for n in range(12)]
    assert "disk of the server is full" in heard[-1]
    counted = len(hall.standing())
    hall.toolkit.store.write(
        lambda connection: connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    )
    hall.people.append(hall.welcome())
    hall.write(4, "After", "z")
    assert len(hall.standing()) == counted + 1
    hall.close()


def _hear(hall: Hall, n: int) -> str:
    try:
        hall.write(n % 4, "x" * 900 + str(n), f"k{n}")
    except Refused as refused:
        return refused.reason.message
    return "received"


def test_an_archive_comes_back_as_it_was(both: str, tmp_path: Path) -> None:
    hall = Hall(both)
    hall.move("open")
    for who in range(4):
        hall.write(who, f"Идея {who} =1+1", "a")
    hall.move("locked")
    hall.toolkit.sorting.merge(None, [hall.standing()[1].id], hall.standing()[0].id)
    archive = json.loads(json.dumps(hall.toolkit.archive.dump(hall.series.id)))
    assert "token_hash" not in json.dumps(archive)
    elsewhere = Toolkit.open(str(tmp_path / "other.db"), exercises=TINY)
    series = elsewhere.archive.load(None, archive)
    again = elsewhere.archive.dump(series.id)
    assert again == archive
    stage = elsewhere.agenda.stages(elsewhere.library.workshops(series.id)[0].id)[0]
    assert elsewhere.results.result(stage.id) == hall.toolkit.results.result(hall.stage.id) == 3
    with pytest.raises(Refused, match="already in the database"):
        elsewhere.archive.load(None, archive)
    elsewhere.close()
    hall.close()


def _without_series(archive: dict[str, Any]) -> None:
    archive["series"] = []


def _foreign_program(archive: dict[str, Any]) -> None:
    archive["program"] = "spreadsheet"


def _newer(archive: dict[str, Any]) -> None:
    archive["format"] = 99


def _missing_part(archive: dict[str, Any]) -> None:
    del archive["participants"]


def _stage_of_elsewhere(archive: dict[str, Any]) -> None:
    archive["stages"][0]["workshop_id"] = "0" * 32


def _number_as_words(archive: dict[str, Any]) -> None:
    archive["contributions"][0]["number"] = "many"


def _huge_number(archive: dict[str, Any]) -> None:
    archive["contributions"][0]["number"] = 10**30


def _double_id(archive: dict[str, Any]) -> None:
    archive["contributions"].append(archive["contributions"][0])


def _deep(archive: dict[str, Any]) -> None:
    nest: Any = "x"
    for _ in range(200):
        nest = [nest]
    archive["contributions"][0]["entry"] = nest


def _lines_of_nothing(archive: dict[str, Any]) -> None:
    archive["groups"] = [None, 7]


@pytest.mark.parametrize(
    "damage",
    [
        _without_series, _foreign_program, _newer, _missing_part, _stage_of_elsewhere,
        _number_as_words, _huge_number, _double_id, _deep, _lines_of_nothing,
    ],
)  # fmt: skip
def test_a_damaged_archive_changes_nothing(
    tmp_path: Path, damage: Callable[[dict[str, Any]], None]
) -> None:
    hall = Hall(f"sqlite:///{tmp_path / 'one.db'}")
    hall.move("open")
    hall.write(0, "Idea", "a")
    archive = hall.toolkit.archive.dump(hall.series.id)
    hall.close()
    damage(archive)
    with Toolkit.open(str(tmp_path / "two.db"), exercises=TINY) as elsewhere:
        with pytest.raises(Refused):
            elsewhere.archive.load(None, archive)
        names = inspect(elsewhere.store.engine).get_table_names()
        with elsewhere.store.read() as connection:
            left = {
                name: connection.execute(text(f"SELECT count(*) FROM {name}")).scalar()
                for name in names
            }
    assert {name for name, n in left.items() if n} == {"installation", "alembic_version"}


def test_a_final_report_stays_as_it_was(both: str) -> None:
    hall = Hall(both)
    hall.move("open")
    hall.write(0, "Before", "a")
    hall.move("locked")
    hall.move("revealed")
    library, results = hall.toolkit.library, hall.toolkit.results
    library.change_series(None, hall.series.id, final=True)
    frozen = results.report(hall.series.id)
    hall.toolkit.sorting.hide(None, hall.standing()[0].id, "test")
    assert results.report(hall.series.id).sections == frozen.sections
    assert results.result(hall.stage.id) == 0
    library.change_series(None, hall.series.id, final=False)
    assert results.report(hall.series.id).sections != frozen.sections
    hall.close()


def test_running_totals_of_a_vote_are_not_offered(both: str) -> None:
    hall = Hall(both, exercise="ballots", people=1)
    with pytest.raises(Refused, match="until the reveal"):
        hall.toolkit.agenda.change_stage(None, hall.stage.id, live=True)
    assert not hall.stage.live
    hall.close()
