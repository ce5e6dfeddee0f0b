"""A sheet of a space, for its guests: its records as a table, and as a file."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header

from access.actions import Action
from access.policy import Decision
from access.queries import visible
from access.requests import Request
from access.sheets import may_write
from guests.pages.cells import columns_of
from guests.pages.room import Room, inside, room_of, shown
from guests.pages.table import Asked, table_of
from spaces.models import Sheet
from spaces.records.export import csv_lines, file_name

WORKBOOK = ("workbook", "environment")


@dataclass(frozen=True, slots=True)
class InSpace:
    """Where the sheets and records of a space are."""

    space_id: str

    def sheet(self, sheet: Sheet, **query: str) -> str:
        address = reverse("guest_sheet", args=[self.space_id, sheet.pk])
        return f"{address}?{urlencode(query)}" if query else address

    def record(self, sheet: Sheet, id: str) -> str:
        return reverse("guest_record", args=[self.space_id, sheet.pk, id])


@dataclass(frozen=True, slots=True)
class Writing:
    """What the guest may do to the records of a sheet, as far as its configuration lets them."""

    add: Decision
    edit: Decision
    delete: Decision

    @classmethod
    def of(cls, room: Room, sheet: Sheet) -> "Writing":
        said: dict[str, Any] = {"config": sheet.config, "space_access": room.space.access}
        asked = (Action.INSERT_RECORDS, Action.UPDATE_RECORDS, Action.DELETE_RECORDS)
        return cls(*(may_write(room.actor, action, sheet.resource, **said) for action in asked))


@inside
def sheet(request: Request, space_id: str, sheet_id: str) -> HttpResponse:
    room = room_of(request, space_id)
    found = room.find(Sheet, sheet_id, related=WORKBOOK)
    table = table_of(request.actor, found, request.GET, InSpace(space_id))
    context = {"sheet": found, "table": table, "siblings": siblings(room, found), "here": found.workbook_id}
    done, writing = request.GET.get("done"), Writing.of(room, found)
    return shown(request, "guests/sheet.html", room, writing=writing, done=done, **context)


@inside
def download(request: Request, space_id: str, sheet_id: str) -> HttpResponseBase:
    """The same records as the table shows, all of them, as CSV."""
    return as_csv(request, room_of(request, space_id).find(Sheet, sheet_id))


def as_csv(request: Request, sheet: Sheet) -> HttpResponseBase:
    """The records that the address asks for; of a HEAD no line is made."""
    asked = Asked.of(request.GET, {column.key for column in columns_of(request.actor, sheet)}, can_sort=False)
    lines = csv_lines(request.actor, sheet, asked.choice) if request.method == "GET" else ()
    headers = {"Content-Disposition": content_disposition_header(True, file_name(sheet)) or ""}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8; header=present", headers=headers)


def siblings(room: Room, found: Sheet) -> list[Sheet]:
    """The sheets beside it that the guest may see, itself among them."""
    sheets = visible(Sheet, room.actor).filter(workbook_id=found.workbook_id).defer("config", "metadata")
    return list(sheets.order_by("position", "created_at", "pk"))
