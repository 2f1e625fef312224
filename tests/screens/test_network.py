"""Where phones find this machine: the likeliest of its addresses, or the one staff chose."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from screens import interfaces, network
from screens.interfaces import Interface
from workshop.settings import settings

WIFI = Interface(address="192.168.1.20", name="wlan0", kind="wireless")
CABLE = Interface(address="10.0.0.5", name="eth0", kind="wired")
DOCKER = Interface(address="172.17.0.1", name="docker0", kind="virtual")
VPN = Interface(address="10.8.0.2", name="tun0", kind="virtual")
PUBLIC = Interface(address="203.0.113.9", name="eth1", kind="wired")
ITSELF = Interface(address="127.0.0.1", name="lo", kind="virtual")
NOBODY = Interface(address="169.254.3.4", name="eth2", kind="wired")


@pytest.fixture(autouse=True)
def _fresh_settings() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


def place(monkeypatch: pytest.MonkeyPatch, *known: Interface, ways: tuple[str, ...] = ()) -> None:
    monkeypatch.setattr(interfaces, "read", lambda: list(known))
    monkeypatch.setattr(network, "_ways_out", lambda: iter(ways))


def test_without_a_gateway_the_router_in_the_hall_is_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place(monkeypatch, ITSELF, WIFI)
    assert network.local_addresses() == [WIFI.address]
    assert network.base_address("http://localhost:8501/") == "http://192.168.1.20:8501"


def test_what_is_only_inside_this_machine_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    place(monkeypatch, ITSELF, VPN, DOCKER, NOBODY, PUBLIC, CABLE, WIFI, ways=(VPN.address,))
    known = [one.address for one in (WIFI, CABLE, PUBLIC, VPN, DOCKER)]
    assert network.local_addresses() == known


def test_of_two_alike_the_one_the_system_would_take_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = Interface(address="192.168.9.9", name="eth3", kind="wired")
    place(monkeypatch, CABLE, other, ways=(other.address,))
    assert network.local_addresses() == [other.address, CABLE.address]


def test_an_address_only_the_system_knows_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    place(monkeypatch, ways=("192.168.4.4", "192.168.4.4"))
    assert network.local_addresses() == ["192.168.4.4"]


def test_the_choice_of_staff_holds_while_the_machine_has_that_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place(monkeypatch, WIFI, CABLE)
    for seen in ("http://localhost:8501/wall", "http://192.168.1.20:8501/"):
        assert network.base_address(seen, chosen=CABLE.address) == "http://10.0.0.5:8501"
    gone = network.base_address("http://localhost:8501/", chosen="192.168.77.1")
    assert gone == "http://192.168.1.20:8501"
    proxied = network.base_address("https://sedyanka.example.eu/", chosen=CABLE.address)
    assert proxied == "https://sedyanka.example.eu"


def test_the_address_given_at_the_start_is_above_every_choice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place(monkeypatch, WIFI, CABLE)
    monkeypatch.setenv("SEDYANKA_ADDRESS", "https://sedyanka.example.eu/")
    shown = network.base_address("http://localhost:8501/", chosen=CABLE.address)
    assert shown == "https://sedyanka.example.eu"


def test_a_server_told_where_to_listen_is_found_there_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place(monkeypatch, WIFI, CABLE)
    monkeypatch.setenv("SEDYANKA_HOST", CABLE.address)
    assert network.local_addresses() == [CABLE.address]


def test_the_interfaces_of_this_very_machine_can_be_read() -> None:
    known = interfaces.read()
    assert "127.0.0.1" in {one.address for one in known}
    assert all(one.name for one in known)


def test_where_the_system_cannot_list_interfaces_the_name_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nothing() -> None:
        raise AttributeError("getifaddrs")

    monkeypatch.setattr(interfaces, "_library", nothing)
    monkeypatch.setattr(interfaces, "_by_name", lambda: ["192.168.5.5"])
    assert interfaces.read() == [Interface(address="192.168.5.5")]


@pytest.mark.parametrize(
    ("name", "flags", "kind"),
    [
        ("docker0", 0, "virtual"),
        ("br-12ab34cd", 0, "virtual"),
        ("utun3", 0, "virtual"),
        ("wg0", 0, "virtual"),
        ("odd7", interfaces.POINT_TO_POINT, "virtual"),
        ("wlp3s0", 0, "wireless"),
        ("en0", 0, "other"),
    ],
)
def test_interfaces_are_told_apart_by_name_where_the_system_says_nothing(
    name: str, flags: int, kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr(interfaces, "SYSTEM", tmp_path)
    assert interfaces._kind(name, flags) == kind
