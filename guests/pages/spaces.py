"""What a guest finds behind the door: the space, its workbooks, documents and checklist, and the way out."""

from dataclasses import dataclass

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect

from access.actors import Kind
from access.queries import visible
from access.requests import Request
from guests import credentials
from guests.pages.room import Room, inside, room_of, shown
from lib.pages import posted
from lib.paging import keyset
from lib.problems import NotFound
from spaces.models import Document, Sheet, Space, Workbook

PAGE = 20


@dataclass(frozen=True, slots=True)
class Shelf:
    """A workbook with those of its sheets that the guest may see."""

    workbook: Workbook
    sheets: list[Sheet]


@inside
def home(request: Request) -> HttpResponse:
    """For whoever knows no address: the space that was opened last, of those that may be entered."""
    mine = visible(Space, request.actor).filter(archived_at=None, grants__guest_id=request.actor.id)
    last = mine.order_by(F("grants__last_accessed_at").desc(nulls_last=True), "-grants__created_at").first()
    return redirect("guest_space", space_id=last.pk) if last else redirect("guest_ask")


@inside
def space(request: Request, space_id: str) -> HttpResponse:
    """Where one arrives: the page that the space begins with, else all of it."""
    room = room_of(request, space_id)
    return redirect(room.start) if room.start else _contents(request, room)


@inside
def contents(request: Request, space_id: str) -> HttpResponse:
    return _contents(request, room_of(request, space_id))


@inside
def workbook(request: Request, space_id: str, workbook_id: str) -> HttpResponse:
    room = room_of(request, space_id)
    found = room.find(Workbook, workbook_id)
    shelf = Shelf(found, room.sheets_of([found])[found.pk])
    return shown(request, "guests/workbook.html", room, shelf=shelf, here=found.pk)


@inside
def document(request: Request, space_id: str, document_id: str) -> HttpResponse:
    room = room_of(request, space_id)
    found = room.find(Document, document_id)
    return shown(request, "guests/document.html", room, document=found, here=found.pk)


@inside
def checklist(request: Request, space_id: str) -> HttpResponse:
    """Which data is wanted: the fields of each sheet of the primary workbook."""
    room = room_of(request, space_id)
    if not room.sidebar.has_checklist:
        raise NotFound
    primary = visible(Workbook, request.actor).filter(pk=room.space.primary_workbook_id).first()
    sheets = visible(Sheet, request.actor).filter(workbook=primary).order_by("position", "created_at", "pk")
    sheets = sheets if primary else sheets.none()
    return shown(request, "guests/checklist.html", room, workbook=primary, sheets=sheets, here="checklist")


@posted("guest_ask")
def sign_out(request: Request) -> HttpResponse:
    if request.actor.kind is Kind.GUEST_SESSION:
        credentials.sign_out_guest(request.actor)
    return credentials.forget_session(redirect("guest_ask"))


def _contents(request: Request, room: Room) -> HttpResponse:
    page = keyset(visible(Workbook, room.outside).filter(space=room.space), request.GET.get("after"), size=PAGE)
    sheets = room.sheets_of(page.rows)
    shelves = [Shelf(one, sheets[one.pk]) for one in page.rows]
    return shown(request, "guests/space.html", room, shelves=shelves, older=page.next, here="contents")
