"""Is the hall ready: the page of the staff, the address, the Wi-Fi, and the wall that shows it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from screens import checks, house, interfaces, network
from screens.facilitator import ways
from screens.interfaces import Interface
from tests.commands import Run, refused
from tests.screens.facilitation import Facilitation, press, shown
from workshop import connections
from workshop.language import say
from workshop.model import Role
from workshop.passes import wifi_code
from workshop.settings import settings
from workshop.store import health
from workshop.store.opening import Store
from workshop.toolkit import Toolkit

HALL, WALL = "facilitator/hall.py", "projector/wall.py"
WIFI = Interface(address="192.168.1.20", name="wlan0", kind="wireless")
CABLE = Interface(address="10.0.0.5", name="eth0", kind="wired")


@pytest.fixture
def work(toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch) -> Facilitation:
    monkeypatch.setattr(interfaces, "read", lambda: [CABLE, WIFI])
    monkeypatch.setattr(network, "_ways_out", lambda: iter(()))
    return Facilitation(toolkit, monkeypatch)


def field(page: AppTest, start: str) -> Any:
    """Return the text field whose key begins so."""
    return next(one for one in page.text_input if str(one.key).startswith(start))


def submit(page: AppTest, words: str) -> AppTest:
    """Press the button of a form that says this."""
    next(one for one in page.button if one.label == words).click().run()
    assert not page.exception, page.exception[0].stack_trace
    return page


def test_the_page_says_of_each_thing_whether_it_is_in_order(work: Facilitation) -> None:
    said = shown(work.open(HALL))
    for words in (
        "The database takes entries",
        "What is in the database is whole",
        "Free space for the database",
        "Fonts with Cyrillic letters",
        "http://192.168.1.20:8501/j",
        "The clock of this machine",
        "No phone has come yet",
        "QR code to try the way with a phone",
    ):
        assert words in said
    assert re.search("[А-я]", shown(work.open(HALL, language="bg")))


def test_a_phone_that_came_is_told_of_with_its_time_and_where_from(work: Facilitation) -> None:
    arrivals = work.toolkit.arrivals
    work.open(HALL)
    check = arrivals.check_of(work.workshop_id)
    assert check is not None
    arrivals.arrive(check.ticket, "local", 0.042)
    assert "a phone of this network came; the answer took 42 ms" in shown(work.open(HALL))
    arrivals.arrive(check.ticket, "here", 0.002)
    arrivals.arrive(check.ticket, "public", 0.2)
    slow = arrivals.arrive(check.ticket, "local", 3.4)
    arrivals.report(check.ticket, slow, gap=0.01, drift=0.0)
    said = shown(work.open(HALL))
    assert "That does not show that phones get here" in said
    assert "from outside this network" in said
    assert "the answer took 3.4 s" in said
    assert "holds news back" in said


def test_what_this_browser_found_is_told(work: Facilitation) -> None:
    page = work.open(HALL)
    check = work.toolkit.arrivals.check_of(work.workshop_id)
    assert check is not None
    mark = page.session_state["browser-mark"]
    assert "is asked for its clock" in shown(page)
    work.toolkit.arrivals.arrive(check.ticket, "here", 0.01, mark)
    work.toolkit.arrivals.report(check.ticket, 0, mark, gap=0.5, drift=-61.2, socket=0.03)
    said = shown(page.run())
    assert "opens in 30 ms" in said
    assert "as it happens" in said
    assert "clock is 61 s behind the server" in said
    work.toolkit.arrivals.arrive(check.ticket, "here", 0.01, mark)
    work.toolkit.arrivals.report(check.ticket, 0, mark, gap=-1.0, drift=90.0, socket=-1.0)
    said = shown(page.run())
    assert "A second websocket did not open" in said
    assert "holds news back" in said
    assert "90 s ahead" in said
    press(page, "look-again")
    assert "is asked for its clock" in shown(page)


def test_the_choice_of_an_address_is_everybodys_and_lasts(work: Facilitation) -> None:
    page = work.open(HALL)
    [choice] = page.radio
    assert choice.value == ""
    assert "192.168.1.20 · Wi-Fi (wlan0)" in choice.options[0]
    choice.set_value(CABLE.address).run()
    assert not page.exception
    assert work.toolkit.hall.address() == CABLE.address
    colleague = work.open(HALL)
    assert colleague.radio[0].value == CABLE.address
    assert "10.0.0.5" in shown(colleague)
    colleague.radio[0].set_value("").run()
    assert work.toolkit.hall.address() == ""


def test_a_chosen_address_that_is_gone_is_said_and_another_one_shown(work: Facilitation) -> None:
    work.toolkit.hall.choose_address(None, "192.168.77.7")
    page = work.open(HALL)
    assert "no longer has the address 192.168.77.7" in page.warning[0].value.replace("\\", "")
    page.radio[0].set_value(WIFI.address).run()
    assert work.toolkit.hall.address() == WIFI.address


def test_an_address_given_at_the_start_cannot_be_changed_here(
    work: Facilitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEDYANKA_ADDRESS", "https://sedyanka.example.eu")
    settings.cache_clear()
    page = work.open(HALL)
    settings.cache_clear()
    assert not page.radio
    assert "as it was given at the start" in shown(page)


def test_the_wall_shows_the_wifi_while_people_join(work: Facilitation) -> None:
    wall = {"w": work.workshop.short_name}
    assert "Join the Wi-Fi" not in shown(work.open(WALL, **wall))
    page = work.open(HALL)
    field(page, "wifi-name").input("Зала; 1")
    field(page, "wifi-password").input("secret12")
    submit(page, "Show it on the wall")
    kept = work.toolkit.hall.look_at(work.workshop_id).wifi
    assert kept is not None
    assert (kept.name, kept.password) == ("Зала; 1", "secret12")
    said = shown(work.open(WALL, **wall))
    for words in ("<b>1</b> Join the Wi-Fi", "<b>2</b> Enter the workshop", "Зала; 1", "secret12"):
        assert words in said
    assert said.index("Join the Wi-Fi") < said.index("Enter the workshop")
    work.move("open")
    assert "Join the Wi-Fi" not in shown(work.open(WALL, **wall))  # only while people join
    page = submit(work.open(HALL), "Take it off the wall")
    assert work.toolkit.hall.look_at(work.workshop_id).wifi is None


def test_an_open_network_has_no_password_on_the_wall(work: Facilitation) -> None:
    work.toolkit.hall.set_wifi(None, work.workshop_id, "Open hall")
    said = shown(work.open(WALL, w=work.workshop.short_name, language="bg"))
    assert "Свържете се с Wi-Fi" in said
    assert "Парола" not in said


def test_what_people_type_as_a_network_is_never_markup(work: Facilitation) -> None:
    work.toolkit.hall.set_wifi(None, work.workshop_id, "<b>x</b>&", "<i>secret")
    said = shown(work.open(WALL, w=work.workshop.short_name))
    assert "&lt;b&gt;x&lt;/b&gt;&amp;" in said
    assert "<i>secret" not in said


def test_the_picture_holds_what_a_camera_needs(
    work: Facilitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    from screens.projector import sight

    drawn: list[str] = []
    monkeypatch.setattr(sight, "_qr", lambda said, title: drawn.append(said) or "")
    work.toolkit.hall.set_wifi(None, work.workshop_id, "Hall", "secret12", True)
    found = sight.gather(work.toolkit, work.workshop_id)
    found.wifi_qr("title")
    found.qr("title")
    assert drawn[0] == wifi_code("Hall", "secret12", hidden=True)
    assert drawn[1].endswith(f"/j/{work.workshop.code}")


def test_a_mistake_in_the_wifi_is_a_sentence_and_what_was_typed_stays(work: Facilitation) -> None:
    page = work.open(HALL)
    field(page, "wifi-name").input("Hall")
    field(page, "wifi-password").input("short")
    submit(page, "Show it on the wall")
    assert "8 to 63" in page.error[0].value
    assert field(page, "wifi-password").value == "short"
    assert work.toolkit.hall.look_at(work.workshop_id).wifi is None


def test_observers_may_not_look(work: Facilitation) -> None:
    work.enter(work.member(Role.observer))
    assert "may not open this page" in shown(work.open(HALL))


def test_each_fault_says_what_to_do(
    toolkit: Toolkit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from workshop.charts import letters

    monkeypatch.setattr(health, "complaints", lambda store, quick: ["row 7 is missing"])
    monkeypatch.setattr(health, "durable", lambda store: False)
    monkeypatch.setattr(checks, "SLOW_DISK", -1.0)
    monkeypatch.setattr(checks, "LITTLE_SPACE", 10**18)
    monkeypatch.setattr(connections, "allow", lambda: 1024)
    monkeypatch.setattr(letters, "draws", lambda signs: False)
    monkeypatch.setattr(network, "reachable", list)
    found = [
        *checks.contents(toolkit.store), *checks.writing(toolkit.store),
        *checks.disk(toolkit.url), *checks.phones(), *checks.words(), *checks.addresses(8501),
        *checks.clock(checks.OLDEST_BELIEVABLE),
    ]  # fmt: skip
    said = [say(one.words, "en") for one in found if one.verdict != "good"]
    for advice in (
        "bring back the latest archive", "Close other programs", "Ask whoever keeps it",
        "empty the bin", "raise the limit", "install the program again",
        "connect it to the hall's router", "set it, or join codes",
    ):  # fmt: skip
        assert any(advice in one for one in said), advice


def test_the_addresses_named_are_those_phones_can_use(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = Interface(address="172.17.0.1", name="docker0", kind="virtual")
    monkeypatch.setattr(network, "reachable", lambda: [WIFI, CABLE, inside])
    both, chosen = checks.addresses(80), checks.addresses(80, CABLE.address)
    assert say(next(both).words, "en").endswith("192.168.1.20:80/j and http://10.0.0.5:80/j")
    assert say(next(chosen).words, "en").endswith("reach: http://10.0.0.5:80/j")
    monkeypatch.setattr(network, "reachable", lambda: [inside])
    assert "172.17.0.1" in say(next(checks.addresses(80)).words, "en")


def test_a_server_for_this_machine_alone_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEDYANKA_HOST", "127.0.0.1")
    settings.cache_clear()
    [found] = checks.addresses(8501)
    settings.cache_clear()
    assert found.verdict == "bad"
    assert "without --host 127.0.0.1" in say(found.words, "en")


def test_it_is_known_whether_the_database_waits_for_the_disk(toolkit_on_both: Toolkit) -> None:
    store = toolkit_on_both.store
    health.touch(store)
    # The tests' own PostgreSQL does without, to be quick; SQLite always waits here.
    assert health.durable(store) is (store.dialect == "sqlite" or _waits(store))


def _waits(store: Store) -> bool:
    with store.read() as connection:
        return str(connection.exec_driver_sql("SHOW fsync").scalar()) == "on"


def test_an_address_on_the_command_line_must_be_this_machines(
    sedyanka: Run, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "local_addresses", lambda: ["192.168.1.20", "10.0.0.5"])
    done = sedyanka("serve", "--address", "192.168.9.9", "--database", database)
    assert "192.168.1.20 and 10.0.0.5" in refused(done)
    done = sedyanka("serve", "--address", "nowhere", "--database", database)
    assert "must begin with http" in refused(done)


def test_every_kind_of_interface_has_a_name() -> None:
    assert set(ways.KINDS) == set(network.BEST)
    assert house.join_address().endswith("/j")
