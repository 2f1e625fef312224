"""A sorting from phones, paper and the board: what is told of it, and what is not."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest

from exercises.affinity.example import example
from exercises.affinity.model import Settings
from exercises.affinity.result import Result
from tests.exercises.reading import words as words_of
from workshop.blocks import Block, Heat, Quotes
from workshop.language import Multilingual, say
from workshop.model import Refused, Stage, StageDraft, StageState
from workshop.statistics import krippendorff_alpha
from workshop.toolkit import Toolkit

KEYS = [one.key for one in example.settings.options]


class Hall:
    """A workshop that sorts, then votes."""

    def __init__(self, toolkit: Toolkit, **settings: Any) -> None:
        self.toolkit = toolkit
        library = toolkit.library
        series = library.create_series(
            None, short_name="lozen", municipality=Multilingual("Лозен", "Lozen"),
            theme=Multilingual("Участие", "Taking part"),
        )  # fmt: skip
        self.groups = library.groups(series.id)
        wished = {**example.settings.model_dump(mode="json"), **settings}
        drafts = [StageDraft(exercise="affinity", settings=wished), StageDraft(exercise="dots")]
        self.workshop = library.create_workshop(
            None, series.id, title=Multilingual("Първи", "First"), day=date(2029, 3, 1),
            stages=drafts,
        )  # fmt: skip
        self.move("open")

    @property
    def stage(self) -> Stage:
        """The sorting, as it is now."""
        return self.toolkit.agenda.stages(self.workshop.id)[0]

    @property
    def result(self) -> Result:
        """What came out so far."""
        return cast(Result, self.toolkit.results.result(self.stage.id))

    def move(self, *states: str) -> None:
        """Move the stage on."""
        for state in states:
            self.toolkit.agenda.move(None, self.stage.id, StageState(state))

    def send(self, person: int, *sent: Any) -> list[str]:
        """Let somebody in who sends this; return the ids."""
        who = self.toolkit.people.join(
            self.workshop.code, group_id=self.groups[person % len(self.groups)].id
        ).participant.id
        contribute = self.toolkit.entries.contribute
        return [
            contribute(who, self.stage.id, one, f"page.{nth}").result().contribution_id
            for nth, one in enumerate(sent)
        ]

    def crowd(self, n: int) -> list[list[str]]:
        """Let scripted people sort."""
        script = example.entries(cast(Settings, self.toolkit.agenda.settings(self.stage)), n)
        return [self.send(person, *sent) for person, sent in enumerate(script)]

    def board(self, *keys: str) -> dict[str, str]:
        """Put cards on the board as the staff's page does; return their ids."""
        record = self.toolkit.entries.record
        return {
            key: record(
                None, self.stage.id, {"kind": "card", "card": key, "text": key}
            ).contribution_id
            for key in keys
        }

    def told(self, language: str = "bg") -> str:
        """Everything wall and report say, with all their tables."""
        results, exercise = self.toolkit.results, self.toolkit.catalogue["affinity"]
        blocks: list[Block] = [*results.tell(self.stage.id), *results.details(self.stage.id)]
        assert exercise.annex is not None
        for annexed in exercise.annex(self.result).values():
            blocks += annexed
        return words_of(blocks, language)


def test_piles_suggest_the_clusters_people_see_in_the_order_of_the_tree(toolkit: Toolkit) -> None:
    hall = Hall(toolkit)
    hall.crowd(25)
    result = hall.result
    usual = [set(KEYS[a:b]) for a, b in ((0, 5), (5, 10), (10, 15), (15, 20), (20, 24))]
    found = [{one.option.key for one in cluster.cards} for cluster in result.suggested]
    assert sorted(map(sorted, found)) == sorted(map(sorted, usual))
    strengths = [one.strength or 0 for one in result.suggested]
    assert strengths == sorted(strengths, reverse=True)
    named = {one.name.bg for one in result.suggested}
    assert {"Електронни услуги", "Отворени данни"} <= named, "what most people call them"
    (matrix,) = (one for one in toolkit.results.details(hall.stage.id) if isinstance(one, Heat))
    assert [str(one) for one in matrix.rows] == [one.key for one in result.order]
    assert all(set(matrix.rows[a:b]) in usual for a, b in _stretches(matrix.rows, usual))
    assert toolkit.results.offers(hall.stage.id)[0].key in KEYS, "a suggestion is not handed on"


def _stretches(rows: Any, usual: list[set[str]]) -> list[tuple[int, int]]:
    homes = [next(n for n, one in enumerate(usual) if row in one) for row in rows]
    starts = [n for n, home in enumerate(homes) if not n or homes[n - 1] != home]
    return list(zip(starts, [*starts[1:], len(homes)], strict=True))


def test_of_fewer_people_than_may_be_shown_no_pile_is_told(toolkit: Toolkit) -> None:
    hall = Hall(toolkit)
    sent = [*example.entries(example.settings, 3)]
    sent[0][1]["names"]["1"] = "Издайническо име"
    for person in range(2):
        hall.send(person, *sent[person])
    assert hall.result.withheld
    assert hall.result.matrix is None
    assert not hall.result.clusters
    assert "Издайническо" not in hall.told()
    assert "%" not in hall.told(), "not even how alike two people sorted"
    hall.send(2, *sent[2])
    assert not hall.result.withheld
    assert hall.result.clusters
    assert "Издайническо" in hall.told()


def test_what_staff_hide_and_merge_is_gone_but_the_piles_still_count(toolkit: Toolkit) -> None:
    hall = Hall(toolkit)
    sent = hall.crowd(6)
    before = hall.result
    assert "Прозрачност" in hall.told()
    for _sort, names in sent[1::2]:  # the half that says so
        toolkit.sorting.hide(None, names, "insult")
    assert "Прозрачност" not in hall.told()
    assert (hall.result.sorters, hall.result.alpha) == (6, before.alpha)
    ids = hall.board("C01", "C02", "C06", "C11")
    toolkit.sorting.merge(None, [ids["C02"]], ids["C01"])
    toolkit.sorting.hide(None, ids["C06"], "test")
    toolkit.sorting.reword(None, ids["C11"], Multilingual(en="The budget to download"))
    result = hall.result
    assert (result.cards, result.merged, result.hidden) == (22, 1, 1)
    assert {one.key for one in result.order} == set(KEYS) - {"C02", "C06"}
    reworded = next(one.wording for one in result.order if one.key == "C11")
    assert reworded == Multilingual(
        example.settings.options[10].wording.bg, "The budget to download"
    )


def test_of_two_who_put_a_card_on_the_board_the_first_does(toolkit: Toolkit) -> None:
    hall = Hall(toolkit, phones=False)
    ids = hall.board("C01")
    theme = toolkit.sorting.add_theme(None, hall.stage.id, Multilingual(en="Services"))
    toolkit.sorting.assign(None, [ids["C01"]], theme.id)
    again = {"kind": "card", "card": "C01", "text": "Същата карта"}
    put = toolkit.entries.record(None, hall.stage.id, again, first=True)
    assert put.contribution_id == ids["C01"]
    (card,) = toolkit.results.contributions(hall.stage.id)
    assert (card.id, card.theme_id) == (ids["C01"], theme.id)


def test_named_clusters_keep_the_rules_and_are_handed_on_with_their_origin(
    toolkit: Toolkit,
) -> None:
    hall = Hall(toolkit, phones=False)
    ids = hall.board(*KEYS)
    assert "24" in hall.told("en")
    names = ("Services", "Other", "A name that is very much too long")
    themes = [toolkit.sorting.add_theme(None, hall.stage.id, Multilingual(en=one)) for one in names]
    for place, theme in enumerate(themes[:2]):
        chosen = [ids[key] for key in KEYS[place * 6 : place * 6 + 6]]
        toolkit.sorting.assign(None, chosen, theme.id)
    assert "are usual" not in hall.told("en"), "while the room still groups"
    hall.move("locked", "revealed")
    said = hall.told("en")
    assert "3 to 9 clusters are usual; here: 2." in said
    assert "12 cards lie in no cluster." in said
    assert "“Other” says too little for so many cards." in said
    toolkit.sorting.assign(None, [ids["C13"]], themes[2].id)
    assert "Longer than 6 words: “A name that is very much too long”." in hall.told("en")
    quotes = [one for one in toolkit.results.tell(hall.stage.id) if isinstance(one, Quotes)]
    listed = [quote.label for one in quotes for quote in one.quotes]
    assert sorted(listed) == KEYS, "every card once"
    offers = toolkit.results.offers(hall.stage.id)
    clusters = [one for one in offers if one.key.startswith("theme-")]
    assert [one.wording.en for one in clusters] == ["Services", "Other", names[2]]
    assert clusters[0].origin.contribution_ids == tuple(ids[key] for key in KEYS[:6])
    vote = toolkit.agenda.stages(hall.workshop.id)[1]
    toolkit.results.hand_on(None, hall.stage.id, vote.id, [one.key for one in clusters])
    options = cast(Any, toolkit.agenda.settings(toolkit.agenda.stage(vote.id))).options
    assert [one.origin for one in options] == [one.origin for one in clusters]
    toolkit.sorting.rename_theme(None, themes[0].id, Multilingual(bg="Услуги", en="Services"))
    toolkit.results.hand_on(None, hall.stage.id, vote.id, ["C01", "C02", "C24"])
    settings = cast(Any, toolkit.agenda.settings(toolkit.agenda.stage(vote.id)))
    named = [[say(settings.name(one), tongue) for one in settings.categories if one]
             for tongue in ("bg", "en")]  # fmt: skip
    assert named == [["Услуги"], ["Services"]], "each reader's own language"


def test_a_ballot_on_paper_says_what_a_phone_says(toolkit: Toolkit) -> None:
    hall = Hall(toolkit, most=5)
    parts = toolkit.papers.parts(hall.stage)
    assert [(one.kind, len(one.lines)) for one in parts] == [("choice", 1), ("line", 5)]
    line = "11111222223333344444555-"
    names = ["Услуги", "", "Данни", "", ""]
    toolkit.papers.take(None, hall.stage.id, [[line], names], group_id=hall.groups[0].id)
    places = {key: pile for key, pile in zip(KEYS, line, strict=True) if pile != "-"}
    sort, named = (one.entry for one in toolkit.results.contributions(hall.stage.id))
    assert (sort.places, named.names) == (places, {"1": "Услуги", "3": "Данни"})
    with pytest.raises(Refused) as refused:
        toolkit.papers.take(None, hall.stage.id, [["1" * 24], [""] * 5], group_id=hall.groups[0].id)
    assert "two piles" in refused.value.reason.message


def test_where_the_piles_are_given_alpha_is_over_the_cards(toolkit: Toolkit) -> None:
    given = [{"bg": name, "en": name} for name in ("Хора", "Пари", "Данни", "Закони")]
    hall = Hall(toolkit, given=given)
    hall.crowd(7)
    entries = [one.entry for one in toolkit.results.contributions(hall.stage.id)]
    assert {one.kind for one in entries} == {"sort"}, "nobody is asked for names"
    wanted = krippendorff_alpha([[one.places.get(key) for key in KEYS] for one in entries])
    assert hall.result.alpha == pytest.approx(wanted.value)
    with pytest.raises(Refused):
        hall.send(9, {"kind": "names", "names": {"1": "Мое име"}})
