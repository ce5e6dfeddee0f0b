"""The data clips a guest works on: as one of those who were named, by its link, or because they made it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from access.actors import Places
from lib import sql
from spaces.models import DataClip

# A clip is shared with what a guest was given of its space, so it ends with that; a link ends by itself.
FIND = """
SELECT c.id, c.sheet_id, c.workbook_id, c.space_id, c.source_id, c.owner_id = %s, r.sheet_id
FROM spaces_dataclip c
JOIN spaces_space s ON s.id = c.space_id AND s.archived_at IS NULL
LEFT JOIN (SELECT DISTINCT clip_id, sheet_id FROM spaces_clipreference) r ON r.clip_id = c.id
WHERE c.owner_id = %s
   OR c.id IN (SELECT h.clip_id FROM guests_clipshare h JOIN guests_grant g ON g.id = h.grant_id
               WHERE g.guest_id = %s AND (g.expires_at IS NULL OR g.expires_at > %s))
   OR c.id IN (SELECT l.clip_id FROM guests_cliplink l
               WHERE l.guest_id = %s AND (l.expires_at IS NULL OR l.expires_at > %s))
"""


class Held(NamedTuple):
    """A clip as its guest holds it, and one of the sheets it refers to."""

    clip: str
    sheet: str
    workbook: str
    space: str
    source: str
    is_own: bool
    reference: str | None


def with_clips(places: Places, guest_id: str, now: datetime) -> Places:
    """What a guest was given, and the clips they work on beside it."""
    rows = sql.rows(FIND, [guest_id, guest_id, guest_id, now, guest_id, now])
    return clip_places(places, (Held(*row) for row in rows))


def clip_places(places: Places, rows: Iterable[Held]) -> Places:
    """Of a clip that the guest made themselves: only while they still have its sheet, and nothing it refers to."""
    held = [row for row in rows if not row.is_own or _has(places, row)]
    shared = [row for row in held if not row.is_own]
    return replace(
        places,
        clips=frozenset(row.clip for row in held),
        own_clips=frozenset(row.clip for row in held if row.is_own),
        clip_sheets=frozenset(row.sheet for row in held),
        clip_workbooks=frozenset(row.workbook for row in held),
        reference_sheets=frozenset(row.reference for row in shared if row.reference),
    )


def places_of(clip: DataClip) -> Places:
    """What somebody has who was given this clip and nothing else: what its preview shows."""
    named = clip.references.values_list("sheet_id", flat=True).distinct()
    held = Held(clip.pk, clip.sheet_id, clip.workbook_id, clip.space_id, clip.source_id, False, None)
    return clip_places(Places(), [held, *(held._replace(reference=sheet) for sheet in named)])


def _has(places: Places, row: Held) -> bool:
    whole = row.space in places.whole_spaces or row.workbook in places.whole_workbooks
    return whole or row.source in places.sheets
