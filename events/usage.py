"""Counting requests: in the memory of the process, added up in the database every few seconds.

No request writes a row. A process that is killed loses what it counted since its last flush; nothing is counted twice.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Lock, Thread
from typing import Any

import structlog
from django.db import DatabaseError, connection, transaction

from access.actors import Actor
from events.models import Usage
from lib import crypto, limits

log = structlog.get_logger("latchkey.usage")

LATE = 60  # seconds after which a request flushes, where no thread does
MOST = 50_000  # credentials counted at once while the database is away; further ones are not counted
ROWS = 1000  # a statement
REMEMBERED = timedelta(days=1)
KEPT_FOR = timedelta(days=400)

# An environment that has been deleted since gets no rows. In one order, so that two processes never wait in a circle.
ADD = """
WITH counted (credential_id, day, account_id, environment_id, kind, count) AS (VALUES {rows})
INSERT INTO events_usage (credential_id, day, account_id, environment_id, kind, count)
SELECT c.credential_id, c.day, c.account_id, c.environment_id, c.kind, c.count
FROM counted c LEFT JOIN environments_environment e ON e.id = c.environment_id
WHERE c.environment_id IS NULL OR e.id IS NOT NULL
ORDER BY c.credential_id, c.day
ON CONFLICT (credential_id, day) DO UPDATE SET count = events_usage.count + excluded.count
"""
ROW = "(%s, %s, %s, %s, %s, %s)"


@dataclass(slots=True)
class Tally:
    """The requests of one credential on one day."""

    account_id: str | None
    environment_id: str | None
    kind: str
    count: int = 0


Tallies = dict[tuple[str, date], Tally]


class Meter:
    """What one process has counted and not yet written. It has one: `meter`."""

    def __init__(self) -> None:
        self._counting, self._flushing = Lock(), Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew, for tests."""
        self._tallies: Tallies = {}
        self._batch: tuple[str, Tallies] | None = None
        self._flushed_at = time.monotonic()
        self.thread: Thread | None = None

    def count(self, actor: Actor) -> None:
        """One more request of the actor's credential, on the day the credential was found good. Takes a microsecond."""
        key = actor.credential.id, actor.at.date()
        with self._counting:
            tally = self._tallies.get(key)
            if tally is None and len(self._tallies) < MOST:
                tally = self._tallies[key] = Tally(actor.account_id, actor.environment_id, actor.kind.value)
            if tally is not None:
                tally.count += 1
        if time.monotonic() - self._flushed_at > LATE:
            self._flush_late()

    def flush(self, wait: float = -1) -> None:
        """Add up in the database what has been counted. Raises DatabaseError when it is away; then the next one does.

        `wait`: for how many seconds at most, when another thread is at it.
        """
        if self._flushing.acquire(timeout=wait):
            try:
                self._flush()
            finally:
                self._flushing.release()

    def _flush(self) -> None:
        self._flushed_at = time.monotonic()
        for _ in range(2):  # what failed the last time, then what has come since
            self._batch = self._batch or self._taken()
            if self._batch:
                _write(*self._batch)
            self._batch = None

    def _taken(self) -> tuple[str, Tallies] | None:
        with self._counting:
            taken, self._tallies = self._tallies, {}
        return (crypto.random_text(20), taken) if taken else None

    def _flush_late(self) -> None:
        """In a process without our thread, a request now and then does its work."""
        has_thread = self.thread is not None and self.thread.is_alive()
        if has_thread or connection.in_atomic_block:
            return
        try:
            self.flush(wait=0)
        except DatabaseError as error:
            log.warning("usage not written yet", error=type(error).__name__)
            connection.close()


meter = Meter()


def forget_old() -> int:
    """Delete the counts of more than 400 days ago; how many."""
    oldest = datetime.now(UTC).date() - KEPT_FOR
    return Usage.objects.filter(day__lt=oldest).delete()[0]


@transaction.atomic
def _write(batch: str, tallies: Tallies) -> None:
    """Add a batch to the database, unless it is there already: an earlier try may have failed after its commit."""
    if not limits.is_first(f"usage {batch}", REMEMBERED):
        return
    written = connection.ops.adapt_datefield_value
    rows = [
        (id, written(day), one.account_id, one.environment_id, one.kind, one.count)
        for (id, day), one in sorted(tallies.items(), key=lambda item: item[0])
    ]
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS):
            some = rows[start : start + ROWS]
            cursor.execute(ADD.format(rows=", ".join([ROW] * len(some))), list(_flat(some)))


def _flat(rows: Iterable[tuple[Any, ...]]) -> Iterable[Any]:
    return (value for row in rows for value in row)
