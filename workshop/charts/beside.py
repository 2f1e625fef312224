"""Draw pictures in a process beside ours: the renderer holds Python's lock while it works.

The other process imports this module by name and answers one task after the other. What passes
between the two is pickled: both ends are ours, and nobody else can reach the pipes.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

HOME = Path(__file__).resolve().parents[2]


class NotDrawn(Exception):
    """The other process could not draw a picture, or is gone."""


class Beside:
    """A drawer beside us, as long as the block lasts; it is ready by the time it is asked."""

    def __init__(self) -> None:
        self._line = ThreadPoolExecutor(1, thread_name_prefix="drawing")
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import main; main()"],
            cwd=HOME,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Beside:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()  # it holds nothing that could be lost
        self._line.shutdown(cancel_futures=True)
        with suppress(BrokenPipeError):  # a task nobody will take any more
            self._process.communicate()

    def ask(self, draw: Callable[..., bytes], *about: object) -> Future[bytes]:
        """Let the other process draw; the future raises ``NotDrawn`` where it cannot."""
        return self._line.submit(self._exchange, pickle.dumps((draw, about)))

    def _exchange(self, task: bytes) -> bytes:
        there, back = self._process.stdin, self._process.stdout
        assert there is not None
        assert back is not None
        try:
            there.write(task)
            there.flush()
            picture, problem = pickle.load(back)
        except (OSError, EOFError, pickle.UnpicklingError) as gone:
            raise NotDrawn("the drawing process is gone") from gone
        if problem:
            raise NotDrawn(problem)
        return bytes(picture)


def serve(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Draw what is asked until nobody asks any more."""
    while True:
        try:
            draw, about = pickle.load(tasks)
        except EOFError:
            return
        try:
            answer = draw(*about), ""
        except Exception as problem:  # a renderer in another language may fail in any way
            answer = b"", f"{type(problem).__name__}: {problem}"
        pickle.dump(answer, answers)
        answers.flush()


def warm_up() -> None:
    """Load what drawing needs, before the first picture is asked for."""
    from workshop.charts.canvas import Canvas
    from workshop.charts.pictures import Sketch
    from workshop.palette import palette

    canvas = Canvas(palette("paper"))
    canvas.height = 1
    canvas.words(0, 0, "·")
    Sketch(canvas=canvas, language="en", told="", width=9).png(1)


def main() -> None:
    """Be the other process."""
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a renderer prints must not come between the pictures
    warm_up()
    serve(sys.stdin.buffer, answers)
