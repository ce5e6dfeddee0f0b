"""The API's envelopes and its strict input: what is let through has the type it promises, nothing is coerced."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import QueryDict
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.response import Response

from lib import paging
from lib.problems import InvalidFields, InvalidInput

ZONED = re.compile(r"T.*(Z|[+-]\d\d:?\d\d)$", re.ASCII)
PAGE_SIZE = f"More than {paging.LARGEST_PAGE} counts as {paging.LARGEST_PAGE}."
WHOLE = re.compile(r"[0-9]{1,8}", re.ASCII)
# What people write for the fields that narrow a credential, in the form of `_sound`.
MEANT = {
    "expiry": "expiresat",
    "expire": "expiresat",
    "expireat": "expiresat",
    "expiration": "expiresat",
    "expirationdate": "expiresat",
    "environment": "environmentid",
}


class JsonAlways(BaseContentNegotiation):
    """JSON whatever the Accept header says: the API speaks nothing else."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        media_type = (request.content_type or "").split(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == media_type), None)

    def select_renderer(self, request: Any, renderers: Any, format_suffix: Any = None) -> Any:
        return renderers[0], renderers[0].media_type


# Envelopes (flatfile-api.md, section 2.1)


def data(value: Any, **beside: Any) -> Response:
    return Response({**beside, "data": value})


def success() -> Response:
    return data({"success": True})


def listing(given: dict[str, Any], rows: QuerySet[Any], out: Callable[[Any], dict[str, Any]]) -> Response:
    """A page of a list: numbered as documented, or from our own `after` cursor, which stays flat at any depth."""
    if given.get("after") is not None:
        page = paging.keyset(rows, given["after"], size=min(given["pageSize"], paging.LARGEST_PAGE))
        return data([out(row) for row in page.rows], next=page.next)
    found, pagination = paging.numbered(rows, number=given["pageNumber"], size=given["pageSize"])
    return data([out(row) for row in found], pagination=pagination)


def present(**fields: Any) -> dict[str, Any]:
    """Without what is None: optional fields are left out rather than null."""
    return {name: value for name, value in fields.items() if value is not None}


# Input


class Input(serializers.Serializer[Any]):
    """What an endpoint reads. Unknown fields are ignored, as the official SDK's endpoints need it; see Strict.

    Not so a field that is one of ours but for its spelling: `scope` or `expires_at`, ignored, would limit nothing.
    """

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return attrs

    @classmethod
    def of(cls, given: Any) -> dict[str, Any]:
        """The checked values of a query string or JSON object. Raises InvalidInput, naming every bad field."""
        if isinstance(given, QueryDict):
            given = _each_once(given, cls())
        elif not isinstance(given, dict):
            raise InvalidInput("The body must be a JSON object.")
        serializer = cls(data=given)
        misspelt = cls.misspelt(given, serializer)
        if misspelt:
            raise InvalidFields(misspelt)
        if not serializer.is_valid():
            raise InvalidFields(list(_flat(serializer.errors)))
        return dict(serializer.validated_data)

    @classmethod
    def misspelt(cls, given: Any, serializer: serializers.Serializer[Any]) -> list[tuple[str, str]]:
        """The unknown fields that are worth telling, each with what to say of it."""
        meant = {_sound(str(field)): str(field) for field in serializer.fields}
        sounds = {name: _sound(name) for name in given if name not in serializer.fields}
        found = {name: meant[sound] for name, sound in sounds.items() if sound in meant}
        return [(name, f"There is no such field. Did you mean {found[name]}?") for name in sorted(found)]


class Strict(Input):
    """The same for endpoints of our own: an unknown field is a mistake worth telling."""

    @classmethod
    def misspelt(cls, given: Any, serializer: serializers.Serializer[Any]) -> list[tuple[str, str]]:
        guessed = dict(super().misspelt(given, serializer))
        unknown = sorted(set(given) - set(serializer.fields)) if isinstance(given, dict) else guessed
        return [(name, guessed.get(name, "There is no such field.")) for name in unknown]


class Text(serializers.CharField):
    """Text and nothing that merely prints like it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("trim_whitespace", False)
        kwargs.setdefault("max_length", 1024)
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            raise serializers.ValidationError("This must be a text.")
        return str(super().to_internal_value(data))


class Flag(serializers.Field[bool, Any, bool, Any]):
    """true or false, in JSON or in a query string."""

    json_schema: ClassVar = {"type": "boolean"}

    def to_internal_value(self, data: Any) -> bool:
        if isinstance(data, bool):
            return data
        if data in ("true", "false"):
            return bool(data == "true")
        raise serializers.ValidationError("This must be true or false.")

    def to_representation(self, value: bool) -> bool:
        return value


class Whole(serializers.Field[int, Any, int, Any]):
    """A whole number in plain digits, from `least` up to `most`."""

    def __init__(self, *, least: int = 0, most: int = 2**31 - 1, **kwargs: Any) -> None:
        self.least, self.most = least, most
        self.json_schema = {"type": "integer", "minimum": least, "maximum": most}
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> int:
        number = int(data) if isinstance(data, str) and WHOLE.fullmatch(data) else data
        if type(number) is not int or not self.least <= number <= self.most:
            raise serializers.ValidationError(f"This must be a whole number from {self.least} to {self.most}.")
        return number

    def to_representation(self, value: int) -> int:
        return value


class Moment(serializers.DateTimeField):
    """A time in ISO 8601, with its zone."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not value.isascii() or not ZONED.search(value):
            raise serializers.ValidationError("This must be a time with its zone, such as 2027-01-31T12:00:00Z.")
        try:
            return super().to_internal_value(value)
        except OverflowError:
            raise serializers.ValidationError("This time is out of range.") from None


class Free(serializers.JSONField):
    """Any JSON object; its depth and characters were checked when the body was read."""

    json_schema: ClassVar = {"type": "object", "additionalProperties": True}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            raise serializers.ValidationError("This must be a JSON object.")
        return data


class Texts(serializers.ListField):
    """A list of texts."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        super().__init__(child=Text(max_length=255), **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, list):
            raise serializers.ValidationError("This must be a list of texts.")
        return super().to_internal_value(data)


class Paged(Input):
    """The paging parameters of numbered lists (flatfile-api.md, section 2.2), and our cursor."""

    pageSize = Whole(least=1, most=99_999_999, default=10, help_text=PAGE_SIZE)
    pageNumber = Whole(least=1, most=paging.LARGEST_NUMBER, default=1)
    after = Text(required=False, allow_blank=True, help_text="Instead of `pageNumber`: empty, or the `next` of a page.")


def _sound(name: str) -> str:
    """A name without what people get wrong about it: case, what joins its words, one or many."""
    letters = re.sub(r"[^a-z]", "", unicodedata.normalize("NFKC", name).casefold()).removesuffix("s")
    return MEANT.get(letters, letters)


def _each_once(given: QueryDict, serializer: serializers.Serializer[Any]) -> dict[str, Any]:
    """A query string as an object. A parameter given twice is ambiguous (security.md, row 89), unless it is a list.

    DRF would take an empty one in a QueryDict for none at all: `expiresAt=` would make a key without an end.
    """
    value: dict[str, Any] = {}
    for name in given:
        several = isinstance(serializer.fields.get(name), serializers.ListField)
        if len(given.getlist(name)) > 1 and not several:
            raise InvalidInput("Give this parameter once.", field=name[:64])
        base, bracket, _ = name.partition("[")
        if bracket and base in serializer.fields:  # ignored, `scopes[]=…` would limit nothing
            raise InvalidInput(f"Write {base} without brackets, once for each value.", field=name[:64])
        value[name] = given.getlist(name) if several else given[name]
    return value


def _flat(errors: Any, prefix: str = "") -> Iterable[tuple[str, str]]:
    if isinstance(errors, dict):
        for name, inner in errors.items():
            path = f"{prefix}.{name}" if prefix else str(name)
            yield from _flat(inner, prefix if name == "non_field_errors" else path)
    elif isinstance(errors, list):
        for index, inner in enumerate(errors):
            nested = isinstance(inner, (dict, list))
            yield from _flat(inner, f"{prefix}[{index}]" if nested else prefix)
    else:
        yield prefix or "general", str(errors)
