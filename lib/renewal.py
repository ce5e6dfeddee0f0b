"""Bringing stored values under the newest secret beside a running server: in batches, row by row, as often as needed.

Nothing is remembered between runs. A row that is done is known by its value, so a run that was killed is simply begun
again, and several at once do each other's work.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

BATCH = 200
PASSES = 5


@dataclass(frozen=True, slots=True)
class Renewal:
    """One column to be renewed.

    `renewed` gives from a row's key and value the columns to write, or None when nothing is due. It raises ValueError,
    such as crypto.Unreadable, for a value that none of our secrets opens.
    """

    name: str
    rows: Callable[[], QuerySet[Any]]
    column: str
    renewed: Callable[[Any, Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows: renewed now, still due, opened by none of our secrets."""

    done: int = 0
    due: int = 0
    lost: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.done + other.done, self.due + other.due, self.lost + other.lost)


def renew(renewal: Renewal, before: Callable[[], None], tell: Callable[[Tally], None]) -> Tally:
    """Renew all that is due, and once more what was locked or changed meanwhile.

    `before` is called ahead of each batch that changes something, outside of its transaction; `tell` after it.
    """
    done = 0
    for _ in range(PASSES):
        tally = Tally()
        for found in _batches(renewal):
            due, lost = _due(renewal, found)
            if due:
                before()
            written = _write(renewal, due) if due else 0
            tally += Tally(written, len(due) - written, lost)
            if written:
                tell(Tally(done + tally.done, tally.due, tally.lost))
        done += tally.done
        if not tally.due:
            break
    return Tally(done, tally.due, tally.lost)


def remaining(renewal: Renewal) -> Tally:
    """How many rows are due or lost; changes nothing."""
    tally = Tally()
    for found in _batches(renewal):
        due, lost = _due(renewal, found)
        tally += Tally(0, len(due), lost)
    return tally


def _batches(renewal: Renewal) -> Iterator[list[tuple[Any, Any]]]:
    """All rows in the order of their keys, as (key, value): one short statement a batch."""
    rows = renewal.rows().order_by("pk").values_list("pk", renewal.column)
    found = list(rows[:BATCH])
    while found:
        yield found
        found = list(rows.filter(pk__gt=found[-1][0])[:BATCH])


def _due(renewal: Renewal, found: list[tuple[Any, Any]]) -> tuple[dict[Any, tuple[Any, dict[str, Any]]], int]:
    """Of these rows what is to be written, by key, with the value it replaces; and how many nothing opens."""
    due, lost = {}, 0
    for key, value in found:
        try:
            columns = renewal.renewed(key, value)
        except ValueError:
            lost += 1
            continue
        if columns:
            due[key] = value, columns
    return due, lost


@transaction.atomic
def _write(renewal: Renewal, due: dict[Any, tuple[Any, dict[str, Any]]]) -> int:
    """Write where the value is still the one that was read; returns how many rows that were.

    First takes every row that is free and leaves the rest: so it never waits for a request while it holds a row
    that a request waits for.
    """
    rows = renewal.rows()
    free = list(rows.select_for_update(skip_locked=True).filter(pk__in=list(due)).values_list("pk", flat=True))
    written = 0
    for key in free:
        value, columns = due[key]
        written += rows.filter(pk=key, **{renewal.column: value}).update(**columns)
    return written
