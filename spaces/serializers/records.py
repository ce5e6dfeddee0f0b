"""What the API reads and shows of records (flatfile-api.md, sections 16 and 17)."""

from typing import Any

from rest_framework import serializers

from lib import paging
from lib.drf import Flag, Input, Text, Texts, Whole, present
from lib.problems import InvalidInput
from lib.shapes import id_schema
from spaces.models import Record
from spaces.records.links import Links
from spaces.records.reading import LARGEST_PAGE, Choice, Counts, Paging
from spaces.shapes import VALUE

PAGE_OF_VALUES = 1_000
MOST_IDS = 100


class NoHistory(InvalidInput):
    code, message = "no_history", "Versions of records are not kept. Leave this out, and read the records as they are."


class NoQueries(InvalidInput):
    code = "no_queries"
    message = "Queries in FFQL are not read. Use filter, filterField, searchValue and searchField."
    field = "q"


CELL = {
    "type": "object",
    "properties": {
        "value": VALUE,
        "messages": {"type": ["array", "null"], "maxItems": 20, "items": {"type": "object"}},
        "metadata": {"type": ["object", "null"]},
    },
}
CELLS = {"type": "object", "description": "Cells by field key.", "additionalProperties": CELL}
NEW_RECORDS = {"type": "array", "minItems": 1, "maxItems": 10_000, "items": CELLS}
CHANGED_RECORDS = {
    "type": "array",
    "minItems": 1,
    "maxItems": 10_000,
    "items": {
        "type": "object",
        "required": ["id"],
        "properties": {"id": id_schema("us_rc_"), "values": CELLS, "metadata": {"type": ["object", "null"]}},
    },
}


class ChoiceIn(Input):
    """Query of everything that shows records: which of them, and in what order."""

    ids = Texts(required=False, max_length=MOST_IDS)
    filter = serializers.ChoiceField(choices=["valid", "error", "all", "none"], required=False)
    filterField = Text(max_length=255, required=False)
    searchValue = Text(max_length=1024, required=False, allow_blank=True)
    searchField = Text(max_length=255, required=False)
    sortField = Text(max_length=255, required=False)
    sortDirection = serializers.ChoiceField(choices=["asc", "desc"], required=False)
    q = Text(required=False, allow_blank=True)
    versionId = Text(max_length=255, required=False)
    commitId = Text(max_length=255, required=False)
    sinceVersionId = Text(max_length=255, required=False)
    sinceCommitId = Text(max_length=255, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What would be ignored is refused: the answer would hold more than was asked for."""
        if attrs.get("q"):
            raise NoQueries
        for name in ("versionId", "commitId", "sinceVersionId", "sinceCommitId"):
            if name in attrs:
                raise NoHistory(field=name)
        return attrs


class RecordsIn(ChoiceIn):
    """Query of GET /sheets/{sheetId}/records."""

    pageSize = Whole(least=1, most=99_999_999, default=LARGEST_PAGE)
    pageNumber = Whole(least=1, most=paging.LARGEST_NUMBER, default=1)
    after = Text(required=False, allow_blank=True)
    fields = Texts(required=False, max_length=1_000)  # type: ignore[assignment]
    includeCounts = Flag(required=False)
    includeLength = Flag(required=False)
    includeLinks = Flag(required=False)
    includeMessages = Flag(required=False)


class CellsIn(ChoiceIn):
    """Query of GET /sheets/{sheetId}/cells."""

    fieldKey = Text(max_length=255, required=False)
    distinct = Flag()
    includeCounts = Flag(required=False)
    pageSize = Whole(least=1, most=99_999_999, default=PAGE_OF_VALUES)
    pageNumber = Whole(least=1, most=paging.LARGEST_NUMBER, default=1)


class IdsIn(Input):
    """Query of DELETE /sheets/{sheetId}/records."""

    ids = Texts(max_length=MOST_IDS, allow_empty=False)


def choice_of(given: dict[str, Any]) -> Choice:
    return Choice(
        ids=tuple(given.get("ids", ())),
        filter=given.get("filter", ""),
        filter_field=given.get("filterField", ""),
        search=given.get("searchValue", ""),
        search_field=given.get("searchField", ""),
        sort_field=given.get("sortField", ""),
        descending=given.get("sortDirection") == "desc",
    )


def paging_of(given: dict[str, Any]) -> Paging:
    return Paging(given["pageSize"], given["pageNumber"], given.get("after"))


def record_out(
    record: Record, *, fields: list[str] | None = None, messages: bool = True, links: Links | None = None
) -> dict[str, Any]:
    cells = record.values if fields is None else {key: record.values[key] for key in fields if key in record.values}
    values = {key: cell_out(cell, messages=messages) for key, cell in cells.items()}
    for key, found in (links or {}).get(record.pk, {}).items():
        if key in values:
            values[key]["links"] = [record_out(one, messages=messages) for one in found]
    return {
        "id": record.pk,
        "values": values,
        "valid": record.is_valid,
        "messages": [],
        "metadata": record.metadata,
        "config": {},
        "versionId": str(record.version),
    }


def cell_out(cell: dict[str, Any], *, messages: bool = True, counts: Counts | None = None) -> dict[str, Any]:
    return {
        "value": cell["value"],
        **present(
            valid=cell.get("valid"),
            messages=cell.get("messages") if messages else None,
            metadata=cell.get("metadata"),
            counts=counts and counts_of(counts),
        ),
    }


def counts_of(counts: Counts) -> dict[str, int]:
    return {"total": counts.total, "valid": counts.valid, "error": counts.error}
