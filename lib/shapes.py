"""The words in which answers of the API are described: a Shape is a component of the OpenAPI document.

Shapes say what is answered and are never run; tests hold every answer to them. Each app has its own in `shapes`.
"""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

TIME = {"type": "string", "format": "date-time", "examples": ["2023-10-30T16:59:45.735Z"]}


class Shape(serializers.Serializer[Any]):
    """An object with exactly these fields. Named for its component without the `Out`."""


class Said(serializers.Field[Any, Any, Any, Any]):
    """A field of a Shape. `json_schema` is its JSON Schema; an optional one is left out rather than null."""

    def __init__(self, schema: dict[str, Any], help: str = "", *, optional: bool = False) -> None:
        self.json_schema = schema
        super().__init__(help_text=help or None, required=not optional)


def text(help: str = "", *, optional: bool = False, **schema: Any) -> Said:
    return Said({"type": "string", **schema}, help, optional=optional)


def ident(prefix: str, help: str = "", *, optional: bool = False, blank: bool = False) -> Said:
    """An id of ours; `blank` where it may be empty."""
    return Said(id_schema(prefix, blank=blank), help, optional=optional)


def id_schema(prefix: str, *, blank: bool = False) -> dict[str, Any]:
    pattern = f"{prefix}[0-9A-Za-z]{{22}}"
    sample = f"{prefix}0kQ7WcJdT4mZb2RxVnE9aS"
    return {"type": "string", "pattern": f"^({pattern})?$" if blank else f"^{pattern}$", "examples": [sample]}


def when(help: str = "", *, optional: bool = False) -> Said:
    """A time in UTC with milliseconds and Z."""
    return Said(TIME, help, optional=optional)


def flag(help: str = "", *, optional: bool = False) -> Said:
    return Said({"type": "boolean"}, help, optional=optional)


def number(help: str = "", *, optional: bool = False) -> Said:
    return Said({"type": "integer"}, help, optional=optional)


def one_of(values: Iterable[str], help: str = "", *, optional: bool = False) -> Said:
    return Said({"type": "string", "enum": list(values)}, help, optional=optional)


def texts(help: str = "", *, optional: bool = False, values: Iterable[str] = ()) -> Said:
    items = {"type": "string"} | ({"enum": [*values]} if values else {})
    return Said({"type": "array", "items": items}, help, optional=optional)


def free(help: str = "", *, optional: bool = False) -> Said:
    """Any JSON object."""
    return Said({"type": "object", "additionalProperties": True}, help, optional=optional)


def empty(help: str = "", *, optional: bool = False) -> Said:
    """What is always null."""
    return Said({"type": "null"}, help, optional=optional)


class SuccessOut(Shape):
    """It is done."""

    success = flag()


class PaginationOut(Shape):
    """Where a numbered page stands in its list."""

    currentPage = number("Pages start at 1.")
    pageCount = number()
    totalCount = number("How many there are on all pages.")
