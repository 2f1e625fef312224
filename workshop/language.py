"""Say things to people: gettext catalogues, number and date forms, plurals.

Code never holds a finished sentence. It holds a :class:`Text` (a message id with
values) and says it in the reader's language at the moment it is shown, so the same
result reads right on a Bulgarian wall and in an English report.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

Language: TypeAlias = str
LANGUAGES: tuple[Language, ...] = ("bg", "en")
LOCALES: Mapping[Language, Locale] = {"bg": Locale("bg", "BG"), "en": Locale("en", "GB")}
TAGS: Mapping[Language, str] = {"bg": "bg-BG", "en": "en-GB"}
HOME = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Multilingual:
    """The same content in several languages, as somebody wrote it (a title, a level, an idea)."""

    bg: str = ""
    en: str = ""

    def said(self, language: Language) -> str:
        """Return the wording in ``language``, else the one that exists (see ``tongue``)."""
        return str(getattr(self, language, "")) or self.bg or self.en

    def tongue(self, language: Language) -> Language:
        """Return the language the answer of ``said(language)`` is really in."""
        if getattr(self, language, ""):
            return language
        return "bg" if self.bg else "en"

    def __bool__(self) -> bool:
        return bool(self.bg or self.en)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the form people should see: digits after the point, percent, a sign."""

    value: float | int | None
    digits: int = 2
    kind: Literal["number", "percent", "signed"] = "number"


@dataclass(frozen=True, slots=True)
class Text:
    """A message id with its values; ``many`` and ``n`` when the number decides the form."""

    message: str
    values: tuple[tuple[str, Sayable], ...] = ()
    many: str = ""
    n: int = 0


@dataclass(frozen=True, slots=True)
class Several:
    """A list of things, joined with the language's own commas and "and"."""

    parts: tuple[Sayable, ...]


Sayable: TypeAlias = (
    str | int | float | date | datetime | time | Multilingual | Amount | Text | Several | None
)


def text(message: str, /, **values: Sayable) -> Text:
    """Mark ``message`` (English, with ``{name}`` slots) for translation."""
    return Text(message, tuple(sorted(values.items())))


def counted(one: str, many: str, /, n: int, **values: Sayable) -> Text:
    """Mark a message whose form depends on ``n``; ``{n}`` is filled with it."""
    return Text(one, (*sorted(values.items()), ("n", n)), many, n)


def joined(parts: Iterable[Sayable]) -> Several:
    """Return the parts as one list: "a, b and c"."""
    return Several(tuple(parts))


def quoted(words: Sayable) -> Text:
    """Return ``words`` in the reader's quotes; quotes inside what people wrote become single."""
    if isinstance(words, Multilingual):
        words = Multilingual(bg=_single(words.bg), en=_single(words.en))
    elif isinstance(words, str):
        words = _single(words)
    return text("“{words}”", words=words)


def catalogue_files(language: Language) -> list[Path]:
    """Return every room's catalogue for ``language``, in a fixed order."""
    return sorted(
        [*HOME.glob(f"*/locale/{language}.po"), *HOME.glob(f"exercises/*/locale/{language}.po")]
    )


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """Return one gettext object holding the catalogues of all rooms.

    Catalogues are compiled in memory: there is no build step to forget.
    """
    answer: gettext.NullTranslations = gettext.NullTranslations()
    for path in catalogue_files(language):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=LOCALES[language])
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        part = gettext.GNUTranslations(compiled)
        if isinstance(answer, gettext.GNUTranslations):
            answer._catalog.update(part._catalog)  # type: ignore[attr-defined]  # no public merge
        else:
            answer = part
    return answer


def say(thing: Sayable, language: Language) -> str:
    """Return ``thing`` as the reader of ``language`` should see it."""
    if thing is None:
        return "–"
    if isinstance(thing, str):
        return thing
    if isinstance(thing, Multilingual):
        return thing.said(language)
    if isinstance(thing, Text):
        return _fill(_found(thing, language), thing, language)
    if isinstance(thing, Several):
        return format_list([say(part, language) for part in thing.parts], locale=LOCALES[language])
    if isinstance(thing, Amount):
        return _amount(thing, language)
    if isinstance(thing, bool):
        return str(thing)
    if isinstance(thing, int) and -1000 < thing < 1000:
        return str(thing)  # nothing to group: the same in all our languages
    if isinstance(thing, int | float):
        return _amount(Amount(thing, 0 if isinstance(thing, int) else 2), language)
    return _moment(thing, language)


def day(moment: date, language: Language) -> str:
    """Return a date in full words: „17 декември 2026 г.“, "17 December 2026"."""
    return _plain_spaces(format_date(moment, "long", locale=LOCALES[language]))


def clock(moment: datetime | time, language: Language) -> str:
    """Return the hour and minute: "10:42"."""
    return f"{moment:%H:%M}"  # the same in all our languages


def _single(words: str) -> str:
    """Return ``words`` with single quotes: “ closes a Bulgarian quotation and opens an English."""
    middle = "’" if "„" in words else "‘"
    return words.translate(str.maketrans("„“”", f"‘{middle}’"))


def _found(thing: Text, language: Language) -> str:
    known = translations(language)
    if thing.many:
        return known.ngettext(thing.message, thing.many, thing.n)
    return known.gettext(thing.message) if thing.message else ""


def _fill(pattern: str, thing: Text, language: Language) -> str:
    values = {name: say(value, language) for name, value in thing.values}
    return pattern.format_map(values) if values else pattern


def _amount(amount: Amount, language: Language) -> str:
    if amount.value is None:
        return "–"
    locale = LOCALES[language]
    places = "0" * amount.digits
    pattern = f"#,##0.{places}" if places else "#,##0"
    if amount.kind == "percent":
        return format_percent(amount.value, f"{pattern}%", locale=locale)
    if amount.kind == "signed":
        value = round(amount.value, amount.digits)
        return ("+" if value > 0 else "−" if value < 0 else "") + format_decimal(
            abs(value), pattern, locale=locale
        )
    return format_decimal(amount.value, pattern, locale=locale)


def _moment(moment: date | datetime | time, language: Language) -> str:
    if isinstance(moment, datetime):
        return f"{day(moment.date(), language)}, {clock(moment, language)}"
    if isinstance(moment, date):
        return day(moment, language)
    return clock(moment, language)


def _plain_spaces(said: str) -> str:
    """Return ``said`` with the ordinary no-break space: few fonts have CLDR's narrow one."""
    return said.replace("\u202f", "\u00a0")
