"""The OpenAPI document: drf-spectacular, told what lib.operations and the apps' shapes declare."""

import functools
import json
from inspect import cleandoc
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import append_meta
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse

from access.permissions import Known
from config.contract import RESPONSES, refusals
from lib.drf import Strict
from lib.operations import JSON, Operation
from lib.shapes import Shape, id_schema

# Parameters of addresses: the prefix of the id, and what it is an id of.
IDENTS = {
    "clip_id": ("us_clip_", "a data clip"),
    "environment_id": ("us_env_", "an environment"),
    "event_id": ("us_evt_", "an event"),
    "assignment_id": ("us_acr_", "a role that somebody has"),
    "guest_id": ("us_g_", "a guest"),
    "key_id": ("us_key_", "an API key"),
    "document_id": ("us_dc_", "a document"),
    "shared_link_id": ("us_sl_", "a shared link"),
    "sheet_id": ("us_sh_", "a sheet"),
    "workbook_id": ("us_wb_", "a workbook"),
    "secret_id": ("us_sec_", "a secret"),
    "space_id": ("us_sp_", "a space"),
    "token_id": ("us_pat_", "a personal access token"),
    "user_id": ("us_usr_", "a member of the account"),
}
DESCRIBED = ("/v1/", "/.well-known/")
MACHINES = {
    "/healthz": ("check_process", "Whether the process answers", "ok", ()),
    "/readyz": ("check_readiness", "Whether the database answers and is migrated", "ready", (503,)),
}
AT_ROOT = [{"url": "/"}]


@functools.cache
def document() -> dict[str, Any]:
    """The whole API, for both prefixes; the same for everybody, so it is made once."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


@functools.cache
def document_text() -> str:
    return json.dumps(document())


def one_prefix(endpoints: list[Any]) -> list[Any]:
    """Both prefixes answer alike: servers tell them apart, so that operations are described once."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith(DESCRIBED)]


def beside_the_api(result: Any, **_: Any) -> Any:
    """Add what is no view of DRF's, and say that it has no second prefix."""
    for path, (name, summary, word, statuses) in MACHINES.items():
        status = {"type": "object", "required": ["status"], "properties": {"status": {"const": word}}}
        answers = {"200": {"description": summary, "content": {"application/json": {"schema": status}}}}
        answers |= refusals(statuses)
        result["paths"][path] = {
            "get": {"operationId": name, "summary": summary, "tags": ["health"], "responses": answers}
        }
    for path, item in result["paths"].items():
        for described in item.values() if not path.startswith("/v1/") else ():
            described["servers"] = AT_ROOT
    result["components"]["responses"] = RESPONSES
    return result


class Described(AutoSchema):
    """Reads an operation where it is declared, and nothing from what a view looks like."""

    @property
    def method_of_view(self) -> Any:
        return getattr(self.view, self.method.lower())

    @property
    def operation(self) -> Operation:
        found: Operation = self.method_of_view.operation
        return found

    @property
    def is_open(self) -> bool:
        return Known not in self.view.permission_classes

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        described: Any = super().get_operation(*args, **kwargs)
        described["responses"] |= refusals(self._statuses())
        if "requestBody" in described:
            described["requestBody"]["required"] = self._wants_a_body()
        return described

    def get_operation_id(self) -> str:
        return self.operation.name

    def get_summary(self) -> str:
        return self._doc()[0].rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]  # as AutoSchema has it
        return " ".join(line for line in self._doc()[1:] if line)

    def get_tags(self) -> list[str]:
        """The module that answers: `environments.api.keys` is `keys`, `spaces.api` is `spaces`."""
        app, *rooms = type(self.view).__module__.split(".")
        return [rooms[1] if len(rooms) > 1 else app]

    def get_auth(self) -> list[Any]:
        return [] if self.is_open else [{"bearer": []}]

    def get_override_parameters(self) -> list[Any]:
        return [self.operation.query] if self.operation.query else []

    def get_request_serializer(self) -> Any:
        body = self.operation.body
        if isinstance(body, list):
            item = self.resolve_serializer(body[0], "request").ref
            body = {"oneOf": [item, {"type": "array", "minItems": 1, "items": item}]}
        return {"application/json": body} if body else None

    def get_response_serializers(self) -> Any:
        answers = self.operation.answers
        about = cleandoc(answers.shape.__doc__ or "").splitlines()[0]
        if answers.media_type != JSON:
            return {("200", answers.media_type): OpenApiResponse(OpenApiTypes.STR, about)}
        return {"200": OpenApiResponse(answers.wrap(self._refer(answers.shape), self._refer), about)}

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        return str(super().get_serializer_name(serializer, direction)).removesuffix("Out")

    def _doc(self) -> list[str]:
        return cleandoc(self.method_of_view.__doc__ or "").splitlines()

    def _refer(self, shape: type[Shape]) -> dict[str, Any]:
        reference: dict[str, Any] = self.resolve_serializer(shape, "response").ref
        return reference

    def _wants_a_body(self) -> bool:
        """Whether no body at all is refused: it counts as an empty object."""
        body = self.operation.body
        if not isinstance(body, type):
            return True
        return hasattr(body, "json_schema") or any(field.required for field in body().fields.values())

    def _statuses(self) -> tuple[int, ...]:
        """Every refusal that an operation of this kind has, and those it declares."""
        operation, found = self.operation, {400, 503}
        bodies = operation.body if isinstance(operation.body, list) else [operation.body]
        inputs = [given for given in (operation.query, *bodies) if isinstance(given, type)]
        if not self.is_open:
            found |= {401, 403}
            names = {str(name) for given in inputs for name in given().fields}
            found |= {404} if "{" in self.path or any(name.endswith("Id") for name in names) else set()
            found |= {409} if self.method != "GET" else set()
        if operation.body:
            found |= {411, 413, 415}
        return tuple(sorted(found | set(operation.refuses)))

    def _resolve_path_parameters(self, variables: list[str]) -> list[Any]:
        return [self._path_parameter(name) for name in variables]

    def _path_parameter(self, name: str) -> dict[str, Any]:
        prefix, noun = IDENTS[name]
        schema = id_schema(prefix)
        return {"name": name, "in": "path", "required": True, "description": f"The id of {noun}.", "schema": schema}

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        schema = getattr(field, "json_schema", None)
        if schema is None:
            found = super()._map_serializer_field(field, direction, bypass_extensions)
            found.pop("x-spec-enum-id", None)  # for a hook of its own, which we leave out
            return found
        return append_meta(dict(schema), self._get_serializer_field_meta(field, direction))

    def _map_serializer(self, serializer: Any, direction: Any, bypass_extensions: bool = False) -> Any:
        schema = super()._map_serializer(serializer, direction, bypass_extensions)
        schema |= getattr(serializer, "json_schema", {})
        kind = serializer if isinstance(serializer, type) else type(serializer)
        return schema | {"additionalProperties": False} if issubclass(kind, Strict) else schema
