"""Writing the records of a sheet. Whoever writes holds the sheet, so that its counters are exact."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from access.actions import Action
from access.actors import Actor
from access.policy import Forbidden, require
from access.sheets import closed_to
from events.actions import record
from events.models import Event
from lib.ids import is_id
from lib.locks import hold
from lib.problems import InvalidInput, NotFound, Problem
from spaces.actions.activity import note_activity
from spaces.models import DataClip, Record, Sheet
from spaces.records.reading import readable_records
from spaces.records.references import trust_references
from spaces.records.shape import BadRecords, Cells, Shape, check_size, is_empty, is_valid, metadata, shape_of, text_of

MOST_RECORDS = 10_000
MOST_DELETED = 100
MOST_NAMED = 100  # ids in an event
MOST_COPIES = 10_000  # in a data clip
BATCH = 1_000


class SheetLocked(Problem):
    code, status, message = "sheet_locked", 409, "This sheet is locked. Unlock it first, then write again."


class RecordChanged(Problem):
    code, status = "record_changed", 409
    message = "Somebody has changed this record since you opened it. Look at it again, then make your change."


class ClipClosed(Problem):
    code, status = "clip_closed", 409
    message = "This data clip is not open: it is being compared, or was merged. Open it again, then write."


class TooManyCopies(Problem):
    code, status = "too_many_copies", 409
    message = f"A data clip holds at most {MOST_COPIES:,} records. Make another one for the rest."
    field = "recordIds"


class TooManyRecords(InvalidInput):
    code, message = "too_many_records", f"Send a list of 1 to {MOST_RECORDS} records."
    field = "records"


@transaction.atomic
def insert_records(actor: Actor, sheet: Sheet, given: Any) -> tuple[list[Record], Event]:
    """Add records at the end of the sheet; what does not fit its fields is kept, with a message.

    Raises TooManyRecords, BadRecords, UnknownField, RecordTooLarge, SheetLocked, ClipClosed, TooManyCopies, Forbidden.
    """
    require(actor, Action.INSERT_RECORDS, sheet.resource)
    _check_number(given)
    shape = shape_of(sheet)
    cells = [shape.cells(one, f"records[{index}]") for index, one in enumerate(given)]
    filled = {key for own in cells for key, cell in own.items() if not is_empty(cell["value"])}
    sheet = _open(actor, Action.INSERT_RECORDS, sheet, filled)
    if sheet.is_clip and sheet.records_count + len(cells) > MOST_COPIES:
        raise TooManyCopies
    last = Record.objects.filter(sheet=sheet).aggregate(last=Max("position"))["last"] or 0
    records = [
        Record(account_id=sheet.account_id, sheet=sheet, position=last + 1 + index) for index in range(len(cells))
    ]
    for index, (made, own) in enumerate(zip(records, cells, strict=True)):
        _fill(made, own | shape.missing(own), f"records[{index}]")
    Record.objects.bulk_create(records, batch_size=BATCH)
    _trust(actor, sheet, [(made, list(made.values)) for made in records])
    _count(sheet, len(records), sum(not made.is_valid for made in records))
    return records, _noted(actor, Action.INSERT_RECORDS, sheet, [made.pk for made in records])


@transaction.atomic
def update_records(actor: Actor, sheet: Sheet, given: Any, *, versions: Mapping[str, str] | None = None) -> Event:
    """Change the cells that are given and leave the others; all of the records, or none when one is not there.

    `versions`: record id → the version that somebody looked at; one that is another now is not changed.
    Raises RecordChanged, TooManyRecords, BadRecords, UnknownField, RecordTooLarge, SheetLocked, NotFound, Forbidden.
    """
    require(actor, Action.UPDATE_RECORDS, sheet.resource)
    _check_number(given)
    shape = shape_of(sheet)
    changes = [_change(shape, one, f"records[{index}]") for index, one in enumerate(given)]
    sheet = _open(actor, Action.UPDATE_RECORDS, sheet, {key for _, cells, _ in changes for key in cells})
    ids = [id for id, _, _ in changes]
    records = _held(actor, sheet, ids)
    if any(str(records[id].version) != version for id, version in (versions or {}).items()):
        raise RecordChanged
    invalid = sum(not one.is_valid for one in records.values())
    # A cell that is written back as it was is nobody's word for what it refers to.
    changed = [(records[id], [key for key in cells if _is_new(records[id], cells, key)]) for id, cells, _ in changes]
    for index, (id, cells, noted) in enumerate(changes):
        one = records[id]
        one.metadata = one.metadata if noted is None else noted
        one.version += 1
        _fill(one, one.values | cells, f"records[{index}]")
    _save(list(records.values()))
    _trust(actor, sheet, changed)
    _count(sheet, 0, sum(not one.is_valid for one in records.values()) - invalid)
    return _noted(actor, Action.UPDATE_RECORDS, sheet, ids)


@transaction.atomic
def delete_records(actor: Actor, sheet: Sheet, ids: Collection[str]) -> int:
    """Delete these records of the sheet, and say how many there were. What is not there is not an error.

    Raises SheetLocked, Forbidden.
    """
    require(actor, Action.DELETE_RECORDS, sheet.resource)
    sheet = _open(actor, Action.DELETE_RECORDS, sheet)
    found = dict(readable_records(actor, sheet).filter(pk__in=ids).values_list("pk", "is_valid"))
    if found:
        Record.objects.filter(pk__in=found).delete()
        _count(sheet, -len(found), -sum(not valid for valid in found.values()))
        _noted(actor, Action.DELETE_RECORDS, sheet, list(found))
    return len(found)


def _check_number(given: Any) -> None:
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_RECORDS:
        raise TooManyRecords


def _open(actor: Actor, action: Action, sheet: Sheet, fields: Collection[str] = ()) -> Sheet:
    """The sheet, held, if it is open to this. The space comes first, as it does for those who delete it."""
    note_activity(sheet.space_id)
    sheet = hold(sheet)
    access = sheet.space.access if actor.kind.is_guest else ()
    refusal = closed_to(actor, action, sheet.resource, config=sheet.config, space_access=access, fields=fields)
    if refusal is not None:
        raise Forbidden(refusal)
    if sheet.locked_at:
        raise SheetLocked
    if sheet.is_clip and sheet.clip.status != DataClip.Status.OPEN:
        raise ClipClosed
    return sheet


def _trust(actor: Actor, sheet: Sheet, written: Collection[tuple[Record, Collection[str]]]) -> None:
    """Of a data clip: which records of other sheets its guests may look at from now on."""
    if not sheet.is_clip:
        return
    by_keys: dict[tuple[str, ...], list[Record]] = {}
    for one, keys in written:
        by_keys.setdefault(tuple(sorted(keys)), []).append(one)
    for keys, records in by_keys.items():
        trust_references(actor, sheet.clip, records, keys)


def _is_new(record: Record, cells: Cells, key: str) -> bool:
    return bool(cells[key]["value"] != record.values.get(key, {}).get("value"))


def _change(shape: Shape, given: Any, at: str) -> tuple[str, Cells, dict[str, Any] | None]:
    """The id of a record, the cells to change, and its metadata if they are to be replaced."""
    if not isinstance(given, dict) or not is_id(given.get("id")):
        raise BadRecords(f"{at} needs the id of a record.")
    noted = None if given.get("metadata") is None else metadata(given["metadata"], at)
    return given["id"], shape.cells(given.get("values", {}), at), noted


def _held(actor: Actor, sheet: Sheet, ids: list[str]) -> dict[str, Record]:
    """The records, locked. Raises NotFound, all of them or none; BadRecords for one that is named twice."""
    if len(set(ids)) != len(ids):
        raise BadRecords("Name each record once.")
    records: dict[str, Record] = {}
    for start in range(0, len(ids), BATCH):
        named = readable_records(actor, sheet).filter(pk__in=ids[start : start + BATCH])
        records |= {one.pk: one for one in named.select_for_update(no_key=True, of=("self",))}
    if len(records) != len(ids):
        raise NotFound
    return records


def _fill(one: Record, cells: Cells, at: str) -> Record:
    check_size(cells, one.metadata, at)
    one.values, one.is_valid, one.text = cells, is_valid(cells), text_of(cells)
    return one


def _save(records: list[Record]) -> None:
    """All of them in a few statements; they are locked, so none is made anew."""
    changed = ["values", "metadata", "is_valid", "text", "version", "updated_at"]
    Record.objects.bulk_create(
        records, batch_size=BATCH, update_conflicts=True, unique_fields=["id"], update_fields=changed
    )


def _count(sheet: Sheet, records: int, invalid: int) -> None:
    Sheet.objects.filter(pk=sheet.pk).update(
        records_count=F("records_count") + records, invalid_count=F("invalid_count") + invalid
    )


def _noted(actor: Actor, action: Action, sheet: Sheet, ids: list[str]) -> Event:
    """On record: how many, and which of them as far as there is room. Never their values."""
    facts = {"spaceId": sheet.space_id, "workbookId": sheet.workbook_id, "sheetId": sheet.pk, "slug": sheet.slug}
    payload = facts | {"count": len(ids), "recordIds": ids[:MOST_NAMED]}
    return record(actor, action, sheet.resource, payload=payload)
