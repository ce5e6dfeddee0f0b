"""Changing a row: which columns become another value, and how an event tells of it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Model


def put(row: Model, wanted: Mapping[str, Any], among: Collection[str]) -> dict[str, Any]:
    """Put what is wanted into the row, unsaved: column → what it held, of those that held something else.

    `among`: the columns that may be changed at all, in the order they are told in; whatever else is named is passed by.
    """
    before = {name: getattr(row, name) for name in among if name in wanted and wanted[name] != getattr(row, name)}
    for name in before:
        setattr(row, name, wanted[name])
    return before


def told(row: Model, before: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was changed, as the payload of an event has it (flatfile-api.md, section 20)."""
    return [{"field": name, "previousValue": value, "newValue": getattr(row, name)} for name, value in before.items()]
