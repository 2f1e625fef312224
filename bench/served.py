"""A server that also does what its facilitator would: commands come in, one a line.

``python -m bench.served DATABASE PORT``, then ``open STAGE``, ``close STAGE``, ``stop``.
"""

from __future__ import annotations

import sys
from threading import Thread

from workshop.model import StageState
from workshop.toolkit import Toolkit


def obey(toolkit: Toolkit) -> None:
    """Do what is asked until nobody asks any more."""
    for line in sys.stdin:
        act, _, stage_id = line.strip().partition(" ")
        match act:
            case "open":
                toolkit.agenda.move(None, stage_id, StageState.open)
            case "close":
                toolkit.agenda.move(None, stage_id, StageState.closed)
            case _:
                print(f"nobody knows how to {act}", flush=True)
                continue
        print(f"done {line.strip()}", flush=True)


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
