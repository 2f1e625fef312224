"""What is sorted, into which piles, what people call these; and a card on the sorting board."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from workshop.exercise import Advice, Shelf
from workshop.fields import Form, Key, Line, Options, Rows, SomeLines, Words, read, wrong
from workshop.language import Multilingual, Sayable, Text, counted, joined, quoted, text
from workshop.model import Contribution, Option, Refused, Room, Sender, StageState, together
from workshop.options import taken
from workshop.text import norm_key, personal

MOST_CARDS = 60
FEWEST_CARDS = 6
"""Three piles of two: with fewer there is nothing to sort."""
Pile: TypeAlias = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9"]
PILES: tuple[Pile, ...] = get_args(Pile)
"""Piles are called by digits: letters would be others in Cyrillic, and a ballot is typed so."""
MOST_WORDS = 6
"""Words in the name of a pile or a cluster. Source: method Ex.6."""
OTHER = frozenset({"other", "others", "misc", "miscellaneous", "rest", "various", "друго", "други",
                   "разни", "разно", "останали", "останало"})  # fmt: skip
"""Names that say nothing of what lies in a pile."""
OTHER_SHARE = 0.1
"""A cluster may be called "other" while it holds less than this share of the cards."""


class Settings(Form):
    """What the facilitator decides before the stage opens."""

    options: Annotated[
        Options, text("Cards to be sorted"), text("One card per row, 6 to 60; or handed on.")
    ] = ()
    phones: Annotated[
        bool,
        text("Everybody sorts on their phone"),
        text("Off: the facilitator groups the cards and the wall shows it as it grows."),
    ] = True
    most: Annotated[
        int, text("Piles per person, at most"), text("Three to nine; five or six are usual.")
    ] = Field(9, ge=3, le=9)
    given: Annotated[
        Rows[Words],
        text("Names of the piles, where they are given"),
        text("Empty: everybody makes piles of their own and names them."),
    ] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(self.options) > MOST_CARDS:
            raise wrong(text("At most {most} cards can be sorted.", most=MOST_CARDS), "options")
        if any(not option.wording for option in self.options):
            raise wrong(text("A card has no wording."), "options")
        if self.given and not 2 <= len(self.given) <= len(PILES):
            raise wrong(text("Please give two to nine piles, or none."), "given")
        if any(len(name.split()) > MOST_WORDS for one in self.given for name in (one.bg, one.en)):
            raise wrong(text("A name has at most {most} words.", most=MOST_WORDS), "given")
        return self

    @property
    def piles(self) -> tuple[Pile, ...]:
        """Return what the piles are called on forms: the digits that may be used."""
        return PILES[: len(self.given) or self.most]

    def pile(self, pile: Pile) -> Multilingual | None:
        """Return the name a pile was given beforehand."""
        place = PILES.index(pile)
        return self.given[place] if place < len(self.given) else None

    def choices(self, own: Sequence[Contribution[Any]] = ()) -> list[tuple[str, Sayable]]:
        """Return the piles to choose from, with the names they have by now."""
        named = next((one.entry.names for one in own if isinstance(one.entry, Names)), {})
        return [(pile, _called(pile, self.pile(pile) or named.get(pile))) for pile in self.piles]

    def made(self, own: Sequence[Contribution[Any]]) -> list[tuple[str, Sayable]]:
        """Return the piles somebody made, each with its cards; all piles before there are any."""
        sorted_ = next((one.entry for one in own if isinstance(one.entry, Sort)), None)
        if sorted_ is None:
            return [(pile, "") for pile in self.piles]
        held: dict[Pile, list[Sayable]] = {}
        for option in self.options:
            if pile := sorted_.places.get(option.key):
                held.setdefault(pile, []).append(quoted(option.wording))
        return [(pile, joined(held[pile])) for pile in PILES if pile in held]


def _called(pile: str, name: Multilingual | str | None) -> Sayable:
    if not name:
        return text("Pile {pile}", pile=pile)
    return text("{pile} · {name}", pile=pile, name=name)


def _filled(typed: Any) -> Any:
    """Return the answers without the fields left blank."""
    if not isinstance(typed, Mapping):
        return typed
    return {key: one for key, one in typed.items() if one is not None and str(one).strip()}


def _short(name: str) -> str:
    if len(name.split()) > MOST_WORDS:
        raise wrong(text("A name has at most {most} words.", most=MOST_WORDS))
    return name


class Sort(Form):
    """One person's piles: where each card lies; a card left out is in none."""

    kind: Literal["sort"] = "sort"
    places: Annotated[dict[Key, Pile], BeforeValidator(_filled), Field(max_length=200)] = Field(
        default_factory=dict
    )


class Names(Form):
    """What one person calls their piles."""

    kind: Literal["names"] = "names"
    names: Annotated[
        dict[Pile, Annotated[Line, AfterValidator(_short)]], BeforeValidator(_filled)
    ] = Field(default_factory=dict)


class Card(Form):
    """A card of the settings on the sorting board, where staff put it under a theme."""

    writer: ClassVar[str] = "staff"

    kind: Literal["card"] = "card"
    card: Key
    text: SomeLines


Entry: TypeAlias = Sort | Names | Card
AnyEntry: TypeAlias = Annotated[Entry, Field(discriminator="kind")]


def slot(entry: Entry) -> str:
    """Return what an entry replaces: the piles, their names, or the same card."""
    return f"card.{entry.card}" if isinstance(entry, Card) else entry.kind


def spoken(entry: Entry) -> str:
    """Return what stands on the sorting board: a card, or the names somebody gave."""
    if isinstance(entry, Card):
        return entry.text
    return " · ".join(entry.names.values()) if isinstance(entry, Names) else ""


def shelves(settings: Settings) -> list[Shelf]:
    """Return the places of the sorting board: cards, and the names people gave their piles."""
    named = [] if settings.given or not settings.phones else [Shelf(key="names", name=NAMES)]
    return [Shelf(key="card", name=text("Cards")), *named]


def steps(settings: Settings) -> list[Shelf]:
    """Return what the phone asks one after the other: the piles, then their names."""
    return (
        [] if settings.given else [Shelf(key="sort", name=PLACES), Shelf(key="names", name=NAMES)]
    )


PLACES, NAMES = text("Put the cards into piles"), text("Give your piles names")


def done(settings: Settings, own: Sequence[Entry]) -> bool:
    """Return whether somebody has sorted; naming the piles is a courtesy."""
    return any(isinstance(one, Sort) for one in own)


def check(settings: Settings, entry: Entry, sender: Sender, room: Room) -> list[Advice]:
    """Refuse what is no sorting and what says nothing; advise on cards left out."""
    if isinstance(entry, Card):
        if room.state is StageState.planned:
            raise Refused(text("Open the stage first: until then its cards may change."))
        return _known(settings, [entry.card])
    if not settings.phones:
        raise Refused(text("The facilitator groups the cards; there is nothing to send."))
    if not sender.voting and not sender.staff:
        raise Refused(text("Observers do not sort. Please tell the facilitator."))
    return _check_names(settings, entry) if isinstance(entry, Names) else _check(settings, entry)


def _check(settings: Settings, entry: Sort) -> list[Advice]:
    _known(settings, entry.places)
    if any(pile not in settings.piles for pile in entry.places.values()):
        raise Refused(text("At most {most} piles are possible.", most=len(settings.piles)))
    if len(set(entry.places.values())) < 2:
        raise Refused(text("Please make at least two piles: one alone says nothing."))
    left = len(settings.options) - len(entry.places)
    if not left:
        return []
    said = counted(
        "Your piles count; {n} card lies in none of them.",
        "Your piles count; {n} cards lie in none of them.",
        left,
    )
    return [Advice(level="warning", text=said)]


def _check_names(settings: Settings, entry: Names) -> list[Advice]:
    if settings.given:
        raise Refused(text("The piles have their names already."))
    if not entry.names:
        raise Refused(text("Please give at least one pile a name."))
    wordless = [
        Refused(text("Please write a word."), f"names.{pile}")
        for pile, name in entry.names.items()
        if not any(sign.isalpha() for sign in name)
    ]
    if wordless:
        raise together(wordless)
    advice = []
    for pile, name in entry.names.items():
        if personal(name):
            words = text(
                "This looks like personal data: an address, a telephone or a personal number. "
                "Please change it; otherwise the facilitator will hide it."
            )
            advice.append(Advice(level="warning", text=words, field=f"names.{pile}"))
    return advice


def _known(settings: Settings, keys: Any) -> list[Advice]:
    known = {option.key for option in settings.options}
    for key in keys:
        if key not in known:
            raise Refused(
                text("One of the cards has changed. Please reload the page."), f"places.{key}"
            )
    return []


def answer(settings: Settings, entry: Entry) -> list[Sayable]:
    """Return somebody's piles with how many cards lie in each."""
    if not isinstance(entry, Sort):
        return []
    placed = list(entry.places.values())
    return [
        Text("{pile}: {cards}", (("pile", _called(pile, settings.pile(pile))), ("cards", cards)))
        for pile in settings.piles
        if (cards := _cards(placed.count(pile))).n
    ]


def _cards(n: int) -> Text:
    return counted("{n} card", "{n} cards", n)


def says_nothing(name: Multilingual) -> bool:
    """Return whether a name is "other": it says nothing of what lies there."""
    return any(
        norm_key(said, tongue) in OTHER for said, tongue in ((name.bg, "bg"), (name.en, "en"))
    )


def take(settings: Settings, options: Sequence[Option]) -> Settings:
    """Return the settings with cards handed on; what comes again replaces its earlier copy.

    Raises:
        Refused: there would be too many.
    """
    options = taken(settings.options, options)
    changed: Settings = read(Settings, {**dict(settings), "options": options})
    return changed


def needs(settings: Settings) -> Text | None:
    """Return what is missing before the cards can be sorted."""
    if len(settings.options) < FEWEST_CARDS:
        return text("There are too few cards yet: add at least six, or hand some on.")
    return None
