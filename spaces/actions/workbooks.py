"""Creating, changing and deleting workbooks with their sheets."""

from typing import Any

from django.db import IntegrityError, transaction

from access.actions import Action
from access.actors import Actor
from access.policy import require
from events.actions import record
from lib import names
from lib.changes import put
from lib.locks import hold, hold_to_delete
from lib.problems import InvalidInput, Problem
from spaces.actions.activity import note_activity
from spaces.actions.configs import check_sheets, new_sheet
from spaces.actions.holding import hold_guests_of
from spaces.actions.sheets import MOST_SHEETS, SlugTaken, TooManySheets
from spaces.models import Sheet, Space, Workbook

MOST_WORKBOOKS = 1_000
CHANGEABLE = ("name", "labels", "namespace", "actions", "metadata", "settings", "folder", "treatments")


class WorkbookNameMissing(InvalidInput):
    code, message = "workbook_name_missing", "A workbook needs a name of 1 to 255 characters."
    field = "name"


class TooManyWorkbooks(Problem):
    code, status = "too_many_workbooks", 409
    message = f"A space has at most {MOST_WORKBOOKS} workbooks. Delete one first."


@transaction.atomic
def create_workbook(
    actor: Actor, space: Space, *, name: str, sheets: list[dict[str, Any]] | None = None, **config: Any
) -> Workbook:
    """A workbook in the space, with its sheets; the first one is the space's primary (flatfile-api.md, section 15).

    Raises WorkbookNameMissing, BadSheet, SlugTaken, TooManySheets, TooManyWorkbooks.
    """
    require(actor, Action.CREATE_WORKBOOK, space.resource)
    space = hold(space)
    if space.workbooks.count() >= MOST_WORKBOOKS:
        raise TooManyWorkbooks
    at = {"account_id": space.account_id, "environment_id": space.environment_id, "space": space}
    workbook = Workbook(**at, name=_name(name), **config)
    workbook.save(force_insert=True)
    _add_sheets(workbook, sheets or [])
    if space.primary_workbook_id is None:
        Space.objects.filter(pk=space.pk).update(primary_workbook=workbook)
    note_activity(space.pk)
    record(actor, Action.CREATE_WORKBOOK, workbook.resource, payload=_facts(workbook))
    return workbook


@transaction.atomic
def update_workbook(
    actor: Actor, workbook: Workbook, *, sheets: list[dict[str, Any]] | None = None, **changes: Any
) -> Workbook:
    """Change what is named in CHANGEABLE, and the sheets when they are listed.

    A listed sheet is found by its slug and keeps its records; a new slug makes a new sheet; one that is not listed
    stays as it is, for deleting one is a deed of its own. Raises as create_workbook does.
    """
    require(actor, Action.UPDATE_WORKBOOK, workbook.resource)
    note_activity(workbook.space_id)
    workbook = hold(workbook)
    if "name" in changes:
        changes["name"] = _name(changes["name"])
    changed = list(put(workbook, changes, CHANGEABLE))
    if sheets is not None:
        _put_sheets(workbook, sheets)
    workbook.save(update_fields=[*changed, "updated_at"])
    names = changed + (["sheets"] if sheets is not None else [])
    record(actor, Action.UPDATE_WORKBOOK, workbook.resource, payload=_facts(workbook) | {"changed": names})
    return workbook


@transaction.atomic
def delete_workbook(actor: Actor, workbook: Workbook) -> None:
    """Delete a workbook with its sheets and records, for good. Twice is not an error."""
    require(actor, Action.DELETE_WORKBOOK, workbook.resource)
    resource, facts = workbook.resource, _facts(workbook)
    note_activity(workbook.space_id)
    if held := hold_to_delete(Workbook.objects.filter(pk=workbook.pk)):
        hold_guests_of(hold_to_delete(Sheet.objects.filter(workbook__in=held)))
        Workbook.objects.filter(pk__in=held).delete()
        record(actor, Action.DELETE_WORKBOOK, resource, payload=facts)


def _add_sheets(workbook: Workbook, configs: list[dict[str, Any]]) -> None:
    if len(configs) > MOST_SHEETS:
        raise TooManySheets
    sheets = [new_sheet(workbook, config, position) for position, config in enumerate(configs)]
    check_sheets(sheets)
    Sheet.objects.bulk_create(sheets)


def _put_sheets(workbook: Workbook, configs: list[dict[str, Any]]) -> None:
    """The listed sheets, found by slug or made anew, beside those that are not listed."""
    found = {sheet.slug: sheet for sheet in workbook.sheets.filter(is_clip=False)}
    given = [new_sheet(workbook, config, len(found) + index) for index, config in enumerate(configs)]
    fresh = [sheet for sheet in given if sheet.slug not in found]
    kept = [found.pop(sheet.slug).like(sheet) for sheet in given if sheet.slug in found]
    if len(found) + len(given) > MOST_SHEETS:
        raise TooManySheets
    check_sheets([*found.values(), *kept, *fresh])
    Sheet.objects.bulk_update(kept, ["name", "config", "metadata"])
    try:
        with transaction.atomic():
            Sheet.objects.bulk_create(fresh)
    except IntegrityError:
        raise SlugTaken from None


def _name(name: str) -> str:
    name = names.readable(name)
    if not 1 <= len(name) <= 255:
        raise WorkbookNameMissing
    return name


def _facts(workbook: Workbook) -> dict[str, Any]:
    return {"workbookId": workbook.pk, "spaceId": workbook.space_id, "name": workbook.name}
