"""Two ways through a list: numbered pages as the API documents them, and keyset pages that stay flat at any size."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

from lib.ids import is_id
from lib.problems import InvalidInput

PAGE = 50
LARGEST_PAGE = 100
LARGEST_NUMBER = 10_000_000


class BadCursor(InvalidInput):
    code, message = "bad_cursor", "This cursor is not one of ours. Start again without `after`."
    field = "after"


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows in order, and the cursor of the page after them, if there is one."""

    rows: list[Any]
    next: str | None


def numbered(rows: QuerySet[Any], *, number: int, size: int) -> tuple[list[Any], dict[str, int]]:
    """One page of a list and its `pagination` object (flatfile-api.md, section 2.2). Pages start at 1."""
    size = min(size, LARGEST_PAGE)
    total = rows.count()
    start = (number - 1) * size
    page = list(rows[start : start + size]) if start < total else []
    return page, {"currentPage": number, "pageCount": -(-total // size), "totalCount": total}


def keyset(rows: QuerySet[Any], after: str | None = None, *, size: int = PAGE) -> Page:
    """One page, newest first by (created_at, pk), beginning behind the cursor. Raises BadCursor."""
    if after:
        at, key = _read(after)
        # Written so that the index on created_at is a range, and the id only breaks ties.
        rows = rows.filter(created_at__lte=at).filter(Q(created_at__lt=at) | Q(pk__lt=key))
    found = list(rows.order_by("-created_at", "-pk")[: size + 1])
    more = len(found) > size
    return Page(found[:size], _write(found[size - 1]) if more else None)


def _write(row: Model) -> str:
    text = json.dumps([row.created_at.isoformat(), row.pk])  # type: ignore[attr-defined]
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, str]:
    try:
        at, key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None or not is_id(key):
            raise BadCursor
        return moment.astimezone(UTC), key
    except (ValueError, TypeError, OverflowError, RecursionError):
        raise BadCursor from None
