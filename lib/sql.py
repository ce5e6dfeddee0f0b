"""The few hand-written statements of the hot path: run, and retried once on a stale connection."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import DEFAULT_DB_ALIAS, InterfaceError, NotSupportedError, OperationalError, connection, connections
from psycopg import adapters
from psycopg.pq import Format

TIMESTAMPTZ = adapters.types["timestamptz"].oid


def rows(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of a SELECT. A dead connection, or a plan outdated by a migration, is replaced and asked once more."""
    adapted = _adapted(parameters)
    try:
        return _run(statement, adapted)
    except (OperationalError, InterfaceError, NotSupportedError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return _run(statement, adapted)


def execute(statement: str, parameters: Sequence[Any]) -> int:
    """Run one writing statement; returns how many rows it changed."""
    with connection.cursor() as cursor:
        cursor.execute(statement, _adapted(parameters))
        return cursor.rowcount


def moment(value: Any) -> datetime | None:
    """A time as the driver gave it: PostgreSQL a datetime, SQLite text in UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if value is not None and value.tzinfo is None:
        value = value.replace(tzinfo=UTC)
    return value


def parsed(value: Any) -> Any:
    """A JSON column as the driver gave it: PostgreSQL a value, SQLite text."""
    return json.loads(value) if isinstance(value, str) else value


def scopes(value: Any) -> frozenset[str] | None:
    """A list of scopes as the driver gave it: PostgreSQL a list or text, SQLite text; NULL means not limited."""
    value = parsed(value)
    return None if value is None else frozenset(value)


def marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def _run(statement: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    here = connections[DEFAULT_DB_ALIAS]
    is_listened_to = here.execute_wrappers or here.queries_logged
    if here.vendor == "postgresql" and not is_listened_to:
        here.ensure_connection()
        with here.wrap_database_errors:
            found: list[tuple[Any, ...]] = _lasting(here.connection).execute(statement, parameters).fetchall()
            return found
    with here.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _lasting(driver: Any) -> Any:
    """The cursor that a connection to PostgreSQL keeps for short statements, and which Django does not know of.

    A new one for each would have to learn anew how every column is read, and Django's reads times in Python: together
    half of what the client spends on a statement.
    """
    cursor = getattr(driver, "latchkey_cursor", None)
    if cursor is None:
        cursor = driver.latchkey_cursor = driver.cursor()
        cursor.adapters.register_loader("timestamptz", adapters.get_loader(TIMESTAMPTZ, Format.TEXT))
    return cursor


def _adapted(parameters: Sequence[Any]) -> list[Any]:
    """Times as Django writes them into that database; psycopg takes them as they are."""
    if connection.vendor == "postgresql":
        return list(parameters)
    adapt = connection.ops.adapt_datetimefield_value
    return [adapt(value) if isinstance(value, datetime) else value for value in parameters]
