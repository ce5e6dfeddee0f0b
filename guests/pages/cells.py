"""The columns of a sheet, and how the value of a cell is shown to people; whose page it is does not matter here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from access.actors import Actor
from access.queries import visible
from spaces.models import Record, Sheet
from spaces.records.fitting import plain
from spaces.records.links import matching
from spaces.records.reading import readable_records
from spaces.records.references import OWN_ID, REFERENCES, key_of, referring

LONGEST = 120  # characters of a value in a table; the page of the record has all of it
MOST_LABELLED = 500  # references by record id on one page that are shown by name


class Addresses(Protocol):
    """Where the pages of records are: in a space, or in a data clip."""

    def sheet(self, sheet: Sheet, **query: str) -> str: ...
    def record(self, sheet: Sheet, id: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as a person reads it: its text, what is wrong with it, and where it leads."""

    text: str = ""
    wrong: str = ""
    href: str = ""


class Column:
    """A field of a sheet. `target` is the sheet it refers to, where the actor may see that."""

    def __init__(self, field: Mapping[str, Any], target: Sheet | None = None) -> None:
        self.field, self.target = field, target
        self.key, self.type = field["key"], field["type"]
        self.label = _text(field.get("label")) or self.key
        self.help = _text(field.get("description"))
        self.is_fixed = field.get("readonly") is True
        self.is_number = self.type == "number"

    @property
    def options(self) -> dict[str, str]:
        """Value → its words, of a field with a list of options."""
        listed = (self.field.get("config") or {}).get("options") if self.type in ("enum", "enum-list") else None
        found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        return {plain(one.get("value")): _text(one.get("label")) or plain(one.get("value")) for one in found}

    @property
    def is_choice(self) -> bool:
        """Whether one chooses instead of typing."""
        return self.type == "boolean" or (self.type == "enum" and bool(self.options))

    @property
    def is_required(self) -> bool:
        return any(one.get("type") == "required" for one in self.field.get("constraints") or [])

    @property
    def names_ids(self) -> bool:
        """Whether it refers to records by their own ids, which say nothing to a person."""
        target = self.target
        return target is not None and key_of(self.field) == OWN_ID and OWN_ID not in {f["key"] for f in target.fields}


def columns_of(actor: Actor, sheet: Sheet) -> list[Column]:
    """The fields in order, in one query for all the sheets they refer to."""
    named = {_ref(field) for field in sheet.fields if field["type"] in REFERENCES}
    sheets = visible(Sheet, actor).filter(workbook_id=sheet.workbook_id, is_clip=False, slug__in=named)
    targets = {one.slug: one for one in sheets} if named else {}
    return [Column(field, targets.get(_ref(field))) for field in sheet.fields]


def shown_cells(
    actor: Actor, columns: list[Column], records: list[Record], addresses: Addresses, *, longest: int = LONGEST
) -> dict[str, list[Shown]]:
    """Record id → its cells, column by column. Of what a reference names, only what the actor may read is shown."""
    names = {column.key: _names(actor, column, records) for column in columns if column.names_ids}
    return {
        record.pk: [_shown(column, record, names.get(column.key, {}), addresses, longest) for column in columns]
        for record in records
    }


def value_text(value: Any, options: Mapping[str, str]) -> str:
    """A value in words: `Yes` for true, the label of an option, a list with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return ", ".join(value_text(one, options) for one in value)
    return options.get(plain(value), plain(value))


def _shown(column: Column, record: Record, names: Mapping[str, str], addresses: Addresses, longest: int) -> Shown:
    cell = record.values.get(column.key) or {}
    named = referring(record, column.key) if names or column.target else []
    text = value_text(cell.get("value"), names or column.options)
    found = [one.get("message") or "" for one in cell.get("messages") or [] if one.get("type") == "error"]
    wrong = (found[0] or "This value does not fit.") if found and cell.get("valid") is False else ""
    href = _address(column, named, names, addresses) if named else ""
    return Shown(text if len(text) <= longest else f"{text[: longest - 1]}…", wrong, href)


def _address(column: Column, named: list[str], names: Mapping[str, str], addresses: Addresses) -> str:
    """The record that is referred to, or the sheet narrowed to the value; nothing is looked up for it."""
    if column.target is None or len(named) > 1:
        return ""
    if column.names_ids:
        return addresses.record(column.target, named[0]) if named[0] in names else ""
    return addresses.sheet(column.target, search=named[0], field=key_of(column.field))


def _names(actor: Actor, column: Column, records: list[Record]) -> dict[str, str]:
    """Record id → what the record of the other sheet says in its first field."""
    target = column.target
    if target is None or not target.fields:
        return {}
    wanted = dict.fromkeys(value for record in records for value in referring(record, column.key))
    ids = list(wanted)[:MOST_LABELLED]
    found = matching(readable_records(actor, target), target, OWN_ID, ids)
    first = Column(target.fields[0])
    cells = {id: ones[0].values.get(first.key) or {} for id, ones in found.items()}
    return {id: value_text(cell.get("value"), first.options) or id for id, cell in cells.items()}


def _ref(field: Mapping[str, Any]) -> str:
    ref = (field.get("config") or {}).get("ref")
    return ref if isinstance(ref, str) else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
