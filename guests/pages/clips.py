"""A data clip as its guests find it: its records to work on, and beside them what they refer to, to be read."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from access.queries import get_visible, visible
from access.requests import Request
from guests.pages.records import Desk
from guests.pages.room import Room, inside
from guests.pages.sheets import Writing, as_csv
from guests.pages.table import table_of
from lib.pages import answered, posted, with_form
from lib.problems import NotFound
from spaces import actions
from spaces.models import DataClip, Sheet

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
        super().__init__(request, Room(request.actor, clip.space), sheet, InClip(clip.pk), record_id)
        self.clip = clip

    @property
    def may_edit(self) -> bool:
        return super().may_edit and is_open(self.clip) and not self.sheet.locked_at

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
    return as_csv(request, sheet)


@inside
@with_form
def record(request: Request, clip_id: str, sheet_id: str, record_id: str) -> HttpResponse:
    return ClipDesk(request, *parts_of(request, clip_id, sheet_id), record_id).change("clips/record.html")


@inside
@with_form
def new_record(request: Request, clip_id: str, sheet_id: str) -> HttpResponse:
    return ClipDesk(request, *parts_of(request, clip_id, sheet_id)).add("clips/new_record.html")


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
