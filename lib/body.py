"""The strict reading of a JSON body: what is ambiguous, or not storable on both databases, is refused."""

import json
import math
import re
from typing import Any, NoReturn

from rest_framework.parsers import BaseParser

from lib.gzip import inflate
from lib.problems import MEBIBYTE, BodyTooLarge, InvalidInput, UnsupportedBody, UnsupportedEncoding

LARGEST = MEBIBYTE
LARGEST_OF_RECORDS = 16 * MEBIBYTE  # a view that writes records says so: `largest_body = LARGEST_OF_RECORDS`
DEEPEST = 32
LARGEST_INTEGER = 2**63
UNSTORABLE = re.compile("[\0\ud800-\udfff]")  # by PostgreSQL
ESCAPE = "\\u"  # the one way to write what cannot be stored: UTF-8 has no lone surrogates, and JSON no plain NUL


class BadJson(InvalidInput):
    code, message = "bad_json", "The body is not JSON that we can read."


class StrictJson(BaseParser):
    """JSON in UTF-8: no NaN, no doubled names, no NUL, no lone surrogates, at most 32 levels deep.

    Packed or not it is at most as large as the view's `largest_body`, and it is unpacked only when a view reads it: by
    then the credential is known to be good.
    """

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        request, most = parser_context["request"], getattr(parser_context["view"], "largest_body", LARGEST)
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower().replace("-", "") not in ("utf8", "usascii"):
            raise UnsupportedBody
        unpack = _unpacking(request.META.get("HTTP_CONTENT_ENCODING", ""))
        body = stream.read(most + 1)
        if len(body) > most:
            raise BodyTooLarge(most)
        try:
            return read((inflate(body, most=most) if unpack else body).decode("utf-8"))
        except UnicodeDecodeError:
            raise BadJson("The body is not UTF-8.") from None


def _unpacking(encoding: str) -> bool:
    """Whether a body of that Content-Encoding is packed. Raises UnsupportedEncoding for all but gzip and nothing."""
    name = encoding.strip().lower()
    if name not in ("", "identity", "gzip", "x-gzip"):  # the last two are one (RFC 9110, section 8.4.1.3)
        raise UnsupportedEncoding
    return name.endswith("gzip")


def read(text: str) -> Any:
    """The value of a JSON text. Raises BadJson, saying why."""
    try:
        value = json.loads(
            text, parse_constant=_no_constant, parse_float=_float, parse_int=_int, object_pairs_hook=_object
        )
    except (json.JSONDecodeError, RecursionError):
        raise BadJson("The body is not JSON, or nested far too deep.") from None
    _check_depth(value)
    if ESCAPE in text:
        _check_text(value)
    return value


def _check_depth(value: Any) -> None:
    """Level by level; what is too deep even to be parsed has been refused by then."""
    level = [value] if isinstance(value, dict | list) else []
    for _ in range(DEEPEST):
        items = (item for one in level for item in (one.values() if isinstance(one, dict) else one))
        level = [item for item in items if isinstance(item, dict | list)]
    if level:
        raise BadJson(f"The body is nested more than {DEEPEST} levels deep.")


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
        if UNSTORABLE.search(value):
            raise BadJson("A text in the body holds a NUL or half a surrogate pair.")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
