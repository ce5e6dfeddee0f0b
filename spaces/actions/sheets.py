"""Changing, locking and deleting sheets; they are made with their workbook."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from access.actions import Action
from access.actors import Actor
from access.policy import require
from events.actions import record
from lib.changes import put
from lib.locks import hold, hold_to_delete
from lib.problems import Problem
from spaces.actions.activity import note_activity
from spaces.actions.holding import hold_guests_of
from spaces.models import DataClip, Sheet

MOST_SHEETS = 100


class SlugTaken(Problem):
    code, status, message = "slug_taken", 409, "This workbook already has a sheet of that slug. Choose another."
    field = "slug"


class TooManySheets(Problem):
    code, status = "too_many_sheets", 409
    message = f"A workbook has at most {MOST_SHEETS} sheets. Delete one first, or begin another workbook."


class SheetOfClip(Problem):
    code, status = "sheet_of_clip", 409
    message = "This sheet belongs to a data clip. Rename, close or delete the clip, and its sheet follows."


@transaction.atomic
def update_sheet(actor: Actor, sheet: Sheet, **changes: Any) -> Sheet:
    """Give a sheet another name, slug or metadata; its fields are changed with its workbook.

    Raises SlugTaken, SheetOfClip.
    """
    require(actor, Action.UPDATE_SHEET, sheet.resource)
    _check_own(sheet)
    note_activity(sheet.space_id)
    sheet = hold(sheet)
    if not (changed := list(put(sheet, changes, ("name", "slug", "metadata")))):
        return sheet
    sheet.config = {**sheet.config, **{field: changes[field] for field in changed}}
    try:
        with transaction.atomic():
            sheet.save(update_fields=[*changed, "config", "updated_at"])
    except IntegrityError:
        raise SlugTaken from None
    record(actor, Action.UPDATE_SHEET, sheet.resource, payload=_facts(sheet))
    return sheet


@transaction.atomic
def delete_sheet(actor: Actor, sheet: Sheet) -> None:
    """Delete a sheet with its records, for good. Deleting what another has just deleted is not an error.

    Raises SheetOfClip.
    """
    require(actor, Action.DELETE_SHEET, sheet.resource)
    _check_own(sheet)
    resource, facts = sheet.resource, _facts(sheet)
    note_activity(sheet.space_id)
    # With the copies of its data clips, which go with it.
    copies = DataClip.objects.filter(source_id=sheet.pk).values("sheet_id")
    if held := hold_to_delete(Sheet.objects.filter(Q(pk=sheet.pk) | Q(pk__in=copies))):
        hold_guests_of(held)
        Sheet.objects.filter(pk__in=held).delete()
        record(actor, Action.DELETE_SHEET, resource, payload=facts)


@transaction.atomic
def lock_sheet(actor: Actor, sheet: Sheet) -> Sheet:
    """Let nobody write its records until it is unlocked. Locking twice is not an error. Raises SheetOfClip."""
    require(actor, Action.LOCK_SHEET, sheet.resource)
    _check_own(sheet)
    if Sheet.objects.filter(pk=sheet.pk, locked_at=None).update(locked_at=timezone.now(), locked_by_id=actor.id):
        record(actor, Action.LOCK_SHEET, sheet.resource, payload=_facts(sheet))
    return sheet


@transaction.atomic
def unlock_sheet(actor: Actor, sheet: Sheet) -> Sheet:
    """Let its records be written again. Unlocking twice is not an error. Raises SheetOfClip."""
    require(actor, Action.UNLOCK_SHEET, sheet.resource)
    _check_own(sheet)
    if Sheet.objects.filter(pk=sheet.pk).exclude(locked_at=None).update(locked_at=None, locked_by_id=""):
        record(actor, Action.UNLOCK_SHEET, sheet.resource, payload=_facts(sheet))
    return sheet


def _check_own(sheet: Sheet) -> None:
    """Who may change a clip is not who may change a sheet: its own sheet is no way round that."""
    if sheet.is_clip:
        raise SheetOfClip


def _facts(sheet: Sheet) -> dict[str, Any]:
    return {"sheetId": sheet.pk, "workbookId": sheet.workbook_id, "name": sheet.name, "slug": sheet.slug}
