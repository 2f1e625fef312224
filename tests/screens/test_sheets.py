"""Lists of organisations as people really send them: every spelling, every damaged file."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as some
from openpyxl import Workbook

from screens import packed, sheets
from workshop.language import Multilingual, say
from workshop.model import Organisation, Refused, StakeholderGroup

GROUPS = [
    StakeholderGroup(
        id="1" * 32, key="public", name=Multilingual(bg="Публичен сектор", en="Public sector"),
        position=0,
    ),
    StakeholderGroup(
        id="2" * 32, key="civic", name=Multilingual(bg="Граждански сектор", en="Civic sector"),
        position=1,
    ),
]  # fmt: skip
KNOWN = [
    Organisation(
        id="3" * 32, key="ORG01", name=Multilingual(bg="Сдружение „Мост“", en="Bridge Association"),
        group_id="2" * 32,
    )
]  # fmt: skip


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    "typed",
    [
        "Сдружение „Мост“\tBridge Association\tcivic",
        "Сдружение „Мост“; Bridge Association; civic",
        "Сдружение „Мост“,Bridge Association,civic",
        "Име;Name;Група\nСдружение „Мост“;Bridge Association;civic",
        "group\tname\tиме\ncivic\tBridge Association\tСдружение „Мост“",
        "\n\n  Сдружение   „Мост“ \t Bridge Association \t civic \n\n",
        "Сдружение „Мост“|Bridge Association|civic",
        "Име;Name;Група\rСдружение „Мост“;Bridge Association;civic\r",
    ],
)
def test_pasted_rows_are_read_whatever_parts_the_columns(typed: str) -> None:
    (row,) = sheets.pasted(typed)
    assert (row.bg, row.en, row.group) == ("Сдружение „Мост“", "Bridge Association", "civic")


def test_signs_inside_names_do_not_part_them() -> None:
    commas = sheets.pasted('"Мост; клуб",civic\n"Липа; хор",civic\nЗора,public')
    assert [(row.bg, row.group) for row in commas] == [
        ("Мост; клуб", "civic"),
        ("Липа; хор", "civic"),
        ("Зора", "public"),
    ]
    semicolons = sheets.pasted("Мост, клуб и хор; civic\nЛипа, Зора и други; public")
    assert [row.bg for row in semicolons] == ["Мост, клуб и хор", "Липа, Зора и други"]


def test_two_columns_are_a_name_and_a_group() -> None:
    (row,) = sheets.pasted("Сдружение „Мост“;civic")
    assert (row.bg, row.en, row.group) == ("Сдружение „Мост“", "", "civic")


def test_a_comma_in_a_name_needs_quotes_or_another_sign() -> None:
    (row,) = sheets.pasted('"Изток, Запад и сие","East, West and Co",private')
    assert row.en == "East, West and Co"
    (loose,) = sheets.pasted("Изток, Запад и сие, East, private")
    assert loose.problem is not None


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
def test_csv_files_are_read_in_the_codings_of_excel(coding: str) -> None:
    content = "Община Брезово поле;Brezovo pole;public\r\n".encode(coding)
    (row,) = sheets.read("list.csv", content)
    assert row.bg == "Община Брезово поле"


def test_a_workbook_is_read_with_its_head_line_and_without_empty_rows() -> None:
    content = workbook(
        ("Наименование", "Name", "Група"),
        ("Община", "Municipality", "public"),
        (None, None, None),
        ("Сдружение", None, "civic"),
    )
    rows = sheets.read("list.xlsx", content)
    assert [(row.number, row.bg, row.en, row.group) for row in rows] == [
        (2, "Община", "Municipality", "public"),
        (4, "Сдружение", "", "civic"),
    ]


@pytest.mark.parametrize(
    "head",
    ["Име на български\tИме на английски\tГрупа", "Name in Bulgarian\tName in English\tGroup"],
)
def test_the_heads_of_our_own_table_are_known(head: str) -> None:
    (row,) = sheets.pasted(f"{head}\nУчилище\tSchool\tpublic")
    assert (row.bg, row.en, row.group) == ("Училище", "School", "public")


def test_each_row_is_told_what_will_happen_to_it() -> None:
    rows = sheets.compared(
        sheets.pasted(
            "Нова\tNew\tПубличен сектор\n"
            "сдружение „мост“\t\tcivic\n"
            "НОВА\t\tpublic\n"
            "\tNobody\tchurch\n"
            "Без група\tNo group\t\n"
            "\t\tpublic"
        ),
        GROUPS,
        KNOWN,
    )
    fates = [(row.good, row.known, say(row.problem, "en") if row.problem else "") for row in rows]
    assert fates == [
        (True, False, ""),
        (False, True, ""),
        (False, True, ""),
        (False, False, "There is no group called “church”."),
        (False, False, "The group is missing."),
        (False, False, "There is no name in this row."),
    ]
    assert rows[0].group == "public"


def test_a_group_may_be_written_by_its_beginning_if_only_one_fits() -> None:
    assert sheets.found_group("Граждански", GROUPS) == GROUPS[1]
    assert sheets.found_group("сектор", GROUPS) is None
    assert sheets.found_group("", GROUPS) is None


def test_too_many_rows_are_refused_before_they_are_compared() -> None:
    with pytest.raises(Refused) as refused:
        sheets.read("list.csv", b"A;B;civic\n" * (sheets.MOST_ROWS + 1))
    assert "5,000" in say(refused.value.reason, "en")


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(Refused):
        sheets.read("list.csv", b"x" * (packed.MOST_BYTES + 1))


def test_a_workbook_that_unpacks_into_too_much_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a>" + b"0" * (packed.MOST_UNPACKED + 1))
    assert len(made.getvalue()) < packed.MOST_BYTES
    with pytest.raises(Refused) as refused:
        sheets.read("bomb.xlsx", made.getvalue())
    assert "too much" in say(refused.value.reason, "en")


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_workbook_with_entities_of_its_own_is_refused(coding: str) -> None:
    whole = workbook(("Община", "Municipality", "public"))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as good, zipfile.ZipFile(made, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name.endswith("sheet1.xml"):
                laughs = '<!DOCTYPE a [<!ENTITY a "ha">]>' + content.decode().split("?>", 1)[-1]
                content = laughs.encode(coding)
            bad.writestr(name, content)
    with pytest.raises(Refused):
        sheets.read("laughs.xlsx", made.getvalue())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.csv", b"\x89PNG\x00\x00\x98"),
        ("empty.xlsx", b""),
        ("torn.xlsx", b"PK\x03\x04 torn"),
        ("half.xlsx", workbook(("a", "b", "civic"))[:900]),
        ("other.xlsx", None),
    ],
)
def test_damaged_and_foreign_files_are_one_sentence(name: str, content: bytes | None) -> None:
    if content is None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr("readme.txt", "not a workbook")
        content = made.getvalue()
    with pytest.raises(Refused):
        sheets.read(name, content)


def sentence(name: str, content: bytes) -> str:
    """Return why a file is refused, or a full stop where it can be read."""
    try:
        sheets.read(name, content)
    except Refused as refused:
        return say(refused.reason, "en")
    return "."


@given(some.binary(max_size=400))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    assert sentence("list.csv", content).endswith(".")


@given(some.integers(0, 4000), some.binary(min_size=1, max_size=20))
def test_no_damaged_workbook_breaks_the_reader(place: int, noise: bytes) -> None:
    whole = workbook(("Община", "Municipality", "public"))
    place = min(place, len(whole) - 1)
    damaged = whole[:place] + noise + whole[place + len(noise) :]
    assert sentence("list.xlsx", damaged).endswith(".")
