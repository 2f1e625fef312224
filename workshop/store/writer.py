"""One writer that commits many jobs at once, each with its own verdict.

A commit to disk costs about a millisecond whether it carries one row or two hundred, so jobs
that arrive while a commit runs share the next one. Each runs in a savepoint: one that is refused
leaves no trace and disturbs no other. Jobs that are alike (a hall's votes) run as one, because two
hundred of them then take a dozen statements instead of two thousand. The caller hears only after
the commit reached the disk.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from workshop.model import NotFound, Refused
from workshop.store import news
from workshop.store.engine import broken
from workshop.store.turns import write_in_turn

T = TypeVar("T")
X = TypeVar("X")
R = TypeVar("R")
Bulk = Callable[[Connection, Sequence[X]], Sequence[T | Refused | NotFound]]
"""Writes many alike; returns what became of each, in their order."""
MOST = 512
"""Jobs in one transaction: enough to fill a disk write, few enough to answer soon."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Job(Generic[X, T]):
    """Something to be written, and who waits for it."""

    bulk: Bulk[X, T]
    one: X
    future: Future[Any]
    told: Callable[[T], Any] | None = None
    """What the one who waits is told of what became of it; must not fail."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a job."""

    problem: Exception | None = None
    value: Any = None


class Writer:
    """The thread through which everything is written."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[_Job[Any, Any] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sedyanka-writer", daemon=True)
        self._closed = False
        self._thread.start()

    def submit(self, job: Callable[[Connection], T]) -> Future[T]:
        """Queue a job; its future holds what it returned once the commit is on disk.

        ``job`` may run twice (after a broken connection) and must not keep state.
        """

        def alone(connection: Connection, _: Sequence[None]) -> Sequence[T | Refused | NotFound]:
            return [job(connection)]

        return self.gather(alone, None)

    @overload
    def gather(self, bulk: Bulk[X, T], one: X) -> Future[T]: ...

    @overload
    def gather(self, bulk: Bulk[X, T], one: X, told: Callable[[T], R]) -> Future[R]: ...

    def gather(
        self, bulk: Bulk[X, T], one: X, told: Callable[[T], Any] | None = None
    ) -> Future[Any]:
        """Queue one of many alike: all that wait for the same ``bulk`` are given to it at once.

        Its future holds what ``bulk`` returned for it, in the words of ``told``; a refusal among
        them is raised there.
        """
        future: Future[Any] = Future()
        if self._closed:
            raise RuntimeError("the writer is closed")
        self._queue.put(_Job(bulk, one, future, told))
        return future

    def close(self) -> None:
        """Finish what is queued, then stop."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join(timeout=30)

    def _run(self) -> None:
        while True:
            first = self._queue.get()
            if first is None:
                return
            jobs = [first]
            last = False
            while len(jobs) < MOST and not self._queue.empty():
                more = self._queue.get()
                if more is None:
                    last = True
                    break
                jobs.append(more)
            self._commit(jobs)
            if last:
                return

    def _commit(self, jobs: list[_Job[Any, Any]]) -> None:
        for attempt in (1, 2):
            try:
                outcomes = self._try(jobs)
            except DBAPIError as problem:
                if attempt == 1 and problem.connection_invalidated:
                    continue
                log.error("a write failed: %s", type(problem.orig).__name__)
                outcomes = [_Outcome(broken(problem))] * len(jobs)
            except Exception as problem:
                # A driver may raise anything; the waiting phones must hear, the writer must live.
                log.exception("a write failed")
                outcomes = [_Outcome(problem)] * len(jobs)
            break
        for job, outcome in zip(jobs, outcomes, strict=True):
            if outcome.problem is None:
                value = outcome.value
                job.future.set_result(value if job.told is None else job.told(value))
            else:
                job.future.set_exception(outcome.problem)

    def _try(self, jobs: list[_Job[Any, Any]]) -> list[_Outcome]:
        alike: dict[Bulk[Any, Any], list[int]] = {}
        for place, job in enumerate(jobs):
            alike.setdefault(job.bulk, []).append(place)
        outcomes = [_Outcome()] * len(jobs)
        with self._engine.begin() as connection:
            news.forget(connection)
            write_in_turn(connection)
            for bulk, places in alike.items():
                found = self._together(connection, bulk, [jobs[one].one for one in places])
                for place, outcome in zip(places, found, strict=True):
                    outcomes[place] = outcome
            news.tell(connection)
        return outcomes

    def _together(
        self, connection: Connection, bulk: Bulk[Any, Any], those: list[Any]
    ) -> list[_Outcome]:
        """Run jobs that are alike as one; if that breaks, one by one, so that one breaks alone."""
        found = self._attempt(connection, bulk, those)
        if isinstance(found, list):
            return found
        if len(those) == 1:
            return [_Outcome(found)]
        log.error("%d jobs failed together; trying them one by one", len(those))
        return [one for each in those for one in self._together(connection, bulk, [each])]

    def _attempt(
        self, connection: Connection, bulk: Bulk[Any, Any], those: list[Any]
    ) -> list[_Outcome] | Exception:
        savepoint = connection.begin_nested()
        try:
            found = [
                _Outcome(one) if isinstance(one, Refused | NotFound) else _Outcome(None, one)
                for one in bulk(connection, those)
            ]
        except (Refused, NotFound) as verdict:
            savepoint.rollback()
            return verdict
        except DBAPIError as problem:
            if problem.connection_invalidated:
                raise
            try:
                savepoint.rollback()
            except DBAPIError:
                # A full disk ends the whole transaction: nobody's job in it was saved.
                raise problem from None
            log.error("a job failed: %s", type(problem.orig).__name__)
            return broken(problem)
        except Exception as problem:
            savepoint.rollback()
            log.exception("a job failed")
            return problem
        savepoint.commit()
        return found
