"""From piles to one result: what lies together how often, suggested and named clusters, names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from exercises.affinity.model import Card, Entry, Names, Pile, Settings, Sort, says_nothing
from exercises.affinity.result import Cluster, Given, Placed, Result
from workshop.cards import cards
from workshop.language import Multilingual
from workshop.model import Contribution, Id, Option, Room, StageState, Theme
from workshop.statistics.measure import Measure
from workshop.statistics.piles import (
    Cut,
    Sorting,
    Together,
    Tree,
    join_cards,
    sorting_likeness,
    suggest_cut,
    together,
)
from workshop.statistics.reliability import krippendorff_alpha
from workshop.text import norm_key, personal

OWN_HALF = 0.5
"""A pile's name is said of the cluster in which more than so much of it lies."""


@dataclass(frozen=True, slots=True)
class _Board:
    """The cards of the settings as staff left them."""

    standing: Mapping[str, Option]
    themes: Mapping[str, Theme]
    """The theme of each card that has one."""
    ids: Mapping[str, Id]
    merged: int
    hidden: int


@dataclass(frozen=True, slots=True)
class _Sorted:
    """What people did, as far as it is told."""

    matrix: Together
    tree: Tree | None
    piles: Sequence[tuple[frozenset[str], Multilingual]]
    """Every pile that has a name."""


def analyse(settings: Settings, contributions: Sequence[Contribution[Entry]], room: Room) -> Result:
    """Return the result; the order of the contributions does not matter."""
    current = sorted(
        (one for one in contributions if not (one.replaced_by or one.withdrawn)),
        key=lambda one: (one.number, one.id),
    )
    board = _board(settings, current, room)
    sorts = [one for one in current if _sorted(one)]
    sortings = [_places(one, board) for one in sorts]
    withheld = 0 < len(sorts) < room.smallest_group
    told = None if withheld or not sorts else _told(settings, sorts, current, sortings, board)
    cut = suggest_cut(told.matrix, told.tree) if told and told.tree else None
    suggested = cut.clusters if isinstance(cut, Cut) else ()
    held = [one for one in suggested if len(one) > 1]
    under = [[key for key in board.standing if board.themes.get(key) == theme]
             for theme in room.themes]  # fmt: skip
    named = [(theme, keys) for theme, keys in zip(room.themes, under, strict=True) if keys]
    covered = {key for keys in (under if named else held) for key in keys}
    order = told.tree.order if told and told.tree else tuple(board.standing)
    return Result(
        settings=settings,
        stage_id=current[0].stage_id if current else "",
        named=_clusters([keys for _, keys in named], told, board, [theme for theme, _ in named]),
        suggested=_clusters(_firmest(held, told), told, board),
        singles=tuple(
            Placed(option=board.standing[key], closeness=None)
            for key in order
            if key not in covered
        ),
        sorters=len(sorts),
        eligible=len(room.eligible),
        withheld=withheld,
        alpha=_alpha(settings, sortings, told, board),
        agreed=sorting_likeness(told.matrix).share.value if told else None,
        silhouette=cut.silhouette if isinstance(cut, Cut) else None,
        matrix=told.matrix if told else None,
        order=tuple(board.standing[key] for key in order),
        merged=board.merged,
        hidden=board.hidden,
        growing=not settings.phones and room.state is StageState.open,
    )


def _sorted(one: Contribution[Entry]) -> bool:
    """Return whether it is somebody's sorting; staff may hide names, a sorting shows no words."""
    return isinstance(one.entry, Sort) and one.sender.voting and not one.sender.staff


def _told(
    settings: Settings,
    sorts: Sequence[Contribution[Entry]],
    current: Sequence[Contribution[Entry]],
    sortings: Sequence[Mapping[str, Pile]],
    board: _Board,
) -> _Sorted:
    matrix = together(sortings, tuple(board.standing))
    tree = join_cards(matrix)
    own = {
        one.sender.person: one
        for one in current
        if isinstance(one.entry, Names) and one.stands and one.sender.person
    }
    piles = []
    for sent, sorting in zip(sorts, sortings, strict=True):
        for pile in sorted(set(sorting.values())):
            name = settings.pile(pile) or _name(own.get(sent.sender.person or ""), pile)
            if name:
                held = frozenset(key for key, where in sorting.items() if where == pile)
                piles.append((held, name))
    return _Sorted(matrix, tree if isinstance(tree, Tree) else None, piles)


def _places(sent: Contribution[Entry], board: _Board) -> dict[str, Pile]:
    """Return somebody's piles of the cards that stand."""
    places = sent.entry.places if isinstance(sent.entry, Sort) else {}
    return {key: pile for key, pile in places.items() if key in board.standing}


def _name(sent: Contribution[Entry] | None, pile: Pile) -> Multilingual:
    """Return what somebody calls a pile; nothing where it could give a person away."""
    if sent is None or not isinstance(sent.entry, Names):
        return Multilingual()
    name = sent.entry.names.get(pile, "")
    return Multilingual() if personal(name) else Multilingual(**{sent.language: name})


def _board(settings: Settings, current: Sequence[Contribution[Entry]], room: Room) -> _Board:
    """Return the cards that stand: reworded, not hidden, with those merged into another left out.

    A card that was never put on the board stands as it is in the settings.
    """
    sent = {one.entry.card: one for one in current if isinstance(one.entry, Card)}
    by_id = {one.id: one for one in sent.values()}
    stacks = {one.first.id: one for one in cards(list(by_id.values()), lambda entry: "")}
    known = {one.id: one for one in room.themes}
    standing: dict[str, Option] = {}
    themes: dict[str, Theme] = {}
    for option in settings.options:
        one = sent.get(option.key)
        if one is None:
            standing[option.key] = option
        elif one.id in stacks:
            standing[option.key] = _reworded(option, one.wording)
            if one.theme_id in known:
                themes[option.key] = known[one.theme_id]
    gone = [one for one in sent.values() if one.id not in stacks]
    return _Board(
        standing=standing,
        themes=themes,
        ids={key: one.id for key, one in sent.items()},
        merged=sum(1 for one in gone if one.into and not one.hidden),
        hidden=sum(1 for one in gone if one.hidden),
    )


def _reworded(option: Option, wording: Multilingual) -> Option:
    words = Multilingual(wording.bg or option.wording.bg, wording.en or option.wording.en)
    return Option(
        key=option.key, wording=words, category=option.category, origin=option.origin
    )  # a translation alone leaves the other language as it was


def _firmest(groups: Sequence[Sequence[str]], told: _Sorted | None) -> list[Sequence[str]]:
    """Return clusters by how firmly they hold together; equal ones as they stand in the tree."""
    return sorted(groups, key=lambda keys: -(told.matrix.within(keys) or 0.0) if told else 0.0)


def _clusters(
    groups: Sequence[Sequence[str]],
    told: _Sorted | None,
    board: _Board,
    themes: Sequence[Theme] = (),
) -> tuple[Cluster, ...]:
    return tuple(
        Cluster(
            theme=themes[place] if themes else None,
            cards=tuple(_placed(key, place, groups, told, board) for key in keys),
            strength=told.matrix.within(keys) if told else None,
            names=_names(keys, told) if told else (),
            contribution_ids=tuple(board.ids[key] for key in keys if key in board.ids),
        )
        for place, keys in enumerate(groups)
    )


def _placed(
    key: str, place: int, groups: Sequence[Sequence[str]], told: _Sorted | None, board: _Board
) -> Placed:
    option = board.standing[key]
    if told is None:
        return Placed(option=option, closeness=None)
    near = [told.matrix.between([key], keys) for keys in groups]
    own = near[place]
    best = max(range(len(near)), key=lambda n: (near[n] or 0.0, n == place))
    closer = best if best != place and (near[best] or 0) > (own or 0) else None
    return Placed(option=option, closeness=own, nearest=closer)


def _names(keys: Collection[str], told: _Sorted) -> tuple[Given, ...]:
    """Return the names of the piles that lie mostly among these cards, alike ones as one."""
    spellings: dict[str, Counter[Multilingual]] = {}
    for held, name in told.piles:
        if len(held & set(keys)) > OWN_HALF * len(held) and not says_nothing(name):
            tongue = name.tongue("bg")
            spellings.setdefault(norm_key(name.said("bg"), tongue), Counter())[name] += 1
    found = [
        Given(
            name=min(counted, key=lambda one: (-counted[one], one.bg, one.en)),
            people=counted.total(),
        )
        for key, counted in sorted(spellings.items())
        if key
    ]
    return tuple(sorted(found, key=lambda one: (-one.people, one.name.bg, one.name.en)))


def _alpha(
    settings: Settings, sortings: Sequence[Sorting], told: _Sorted | None, board: _Board
) -> float | None:
    """Return Krippendorff's alpha: over cards where all had the same piles, else over pairs."""
    if told is None:
        return None
    if not settings.given:
        return sorting_likeness(told.matrix).alpha.value
    coders = [[one.get(key) for key in board.standing] for one in sortings]
    found = krippendorff_alpha(coders)
    return found.value if isinstance(found, Measure) else None
