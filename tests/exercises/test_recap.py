"""What a recap shows of earlier workshops: the first lines, the commitments, what has changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from exports import excel, word
from tests.exercises.reading import words as words_of
from workshop.blocks import Block, Figures, Quotes, Table
from workshop.language import LANGUAGES, Multilingual, say
from workshop.model import Anonymity, Refused, Stage, StageDraft, StageState
from workshop.toolkit import Toolkit

IDEAS = ("Едно гише за фирмите", "Данните са стари", "Няма отговор в срок", "Никой не пита селата")


class Series:
    """Two workshops: a SWOT and commitments in the first, a recap and a vote in the second."""

    def __init__(self, toolkit: Toolkit, **settings: Any) -> None:
        self.toolkit = toolkit
        library = toolkit.library
        self.series = library.create_series(
            None, short_name="lozen", municipality=Multilingual("Лозен", "Lozen"),
            theme=Multilingual("Участие", "Taking part"),
        )  # fmt: skip
        self.groups = library.groups(self.series.id)
        self.homes = [
            library.add_organisation(None, self.series.id, Multilingual(bg=name), group.id)
            for name, group in zip(("Община", "Камара", "Читалище"), self.groups, strict=False)
        ]
        self.first = self._workshop("First", date(2029, 3, 1), "swot", "commitments")
        recap = StageDraft(exercise="recap", settings=settings)
        self.second = self._workshop("Second", date(2029, 6, 1), recap, "dots")
        self.people = [self.join(self.first, place) for place in range(3)]

    def _workshop(self, title: str, day: date, *stages: str | StageDraft) -> Any:
        drafts = [StageDraft(exercise=one) if isinstance(one, str) else one for one in stages]
        return self.toolkit.library.create_workshop(
            None, self.series.id, title=Multilingual(bg=title, en=title), day=day, stages=drafts
        )

    def join(self, workshop: Any, place: int) -> str:
        """Let somebody in who speaks for an organisation."""
        home = self.homes[place % len(self.homes)]
        return self.toolkit.people.join(
            workshop.code, group_id=home.group_id, organisation_id=home.id
        ).participant.id

    def stage(self, workshop: Any, place: int) -> Stage:
        """Return a stage as it is now."""
        return self.toolkit.agenda.stages(workshop.id)[place]

    def move(self, stage: Stage, *states: str) -> None:
        """Move a stage on."""
        for state in states:
            self.toolkit.agenda.move(None, stage.id, StageState(state))

    def send(self, stage: Stage, person: str, **answers: Any) -> Any:
        """Send an entry and wait for the answer."""
        key = f"{stage.id[:6]}-{len(self.toolkit.results.contributions(stage.id, True))}"
        return self.toolkit.entries.contribute(person, stage.id, answers, key).result(10)

    def hold_first(self) -> None:
        """Let the first workshop take place: four ideas, three commitments."""
        swot, promises = self.stage(self.first, 0), self.stage(self.first, 1)
        self.move(swot, "open")
        for place, words in enumerate(IDEAS):
            self.send(swot, self.people[place % 3], kind="W", text=words)
        self.send(swot, self.people[1], kind="W", text="Едно гише за всички фирми")
        self.move(swot, "locked")
        told = self.toolkit.results.contributions(swot.id)
        self.toolkit.sorting.merge(None, [told[-1].id], told[0].id)
        self.move(swot, "revealed", "closed")
        self.move(promises, "open")
        for place, (action, due) in enumerate(
            (("Да публикува календар", "01.05.2029"), ("Да обучи служители", "10.05.2029"),
             ("Да отвори зала", "01.12.2029"))
        ):  # fmt: skip
            self.send(
                promises, self.people[place], kind="commitment", action=action, due=due,
                deliverable="Документ на сайта", strength="4", certainty="mandated",
                needs=[{"organisation": self.homes[(place + 1) % 3].key, "what": "Хора"}],
                visibility="counted" if place == 2 else "full",
            )  # fmt: skip
        self.move(promises, "locked", "revealed", "closed")

    def status(self, number: int, status: str) -> None:
        """Let staff write down, after the workshop, how a commitment stands."""
        entry = {"kind": "status", "commitment": str(number), "status": status}
        self.toolkit.entries.record(None, self.stage(self.first, 1).id, entry)

    @property
    def recap(self) -> Stage:
        """The recap as it is now."""
        return self.stage(self.second, 0)

    def told(self) -> list[Block]:
        """Return what the recap tells."""
        return list(self.toolkit.results.tell(self.recap.id))


@pytest.fixture
def work(toolkit: Toolkit) -> Series:
    made = Series(toolkit)
    made.hold_first()
    return made


def table(blocks: list[Block], key: str) -> Table:
    """Return the table with that key."""
    return next(one for one in blocks if isinstance(one, Table) and one.key == key)


def test_the_first_lines_of_a_stage_are_recalled_with_their_support(work: Series) -> None:
    lines = table(work.told(), "recap.1")
    assert say(lines.rows[0][1], "bg") == IDEAS[0]
    assert say(lines.rows[0][2], "en") == "2 people"
    # The other three share the second place: all of them, not one chosen in silence.
    assert [row[0] for row in lines.rows] == [1, 2, 2, 2]
    assert "First" in say(lines.title, "en")


def test_commitments_are_told_as_they_stand_today(work: Series) -> None:
    work.status(1, "completed")
    rows = table(work.told(), "commitments.since").rows
    assert [row[0] for row in rows] == [1, 2, 3], "what is done first, then what is late"
    assert [say(row[4], "en") for row in rows] == [
        "completed", "proposed; past its day", "proposed",
    ]  # fmt: skip
    assert "no answer yet" in say(rows[1][5], "en")
    figures = next(one for one in work.told() if isinstance(one, Figures)).figures
    assert [one.value for one in figures] == [3, 1, 1, 2]


def test_what_is_written_down_later_is_told_at_once(work: Series) -> None:
    before = work.told()
    work.status(2, "completed")
    assert work.told() != before
    rows = table(work.told(), "commitments.since").rows
    assert [say(row[4], "en") for row in rows[:2]] == ["completed", "proposed; past its day"]


def test_a_wording_that_was_only_to_be_counted_stays_unsaid(work: Series) -> None:
    said = words_of(work.told(), "bg")
    assert "Да публикува календар" in said
    assert "Да отвори зала" not in said


def test_a_stage_its_room_has_not_seen_is_not_recalled(toolkit: Toolkit) -> None:
    work = Series(toolkit)
    swot = work.stage(work.first, 0)
    work.move(swot, "open")
    work.send(swot, work.people[0], kind="W", text=IDEAS[0])
    work.move(swot, "locked")
    assert IDEAS[0] not in words_of(work.told(), "bg")
    assert "no earlier workshop" in words_of(work.told(), "en").lower()
    work.move(swot, "revealed")
    assert IDEAS[0] in words_of(work.told(), "bg")


def test_only_chosen_stages_are_recalled(work: Series) -> None:
    swot = work.stage(work.first, 0)
    work.toolkit.agenda.change_stage(None, work.recap.id, settings={"stages": [swot.id]})
    keys = [one.key for one in work.told() if isinstance(one, Table)]
    assert keys == ["recap.1"]


def test_nothing_of_a_later_workshop_or_of_another_series_is_recalled(work: Series) -> None:
    early = work._workshop("Before all", date(2029, 1, 1), "recap")
    stage = work.stage(early, 0)
    assert work.toolkit.results.recalling.known(early.id) == []
    assert IDEAS[0] not in words_of(work.toolkit.results.tell(stage.id), "bg")
    work.toolkit.library.finish_workshop(None, work.first.id)
    assert IDEAS[0] in words_of(work.toolkit.results.tell(stage.id), "bg"), "what is over is past"


def test_a_rehearsal_is_not_what_a_room_said(work: Series) -> None:
    work.toolkit.library.change_workshop(None, work.first.id, rehearsal=True)
    assert IDEAS[0] not in words_of(work.told(), "bg")


def test_notes_of_others_wait_for_the_reveal(toolkit: Toolkit) -> None:
    work = Series(toolkit, notes=True)
    work.hold_first()
    newcomers = [work.join(work.second, place) for place in range(2)]
    work.move(work.recap, "open")
    work.send(work.recap, newcomers[0], text="Календарът вече е на сайта")
    for state in ("locked", "revealed"):
        shown = work.toolkit.showing.now(work.second.id).blocks
        assert "Календарът" not in words_of(shown or (), "bg")
        work.move(work.recap, state)
    shown = work.toolkit.showing.now(work.second.id).blocks
    assert "Календарът" in words_of(shown or (), "bg")
    notes = next(one for one in work.told() if isinstance(one, Quotes)).quotes
    assert say(notes[0].by, "bg") == "Община"


def test_a_recap_that_asks_nothing_takes_no_notes(work: Series) -> None:
    somebody = work.join(work.second, 0)
    work.move(work.recap, "open")
    with pytest.raises(Refused, match="nothing to write"):
        work.send(work.recap, somebody, text="Не бях поканен")


def test_anonymous_notes_name_nobody(toolkit: Toolkit) -> None:
    work = Series(toolkit, notes=True)
    work.toolkit.agenda.change_stage(None, work.recap.id, anonymity=Anonymity.anonymous)
    somebody = work.join(work.second, 1)
    work.move(work.recap, "open")
    work.send(work.recap, somebody, text="Нищо не се е променило")
    work.move(work.recap, "locked", "revealed")
    (quotes,) = [one for one in work.told() if isinstance(one, Quotes)]
    assert [one.by for one in quotes.quotes] == [""]


def test_it_is_shown_from_the_moment_it_opens_until_the_wall_goes_on(work: Series) -> None:
    showing = work.toolkit.showing
    assert showing.now(work.second.id).blocks is None
    work.move(work.recap, "open")
    shown = showing.now(work.second.id)
    assert shown.blocks is not None
    assert not shown.asks
    assert IDEAS[0] in words_of(shown.blocks, "bg")
    work.move(work.recap, "closed")
    assert showing.now(work.second.id).blocks is not None


def test_the_best_of_an_earlier_workshop_go_into_a_vote_and_keep_their_origin(
    work: Series,
) -> None:
    swot, dots = work.stage(work.first, 0), work.stage(work.second, 1)
    best = work.toolkit.results.offers(swot.id)[0]
    work.toolkit.results.hand_on(None, swot.id, dots.id, [best.key])
    (option,) = work.toolkit.agenda.settings(work.stage(work.second, 1)).options  # type: ignore[attr-defined]
    assert (option.wording.bg, option.origin.stage_id) == (IDEAS[0], swot.id)
    assert option.origin.contribution_ids


@pytest.mark.parametrize("language", LANGUAGES)
def test_report_and_spreadsheet_tell_the_same_recap_and_where_it_went(
    work: Series, language: str
) -> None:
    swot, dots = work.stage(work.first, 0), work.stage(work.second, 1)
    keys = [one.key for one in work.toolkit.results.offers(swot.id)[:2]]
    work.toolkit.results.hand_on(None, swot.id, dots.id, keys)
    work.move(work.recap, "open", "closed")
    work.move(dots, "open")
    work.send(dots, work.join(work.second, 0), dots={keys[0]: 1})
    work.move(dots, "locked", "revealed")
    report = work.toolkit.results.report(work.series.id)
    method = next(one for one in report.sections if one.key == "R3")
    part = next(one for one in method.sections if one.title == work.recap.title)
    assert list(part.blocks[1:]) == work.told()
    annexes = report.sections[-1].sections
    tables = next(one for one in annexes if one.key == "R14.A")
    lineage = next(one for one in tables.blocks if getattr(one, "key", "") == "lineage")
    assert isinstance(lineage, Table)
    (line,) = lineage.rows
    assert "First" in say(line[1], language)
    assert line[2:] == (2, "W1, W2"), "numbers that the list of cards explains, not each wording"
    assert word.write(report, language, exact=False)[:2] == b"PK"
    assert excel.of_workshop(work.toolkit, work.second, language)[:2] == b"PK"
