"""The OpenAPI document as an oracle: a middleware of the tests that holds every answer of the API to it."""

import functools
import json
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema_rs
from django.http import HttpRequest, HttpResponse

from config.contract import RESPONSES, STATUSES
from config.openapi import document
from config.routes import readable

BROKEN: list[str] = []
# Whatever the operation: what the door refuses, methods that are not there, and bugs, which tests look for themselves.
ANYWHERE = {"400", "405", "411", "413", "415", "500", "503"}
PLAIN = ("/v1/", "/.well-known/", "/healthz", "/readyz")


class Contract:
    """Notes in BROKEN every answer that is not as described; a fixture fails the test it belongs to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        path = request.path_info.removeprefix("/api")
        if path.startswith(PLAIN) and request.method != "OPTIONS":  # a pre-flight is no operation
            told = f"{request.method} {path}: {response.status_code}"
            BROKEN.extend(f"{told}: {complaint}" for complaint in complaints(request, response))
        return response


def complaints(request: HttpRequest, response: HttpResponse) -> Iterator[str]:
    status, is_head = str(response.status_code), request.method == "HEAD"
    path = address(request)
    described = document()["paths"].get(path, {}).get("get" if is_head else (request.method or "").lower())
    if not described and response.status_code < 400:
        return  # a route of a test's own: that all of ours are described is a test of itself
    if described and status not in {*described["responses"], *ANYWHERE}:
        yield "this status is not described"
        return
    if status == "200" and described and is_file(described, response):
        return
    if response.headers.get("Content-Type") != "application/json":
        yield f"speaks {response.headers.get('Content-Type')}"
        return
    yield from missing_headers(response)
    if not is_head:
        name = described["operationId"] if described and status == "200" else ""
        yield from shape_complaints(name, status, response.content)


def is_file(described: dict[str, Any], response: HttpResponse) -> bool:
    """Whether it is described as something else than JSON, and that is what it is."""
    media_types = described["responses"]["200"]["content"]
    return (
        "application/json" not in media_types and response.headers.get("Content-Type", "").split(";")[0] in media_types
    )


def address(request: HttpRequest) -> str:
    match = request.resolver_match
    return "/" + readable(match.route).removeprefix("api/") if match else ""


def missing_headers(response: HttpResponse) -> Iterator[str]:
    """A refusal carries the headers that go with its status."""
    name = STATUSES.get(response.status_code, ("",))[0]
    for header in RESPONSES.get(name, {}).get("headers", {}):
        if header not in response.headers:
            yield f"has no {header}"


def shape_complaints(name: str, status: str, content: bytes) -> Iterator[str]:
    value = json.loads(content)
    for error in validator(name, status).iter_errors(value):
        yield f"{'/'.join(map(str, error.instance_path))}: {error.message[:300]}"


@functools.cache
def validator(name: str, status: str) -> Any:
    """Of the answer of an operation, or of a refusal; closed, so that what is not described is a mistake."""
    if name:
        operations = [item for path in document()["paths"].values() for item in path.values()]
        described = next(item for item in operations if item["operationId"] == name)
        schema = described["responses"][status]["content"]["application/json"]["schema"]
    else:
        schema = {"$ref": f"#/components/schemas/{'Denials' if status == '403' else 'Problems'}"}
    return jsonschema_rs.Draft202012Validator(closed(schema) | {"components": components()}, validate_formats=True)


@functools.cache
def components() -> dict[str, Any]:
    """All components closed, and once more open under another name: what is merged may have more."""
    schemas = document()["components"]["schemas"]
    both = {name: closed(schema) for name, schema in schemas.items()}
    return {"schemas": both | {f"{name}-open": schema for name, schema in schemas.items()}}


def closed(schema: Any) -> Any:
    """The same schema, whose objects have no other properties than those it names."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "allOf" in schema:
        first, *rest = schema["allOf"]
        return {"allOf": [{"$ref": first["$ref"] + "-open"}, *({**closed(one), **LOOSE} for one in rest)]}
    found = {name: closed(value) for name, value in schema.items()}
    return {"additionalProperties": False} | found if isinstance(schema.get("properties"), dict) else found


LOOSE = {"additionalProperties": True}
