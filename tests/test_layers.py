"""The house rules that can be read from the source: who imports whom, sizes, words."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("workshop", "exercises", "phone", "screens", "exports")
OURS = (*ROOMS, "app", "tests")

MAY_IMPORT = {
    "workshop": {"workshop"},
    "exercises": {"workshop", "exercises"},
    "exports": {"workshop", "exports"},
    "phone": {"workshop", "phone"},
    "screens": {"workshop", "exports", "screens"},
    "app.py": {"phone", "screens"},
}
"""The arrows; what is not listed is forbidden."""

ONLY_IN = {
    # a third party: the places that may import it, as beginnings of paths
    "streamlit": ("screens/", "app.py", "exercises/*/screen.py"),
    "starlette": ("phone/", "screens/web", "app.py"),
    "jinja2": ("phone/",),
    "sqlalchemy": ("workshop/store/",),
    "alembic": ("workshop/store/",),
    "altair": ("workshop/charts",),
    "vl_convert": ("workshop/charts",),
    "pydantic_settings": ("workshop/settings.py",),
    "docx": ("exports/",),
    "pptx": ("exports/",),
    "xlsxwriter": ("exports/",),
    "itsdangerous": ("workshop/passes.py",),
    "pwdlib": ("workshop/passes.py",),
    "psycopg": ("workshop/store/",),
}

LIGHT = ("streamlit", "starlette", "docx", "altair")
"""What must not be loaded by an analysis: it is pure, and start-up is short."""

TALL_FILES = {
    "workshop/blocks.py": "the closed union is one thing: every renderer is checked against it",
    "workshop/model.py": "the nouns of the house stand together",
    "workshop/store/tables.py": "every table with its constraints, read side by side",
}
TALL_FILES["workshop/store/migrations/versions/v0001_first_tables.py"] = (
    "all tables as they were at the first release; never edited again"
)
LONG_FUNCTIONS = {
    "workshop/store/migrations/versions/v0001_first_tables.py:upgrade": "see above",
    "workshop/toolkit/annexes.py:statistics_notes": "a list of sentences, nothing is decided",
    "workshop/toolkit/chapters.py:method": "likewise, with the heads of two tables",
    "workshop/toolkit/participation.py:_taking_part": "likewise",
}
FOREIGN_NAMES = {"handle_data"}
"""Methods that other people named and we have to define (html.parser)."""
NOT_NAMES = re.compile(
    r"(^|_)(utils?|helpers?|managers?|datas?|items?|users?|admins?|sessions?|payloads?|widgets?"
    r"|plugins?)(_|$)"
)


@cache
def sources() -> tuple[Path, ...]:
    """Return every Python file that belongs to the product."""
    files = [ROOT / "app.py"]
    for room in ROOMS:
        files += sorted((ROOT / room).rglob("*.py"))
    return tuple(one for one in files if one.exists())


def place(path: Path) -> str:
    """Return a file's path as people write it."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return the parsed source."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def imports(path: Path, *, at_run_time: bool = False) -> tuple[tuple[str, int], ...]:
    """Return each imported module with its line; relative ones made absolute."""
    return tuple(_imports(path, at_run_time))


def _imports(path: Path, at_run_time: bool) -> Iterator[tuple[str, int]]:
    typing_only = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            typing_only |= {id(inner) for one in node.body for inner in ast.walk(one)}
    package = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(tree(path)):
        if at_run_time and id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level]) if node.level else ""
            module = ".".join(part for part in (start, node.module or "") if part)
            yield module, node.lineno
            if module in ("", *ROOMS):
                yield from ((f"{module}.{alias.name}", node.lineno) for alias in node.names)


def room_of(path: Path) -> str:
    """Return the room a file stands in; ``app.py`` is the door."""
    return path.relative_to(ROOT).parts[0]


def test_rooms_import_only_along_the_arrows() -> None:
    wrong = []
    for path in sources():
        allowed = MAY_IMPORT[room_of(path)]
        if place(path).startswith("screens/terminal"):
            allowed = allowed | {"phone", "app"}
        for module, line in imports(path):
            first = module.split(".")[0]
            if first in OURS and first not in allowed:
                wrong.append(f"{place(path)}:{line} imports {module}")
    assert not wrong


def test_no_exercise_imports_another_and_the_core_imports_none() -> None:
    wrong = []
    for path in sources():
        for module, line in imports(path):
            parts = module.split(".")
            if parts[0] != "exercises" or len(parts) < 2:
                continue
            own = room_of(path) == "exercises" and path.relative_to(ROOT).parts[1] == parts[1]
            if not own:
                wrong.append(f"{place(path)}:{line} imports {module}")
    assert not wrong


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_only_where_it_belongs(library: str) -> None:
    wrong = [
        f"{place(path)}:{line}"
        for path in sources()
        for module, line in imports(path, at_run_time=True)
        if module.split(".")[0] == library
        and not any(_matches(place(path), allowed) for allowed in ONLY_IN[library])
    ]
    assert not wrong


def test_terminal_and_the_stage_of_streamlit_do_not_meet_at_import() -> None:
    """The command line answers at once: it loads Streamlit only to serve."""
    assert not _loaded("screens.terminal", ("streamlit", "altair", "pandas", "docx"))


def test_phones_alone_load_no_streamlit() -> None:
    """A process that only answers phones is small, and starts in half the time."""
    assert not _loaded("screens.terminal, phone.alone", ("streamlit", "altair", "pandas", "docx"))


def test_analyses_load_nothing_heavy() -> None:
    folders = [one.parent.name for one in sorted(ROOT.glob("exercises/*/analysis.py"))]
    assert folders
    for folder in folders:
        assert not _loaded(f"exercises.{folder}.analysis", LIGHT), folder


def test_the_core_names_no_exercise() -> None:
    names = {one.name for one in (ROOT / "exercises").iterdir() if (one / "__init__.py").exists()}
    wrong = []
    for path in sources():
        if room_of(path) == "exercises" or path.name == "blueprints.py":
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Compare):
                said = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
                if said & names:
                    wrong.append(f"{place(path)}:{node.lineno} {ast.unparse(node)}")
    assert not wrong


def test_files_stay_small() -> None:
    tall = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {name for name, lines in tall.items() if lines > 300} <= TALL_FILES.keys()


def test_functions_stay_small() -> None:
    long = {}
    for path in sources():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
                name = f"{place(path)}:{node.name}"
                if lines > 40 and name not in LONG_FUNCTIONS:
                    long[name] = lines
    assert not long


def test_every_module_says_what_it_is_for() -> None:
    mute = [
        place(path)
        for path in sources()
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(tree(path))
    ]
    assert not mute


def test_no_name_says_nothing() -> None:
    wrong = []
    for path in sources():
        if NOT_NAMES.search(path.stem):
            wrong.append(place(path))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).lower()
                if NOT_NAMES.search(name) and node.name not in FOREIGN_NAMES:
                    wrong.append(f"{place(path)}:{node.lineno} {node.name}")
    assert not wrong


def test_nothing_in_screens_shadows_a_package_and_no_folder_is_called_pages() -> None:
    """Streamlit puts the folder of its script first in the path."""
    from importlib.metadata import packages_distributions

    home = ROOT / "screens"
    assert not [one for one in home.rglob("pages") if one.is_dir()]
    modules = {one.stem for one in home.glob("*.py")}
    modules |= {one.parent.name for one in home.glob("*/*.py")}
    assert not modules & (set(packages_distributions()) | sys.stdlib_module_names | set(OURS))


def test_dependencies_in_pyproject_are_what_the_files_import() -> None:
    import tomllib
    from importlib.metadata import packages_distributions

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {_bare(one) for one in project["dependencies"]}
    extras = {_bare(one) for group in project["optional-dependencies"].values() for one in group}
    known = packages_distributions()
    used = set()
    for path in sources():
        for module, _ in imports(path):
            first = module.split(".")[0]
            if first not in OURS and first not in sys.stdlib_module_names and first:
                used |= {_bare(name) for name in known.get(first, [first])[:1]}
    runs_by_name = {
        # used by other packages or by their names in an address, never imported
        "httptools",
        "uvloop",
        "tzdata",
        "python-multipart",
        "matplotlib",  # its fonts
    }
    used -= {"pydantic-core", "markupsafe"}  # halves of pydantic and jinja2
    assert used - declared - extras == set()
    assert declared - used - runs_by_name == set()


def _bare(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _matches(path: str, allowed: str) -> bool:
    pattern = re.escape(allowed).replace(r"\*", "[^/]+")
    return re.match(pattern, path) is not None


def _loaded(module: str, unwanted: tuple[str, ...]) -> list[str]:
    code = (
        f"import sys, {module}; print(*(one for one in {unwanted!r} if one in sys.modules), end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()
