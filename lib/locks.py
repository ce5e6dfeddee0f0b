"""Holding a row, so that what is decided about it stays true until the transaction ends."""

from typing import TypeVar

from django.db.models import Model

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
