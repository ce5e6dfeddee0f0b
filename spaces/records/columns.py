"""The values of one field over all records: each with how often it occurs, or one after the other."""

import json
from dataclasses import replace
from typing import Any

from django.db.models import Count, F, Q

from access.actors import Actor
from spaces.models import Sheet
from spaces.records.cells import Cell, IsValid, Json, Number, Order, directed
from spaces.records.reading import (
    LARGEST_PAGE,
    Choice,
    Counts,
    Paging,
    check_fields,
    chosen,
    in_order,
    numbered_page,
    readable_records,
)


def distinct_values(actor: Actor, sheet: Sheet, key: str, choice: Choice, paging: Paging) -> list[tuple[Any, Counts]]:
    """The different values of a field in order, each with its counts. Raises UnknownField."""
    check_fields(sheet, key)
    size = min(paging.size, LARGEST_PAGE)
    rows = (
        _searched(actor, sheet, key, choice)
        .annotate(json=Json(key), number=Number(key), order=Order(key), valid=IsValid(key))
        .order_by()
        .values("json", "number", "order")
        .annotate(total=Count("pk"), error=Count("pk", filter=Q(valid="false")))
        .order_by(*directed(F("number"), F("order"), F("json"), descending=choice.descending))
    )
    page = rows[(paging.number - 1) * size : paging.number * size]
    return [(json.loads(row["json"] or "null"), Counts(row["total"], row["error"])) for row in page]


def every_value(actor: Actor, sheet: Sheet, key: str, choice: Choice, paging: Paging) -> list[dict[str, Any]]:
    """The cells of a field, record by record. Raises UnknownField."""
    check_fields(sheet, key)
    records = in_order(_searched(actor, sheet, key, choice), sheet, choice)
    page = numbered_page(records, number=paging.number, size=paging.size)
    return [record.values.get(key, {"value": None, "valid": True}) for record in page]


def _searched(actor: Actor, sheet: Sheet, key: str, choice: Choice) -> Any:
    """The records in whose cell the value is found; one in quotes is looked for as it is."""
    records, text = readable_records(actor, sheet), choice.search
    if len(text) > 2 and text[0] == text[-1] == '"':
        records = records.alias(cell_text=Cell(key)).filter(cell_text=text[1:-1])
        return chosen(records, sheet, replace(choice, search=""))
    return chosen(records, sheet, replace(choice, search_field=key if text else ""))
