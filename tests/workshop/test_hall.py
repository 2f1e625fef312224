"""What staff say about the hall: kept for the installation, never told to anybody else."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.steady import steady
from workshop.language import Multilingual
from workshop.model import NotFound, Refused, Workshop
from workshop.passes import wifi_code
from workshop.store.arrivals import MINUTES, MOST_ARRIVALS
from workshop.toolkit import StageDraft, Toolkit

SECRET = "tell nobody; 1:2"


def furnish(toolkit: Toolkit, *, rehearsal: bool = False) -> Workshop:
    series = toolkit.library.create_series(
        None, short_name=f"lozen-{rehearsal}".lower(), municipality=Multilingual("Лозен", "Lozen"),
        theme=Multilingual("Участие", "Taking part"),
    )  # fmt: skip
    return toolkit.library.create_workshop(
        None, series.id, title=Multilingual("Среща", "Meeting"), day=date(2026, 12, 3),
        rehearsal=rehearsal, stages=[StageDraft(exercise="swot")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "password", "hidden", "code"),
    [
        ("Hall", "secret12", False, "WIFI:T:WPA;S:Hall;P:secret12;;"),
        ("Hall", "", False, "WIFI:T:nopass;S:Hall;;"),
        ("Hall", "secret12", True, "WIFI:T:WPA;S:Hall;P:secret12;H:true;;"),
        ("Зала 1", "парола", False, "WIFI:T:WPA;S:Зала 1;P:парола;;"),
        ('a;b,c:d"e\\f', ";;;;;;;;", False,
         r"WIFI:T:WPA;S:a\;b\,c\:d\"e\\f;P:\;\;\;\;\;\;\;\;;;"),
        # QRCoder issue 440: iPhones take quotes around hexadecimal signs for part of the password.
        ("CAFE", "1234567890", False, "WIFI:T:WPA;S:CAFE;P:1234567890;;"),
    ],
)  # fmt: skip
def test_a_camera_is_told_the_network_as_the_standard_writes_it(
    name: str, password: str, hidden: bool, code: str
) -> None:
    assert wifi_code(name, password, hidden=hidden) == code


@pytest.mark.parametrize(
    ("name", "password", "field"),
    [
        ("", "secret12", "name"),
        ("  ", "secret12", "name"),
        ("x" * 33, "secret12", "name"),
        ("ж" * 17, "secret12", "name"),
        ("two\nlines", "secret12", "name"),
        ("Hall", "short12", "password"),
        ("Hall", "x" * 64, "password"),
        ("Hall", "паролапарола", "password"),
        ("Hall", "tab\tinside", "password"),
    ],
)
def test_what_no_network_can_have_is_refused(
    toolkit: Toolkit, name: str, password: str, field: str
) -> None:
    workshop = furnish(toolkit)
    with pytest.raises(Refused) as refused:
        toolkit.hall.set_wifi(None, workshop.id, name, password)
    assert refused.value.field == field
    assert toolkit.hall.look_at(workshop.id).wifi is None


def test_the_network_is_kept_for_its_workshop_and_forgotten_when_asked(
    toolkit_on_both: Toolkit,
) -> None:
    toolkit = toolkit_on_both
    workshop, other = furnish(toolkit), furnish(toolkit, rehearsal=True)
    given = toolkit.hall.set_wifi(None, workshop.id, " Hall ", SECRET, True)
    assert (given.name, given.password, given.hidden) == ("Hall", SECRET, True)
    assert toolkit.hall.look_at(workshop.id).wifi == given
    assert toolkit.hall.look_at(other.id).wifi is None
    opened = toolkit.hall.set_wifi(None, workshop.id, "Open hall")
    assert toolkit.hall.look_at(workshop.id).wifi == opened
    toolkit.hall.drop_wifi(None, workshop.id)
    assert toolkit.hall.look_at(workshop.id).wifi is None


def test_the_password_leaves_the_house_in_nothing(toolkit: Toolkit) -> None:
    workshop = furnish(toolkit)
    wifi = toolkit.hall.set_wifi(None, workshop.id, "Hall", SECRET)
    toolkit.library.change_series(None, workshop.series_id, final=True)  # freezes a snapshot
    archive = json.dumps(toolkit.archive.dump(workshop.series_id), ensure_ascii=False)
    told = [archive, repr(wifi), repr(toolkit.hall.look_at(workshop.id))]
    with toolkit.store.read() as connection:
        told += [repr(row) for row in connection.exec_driver_sql("SELECT * FROM event")]
    assert any("set wifi" in one for one in told)
    assert not any(SECRET in one for one in told)


def test_the_address_staff_chose_outlives_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'sedyanka.db'}"
    with Toolkit.open(url) as toolkit:
        assert toolkit.hall.address() == ""
        toolkit.hall.choose_address(None, "192.168.1.20")
    with Toolkit.open(url, write=False) as toolkit:
        assert toolkit.hall.address() == "192.168.1.20"
    with Toolkit.open(url) as toolkit:
        toolkit.hall.choose_address(None, "")
        assert toolkit.hall.address() == ""


def test_phones_that_come_are_noted_with_what_they_found(toolkit_on_both: Toolkit) -> None:
    arrivals = toolkit_on_both.arrivals
    workshop = furnish(toolkit_on_both)
    assert arrivals.check_of(workshop.id) is None
    check = arrivals.open_check(workshop.id)
    first = arrivals.arrive(check.ticket, "local", 0.04)
    second = arrivals.arrive(check.ticket, "public", 0.5)
    arrivals.arrive(check.ticket, "here", 0.01, "0123abcd")
    arrivals.report(check.ticket, second, gap=0.5, drift=-3.0)
    arrivals.report(check.ticket, second, gap=0.0, drift=99.0)  # only the first word counts
    arrivals.report(check.ticket, 0, "0123abcd", gap=0.5, drift=0.1, socket=0.03)
    found = arrivals.check_of(workshop.id)
    assert found is not None
    assert (first, second) == (0, 1)
    assert [(one.origin, one.took, one.gap, one.drift) for one in found.arrivals] == [
        ("local", 0.04, None, None), ("public", 0.5, 0.5, -3.0),
    ]  # fmt: skip
    assert found.browsers["0123abcd"].socket == 0.03
    with pytest.raises(NotFound):
        arrivals.report(check.ticket, 2, gap=0.5, drift=0.0)
    with pytest.raises(NotFound):
        arrivals.report(check.ticket, 0, "ffffffff", gap=0.5, drift=0.0)


def test_a_fresh_code_ends_the_one_before(toolkit: Toolkit) -> None:
    workshop, other = furnish(toolkit), furnish(toolkit, rehearsal=True)
    old, elsewhere = toolkit.arrivals.open_check(workshop.id), toolkit.arrivals.open_check(other.id)
    new = toolkit.arrivals.open_check(workshop.id)
    with pytest.raises(NotFound):
        toolkit.arrivals.arrive(old.ticket, "local", 0.1)
    assert toolkit.arrivals.check(new.ticket) == new
    assert toolkit.arrivals.check(elsewhere.ticket) == elsewhere


def test_a_code_grows_old(tmp_path: Path) -> None:
    clock = [steady()]
    with Toolkit.open(f"sqlite:///{tmp_path / 's.db'}", now=lambda: clock[0]) as toolkit:
        workshop = furnish(toolkit)
        check = toolkit.arrivals.open_check(workshop.id)
        clock[0] += timedelta(minutes=MINUTES)
        assert toolkit.arrivals.check_of(workshop.id) is None
        with pytest.raises(NotFound):
            toolkit.arrivals.check(check.ticket)


def test_more_phones_than_anybody_needs_are_answered_but_not_noted(toolkit: Toolkit) -> None:
    workshop = furnish(toolkit)
    check = toolkit.arrivals.open_check(workshop.id)
    for _ in range(MOST_ARRIVALS + 2):
        toolkit.arrivals.arrive(check.ticket, "local", 0.1)
    assert len(toolkit.arrivals.check(check.ticket).arrivals) == MOST_ARRIVALS


def test_only_a_rehearsal_can_be_stirred_or_counted(toolkit_on_both: Toolkit) -> None:
    toolkit = toolkit_on_both
    real, trial = furnish(toolkit), furnish(toolkit, rehearsal=True)
    before = toolkit.results.revision(real.id), toolkit.results.revision(trial.id)
    for refused in (toolkit.rehearsals.stir, toolkit.rehearsals.stored):
        with pytest.raises(NotFound):
            refused(real.id)
    shape = toolkit.rehearsals.stir(trial.id)
    assert toolkit.results.revision(real.id) == before[0]
    assert toolkit.results.revision(trial.id) == (before[1][0] + 1, shape)
    assert shape > before[1][1]
    toolkit.library.change_workshop(None, trial.id, rehearsal=False)
    with pytest.raises(NotFound):
        toolkit.rehearsals.stir(trial.id)


def test_a_moment_of_an_arrival_keeps_its_zone(toolkit: Toolkit) -> None:
    workshop = furnish(toolkit)
    check = toolkit.arrivals.open_check(workshop.id)
    toolkit.arrivals.arrive(check.ticket, "local", 0.1)
    at: datetime = toolkit.arrivals.check(check.ticket).arrivals[0].at
    assert at.tzinfo is not None
    assert at <= toolkit.now()
