"""Series, groups, organisations and workshops: what is prepared before people come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop.model import Actor, Id, Series, StageDraft, Workshop
from workshop.store.opening import Store
from workshop.store.organisations import OrganisationDesk
from workshop.store.series import SeriesDesk
from workshop.store.snapshot import SnapshotDesk
from workshop.toolkit.agenda import Agenda


class Library(SeriesDesk, OrganisationDesk):
    """What is prepared."""

    def __init__(self, store: Store, agenda: Agenda) -> None:
        super().__init__(store)
        self._agenda = agenda

    def change_series(self, by: Actor, series_id: Id, **fields: Any) -> Series:
        """Change fields of a series; ``final`` freezes what its report is made from."""
        series = super().change_series(by, series_id, **fields)
        if "final" in fields:
            snapshots = SnapshotDesk(self.store)
            snapshots.freeze(series_id) if series.final else snapshots.thaw(series_id)
        return series

    def create_workshop(
        self, by: Actor, series_id: Id, *, stages: Sequence[StageDraft] = (), **fields: Any
    ) -> Workshop:
        """Make a workshop with its agenda; ``fields`` as in ``SeriesDesk.insert_workshop``."""
        columns = [self._agenda.columns(draft) for draft in stages]
        return self.insert_workshop(by, series_id, stages=columns, **fields)
