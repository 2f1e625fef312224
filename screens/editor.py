"""Let people type lists into a table: rows of options, counts by name; keep what it cannot show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import streamlit as st

from screens.kinds import Question, plain_value
from workshop.language import Multilingual, say

if TYPE_CHECKING:
    import pandas as pd

TONGUES = {"bg": "български", "en": "English"}


def rows_editor(
    asked: Sequence[Question],
    stored: Sequence[Any],
    *,
    key: str,
    language: str,
    tongues: Sequence[str],
    name: str,
) -> list[Any]:
    """Draw a table with one row for each of ``stored``; return the rows as they stand now.

    A row keeps what the table does not show (the origin of an option handed on).
    """
    bare = len(asked) == 1 and not asked[0].name
    records = [{"": one} for one in stored] if bare else [dict(one) for one in stored]
    frame = _frame(asked, records, language, tongues)
    edited = st.data_editor(
        frame,
        key=key,
        on_change="ignore",  # no run of the page between two cells
        num_rows="dynamic",
        hide_index=True,
        column_config=_columns(asked, language, tongues),
        alt=name,
        placeholder="",
    )
    answers = []
    for label, row in edited.iterrows():
        before = records[label] if isinstance(label, int) and label < len(records) else {}
        typed = _typed(asked, row, tongues, before, language)
        if any(_filled(one, typed) for one in asked if one.kind not in ("flag", "constant")):
            answers.append(typed)
    return [one[""] for one in answers] if bare else answers


def mapping_editor(
    asked: Sequence[Question],
    stored: Mapping[str, Any],
    *,
    key: str,
    language: str,
    tongues: Sequence[str],
    name: str,
) -> dict[str, Any]:
    """Draw a table of names and their values; return the mapping as it stands now."""
    rows = rows_editor(
        asked,
        [{"key": one, "value": value} for one, value in stored.items()],
        key=key,
        language=language,
        tongues=tongues,
        name=name,
    )
    return {str(row["key"]): row["value"] for row in rows if row["key"]}


def _spread(asked: Sequence[Question], tongues: Sequence[str]) -> list[tuple[Question, str, str]]:
    """Return the columns: question, column name, language (empty unless multilingual).

    Codes stand last: people click the first cell and write what they came to write.
    """
    columns = []
    coded = any(one.kind == "multilingual" for one in asked)
    for one in sorted(asked, key=lambda one: coded and one.name == "key"):
        if one.kind == "multilingual":
            columns += [(one, f"{one.name}.{tongue}", tongue) for tongue in tongues]
        elif one.kind not in ("kept", "part", "constant"):
            columns.append((one, one.name, ""))
    return columns


def _frame(
    asked: Sequence[Question],
    records: Sequence[Mapping[str, Any]],
    language: str,
    tongues: Sequence[str],
) -> pd.DataFrame:
    import pandas as pd  # not before a table is drawn: phones need not wait for it at the start

    columns: dict[str, pd.Series[Any]] = {}
    for one, column, tongue in _spread(asked, tongues):
        cells = [plain_value(record.get(one.name, one.default)) for record in records]
        if tongue:
            cells = [(cell or {}).get(tongue, "") for cell in cells]
        if one.kind == "line":
            cells = [_in_one_line(cell, language) for cell in cells]
        if one.kind == "day":
            cells = [date.fromisoformat(cell) if cell else None for cell in cells]
        kind = {"whole": "Int64", "number": "Float64", "flag": "bool"}.get(one.kind, "object")
        columns[column] = pd.Series(cells, dtype=kind)
    return pd.DataFrame(columns)


def _columns(asked: Sequence[Question], language: str, tongues: Sequence[str]) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    for one, column, tongue in _spread(asked, tongues):
        label = say(one.label, language)
        hint = say(one.hint, language) if one.hint else None
        match one.kind:
            case "whole" | "number":
                answer[column] = st.column_config.NumberColumn(
                    label,
                    help=hint,
                    min_value=one.low,
                    max_value=one.high,
                    step=1 if one.kind == "whole" else None,
                    width="small",
                )
            case "flag":
                answer[column] = st.column_config.CheckboxColumn(label, help=hint, width="small")
            case "day":
                answer[column] = st.column_config.DateColumn(
                    label, help=hint, format="DD.MM.YYYY", width="small"
                )
            case "choice":
                named = {value: say(words, language) for value, words in one.choices}
                answer[column] = st.column_config.SelectboxColumn(
                    label,
                    help=hint,
                    options=list(named),
                    format_func=partial(_named, named),
                    width="medium",
                )
            case _:
                if tongue:
                    label = f"{label} · {TONGUES[tongue]}" if one.name else TONGUES[tongue]
                answer[column] = st.column_config.TextColumn(
                    label, help=hint, max_chars=one.limit, width=None if tongue else "small"
                )
    return answer


def _typed(
    asked: Sequence[Question],
    row: Any,
    tongues: Sequence[str],
    before: Mapping[str, Any],
    language: str,
) -> dict[str, Any]:
    import pandas as pd

    answer = dict(before)
    for one, column, tongue in _spread(asked, tongues):
        cell = row[column]
        cell = None if cell is None or pd.isna(cell) else cell
        if tongue:
            told = dict(plain_value(answer.get(one.name)) or {})
            answer[one.name] = {**told, tongue: str(cell or "").strip()}
        elif one.kind == "whole":
            answer[one.name] = None if cell is None else int(cell)
        elif one.kind == "number":
            answer[one.name] = None if cell is None else float(cell)
        elif one.kind == "flag":
            answer[one.name] = bool(cell)
        elif one.kind == "day":
            answer[one.name] = None if cell is None else pd.Timestamp(cell).date().isoformat()
        elif cell is None or cell != _in_one_line(before.get(one.name), language):
            answer[one.name] = one.default if cell is None else str(cell).strip()
    return answer


def _in_one_line(value: Any, language: str) -> Any:
    """Return what stands in a cell for a name that has its own languages; anything else as it is.

    Left as it was, such a name keeps all of them; typed anew it is the word somebody typed.
    """
    named = plain_value(value)
    return Multilingual(**named).said(language) if isinstance(named, dict) else value


def _filled(one: Question, typed: Mapping[str, Any]) -> bool:
    value = typed.get(one.name)
    return any(value.values()) if isinstance(value, dict) else value not in (None, "", one.default)


def _named(named: Mapping[Any, str], value: Any) -> str:
    return named.get(value, str(value))
