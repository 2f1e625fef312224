"""A commitment that is changed or withdrawn keeps what staff said of it, through the toolkit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from exercises.commitments import exercise
from tests.steady import steady
from workshop.language import Multilingual
from workshop.model import StageState
from workshop.toolkit import StageDraft, Toolkit

WORDS = {
    "kind": "commitment", "action": "Да публикува календар на консултациите",
    "deliverable": "Публичен календар", "due": "26.02.2036", "strength": "4",
    "certainty": "mandated",
}  # fmt: skip


def test_a_confirmed_commitment_stays_confirmed_when_its_author_mends_a_word(
    tmp_path: Path,
) -> None:
    offered = {"commitments": exercise}
    with Toolkit.open(str(tmp_path / "a.db"), exercises=offered, now=steady) as toolkit:
        series = toolkit.library.create_series(
            None, short_name="test", municipality=Multilingual(bg="Бистрогора"),
            theme=Multilingual(bg="Участие"),
        )  # fmt: skip
        group = toolkit.library.groups(series.id)[0]
        workshop = toolkit.library.create_workshop(
            None, series.id, title=Multilingual(bg="Първи"), day=date(2036, 1, 12),
            stages=[StageDraft(exercise="commitments")],
        )  # fmt: skip
        stage = toolkit.agenda.stages(workshop.id)[0]
        toolkit.agenda.move(None, stage.id, StageState.open)
        person = toolkit.people.join(
            workshop.code, group_id=group.id, new_organisation="Сдружение „Мост“"
        ).participant
        entries = toolkit.entries
        first = entries.contribute(person.id, stage.id, WORDS, "a").result()
        other = entries.contribute(
            person.id, stage.id, {**WORDS, "action": "Да проведе две обучения"}, "b"
        ).result()
        entries.record(
            None, stage.id,
            {"kind": "status", "commitment": str(first.number), "status": "confirmed"},
        )  # fmt: skip
        entries.contribute(
            person.id, stage.id, {**WORDS, "deliverable": "Календар за 12 месеца"}, "c",
            replaces=first.contribution_id,
        ).result()  # fmt: skip
        entries.withdraw(person.id, other.contribution_id, "w").result()
        result = toolkit.results.result(stage.id)
        assert [(line.status, line.entry.deliverable) for line in result.counted] == [
            ("confirmed", "Календар за 12 месеца")
        ]
        assert [line.status for line in result.left_out] == ["withdrawn"]
