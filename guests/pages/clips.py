"""A data clip as its guests find it: its records to work on, and beside them what they refer to, to be read."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header

from access.policy import refusal
from access.queries import get_visible, visible
from access.requests import Request
from guests.pages.cells import Column, Shown, columns_of, shown_cells
from guests.pages.records import Desk, find_record
from guests.pages.room import Room, inside
from guests.pages.sheets import Writing
from guests.pages.table import Asked, table_of
from lib.pages import answered, posted, with_form
from lib.problems import NotFound
from spaces import actions
from spaces.models import DataClip, Sheet
from spaces.records.export import csv_lines, file_name
from spaces.records.shape import LONGEST_TEXT

AROUND = ("environment", "account", "space__environment", "sheet__environment")


@dataclass(frozen=True, slots=True)
class InClip:
    """Where the sheets and records of a clip are."""

    clip_id: str

    def sheet(self, sheet: Sheet, **query: str) -> str:
        address = reverse("guest_clip_sheet", args=[self.clip_id, sheet.pk])
        return f"{address}?{urlencode(query)}" if query else address

    def record(self, sheet: Sheet, id: str) -> str:
        return reverse("guest_clip_record", args=[self.clip_id, sheet.pk, id])


class ClipDesk(Desk):
    """A record of a clip, or the room for a new one."""

    def __init__(self, request: Request, clip: DataClip, sheet: Sheet, record_id: str = "") -> None:
        self.request, self.room, self.clip, self.sheet = request, Room(request.actor, clip.space), clip, sheet
        self.record = find_record(request, sheet, record_id) if record_id else None
        self.writing, self.columns = Writing.of(self.room, sheet), columns_of(request.actor, sheet)

    @property
    def facts(self) -> list[tuple[Column, Shown]]:
        if self.record is None:
            return []
        fixed = [one for one in self.here if one.is_fixed or not self.may_edit]
        cells = shown_cells(self.request.actor, fixed, [self.record], InClip(self.clip.pk), longest=LONGEST_TEXT)
        return list(zip(fixed, cells[self.record.pk], strict=True))

    @property
    def may_edit(self) -> bool:
        return bool(self.writing.edit) and is_open(self.clip) and not self.sheet.locked_at

    @property
    def back(self) -> str:
        return InClip(self.clip.pk).sheet(self.sheet)

    def address(self, id: str, **query: str) -> str:
        kept = {"part": str(self.part)} if self.part > 1 else {}
        return f"{InClip(self.clip.pk).record(self.sheet, id)}?{urlencode(kept | query)}"

    def page(self, template: str, **context: Any) -> HttpResponse:
        about = {"desk": self, "clip": self.clip, "sheet": self.sheet}
        return answered(render(self.request, template, about | context), self.form)


@inside
def clip(request: Request, clip_id: str) -> HttpResponse:
    found = clip_of(request, clip_id)
    return redirect("guest_clip_sheet", clip_id=found.pk, sheet_id=found.sheet_id)


@inside
def sheet(request: Request, clip_id: str, sheet_id: str) -> HttpResponse:
    found, sheet = parts_of(request, clip_id, sheet_id)
    context = {
        "clip": found,
        "sheet": sheet,
        "sheets": sheets_of(request, found),
        "table": table_of(request.actor, sheet, request.GET, InClip(found.pk)),
        "writing": Writing.of(Room(request.actor, found.space), sheet),
        "is_open": is_open(found),
        "done": request.GET.get("done"),
    }
    return render(request, "clips/sheet.html", context)


@inside
def download(request: Request, clip_id: str, sheet_id: str) -> HttpResponseBase:
    """The records of the table as CSV."""
    _, sheet = parts_of(request, clip_id, sheet_id)
    asked = Asked.of(request.GET, {column.key for column in columns_of(request.actor, sheet)}, can_sort=False)
    lines = csv_lines(request.actor, sheet, asked.choice) if request.method == "GET" else ()
    headers = {"Content-Disposition": content_disposition_header(True, file_name(sheet)) or ""}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8; header=present", headers=headers)


@inside
@with_form
def record(request: Request, clip_id: str, sheet_id: str, record_id: str) -> HttpResponse:
    desk = ClipDesk(request, *parts_of(request, clip_id, sheet_id), record_id)
    if desk.form.is_valid():
        with desk.form.showing_problems():
            if cells := desk.form.changed_cells():
                seen, change = {record_id: desk.form.version}, {"id": record_id, "values": cells}
                actions.update_records(request.actor, desk.sheet, [change], versions=seen)
            return redirect(desk.address(record_id, done="saved"))
    return desk.page("clips/record.html", done=request.GET.get("done"))


@inside
@with_form
def new_record(request: Request, clip_id: str, sheet_id: str) -> HttpResponse:
    desk = ClipDesk(request, *parts_of(request, clip_id, sheet_id))
    if not desk.writing.add:
        raise refusal(desk.writing.add)
    if desk.form.is_valid():
        with desk.form.showing_problems():
            made, _ = actions.insert_records(request.actor, desk.sheet, [desk.form.changed_cells()])
            return redirect(desk.address(made[0].pk, done="added"))
    return desk.page("clips/new_record.html")


@inside
@posted("guest_clip_sheet", "clip_id", "sheet_id")
def delete_record(request: Request, clip_id: str, sheet_id: str, record_id: str) -> HttpResponse:
    """A second press finds the record gone, and that is what was wanted."""
    found, sheet = parts_of(request, clip_id, sheet_id)
    actions.delete_records(request.actor, sheet, [record_id])
    return redirect(InClip(found.pk).sheet(sheet, done="deleted"))


def clip_of(request: Request, clip_id: str) -> DataClip:
    return get_visible(DataClip, request.actor, clip_id, related=AROUND)


def parts_of(request: Request, clip_id: str, sheet_id: str) -> tuple[DataClip, Sheet]:
    """The clip, and one of the sheets it shows. Raises NotFound."""
    found = clip_of(request, clip_id)
    sheet = next((one for one in sheets_of(request, found) if one.pk == sheet_id), None)
    if sheet is None:
        raise NotFound
    return found, sheet


def sheets_of(request: Request, clip: DataClip) -> list[Sheet]:
    """Its own sheet, then those that its records refer to."""
    named = clip.references.values("sheet_id")
    sheets = visible(Sheet, request.actor).filter(workbook_id=clip.workbook_id).select_related("environment")
    return list((sheets.filter(pk=clip.sheet_id) | sheets.filter(pk__in=named)).order_by("-is_clip", "position", "pk"))


def is_open(clip: DataClip) -> bool:
    return clip.status == DataClip.Status.OPEN
