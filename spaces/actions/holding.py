"""Holding what goes with a sheet beside its records."""

from collections.abc import Collection

from spaces.models import DataClip


def hold_guests_of(sheet_ids: Collection[str]) -> None:
    """Whoever works on clips with these sheets by their links, locked: each goes with their clip.

    A token or session that is made for them at this moment waits, and finds nobody. For sheets that are held.
    """
    clips = DataClip.objects.filter(sheet__in=sheet_ids, link__guest__isnull=False).order_by("link__guest_id")
    list(clips.select_related("link__guest").select_for_update(of=("link__guest",)))
