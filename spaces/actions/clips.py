"""Making data clips, filling them, opening and closing them; how they are merged is beside this."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.policy import Forbidden, require
from access.sheets import closed_to
from events.actions import record
from lib import names
from lib.changes import put
from lib.ids import new_id
from lib.locks import hold, hold_to_delete
from lib.problems import InvalidInput, NotFound, Problem
from spaces.actions.activity import note_activity
from spaces.actions.holding import hold_guests_of
from spaces.actions.records import BATCH, MOST_COPIES, ClipClosed, TooManyCopies
from spaces.models import ClipRecord, DataClip, Record, Sheet
from spaces.records.reading import readable_records
from spaces.records.references import trust_references

MOST_CLIPS = 1_000  # of a workbook
LONGEST_DESCRIPTION = 2_000
COMPARED = "data-clip:resolutions-created"


class ClipNameInvalid(InvalidInput):
    code, message = "clip_name_invalid", "A data clip needs a name of 1 to 255 characters."
    field = "name"


class ClipOfClip(InvalidInput):
    code, message = (
        "clip_of_clip",
        "A data clip is made of a sheet, not of another clip. Name that sheet.",
    )
    field = "sourceSheetId"


class TooManyClips(Problem):
    code, status = "too_many_clips", 409
    message = f"A workbook has at most {MOST_CLIPS:,} data clips. Delete one first."


class ClipMerged(Problem):
    code, status = "clip_merged", 409
    message = "This data clip was merged. It is kept as it is; make another one to go on."


@transaction.atomic
def create_clip(actor: Actor, source: Sheet, *, name: str, description: str = "") -> DataClip:
    """An empty clip of the sheet, in a sheet of its own. For whoever may edit the sheet.

    Raises ClipNameInvalid, ClipOfClip, TooManyClips, Forbidden.
    """
    require(actor, Action.CREATE_CLIP, source.resource)
    name = _name(name)
    if source.is_clip:
        raise ClipOfClip
    note_activity(source.space_id)
    source = hold(source)
    check_editable(actor, Action.CREATE_CLIP, source)
    if DataClip.objects.filter(workbook_id=source.workbook_id).count() >= MOST_CLIPS:
        raise TooManyClips
    clip = DataClip(
        **_place(source),
        id=new_id("us_clip_"),
        source=source,
        sheet=_copy(source, name),
        name=name,
        description=_description(description),
        owner_id=(actor.environment_id or "") if actor.kind.is_key else actor.id,
        created_by_id=actor.id,
        created_by_label=actor.name[:255],
    )
    clip.save(force_insert=True)
    record(actor, Action.CREATE_CLIP, clip.resource, payload=facts_of(clip))
    return clip


@transaction.atomic
def update_clip(
    actor: Actor, clip: DataClip, *, name: str = "", description: str | None = None, status: str = ""
) -> DataClip:
    """Rename the clip, describe it, make it ready to be compared or open it again; merging is merge_clip's.

    Raises ClipNameInvalid, ClipMerged.
    """
    require(actor, Action.UPDATE_CLIP, clip.resource)
    clip = held(clip)
    ready_at = {DataClip.Status.OPEN: None, DataClip.Status.READY: clip.ready_at or timezone.now()}
    wanted: dict[str, Any] = {} if description is None else {"description": _description(description)}
    wanted |= {"name": _name(name)} if name else {}
    wanted |= {"ready_at": ready_at[DataClip.Status(status)]} if status in ready_at else {}
    changed = list(put(clip, wanted, ("name", "description", "ready_at")))
    if clip.merged_at and (changed or status):
        raise ClipMerged
    if not changed:
        return clip
    clip.save(update_fields=[*changed, "updated_at"])
    is_compared = "ready_at" in changed and clip.ready_at
    topic = {"topic": COMPARED} if is_compared else {}
    record(actor, Action.UPDATE_CLIP, clip.resource, payload=facts_of(clip), **topic)
    return clip


@transaction.atomic
def fill_clip(actor: Actor, clip: DataClip, ids: Collection[str]) -> list[Record]:
    """Copy these records of the clip's sheet into it; those that are there already are passed over.

    Raises NotFound, all of them or none; ClipClosed, TooManyCopies.
    """
    require(actor, Action.FILL_CLIP, clip.resource)
    clip = held(clip)
    if clip.status != DataClip.Status.OPEN:
        raise ClipClosed
    there = set(clip.copies.values_list("origin_id", flat=True))
    wanted = [id for id in dict.fromkeys(ids) if id not in there]
    if clip.sheet.records_count + len(wanted) > MOST_COPIES:
        raise TooManyCopies
    copies = _copies(clip, _found(actor, clip.source, wanted))
    trust_references(actor, clip, copies, {field["key"] for field in clip.sheet.fields})
    if copies:
        _count(clip.sheet)
        record(actor, Action.FILL_CLIP, clip.resource, payload=facts_of(clip) | {"count": len(copies)})
    return copies


@transaction.atomic
def delete_clip(actor: Actor, clip: DataClip) -> None:
    """Delete the clip with its copies, its link and what came by it; the sheet stays as it is. Twice is no error."""
    require(actor, Action.DELETE_CLIP, clip.resource)
    resource, facts = clip.resource, facts_of(clip)
    note_activity(clip.space_id)
    if ids := hold_to_delete(Sheet.objects.filter(pk=clip.sheet_id, is_clip=True)):
        hold_guests_of(ids)
        Sheet.objects.filter(pk__in=ids).delete()
        record(actor, Action.DELETE_CLIP, resource, payload=facts)


def held(clip: DataClip) -> DataClip:
    """The clip as it is now, with its sheet held: whoever writes its records waits, and finds what was decided."""
    note_activity(clip.space_id)
    sheet = hold(clip.sheet)
    now = DataClip.objects.select_related("environment", "source__environment", "source__space").get(pk=clip.pk)
    now.sheet = sheet
    return now


def check_editable(actor: Actor, action: Action, source: Sheet) -> None:
    """A guest makes a clip of what they may edit, by the sheet's own word too. Raises Forbidden."""
    access = source.space.access if actor.kind.is_guest else ()
    refusal = closed_to(actor, Action.UPDATE_RECORDS, source.resource, config=source.config, space_access=access)
    if refusal is not None:
        raise Forbidden(refusal._replace(action=action))


def facts_of(clip: DataClip) -> dict[str, Any]:
    """The payload of an event about a clip (flatfile-api.md, section 20)."""
    return {"dataClipId": clip.pk, "accountId": clip.account_id, "status": clip.status, "sheetId": clip.source_id}


def _copy(source: Sheet, name: str) -> Sheet:
    """An empty sheet with the fields of the source as they are now."""
    return Sheet.objects.create(
        **_place(source),
        name=name,
        slug=source.slug,
        config=source.config,
        position=source.position,
        is_clip=True,
    )


def _place(source: Sheet) -> dict[str, str]:
    names = ("account_id", "environment_id", "space_id", "workbook_id")
    return {name: getattr(source, name) for name in names}


def _found(actor: Actor, source: Sheet, ids: Sequence[str]) -> list[Record]:
    """The records of those ids, as they stand in the sheet. Raises NotFound, all of them or none."""
    found: list[Record] = []
    for start in range(0, len(ids), BATCH):
        found += readable_records(actor, source).filter(pk__in=ids[start : start + BATCH])
    if len(found) < len(ids):
        raise NotFound
    return sorted(found, key=lambda one: (one.position, one.pk))


def _copies(clip: DataClip, found: Sequence[Record]) -> list[Record]:
    copied = ("account_id", "position", "values", "metadata", "is_valid", "text")
    copies = [Record(sheet=clip.sheet, **{name: getattr(one, name) for name in copied}) for one in found]
    Record.objects.bulk_create(copies, batch_size=BATCH)
    rows = [
        ClipRecord(clip=clip, record=copy, origin_id=one.pk, snapshot=one.values)
        for copy, one in zip(copies, found, strict=True)
    ]
    ClipRecord.objects.bulk_create(rows, batch_size=BATCH)
    return copies


def _count(sheet: Sheet) -> None:
    records = Record.objects.filter(sheet=sheet)
    Sheet.objects.filter(pk=sheet.pk).update(
        records_count=records.count(), invalid_count=records.filter(is_valid=False).count()
    )


def _name(name: str) -> str:
    name = names.readable(name)
    if not 1 <= len(name) <= 255:
        raise ClipNameInvalid
    return name


def _description(text: str) -> str:
    if len(text) > LONGEST_DESCRIPTION:
        raise ClipNameInvalid(f"A description has up to {LONGEST_DESCRIPTION:,} characters.", field="description")
    return text
