"""The strict reading of a JSON body: what is ambiguous, or not storable on both databases, is refused."""

import json
import math
from typing import Any, NoReturn

from django.core.exceptions import RequestDataTooBig
from rest_framework.parsers import BaseParser

from lib.problems import BodyTooLarge, InvalidInput, UnsupportedBody

DEEPEST = 32
LARGEST_INTEGER = 2**63


class BadJson(InvalidInput):
    code, message = "bad_json", "The body is not JSON that we can read."


class StrictJson(BaseParser):
    """JSON in UTF-8: no NaN, no doubled names, no NUL, no lone surrogates, at most 32 levels deep."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        charset = (parser_context["request"].content_params or {}).get("charset", "utf-8")
        if charset.lower().replace("-", "") not in ("utf8", "usascii"):
            raise UnsupportedBody
        try:
            text = stream.read().decode("utf-8")
        except RequestDataTooBig:
            raise BodyTooLarge from None
        except UnicodeDecodeError:
            raise BadJson("The body is not UTF-8.") from None
        return read(text)


def read(text: str) -> Any:
    """The value of a JSON text. Raises BadJson, saying why."""
    if _depth(text) > DEEPEST:
        raise BadJson(f"The body is nested more than {DEEPEST} levels deep.")
    try:
        value = json.loads(
            text, parse_constant=_no_constant, parse_float=_float, parse_int=_int, object_pairs_hook=_object
        )
    except (json.JSONDecodeError, RecursionError):
        raise BadJson("The body is not JSON.") from None
    _check_text(value)
    return value


def _depth(text: str) -> int:
    """How deep brackets nest outside strings: counted before parsing, which would recurse."""
    depth = deepest = 0
    inside = escaped = False
    for character in text:
        if inside:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = True
            elif character == '"':
                inside = False
        elif character == '"':
            inside = True
        elif character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _no_constant(name: str) -> NoReturn:
    raise BadJson(f"{name} is not JSON.")


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BadJson("A number in the body is too large.")
    return number


def _int(text: str) -> int:
    if len(text) > 20 or not -LARGEST_INTEGER <= (number := int(text)) < LARGEST_INTEGER:
        raise BadJson("A number in the body is too large.")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise BadJson("An object in the body names the same key twice.")
    return value


def _check_text(value: Any) -> None:
    """Refuse characters that PostgreSQL cannot store."""
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
            raise BadJson("A text in the body holds a NUL or half a surrogate pair.")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
