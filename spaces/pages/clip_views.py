"""What the pages of a data clip show, put together: nothing here decides or changes anything."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.policy import can
from access.queries import visible
from guests.actions import collaborators_of
from guests.actions.previewing import Previewed, somebody_on
from guests.clip_links import secret_of
from guests.models import ClipLink, Grant, Guest
from guests.pages.cells import Column, Shown, columns_of, shown_cells
from spaces.clip_forms import ShareForm, UntilForm
from spaces.models import DataClip, Record, Sheet
from spaces.records.differences import compared
from spaces.records.reading import Choice, chosen, page_after, readable_records

PAGE = 50
COLUMNS = 8  # of a record among others
MOST_GUESTS = 200  # that are offered to be ticked


class Nowhere:
    """Records that are shown among others, and have no page of their own here."""

    def sheet(self, sheet: Sheet, **query: str) -> str:
        return ""

    def record(self, sheet: Sheet, id: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Rows:
    """Some records of a sheet as a table."""

    columns: list[Column]
    rows: list[tuple[Record, list[tuple[Column, Shown]]]]


def summary_of(actor: Actor, clip: DataClip) -> dict[str, Any]:
    """The page of one clip; its link and who works on it for whoever may share it."""
    found = list(compared(clip)) if not clip.merged_at else []
    context: dict[str, Any] = {
        "clip": clip,
        "space": clip.space,
        "changed": sum(bool(one.differences) or one.is_gone or one.is_new for one in found),
        "conflicts": sum(one.has_conflict for one in found),
    }
    if not can(actor, Action.SHARE_CLIP, clip.resource):
        return context
    link = ClipLink.objects.live().filter(clip=clip).first()
    url = settings.PUBLIC_URL + reverse("guest_clip_link_link", args=[secret_of(link)]) if link else ""
    share = ShareForm(guests=guests_of(actor, clip), initial={"guests": collaborators_of(clip)})
    return context | {"link": link, "url": url, "share": share, "until": UntilForm(), "may_share": True}


def guests_of(actor: Actor, clip: DataClip) -> list[tuple[str, str]]:
    """The guests of the clip's space who could be named."""
    now = timezone.now()
    given = Grant.objects.lasting(now).filter(space_id=clip.space_id)
    found = visible(Guest, actor).filter(grants__in=given).order_by("name", "email", "pk")
    working = found.filter(pk__in=collaborators_of(clip))
    others = found.exclude(pk__in=working)[:MOST_GUESTS]
    return [(guest.pk, guest.called) for guest in (*working, *others)]


def picking(actor: Actor, clip: DataClip, query: QueryDict) -> dict[str, Any]:
    """A page of the sheet's records, narrowed by a search, with the ids of those that are in the clip already."""
    search = query.get("search", "").strip()[:1024]
    records = chosen(readable_records(actor, clip.source), clip.source, Choice(search=search))
    found, cursor = page_after(records, query.get("after", ""), size=PAGE)
    there = set(clip.copies.filter(origin_id__in=[one.pk for one in found]).values_list("origin_id", flat=True))
    return {"table": rows_of(actor, clip.source, found), "older": cursor, "search": search, "there": there}


def previewed(found: Previewed) -> dict[str, Any]:
    """A sheet of the preview, its cells as its guest reads them."""
    clip = found.clip
    return {"found": found, "table": rows_of(somebody_on(clip, timezone.now()), found.sheet, found.records)}


def rows_of(actor: Actor, sheet: Sheet, records: list[Record]) -> Rows:
    columns = columns_of(actor, sheet)[:COLUMNS]
    cells = shown_cells(actor, columns, records, Nowhere())
    return Rows(columns, [(one, list(zip(columns, cells[one.pk], strict=True))) for one in records])
