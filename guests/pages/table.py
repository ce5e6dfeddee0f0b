"""A sheet as a table: one page of its records, narrowed and sorted as the address says."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from access.actors import Actor
from access.sheets import sees_every_record
from guests.pages.cells import Addresses, Column, Shown, columns_of, shown_cells
from spaces.models import Record, Sheet
from spaces.records.reading import (
    Choice,
    chosen,
    counted,
    cursor_of,
    in_order,
    numbered_page,
    page_after,
    page_before,
    readable_records,
)

PAGE = 50
MOST_COLUMNS = 50
MOST_SORTED = 10_000  # a sheet with more keeps its order: sorting it would read all of it for every page
VALIDITIES = ("valid", "error")
LONGEST_SEARCH = 1024
KEPT = ("search", "field", "show", "sort", "down")  # of the address, from page to page


@dataclass(frozen=True, slots=True)
class Row:
    record: Record
    href: str
    pairs: list[tuple[Column, Shown]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; what the sheet does not know is passed over, for people keep addresses."""

    search: str = ""
    field: str = ""
    show: str = ""
    sort: str = ""
    down: str = ""

    @classmethod
    def of(cls, query: QueryDict, keys: set[str], *, can_sort: bool) -> "Asked":
        named, sort = query.get("field", ""), query.get("sort", "")
        return cls(
            search=query.get("search", "").strip()[:LONGEST_SEARCH],
            field=named if named in keys else "",
            show=query.get("show", "") if query.get("show") in VALIDITIES else "",
            sort=sort if sort in keys and can_sort else "",
            down="1" if query.get("down") and sort in keys and can_sort else "",
        )

    @property
    def choice(self) -> Choice:
        return Choice(
            search=self.search,
            search_field=self.field if self.search else "",
            filter=self.show,
            filter_field=self.field if self.show else "",
            sort_field=self.sort,
            descending=bool(self.down),
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.search or self.show)

    def query(self, **more: Any) -> str:
        """The address again, with something else in it."""
        said = {name: getattr(self, name) for name in KEPT} | more
        return "?" + urlencode({name: value for name, value in said.items() if value})


@dataclass(slots=True)
class Heading:
    """A column, and the address that sorts by it: the other way round where it is sorted by already."""

    column: Column
    sorted: str = ""  # ascending, descending
    query: str = ""


@dataclass(slots=True)
class Table:
    """What the template shows."""

    sheet: Sheet
    asked: Asked
    address: str
    columns: list[Column]
    rows: list[Row] = field(default_factory=list)
    before: str = ""  # addresses of the pages around this one
    after: str = ""
    total: int | None = None  # of all that match, where that is known without counting them
    invalid: int = 0
    can_sort: bool = False

    @property
    def shown_columns(self) -> list[Column]:
        return self.columns[:MOST_COLUMNS]

    @property
    def is_cut(self) -> bool:
        return len(self.columns) > MOST_COLUMNS

    @property
    def narrowed(self) -> str:
        """The query that asks for the same records, wherever they begin."""
        return self.asked.query(sort="", down="")

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.shown_columns]

    def _heading(self, column: Column) -> Heading:
        if not self.can_sort:
            return Heading(column)
        is_sorted, is_down = self.asked.sort == column.key, bool(self.asked.down)
        query = self.asked.query(sort=column.key, down="1" if is_sorted and not is_down else "")
        return Heading(column, ("descending" if is_down else "ascending") if is_sorted else "", query)


def table_of(actor: Actor, sheet: Sheet, query: QueryDict, addresses: Addresses) -> Table:
    """A page of the records that the actor may see. What it costs does not grow with the sheet. Raises BadCursor."""
    columns = columns_of(actor, sheet)
    can_sort = sheet.records_count <= MOST_SORTED
    asked = Asked.of(query, {column.key for column in columns}, can_sort=can_sort)
    table = Table(sheet, asked, addresses.sheet(sheet), columns, can_sort=can_sort)
    _count(table, actor)
    records = _sorted(table, actor, query) if asked.sort else _walked(table, actor, query)
    cells = shown_cells(actor, table.shown_columns, records, addresses)
    pairs = {id: list(zip(table.shown_columns, row, strict=True)) for id, row in cells.items()}
    table.rows = [Row(one, addresses.record(sheet, one.pk), pairs[one.pk]) for one in records]
    return table


def _count(table: Table, actor: Actor) -> None:
    """As it is kept for the whole sheet; anything else is counted only where that is cheap."""
    is_kept = not table.asked.is_narrowed and sees_every_record(actor, table.sheet.resource)
    if is_kept or table.can_sort:
        counts = counted(actor, table.sheet, table.asked.choice)
        table.total, table.invalid = counts.total, counts.error


def _walked(table: Table, actor: Actor, query: QueryDict) -> list[Record]:
    """As they stand in the sheet, before or behind a cursor."""
    records = chosen(readable_records(actor, table.sheet), table.sheet, table.asked.choice)
    after, before = query.get("after", ""), query.get("before", "")
    if before:
        found, more = page_before(records, before, size=PAGE)
        has_before, has_after = bool(more), True
    else:
        found, more = page_after(records, after, size=PAGE)
        has_before, has_after = bool(after), bool(more)
    if found and has_before:
        table.before = table.asked.query(before=cursor_of(found[0]))
    if found and has_after:
        table.after = table.asked.query(after=cursor_of(found[-1]))
    return found


def _sorted(table: Table, actor: Actor, query: QueryDict) -> list[Record]:
    """By the values of a column, by number: there are few of them."""
    number = _number(query.get("page", ""))
    records = chosen(readable_records(actor, table.sheet), table.sheet, table.asked.choice)
    found = list(numbered_page(in_order(records, table.sheet, table.asked.choice), number=number, size=PAGE))
    if number > 1:
        table.before = table.asked.query(page=number - 1)
    if number * PAGE < (table.total or 0):
        table.after = table.asked.query(page=number + 1)
    return found


def _number(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(MOST_SORTED))
    return max(int(text), 1) if is_number else 1
