"""The value of one cell in SQL, the same on both databases whatever its field is called."""

from typing import Any

from django.db.models import F, Func, TextField, Value
from django.db.models.expressions import OrderBy
from django.db.models.fields import Field, FloatField

# A path such as `$."key"` would read odd keys differently on each version of SQLite, and `values -> '1'` as an index.
SQLITE = "(SELECT {} FROM json_each(%s) AS cell WHERE cell.key = %s)"
SQLITE_TEXT = (
    "CASE json_type(cell.value, '$.{0}') WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' "
    "ELSE CAST(json_extract(cell.value, '$.{0}') AS TEXT) END"
)
SQLITE_NUMBER = (
    "CASE WHEN json_type(cell.value, '$.{0}') IN ('integer', 'real') THEN json_extract(cell.value, '$.{0}') END"
)
SQLITE_JSON = (
    "CASE json_type(cell.value, '$.{0}') WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' WHEN 'null' THEN NULL "
    "ELSE json_quote(json_extract(cell.value, '$.{0}')) END"
)
POSTGRESQL_TEXT = "jsonb_extract_path_text(%s, %s, '{0}')"
POSTGRESQL_NUMBER = (
    "CASE WHEN jsonb_typeof(jsonb_extract_path(%s, %s, '{0}')) = 'number' "
    "THEN jsonb_extract_path_text(%s, %s, '{0}')::double precision END"
)
POSTGRESQL_JSON = "nullif(jsonb_extract_path(%s, %s, '{0}'), 'null'::jsonb)::text"
POSTGRESQL_ORDER = "lower(jsonb_extract_path_text(%s, %s, '{0}') COLLATE \"C\")"


class Cell(Func):
    """One part of one cell as text: its `value`, or whether it is `valid`. NULL where there is none."""

    part = "value"
    sqlite, postgresql = SQLITE.format(SQLITE_TEXT), POSTGRESQL_TEXT
    output: type[Field[Any, Any]] = TextField

    def __init__(self, key: str, of: str = "values") -> None:
        super().__init__(F(of), Value(key, output_field=TextField()), output_field=self.output())

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, Any]:
        return self._as(self.sqlite, compiler)

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, Any]:
        return self._as(self.postgresql, compiler)

    def _as(self, template: str, compiler: Any) -> tuple[str, Any]:
        (values, given), (key, keys) = (compiler.compile(one) for one in self.get_source_expressions())
        times = template.count("%s") // 2
        return template.format(self.part) % ((values, key) * times), [*given, *keys] * times


class IsValid(Cell):
    """`true` or `false`, as text."""

    part = "valid"


class Number(Cell):
    """The value where it is a number."""

    sqlite, postgresql, output = SQLITE.format(SQLITE_NUMBER), POSTGRESQL_NUMBER, FloatField


class Json(Cell):
    """The value as JSON text, to be told apart from others: the number 1 is not the text "1"."""

    sqlite, postgresql = SQLITE.format(SQLITE_JSON), POSTGRESQL_JSON


class Order(Cell):
    """What a text is sorted by: its bytes, with A to Z as a to z."""

    sqlite, postgresql = SQLITE.format(f"lower({SQLITE_TEXT})"), POSTGRESQL_ORDER


def ordering(key: str, *, descending: bool) -> list[OrderBy]:
    """By the value of a field: numbers, then texts, empty ones always last; then as they stand in the sheet."""
    return [*directed(Number(key), Order(key), descending=descending), F("position").asc(), F("pk").asc()]


def directed(*parts: F | Func, descending: bool) -> list[OrderBy]:
    """One after the other, up or down, with what is empty last either way."""
    return [OrderBy(part, descending=descending, nulls_last=True) for part in parts]
