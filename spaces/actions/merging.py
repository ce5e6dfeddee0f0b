"""Comparing a data clip with its sheet, settling where they differ, and writing it back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.policy import require
from events.actions import record
from lib.locks import hold
from lib.problems import InvalidInput, NotFound, Problem
from spaces.actions.activity import note_activity
from spaces.actions.clips import ClipMerged, facts_of, held
from spaces.actions.records import BATCH, MOST_RECORDS, insert_records, update_records
from spaces.models import ClipRecord, DataClip, Record
from spaces.records.differences import CLIP, IGNORE, MAIN, RESTORE, SNAPSHOT, Compared, compared, is_stale

REFRESHED = "data-clip:resolutions-refreshed"
MOST_RESOLVED = 10_000


class ClipNotReady(Problem):
    code, status = "clip_not_ready", 409
    message = "A data clip is merged when it is ready. Make it READY, settle its conflicts, then merge."


class ClipHasConflicts(Problem):
    code, status = "clip_has_conflicts", 409
    message = "The clip and its sheet were both changed in the same place. Settle these conflicts, then merge."


class BadResolution(InvalidInput):
    code, field = "bad_resolution", "resolvedRecords"
    message = "A resolution names a field and resolves it to clip, main or snapshot; or says whether to restore."


@transaction.atomic
def resolve_clip(actor: Actor, clip: DataClip, wanted: Sequence[Mapping[str, Any]]) -> None:
    """Decide about differences: `[{recordId, resolves: [{field, resolveTo}]}]`, all of them or none.

    A decision holds as long as clip and sheet hold what it was taken between. Raises NotFound, BadResolution,
    ClipMerged.
    """
    require(actor, Action.RESOLVE_CLIP, clip.resource)
    clip = _comparable(clip)
    if not 1 <= len(wanted) <= MOST_RESOLVED:
        raise BadResolution
    given = {one["recordId"]: one["resolves"] for one in wanted}
    found = {one.record.pk: one for one in _chosen(clip, list(given))}
    if len(found) < len(wanted) or any(one.copy is None for one in found.values()):
        raise NotFound
    copies = [_decided(copy, found[id], given[id]) for id in given if (copy := found[id].copy)]
    ClipRecord.objects.bulk_update(copies, ["resolves"], batch_size=BATCH)
    record(actor, Action.RESOLVE_CLIP, clip.resource, payload=facts_of(clip) | {"count": len(copies)})


@transaction.atomic
def refresh_resolutions(actor: Actor, clip: DataClip) -> None:
    """Forget what was decided between what clip and sheet do not hold any more. Raises ClipMerged."""
    require(actor, Action.RESOLVE_CLIP, clip.resource)
    clip, stale = _comparable(clip), []
    for one in compared(clip):
        if one.copy and one.copy.resolves:
            kept = [decided for decided in one.copy.resolves if not is_stale(decided, one)]
            if kept != one.copy.resolves:
                one.copy.resolves = kept
                stale.append(one.copy)
    ClipRecord.objects.bulk_update(stale, ["resolves"], batch_size=BATCH)
    payload = facts_of(clip) | {"count": len(stale)}
    record(actor, Action.RESOLVE_CLIP, clip.resource, topic=REFRESHED, payload=payload)


@transaction.atomic
def merge_clip(actor: Actor, clip: DataClip) -> DataClip:
    """Write the clip back into its sheet, once and for good. For its maker alone, who must still be able to write it.

    Raises ClipNotReady, ClipHasConflicts, ClipMerged, and what writing the records raises.
    """
    require(actor, Action.MERGE_CLIP, clip.resource)
    note_activity(clip.space_id)
    hold(clip.source)  # before it is compared: what somebody writes meanwhile would be lost
    clip = _comparable(clip)
    if clip.status != DataClip.Status.READY:
        raise ClipNotReady
    found = list(compared(clip))
    if any(one.has_conflict for one in found):
        raise ClipHasConflicts
    changes = [change for one in found if one.main and (change := _change(one))]
    added = [_cells(one.record) for one in found if one.is_new or one.fate == RESTORE]
    for start in range(0, len(changes), MOST_RECORDS):
        update_records(actor, clip.source, changes[start : start + MOST_RECORDS])
    for start in range(0, len(added), MOST_RECORDS):
        insert_records(actor, clip.source, added[start : start + MOST_RECORDS])
    clip.merged_at = timezone.now()
    clip.save(update_fields=["merged_at", "updated_at"])
    payload = facts_of(clip) | {"changed": len(changes), "added": len(added)}
    record(actor, Action.MERGE_CLIP, clip.resource, payload=payload)
    return clip


def _comparable(clip: DataClip) -> DataClip:
    clip = held(clip)
    if clip.merged_at:
        raise ClipMerged
    return clip


def _chosen(clip: DataClip, ids: Sequence[str]) -> list[Compared]:
    found: list[Compared] = []
    for start in range(0, len(ids), BATCH):
        found += compared(clip, Record.objects.filter(sheet=clip.sheet_id, pk__in=ids[start : start + BATCH]))
    return found


def _decided(copy: ClipRecord, one: Compared, resolves: Sequence[Mapping[str, Any]]) -> ClipRecord:
    """The row with what is decided now beside what was decided before."""
    kept = {decided.get("field"): decided for decided in copy.resolves}
    for given in resolves:
        field = given.get("field")
        kept.pop(field, None)
        if given.get("type") != "conflict":
            kept[field] = _decision(one, field, given)
    copy.resolves = list(kept.values())
    return copy


def _decision(one: Compared, field: str | None, given: Mapping[str, Any]) -> dict[str, Any]:
    if field is None:
        fate = given.get("removedFromMainResolution")
        if fate not in (IGNORE, RESTORE) or not one.is_gone:
            raise BadResolution
        return {"removedFromMainResolution": fate, "version": one.record.version}
    known = {difference.field: difference for difference in one.differences}
    if given.get("resolveTo") not in (CLIP, MAIN, SNAPSHOT) or field not in known:
        raise BadResolution
    return {"field": field, "resolveTo": given["resolveTo"]} | known[field].sides


def _change(one: Compared) -> dict[str, Any] | None:
    """What is written into the record of the sheet; None when it stays as it is."""
    found = [difference for difference in one.differences if difference.outcome != MAIN]
    changed = {difference.field: {"value": difference.value} for difference in found}
    return {"id": one.main.pk, "values": changed} if one.main and changed else None


def _cells(one: Record) -> dict[str, Any]:
    return {key: {"value": cell.get("value")} for key, cell in one.values.items()}
