"""What the OpenAPI document says of the API as a whole: its parts by name, its refusals, how one presents a credential.

Settings read it, so it imports nothing of ours.
"""

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

TEXT = {"type": "string"}
SECONDS = {"type": "string", "pattern": "^[0-9]+$"}
PROBLEM: Json = {
    "type": "object",
    "description": "What is wrong with one input, or with the request as a whole.",
    "required": ["key", "code", "message"],
    "properties": {
        "key": {"type": "string", "description": "The input it is about, or `general`.", "examples": ["name"]},
        "code": {"type": "string", "pattern": "^[a-z_]+$", "description": "Never changes: docs/problems.md."},
        "message": {"type": "string", "description": "For people: what to do."},
    },
}
DENIAL: Json = {
    "type": "object",
    "description": "Which action was refused, by which rule, and why.",
    "required": [*PROBLEM["required"], "action", "rule", "reason"],
    "properties": PROBLEM["properties"]
    | {
        "action": {"type": "string", "description": "See docs/actions.md.", "examples": ["environments.create_key"]},
        "rule": {"type": "string", "description": "See docs/problems.md.", "examples": ["fresh_proof", "no_grant"]},
        "reason": {"type": "string", "description": "The rule applied to this case, in words."},
    },
}
CHALLENGE = ("WWW-Authenticate", "The challenge of RFC 6750, section 3.", TEXT | {"pattern": "^Bearer "})
PATIENCE = ("Retry-After", "Seconds to wait.", SECONDS)
ALLOWED = ("Allow", "The methods that the address answers.", TEXT)

# Status → its name among the components, what it means, its header.
STATUSES: dict[int, tuple[str, str, tuple[str, str, Json] | None]] = {
    400: ("BadRequest", "An input is missing, unreadable or not allowed; `key` names it.", None),
    401: ("Unauthorized", "No live credential.", CHALLENGE),
    403: ("Forbidden", "The credential may not do this; `rule` and `reason` say why.", CHALLENGE),
    404: ("NotFound", "There is nothing under that id that this credential can see.", None),
    405: ("MethodNotAllowed", "The address does not answer that method.", ALLOWED),
    409: ("Conflict", "It clashes with what there is.", None),
    411: ("LengthRequired", "The body came without a Content-Length.", None),
    413: ("BodyTooLarge", "The body is larger than this operation takes.", None),
    415: ("UnsupportedBody", "The body is not declared as JSON in UTF-8.", None),
    429: ("TooManyAttempts", "Too many attempts.", PATIENCE),
    503: ("Unavailable", "The database cannot be reached.", PATIENCE),
}


def refusals(statuses: Iterable[int]) -> Json:
    """The responses of an operation that may be refused with these statuses."""
    return {str(status): {"$ref": f"#/components/responses/{STATUSES[status][0]}"} for status in statuses}


def _response(status: int) -> Json:
    _, description, header = STATUSES[status]
    envelope = "#/components/schemas/Denials" if status == 403 else "#/components/schemas/Problems"
    found: Json = {"description": description, "content": {"application/json": {"schema": {"$ref": envelope}}}}
    if header:
        name, meaning, schema = header
        found["headers"] = {name: {"description": meaning, "required": True, "schema": schema}}
    return found


def _envelope(item: str) -> Json:
    errors = {"type": "array", "minItems": 1, "items": {"$ref": f"#/components/schemas/{item}"}}
    return {"type": "object", "required": ["errors"], "properties": {"errors": errors}}


RESPONSES = {name: _response(status) for status, (name, _, _) in STATUSES.items()}
COMPONENTS = {
    "schemas": {
        "Problem": PROBLEM,
        "Problems": _envelope("Problem"),
        "Denial": DENIAL,
        "Denials": _envelope("Denial"),
    },
    "securitySchemes": {
        "bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "A secret or publishable key (`sk_…`, `pk_…`), a personal access token (`pat_…`), or an "
            "access token from `POST /v1/auth` (`eyJ…`).",
        }
    },
}

DESCRIPTION = """\
Who is this, and may they do that? The API of Latchkey, for programs; the official Flatfile SDK speaks it unmodified.

Every request but those that exchange credentials carries `Authorization: Bearer …`. Every answer is JSON and carries
`X-Request-Id`. Every refusal is `{"errors": […]}`; `code` never changes. Any address may also answer 405 to other
methods, 411 to a body in chunks and 413 to one that is too large.
"""
TAGS = {
    "accounts": "The account, its members and their roles",
    "access": "Who may do what, and why",
    "environments": "Environments",
    "keys": "API keys: those that programs present",
    "secrets": "Secrets of an environment, for the programs that run in it",
    "spaces": "Spaces: what access is given to",
    "workbooks": "Workbooks: sets of sheets that refer to each other",
    "sheets": "Sheets of a workbook, and what is in them",
    "documents": "Documents of a space",
    "clips": "Data clips: copies of chosen records, worked on apart and merged back",
    "guests": "Guests: people without an account, and what each was given",
    "embedding": "What the browser SDKs call with a publishable key",
    "shared": "Public links of spaces",
    "roles": "Roles of guests on an environment or space",
    "records": "Records of a sheet",
    "invitations": "Invitations of guests, and what their links open",
    "exchange": "Access tokens, and who a credential is",
    "usage": "How much the keys are used",
    "tokens": "Personal access tokens and client ids: always one's own",
    "events": "What happened",
    "health": "What a load balancer asks",
}
SETTINGS: Json = {
    "OAS_VERSION": "3.1.1",
    "TITLE": "Latchkey",
    "VERSION": "1",
    "DESCRIPTION": DESCRIPTION,
    "TAGS": [{"name": name, "description": description} for name, description in TAGS.items()],
    "SERVERS": [{"url": "/"}, {"url": "/api", "description": "The same, under the other prefix"}],
    "SCHEMA_PATH_PREFIX": "/v1",
    "PREPROCESSING_HOOKS": ["config.openapi.one_prefix"],
    "POSTPROCESSING_HOOKS": ["config.openapi.beside_the_api"],
    "COMPONENT_SPLIT_PATCH": False,
    "ENFORCE_NON_BLANK_FIELDS": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SORT_OPERATION_PARAMETERS": False,
    "APPEND_COMPONENTS": COMPONENTS,
}
