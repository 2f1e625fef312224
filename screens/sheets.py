"""Read lists of organisations that people paste or upload: text, CSV or XLSX become rows.

Everything that comes in is foreign: sizes are capped before anything is unpacked, and a file
that cannot be read is one sentence, never half a list.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from screens.packed import MOST_BYTES, examine
from workshop.language import Text, text
from workshop.model import Organisation, Refused, StakeholderGroup

MOST_ROWS = 5_000
MOST_COLUMNS = 12
LONGEST_NAME = 200
DELIMITERS = "\t;,|"
TRIED = 50
"""Lines that are looked at to find out what parts the columns."""
# What people write above their columns; compared in lower case.
HEADS = {
    "bg": (
        "име",
        "наименование",
        "организация",
        "български",
        "bulgarian",
        "name bg",
        "name_bg",
        "bg",
    ),
    "en": (
        "name",
        "organisation",
        "organization",
        "english",
        "английски",
        "name en",
        "name_en",
        "en",
    ),
    "group": ("group", "група", "сектор", "sector", "stakeholder group", "заинтересована група"),
}
TONGUES = {"bg": ("бълг", "bulgarian"), "en": ("англ", "english")}
"""How a longer head says whose language it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of somebody's list, as it was written."""

    number: int
    """Where it stood, counted from 1 as a spreadsheet does."""
    bg: str = ""
    en: str = ""
    group: str = ""
    problem: Text | None = None
    known: bool = False
    """An organisation of that name is already in the series, or higher up in the list."""

    @property
    def good(self) -> bool:
        """Whether it can be saved as it is."""
        return self.problem is None and not self.known


def pasted(typed: str) -> list[Row]:
    """Return the rows of a text pasted from a spreadsheet, an e-mail or a note."""
    if len(typed) > MOST_BYTES // 10:
        raise Refused(text("That is too much text at once. Please upload it as a file."))
    return _rows(_parted(typed))


def read(name: str, content: bytes) -> list[Row]:
    """Return the rows of an uploaded CSV or XLSX file.

    Raises:
        Refused: it is too large, damaged, or not such a file.
    """
    if len(content) > MOST_BYTES:
        raise Refused(text("The file is larger than {n} MB.", n=MOST_BYTES // 1024 // 1024))
    if content[:2] == b"PK" or name.lower().endswith((".xlsx", ".xlsm")):
        return _rows(_spreadsheet(content))
    return _rows(_parted(_decoded(content)))


def compared(
    rows: Sequence[Row], groups: Sequence[StakeholderGroup], known: Sequence[Organisation]
) -> list[Row]:
    """Return the rows, each marked as new, already known, or with what is wrong with it."""
    seen = {_plain(name) for one in known for name in (one.name.bg, one.name.en) if name}
    answer = []
    for row in rows:
        names = {_plain(name) for name in (row.bg, row.en) if name}
        group = found_group(row.group, groups)
        answer.append(
            Row(
                number=row.number,
                bg=row.bg,
                en=row.en,
                group=group.key if group else row.group,
                problem=_problem(row, group),
                known=bool(names & seen),
            )
        )
        seen |= names
    return answer


def found_group(typed: str, groups: Sequence[StakeholderGroup]) -> StakeholderGroup | None:
    """Return the group somebody meant: by key, by name in either language, or by its beginning."""
    wanted = _plain(typed)
    if not wanted:
        return None
    for group in groups:
        if wanted in (_plain(group.key), _plain(group.name.bg), _plain(group.name.en)):
            return group
    near = [
        group
        for group in groups
        if any(
            _plain(name).startswith(wanted) for name in (group.key, group.name.bg, group.name.en)
        )
    ]
    return near[0] if len(near) == 1 and len(wanted) > 2 else None


def _problem(row: Row, group: StakeholderGroup | None) -> Text | None:
    if row.problem:
        return row.problem
    if not (row.bg or row.en):
        return text("There is no name in this row.")
    if max(len(row.bg), len(row.en)) > LONGEST_NAME:
        return text("The name is longer than {n} characters.", n=LONGEST_NAME)
    if not row.group:
        return text("The group is missing.")
    if group is None:
        return text("There is no group called “{group}”.", group=row.group[:60])
    return None


def _rows(lines: Iterable[Sequence[str]]) -> list[Row]:
    answer: list[Row] = []
    order: tuple[str, ...] = ()
    try:
        for number, line in enumerate(islice(lines, MOST_ROWS + 1), start=1):
            cells = [_one_line(cell) for cell in line]
            if not any(cells):
                continue
            if not order:
                order, headed = _order(cells)
                if headed:
                    continue
            if number > MOST_ROWS:
                raise Refused(text("The list has more than {n} rows.", n=MOST_ROWS))
            answer.append(_row(number, cells, order))
    except csv.Error as torn:
        raise Refused(text("The rows cannot be told apart: a quotation mark is open.")) from torn
    return answer


def _row(number: int, cells: Sequence[str], order: Sequence[str]) -> Row:
    if len([cell for cell in cells[len(order) :] if cell]):
        return Row(
            number=number,
            bg=" | ".join(cells)[:LONGEST_NAME],
            problem=text("This row has more columns than expected."),
        )
    named = dict(zip(order, cells, strict=False))
    return Row(
        number=number,
        bg=named.get("bg", ""),
        en=named.get("en", ""),
        group=named.get("group", ""),
    )


def _order(first: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Return which column is what, and whether ``first`` is a head line."""
    heads = [_head(cell.lower()) for cell in first]
    if "group" in heads or all(heads):
        return tuple(head or f"other {place}" for place, head in enumerate(heads)), True
    return (("bg", "group") if len(first) == 2 else ("bg", "en", "group")), False


def _head(cell: str) -> str:
    """Return what a column with that head holds, "" where nobody can tell."""
    for what, words in HEADS.items():
        if cell in words:
            return what
    if any(word in cell for word in ("име", "name")):  # “Име на български”
        return next((what for what, signs in TONGUES.items() if any(s in cell for s in signs)), "")
    return ""


def _parted(typed: str) -> Iterable[Sequence[str]]:
    """Return the lines in their cells, whatever parts the columns and ends the lines."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    sample = "\n".join([line for line in lines.split("\n") if line.strip()][:TRIED])
    fits = {sign: _fit(sample, sign) for sign in DELIMITERS}
    best = max(DELIMITERS, key=fits.__getitem__)  # of equals the first: names have commas in them
    return csv.reader(io.StringIO(lines), delimiter=best)


def _fit(sample: str, sign: str) -> int:
    """Return how many lines a sign parts into the same number of cells, two or more."""
    try:
        widths = Counter(len(line) for line in csv.reader(io.StringIO(sample), delimiter=sign))
    except csv.Error:
        return 0
    return max((many for width, many in widths.items() if width > 1), default=0)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codings: tuple[str, ...] = ("utf-16",)
    else:
        codings = ("utf-8-sig", "cp1251")  # Excel on a Bulgarian Windows still writes the latter
    for coding in codings:
        try:
            typed = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in typed:
            return typed
    raise Refused(text("This is not a text file. Please save the list as CSV or XLSX."))


def _spreadsheet(content: bytes) -> Iterable[Sequence[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    damaged = text("The spreadsheet cannot be read; it may be damaged.")
    examine(content, damaged)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a wrong "dimension" would cut rows off
        found = sheet.iter_rows(values_only=True, max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS)
        return [_trimmed(line) for line in found]
    except (InvalidFileException, KeyError, ValueError, IndexError, OSError, SyntaxError) as torn:
        raise Refused(damaged) from torn


def _trimmed(line: Sequence[object]) -> list[str]:
    cells = ["" if cell is None else str(cell) for cell in line]
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("„", '"').replace("“", '"').replace("”", '"').split())
