"""What dot voting asks: options and dots, one ballot per person, and what is said about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from workshop.exercise import Advice
from workshop.fields import Form, Key, Options, Whole, read, wrong
from workshop.language import Sayable, Text, counted, text
from workshop.model import Category, Option, Refused, Room, Sender, together
from workshop.options import taken

MOST_OPTIONS = 60
FEW_OPTIONS = 20
"""Up to so many options everybody has five dots; beyond, a quarter of the options."""
SHORT_LIST = 8
"""Up to so many options the first three are looked at, beyond the first five."""
CATEGORIES: Mapping[str, Text] = {
    "S": text("Strengths"),
    "W": text("Weaknesses"),
    "O": text("Opportunities"),
    "T": text("Threats"),
}
"""Letters everybody in a workshop reads as a category; other categories are shown as written."""


class Settings(Form):
    """What the facilitator decides before the stage opens."""

    options: Annotated[
        Options,
        text("What is voted on"),
        text("One option per row; a category groups them. At most 60."),
    ] = ()
    dots: Annotated[
        int | None,
        text("Dots per person"),
        text("Empty: five dots up to 20 options, else a quarter of the options."),
    ] = Field(None, ge=1, le=100)
    max_per_option: Annotated[
        int,
        text("Dots one person may put on one option"),
        text("With 1 everybody marks what they support."),
    ] = Field(3, ge=1, le=20)
    per_category: Annotated[
        int | None,
        text("Dots per person in each category"),
        text("Empty: dots may go to any category."),
    ] = Field(None, ge=1, le=20)
    top: Annotated[
        int | None,
        text("How many leading options are looked at"),
        text("Empty: three up to 8 options, else five."),
    ] = Field(None, ge=1, le=20)

    strict: Annotated[
        bool,
        text("Also hide groups that all printed means together would give away"),
        text("Groups too small to be shown then weigh as one; equal shares by group change."),
    ] = False

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(self.options) > MOST_OPTIONS:
            raise wrong(
                text("At most {most} options can be voted on.", most=MOST_OPTIONS), "options"
            )
        if any(not option.wording for option in self.options):
            raise wrong(text("An option has no wording."), "options")
        return self

    @property
    def categories(self) -> tuple[Category, ...]:
        """Return the categories: the letters in their usual order, others as they first appear."""
        found = dict.fromkeys(option.category for option in self.options)
        letters: list[Category] = [one for one in CATEGORIES if one in found]
        return (*letters, *(one for one in found if one not in CATEGORIES))

    def within(self, category: Category) -> tuple[Option, ...]:
        """Return the options of one category."""
        return tuple(option for option in self.options if option.category == category)

    def name(self, category: Category) -> Sayable:
        """Return a category as people read it."""
        if not isinstance(category, str):
            return category
        return CATEGORIES.get(category, category) if category else text("Without a category")

    @property
    def budget(self) -> int:
        """Return how many dots a person has in all: never more than can be placed."""
        if self.per_category is None:
            usual = 5 if len(self.options) <= FEW_OPTIONS else max(3, round(len(self.options) / 4))
            return min(self.dots or usual, len(self.options) * self.max_per_option)
        together = sum(self.share(category) for category in self.categories)
        return min(self.dots or together, together)

    def share(self, category: Category) -> int:
        """Return how many dots a person may place in one category."""
        placeable = len(self.within(category)) * self.max_per_option
        return placeable if self.per_category is None else min(self.per_category, placeable)

    def start(self, category: Category) -> str:
        """Return how the keys of a category begin, if no other key does ("W" for W7 and W12).

        The phone counts what is left by it; "" where it cannot.
        """
        if not isinstance(category, str) or self.per_category is None:
            return ""
        fits = all(
            option.key.startswith(category) == (option.category == category)
            for option in self.options
        )
        return category if fits else ""

    @property
    def leading(self) -> int:
        """Return how many leading options are looked at; not all of them."""
        usual = 3 if len(self.options) <= SHORT_LIST else 5
        return max(1, min(self.top or usual, len(self.options) - 1))

    @property
    def rules(self) -> tuple[Text, ...]:
        """Return what a person must know before giving dots."""
        said = [counted("You have {n} dot.", "You have {n} dots.", self.budget)]
        if self.per_category is not None:
            said.append(
                counted(
                    "At most {n} dot in each category.",
                    "At most {n} dots in each category.",
                    self.per_category,
                )
            )
        said.append(
            counted(
                "At most {n} dot on one option.",
                "At most {n} dots on one option.",
                self.max_per_option,
            )
        )
        return (*said, text("You need not use them all."))


def _given(typed: Any) -> Any:
    """Return the dots without the fields left blank."""
    if not isinstance(typed, Mapping):
        return typed
    return {key: dots for key, dots in typed.items() if dots not in ("", None)}


def _counted(dots: dict[str, int]) -> dict[str, int]:
    return {key: number for key, number in dots.items() if number > 0}


class Entry(Form):
    """A ballot: how many dots go to which option; options without a dot are not in it."""

    dots: Annotated[
        dict[Key, Whole],
        BeforeValidator(_given),
        Field(max_length=200),
        AfterValidator(_counted),
    ] = Field(default_factory=dict)


def check(settings: Settings, entry: Entry, sender: Sender, room: Room) -> list[Advice]:
    """Refuse a ballot that breaks a rule, saying by how much; advise on dots left over."""
    if not sender.voting and not sender.staff:
        raise Refused(text("You take part without a vote. Please tell the facilitator."))
    broken = _broken(settings, entry)
    if broken:
        raise together(broken)
    left = settings.budget - sum(entry.dots.values())
    if not left:
        return []
    unused = counted(
        "Your ballot counts; {n} dot was not used.",
        "Your ballot counts; {n} dots were not used.",
        left,
    )
    return [Advice(level="warning", text=unused)]


def answer(settings: Settings, entry: Entry) -> list[Sayable]:
    """Return where the dots went, in the order of the options."""
    return [
        Text("{option}: {dots}", (("option", option.wording), ("dots", entry.dots[option.key])))
        for option in settings.options
        if entry.dots.get(option.key)
    ]


def take(settings: Settings, options: Sequence[Option]) -> Settings:
    """Return the settings with options handed on by an earlier stage, under keys still free.

    What is handed on a second time is not doubled: its fresh copy stands where the old one stood.

    Raises:
        Refused: there would be too many.
    """
    options = taken(settings.options, options)
    changed: Settings = read(Settings, {**dict(settings), "options": options})
    return changed


def needs(settings: Settings) -> Text | None:
    """Return what is missing before the vote can open."""
    if len(settings.options) < 2:
        return text("There is nothing to vote on yet: add at least two options.")
    return None


def _broken(settings: Settings, entry: Entry) -> list[Refused]:
    """Return every rule a ballot breaks."""
    if not entry.dots:
        return [Refused(text("Please give at least one dot."))]
    found = [
        one for key, number in entry.dots.items() for one in _one_option(settings, key, number)
    ]
    for category in settings.categories if settings.per_category else ():
        inside = sum(entry.dots.get(option.key, 0) for option in settings.within(category))
        found += _one_category(settings, category, inside)
    given = sum(entry.dots.values())
    if given > settings.budget:
        said = counted(
            "You have {n} dot but gave {given}. Please take {over} back.",
            "You have {n} dots but gave {given}. Please take {over} back.",
            settings.budget,
            given=given,
            over=given - settings.budget,
        )
        found.append(Refused(said))
    return found


def _one_option(settings: Settings, key: str, number: int) -> list[Refused]:
    if key not in {option.key for option in settings.options}:
        changed = text("One of the options has changed. Please reload the page.")
        return [Refused(changed, f"dots.{key}")]
    if number <= settings.max_per_option:
        return []
    said = counted(
        "At most {n} dot may go to one option. Please take {over} back.",
        "At most {n} dots may go to one option. Please take {over} back.",
        settings.max_per_option,
        over=number - settings.max_per_option,
    )
    return [Refused(said, f"dots.{key}")]


def _one_category(settings: Settings, category: Category, given: int) -> list[Refused]:
    most = settings.per_category or given
    if given <= most:
        return []
    said = counted(
        "{category}: you have {n} dot but gave {given}. Please take {over} back.",
        "{category}: you have {n} dots but gave {given}. Please take {over} back.",
        most,
        category=settings.name(category),
        given=given,
        over=given - most,
    )
    return [Refused(said)]
