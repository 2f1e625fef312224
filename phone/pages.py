"""Draw pages from templates: one Jinja environment a language, strict about what is undefined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    meta,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from phone.assets import address
from phone.press import Press
from phone.tongue import NAMES
from workshop import catalogue
from workshop.language import (
    LANGUAGES,
    TAGS,
    Language,
    Multilingual,
    Sayable,
    clock,
    counted,
    day,
    joined,
    say,
    text,
    translations,
)

TEMPLATES = Path(__file__).with_name("templates")


class Pages:
    """Finds and fills templates: ours, and each exercise's ``phone.html``."""

    def __init__(self, exercises: Path = catalogue.HOME) -> None:
        self._exercises = exercises
        self._environments: dict[Language, Environment] = {}
        self.press = Press()
        self._forms: dict[str, str | None] = {}
        self._asked: dict[str, set[str]] = {}

    def warm(self) -> None:
        """Read all templates in all languages: the first phone need not wait for it."""
        for language in LANGUAGES:
            environment = self._environment(language)
            for name in environment.list_templates(["html"]):
                if name.count("/") == 0 or name.endswith("/phone.html"):
                    environment.get_template(name)

    def form_of(self, exercise: str) -> str | None:
        """Return the name of an exercise's form, or None where phones have nothing to fill in."""
        if exercise not in self._forms:
            known = (self._exercises / exercise / "phone.html").is_file()
            self._forms[exercise] = f"exercises/{exercise}/phone.html" if known else None
        return self._forms[exercise]

    def asks(self, template: str, *names: str) -> bool:
        """Return whether a form itself asks for one of these."""
        if template not in self._asked:
            environment = self._environment("en")
            assert environment.loader is not None
            source = environment.loader.get_source(environment, template)[0]
            self._asked[template] = meta.find_undeclared_variables(environment.parse(source))
        return not self._asked[template].isdisjoint(names)

    def fill(self, template: str, language: Language, late: Mapping[str, Sayable]) -> Markup:
        """Return a small part of a page, printed once and filled in."""
        filled = {name: html(one, language) for name, one in late.items() if one}
        empty = {name: "" for name, one in late.items() if not one}

        def draw(known: Mapping[str, Any]) -> str:
            return self.draw(template, language, {**known, **empty})

        return self.press.fragment((template, language, *filled), draw, filled)

    def draw(self, template: str, language: Language, context: Mapping[str, Any]) -> str:
        """Return the page as text."""
        return self._environment(language).get_template(template).render(context)

    def _environment(self, language: Language) -> Environment:
        if language not in self._environments:
            self._environments[language] = _environment(language, self._exercises)
        return self._environments[language]


def html(words: Sayable, language: Language) -> str:
    """Return words for a page; what is markup already stays as it is."""
    return words if isinstance(words, Markup) else str(escape(say(words, language)))


class _Compiled(BytecodeCache):
    """Keeps compiled templates for the other languages: what differs is looked up when filled."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


@cache
def _environment(language: Language, exercises: Path) -> Environment:
    ours = FileSystemLoader(TEMPLATES)
    theirs = PrefixLoader({"exercises": FileSystemLoader(exercises)})
    environment = Environment(
        loader=ChoiceLoader([ours, theirs]),
        bytecode_cache=_compiled,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    known = translations(language)

    def gettext(message: str, **values: Sayable) -> str:
        return _filled(known.gettext(message), values, language)

    def ngettext(one: str, many: str, n: int, **values: Sayable) -> str:
        return _filled(known.ngettext(one, many, n), {"n": n, **values}, language)

    def said(thing: Sayable) -> str:
        return say(thing, language)

    # Old style: messages are filled with {name} like everywhere else, and a % stays a %.
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext, ngettext, newstyle=False
    )
    environment.globals |= {
        "language": language,
        "tag": TAGS[language],
        "say": said,
        "text": text,
        "counted": counted,
        "joined": joined,
        "tongue": lambda words: words.tongue(language) if isinstance(words, Multilingual) else "",
        "clock": lambda moment: clock(moment, language),
        "day": lambda moment: day(moment, language),
        "asset": address,
        "language_names": NAMES,
        "option_rows": _option_rows,
    }
    return environment


def _filled(message: str, values: Mapping[str, Sayable], language: Language) -> str:
    if not values or "{" not in message:
        return message
    return message.format_map({name: say(value, language) for name, value in values.items()})


def _option_rows(n: int) -> Sequence[int]:
    return range(n)
