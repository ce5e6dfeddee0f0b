"""/sheets/{sheetId}/records, /counts, /cells and /download (flatfile-api.md, sections 16 and 17)."""

from typing import Any

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from rest_framework.response import Response

from access.actions import Action
from access.drf import Api, Request
from access.queries import get_visible, possible
from lib.body import LARGEST_OF_RECORDS
from lib.drf import data, success
from lib.operations import by_name, done, file, followed, one, operation
from lib.problems import InvalidInput
from spaces import actions
from spaces.models import Sheet
from spaces.records.columns import distinct_values, every_value
from spaces.records.export import csv_lines, file_name
from spaces.records.links import linked
from spaces.records.reading import counted, page
from spaces.serializers.records import (
    CHANGED_RECORDS,
    NEW_RECORDS,
    CellsIn,
    ChoiceIn,
    IdsIn,
    RecordsIn,
    cell_out,
    choice_of,
    counts_of,
    paging_of,
    record_out,
)
from spaces.shapes import CsvOut, FieldValueOut, InsertedOut, RecordCountsOut, RecordsOut, UpdatedOut

MOST_FIELDS = 20  # whose values are shown at once
ENVIRONMENT = ("environment",)


class Records(Api):
    """/sheets/{sheetId}/records"""

    largest_body = LARGEST_OF_RECORDS

    @operation("list_records", query=RecordsIn, answers=followed(RecordsOut))
    def get(self, request: Request, sheet_id: str) -> Response:
        """List records of a sheet: all of them, or those asked for."""
        possible(request.actor, Action.VIEW_SHEET)
        given = RecordsIn.of(request.query_params)
        sheet, choice = get_visible(Sheet, request.actor, sheet_id), choice_of(given)
        records, cursor = page(request.actor, sheet, choice, paging_of(given))
        links = linked(request.actor, sheet, records) if given.get("includeLinks") else None
        shown = {"fields": given.get("fields"), "messages": given.get("includeMessages", False), "links": links}
        answer: dict[str, Any] = {"success": True, "records": [record_out(one, **shown) for one in records]}
        if given.get("includeCounts") or given.get("includeLength"):
            answer["counts"] = counts_of(counted(request.actor, sheet, choice))
        return data(answer, **({"next": cursor} if given.get("after") is not None else {}))

    @operation("insert_records", body=NEW_RECORDS, answers=one(InsertedOut))
    def post(self, request: Request, sheet_id: str) -> Response:
        """Add records to a sheet; what does not fit its fields is kept, with a message."""
        sheet = get_visible(Sheet, request.actor, sheet_id, to=Action.INSERT_RECORDS, related=ENVIRONMENT)
        records, event = actions.insert_records(request.actor, sheet, request.data)
        made = [record_out(one) for one in records]
        return data({"success": True, "records": made, "versionId": event.pk, "commitId": event.pk})

    @operation("update_records", body=CHANGED_RECORDS, answers=one(UpdatedOut))
    def put(self, request: Request, sheet_id: str) -> Response:
        """Change the cells that are given, and leave the others."""
        sheet = get_visible(Sheet, request.actor, sheet_id, to=Action.UPDATE_RECORDS, related=ENVIRONMENT)
        event = actions.update_records(request.actor, sheet, request.data)
        return data({"success": True, "versionId": event.pk, "commitId": event.pk})

    @operation("delete_records", query=IdsIn, answers=done)
    def delete(self, request: Request, sheet_id: str) -> Response:
        """Delete records; ids that are not there are passed over."""
        sheet = get_visible(Sheet, request.actor, sheet_id, to=Action.DELETE_RECORDS, related=ENVIRONMENT)
        actions.delete_records(request.actor, sheet, IdsIn.of(request.query_params)["ids"])
        return success()


class RecordCounts(Api):
    """/sheets/{sheetId}/counts"""

    @operation("count_records", query=ChoiceIn, answers=one(RecordCountsOut))
    def get(self, request: Request, sheet_id: str) -> Response:
        """Count records of a sheet."""
        possible(request.actor, Action.VIEW_SHEET)
        choice = choice_of(ChoiceIn.of(request.query_params))
        sheet = get_visible(Sheet, request.actor, sheet_id)
        return data({"success": True, "counts": counts_of(counted(request.actor, sheet, choice))})


class Cells(Api):
    """/sheets/{sheetId}/cells"""

    @operation("list_values", query=CellsIn, answers=by_name(FieldValueOut))
    def get(self, request: Request, sheet_id: str) -> Response:
        """List the values of a field, or of each."""
        possible(request.actor, Action.VIEW_SHEET)
        given = CellsIn.of(request.query_params)
        sheet = get_visible(Sheet, request.actor, sheet_id)
        keys = [given["fieldKey"]] if "fieldKey" in given else [field["key"] for field in sheet.fields]
        if len(keys) > MOST_FIELDS:
            raise InvalidInput(f"This sheet has more than {MOST_FIELDS} fields. Name one of them.", field="fieldKey")
        return data({key: _values(request, sheet, key, given) for key in keys})


class Download(Api):
    """/sheets/{sheetId}/download"""

    @operation("download_records", query=ChoiceIn, answers=file(CsvOut, "text/csv"))
    def get(self, request: Request, sheet_id: str) -> StreamingHttpResponse:
        """Download records as CSV, in which no value is a formula."""
        possible(request.actor, Action.VIEW_SHEET)
        choice = choice_of(ChoiceIn.of(request.query_params))
        sheet = get_visible(Sheet, request.actor, sheet_id)
        lines = csv_lines(request.actor, sheet, choice) if request.method == "GET" else ()
        headers = {"Content-Disposition": content_disposition_header(True, file_name(sheet))}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8; header=present", headers=headers)


def _values(request: Request, sheet: Sheet, key: str, given: dict[str, Any]) -> list[dict[str, Any]]:
    choice, paging = choice_of(given), paging_of(given)
    if not given["distinct"]:
        return [cell_out(cell) for cell in every_value(request.actor, sheet, key, choice, paging)]
    found, has_counts = distinct_values(request.actor, sheet, key, choice, paging), given.get("includeCounts")
    return [cell_out({"value": value}, counts=counts if has_counts else None) for value, counts in found]
