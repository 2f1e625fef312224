"""What is handed on a second time: nothing is doubled, whatever was sorted meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from workshop import catalogue
from workshop.fields import Form, Options, read
from workshop.language import Multilingual
from workshop.model import Category, Option, Origin
from workshop.options import taken


def handed(key: str, words: str, *entries: str, label: str | None = None) -> Option:
    """An option as the SWOT board offers it."""
    origin = Origin(
        stage_id="swot", contribution_ids=entries, label=key if label is None else label
    )
    return Option(key=key, wording=Multilingual(bg=words), origin=origin)


def keys(options: Sequence[Option]) -> list[str]:
    return [option.key for option in options]


@pytest.mark.parametrize("exercise", ["dots", "affinity"])
def test_a_card_filed_elsewhere_and_merged_since_is_handed_on_once(exercise: str) -> None:
    one = catalogue.gather()[exercise]
    assert one.take is not None
    offered = [handed("W7", "Хората губят\n\nдоверие", "a"), handed("W9", "שלום \u200f text", "b")]
    once = one.take(one.settings(), offered)
    assert one.take(once, offered) == once, "words that settings tidy are the same words"
    refiled = one.take(once, [handed("T7", "Губят доверие", "a"), offered[1]])
    assert keys(refiled.options) == ["W7", "W9"]
    merged = one.take(refiled, [handed("T7", "Губят доверие", "a", "b")])
    assert [(one.key, one.wording.bg) for one in merged.options] == [("W7", "Губят доверие")]


def test_a_card_reworded_since_takes_the_place_of_its_old_copy() -> None:
    once = taken((), [handed("W7", "Стар сайт", "a"), handed("W8", "Бавен сайт", "b")])
    again = taken(once, [handed("W7", "Сайтът е остарял", "a")])
    assert [(one.key, one.wording.bg) for one in again] == [
        ("W7", "Сайтът е остарял"),
        ("W8", "Бавен сайт"),
    ]


def test_a_card_whose_part_was_handed_on_before_stands_in_its_place() -> None:
    once = taken((), [handed("W8", "Бавен сайт", "b")])
    assert keys(taken(once, [handed("W7", "Стар сайт", "a", "b")])) == ["W7"]


def test_a_theme_leaves_its_cards_where_they_are() -> None:
    once = taken((), [handed("W7", "Стар сайт", "a"), handed("W8", "Бавен сайт", "b")])
    theme = handed("theme-1", "Сайтът", "a", "b", label="")
    more = taken(once, [theme])
    assert keys(more) == ["W7", "W8", "theme-1"]
    grown = handed("theme-1", "Сайтът", "a", "b", "c", label="")
    assert keys(taken(more, [grown])) == ["W7", "W8", "theme-1"]


def test_cards_of_two_boards_with_one_number_both_stay() -> None:
    other = Option(
        key="W7",
        wording=Multilingual(bg="Друго"),
        origin=Origin(stage_id="another", contribution_ids=("z",), label="W7"),
    )
    both = taken(taken((), [handed("W7", "Стар сайт", "a")]), [other])
    assert keys(both) == ["W7", "X01"]


def test_options_typed_by_hand_are_never_taken_for_a_card() -> None:
    typed = (Option(key="W7", wording=Multilingual(bg="Стар сайт")),)
    assert keys(taken(typed, [handed("W7", "Стар сайт", "a")])) == ["W7", "X01"]


def test_a_priority_handed_on_again_leaves_what_only_has_its_number() -> None:
    one = catalogue.gather()["commitments"]
    assert one.take is not None
    typed = {"key": "C01", "wording": {"bg": "Писано на ръка"}}
    settings = read(one.settings, {"priorities": [typed]})
    once = one.take(settings, [handed("C01", "Отворени данни"), handed("C02", "Нов сайт")])
    again = one.take(once, [handed("C01", "Открити данни")])
    assert [(one.key, one.wording.bg) for one in again.priorities] == [
        ("C01", "Писано на ръка"),
        ("X01", "Открити данни"),
        ("C02", "Нов сайт"),
    ]


class Listed(Form):
    options: Options = ()


def test_categories_that_read_alike_are_one_in_both_languages() -> None:
    services = Multilingual(bg="Услуги", en="Services")
    other = Multilingual(bg="Данни", en="Services")  # called otherwise in Bulgarian: another one
    given: tuple[Category, ...] = (
        "Услуги", Multilingual(bg="Услуги"), services, "W", other, Multilingual(en="Rules"),
    )  # fmt: skip
    rows = [{"key": f"K{n}", "wording": {"bg": "а"}, "category": one}
            for n, one in enumerate(given)]  # fmt: skip
    listed: Listed = read(Listed, {"options": rows})
    assert [one.category for one in listed.options] == [services] * 3 + [*given[3:]]
    assert read(Listed, listed.model_dump(mode="json")) == listed, "as it is stored"
