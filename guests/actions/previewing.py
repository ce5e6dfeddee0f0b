"""What whoever works on a data clip sees, shown beforehand to whoever shares it: asked as that guest will ask."""

from dataclasses import dataclass
from datetime import datetime

from access.actions import Action
from access.actors import Actor, Credential, Kind
from access.policy import can, require
from access.queries import visible
from guests.credentials.clips import places_of
from lib.problems import NotFound
from spaces.models import DataClip, Record, Sheet
from spaces.records.reading import Choice, Counts, counted, page_after, readable_records

SOMEBODY = "Whoever works on the clip"


@dataclass(frozen=True, slots=True)
class Previewed:
    """A sheet as they see it, a page of what they see in it, and the cursor behind that."""

    clip: DataClip
    sheet: Sheet
    may_write: bool
    counts: Counts
    records: list[Record]
    next: str | None


def preview_clip(
    actor: Actor, clip: DataClip, *, sheet_id: str = "", after: str = "", size: int = 100
) -> list[Previewed]:
    """Everything that this clip shows to somebody who was given nothing else, sheet by sheet; or one sheet further on.

    Raises NotFound for a sheet that it does not show, BadCursor.
    """
    require(actor, Action.SHARE_CLIP, clip.resource)
    guest = somebody_on(clip, actor.at)
    sheets = visible(Sheet, guest).select_related("environment").order_by("-is_clip", "position", "created_at", "pk")
    found = list(sheets.filter(pk=sheet_id) if sheet_id else sheets)
    if sheet_id and not found:
        raise NotFound
    return [_previewed(clip, guest, sheet, after, size) for sheet in found]


def somebody_on(clip: DataClip, at: datetime) -> Actor:
    """A guest who was given this clip and nothing else."""
    place = clip.environment_id
    return Actor("", SOMEBODY, clip.account_id, Credential(Kind.GUEST), at, place, places=places_of(clip))


def _previewed(clip: DataClip, guest: Actor, sheet: Sheet, after: str, size: int) -> Previewed:
    records, cursor = page_after(readable_records(guest, sheet), after, size=size)
    may_write = bool(can(guest, Action.UPDATE_RECORDS, sheet.resource))
    return Previewed(clip, sheet, may_write, counted(guest, sheet, Choice()), records, cursor)
