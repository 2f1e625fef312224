"""Keep the catalogues of all rooms in step with the messages in their files.

    python tests/catalogues.py                      every room
    python tests/catalogues.py exercises/swot phone only these rooms

A room is a folder with its own ``locale/bg.po`` and ``locale/en.po``: workshop, phone, screens,
exports and each exercise. Messages are what stands in ``text("…")``, ``counted("…", "…")`` and, in
templates, ``_("…")``, ``ngettext`` and ``{% trans %}``. The message id is the English sentence,
so en.po fills itself. New messages come into bg.po empty, or with the translation they already
have in another room; those no longer used are dropped. Fill the empty ones by hand, then run this
again: it says what is still missing. ``tests/test_catalogues.py`` fails until nothing is.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as read_messages
from babel.messages.pofile import read_po, write_po

HOME = Path(__file__).resolve().parent.parent
LANGUAGE = HOME / "workshop" / "language.py"
LANGUAGES = ("bg", "en")
KEYWORDS: dict[str, Any] = {
    "text": None,
    "counted": (1, 2),
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"""


@dataclass(slots=True)
class Sentence:
    """A message of a room: its English, its plural where it has one, and where it stands."""

    one: str
    many: str = ""
    files: set[str] = field(default_factory=set)


def rooms() -> list[Path]:
    """Return the folders that keep catalogues of their own."""
    exercises = sorted((HOME / "exercises").glob("*/__init__.py"))
    whole = [HOME / name for name in ("workshop", "phone", "screens", "exports")]
    return [room for room in whole if room.is_dir()] + [path.parent for path in exercises]


def extract(room: Path) -> dict[str, Sentence]:
    """Return the messages in a room's own files by their English."""
    found: dict[str, Sentence] = {}
    for path in _files(room):
        for one, many in _in_python(path) if path.suffix == ".py" else _in_template(path):
            sentence = found.setdefault(one, Sentence(one))
            sentence.many = sentence.many or many
            sentence.files.add(path.relative_to(HOME).as_posix())
    return found


def catalogue(room: Path, language: str) -> Catalog:
    """Return a room's catalogue in a language; an empty one if there is none yet."""
    path = room / "locale" / f"{language}.po"
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def messages(known: Catalog) -> Iterator[Message]:
    """Return the messages of a catalogue without its header."""
    return (message for message in known if message.id)


def english(message: Message) -> str:
    """Return the English sentence (of one) that names a message."""
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """Return the forms of a translation: one, or one for each plural."""
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said or ("", ""))


def update(only: Sequence[Path] = ()) -> list[tuple[Path, str]]:
    """Bring the catalogues of the rooms up to date; return what is not yet translated."""
    missing: list[tuple[Path, str]] = []
    said = _translations(rooms())
    for room in only or rooms():
        sentences = extract(room)
        for language in LANGUAGES:
            old = {english(message): message for message in messages(catalogue(room, language))}
            fresh = Catalog(locale=language)
            for one in sorted(sentences):
                answer = _translation(sentences[one], language, old.get(one), said.get(one))
                _add(fresh, sentences[one], answer)
                if not all([answer] if isinstance(answer, str) else answer):
                    missing.append((room, one))
            _write(room / "locale" / f"{language}.po", fresh, language)
    return missing


def _files(room: Path) -> Iterable[Path]:
    return sorted(path for path in room.rglob("*") if path.suffix in (".py", ".html"))


def _in_template(path: Path) -> Iterator[tuple[str, str]]:
    options = {"silent": "false", "newstyle_gettext": "true"}
    with path.open("rb") as source:
        for _, message, _, _ in read_messages(
            "jinja2.ext:babel_extract", source, KEYWORDS, (), options
        ):
            yield (message, "") if isinstance(message, str) else (message[0], message[1])


def _in_python(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what a module marks with our own functions; SQLAlchemy has a ``text`` as well."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    ours = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "workshop.language"
        for alias in node.names
    }
    if path == LANGUAGE:  # where they are at home and need no import
        ours = {"text": "text", "counted": "counted"}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        words = [
            arg.value
            for arg in node.args[:2]
            if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        match ours.get(node.func.id, node.func.id if node.func.id in ("_", "ngettext") else ""):
            case "text" | "_" if words and words[0]:
                yield words[0], ""
            case "counted" | "ngettext" if len(words) == 2:
                yield words[0], words[1]


def _translations(chosen: Sequence[Path]) -> dict[str, Message]:
    """Return the Bulgarian of each message, from the first room that has one."""
    answer: dict[str, Message] = {}
    for room in chosen:
        for message in messages(catalogue(room, "bg")):
            if _complete(message) and not message.fuzzy:
                answer.setdefault(english(message), message)
    return answer


def _translation(
    sentence: Sentence, language: str, old: Message | None, elsewhere: Message | None
) -> str | tuple[str, str]:
    if language == "en":
        return (sentence.one, sentence.many) if sentence.many else sentence.one
    for message in (old, elsewhere):
        said = forms(message) if message is not None and _complete(message) else ()
        if len(said) == (2 if sentence.many else 1):
            return (said[0], said[1]) if sentence.many else said[0]
    return ("", "") if sentence.many else ""


def _complete(message: Message) -> bool:
    return all(forms(message))


def _add(fresh: Catalog, sentence: Sentence, answer: str | tuple[str, str]) -> None:
    name = (sentence.one, sentence.many) if sentence.many else sentence.one
    fresh.add(name, answer, locations=[(path, 0) for path in sorted(sentence.files)])


def _write(path: Path, fresh: Catalog, language: str) -> None:
    """Write a catalogue without dates or line numbers, and only if something changed."""
    body = io.BytesIO()
    write_po(body, fresh, width=100, omit_header=True, include_lineno=False)
    content = HEADER.format(language=language).encode() + b"\n" + body.getvalue()
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)


def main() -> int:
    """Update the rooms named on the command line, or all; say what is still missing."""
    chosen = [(HOME / name.rstrip("/")).resolve() for name in sys.argv[1:]]
    for room in chosen:
        if room not in rooms():
            print(f"{room.relative_to(HOME)} is not a room with catalogues", file=sys.stderr)
            return 2
    missing = update(chosen)
    for room, one in missing:
        print(f"{room.relative_to(HOME)}: {one}")
    print(f"{len(missing)} messages without a translation", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
