"""What the API reads and shows of workbooks and sheets (flatfile-api.md, sections 15 and 16)."""

from typing import Any

from rest_framework import serializers

from lib.drf import Flag, Free, Input, Text, Texts, present
from lib.times import moment
from spaces.models import CLIPPED, Sheet, Workbook


class WorkbooksIn(Input):
    """Query of GET /workbooks; a filter that begins with a hyphen excludes."""

    spaceId = Text(max_length=40, required=False)
    name = Text(max_length=256, required=False)
    namespace = Text(max_length=256, required=False)
    label = Text(max_length=256, required=False)  # type: ignore[assignment]
    treatment = Text(max_length=255, required=False)
    includeSheets = Flag(required=False)
    includeCounts = Flag(required=False)


class WorkbookChange(Input):
    """Body of PATCH /workbooks/{workbookId}; every field is optional."""

    name = Text(max_length=255, required=False)
    spaceId = Text(max_length=40, required=False)
    environmentId = Text(max_length=40, required=False)
    namespace = Text(max_length=255, required=False, allow_blank=True)
    labels = Texts(required=False)
    sheets = serializers.ListField(child=Free(), required=False, max_length=100)
    actions = serializers.ListField(child=Free(), required=False, max_length=100)
    settings = Free(required=False)
    metadata = Free(required=False)
    treatments = Texts(required=False)
    folder = Text(max_length=255, required=False, allow_blank=True)


class NewWorkbook(WorkbookChange):
    """Body of POST /workbooks."""

    name = Text(max_length=255)


class SheetsIn(Input):
    """Query of GET /sheets."""

    workbookId = Text(max_length=40)


class SheetChange(Input):
    """Body of PATCH /sheets/{sheetId}."""

    name = Text(max_length=255, required=False)
    slug = Text(max_length=255, required=False)
    metadata = Free(required=False)


def workbook_out(workbook: Workbook, sheets: list[Sheet] | None = None, *, is_bare: bool = False) -> dict[str, Any]:
    """A workbook; a bare one without what programs and people have noted at it."""
    shown = _noted(Workbook() if is_bare else workbook)
    return shown | present(
        id=workbook.pk,
        name=workbook.name,
        spaceId=workbook.space_id,
        environmentId=workbook.environment_id,
        sheets=None if sheets is None else [sheet_out(sheet) for sheet in sheets],
        createdAt=moment(workbook.created_at),
        updatedAt=moment(workbook.updated_at),
    )


def _noted(workbook: Workbook) -> dict[str, Any]:
    return present(
        namespace=workbook.namespace or None,
        labels=workbook.labels,
        actions=workbook.actions,
        settings=workbook.settings,
        metadata=workbook.metadata,
        treatments=workbook.treatments,
        folder=workbook.folder or None,
    )


def sheet_out(sheet: Sheet) -> dict[str, Any]:
    return present(
        id=sheet.pk,
        workbookId=sheet.workbook_id,
        name=sheet.name,
        slug=sheet.slug,
        config=sheet.config,
        metadata=sheet.metadata or None,
        treatments=[CLIPPED] if sheet.is_clip else None,
        lockedAt=moment(sheet.locked_at),
        lockedBy=sheet.locked_by_id or None,
        createdAt=moment(sheet.created_at),
        updatedAt=moment(sheet.updated_at),
    )
