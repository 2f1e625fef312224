"""Open a database and the exercises, and put the toolkit together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from socket import gethostname
from types import TracebackType
from typing import Self

from workshop.catalogue import Catalogue, gather
from workshop.passes import Signer
from workshop.settings import database_url
from workshop.store.accounts import AccountDesk
from workshop.store.admission import AdmissionDesk
from workshop.store.archive import ArchiveDesk
from workshop.store.arrivals import ArrivalDesk
from workshop.store.clock import ClockDesk
from workshop.store.hall import HallDesk
from workshop.store.journal import JournalDesk
from workshop.store.observations import ObservationDesk
from workshop.store.opening import Store, utc_now
from workshop.store.people import PeopleDesk
from workshop.store.seating import SeatingDesk
from workshop.store.speaking import SpeakingDesk
from workshop.store.tickets import TicketDesk
from workshop.store.walls import WallDesk
from workshop.toolkit.agenda import Agenda
from workshop.toolkit.blueprints import Blueprints
from workshop.toolkit.boards import Boards
from workshop.toolkit.entries import Entries
from workshop.toolkit.hinting import Hinting
from workshop.toolkit.library import Library
from workshop.toolkit.live import Live
from workshop.toolkit.news import News
from workshop.toolkit.papers import Papers
from workshop.toolkit.readout import ReadOut
from workshop.toolkit.rehearsals import Rehearsals
from workshop.toolkit.results import Results
from workshop.toolkit.showing import Showing
from workshop.toolkit.sorting import Sorting
from workshop.toolkit.undoing import Undoing


class Toolkit:
    """Everything people can do, by the part of the house it belongs to."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self.store = store
        self.url = store.url
        self.catalogue = catalogue
        self.signer = Signer(store.secret)
        self.accounts = AccountDesk(store)
        self.people = PeopleDesk(store)
        self.admission = AdmissionDesk(store)
        self.tickets = TicketDesk(store)
        self.seating = SeatingDesk(store)
        self.journal = JournalDesk(store)
        self.hall = HallDesk(store)
        self.arrivals = ArrivalDesk(store)
        self.walls = WallDesk(store)
        self.clocks = ClockDesk(store)
        self.observations = ObservationDesk(store)
        self.speaking = SpeakingDesk(store)
        self.agenda = Agenda(store, catalogue)
        self.library = Library(store, self.agenda)
        self.rehearsals = Rehearsals(store, self.agenda)
        self.blueprints = Blueprints(store, self.agenda)
        self.results = Results(store, self.agenda)
        self.live = Live(self.results)
        self.boards = Boards(store, self.agenda, self.results)
        self.readout = ReadOut(store, self.agenda, self.results)
        self.showing = Showing(
            store, self.agenda, self.library, self.results, self.live, self.readout, self.boards
        )
        self.news = News(store)
        self.sorting = Sorting(store, self.agenda, self.results)
        self.undoing = Undoing(store, self.agenda)
        self.entries = Entries(store, self.agenda, self.results)
        self.hinting = Hinting(self.agenda, self.results, self.entries)
        self.papers = Papers(store, self.agenda, self.results, self.entries)
        self.archive = ArchiveDesk(store)

    @classmethod
    def open(
        cls,
        url: str | None = None,
        *,
        exercises: Catalogue | None = None,
        write: bool = True,
        now: Callable[[], datetime] = utc_now,
    ) -> Self:
        """Open the database at ``url`` (a URL or a file name; None: the configured one).

        ``write=False`` looks without locking, migrating or changing anything.

        Raises:
            Refused: a sentence about what is wrong with the database or its place.
        """
        catalogue = exercises or gather()  # first: a broken exercise must not leave a lock behind
        return cls(Store(database_url(url), write=write, now=now), catalogue)

    def now(self) -> datetime:
        """Return what time it is for everything that is stored."""
        return self.store.now()

    def turn(self, name: str) -> AbstractContextManager[None]:
        """Wait for the turn of that name: one at a time on this machine, in whichever process."""
        return self.store.turn(f"{name} on {gethostname()}")

    def close(self) -> None:
        """Finish writing and let go of the database."""
        self.live.close()
        self.news.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
