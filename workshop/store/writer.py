"""One writer that commits many jobs at once, each with its own verdict.

A commit to disk costs about a millisecond whether it carries one row or two hundred, so jobs
that arrive while a commit runs share the next one. Each runs in a savepoint: one that is refused
leaves no trace and disturbs no other. The caller hears only after the commit reached the disk.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from workshop.model import NotFound, Refused
from workshop.store.engine import broken

T = TypeVar("T")
Job = Callable[[Connection], Any]
MOST = 256
"""Jobs in one transaction: enough to fill a disk write, few enough to answer soon."""
log = logging.getLogger(__name__)


class Writer:
    """The thread through which everything is written."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: queue.SimpleQueue[tuple[Job, Future[Any]] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="sedyanka-writer", daemon=True)
        self._closed = False
        self._thread.start()

    def submit(self, job: Callable[[Connection], T]) -> Future[T]:
        """Queue a job; its future holds what it returned once the commit is on disk.

        ``job`` may run twice (after a broken connection) and must not keep state.
        """
        future: Future[T] = Future()
        if self._closed:
            raise RuntimeError("the writer is closed")
        self._queue.put((job, future))
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

    def _commit(self, jobs: list[tuple[Job, Future[Any]]]) -> None:
        for attempt in (1, 2):
            try:
                verdicts = self._try(jobs)
            except DBAPIError as problem:
                if attempt == 1 and problem.connection_invalidated:
                    continue
                log.error("a write failed: %s", type(problem.orig).__name__)
                verdicts = [(broken(problem), None)] * len(jobs)
            except Exception as problem:
                # A driver may raise anything; the waiting phones must hear, the writer must live.
                log.exception("a write failed")
                verdicts = [(problem, None)] * len(jobs)
            break
        for (_, future), (problem_, value) in zip(jobs, verdicts, strict=True):
            if problem_ is None:
                future.set_result(value)
            else:
                future.set_exception(problem_)

    def _try(self, jobs: list[tuple[Job, Future[Any]]]) -> list[tuple[Exception | None, Any]]:
        verdicts: list[tuple[Exception | None, Any]] = []
        with self._engine.begin() as connection:
            for job, _ in jobs:
                verdicts.append(self._one(connection, job))
        return verdicts

    def _one(self, connection: Connection, job: Job) -> tuple[Exception | None, Any]:
        savepoint = connection.begin_nested()
        try:
            value = job(connection)
        except (Refused, NotFound) as verdict:
            savepoint.rollback()
            return verdict, None
        except DBAPIError as problem:
            if problem.connection_invalidated:
                raise
            try:
                savepoint.rollback()
            except DBAPIError:
                # A full disk ends the whole transaction: nobody's job in it was saved.
                raise problem from None
            log.error("a job failed: %s", type(problem.orig).__name__)
            return broken(problem), None
        except Exception as problem:
            savepoint.rollback()
            log.exception("a job failed")
            return problem, None
        savepoint.commit()
        return None, value
