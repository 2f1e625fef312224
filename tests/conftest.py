"""What every test may ask for: a toolkit, both databases, a running server, a browser."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests import chromium, nginx, postgres
from tests.house import House
from tests.steady import steady

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.commands import Run
    from tests.lobby import Lobby
    from workshop.toolkit import Toolkit

COMPLETE = "SEDYANKA_TESTS_COMPLETE"
"""When set, a missing program fails the tests instead of leaving some out (``.ci/run``)."""
# How long an example takes says more about the machine than about us.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
LONGEST = (
    "test_word.py",
    "test_walk.py",
    "test_first_workshop_in_chromium.py",
    "test_hall_in_chromium.py",
    "test_wall_in_chromium.py",
    "test_in_browser.py",
)
"""Files that take more than a minute, the longest first; browsers come after all others."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, with a reason, what this machine cannot run; put browsers last.

    The longest begin first, so that nobody waits for them at the end.
    """
    items.sort(key=lambda item: (_in_a_browser(item), _begins(item)))
    if os.environ.get(COMPLETE):
        return
    reasons = {}
    if chromium.find() is None:
        reasons["browser"] = chromium.advice()
    if postgres.programs() is None and not os.environ.get("SEDYANKA_TEST_POSTGRES"):
        reasons["postgres"] = "there is no PostgreSQL server program on this machine"
    if nginx.program() is None:
        reasons["nginx"] = "there is no nginx on this machine"
    for item in items:
        for marker, reason in reasons.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Share the tests out where several processes run them."""
    from tests.sharing import ByFile

    return ByFile(config, log)


def _in_a_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


def _begins(item: pytest.Item) -> int:
    """Return the place of a test's file among the long ones, or behind them all."""
    return LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST)


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the settings and the database of whoever runs them."""
    for name in [one for one in os.environ if one.startswith("SEDYANKA_")]:
        if not name.startswith(("SEDYANKA_TEST", "SEDYANKA_CHROMIUM", "SEDYANKA_OOXML")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Passwords are hashed as ever, but in a moment; servers of their own take their time."""
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    from workshop import passes

    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passes, "_passwords", lambda: quick)
        yield


@pytest.fixture(scope="session", autouse=True)
def _one_drawer() -> Iterator[None]:
    """One process beside draws for all reports of ours, from the first to the last."""
    from contextlib import ExitStack, nullcontext

    from exports.word import document

    Beside = document.Beside
    begun: list[Beside] = []
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:

        def drawer() -> nullcontext[Beside]:
            if not begun:
                begun.append(stack.enter_context(Beside()))
            return nullcontext(begun[0])

        patch.setattr(document, "Beside", drawer)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server of our own, started when the first test asks for it."""
    given = os.environ.get("SEDYANKA_TEST_POSTGRES")
    if given:
        yield given
        return
    with postgres.cluster() as address:
        yield address


KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from workshop.toolkit import Toolkit

    file = tmp_path_factory.mktemp("empty-file") / "sedyanka.db"
    Toolkit.open(str(file)).close()
    return file


@pytest.fixture
def toolkit(_empty_file: Path, tmp_path: Path) -> Iterator[Toolkit]:
    """An open toolkit on an SQLite file without anything in it, furnished once and copied."""
    from workshop.toolkit import Toolkit

    shutil.copy(_empty_file, tmp_path / "sedyanka.db")
    opened = Toolkit.open(f"sqlite:///{tmp_path / 'sedyanka.db'}", now=steady)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def _empty_database(postgres_server: str) -> Iterator[str]:
    from workshop.toolkit import Toolkit

    name = f"furnished{uuid.uuid4().hex[:8]}"
    with postgres.database(postgres_server, name) as address:
        Toolkit.open(address).close()
        yield name


@pytest.fixture(params=KINDS)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without anything in it: the test runs once on each kind.

    Its tables were made by the migrations, once, and copied.
    """
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("_empty_file"), tmp_path / "sedyanka.db")
        yield f"sqlite:///{tmp_path / 'sedyanka.db'}"
        return
    server, like = (request.getfixturevalue(one) for one in ("postgres_server", "_empty_database"))
    with postgres.database(server, f"t{uuid.uuid4().hex[:12]}", like) as address:
        yield address


@pytest.fixture
def toolkit_on_both(both: str) -> Iterator[Toolkit]:
    """An open toolkit without anything in it, once on SQLite and once on PostgreSQL."""
    from workshop.toolkit import Toolkit

    with Toolkit.open(both, now=steady) as opened:
        yield opened


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The name of a database file that does not exist yet."""
    return str(tmp_path / "sedyanka.db")


@pytest.fixture(scope="session")
def ready_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the demo series in it, to be copied; one for all processes."""
    from screens import demonstration
    from workshop.toolkit import Toolkit

    ours = tmp_path_factory.getbasetemp()
    shared = (ours.parent if os.environ.get("PYTEST_XDIST_WORKER") else ours) / "demo.db"
    if not shared.exists():
        file = tmp_path_factory.mktemp("demo-file") / "sedyanka.db"
        with Toolkit.open(str(file)) as opened:
            demonstration.load(opened)
        file.replace(shared)
    return shared


@pytest.fixture
def demo_file(ready_demo: Path, database: str) -> str:
    """The name of a database file with the demo series in it, made once and copied."""
    shutil.copy(ready_demo, database)
    return database


@pytest.fixture
def sedyanka(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run commands: ``sedyanka("demo", "--database", file)``."""
    from tests.commands import runner

    return runner(capfd)


@pytest.fixture
def serve(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., House]]:
    """Start real servers: ``serve(demo=True)``; all are stopped after the test.

    They find the demo series, unless it is to be loaded ``anew``.
    """
    houses: list[House] = []

    def start(**wishes: Any) -> House:
        wishes.setdefault("database", str(tmp_path / "sedyanka.db"))
        anew = wishes.pop("anew", False)
        if wishes.get("demo") and not anew and not Path(wishes["database"]).exists():
            shutil.copy(request.getfixturevalue("ready_demo"), wishes["database"])
        houses.append(House(**wishes).start())
        return houses[-1]

    yield start
    for house in houses:
        house.stop()


@pytest.fixture
def server(serve: Callable[..., House]) -> House:
    """A running server on an empty database."""
    return serve()


@pytest.fixture(scope="session")
def demo_house(tmp_path_factory: pytest.TempPathFactory, ready_demo: Path) -> Iterator[House]:
    """One running server with the demo series, shared by tests that only look at it."""
    database = shutil.copy(ready_demo, tmp_path_factory.mktemp("demo") / "sedyanka.db")
    house = House(database=str(database), demo=True).start()
    yield house
    house.stop()


@pytest.fixture(scope="session")
def lobby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lobby]:
    """One running server with a facilitator at hand, shared; each story has a workshop there."""
    from tests.lobby import open_house

    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium without a window.

    It keeps an event loop in the main thread, in which no other may start: gone with its file.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        yield opened
        opened.close()
