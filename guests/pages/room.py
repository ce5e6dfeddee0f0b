"""What stands around every page of a space: its name, the way to the guest's others, and what of it they were given."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from access.actors import Actor
from access.queries import get_visible, visible
from access.requests import Request
from access.sheets import sees_every_record
from guests.actions import may_invite
from guests.credentials import note_visit
from lib.problems import NotFound
from spaces.models import DataClip, Document, Sheet, Space, Workbook

SWITCHER = 50
LISTED = 30  # of a kind in the sidebar; the page of the space has all workbooks
OF_CLIPS = ("clip_workbooks", "clip_sheets", "reference_sheets")
AROUND = ("environment", "account")
M = TypeVar("M", bound=Model)
Page = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Sidebar:
    """What the space's `metadata.sidebarConfig` has its guests see (flatfile-api.md, section 13)."""

    is_shown: bool = True
    has_checklist: bool = False
    is_branded: bool = True

    @classmethod
    def of(cls, space: Space) -> "Sidebar":
        said = config_of(space)
        return cls(
            is_shown=said.get("showSidebar") is not False,
            has_checklist=said.get("showDataChecklist") is True,
            is_branded=said.get("showPoweredByFlatfile") is not False,
        )


class Room:
    """A space with its guest in it. Looked up when a template asks, each once."""

    def __init__(self, actor: Actor, space: Space) -> None:
        self.actor, self.space, self.sidebar = actor, space, Sidebar.of(space)

    @cached_property
    def spaces(self) -> list[Space]:
        """All that the guest may enter, for the switcher."""
        found = visible(Space, self.actor).filter(archived_at=None).order_by("name", "pk")
        return list(found.only("pk", "name")[:SWITCHER])

    @cached_property
    def outside(self) -> Actor:
        """The guest without their data clips, which have pages of their own: for what lies beside those."""
        if not self.actor.places or not self.actor.places.clips:
            return self.actor
        none: dict[str, frozenset[str]] = dict.fromkeys(OF_CLIPS, frozenset())
        return self.actor.but(places=replace(self.actor.places, **none))

    @cached_property
    def workbooks(self) -> list[Workbook]:
        """The first of those that the guest may open."""
        found = visible(Workbook, self.outside).filter(space=self.space).order_by("-created_at", "-pk")
        return list(found.only("pk", "name")[:LISTED])

    @cached_property
    def documents(self) -> list[Document]:
        found = visible(Document, self.actor).filter(space=self.space).order_by("created_at", "pk")
        return list(found.only("pk", "title")[:LISTED])

    @cached_property
    def clips(self) -> list[DataClip]:
        """The newest data clips of this space that the guest works on; no query for who works on none."""
        if not self.actor.places or not self.actor.places.clips:
            return []
        found = visible(DataClip, self.actor).filter(space=self.space).order_by("-created_at", "-pk")
        return list(found[:LISTED])

    @cached_property
    def may_invite(self) -> bool:
        return bool(may_invite(self.actor, self.space))

    def find(self, model: type[M], id: str, *, related: tuple[str, ...] = ()) -> M:
        """A part of this very space, as the guest may see it. Raises NotFound."""
        found = get_visible(model, self.actor, id, related=related)
        if found.space_id != self.space.pk:  # type: ignore[attr-defined]
            raise NotFound
        return found

    def sheets_of(self, workbooks: list[Workbook]) -> dict[str, list[Sheet]]:
        """Workbook → those of its sheets that the guest may see, without their configuration.

        How many records a sheet has is told to who sees all of them.
        """
        found: dict[str, list[Sheet]] = {workbook.pk: [] for workbook in workbooks}
        sheets = visible(Sheet, self.outside).filter(workbook__in=found).defer("config", "metadata")
        for sheet in sheets.select_related("environment").order_by("position", "created_at", "pk"):
            sheet.is_counted = sees_every_record(self.actor, sheet.resource)  # type: ignore[attr-defined]
            found[sheet.workbook_id].append(sheet)
        return found

    @cached_property
    def start(self) -> str:
        """The address of the page the space wants its guests to begin with; empty for the space itself."""
        return default_page(self)


def room_of(request: Request, space_id: str) -> Room:
    space = get_visible(Space, request.actor, space_id, related=AROUND)
    note_visit(request.actor, space.pk)
    return Room(request.actor, space)


def inside(page: Page) -> Page:
    """A page for guests who are signed in; all others are asked for their address, and come back to the space."""

    @wraps(page)
    def view(request: Request, **parts: Any) -> HttpResponseBase:
        if request.actor.is_known:
            return page(request, **parts)
        return redirect(f"{reverse('guest_ask')}?{urlencode({'space': parts.get('space_id', '')})}")

    return view


def shown(request: Request, template: str, room: Room, **context: Any) -> HttpResponse:
    return render(request, template, {"room": room, "space": room.space, **context})


def config_of(space: Space) -> dict[str, Any]:
    """`metadata.sidebarConfig`, which people write as they like."""
    said = space.metadata.get("sidebarConfig") if isinstance(space.metadata, dict) else None
    return said if isinstance(said, dict) else {}


def default_page(room: Room) -> str:
    """Sheet before workbook before document before checklist; what the guest may not see is passed over."""
    wanted = config_of(room.space).get("defaultPage")
    if not isinstance(wanted, dict):
        return ""
    workbook = wanted.get("workbook")
    named = workbook if isinstance(workbook, dict) else {}
    tried: tuple[tuple[type[Model], Any, str], ...] = (
        (Sheet, named.get("sheetId"), "guest_sheet"),
        (Workbook, named.get("workbookId"), "guest_workbook"),
        (Document, wanted.get("documentId"), "guest_document"),
    )
    for model, id, page in tried:
        if isinstance(id, str) and visible(model, room.actor).filter(space=room.space, pk=id).exists():
            return reverse(page, args=[room.space.pk, id])
    is_checklist = bool(wanted.get("checklist")) and room.sidebar.has_checklist
    return reverse("guest_checklist", args=[room.space.pk]) if is_checklist else ""
