"""Run a command and print its seconds and peak memory: ``python -I -S bench/gauge.py COMMAND…``.

A process of its own that has loaded nothing: a child's peak never reads less than what its parent
held when it was started.
"""

import json
import os
import sys
import time


def main() -> int:
    """Run, wait, report on the last line of the output."""
    begun = time.monotonic()
    child = os.spawnvp(os.P_NOWAIT, sys.argv[1], sys.argv[1:])
    _, status, used = os.wait4(child, 0)
    unit = 1 if sys.platform == "darwin" else 1024
    found = {
        "seconds": time.monotonic() - begun,
        "cpu": used.ru_utime + used.ru_stime,
        "peak": used.ru_maxrss * unit,
    }
    print(json.dumps(found))
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    raise SystemExit(main())
