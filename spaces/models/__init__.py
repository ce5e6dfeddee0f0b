"""What access is given to: spaces, the workbooks, sheets, records and documents in them, and data clips."""

from spaces.models.clips import ClipRecord, ClipReference, DataClip
from spaces.models.spaces import Document, Space, way_in_version
from spaces.models.workbooks import CLIPPED, Record, Sheet, Workbook

__all__ = [
    "CLIPPED",
    "ClipRecord",
    "ClipReference",
    "DataClip",
    "Document",
    "Record",
    "Sheet",
    "Space",
    "Workbook",
    "way_in_version",
]
