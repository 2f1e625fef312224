"""Ballots on paper: typed by staff, counted in n, marked, and taken back; in both databases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from workshop.language import Multilingual, say
from workshop.model import Anonymity, Refused, Stage, StageState
from workshop.paper import Blank, Part, read
from workshop.toolkit import StageDraft, Toolkit

OPTIONS = ["Public transport", "Open data", "A youth council"]


class Hall:
    """A workshop with one open stage."""

    def __init__(self, toolkit: Toolkit, exercise: str = "dots", **wishes: Any) -> None:
        self.toolkit = toolkit
        if exercise == "dots":
            wishes.setdefault("settings", {"options": "\n".join(OPTIONS)})
        series = toolkit.library.create_series(
            None, short_name="lozen", municipality=Multilingual("Лозен", "Lozen"),
            theme=Multilingual("Участие", "Taking part"),
        )  # fmt: skip
        self.groups = [one.id for one in toolkit.library.groups(series.id)]
        self.series_id = series.id
        self.shop = toolkit.library.create_workshop(
            None, series.id, title=Multilingual("Среща", "Meeting"), day=date(2026, 12, 3),
            stages=[StageDraft(exercise=exercise, **wishes)] * 2,
        )  # fmt: skip
        toolkit.agenda.move(None, self.stage.id, StageState.open)

    @property
    def stage(self) -> Stage:
        return self.toolkit.agenda.stages(self.shop.id)[0]

    def take(self, *typed: list[str], stage: Stage | None = None, group: int = 0) -> Any:
        where = stage or self.stage
        return self.toolkit.papers.take(None, where.id, typed, group_id=self.groups[group])

    @property
    def people(self) -> list[Any]:
        return self.toolkit.people.participants(self.shop.id)


def test_a_line_of_dots_is_a_ballot_on_paper(toolkit_on_both: Toolkit) -> None:
    hall = Hall(toolkit_on_both)
    hall.take(["3 3 1"])
    hall.take(["2"])
    first, second = hall.toolkit.results.contributions(hall.stage.id)
    keys = [one.key for one in hall.toolkit.agenda.settings(hall.stage).options]
    assert first.entry.dots == {keys[2]: 2, keys[0]: 1}
    assert {first.channel, second.channel} == {"paper"}
    assert [one.paper for one in hall.people] == [True, True]
    done = hall.toolkit.results.progress(hall.stage.id)
    assert (done.done, done.present) == (2, 2)


def test_paper_is_counted_in_n_and_marked_wherever_n_is_told(toolkit_on_both: Toolkit) -> None:
    hall = Hall(toolkit_on_both)
    joined = hall.toolkit.people.join(hall.shop.code, group_id=hall.groups[1], key="k")
    key = hall.toolkit.agenda.settings(hall.stage).options[0].key
    hall.toolkit.entries.contribute(
        joined.participant.id, hall.stage.id, {"dots": {key: "1"}}, "k"
    ).result(10)
    hall.take(["1 1"])
    hall.toolkit.agenda.move(None, hall.stage.id, StageState.locked)
    hall.take(["1 2"])  # the stack is typed after the lock
    assert len(hall.stage.eligible or ()) == 3
    bases = [
        one.basis for one in hall.toolkit.results.tell(hall.stage.id) if getattr(one, "basis", None)
    ]
    assert bases
    for basis in bases:
        assert (basis.n, basis.of) in ((3, 3), (3, None))
        assert "2 on paper" in say(basis.note, "en")
    report = hall.toolkit.results.report(hall.series_id)
    assert "2 people took part on paper" in str(
        [
            say(sentence, "en")
            for section in report.sections
            for part in section.sections
            for block in part.blocks
            for sentence in getattr(block, "sentences", ())
        ]
    )


def test_ballots_of_two_stages_are_of_the_same_people(toolkit_on_both: Toolkit) -> None:
    hall = Hall(toolkit_on_both)
    for _ in range(3):
        hall.take(["1"])
    hall.take(["1"], group=1)
    second = hall.toolkit.agenda.stages(hall.shop.id)[1]
    hall.toolkit.agenda.move(None, hall.stage.id, StageState.locked)
    hall.toolkit.agenda.move(None, second.id, StageState.open)
    for _ in range(4):
        hall.take(["2"], stage=second)
    assert len(hall.people) == 5


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("4", "There is no option 4: type 1 to 3."),
        ("x", "There is no option x"),
        ("1 1 1 1", "At most 3 dots"),
        ("  ", "Nothing is typed"),
    ],
)
def test_what_cannot_be_read_or_breaks_a_rule_keeps_nothing(
    toolkit: Toolkit, line: str, told: str
) -> None:
    hall = Hall(toolkit)
    with pytest.raises(Refused) as refused:
        hall.take([line])
    assert told in say(refused.value.reason, "en")
    assert not hall.people
    assert not toolkit.results.contributions(hall.stage.id)


def test_a_sheet_of_several_entries_is_kept_whole_or_not_at_all(toolkit_on_both: Toolkit) -> None:
    hall = Hall(toolkit_on_both, "swot", settings={"each": 2})
    lines = ["Good library", "", ""], ["Old buses", "", ""], [""] * 3, [""] * 3
    sheet = hall.take(*lines)
    assert sheet.entries == 2
    with pytest.raises(Refused):
        hall.take(["One thing", "Another thing", "A third thing"], *[[""] * 3] * 3)
    assert len(hall.toolkit.results.contributions(hall.stage.id)) == 2
    assert len(hall.people) == 1


def test_maturity_is_two_signs_for_each_dimension(toolkit: Toolkit) -> None:
    hall = Hall(toolkit, "maturity")
    parts = hall.toolkit.papers.parts(hall.stage)
    typed = [["35"], ["- 4"], ["--"]] + [[""]] * (len(parts) - 3)
    assert hall.take(*typed).entries == 3
    said = [
        (one.entry.dimension, one.entry.current, one.entry.target)
        for one in toolkit.results.contributions(hall.stage.id)
    ]
    codes = [part.key for part in parts]
    assert said == [(codes[0], 3, 5), (codes[1], None, 4), (codes[2], None, None)]
    for wrong in "3", "36", "345":
        with pytest.raises(Refused):
            hall.take([wrong], *[[""]] * (len(parts) - 1))


def test_the_last_ballot_is_taken_back_with_its_seat(toolkit_on_both: Toolkit) -> None:
    hall = Hall(toolkit_on_both)
    hall.take(["1"])
    wrong = hall.take(["2 2"])
    hall.toolkit.agenda.move(None, hall.stage.id, StageState.locked)
    hall.toolkit.papers.take_back(None, hall.stage.id, wrong.participant_id)
    assert len(hall.people) == 1
    assert len(hall.stage.eligible or ()) == 1
    (left,) = hall.toolkit.results.contributions(hall.stage.id)
    assert sum(left.entry.dots.values()) == 1


def test_a_seat_with_an_older_ballot_stays_when_a_newer_one_goes(toolkit: Toolkit) -> None:
    hall = Hall(toolkit)
    hall.take(["1"])
    second = toolkit.agenda.stages(hall.shop.id)[1]
    toolkit.agenda.move(None, hall.stage.id, StageState.locked)
    toolkit.agenda.move(None, second.id, StageState.open)
    wrong = hall.take(["2"], stage=second)
    toolkit.papers.take_back(None, second.id, wrong.participant_id)
    assert len(hall.people) == 1
    assert len(toolkit.results.contributions(hall.stage.id)) == 1
    assert not toolkit.results.contributions(second.id)


def test_a_secret_ballot_on_paper_counts_and_cannot_be_taken_back(
    toolkit_on_both: Toolkit,
) -> None:
    hall = Hall(toolkit_on_both, anonymity=Anonymity.secret)
    sheet = hall.take(["1 2"])
    with pytest.raises(Refused):
        hall.toolkit.papers.take_back(None, hall.stage.id, sheet.participant_id)
    hall.toolkit.agenda.move(None, hall.stage.id, StageState.locked)
    bases = [
        one.basis for one in hall.toolkit.results.tell(hall.stage.id) if getattr(one, "basis", None)
    ]
    assert bases[0].n == 1
    assert "1 on paper" in say(bases[0].note, "en")


def test_nobody_but_paper_is_taken_back_and_a_closed_stage_takes_none(toolkit: Toolkit) -> None:
    from workshop.model import NotFound

    hall = Hall(toolkit)
    joined = toolkit.people.join(hall.shop.code, group_id=hall.groups[0], key="k")
    with pytest.raises(NotFound):
        toolkit.papers.take_back(None, hall.stage.id, joined.participant.id)
    for state in StageState.locked, StageState.closed:
        toolkit.agenda.move(None, hall.stage.id, state)
    with pytest.raises(Refused):
        hall.take(["1"])
    assert len(hall.people) == 1


def test_lines_of_a_part_become_an_entry_for_each_copy() -> None:
    part = Part(
        key="c", title="C", copies=2,
        blanks=(
            Blank(path="what", label="What"),
            Blank(path="how.firm", label="How", kind="choice", choices=(("a", "A"), ("b", "B"))),
        ),
    )  # fmt: skip
    assert read(part, ["x", "2", "", ""]) == [{"what": "x", "how": {"firm": "b"}}]
    assert read(part, ["", "", "y", "-"]) == [{"what": "y", "how": {"firm": ""}}]
    with pytest.raises(Refused) as refused:
        read(part, ["x", "2", "y", "3"])
    assert refused.value.field == "3"
