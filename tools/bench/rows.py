"""Many rows at once: copies of one row that the product itself made, with what must differ written in SQL."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Model


def multiply(row: Model, number: int, **differing: str) -> None:
    """Insert `number` copies of a stored row. Each keyword is a column's name and its value in SQL, where `n` counts.

    Foreign keys are not checked meanwhile: a million checks would take longer than the rows.
    """
    columns = [str(field.column) for field in type(row)._meta.concrete_fields]
    left_out = {name for name, value in differing.items() if value == "DEFAULT"}
    columns = [name for name in columns if name not in left_out]
    values = [differing.get(name, f'one."{name}"') for name in columns]
    table, key = type(row)._meta.db_table, str(type(row)._meta.pk.column)
    names = ", ".join(f'"{name}"' for name in columns)
    statement = (
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} '  # noqa: S608  our own words
        f'FROM "{table}" one, generate_series(1, {number}) n WHERE one."{key}" = %s'
    )
    execute("SET session_replication_role = replica")
    execute(statement, [row.pk])
    execute("SET session_replication_role = origin")


def number(prefix: str, n: str = "n") -> str:
    """The SQL of an id like ours, made of a number."""
    return f"'{prefix}' || lpad(({n})::text, 22, '0')"


def text(n: str = "n::text", length: int = 64) -> str:
    """The SQL of an even hexadecimal text, like a digest."""
    return f"left(md5('a' || {n}) || md5('b' || {n}) || md5('c' || {n}) || md5('d' || {n}), {length})"


def settle() -> None:
    """Let the planner know what is there now."""
    execute("VACUUM ANALYZE")


def execute(statement: str, parameters: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
