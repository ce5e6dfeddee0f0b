"""The data clips a guest works on: as one of those who were named, by its link, or because they made it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from access.actors import Places
from lib import sql
from spaces.models import DataClip

# A clip is shared with what a guest was given of its space, so it ends with that; a link ends by itself. Of the
# sheets of its workbook each is looked up among what the clip refers to, which stands with what all other clips do.
FIND = """
SELECT w.guest_id, c.id, c.sheet_id, c.workbook_id, c.space_id, c.source_id, c.owner_id = w.guest_id, r.id
FROM (SELECT h.clip_id, g.guest_id FROM guests_clipshare h JOIN guests_grant g ON g.id = h.grant_id
      WHERE g.guest_id IN ({guests}) AND (g.expires_at IS NULL OR g.expires_at > %s)
      UNION
      SELECT l.clip_id, l.guest_id FROM guests_cliplink l
      WHERE l.guest_id IN ({guests}) AND (l.expires_at IS NULL OR l.expires_at > %s)
      UNION
      SELECT o.id, o.owner_id FROM spaces_dataclip o WHERE o.owner_id IN ({guests})) w
JOIN spaces_dataclip c ON c.id = w.clip_id
JOIN spaces_space s ON s.id = c.space_id AND s.archived_at IS NULL
LEFT JOIN spaces_sheet r ON r.workbook_id = c.workbook_id
     AND EXISTS (SELECT 1 FROM spaces_clipreference x WHERE x.clip_id = c.id AND x.sheet_id = r.id)
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
    return clip_places(places, held_by([guest_id], now)[guest_id])


def held_by(guest_ids: Sequence[str], now: datetime) -> dict[str, list[Held]]:
    """Guest → the clips they work on, in one query however many there are."""
    held: dict[str, list[Held]] = defaultdict(list)
    if guest_ids:
        statement = FIND.format(guests=sql.marks(guest_ids))
        for guest_id, *row in sql.rows(statement, [*guest_ids, now, *guest_ids, now, *guest_ids]):
            held[guest_id].append(Held(*row))
    return held


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
