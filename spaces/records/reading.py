"""Which records somebody sees, the one place that says so; and those of them that were asked for, page by page."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from access.actors import Actor
from access.sheets import sees_every_record
from lib.ids import is_id
from lib.paging import BadCursor
from lib.problems import InvalidInput
from spaces.models import Record, Sheet
from spaces.records.cells import Cell, IsValid, ordering
from spaces.records.references import referenced_records
from spaces.records.shape import UnknownField, shape_of

LARGEST_PAGE = 10_000
LARGEST_ANSWER = 32 * 1024 * 1024  # bytes of JSON
STEP = 500
LARGEST_POSITION = 2**63


class PageTooLarge(InvalidInput):
    code = "page_too_large"
    message = f"These records are more than {LARGEST_ANSWER // 1024**2} MiB. Ask for fewer at once, or for some fields."
    field = "pageSize"


class SortedCursor(InvalidInput):
    code, message = "sorted_cursor", "Cursors follow the records as they stand in the sheet: leave out `sortField`."
    field = "after"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which records are asked for, and in what order. Beside a filter or a search, `ids` are those to leave out."""

    ids: tuple[str, ...] = ()
    filter: str = ""  # valid, error, all, none
    filter_field: str = ""
    search: str = ""
    search_field: str = ""
    sort_field: str = ""
    descending: bool = False

    @property
    def is_everything(self) -> bool:
        return not (self.ids or self.search) and self.filter in ("", "all")


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page: by its number, from 1, or behind a cursor, where the empty one begins."""

    size: int = LARGEST_PAGE
    number: int = 1
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records, and how many of them hold an error."""

    total: int
    error: int

    @property
    def valid(self) -> int:
        return self.total - self.error


def readable_records(actor: Actor, sheet: Sheet) -> QuerySet[Record]:
    """The records of the sheet that the actor may see: every route that shows any of them begins here."""
    records = Record.objects.filter(sheet_id=sheet.pk)
    return records if sees_every_record(actor, sheet.resource) else referenced_records(actor, sheet, records)


def chosen(records: QuerySet[Record], sheet: Sheet, choice: Choice) -> QuerySet[Record]:
    """Those of the records that were asked for. Raises UnknownField."""
    check_fields(sheet, choice.filter_field, choice.search_field)
    if choice.filter == "none":
        return records.none()
    if choice.ids:
        named = Q(pk__in=choice.ids)
        records = records.filter(~named if choice.filter or choice.search else named)
    if choice.filter in ("valid", "error"):
        records = _filtered(records, choice)
    return _found(records, choice) if choice.search else records


def in_order(records: QuerySet[Record], sheet: Sheet, choice: Choice) -> QuerySet[Record]:
    """As they stand in the sheet, or by the value of a field. Raises UnknownField."""
    check_fields(sheet, choice.sort_field)
    if choice.sort_field:
        return records.order_by(*ordering(choice.sort_field, descending=choice.descending))
    return records.order_by("position", "pk")


def counted(actor: Actor, sheet: Sheet, choice: Choice) -> Counts:
    """How many were asked for: of the whole sheet as it is kept with every write, else counted."""
    if choice.is_everything and sees_every_record(actor, sheet.resource):
        return Counts(sheet.records_count, sheet.invalid_count)
    records = chosen(readable_records(actor, sheet), sheet, choice)
    found = records.aggregate(total=Count("pk"), error=Count("pk", filter=Q(is_valid=False)))
    return Counts(found["total"], found["error"])


def numbered_page(records: QuerySet[Record], *, number: int, size: int) -> Iterator[Record]:
    """A page by its number, from 1, of records in any order. What it costs grows with the number."""
    size = min(size, LARGEST_PAGE)
    return _loaded(records[(number - 1) * size : number * size], size)


def page_after(records: QuerySet[Record], cursor: str, *, size: int) -> tuple[list[Record], str | None]:
    """The page behind a cursor, as the records stand in the sheet, and the next cursor. Flat at any depth."""
    size = min(size, LARGEST_PAGE)
    if cursor:
        position, id = _read(cursor)
        # A range of the index on (sheet, position, id); the id only breaks ties.
        records = records.filter(position__gte=position).exclude(position=position, pk__lte=id)
    found = list(_loaded(records.order_by("position", "pk")[: size + 1], size))
    last = found[size - 1] if len(found) > size else None
    return found[:size], cursor_of(last) if last else None


def page_before(records: QuerySet[Record], cursor: str, *, size: int) -> tuple[list[Record], str | None]:
    """The page that ends before a cursor, and the cursor of the one before that. Flat at any depth."""
    position, id = _read(cursor)
    records = records.filter(position__lte=position).exclude(position=position, pk__gte=id)
    found = list(_loaded(records.order_by("-position", "-pk")[: size + 1], size))
    first = found[size - 1] if len(found) > size else None
    return found[:size][::-1], cursor_of(first) if first else None


def page(actor: Actor, sheet: Sheet, choice: Choice, given: Paging) -> tuple[list[Record], str | None]:
    """The records of a page, and the cursor behind it where the page was asked for by one. Raises SortedCursor."""
    records = chosen(readable_records(actor, sheet), sheet, choice)
    if given.after is None:
        return list(numbered_page(in_order(records, sheet, choice), number=given.number, size=given.size)), None
    if choice.sort_field:
        raise SortedCursor
    return page_after(records, given.after, size=given.size)


def check_fields(sheet: Sheet, *keys: str) -> None:
    """Raises UnknownField for a key that no record of the sheet has; the empty one stands for none."""
    shape = shape_of(sheet)
    for key in keys:
        if key and not shape.knows(key):
            raise UnknownField(f"This sheet has no field {key[:64]}.", field=key[:64])


def _filtered(records: QuerySet[Record], choice: Choice) -> QuerySet[Record]:
    if not choice.filter_field:
        return records.filter(is_valid=choice.filter == "valid")
    records = records.alias(cell_is_valid=IsValid(choice.filter_field))
    wrong = Q(cell_is_valid="false")
    return records.filter(wrong) if choice.filter == "error" else records.exclude(wrong, cell_is_valid__isnull=False)


def _found(records: QuerySet[Record], choice: Choice) -> QuerySet[Record]:
    """In any case: the words are kept in lower case, and SQLite itself folds no more than A to Z."""
    records = records.filter(text__contains=choice.search.lower())
    if not choice.search_field:
        return records
    records = records.alias(cell_text=Cell(choice.search_field))
    if connection.vendor == "sqlite":
        return records.filter(cell_text__iregex=re.escape(choice.search))
    return records.filter(cell_text__icontains=choice.search)


def _loaded(records: QuerySet[Record], size: int) -> Iterator[Record]:
    """The records with their cells, as long as all of them are no more than an answer may hold."""
    rows = records.annotate(raw=Cast(F("values"), TextField())).defer("values", "text")
    total = 0
    for row in rows.iterator(chunk_size=STEP) if size > STEP else rows:
        total += len(row.raw)
        if total > LARGEST_ANSWER:
            raise PageTooLarge
        row.values = json.loads(row.raw)
        yield row


def cursor_of(record: Record) -> str:
    """Where this record stands, for the page behind it or before it."""
    text = json.dumps([record.position, record.pk])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[int, str]:
    try:
        position, id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, RecursionError):
        raise BadCursor from None
    if type(position) is not int or abs(position) >= LARGEST_POSITION or not is_id(id):
        raise BadCursor
    return position, id
