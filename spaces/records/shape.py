"""What a sheet makes of the cells it is given: their types, what they must hold, and the messages about the others.

A value that does not fit is kept, with a message, as Flatfile does; only what is no cell at all is refused.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lib.problems import InvalidInput
from spaces.models import Sheet
from spaces.records.fitting import ANY, FITTING, Kind, Misfit, kind_of, plain

LONGEST_TEXT = 32_767  # what a cell of a spreadsheet holds
LONGEST_LIST = 1_000
LONGEST_ITEM = 1_024
LONGEST_MESSAGE = 1_024
MOST_MESSAGES = 20
LARGEST_RECORD = 64 * 1024  # bytes of JSON
TYPES_OF_MESSAGES = ("error", "warn", "info")
REQUIRED, MISFIT = "required-constraint", "invalid-option"  # sources of our own messages

Cell = dict[str, Any]
Cells = dict[str, Cell]


class BadRecords(InvalidInput):
    code, message = "bad_records", "Each record is an object of cells by field key, each with a value."
    field = "records"


class UnknownField(InvalidInput):
    code, message = "unknown_field", "This sheet has no such field."


class RecordTooLarge(InvalidInput):
    code = "record_too_large"
    message = f"A record holds up to {LARGEST_RECORD // 1024} KiB. Shorten its values or its messages."


@dataclass(frozen=True, slots=True)
class Shape:
    """The fields of a sheet, made ready to check ten thousand records."""

    kinds: Mapping[str, Kind]
    takes_others: bool
    required: tuple[str, ...] = field(default=())

    def knows(self, key: str) -> bool:
        return key in self.kinds or self.takes_others

    def cells(self, given: Any, at: str) -> Cells:
        """The cells of a record as they are stored. Raises BadRecords, UnknownField."""
        if not isinstance(given, dict):
            raise BadRecords(f"{at} must be an object of cells by field key.")
        return {key: self._cell(key, cell, f"{at}.{key[:64]}") for key, cell in given.items()}

    def missing(self, cells: Cells) -> Cells:
        """The required cells that a new record was not given."""
        return {key: self._cell(key, {}, key) for key in self.required if key not in cells}

    def _cell(self, key: str, given: Any, at: str) -> Cell:
        if not self.knows(key):
            raise UnknownField(f"This sheet has no field {key[:64]}.", field=at)
        if not isinstance(given, dict):
            raise BadRecords(f"{at} must be an object with a value.")
        kind, value, messages = self.kinds.get(key, ANY), _value(given.get("value"), at), _messages(given, at)
        if is_empty(value):
            value = value if kind.type == "string" and value is not None else None
            if kind.is_required:
                messages = [_message(REQUIRED, "This field needs a value."), *messages]
        else:
            try:
                value = FITTING[kind.type](value, kind)
            except Misfit as misfit:
                messages = [_message(MISFIT, str(misfit)), *messages]
        cell = {"value": value, "valid": all(one["type"] != "error" for one in messages), "messages": messages}
        noted = metadata(given.get("metadata"), at)
        if noted:
            cell["metadata"] = noted
        return cell


def shape_of(sheet: Sheet) -> Shape:
    kinds = {one["key"]: kind_of(one) for one in sheet.fields}
    required = tuple(key for key, kind in kinds.items() if kind.is_required)
    return Shape(kinds, sheet.config.get("allowAdditionalFields") is True, required)


def metadata(given: Any, at: str) -> dict[str, Any]:
    """What a program notes at a cell or record, an object of its own making."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise BadRecords(f"The metadata of {at} must be an object.")
    return given


def is_valid(cells: Cells) -> bool:
    return all(cell["valid"] for cell in cells.values())


def text_of(cells: Cells) -> str:
    """The words a search looks through: all values in lower case."""
    return " ".join(_words(cell["value"]) for cell in cells.values() if cell["value"] is not None)


def check_size(cells: Cells, metadata: dict[str, Any], at: str) -> None:
    if len(json.dumps([cells, metadata])) > LARGEST_RECORD:
        raise RecordTooLarge(field=at)


def is_empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _words(value: Any) -> str:
    return " ".join(value).lower() if isinstance(value, list) else plain(value).lower()


def _value(value: Any, at: str) -> Any:
    """A value that a cell can hold at all."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise BadRecords(f"{at} holds up to {LONGEST_TEXT} characters.")
    if isinstance(value, dict):
        raise BadRecords(f"The value of {at} is a text, a number, true or false, a list of texts, or null.")
    if not isinstance(value, list):
        return value
    if len(value) > LONGEST_LIST or any(isinstance(item, list | dict | None) for item in value):
        raise BadRecords(f"{at} lists up to {LONGEST_LIST} texts.")
    texts = [plain(item) for item in value]
    if any(len(text) > LONGEST_ITEM for text in texts):
        raise BadRecords(f"The texts that {at} lists have up to {LONGEST_ITEM} characters.")
    return texts


def _messages(given: Mapping[str, Any], at: str) -> list[dict[str, Any]]:
    """The messages a program leaves at a cell. Those that we ourselves had left there are made anew."""
    listed = given.get("messages")
    if listed is None:
        return []
    if not isinstance(listed, list) or len(listed) > MOST_MESSAGES:
        raise BadRecords(f"{at} has up to {MOST_MESSAGES} messages.")
    read = [_read_message(one, at) for one in listed]
    return [one for one in read if one.get("source") not in (REQUIRED, MISFIT)]


def _read_message(given: Any, at: str) -> dict[str, Any]:
    if not isinstance(given, dict) or given.get("type", "error") not in TYPES_OF_MESSAGES:
        raise BadRecords(f"A message of {at} is an object of the type {', '.join(TYPES_OF_MESSAGES)}.")
    texts = {name: given[name] for name in ("field", "source", "message", "path") if given.get(name) is not None}
    if any(not isinstance(text, str) or len(text) > LONGEST_MESSAGE for text in texts.values()):
        raise BadRecords(f"The texts of a message of {at} have up to {LONGEST_MESSAGE} characters.")
    return {"type": given.get("type", "error"), **texts}


def _message(source: str, text: str) -> dict[str, Any]:
    return {"type": "error", "source": source, "message": text}
