"""A look-up of one row that Django puts into SQL once: writing it anew costs several times what running it does."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from lib import sql

M = TypeVar("M", bound=Model)


class Blank(str):
    """Stands in a queryset for a text that is only known when the look-up runs."""

    at: int

    def __new__(cls, at: int) -> "Blank":
        blank = super().__new__(cls, f"blank {at}")
        blank.at = at
        return blank


class Prepared(Generic[M]):
    """A queryset with blanks, ready to run. It gives what the queryset would, `select_related` included."""

    def __init__(self, rows: QuerySet[M]) -> None:
        compiler = rows.query.get_compiler(using=connection.alias)
        self.model = rows.model
        try:
            self.statement, self.parameters = compiler.as_sql()
        except EmptyResultSet:  # a condition that nothing can meet
            self.statement = ""
            return
        told: dict[str, Any] = compiler.klass_info
        first, last = told["select_fields"][0], told["select_fields"][-1]
        self.own = slice(first, last + 1)
        self.names = [column.target.attname for column, *_ in compiler.select[self.own]]
        self.converters = compiler.get_converters([column for column, *_ in compiler.select]).items()
        # The stubs tell of Django 6, where it takes a fourth.
        self.related = get_related_populators(told, compiler.select, connection.alias)  # type: ignore[call-arg]

    def first(self, texts: Sequence[str]) -> M | None:
        """A row, with these texts in the blanks; None when there is none."""
        if not self.statement:
            return None
        filled = [texts[given.at] if isinstance(given, Blank) else given for given in self.parameters]
        found = sql.rows(self.statement, filled)
        return self._made(list(found[0])) if found else None

    def _made(self, row: list[Any]) -> M:
        for at, (converters, column) in self.converters:
            for convert in converters:
                row[at] = convert(row[at], column, connection)
        made = self.model.from_db(connection.alias, self.names, row[self.own])
        for related in self.related:
            related.populate(row, made)
        return made
