"""What is handed on to a vote a second time: nothing is doubled, whatever was sorted meanwhile."""

from __future__ import annotations

from exercises.dots.model import Settings, take
from workshop.language import Multilingual
from workshop.model import Option, Origin


def handed(key: str, words: str, *entries: str, label: str | None = None) -> Option:
    """An option as the SWOT board offers it."""
    origin = Origin(
        stage_id="swot", contribution_ids=entries, label=key if label is None else label
    )
    return Option(key=key, wording=Multilingual(bg=words), origin=origin)


def keys(settings: Settings) -> list[str]:
    return [option.key for option in settings.options]


def test_words_that_settings_tidy_are_not_handed_on_twice():
    offered = [handed("T12", "Хората губят\n\nдоверие", "a"), handed("T6", "שלום \u200f text", "b")]
    once = take(Settings(), offered)
    assert take(once, offered) == once
    assert keys(once) == ["T12", "T6"]


def test_a_card_reworded_since_takes_the_place_of_its_old_copy():
    once = take(Settings(), [handed("W7", "Стар сайт", "a"), handed("W8", "Бавен сайт", "b")])
    again = take(once, [handed("W7", "Сайтът е остарял", "a")])
    assert [(one.key, one.wording.bg) for one in again.options] == [
        ("W7", "Сайтът е остарял"),
        ("W8", "Бавен сайт"),
    ]


def test_a_card_filed_elsewhere_is_still_the_same_card():
    once = take(Settings(), [handed("W7", "Стар сайт", "a")])
    again = take(once, [handed("T7", "Стар сайт", "a")])
    assert keys(again) == ["W7"]


def test_what_was_merged_meanwhile_is_voted_on_once():
    once = take(Settings(), [handed("W7", "Стар сайт", "a"), handed("W8", "Бавен сайт", "b")])
    assert keys(take(once, [handed("W7", "Стар сайт", "a", "b")])) == ["W7"]


def test_a_theme_leaves_its_cards_where_they_are():
    once = take(Settings(), [handed("W7", "Стар сайт", "a"), handed("W8", "Бавен сайт", "b")])
    theme = handed("theme-1", "Сайтът", "a", "b", label="")
    more = take(once, [theme])
    assert keys(more) == ["W7", "W8", "theme-1"]
    grown = handed("theme-1", "Сайтът", "a", "b", "c", label="")
    assert keys(take(more, [grown])) == ["W7", "W8", "theme-1"]


def test_cards_of_two_boards_with_one_number_both_stay():
    other = Option(
        key="W7",
        wording=Multilingual(bg="Друго"),
        origin=Origin(stage_id="another", contribution_ids=("z",), label="W7"),
    )
    both = take(take(Settings(), [handed("W7", "Стар сайт", "a")]), [other])
    assert keys(both) == ["W7", "X01"]


def test_options_typed_by_hand_are_never_taken_for_a_card():
    typed = Settings(options=(Option(key="W7", wording=Multilingual(bg="Стар сайт")),))
    assert keys(take(typed, [handed("W7", "Стар сайт", "a")])) == ["W7", "X01"]
