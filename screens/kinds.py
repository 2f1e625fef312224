"""Read a model's fields as questions: what is asked, in which form, within which limits.

No Streamlit here: ``forms`` draws what this module finds out. The words come from the model. A
field says them beside its type, ``Annotated[int, text("Dots per person"), text("A hint.")]``, or
as ``Field(title=…, description=…)``; its choices are named by a mapping among the annotations,
``{"onsite": text("in the hall")}``, or by the ``label`` of an enumeration's members.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import (
    Annotated,
    Any,
    Literal,
    TypeAlias,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from workshop.language import Multilingual, Sayable, Text, text
from workshop.model import Category

Kind: TypeAlias = Literal[
    "line",
    "lines",
    "whole",
    "number",
    "flag",
    "choice",
    "choices",
    "day",
    "multilingual",
    "words",
    "table",
    "mapping",
    "part",
    "parts",
    "document",
    "constant",
    "kept",
]
SIMPLE: frozenset[Kind] = frozenset({"line", "lines", "whole", "number", "flag", "choice", "day"})
"""What fits into one cell of a table."""
WORDS: Mapping[str, Text] = {
    "key": text("Code"),
    "value": text("Value"),
    "wording": text("Wording"),
    "words": text("Wording"),
    "category": text("Category"),
    "name": text("Name"),
    "question": text("Question"),
    "code": text("Code"),
    "level": text("Level"),
}
"""What to call fields of the house's own nouns (an option, a level), which have no label."""
LONG = 200
"""Texts that may be longer than this get a field of several lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field of a model as a form asks it."""

    name: str
    label: Sayable
    hint: Text | None = None
    kind: Kind
    needed: bool = False
    """It has no default and must be answered."""
    may_be_empty: bool = False
    """None is an answer."""
    default: Any = None
    low: float | None = None
    high: float | None = None
    limit: int | None = None
    """Characters a text may have."""
    choices: tuple[tuple[Any, Sayable], ...] = ()
    inner: tuple[Question, ...] = ()
    """The questions of a part, of each part, or of each row."""


@cache
def questions(model: type) -> tuple[Question, ...]:
    """Return what a pydantic model or a dataclass asks, in the order of its fields."""
    if issubclass(model, BaseModel):
        return tuple(
            _question(
                name,
                info.annotation,
                info.metadata,
                default=None if info.is_required() else _usual(info),
                needed=info.is_required(),
                title=info.title,
                description=info.description,
            )
            for name, info in model.model_fields.items()
        )
    hints = get_type_hints(model, include_extras=True)
    return tuple(
        _question(one.name, hints[one.name], (), default=_default(one), needed=_needed(one))
        for one in dataclasses.fields(cast(Any, model))
    )


def blank(model: type) -> dict[str, Any]:
    """Return the answers of somebody who changed nothing: every field's default, as JSON."""
    return {one.name: plain_value(one.default) for one in questions(model) if not one.needed}


def plain_value(value: Any) -> Any:
    """Return a default or stored value as nested plain values."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: plain_value(getattr(value, one.name)) for one in dataclasses.fields(value)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(plain_value(key)): plain_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_value(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def _question(
    name: str,
    wanted: Any,
    said: Sequence[Any],
    *,
    default: Any = None,
    needed: bool = False,
    title: str | None = None,
    description: str | None = None,
) -> Question:
    wanted, beside = _bare(wanted)
    annotations = [*said, *beside]
    words = [one for one in annotations if isinstance(one, Text)]
    usual: Sayable = WORDS.get(name, name.replace("_", " "))
    label: Sayable = words[0] if words else Text(title) if title else usual
    hint = words[1] if len(words) > 1 else Text(description) if description else None
    wanted, may_be_empty = _without_none(wanted)
    wanted, more = _bare(wanted)
    annotations += more
    kind, choices, inner = _kind(wanted, annotations)
    return Question(
        name=name,
        label=label,
        hint=hint,
        kind=kind,
        needed=needed,
        may_be_empty=may_be_empty,
        default=default,
        low=_bound(annotations, ("ge", 0), ("gt", 1 if kind == "whole" else 0)),
        high=_bound(annotations, ("le", 0), ("lt", -1 if kind == "whole" else 0)),
        limit=_limit(annotations),
        choices=choices,
        inner=inner,
    )


def _kind(
    wanted: Any, said: Sequence[Any]
) -> tuple[Kind, tuple[tuple[Any, Sayable], ...], tuple[Question, ...]]:
    origin, within = get_origin(wanted), get_args(wanted)
    if origin is Literal or _is(wanted, Enum):
        choices = _choices(wanted, said)
        return ("constant" if len(choices) == 1 else "choice"), choices, ()
    if origin in (list, tuple, set, frozenset, Sequence, Iterable) or (
        origin is not None and (isinstance(origin, type) and issubclass(origin, Sequence))
    ):
        return _many(within[0] if within else str, said)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        value = _question("value", within[1], ())
        if value.kind in SIMPLE or value.kind == "multilingual":
            return "mapping", (), (_question("key", within[0], ()), value)
        return "document", (), ()
    if wanted is Multilingual:
        return "multilingual", (), ()
    if _is(wanted, BaseModel) or (isinstance(wanted, type) and dataclasses.is_dataclass(wanted)):
        return "part", (), questions(wanted)
    return _plain_kind(wanted, said), (), ()


def _plain_kind(wanted: Any, said: Sequence[Any]) -> Kind:
    if _is(wanted, bool):
        return "flag"
    if _is(wanted, int):
        return "whole"
    if _is(wanted, float):
        return "number"
    if _is(wanted, date):
        return "day"
    if wanted == Category:  # typed, it is a word; the editor keeps a name that was handed on
        return "line"
    if _is(wanted, str):
        return "lines" if (_limit(said) or 0) > LONG else "line"
    return "kept"


def _many(
    wanted: Any, said: Sequence[Any]
) -> tuple[Kind, tuple[tuple[Any, Sayable], ...], tuple[Question, ...]]:
    each = _question("", wanted, [one for one in said if isinstance(one, Mapping)])
    if each.kind == "choice":
        return "choices", each.choices, ()
    if each.kind in ("line", "lines"):
        return "words", (), ()
    if each.kind == "multilingual":
        return "table", (), (each,)
    if each.kind == "part":
        flat = all(
            one.kind in SIMPLE or one.kind in ("multilingual", "constant") or _unseen(one)
            for one in each.inner
        )
        return ("table" if flat else "parts"), (), each.inner
    return "kept", (), ()


def _unseen(one: Question) -> bool:
    """Return whether a row can keep the field without showing it, as the origin of an option."""
    return one.may_be_empty and one.default is None and one.kind in ("part", "kept")


def _choices(wanted: Any, said: Sequence[Any]) -> tuple[tuple[Any, Sayable], ...]:
    named: dict[Any, Sayable] = {}
    for one in said:
        if isinstance(one, Mapping):
            named.update({plain_value(key): label for key, label in one.items()})
    if get_origin(wanted) is Literal:
        return tuple((value, named.get(value, str(value))) for value in get_args(wanted))
    return tuple(
        (member.value, named.get(member.value, getattr(member, "label", str(member.value))))
        for member in wanted
    )


def _bare(wanted: Any) -> tuple[Any, list[Any]]:
    if get_origin(wanted) is not Annotated:
        return wanted, []
    inner, *said = get_args(wanted)
    return inner, said


def _without_none(wanted: Any) -> tuple[Any, bool]:
    if get_origin(wanted) not in (Union, types.UnionType):
        return wanted, False
    others = [one for one in get_args(wanted) if one is not type(None)]
    empty = len(others) < len(get_args(wanted))
    return (others[0] if len(others) == 1 else wanted), empty


def _is(wanted: Any, kind: type) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, kind)


def _bound(said: Sequence[Any], *names: tuple[str, int]) -> float | None:
    for one in said:
        for name, shift in names:
            value = getattr(one, name, None)
            if isinstance(value, int | float):
                return value + shift
    return None


def _limit(said: Sequence[Any]) -> int | None:
    found = (getattr(one, "max_length", None) for one in said)
    return next((limit for limit in found if isinstance(limit, int)), None)


def _usual(info: FieldInfo) -> Any:
    return info.get_default(call_default_factory=True, validated_data={})


def _default(one: dataclasses.Field[Any]) -> Any:
    if one.default is not dataclasses.MISSING:
        return one.default
    if one.default_factory is not dataclasses.MISSING:
        return one.default_factory()
    return None


def _needed(one: dataclasses.Field[Any]) -> bool:
    return one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
