"""What fits a field of each type, and the value as it is then kept: the same said in another type is turned into it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

NUMBER = re.compile(r"[+-]?(\d{1,300}(\.\d{0,300})?|\.\d{1,300})([eE][+-]?\d{1,3})?", re.ASCII)


class Misfit(Exception):
    """Says what is wrong with a value; the value stays."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What one field takes."""

    type: str
    is_required: bool = False
    options: frozenset[str] | None = None  # None: any


def kind_of(one: Mapping[str, Any]) -> Kind:
    """What a field takes, by its configuration."""
    config, options = one.get("config") or {}, None
    listed = config.get("options")
    if one["type"] in ("enum", "enum-list") and isinstance(listed, list) and config.get("allowCustom") is not True:
        options = frozenset(plain(option.get("value")) for option in listed if isinstance(option, dict))
    constraints = one.get("constraints") or []
    return Kind(one["type"], any(constraint.get("type") == "required" for constraint in constraints), options)


def plain(value: Any) -> str:
    """A single value as text, such as a search or a reference compares it."""
    return value if isinstance(value, str) else json.dumps(value)


def _text(value: Any, kind: Kind) -> Any:
    if isinstance(value, list):
        raise Misfit("This must be a text.")
    return plain(value)


def _number(value: Any, kind: Kind) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = value.strip() if isinstance(value, str) else ""
    if NUMBER.fullmatch(text):
        number = int(text) if text.lstrip("+-").isdigit() else float(text)
        if abs(number) < 2**63:
            return number
    raise Misfit("This must be a number.")


def _boolean(value: Any, kind: Kind) -> Any:
    if isinstance(value, bool):
        return value
    known = {"true": True, "false": False}
    if isinstance(value, str) and value.strip().lower() in known:
        return known[value.strip().lower()]
    raise Misfit("This must be true or false.")


def _date(value: Any, kind: Kind) -> Any:
    try:
        datetime.fromisoformat(cast(str, value).strip())
    except (ValueError, TypeError, AttributeError):
        raise Misfit("This must be a date, such as 2027-01-31.") from None
    return value.strip()


def _enum(value: Any, kind: Kind) -> Any:
    if isinstance(value, list) or (kind.options is not None and plain(value) not in kind.options):
        raise Misfit("This is not one of the options.")
    return value


def _enums(value: Any, kind: Kind) -> Any:
    if not isinstance(value, list) or (kind.options is not None and not kind.options.issuperset(value)):
        raise Misfit("This must be a list of some of the options.")
    return value


def _texts(value: Any, kind: Kind) -> Any:
    if not isinstance(value, list):
        raise Misfit("This must be a list of texts.")
    return value


def _one(value: Any, kind: Kind) -> Any:
    if isinstance(value, list):
        raise Misfit("This must be a single value.")
    return value


ANY = Kind("any")
FITTING: dict[str, Callable[[Any, Kind], Any]] = {
    "any": lambda value, kind: value,
    "string": _text,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "enum": _enum,
    "enum-list": _enums,
    "string-list": _texts,
    "reference": _one,
    "reference-list": _texts,
}
