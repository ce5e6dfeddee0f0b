"""Holding a row, so that what is decided about it stays true until the transaction ends."""

from typing import TypeVar

from django.db.models import Model, QuerySet

from lib.problems import NotFound

M = TypeVar("M", bound=Model)


def hold(row: M) -> M:
    """The row as it is now, locked against change and deletion (on SQLite the transaction itself is the lock).

    Raises NotFound when it has been deleted since it was looked up.
    """
    rows = type(row)._default_manager.select_for_update(no_key=True)
    held = rows.filter(pk=row.pk).first()
    if held is None:
        raise NotFound
    return held


def hold_to_delete(rows: QuerySet[M]) -> list[str]:
    """The keys of these rows, locked against whatever refers to them anew, in one order for everybody.

    Whoever deletes begins at the top: a writer below is then waited for, and what it wrote is deleted as well.
    """
    return list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
