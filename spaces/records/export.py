"""The records of a sheet as a CSV file (RFC 4180), in which no value is a formula (security.md, row 81)."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from access.actors import Actor
from spaces.models import Record, Sheet
from spaces.records.fitting import plain
from spaces.records.reading import Choice, chosen, in_order, page_after, readable_records

STEP = 1_000
# What a spreadsheet may take for the beginning of a formula (OWASP ASVS 1.2.10), the wide forms included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


class _Line:
    """What csv writes to: it hands the line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(actor: Actor, sheet: Sheet, choice: Choice) -> Iterator[bytes]:
    """The file line by line: the labels of the fields, then a line for each record that the actor may see.

    Raises UnknownField at once, before anything is sent.
    """
    records = chosen(readable_records(actor, sheet), sheet, choice)
    ordered = in_order(records, sheet, choice)
    return _lines(sheet, _cells(ordered) if choice.sort_field else _walked(records))


def file_name(sheet: Sheet) -> str:
    """What the file is called: the slug, as far as any system takes it."""
    name = "".join(letter for letter in sheet.slug if letter.isalnum() or letter in "-_")[:100]
    return f"{name or 'records'}.csv"


def safe(value: Any) -> str:
    """A value as the text of a cell. A text that would be a formula begins with an apostrophe; a number stays one."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return plain(value)
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _lines(sheet: Sheet, records: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    write = csv.writer(_Line(), lineterminator="\r\n").writerow
    keys = [field["key"] for field in sheet.fields]
    yield _encoded(write([safe(field.get("label") or field["key"]) for field in sheet.fields]))
    for cells in records:
        yield _encoded(write([safe(cells.get(key, {}).get("value")) for key in keys]))


def _walked(records: QuerySet[Record]) -> Iterator[dict[str, Any]]:
    """As they stand in the sheet, page by page: no transaction stays open while somebody downloads."""
    cursor: str | None = ""
    while cursor is not None:
        page, cursor = page_after(records, cursor, size=STEP)
        yield from (record.values for record in page)


def _cells(records: QuerySet[Record]) -> Iterator[dict[str, Any]]:
    return iter(records.values_list("values", flat=True).iterator(chunk_size=STEP))


def _encoded(line: Any) -> bytes:
    return str(line).encode()
