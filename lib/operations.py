"""What an operation of the API reads and answers, declared beside the method that does it; config/openapi.py reads it.

@operation("rename_key", body=KeyChange, answers=one(KeyOut))
def patch(self, request, key_id):
    '''Rename a key.'''
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from lib.drf import Input
from lib.shapes import PaginationOut, Shape, SuccessOut

Method = TypeVar("Method", bound=Callable[..., Any])
Json = dict[str, Any]
JSON = "application/json"
Body = type[Input] | list[type[Input]] | Json
Refer = Callable[[type[Shape]], Json]


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of a 200: a shape, and the envelope around it. `wrap` is given how to refer to a shape.

    Of a body that is not JSON the shape says no more than what it is.
    """

    shape: type[Shape]
    wrap: Callable[[Json, Refer], Json]
    media_type: str = JSON


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one route. `refuses` names statuses beyond those that its kind of operation always has."""

    name: str
    answers: Answer
    query: type[Input] | None = None
    body: Body | None = None
    refuses: tuple[int, ...] = ()


def operation(
    name: str,
    *,
    answers: Answer,
    query: type[Input] | None = None,
    body: Body | None = None,
    refuses: tuple[int, ...] = (),
) -> Callable[[Method], Method]:
    """Declare a method of a view: its name for ever, `verb_noun` of the domain function where there is one.

    The first line of its docstring becomes the summary, the rest the description. `body` may be a JSON Schema, or in a
    list: one of these or an array of them.
    """

    def declare(method: Method) -> Method:
        method.operation = Operation(name, answers, query, body, refuses)  # type: ignore[attr-defined]
        return method

    return declare


def one(shape: type[Shape]) -> Answer:
    """`{"data": {…}}`, as lib.drf.data answers."""
    return Answer(shape, lambda ref, _: _object(data=ref))


def followed(shape: type[Shape]) -> Answer:
    """`{"data": {…}}`, and the next cursor where the page was asked for by one."""
    return Answer(shape, lambda ref, _: _object(data=ref) | {"properties": {"data": ref, "next": NEXT}})


def by_name(shape: type[Shape]) -> Answer:
    """`{"data": {"name": [{…}]}}`."""
    return Answer(shape, lambda ref, _: _object(data={"type": "object", "additionalProperties": _list(ref)}))


def file(shape: type[Shape], media_type: str) -> Answer:
    """No JSON at all."""
    return Answer(shape, lambda ref, _: {"type": "string"}, media_type)


def many(shape: type[Shape], **beside: type[Shape] | Json) -> Answer:
    """`{"data": [{…}]}`, with what else the envelope carries."""

    def wrap(ref: Json, refer: Refer) -> Json:
        more = {name: other if isinstance(other, dict) else refer(other) for name, other in beside.items()}
        return _object(data=_list(ref), **more)

    return Answer(shape, wrap)


def listed(shape: type[Shape]) -> Answer:
    """A page of a list, as lib.drf.listing answers: numbered, or from a cursor."""
    return Answer(
        shape,
        lambda ref, refer: {
            "oneOf": [_object(data=_list(ref), pagination=refer(PaginationOut)), _object(data=_list(ref), next=NEXT)]
        },
    )


def either(shape: type[Shape]) -> Answer:
    """All at once without paging parameters, as lib.drf.data answers; with them a page, as lib.drf.listing does."""
    return Answer(
        shape,
        lambda ref, refer: (
            _object(data=_list(ref))
            | {"properties": {"data": _list(ref), "pagination": refer(PaginationOut), "next": NEXT}}
        ),
    )


def streamed(shape: type[Shape]) -> Answer:
    """A page of a list that nobody counts: numbered without a total, or from a cursor."""
    return Answer(shape, lambda ref, _: _object(data=_list(ref)) | {"properties": {"data": _list(ref), "next": NEXT}})


def twice(shape: type[Shape]) -> Answer:
    """Flat, and once more under `data`: current and older SDKs read different ones."""
    return Answer(shape, lambda ref, _: {"allOf": [ref, _object(data=ref)]})


def summed(shape: type[Shape], **sometimes: type[Shape]) -> Answer:
    """`{"data": [{…}]}`, and beside it what was asked for."""

    def wrap(ref: Json, refer: Refer) -> Json:
        more = {name: refer(other) for name, other in sometimes.items()}
        return _object(data=_list(ref)) | {"properties": {"data": _list(ref)} | more}

    return Answer(shape, wrap)


def bare(shape: type[Shape]) -> Answer:
    """Without an envelope."""
    return Answer(shape, lambda ref, _: ref)


done = one(SuccessOut)

NEXT = {"type": ["string", "null"], "description": "Give it as `after` to get the next page; null on the last one."}


def _object(**properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}
