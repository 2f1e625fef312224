"""The kinds of fields people fill in, and what is said when one of them does not fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from workshop.language import Multilingual, Text, counted, text
from workshop.model import Category, Option, Refused, together
from workshop.options import KEY, one_name
from workshop.text.cleaning import LIMIT, clean

T = TypeVar("T")
LINE = 120
WORDING = 200
DIGITS = re.compile(r"[0-9]{1,6}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBERED = re.compile(r"C([0-9]{2,4})")
STALE = text("This page is out of date. Please reload it; your text is kept.")


class Form(BaseModel):
    """What somebody fills in, settings or an entry: frozen, with nothing that was not asked."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def wrong(reason: Text, field: str = "") -> PydanticCustomError:
    """Return the error a validator raises to say ``reason`` to a person.

    ``field`` names the answer it is about where the validator sees the whole model.
    """
    return PydanticCustomError("wrong", "{message}", _about(reason, field))


def read(form: Any, answers: Mapping[str, Any]) -> Any:
    """Return ``answers`` as the model ``form`` (or an annotated union of models).

    Raises:
        Refused: with all that does not fit, in the order of the fields.
    """
    adapter = _adapter(form)
    try:
        return adapter.validate_python(answers)
    except ValidationError as error:
        tagged = adapter.core_schema["type"] == "tagged-union"
        raise together(refusals(error, answers, tagged=tagged)) from None


def refusals(error: ValidationError, answers: Any = None, *, tagged: bool = False) -> list[Refused]:
    """Return what did not fit, once for each field in their order, once for a page out of date.

    ``answers`` is what was validated: with it the path of a repeated part is the one it was typed
    in, even behind blank rows. ``tagged`` leaves out the kind an union begins its paths with.
    """
    found: dict[str, Refused] = {}
    for problem in error.errors(include_url=False, include_input=False):
        about = problem.get("ctx", {})
        steps = problem["loc"][1:] if tagged else problem["loc"]
        path = ".".join((*_path(steps, answers), *filter(None, [about.get("field", "")])))
        reason = _sentence(problem["type"], about)
        found.setdefault("" if reason == STALE else path, Refused(reason, path))
    return list(found.values())


def gather_rows(typed: Any) -> Any:
    """Return repeated parts as a list, from JSON or from a form, without blank rows."""
    return [row for _, row in _rows(typed)] if isinstance(typed, Mapping | list | tuple) else typed


def number_options(typed: Any) -> Any:
    """Return options typed by hand with the keys they lack: C01, C02 …, after the highest there is.

    A row may be a text, and all rows one text with a line for each.
    """
    rows = typed.splitlines() if isinstance(typed, str) else gather_rows(typed)
    if not isinstance(rows, Sequence):
        return typed
    known = [one.key if isinstance(one, Option) else _key(one) for one in rows]
    highest = max((int(found[1]) for key in known if (found := NUMBERED.fullmatch(key))), default=0)
    answer: list[Any] = []
    for row, key in zip(rows, known, strict=True):
        if isinstance(row, str):
            row = {"wording": {"bg": row}}
        if not key and isinstance(row, Mapping):
            if _blank(row):
                continue
            highest += 1
            row = {**row, "key": f"C{highest:02d}"}
        answer.append(row)
    return answer


def _about(reason: Text, field: str = "") -> dict[str, Any]:
    return {"message": reason.message, "reason": reason, "field": field}


@lru_cache(maxsize=256)
def _adapter(form: Any) -> TypeAdapter[Any]:
    return TypeAdapter(form)


def _cleaned(limit: int, lines: bool) -> BeforeValidator:
    def tidy(typed: Any) -> Any:
        if not isinstance(typed, str):
            return typed
        try:
            return clean(typed, limit, lines)
        except Refused as refused:
            raise wrong(refused.reason) from None

    return BeforeValidator(tidy)


def _filled(typed: str) -> str:
    if not typed:
        raise wrong(text("Please fill this in."))
    return typed


def _whole(typed: Any) -> Any:
    if isinstance(typed, int) and not isinstance(typed, bool):
        typed = str(typed)
    if not (isinstance(typed, str) and DIGITS.fullmatch(typed)):
        raise wrong(text("Please write a whole number with digits only."))
    return int(typed)


def _known_key(typed: str) -> str:
    if not KEY.fullmatch(typed):
        raise wrong(text("This choice is not known here. Please reload the page."))
    return typed


def _code(typed: str) -> str:
    if not KEY.fullmatch(typed):
        raise wrong(text("A code has Latin letters and digits, such as C01; empty, it is made."))
    return typed


def _day(typed: Any) -> Any:
    if isinstance(typed, str) and not DAY.fullmatch(typed):
        raise wrong(text("Please write the date as year-month-day: 2026-12-17."))
    return typed


def _none_if_blank(typed: Any) -> Any:
    return None if isinstance(typed, str) and not typed.strip() else typed


def _tidy_words(words: Multilingual, limit: int = WORDING) -> Multilingual:
    return Multilingual(_short(words.bg, limit), _short(words.en, limit))


def _short(typed: str, limit: int = WORDING) -> str:
    try:
        return clean(typed, limit, lines=False)
    except Refused as refused:
        raise wrong(refused.reason) from None


def _tidy_options(options: tuple[Option, ...]) -> tuple[Option, ...]:
    tidy = [_tidy_category(one.category) for one in options]
    named = one_name(tidy)
    answer = tuple(
        Option(
            key=_code(one.key),
            wording=_tidy_words(one.wording, LIMIT),  # a long card may be handed on as it is
            category=named[category],
            origin=one.origin,
        )
        for one, category in zip(options, tidy, strict=True)
    )
    if len({one.key for one in answer}) < len(answer):
        raise wrong(text("Two options have the same key."))
    return answer


def _tidy_category(category: Category) -> Category:
    return (_short(category) if isinstance(category, str) else _tidy_words(category)) or ""


def _key(row: Any) -> str:
    return str(row.get("key") or "").strip() if isinstance(row, Mapping) else ""


def _rows(typed: Any) -> list[tuple[str, Any]]:
    """Return the filled rows with the place they were typed in."""
    if isinstance(typed, Mapping):
        if not all(isinstance(place, str) and DIGITS.fullmatch(place) for place in typed):
            return [("0", typed)]
        placed = sorted(typed.items(), key=lambda pair: int(pair[0]))
    else:
        placed = [(str(place), row) for place, row in enumerate(typed)]
    return [(place, row) for place, row in placed if not _blank(row)]


def _blank(typed: Any) -> bool:
    if isinstance(typed, Mapping):
        return all(_blank(part) for part in typed.values())
    return typed is None or (isinstance(typed, str) and not typed.strip())


def _path(steps: Sequence[str | int], answers: Any) -> list[str]:
    """Return the names of the fields a form would use for a pydantic location."""
    path = []
    for step in steps:
        if step == "[key]":
            continue
        name = str(step)
        if isinstance(step, int) and isinstance(answers, Mapping | list | tuple):
            rows = _rows(answers)
            name, answers = rows[step] if step < len(rows) else (name, None)
        else:
            answers = answers.get(step) if isinstance(answers, Mapping) else None
        path.append(name)
    return path


def _sentence(kind: str, about: Mapping[str, Any]) -> Text:
    """Return what to say about one of pydantic's errors."""
    reason = about.get("reason")
    if isinstance(reason, Text):
        return reason
    match kind:
        case "missing" | "string_too_short":
            return text("Please fill this in.")
        case "string_too_long" | "too_long" | "too_short":
            return _too_many(kind, about.get("max_length") or about["min_length"])
        case "greater_than_equal":
            return text("The number must be at least {least}.", least=about["ge"])
        case "less_than_equal":
            return text("The number may be at most {most}.", most=about["le"])
        case "literal_error" | "enum" | "union_tag_invalid" | "union_tag_not_found":
            return text("Please choose one of the answers offered.")
        case "extra_forbidden":
            return STALE
    if kind.startswith(("int_", "float_", "finite_", "decimal_")):
        return text("Please write a whole number with digits only.")
    if kind.startswith("bool_"):
        return text("Please choose yes or no.")
    if kind.startswith("date"):
        return text("Please write the date as year-month-day: 2026-12-17.")
    return text("This answer cannot be read. Please check it.")


def _too_many(kind: str, n: int) -> Text:
    if kind == "string_too_long":
        return counted("At most {n} character fits here.", "At most {n} characters fit here.", n)
    if kind == "too_long":
        return counted("At most {n} is possible here.", "At most {n} are possible here.", n)
    return counted("At least {n} is needed here.", "At least {n} are needed here.", n)


Line: TypeAlias = Annotated[str, _cleaned(LINE, False), Field(max_length=LINE)]
"""One line of at most 120 characters, perhaps empty."""
SomeLine: TypeAlias = Annotated[Line, AfterValidator(_filled)]
"""One line that must not be blank."""
Lines: TypeAlias = Annotated[str, _cleaned(LIMIT, True), Field(max_length=LIMIT)]
"""A text of at most 1,000 characters, perhaps empty."""
SomeLines: TypeAlias = Annotated[Lines, AfterValidator(_filled)]
"""A text that must not be blank."""
Whole: TypeAlias = Annotated[int, BeforeValidator(_whole)]
"""A whole number from one to six ASCII digits; no sign, no space, no underscore."""
Flag: TypeAlias = Annotated[bool, BeforeValidator(lambda typed: typed or False)]
"""Yes or no, as a box on a form sends it: "yes" or nothing."""
MaybeWhole: TypeAlias = Annotated[Whole | None, BeforeValidator(_none_if_blank)]
"""A whole number, or None where nothing was typed."""
Key: TypeAlias = Annotated[str, AfterValidator(_known_key)]
"""The short stable name of an option, a theme, an organisation."""
Day: TypeAlias = Annotated[date, BeforeValidator(_day)]
"""A day written 2026-12-17, as a date field sends it."""
MaybeDay: TypeAlias = Annotated[Day | None, BeforeValidator(_none_if_blank)]
"""A day, or None where nothing was typed."""
Words: TypeAlias = Annotated[Multilingual, AfterValidator(_tidy_words)]
"""A short wording in Bulgarian, English or both."""
Options: TypeAlias = Annotated[
    tuple[Option, ...], BeforeValidator(number_options), AfterValidator(_tidy_options)
]
"""What is voted on, typed by hand or handed on; every key once."""
Rows: TypeAlias = Annotated[tuple[T, ...], BeforeValidator(gather_rows)]
"""Repeated parts of an entry: a list, or what a form sends ({"0": …, "1": …})."""
