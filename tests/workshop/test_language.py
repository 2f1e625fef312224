"""Numbers, dates and plurals follow the reader's language."""

from __future__ import annotations

from datetime import date

import pytest

from workshop.language import (
    Amount,
    Multilingual,
    Sayable,
    Text,
    counted,
    joined,
    quoted,
    say,
    text,
)


@pytest.mark.parametrize(
    ("thing", "bulgarian", "english"),
    [
        (Amount(1234.5, 1), "1\u00a0234,5", "1,234.5"),
        (Amount(12345.678, 2), "12\u00a0345,68", "12,345.68"),
        (Amount(0.364, 0, "percent"), "36%", "36%"),
        (Amount(-0.69, 2, "signed"), "−0,69", "−0.69"),
        (Amount(1.4, 1, "signed"), "+1,4", "+1.4"),
        (Amount(-0.001, 2, "signed"), "0,00", "0.00"),
        (Amount(None), "–", "–"),
        (date(2026, 12, 17), "17 декември 2026\u00a0г.", "17 December 2026"),
        (joined(("А", "Б", "В")), "А, Б и В", "А, Б and В"),
        (Multilingual(bg="Град"), "Град", "Град"),
        (None, "–", "–"),
    ],
)
def test_things_are_said_as_people_write_them(thing: object, bulgarian: str, english: str) -> None:
    assert say(thing, "bg") == bulgarian  # type: ignore[arg-type]
    assert say(thing, "en") == english  # type: ignore[arg-type]


def test_a_text_is_said_in_each_language_with_its_values() -> None:
    participants = counted("{n} voting participant", "{n} voting participants", n=1)
    many = counted("{n} voting participant", "{n} voting participants", n=21)
    assert say(participants, "en") == "1 voting participant"
    assert say(many, "en") == "21 voting participants"
    assert say(participants, "bg") == "1 участник с право на глас"
    assert say(many, "bg") == "21 участници с право на глас"


def test_what_people_typed_is_never_taken_for_a_pattern() -> None:
    nasty = "{0.__class__} {name} %s"
    assert say(text("There is no group “{name}” in this series.", name=nasty), "en") == (
        f"There is no group “{nasty}” in this series."
    )
    assert say(Text(""), "bg") == ""


@pytest.mark.parametrize(
    ("words", "bulgarian", "english"),
    [
        ("Дни на „ум“", "„Дни на ‘ум’“", "“Дни на ‘ум’”"),
        ("A “sandbox” for pilots", "„A ‘sandbox’ for pilots“", "“A ‘sandbox’ for pilots”"),
        (Multilingual(bg="„Пясъчник“", en="“Sandbox”"), "„‘Пясъчник’“", "“‘Sandbox’”"),
        (text("The room"), "„Залата“", "“The room”"),
    ],
)
def test_quotes_inside_quotes_are_single(words: Sayable, bulgarian: str, english: str) -> None:
    assert (say(quoted(words), "bg"), say(quoted(words), "en")) == (bulgarian, english)


def test_words_missing_in_a_language_are_shown_in_the_one_they_exist_in() -> None:
    only = Multilingual(bg="Читалище")
    assert (only.said("en"), only.tongue("en"), only.tongue("bg")) == ("Читалище", "bg", "bg")
    assert not Multilingual()
