"""What can be done to spaces, and to the workbooks, sheets and documents in them."""

from spaces.actions.clips import create_clip, delete_clip, fill_clip, update_clip
from spaces.actions.documents import create_document, delete_document, update_document
from spaces.actions.merging import merge_clip, refresh_resolutions, resolve_clip
from spaces.actions.records import delete_records, insert_records, update_records
from spaces.actions.sheets import delete_sheet, lock_sheet, unlock_sheet, update_sheet
from spaces.actions.spaces import (
    archive_space,
    create_space,
    delete_space,
    delete_spaces,
    unarchive_space,
    update_space,
)
from spaces.actions.workbooks import create_workbook, delete_workbook, update_workbook

__all__ = [
    "archive_space",
    "create_clip",
    "create_document",
    "create_space",
    "create_workbook",
    "delete_clip",
    "delete_document",
    "delete_records",
    "delete_sheet",
    "delete_space",
    "delete_spaces",
    "delete_workbook",
    "fill_clip",
    "insert_records",
    "lock_sheet",
    "merge_clip",
    "refresh_resolutions",
    "resolve_clip",
    "unarchive_space",
    "unlock_sheet",
    "update_clip",
    "update_document",
    "update_records",
    "update_sheet",
    "update_space",
    "update_workbook",
]
