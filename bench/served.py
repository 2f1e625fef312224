"""A server that also does what its facilitator would: commands come in, one a line.

``python -m bench.served DATABASE PORT``, then ``open STAGE``, ``close STAGE``, ``report SERIES``.
"""

from __future__ import annotations

import sys
from threading import Thread

from workshop.model import Id, StageState
from workshop.toolkit import Toolkit


def obey(toolkit: Toolkit) -> None:
    """Do what is asked until nobody asks any more."""
    for line in sys.stdin:
        act, _, about = line.strip().partition(" ")
        match act:
            case "open":
                toolkit.agenda.move(None, about, StageState.open)
            case "close":
                toolkit.agenda.move(None, about, StageState.closed)
            case "report":
                make_report(about)
            case _:
                print(f"nobody knows how to {act}", flush=True)
                continue
        print(f"done {line.strip()}", flush=True)


def make_report(series_id: Id) -> None:
    """Make a Word report as a coordinator's download does."""
    from screens import files

    files.make(files.Order(kind="word", about=series_id, language="bg", by=""))


def main() -> None:
    """Serve."""
    database, port = sys.argv[1:3]
    toolkit = Toolkit.open(database)
    try:
        from screens import house

        house.enter(toolkit)
        Thread(target=obey, args=[toolkit], daemon=True).start()
        from app import app
        from screens import launch

        launch.run(app, host="127.0.0.1", port=int(port))
    finally:
        toolkit.close()


if __name__ == "__main__":
    main()
