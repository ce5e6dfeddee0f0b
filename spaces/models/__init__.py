"""What access is given to: spaces, and the workbooks, sheets, records and documents in them."""

from spaces.models.spaces import Document, Space, way_in_version
from spaces.models.workbooks import CLIPPED, Record, Sheet, Workbook

__all__ = ["CLIPPED", "Document", "Record", "Sheet", "Space", "Workbook", "way_in_version"]
