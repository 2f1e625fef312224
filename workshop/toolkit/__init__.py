"""The one object that phones, screens and exports talk to."""

from workshop.model import StageDraft
from workshop.store.arrivals import Arrival, Check
from workshop.store.door import Joined, Joining
from workshop.store.hall import Hall, Wifi
from workshop.store.organisations import Added
from workshop.store.presence import Presence
from workshop.store.reading import Footing
from workshop.toolkit.entries import Receipt
from workshop.toolkit.hinting import Hint
from workshop.toolkit.house import Toolkit
from workshop.toolkit.news import News
from workshop.toolkit.progress import Progress, TableProgress
from workshop.toolkit.readout import Reading, Round
from workshop.toolkit.showing import Shown
from workshop.toolkit.sorting import Pair

__all__ = [
    "Added",
    "Arrival",
    "Check",
    "Footing",
    "Hall",
    "Hint",
    "Joined",
    "Joining",
    "News",
    "Pair",
    "Presence",
    "Progress",
    "Reading",
    "Receipt",
    "Round",
    "Shown",
    "StageDraft",
    "TableProgress",
    "Toolkit",
    "Wifi",
]
